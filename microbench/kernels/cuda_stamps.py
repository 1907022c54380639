"""From what a kernel left behind to a sample: three clocks, the slope of two loops, the SM clock.

Pure arithmetic on the words that ``common.cuh`` calls ``Stamp``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

STAMP_WORDS = 6
AGREEMENT = 0.02
"""Largest relative difference between two clocks for the same span."""
LAUNCH_SLACK_S = 20e-6
"""What events see and the kernel does not: launch and end of one kernel."""
CLOCK_SHIFT = 0.02
"""A sample whose SM clock is further off the recent median is dropped."""
LEAST_CLOCK_SPAN_S = 1e-4
"""Shortest span a clock is derived from: globaltimer may tick only once a microsecond."""

CLOCKS_DISAGREE = "clocks-disagree"
CLOCK_MOVED = "clock-shift"


@dataclass(frozen=True, slots=True)
class Span:
    """One launch as its own clocks saw it."""

    timer_s: float
    """First start to last stop over all blocks, by the device's nanosecond timer."""
    cycles: float
    """SM cycles of the slowest block."""
    first_cycles: float
    second_cycles: float
    """Median over blocks of the cycles in the short and in the long loop."""
    clock_hz: float | None
    """Median over blocks of cycles over nanoseconds; ``None`` for too short a span."""
    alone_on: int | None = None
    """The multiprocessor a single block ran on; ``None`` where several took part."""


def read_stamps(words: np.ndarray[Any, Any]) -> Span:
    """Return the span of one launch from its blocks' stamps (blocks x 6, unsigned 64-bit).

    Blocks that left no stamp (all zeros) took no part.
    """
    import numpy as np

    table = np.asarray(words, np.int64)
    start, middle, stop, start_ns, stop_ns, ran_on = table[table[:, 4] > 0].T
    cycles = stop - start
    seconds = (stop_ns - start_ns) * 1e-9
    long_enough = seconds >= LEAST_CLOCK_SPAN_S
    clocks = cycles[long_enough] / seconds[long_enough]
    return Span(
        timer_s=float(stop_ns.max() - start_ns.min()) * 1e-9,
        cycles=float(cycles.max()),
        first_cycles=float(np.median(middle - start)),
        second_cycles=float(np.median(stop - middle)),
        clock_hz=float(np.median(clocks)) if clocks.size else None,
        alone_on=int(ran_on[0]) if ran_on.size == 1 else None,
    )


def slope_cycles(span: Span) -> float:
    """Return cycles of the long loop less those of the short one: no loop, no clock read."""
    return span.second_cycles - span.first_cycles


def disagreement(event_s: float, timer_s: float) -> str:
    """Return why two clocks do not agree on a launch, or ""."""
    apart = abs(event_s - timer_s)
    return CLOCKS_DISAGREE if apart > AGREEMENT * event_s + LAUNCH_SLACK_S else ""


def clock_note(derived_hz: float | None, told_hz: float | None) -> str:
    """Return a remark when the clock the kernel saw is not the one the driver tells."""
    if not derived_hz or not told_hz or abs(derived_hz / told_hz - 1) <= AGREEMENT:
        return ""
    return (
        f"the kernel saw {derived_hz / 1e6:.0f} MHz, the driver says {told_hz / 1e6:.0f} MHz: "
        "the clock moves within a reading, or power limits it"
    )


@dataclass(slots=True)
class ClockGuard:
    """Drops samples taken while the SM clock was on its way elsewhere."""

    recent: deque[float] = field(default_factory=lambda: deque(maxlen=31))

    def judge(self, clock_hz: float | None) -> str:
        """Take in one sample's clock; return why the sample is dropped, or ""."""
        if clock_hz is None:
            return ""
        usual = median(self.recent) if len(self.recent) >= 5 else clock_hz
        self.recent.append(clock_hz)
        return CLOCK_MOVED if abs(clock_hz / usual - 1) > CLOCK_SHIFT else ""
