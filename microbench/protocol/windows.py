"""Samples made of many short windows, each timed in native code beside a chain of known cycles.

What shares a core (another program, another guest on its sibling thread) only ever adds time, for
microseconds or for seconds. Windows of some microseconds fit between the short disturbances, so a
sample is told by the low level of its windows; the long ones are left to
``clock_level.undisturbed``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from microbench.benchmark import Sample
from microbench.protocol.clock_level import SHIFTED, HighestClock
from microbench.protocol.statistics import quantile

LEAST_WINDOWS, MOST_WINDOWS = 8, 4096
"""Windows of a sample whose low level tells something, and those there is room for."""
LOW = 0.1
"""The low level is this quantile: the lowest window may be one that the counter cut short."""
STEADY = 0.005
"""A chain whose median lies further above its own low level did not have the core to itself, or
the clock moved: what the sample took is known, how many cycles that is, is not. Left alone it
repeats within two steps of the counter, 0.2%."""
SAME_VISIT = 0.02
"""How far a sample's clock may lie below the highest held since the point was prepared: a chain
slowed evenly makes the loads beside it look faster than they are, by this much at most."""


def windowed(
    timed: Callable[[int], Sample],
    ticks: Callable[[int], tuple[Sequence[int], Sequence[int]]],
    counter_hz: float,
    chain_cycles: float,
    highest: HighestClock,
) -> Callable[[int], Sample]:
    """Turn ``timed(windows)``, which runs them, and ``ticks(windows)`` of those into a sampler.

    Ticks are those of each window's loads and of the chain of ``chain_cycles`` beside them. The
    time of a sample is that of its loads with every window at the low level, its clock the chain's.
    A sample without one clock is ``clock-shift`` and sets no level.
    """
    recent = HighestClock()

    def sample(windows: int) -> Sample:
        count = min(max(windows, LEAST_WINDOWS), MOST_WINDOWS)
        drawn = timed(count)
        loads, chains = (sorted(found) for found in ticks(count))
        chain, middle = quantile(chains, LOW), quantile(chains, 0.5)
        clock_hz = chain_cycles * counter_hz / chain
        time_s = windows * quantile(loads, LOW) / counter_hz
        found = replace(drawn, time_s=time_s, cpu_time_s=None, clock_hz=clock_hz)
        if middle > (1 + STEADY) * chain:
            return found if drawn.discarded else replace(found, discarded=SHIFTED)
        for level in (recent, highest):
            level.add(clock_hz)
        slow = clock_hz < (1 - SAME_VISIT) * (recent.held_hz() or 0.0)
        return replace(found, discarded=SHIFTED) if slow and not drawn.discarded else found

    return sample
