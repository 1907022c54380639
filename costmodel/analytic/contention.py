"""Latency beside other work, and the best variant that still meets a deadline.

After R. Xu et al., "ApproxDet", arXiv 2010.10754: latency is predicted from a kernel's size and the
contention around it, and the scheduler picks the most accurate variant that meets its deadline. The
model here is hwprof's own: every load adds its share, every process beyond the cores another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microbench.errors import InputError

Counts = Mapping[str, int]
"""Loads by name (``cpu``, ``mem``, ``gpu``); absent is none."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One kernel's latency beside some loads."""

    loads: Counts
    latency_s: float


@dataclass(frozen=True, slots=True)
class Contended:
    """A kernel's latency alone, the share every load adds to it, and every process too many."""

    alone_s: float
    share_per_load: Mapping[str, float]
    cores: int | None = None
    """Cores that loads and kernel share; ``None``: enough for all."""
    share_too_many: float = 0.0
    """What each process beyond the cores adds: they then take turns."""

    def latency_s(self, loads: Counts) -> float:
        """Return alone x (1 + sum of shares); ``InputError`` for a load never measured."""
        unknown = sorted(name for name, count in loads.items() if count and name not in self.known)
        if unknown:
            raise InputError(f"never measured beside {', '.join(unknown)}: bench with --contend")
        added = sum(self.share_per_load[name] * count for name, count in loads.items() if count)
        return self.alone_s * (1 + added + self.share_too_many * too_many(loads, self.cores))

    @property
    def known(self) -> frozenset[str]:
        """Loads the model has seen."""
        return frozenset(self.share_per_load)


def too_many(loads: Counts, cores: int | None) -> int:
    """Return by how many the kernel and its loads exceed the cores."""
    return 0 if cores is None else max(0, 1 + sum(loads.values()) - cores)


def fit(observed: Sequence[Observed], cores: int | None = None) -> Contended:
    """Fit shares that are not negative to relative errors (non-negative least squares).

    One observation must be without loads; ``InputError`` otherwise, or when a latency is not
    positive.
    """
    import numpy as np
    from scipy.optimize import nnls

    alone = [one.latency_s for one in observed if not any(one.loads.values())]
    if not alone or min(one.latency_s for one in observed) <= 0:
        raise InputError("positive latencies are needed, one of them measured alone")
    alone_s = sum(alone) / len(alone)
    names = sorted({name for one in observed for name, count in one.loads.items() if count})
    rest = [one for one in observed if any(one.loads.values())]
    if not rest:
        return Contended(alone_s, {})
    # Divided by the slowdown, residuals are relative errors.
    slowdowns = np.array([one.latency_s / alone_s for one in rest])
    rows = np.array(
        [[*(one.loads.get(name, 0) for name in names), too_many(one.loads, cores)] for one in rest],
        dtype=float,
    )
    shares, _ = nnls(rows / slowdowns[:, None], (slowdowns - 1).clip(min=0) / slowdowns)
    *each, beyond = map(float, shares)
    return Contended(alone_s, dict(zip(names, each, strict=True)), cores, beyond)


def left_out_errors(observed: Sequence[Observed], cores: int | None = None) -> tuple[float, ...]:
    """Return the relative error of each loaded latency, predicted from the others alone.

    A latency whose loads no other observation has cannot be predicted and is left out.
    """
    errors = []
    for index, one in enumerate(observed):
        if not any(one.loads.values()):
            continue
        model = fit([*observed[:index], *observed[index + 1 :]], cores)
        if {name for name, count in one.loads.items() if count} <= model.known:
            errors.append(abs(model.latency_s(one.loads) / one.latency_s - 1))
    return tuple(errors)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do the task: how good its answer is, and how long it takes."""

    name: str
    quality: float
    """Larger is better; any unit."""
    latency: Contended


def choose(variants: Sequence[Variant], loads: Counts, deadline_s: float) -> Variant | None:
    """Return the best variant predicted to meet the deadline, the faster of equals; or ``None``."""
    timed = [(variant, variant.latency.latency_s(loads)) for variant in variants]
    meeting = [(variant, time_s) for variant, time_s in timed if time_s <= deadline_s]
    best = max(meeting, key=lambda pair: (pair[0].quality, -pair[1]), default=None)
    return best[0] if best else None
