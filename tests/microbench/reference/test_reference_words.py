"""Reasons are written in units people read, not in raw floats and Python's own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from microbench.errors import plainly
from microbench.reference.sanity import ladder_problem, rate_problem
from microbench.units import measured, size


def test_a_falling_ladder_is_told_in_nanoseconds_and_kibibytes() -> None:
    told = ladder_problem([16 << 10, 32 << 10], [1.6e-9, 1.378e-9], "s")
    assert told.startswith("1.38 ns at 32 KiB after 1.60 ns at less: ")
    assert ladder_problem([1 << 20, 2 << 20], [200.0, 100.0]).startswith("100 cycles at 2 MiB")


def test_a_rate_is_told_with_its_prefix() -> None:
    assert rate_problem(2e15, 100, 8192, 1e9) == (
        "2.00 PFLOP/s is above SMs x rate x clock = 819 TFLOP/s"
    )


@pytest.mark.parametrize(
    ("value", "quantity", "told"),
    [
        (1.378e-9, "latency_s", "1.38 ns"),
        (3.35e12, "bandwidth_bytes_per_s", "3.35 TB/s"),
        (9.89e14, "throughput_flop_per_s", "989 TFLOP/s"),
        (1.98e9, "clock_hz", "1.98 GHz"),
    ],
)
def test_a_measured_number_carries_its_unit(value: float, quantity: str, told: str) -> None:
    assert measured(value, quantity) == told


@pytest.mark.parametrize(
    ("size_bytes", "told"),
    [(100, "100 bytes"), (1 << 10, "1 KiB"), (3 << 19, "1.5 MiB"), (7 << 30, "7 GiB")],
)
def test_sizes_have_binary_prefixes(size_bytes: int, told: str) -> None:
    assert size(size_bytes) == told


def test_what_python_says_becomes_plain(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff")
    told = []
    for attempt in (
        lambda: (tmp_path / "none").read_text(),
        lambda: (tmp_path / "binary").read_text(encoding="utf-8"),
        lambda: json.loads('{\n"a": 1,'),
        lambda: {}["choice"],
        lambda: int("x\ny"),
    ):
        try:
            attempt()
        except (OSError, ValueError, KeyError) as error:
            told.append(plainly(error))
    assert told == [
        "No such file or directory",
        "not text in UTF-8",
        "Expecting property name enclosed in double quotes in line 2, column 8",
        "choice is missing",
        "invalid literal for int() with base 10: 'x\\ny'",
    ]
