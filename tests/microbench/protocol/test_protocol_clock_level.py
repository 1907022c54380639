"""Samples at a lowered clock are dropped and counted; one probe read too fast sets no level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Effort, Point, Prepared, Quantity, Sample, Verdict
from microbench.protocol.clock_level import SAME_CLOCK, SHIFTED, at_clock, at_one_level
from microbench.protocol.measure import measure
from microbench.protocol.sampling import PREEMPTED
from microbench.protocol.statistics import MIN_SAMPLES

CYCLES = 4
clocks = st.floats(1e9, 5e9)
drawn = st.lists(
    st.builds(
        Sample,
        time_s=st.floats(1e-10, 1e-6),
        clock_hz=st.none() | clocks,
        discarded=st.sampled_from(["", PREEMPTED]),
    )
)


def at(clock_hz: float) -> Sample:
    return Sample(CYCLES / clock_hz, clock_hz=clock_hz)


def kept(samples: tuple[Sample, ...]) -> list[Sample]:
    return [sample for sample in samples if not sample.discarded]


@given(drawn)
def test_only_slower_samples_are_marked_and_enough_remain(samples: list[Sample]) -> None:
    marked = at_one_level(samples)
    assert len(marked) == len(samples)
    before = [one for one in kept(tuple(samples)) if one.clock_hz]
    after = [one for one in kept(marked) if one.clock_hz]
    assert len(after) >= min(len(before), MIN_SAMPLES)
    shifted = [one.clock_hz or 0.0 for one in marked if one.discarded == SHIFTED]
    assert max(shifted, default=0.0) <= min(one.clock_hz or 0.0 for one in after or [at(5e9)])


def test_samples_without_a_clock_stay() -> None:
    samples = tuple(Sample(1e-9) for _ in range(20))
    assert at_one_level(samples) == samples


def test_one_probe_read_too_fast_sets_no_level() -> None:
    marked = at_one_level([at(9e9), *[at(3e9)] * 99])
    assert len(kept(marked)) == 100


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

    def sample(iterations: int) -> Sample:
        found = at_clock(body, clock_hz)(iterations)
        state["drawn"] += 1
        return found

    found = measure(
        Point("test"),
        Quantity.LATENCY,
        Prepared(sample=sample, one_clock=True),
        Effort.DEFAULT,
        100,
        now=lambda: state["now"],
    )
    assert found.value == pytest.approx(CYCLES / 3.7e9, rel=SAME_CLOCK)
    assert found.clock_hz == pytest.approx(3.7e9)
    assert found.verdict is Verdict.OK
    assert found.kept_fraction == pytest.approx(full_share, abs=0.05)


def test_the_lower_of_two_probes_is_noted() -> None:
    probes = iter([3e9, 2e9])
    assert at_clock(lambda _n: Sample(1.0), lambda: next(probes))(1).clock_hz == 2e9
