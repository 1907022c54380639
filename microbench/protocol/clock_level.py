"""Keep to one clock: samples drawn while the core ran slower than it can are dropped and counted.

A busy machine moves its clock (other cores' power, a hypervisor's other guests) by some per cent
for seconds at a time. A time in core cycles is then right in cycles and wrong in seconds, and two
runs disagree by what the clock did. The level kept is the highest one held, for that is the one
another run can reach again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from microbench.benchmark import Sample
from microbench.protocol.statistics import MIN_SAMPLES

SHIFTED = "clock-shift"
HELD_SHARE = 0.05
"""A clock counts as held when this share of the samples, and ``MIN_SAMPLES``, ran at least so fast:
one probe read too fast sets no level. Set by eye on recorded samples of a loaded machine."""
SAME_CLOCK = 0.01
"""Clocks this close are one level: probes of 50 us repeat within 0.3%."""


def at_clock(
    sample: Callable[[int], Sample], clock_hz: Callable[[], float]
) -> Callable[[int], Sample]:
    """Probe the clock before and after each sample and note the lower of the two."""

    def clocked(iterations: int) -> Sample:
        before = clock_hz()
        drawn = sample(iterations)
        return replace(drawn, clock_hz=min(before, clock_hz()))

    return clocked


def at_one_level(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Return the samples with those below the highest clock held marked ``clock-shift``.

    Samples without a clock, and all of them where fewer than ``MIN_SAMPLES`` were kept so far, stay
    as they are; at least ``MIN_SAMPLES`` remain.
    """
    clocks = sorted((s.clock_hz for s in samples if s.clock_hz and not s.discarded), reverse=True)
    if len(clocks) < MIN_SAMPLES:
        return tuple(samples)
    held = clocks[max(MIN_SAMPLES, math.ceil(HELD_SHARE * len(clocks))) - 1]
    least = held * (1 - SAME_CLOCK)
    return tuple(
        replace(sample, discarded=SHIFTED)
        if sample.clock_hz and not sample.discarded and sample.clock_hz < least
        else sample
        for sample in samples
    )
