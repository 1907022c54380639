"""Predictions for the local processor from its own benchmark run: bound, siblings, interval.

A kernel's time is its bound (call overhead + the slower of work and traffic at the best rates
measured) times the slowdown of its nearest measured siblings. Intervals are split-conformal
(Lei et al., "Distribution-Free Predictive Inference for Regression", JASA 113, 2018) over errors
made when each measured point is predicted from the others, scaled by the distance to a sibling.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from costmodel.analytic.cpu_evidence import Envelope, Evidence, envelope, library_calls
from costmodel.analytic.cpu_features import (
    OTHER_CLASS,
    OTHER_FORMAT,
    OTHER_OP,
    SIBLING,
    coordinates,
    op_class,
)
from costmodel.kernel import Bound, Family, Flag, Kernel, Prediction
from microbench.benchmark import Measurement
from microbench.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

COVERAGE = 0.9
LEAST_POINTS = 9
"""With fewer, no finite conformal interval covers 90%: the errors of all families are used."""
FAR = 3.0
"""Units of distance beyond which no sibling is near: ``outside-training-range``."""
SOFTNESS = 0.5
"""Sibling weights fall by e^-1/2 this plus a quarter of the nearest distance farther out."""
STACK = "torch-eager"


@dataclass(frozen=True, slots=True)
class _Group:
    """Measured points of one family: places, classes of op, formats and log slowdowns over the bound."""

    places: npt.NDArray[np.float64]
    classes: npt.NDArray[np.str_]
    ops: npt.NDArray[np.str_]
    formats: npt.NDArray[np.str_]
    slowdowns: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Bounded:
    time_s: float
    attainable_s: float
    compute_s: float
    memory_s: float
    own_peak: bool


@dataclass(frozen=True, slots=True)
class CpuModel:
    """A processor as measured, on a number of torch threads."""

    rates: Envelope
    groups: dict[Family, _Group]
    spreads: dict[Family, float]
    """90% quantile of |log error| per unit of ``_scale``, by measured family."""
    spread_unmeasured: float
    """The same when a family is predicted from the others alone."""

    @classmethod
    def from_measurements(cls, measurements: Iterable[Measurement], threads: int = 1) -> CpuModel:
        """Learn from a run's measurements; ``InputError`` when it holds no library calls."""
        kept = tuple(measurements)
        calls = library_calls(kept, threads)
        if len(calls) < LEAST_POINTS:
            raise InputError(
                f"the run holds {len(calls)} library calls on {threads} thread(s), fewer than "
                f"{LEAST_POINTS}: measure with `hwprof bench --device cpu --quick`"
            )
        rates = envelope(kept, calls)
        groups = _groups(calls, rates)
        errors = {family: _left_out(group) for family, group in groups.items()}
        pooled = [error for family in errors.values() for error in family]
        spreads = {
            family: conformal_quantile(own if len(own) >= LEAST_POINTS else pooled)
            for family, own in errors.items()
        }
        return cls(rates, groups, spreads, conformal_quantile(_family_left_out(groups)))

    def predict(self, kernels: Sequence[Kernel]) -> list[Prediction]:
        """Return one prediction a kernel, in order; equal kernels are worked out once."""
        known: dict[object, Prediction] = {}
        found = []
        for kernel in kernels:
            key = (
                *(kernel.family, kernel.op, kernel.number_format, kernel.work_flop),
                *(kernel.bytes_moved, tuple(sorted(kernel.dims.items()))),
            )
            if key not in known:
                known[key] = self._predict(kernel)
            found.append(_for_kernel(known[key], kernel))
        return found

    def _predict(self, kernel: Kernel) -> Prediction:
        bounded = _bound(kernel, self.rates)
        log_slowdown, spread, flags = self._slowdown(kernel)
        latency_s = max(bounded.time_s * math.exp(log_slowdown), bounded.attainable_s)
        if not bounded.own_peak:
            flags |= {Flag.UNKNOWN_PEAK}
        parts_s = {
            "launch": self.rates.overhead_s,
            "memory": bounded.memory_s,
            "compute": bounded.compute_s,
        }
        bound = Bound.COMPUTE if bounded.compute_s >= bounded.memory_s else Bound.MEMORY
        if self.rates.overhead_s > max(bounded.compute_s, bounded.memory_s):
            bound = Bound.LATENCY
        return Prediction(
            kernel=kernel,
            device="cpu",
            stack=STACK,
            latency_s=latency_s,
            low_s=latency_s * math.exp(-spread),
            high_s=latency_s * math.exp(spread),
            attainable_s=bounded.attainable_s,
            bound=bound,
            parts_s=parts_s,
            flags=frozenset(flags),
        )

    def _slowdown(self, kernel: Kernel) -> tuple[float, float, set[Flag]]:
        """Return log slowdown over the bound, half-width in logs, and reasons to trust less."""
        family = kernel.family if kernel.family in self.groups else SIBLING.get(kernel.family)
        if family is None or family not in self.groups:
            flags = {Flag.ANALYTIC_ONLY}
            return _pooled_slowdown(self.groups), self.spread_unmeasured, flags
        group = self.groups[family]
        place = coordinates(kernel, family)
        distances = _distances(
            group, place, op_class(kernel), kernel.op, kernel.number_format.value
        )
        log_slowdown, nearest = _weighted(distances, group.slowdowns)
        spread = self.spreads[family] * _scale(nearest)
        if family is not kernel.family:
            return log_slowdown, max(spread, self.spread_unmeasured), {Flag.ANALYTIC_ONLY}
        return log_slowdown, spread, {Flag.OUTSIDE_TRAINING} if nearest > FAR else set()


def conformal_quantile(scores: Sequence[float], coverage: float = COVERAGE) -> float:
    """Return the score that ``coverage`` of new ones stay below: rank ceil((n + 1) coverage).

    With too few scores for that rank, the largest one doubled: the best that can be said.
    """
    ordered = sorted(scores)
    rank = math.ceil((len(ordered) + 1) * coverage)
    return ordered[rank - 1] if rank <= len(ordered) else 2 * ordered[-1]


def _bound(kernel: Kernel, rates: Envelope) -> _Bounded:
    peak, own = rates.peak(kernel.number_format)
    compute_s = kernel.work_flop / peak
    memory_s = kernel.bytes_moved / rates.bandwidth(kernel.bytes_moved)
    attainable_s = max(compute_s, memory_s)
    time_s = rates.overhead_s + attainable_s
    return _Bounded(time_s, attainable_s, compute_s, memory_s, own or not kernel.work_flop)


def _groups(calls: Sequence[Evidence], rates: Envelope) -> dict[Family, _Group]:
    import numpy as np

    members: dict[Family, list[Evidence]] = {}
    for call in calls:
        members.setdefault(call.kernel.family, []).append(call)
    return {
        family: _Group(
            places=np.array([coordinates(call.kernel, family) for call in own]),
            classes=np.array([op_class(call.kernel) for call in own]),
            ops=np.array([call.kernel.op for call in own]),
            formats=np.array([call.kernel.number_format.value for call in own]),
            slowdowns=np.array(
                [math.log(call.time_s / _bound(call.kernel, rates).time_s) for call in own]
            ),
        )
        for family, own in members.items()
    }


def _distances(
    group: _Group, place: Sequence[float], op_class: str, op: str, number_format: str
) -> npt.NDArray[np.float64]:
    import numpy as np

    squared = ((group.places - np.asarray(place)) ** 2).sum(axis=1)
    squared += np.where(group.classes == op_class, 0.0, OTHER_CLASS**2)
    squared += np.where(group.ops == op, 0.0, OTHER_OP**2)
    squared += np.where(group.formats == number_format, 0.0, OTHER_FORMAT**2)
    return np.asarray(np.sqrt(squared))


def _weighted(
    distances: npt.NDArray[np.float64], slowdowns: npt.NDArray[np.float64]
) -> tuple[float, float]:
    """Return the siblings' slowdown, near ones counting most, and the nearest one's distance."""
    import numpy as np

    nearest = float(distances.min())
    width = SOFTNESS + nearest / 4
    weights = np.exp(-0.5 * ((distances - nearest) / width) ** 2)
    return float(weights @ slowdowns / weights.sum()), nearest


def _scale(nearest: float) -> float:
    return 0.5 + nearest


def _left_out(group: _Group) -> list[float]:
    """Return each point's scaled |log error| when predicted from the others of its family."""
    import numpy as np

    errors = []
    for index in range(len(group.slowdowns) if len(group.slowdowns) > 1 else 0):
        distances = _distances(
            group,
            group.places[index],
            *(group.classes[index], group.ops[index], group.formats[index]),
        )
        others = np.arange(len(distances)) != index
        predicted, nearest = _weighted(distances[others], group.slowdowns[others])
        errors.append(abs(float(group.slowdowns[index]) - predicted) / _scale(nearest))
    return errors


def _pooled_slowdown(groups: dict[Family, _Group]) -> float:
    """Return the middle of the families' median slowdowns."""
    import numpy as np

    return float(np.median([np.median(group.slowdowns) for group in groups.values()]))


def _family_left_out(groups: dict[Family, _Group]) -> list[float]:
    """Return every point's |log error| when its whole family is predicted from the others."""
    if len(groups) < 2:
        return [abs(float(s)) for group in groups.values() for s in group.slowdowns]
    errors = []
    for family, group in groups.items():
        rest = {other: kept for other, kept in groups.items() if other is not family}
        errors += [abs(float(s) - _pooled_slowdown(rest)) for s in group.slowdowns]
    return errors


def _for_kernel(prediction: Prediction, kernel: Kernel) -> Prediction:
    from dataclasses import replace

    if prediction.kernel is kernel:
        return prediction
    return replace(prediction, kernel=kernel)
