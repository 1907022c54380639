"""Predictions for the local processor from its own benchmark run: bound, siblings, interval.

A kernel's time is the overhead of a call plus its bound (the slower of work and traffic at the best
rates measured) times the slowdown of its nearest measured siblings. Intervals are split-conformal
(Lei et al., "Distribution-Free Predictive Inference for Regression", JASA 113, 2018) over errors
made when each measured point is predicted from the others, scaled by the distance to a sibling.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from costmodel.analytic.cpu_evidence import STACK, Envelope, Evidence, envelope, library_calls
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
NOISE_UNITS = 1.5
"""Share of an error that no nearer sibling removes, in units of distance. Left-out points are
farther from their siblings than most shapes asked for, so without it near shapes get too narrow an
interval."""
LEAST_WEIGHT = 0.02
"""A call that is all overhead still says a little, so that a family of such calls has a middle."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Measured points of one family, one array entry a point."""

    places: npt.NDArray[np.float64]
    classes: npt.NDArray[np.str_]
    ops: npt.NDArray[np.str_]
    formats: npt.NDArray[np.str_]
    times_s: npt.NDArray[np.float64]
    bounds_s: npt.NDArray[np.float64]
    slowdowns: npt.NDArray[np.float64]
    """log of (time - overhead) / bound."""
    weights: npt.NDArray[np.float64]
    """Share of the time beyond the overhead: what a point can say of its slowdown."""


@dataclass(frozen=True, slots=True)
class _Bounded:
    attainable_s: float
    compute_s: float
    memory_s: float
    own_peak: bool


@dataclass(frozen=True, slots=True)
class CpuModel:
    """A processor as measured, on a number of torch threads."""

    rates: Envelope
    groups: dict[Family, _Group]
    spreads: dict[tuple[Family, str], float]
    """90% quantile of |log error| per unit of ``_scale``, by family and number format; under ""
    that of the whole family, or of all families where it has too few points."""
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
        errors = {family: _left_out(group, rates.overhead_s) for family, group in groups.items()}
        spreads = _spreads(groups, errors)
        across = _family_left_out(groups, rates.overhead_s)
        return cls(rates, groups, spreads, conformal_quantile(across))

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
        latency_s = self.rates.overhead_s + bounded.attainable_s * math.exp(max(log_slowdown, 0.0))
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
        log_slowdown, nearest = _weighted(distances, group.slowdowns, group.weights)
        number_format = kernel.number_format.value
        known = self.spreads.get((family, number_format), self.spreads[family, ""])
        spread = known * _scale(nearest)
        if family is not kernel.family:
            return log_slowdown, max(spread, self.spread_unmeasured), {Flag.ANALYTIC_ONLY}
        return log_slowdown, spread, {Flag.OUTSIDE_TRAINING} if nearest > FAR else set()


def _spreads(
    groups: dict[Family, _Group], errors: dict[Family, list[float]]
) -> dict[tuple[Family, str], float]:
    pooled = [error for own in errors.values() for error in own]
    found = {}
    for family, own in errors.items():
        enough = own if len(own) >= LEAST_POINTS else pooled
        found[family, ""] = conformal_quantile(enough)
        formats = groups[family].formats.tolist()
        for number_format in set(formats) if own else ():
            alike = [e for e, f in zip(own, formats, strict=True) if f == number_format]
            if len(alike) >= LEAST_POINTS:
                found[family, number_format] = conformal_quantile(alike)
    return found


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
    return _Bounded(attainable_s, compute_s, memory_s, own or not kernel.work_flop)


def _groups(calls: Sequence[Evidence], rates: Envelope) -> dict[Family, _Group]:

    members: dict[Family, list[Evidence]] = {}
    for call in calls:
        members.setdefault(call.kernel.family, []).append(call)
    return {family: _group(family, own, rates) for family, own in members.items()}


def _group(family: Family, calls: Sequence[Evidence], rates: Envelope) -> _Group:
    import numpy as np

    times_s = np.array([call.time_s for call in calls])
    bounds_s = np.array([_bound(call.kernel, rates).attainable_s for call in calls])
    beyond_s = np.maximum(times_s - rates.overhead_s, bounds_s)
    return _Group(
        places=np.array([coordinates(call.kernel, family) for call in calls]),
        classes=np.array([op_class(call.kernel) for call in calls]),
        ops=np.array([call.kernel.op for call in calls]),
        formats=np.array([call.kernel.number_format.value for call in calls]),
        times_s=times_s,
        bounds_s=bounds_s,
        slowdowns=np.log(beyond_s / bounds_s),
        weights=np.clip(1 - rates.overhead_s / times_s, LEAST_WEIGHT, 1.0),
    )


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
    distances: npt.NDArray[np.float64],
    slowdowns: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> tuple[float, float]:
    """Return the siblings' slowdown, near ones counting most, and the nearest one's distance."""
    import numpy as np

    nearest = float(distances.min())
    width = SOFTNESS + nearest / 4
    shares = weights * np.exp(-0.5 * ((distances - nearest) / width) ** 2)
    return float(shares @ slowdowns / shares.sum()), nearest


def _scale(nearest: float) -> float:
    return NOISE_UNITS + nearest


def _left_out(group: _Group, overhead_s: float) -> list[float]:
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
        slowdown, nearest = _weighted(
            distances[others], group.slowdowns[others], group.weights[others]
        )
        errors.append(_log_error(group, index, slowdown, overhead_s) / _scale(nearest))
    return errors


def _log_error(group: _Group, index: int, slowdown: float, overhead_s: float) -> float:
    predicted_s = overhead_s + float(group.bounds_s[index]) * math.exp(slowdown)
    return abs(math.log(float(group.times_s[index]) / predicted_s))


def _pooled_slowdown(groups: dict[Family, _Group]) -> float:
    """Return the middle of the families' median slowdowns."""
    import numpy as np

    return float(np.median([np.median(group.slowdowns) for group in groups.values()]))


def _family_left_out(groups: dict[Family, _Group], overhead_s: float) -> list[float]:
    """Return every point's |log error| when its whole family is predicted from the others."""
    errors = []
    for family, group in groups.items():
        rest = {other: kept for other, kept in groups.items() if other is not family} or groups
        slowdown = _pooled_slowdown(rest)
        errors += [
            _log_error(group, index, slowdown, overhead_s) for index in range(len(group.times_s))
        ]
    return errors


def _for_kernel(prediction: Prediction, kernel: Kernel) -> Prediction:
    from dataclasses import replace

    if prediction.kernel is kernel:
        return prediction
    return replace(prediction, kernel=kernel)
