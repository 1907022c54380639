"""Times made of cycles are told at the highest clock held; one reading too high sets no level."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Effort, Point, Prepared, Quantity, Sample, Verdict
from microbench.protocol.clock_level import (
    PROBES,
    SAME_CLOCK,
    SHIFTED,
    STEP,
    HighestClock,
    at_clock,
    told_at,
)
from microbench.protocol.measure import measure
from microbench.protocol.sampling import PREEMPTED
from microbench.protocol.statistics import MIN_SAMPLES

CYCLES = 4
clocks = st.floats(1e9, 5e9)
drawn = st.lists(
    st.builds(
        Sample,
        time_s=st.floats(1e-10, 1e-6),
        cpu_time_s=st.none() | st.floats(1e-10, 1e-6),
        clock_hz=st.none() | clocks,
        discarded=st.sampled_from(["", PREEMPTED]),
    )
)


@given(drawn, clocks, clocks)
def test_cycles_stay_and_telling_twice_is_telling_once(
    samples: list[Sample], first_hz: float, clock_hz: float
) -> None:
    told = told_at(told_at(samples, first_hz), clock_hz)
    for before, after in zip(samples, told, strict=True):
        assert after.discarded == before.discarded
        if before.clock_hz is None:
            assert after == before
            continue
        assert after.clock_hz == clock_hz
        assert after.time_s * clock_hz == pytest.approx(before.time_s * before.clock_hz)
        if before.cpu_time_s is not None and after.cpu_time_s is not None:
            assert after.cpu_time_s / after.time_s == pytest.approx(
                before.cpu_time_s / before.time_s
            )


def test_without_a_level_samples_stay() -> None:
    samples = (Sample(1e-9, clock_hz=2e9), Sample(1e-9))
    assert told_at(samples, None) == samples


@given(st.lists(clocks, min_size=MIN_SAMPLES), st.floats(6e9, 9e9))
def test_the_level_was_reached_and_one_reading_too_high_sets_none(
    readings: list[float], wrong_hz: float
) -> None:
    highest = HighestClock()
    for reading in [*readings, wrong_hz]:
        highest.add(reading)
    held = highest.held_hz() or 0.0
    assert min(readings) * (1 - STEP) <= held <= max(readings) * (1 + STEP)


def test_a_level_needs_readings() -> None:
    highest = HighestClock()
    for _ in range(MIN_SAMPLES - 1):
        highest.add(3e9)
        assert highest.held_hz() is None
    highest.add(3e9)
    assert highest.held_hz() == pytest.approx(3e9)


@pytest.mark.parametrize("full_share", [0.1, 0.3, 0.9])
def test_the_value_is_that_of_the_highest_clock_held(full_share: float) -> None:
    """Replayed: most samples at 3.3 GHz, some at 3.7; every run finds the same 4 cycles."""
    period = 10
    state = {"drawn": 0, "now": 0.0}

    def clock_hz() -> float:
        return 3.7e9 if state["drawn"] % period < full_share * period else 3.3e9

    def body(iterations: int) -> Sample:
        time_s = iterations * CYCLES / clock_hz()
        state["now"] += time_s
        return Sample(time_s)

    highest = HighestClock()

    def sample(iterations: int) -> Sample:
        found = at_clock(body, clock_hz, highest)(iterations)
        state["drawn"] += 1
        return found

    found = measure(
        Point("test"),
        Quantity.LATENCY,
        Prepared(sample=sample, one_clock=highest.held_hz),
        Effort.DEFAULT,
        100,
        now=lambda: state["now"],
    )
    assert found.value == pytest.approx(CYCLES / 3.7e9, rel=2 * STEP)
    assert found.clock_hz == pytest.approx(3.7e9, rel=2 * STEP)
    assert found.verdict is Verdict.OK
    assert found.kept_fraction == 1


def test_one_disturbed_reading_a_side_does_not_count() -> None:
    readings = itertools.cycle([3e9, 2e9, 3e9])
    found = at_clock(lambda _n: Sample(1.0), lambda: next(readings), HighestClock())(1)
    assert (found.clock_hz, found.discarded) == (3e9, "")


@pytest.mark.parametrize(("drawn", "told"), [("", SHIFTED), (PREEMPTED, PREEMPTED)])
def test_a_clock_that_moves_meanwhile_is_a_reason_and_sets_no_level(drawn: str, told: str) -> None:
    highest = HighestClock()
    for _ in range(MIN_SAMPLES):
        readings = iter([3e9] * PROBES + [3e9 * (1 + 2 * SAME_CLOCK)] * PROBES)
        one = at_clock(lambda _n: Sample(1.0, discarded=drawn), lambda: next(readings), highest)(1)  # noqa: B023
        assert one.discarded == told
    assert highest.held_hz() is None
