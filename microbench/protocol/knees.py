"""Where a sweep levels off: the smallest load that reaches nearly all of the best rate.

And what operands do to a rate: the same kernel with zeros and with others, side by side.
Both read measurements of rates; points without a sound number take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from microbench.benchmark import AxisValue, Measurement, Verdict

SHARE = 0.95
"""A load is enough when it reaches this share of the sweep's best rate."""
LEAST_SETTINGS = 3
LOADS: Mapping[str, tuple[str, ...]] = {
    "gpu.arithmetic.throughput": ("chains", "warps"),
    "gpu.tensor.mma.throughput": ("chains", "warps"),
    "gpu.tensor.wgmma.throughput": ("columns", "warpgroups"),
    "gpu.tensor.tcgen05.throughput": ("columns",),
    "gpu.memory.bandwidth": ("in_flight", "blocks_per_sm"),
    "gpu.memory.onchip": ("in_flight",),
    "gpu.copy.bandwidth": ("stages",),
    "gpu.cluster.bandwidth": ("in_flight",),
}
"""Axes of each benchmark whose product is what a multiprocessor has under way."""
ZEROS = "zeros"
SOUND = frozenset({Verdict.OK, Verdict.NOISY})


@dataclass(frozen=True, slots=True)
class Knee:
    """One sweep: the least load that is enough, and the best there was."""

    enough: Measurement
    best: Measurement
    settings: int
    """Loads measured."""

    @property
    def fixed(self) -> tuple[tuple[str, AxisValue], ...]:
        """Axes that stayed as they were."""
        swept = LOADS[self.best.point.benchmark]
        return tuple((name, x) for name, x in self.best.point.axes if name not in swept)

    @property
    def load(self) -> tuple[tuple[str, AxisValue], ...]:
        """The axes swept, at the knee."""
        return tuple((name, self.enough.point[name]) for name in LOADS[self.best.point.benchmark])


def knees(measurements: Iterable[Measurement]) -> tuple[Knee, ...]:
    """Return the knee of every sweep over at least ``LEAST_SETTINGS`` loads."""
    sweeps: dict[tuple[object, ...], list[Measurement]] = {}
    for one in measurements:
        swept = LOADS.get(one.point.benchmark)
        if swept is not None and one.value and one.verdict in SOUND:
            fixed = tuple(pair for pair in one.point.axes if pair[0] not in swept)
            sweeps.setdefault((one.point.benchmark, fixed), []).append(one)
    return tuple(_knee(sweep) for sweep in sweeps.values() if len(sweep) >= LEAST_SETTINGS)


def _knee(sweep: Sequence[Measurement]) -> Knee:
    best = max(sweep, key=lambda one: one.value or 0.0)
    enough = [one for one in sweep if (one.value or 0.0) >= SHARE * (best.value or 0.0)]
    return Knee(min(enough, key=_load), best, len(sweep))


def _load(one: Measurement) -> tuple[float, float]:
    """Order loads by what is under way, equal ones by the threads it takes."""
    values = [float(one.point[name]) for name in LOADS[one.point.benchmark]]
    return prod(values), values[-1]


def operand_groups(
    measurements: Iterable[Measurement],
) -> tuple[Mapping[str, Measurement], ...]:
    """Return measurements by operands of every point measured with zeros and with others."""
    found: dict[tuple[object, ...], dict[str, Measurement]] = {}
    for one in measurements:
        axes = dict(one.point.axes)
        operands = axes.pop("operands", None)
        if operands is not None and one.value and one.verdict in SOUND:
            found.setdefault((one.point.benchmark, *axes.items()), {})[str(operands)] = one
    return tuple(group for group in found.values() if ZEROS in group and len(group) > 1)
