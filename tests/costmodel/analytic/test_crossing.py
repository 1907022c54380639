"""Crossings, slopes and lines of measured curves: planted ones are found."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.crossing import (
    Timed,
    crossing,
    growth_exponent,
    linearity,
    predicted_crossing,
)
from microbench.errors import InputError

SIZES = [float(2**power) for power in range(1, 12)]


def curve(seconds_at_1: float, power: float, spread: float = 0.0) -> list[Timed]:
    times = [seconds_at_1 * size**power for size in SIZES]
    pairs = zip(SIZES, times, strict=True)
    return [Timed(n, t, t * (1 - spread), t * (1 + spread)) for n, t in pairs]


@given(st.floats(3, 1500), st.floats(0.1, 1.4), st.floats(1.6, 3))
def test_power_laws_cross_where_planted(at: float, slow: float, fast: float) -> None:
    first, second = curve(1e-3 * at ** (fast - slow), slow), curve(1e-3, fast)
    found = crossing(first, second)
    assert found is not None
    assert found.value == pytest.approx(at, rel=1e-6)
    assert found.low == pytest.approx(at, rel=1e-6) == found.high
    assert found.below <= found.value * (1 + 1e-9)
    assert found.above == 2 * found.below
    predicted = predicted_crossing((first[0].time_s, slow), (second[0].time_s, fast), SIZES[0])
    assert predicted == pytest.approx(at, rel=1e-6)


@given(st.floats(8, 500), st.floats(0.01, 0.2))
def test_wider_times_widen_the_interval(at: float, spread: float) -> None:
    found = crossing(curve(1e-3 * at, 1, spread), curve(1e-3, 2, spread))
    assert found is not None
    assert found.low < found.value < found.high
    wider = crossing(curve(1e-3 * at, 1, spread + 0.1), curve(1e-3, 2, spread + 0.1))
    assert wider is not None
    assert wider.low <= found.low
    assert wider.high >= found.high


def test_curves_that_never_cross_say_so() -> None:
    assert crossing(curve(1, 2), curve(2, 2)) is None
    assert crossing(curve(2, 2), curve(1, 2)) is None


def test_an_interval_beyond_the_values_is_open() -> None:
    first = [Timed(1, 2, 1.9, 2.1), Timed(2, 1.9, 1.7, 2.2)]
    second = [Timed(1, 1, 0.9, 1.1), Timed(2, 2, 1.9, 2.1)]
    found = crossing(first, second)
    assert found is not None
    assert found.high == math.inf


@given(st.floats(0.2, 4), st.floats(1e-9, 1))
def test_exponents_are_recovered(power: float, scale: float) -> None:
    assert growth_exponent(curve(scale, power)) == pytest.approx(power)


def test_a_line_explains_a_line_and_not_a_parabola_around_its_middle() -> None:
    line = [Timed(x, 3 * x + 1, 3 * x, 3 * x + 2) for x in (1.0, 2.0, 5.0, 9.0)]
    assert linearity(line) == pytest.approx(1)
    bowl = [Timed(x, (x - 3) ** 2 + 1, 0.5, 6) for x in (1.0, 2.0, 3.0, 4.0, 5.0)]
    assert linearity(bowl) == pytest.approx(0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: crossing(curve(1, 1), curve(1, 2)[1:]),
        lambda: growth_exponent(curve(1, 1)[:1]),
        lambda: linearity(curve(1, 1)[:2]),
        lambda: Timed(1, 2, 3, 4),
        lambda: predicted_crossing((1, 2), (2, 2), 1),
    ],
)
def test_what_cannot_be_answered_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        call()
