"""Sweeps of workloads as measured, beside what the device's library calls predict for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.crossing import Timed
from costmodel.analytic.workload_time import predicted
from microbench.benchmark import Measurement
from microbench.errors import InputError
from microbench.suites.cpu_sweeps import NAME
from microbench.workloads.sweeps import SWEEPS, find


@dataclass(frozen=True, slots=True)
class SweepRun:
    """The usable measurements of a run, by sweep, arm and value."""

    by_arm: Mapping[tuple[str, str], Mapping[int, Measurement]]
    device: Sequence[Measurement]
    """Measurements of the device: clock, rates, library calls."""
    model: CpuModel | None
    """``None``: there are too few library calls among them."""

    def arm(self, sweep: str, arm: str) -> dict[int, Measurement]:
        """Return an arm's measurements by value of the axis."""
        return dict(self.by_arm.get((sweep, arm), {}))

    def timed(
        self, sweep: str, arm: str, of: Callable[[Measurement, int], float] = lambda _, v: v
    ) -> list[Timed]:
        """Return seconds against the axis, or against what ``of`` makes of a measurement."""
        return [timed(of(one, value), one) for value, one in sorted(self.arm(sweep, arm).items())]

    def predicted(self, sweep: str, arm: str) -> list[Timed]:
        """Return predicted seconds at the values that were measured; empty without a model."""
        if self.model is None:
            return []
        way, found = find(sweep).arm(arm), []
        for value in sorted(self.arm(sweep, arm)):
            shape = way.shape(value)
            one = predicted(self.model, way.workload, way.variant, shape, way.number_format)
            found.append(Timed(value, one.latency_s, one.low_s, one.high_s))
        return found


def read(measurements: Sequence[Measurement]) -> SweepRun:
    """Sort measurements of sweeps by arm; the others are the device's."""
    by_arm: dict[tuple[str, str], dict[int, Measurement]] = {}
    axes = {sweep.name: sweep.axis for sweep in SWEEPS}
    for one in measurements:
        if one.point.benchmark == NAME and one.value is not None:
            sweep = str(one.point["sweep"])
            key = (sweep, str(one.point["arm"]))
            by_arm.setdefault(key, {})[int(one.point[axes[sweep]])] = one
    device = [one for one in measurements if one.point.benchmark != NAME]
    try:
        model = CpuModel.from_measurements(device)
    except InputError:
        model = None
    return SweepRun(by_arm, device, model)


def timed(value: float, one: Measurement) -> Timed:
    """Return a median with its interval; too few samples for one have their whole range."""
    times = [sample.time_s for sample in one.samples]
    middle = one.value or 0.0
    low, high = one.low or min(times), one.high or max(times)
    return Timed(value, middle, min(low, middle), max(high, middle))
