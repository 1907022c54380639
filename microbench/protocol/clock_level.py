"""Times made of core cycles, told at one clock: the highest that the core held.

A busy machine moves its clock (other cores' power, a hypervisor's other guests) by some per cent
for seconds at a time. A time in core cycles is then right in cycles and wrong in seconds, and two
runs disagree by what the clock did. So each sample carries the clock it ran at, and its time is
told as it would be at the highest clock held by the process, which another run can reach again.

What shares the core only ever adds to such a time, for seconds at a time too: the median of all
samples follows the neighbour, the fastest level held does not. ``undisturbed`` keeps what lies near
that level.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from microbench.benchmark import Sample
from microbench.protocol.statistics import MIN_SAMPLES

SHIFTED = "clock-shift"
CONTENDED = "contended"
SLOWER = 0.015
"""How far above the fastest level held a sample may lie: what is left of a clean core's own spread
(0.5%) and of the level's, within the 2% two runs may lie apart."""
PROBES = 3
"""Readings on each side of a sample; the middle one counts. A tick of the system makes one reading
in ten too low by a fifth, those beside it repeat within 0.2%."""
SAME_CLOCK = 0.01
"""A sample whose two sides lie further apart ran at no one clock."""
HELD_SHARE = 0.01
"""A clock counts as held when this share of the readings, and ``MIN_SAMPLES``, were at least so
high, and a time when as many samples were at least so short: one taken wrong sets no level."""
STEP = 1e-4
"""Readings are counted in steps of this share."""


class HighestClock:
    """The clocks a process read, and the highest it held."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def add(self, clock_hz: float) -> None:
        """Count a reading."""
        self._counts[round(clock_hz * (1 / STEP) / 1e9)] += 1

    def held_hz(self) -> float | None:
        """Return the highest clock held; ``None`` before there are ``MIN_SAMPLES`` readings."""
        total = self._counts.total()
        if total < MIN_SAMPLES:
            return None
        wanted, above = max(MIN_SAMPLES, HELD_SHARE * total), 0
        for step in sorted(self._counts, reverse=True):
            above += self._counts[step]
            if above >= wanted:
                return step * STEP * 1e9
        return None


def at_clock(
    sample: Callable[[int], Sample], clock_hz: Callable[[], float], highest: HighestClock
) -> Callable[[int], Sample]:
    """Read the clock on both sides of each sample; one whose sides differ is ``clock-shift``."""

    def clocked(iterations: int) -> Sample:
        before = statistics.median(clock_hz() for _ in range(PROBES))
        drawn = sample(iterations)
        after = statistics.median(clock_hz() for _ in range(PROBES))
        same = abs(after - before) <= SAME_CLOCK * min(before, after)
        if same:
            highest.add(max(before, after))
        found = replace(drawn, clock_hz=(before + after) / 2)
        return found if same or drawn.discarded else replace(found, discarded=SHIFTED)

    return clocked


def told_at(samples: Sequence[Sample], clock_hz: float | None) -> tuple[Sample, ...]:
    """Return the samples with their times in seconds as they would be at ``clock_hz``.

    Samples without a clock, and all of them where ``clock_hz`` is ``None``, stay as they are.
    """
    if clock_hz is None:
        return tuple(samples)
    return tuple(_told(one, clock_hz) for one in samples)


def _told(one: Sample, clock_hz: float) -> Sample:
    if not one.clock_hz:
        return one
    share = one.clock_hz / clock_hz
    cpu_time_s = None if one.cpu_time_s is None else one.cpu_time_s * share
    return replace(one, time_s=one.time_s * share, cpu_time_s=cpu_time_s, clock_hz=clock_hz)


def undisturbed(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Mark samples slower than the fastest level held as ``contended``; told at one clock already.

    Marks of an earlier call are forgotten: which level is held changes with the samples. At least
    ``MIN_SAMPLES`` stay, or all where there are fewer.
    """
    fresh = [replace(s, discarded="") if s.discarded == CONTENDED else s for s in samples]
    times = sorted(one.time_s for one in fresh if not one.discarded)
    if len(times) < MIN_SAMPLES:
        return tuple(fresh)
    held_s = times[max(MIN_SAMPLES, math.ceil(HELD_SHARE * len(times))) - 1]
    longest_s = (1 + SLOWER) * held_s
    return tuple(
        one if one.discarded or one.time_s <= longest_s else replace(one, discarded=CONTENDED)
        for one in fresh
    )
