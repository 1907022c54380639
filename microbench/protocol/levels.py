"""Where a latency ladder steps up: between which working sets a memory level ends.

No model of the levels is assumed: a step is a rise that the intervals of two neighbouring sizes
confirm; rises that follow each other are one step, as caches end gradually.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from microbench.benchmark import Measurement
from microbench.protocol.knees import SOUND

LADDERS = ("gpu.memory.latency", "gpu.memory.tlb")
SIZES = ("size_bytes", "pages")
RISE = 0.10
"""Smallest rise from one size to the next that is a step: clocks and refreshes make less."""


@dataclass(frozen=True, slots=True)
class Step:
    """The last size before a rise and the first one after it."""

    below: Measurement
    above: Measurement

    @property
    def factor(self) -> float:
        """Latency above over latency below."""
        return (self.above.value or 0.0) / (self.below.value or 1.0)


def steps(measurements: Iterable[Measurement]) -> tuple[Step, ...]:
    """Return the steps of every ladder, ladder by ladder, smallest size first."""
    ladders: dict[tuple[object, ...], list[Measurement]] = {}
    for one in measurements:
        if one.point.benchmark in LADDERS and one.value and one.verdict in SOUND:
            fixed = tuple(pair for pair in one.point.axes if pair[0] not in SIZES)
            ladders.setdefault((one.point.benchmark, fixed), []).append(one)
    return tuple(step for ladder in ladders.values() for step in _steps(sorted(ladder, key=size)))


def size(one: Measurement) -> int:
    """Return the working set of a rung, in bytes or pages."""
    return int(next(value for name, value in one.point.axes if name in SIZES))


def _steps(ladder: Sequence[Measurement]) -> list[Step]:
    found: list[Step] = []
    for below, above in itertools.pairwise(ladder):
        if not _rises(below, above):
            continue
        if found and found[-1].above is below:
            found[-1] = Step(found[-1].below, above)
        else:
            found.append(Step(below, above))
    return found


def _rises(below: Measurement, above: Measurement) -> bool:
    apart = (above.low or above.value or 0.0) > (below.high or below.value or 0.0)
    return apart and (above.value or 0.0) > (1 + RISE) * (below.value or 0.0)
