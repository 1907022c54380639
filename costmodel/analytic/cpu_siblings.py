"""The measured library calls of a processor as siblings: distances, slowdowns, errors left out.

Intervals are split-conformal (Lei et al., "Distribution-Free Predictive Inference for Regression",
JASA 113, 2018) over errors made when each measured point is predicted from the others, scaled by
the distance to its nearest sibling.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from costmodel.analytic.cpu_evidence import Envelope, Evidence
from costmodel.analytic.cpu_features import (
    OTHER_CLASS,
    OTHER_FORMAT,
    OTHER_OP,
    coordinates,
    op_class,
)
from costmodel.kernel import Family, Kernel

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

COVERAGE = 0.9
LEAST_POINTS = 9
"""With fewer, no finite conformal interval covers 90%: the errors of all families are used."""
SOFTNESS = 0.5
"""Sibling weights fall by e^-1/2 this plus a quarter of the nearest distance farther out."""
NOISE_UNITS = 1.5
"""Share of an error that no nearer sibling removes, in units of distance. Left-out points are
farther from their siblings than most shapes asked for, so without it near shapes get too narrow an
interval."""
LEAST_WEIGHT = 0.02
"""A call that is all overhead still says a little, so that a family of such calls has a middle."""

COMPARISON_S = 4e-9
"""A comparison of a sort, N log2 N of them a row: scalar, and its branch is often mispredicted.
torch.sort of 32 to 1,000,000 floats a row took 3.9 to 7.0 ns on one thread of an AMD EPYC; the
arithmetic peak, which no sort comes near, made sorts 50 to 900 times too fast."""


@dataclass(frozen=True, slots=True)
class Group:
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
class Bounded:
    """Least time of a kernel at the best rates seen, and its two parts."""

    attainable_s: float
    compute_s: float
    memory_s: float
    own_peak: bool


def bound_of(kernel: Kernel, rates: Envelope) -> Bounded:
    """Return max(work / peak, bytes / bandwidth) with the bandwidth of its working set."""
    peak, own = rates.peak(kernel.number_format)
    compute_s = kernel.work_flop / peak
    if kernel.family is Family.SORT:
        compute_s = kernel.work_flop * COMPARISON_S
    memory_s = kernel.bytes_moved / rates.bandwidth(kernel.bytes_moved)
    attainable_s = max(compute_s, memory_s)
    return Bounded(attainable_s, compute_s, memory_s, own or not kernel.work_flop)


def groups_of(calls: Sequence[Evidence], rates: Envelope) -> dict[Family, Group]:
    """Return the calls by family."""
    members: dict[Family, list[Evidence]] = {}
    for call in calls:
        members.setdefault(call.kernel.family, []).append(call)
    return {family: _group(family, own, rates) for family, own in members.items()}


def _group(family: Family, calls: Sequence[Evidence], rates: Envelope) -> Group:
    import numpy as np

    times_s = np.array([call.time_s for call in calls])
    bounds_s = np.array([bound_of(call.kernel, rates).attainable_s for call in calls])
    beyond_s = np.maximum(times_s - rates.overhead_s, bounds_s)
    return Group(
        places=np.array([coordinates(call.kernel, family) for call in calls]),
        classes=np.array([op_class(call.kernel) for call in calls]),
        ops=np.array([call.kernel.op for call in calls]),
        formats=np.array([call.kernel.number_format.value for call in calls]),
        times_s=times_s,
        bounds_s=bounds_s,
        slowdowns=np.log(beyond_s / bounds_s),
        weights=np.clip(1 - rates.overhead_s / times_s, LEAST_WEIGHT, 1.0),
    )


def distances_to(
    group: Group, place: Sequence[float], op_class: str, op: str, number_format: str
) -> npt.NDArray[np.float64]:
    """Return the distance from a place in a family to each measured point, in units."""
    import numpy as np

    squared = ((group.places - np.asarray(place)) ** 2).sum(axis=1)
    squared += np.where(group.classes == op_class, 0.0, OTHER_CLASS**2)
    squared += np.where(group.ops == op, 0.0, OTHER_OP**2)
    squared += np.where(group.formats == number_format, 0.0, OTHER_FORMAT**2)
    return np.asarray(np.sqrt(squared))


def weighted(
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


def scale(nearest: float) -> float:
    """Return how large an error to expect at this distance from the nearest sibling."""
    return NOISE_UNITS + nearest


def left_out(group: Group, overhead_s: float) -> list[float]:
    """Return each point's scaled |log error| when predicted from the others of its family."""
    import numpy as np

    errors = []
    for index in range(len(group.slowdowns) if len(group.slowdowns) > 1 else 0):
        distances = distances_to(
            group,
            group.places[index],
            *(group.classes[index], group.ops[index], group.formats[index]),
        )
        others = np.arange(len(distances)) != index
        slowdown, nearest = weighted(
            distances[others], group.slowdowns[others], group.weights[others]
        )
        errors.append(_log_error(group, index, slowdown, overhead_s) / scale(nearest))
    return errors


def _log_error(group: Group, index: int, slowdown: float, overhead_s: float) -> float:
    predicted_s = overhead_s + float(group.bounds_s[index]) * math.exp(slowdown)
    return abs(math.log(float(group.times_s[index]) / predicted_s))


def pooled_slowdown(groups: dict[Family, Group]) -> float:
    """Return the middle of the families' median slowdowns."""
    import numpy as np

    return float(np.median([np.median(group.slowdowns) for group in groups.values()]))


def family_left_out(groups: dict[Family, Group], overhead_s: float) -> list[float]:
    """Return every point's |log error| when its whole family is predicted from the others."""
    errors = []
    for family, group in groups.items():
        rest = {other: kept for other, kept in groups.items() if other is not family} or groups
        slowdown = pooled_slowdown(rest)
        errors += [
            _log_error(group, index, slowdown, overhead_s) for index in range(len(group.times_s))
        ]
    return errors


def spreads_of(
    groups: dict[Family, Group], errors: dict[Family, list[float]]
) -> dict[tuple[Family, str], float]:
    """Return 90% quantiles of scaled errors by family and format, and by family under ""."""
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
