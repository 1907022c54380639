"""Numbers are printed with three significant digits and the right prefix."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwprof.units import percent, plural, quantity, seconds


@pytest.mark.parametrize(
    ("value_s", "text"),
    [
        (1.5, "1.50 s"),
        (0.00123, "1.23 ms"),
        (0.0009999, "1.00 ms"),
        (25e-6, "25.0 µs"),
        (1.67e-9, "1.67 ns"),
        (123.4, "123 s"),
        (0.0, "0 ns"),
        (float("inf"), "unknown"),
    ],
)
def test_seconds(value_s: float, text: str) -> None:
    assert seconds(value_s) == text


def test_quantities_take_decimal_prefixes() -> None:
    assert quantity(8.2e9, "FLOP") == "8.20 GFLOP"
    assert quantity(3.35e12, "B/s") == "3.35 TB/s"
    assert quantity(999.9, "B") == "1.00 kB"
    assert quantity(12, "B") == "12.0 B"


def test_percent() -> None:
    assert percent(0.0512) == "5.1%"
    assert percent(1.32) == "132%"


SCALE = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


@given(st.floats(1e-9, 1e6))
def test_printed_seconds_are_within_half_a_percent(value_s: float) -> None:
    number, unit = seconds(value_s).split()
    assert float(number) * SCALE[unit] == pytest.approx(value_s, rel=0.0051)


def test_nouns_follow_their_count() -> None:
    assert [plural("row", count) for count in (0, 1, 2)] == ["rows", "row", "rows"]
