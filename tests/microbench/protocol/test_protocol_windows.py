"""Windows replayed: a core of known cycles, a clock that steps, neighbours, a coarse counter."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microbench.benchmark import Effort, Measurement, Point, Prepared, Quantity, Sample, Verdict
from microbench.protocol.clock_level import (
    CONTENDED,
    SHIFTED,
    SLOWER,
    HighestClock,
    undisturbed,
)
from microbench.protocol.measure import collect, measure
from microbench.protocol.sampling import PREEMPTED
from microbench.protocol.statistics import MIN_SAMPLES
from microbench.protocol.windows import SAME_VISIT, STEADY, windowed

LOAD_CYCLES, LOADS, CHAIN_CYCLES = 4.0, 4096, 12288.0
COUNTER_HZ = 2.45e9
VISITS = 4
COUNTER_STEP = 24
"""Ticks between two values of the counter of a Zen 3 guest."""
CLOCKS = (2.9e9, 3.0e9, 3.05e9, 3.1e9)


@dataclass
class Core:
    """A core that others share: ``seed`` draws when its clock steps and when they disturb it."""

    seed: int
    contended_share: float = 0.0
    """Of phases of 0.1 to 10 ms: those in which loads take longer."""
    slowed_share: float = 0.0
    """Of samples whose chain alone is slowed by ``slowed_by``, jittering or evenly."""
    slowed_by: float = 0.08
    evenly: bool = False
    clocks: tuple[float, ...] = CLOCKS
    counter_step: int = COUNTER_STEP
    now_s: float = 0.0
    clock_until_s: float = 0.0
    clock_hz: float = 3e9
    phase_until_s: float = 0.0
    longer: float = 1.0
    drawn: list[tuple[int, int]] = field(default_factory=list)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def timed(self, windows: int) -> Sample:
        """Run windows; others take a core for a millisecond now and then."""
        slowed = self.chance.random() < self.slowed_share
        self.drawn = [self._window(slowed) for _ in range(windows)]
        preempted = self.chance.random() < 0.05
        return Sample(1.0, 1.0, discarded=PREEMPTED if preempted else "")

    def ticks(self, windows: int) -> tuple[list[int], list[int]]:
        assert len(self.drawn) == windows
        return [loads for loads, _ in self.drawn], [chain for _, chain in self.drawn]

    def _window(self, slowed: bool) -> tuple[int, int]:
        self._move()
        tick = 15e-6 if self.chance.random() < 0.01 else 0.0
        jitter = 1.0 + (0.03 * self.chance.random() if self.longer > 1 else 0.0)
        load_s = LOADS * LOAD_CYCLES / self.clock_hz * self.longer * jitter
        uneven = 1.0 if self.evenly else 2 * self.chance.random()
        slow = 1 + self.slowed_by * uneven if slowed else 1.0
        chain_s = CHAIN_CYCLES / self.clock_hz * slow
        stamps = [self.now_s, self.now_s + load_s + tick, self.now_s + load_s + tick + chain_s]
        self.now_s = stamps[-1]
        step = self.counter_step
        first, second, third = (int(at * COUNTER_HZ) // step * step for at in stamps)
        return second - first, third - second

    def _move(self) -> None:
        if self.now_s >= self.clock_until_s:
            self.clock_hz = self.chance.choice(self.clocks)
            self.clock_until_s = self.now_s + self.chance.uniform(1e-4, 2e-2)
        if self.now_s >= self.phase_until_s:
            busy = self.chance.random() < self.contended_share
            self.longer = self.chance.uniform(1.03, 1.6) if busy else 1.0
            self.phase_until_s = self.now_s + 10 ** self.chance.uniform(-4, -2)


def measured(core: Core) -> Measurement:
    """Visit a point on the core again and again, elsewhere for a while in between."""
    highest, found = HighestClock(), None
    for _ in range(VISITS):
        core.now_s += 0.3
        sample = windowed(core.timed, core.ticks, COUNTER_HZ, CHAIN_CYCLES, highest)
        found = measure(
            Point("test"),
            Quantity.LATENCY,
            Prepared(
                sample=sample,
                operations=LOADS,
                one_clock=highest.held_hz,
                contention_adds=True,
                sample_s=1e-4,
                relative_half_width=0.0025,
            ),
            Effort.QUICK,
            100,
            now=lambda: core.now_s,
            visits=VISITS,
            earlier=found.samples if found else (),
        )
    assert found is not None
    return found


def cycles(found: Measurement) -> float:
    assert found.value is not None
    assert found.clock_hz is not None
    return found.value * found.clock_hz


RESOLUTION = 2 * COUNTER_STEP / (CHAIN_CYCLES / 3.1e9 * COUNTER_HZ)
"""What the counter's steps leave open of a ratio of two windows."""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("contended_share", [0.0, 0.5, 0.8])
def test_phases_of_a_neighbour_and_steps_of_the_clock_do_not_move_the_value(
    seed: int, contended_share: float
) -> None:
    found = measured(Core(seed, contended_share, slowed_share=0.1))
    assert -RESOLUTION <= cycles(found) / LOAD_CYCLES - 1 <= SLOWER + RESOLUTION
    assert found.low is not None
    assert found.high is not None
    assert found.value is not None
    assert found.low <= found.value <= found.high


@settings(max_examples=8, deadline=None)
@given(
    st.integers(0, 10**6),
    st.floats(0.0, 0.9),
    st.floats(0.0, 0.6),
    st.floats(0.0, 0.3),
    st.booleans(),
)
def test_the_value_is_never_below_the_core(
    seed: int, contended_share: float, slowed_share: float, slowed_by: float, evenly: bool
) -> None:
    """Chains slowed in most samples, too, evenly or not: the loads beside them look no faster."""
    found = measured(Core(seed, contended_share, slowed_share, slowed_by, evenly))
    assert cycles(found) / LOAD_CYCLES - 1 >= -SAME_VISIT - STEADY - RESOLUTION


def test_a_chain_slowed_evenly_by_much_is_dropped_and_counted() -> None:
    found = measured(Core(1, slowed_share=0.5, evenly=True))
    reasons = [one.discarded for one in found.samples]
    assert reasons.count(SHIFTED) / len(reasons) > 0.4
    assert cycles(found) == pytest.approx(LOAD_CYCLES, rel=2 * RESOLUTION)


@pytest.mark.parametrize("step", [1, 24, 100])
def test_a_coarse_counter_widens_what_is_kept_and_moves_the_value_by_no_more(step: int) -> None:
    found = measured(Core(3, counter_step=step))
    coarse = 2 * step / (CHAIN_CYCLES / 3.1e9 * COUNTER_HZ)
    assert cycles(found) == pytest.approx(LOAD_CYCLES, rel=coarse + 1e-3)


def test_a_clock_left_alone_is_told_within_the_counters_step() -> None:
    found = measured(Core(5, clocks=(3e9,)))
    assert found.clock_hz == pytest.approx(3e9, rel=RESOLUTION)
    assert found.value == pytest.approx(LOAD_CYCLES / 3e9, rel=RESOLUTION)
    assert found.verdict is Verdict.OK
    assert found.kept_fraction > 0.9


def test_contended_samples_are_counted_by_reason_and_said() -> None:
    found = measured(Core(7, contended_share=0.8))
    reasons = [one.discarded for one in found.samples]
    assert found.kept_fraction < 0.5
    share = reasons.count(CONTENDED) / len(reasons)
    assert share > 0.2
    for reason in {CONTENDED, *reasons} - {""}:
        assert f", {reasons.count(reason) / len(reasons):.0%} {reason}" in found.reason
    assert found.kept_fraction == pytest.approx(reasons.count("") / len(reasons))


def test_a_core_never_left_alone_ends_with_a_number_all_the_same() -> None:
    core = Core(9, contended_share=1.0)
    core.longer, core.phase_until_s = 1.3, 1e9
    found = measured(core)
    assert 1.29 < cycles(found) / LOAD_CYCLES < 1.35


def test_a_visit_that_neighbours_fill_takes_all_its_time() -> None:
    """Even where each of its samples takes the same: an earlier visit held a faster level."""
    lengths = [1.0, 1.2, 1.2, 1.0]
    alone, busy = ([Sample(4e-9 * longer)] * 200 for longer in (1.0, 1.2))
    tapes = {1.0: alone, 1.2: busy}
    stopped, earlier, clock = [], (), [0.0]
    for longer in lengths:
        tape = iter(tapes[longer] * 1000)

        def sample(_windows: int) -> Sample:
            clock[0] += 2e-4
            return next(tape)  # noqa: B023

        ready = Prepared(sample=sample, contention_adds=True, relative_half_width=0.0025)
        samples, by = collect(
            ready, Effort.DEFAULT, 1, lambda: clock[0], 100, len(lengths), earlier
        )
        stopped.append(by)
        earlier = (*earlier, *samples)
    assert stopped == ["interval", "time", "time", "interval"]


told = st.lists(
    st.builds(
        Sample,
        time_s=st.floats(1e-9, 4e-9),
        clock_hz=st.just(3e9),
        discarded=st.sampled_from(["", "", CONTENDED, PREEMPTED]),
    ),
    max_size=300,
)


@given(told)
def test_marking_keeps_the_fastest_changes_nothing_else_and_is_made_anew(
    samples: list[Sample],
) -> None:
    marked = undisturbed(samples)
    usable = [one for one in samples if one.discarded != PREEMPTED]
    kept = [one for one in marked if not one.discarded]
    assert len(kept) >= min(MIN_SAMPLES, len(usable))
    assert [replace(one, discarded="") for one in marked] == [
        replace(one, discarded="") for one in samples
    ]
    dropped = [one.time_s for one in marked if one.discarded == CONTENDED]
    assert not dropped or max(one.time_s for one in kept) < min(dropped)
    assert undisturbed(marked) == marked


@given(st.integers(1, 5), st.integers(200, 900))
def test_a_handful_of_samples_too_fast_sets_no_level(wrong: int, right: int) -> None:
    samples = [Sample(3e-9)] * wrong + [Sample(4e-9)] * right
    kept = [one.time_s for one in undisturbed(samples) if not one.discarded]
    assert kept.count(4e-9) == right
