"""A device nobody measured, from the measured ones most like it.

Far from its training devices a tree ensemble errs more than the roofline, so what is transferred is
a measured sibling's time. Of that time, the bound scales with the devices' bounds; what lies above
the bound (launches, tails, idle multiprocessors) scales with the bounds' square root, half-way
between an overhead that stays and an inefficiency that grows. With 30,000 rows a family and each
device left out in turn, this erred less on devices without a sibling than scaling the whole time:
fp32 products 28% against 34%, mixture of experts 42% against 50%, decode attention 51% against 64%.
The bounds of fp32 products on NVIDIA's cards are those at the rate the watts allow (``sustained``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from costmodel.learned import features, sustained
from costmodel.learned.families import ModelFamily
from costmodel.learned.texts import Columns, constant, first
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec

Array = npt.NDArray[np.float64]

OTHER_ARCHITECTURE = 1.0
"""Distance added between architectures: a factor of e in every figure. Set by eye."""
OTHER_MINOR = 0.3
"""The same between architectures of one compute capability's major number. Set by eye."""
NEAR = 0.8
"""Devices closer than this are siblings. Set by eye: H200 is 0.4 from H100, A40 1.3 from A100."""
REACH = 0.3
"""Fall of a sibling's weight with distance, by a factor e. Set by eye."""
FAR_COUNT = 6
"""How many measured devices stand for one without a sibling. Chosen on four families."""
FAR_FOREST = 1.0 / 7.0
"""The trees' weight beside them."""


@dataclass(frozen=True, slots=True)
class Kin:
    """Measured devices that stand for one that is not, nearest first."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    forest: float
    """Weight of the trees' own prediction; the rest is shared by ``weights``, which add up to 1."""
    near: bool
    """Whether a sibling of the same architecture was measured."""


def distance(one: DeviceSpec, other: DeviceSpec) -> float:
    """Return how unlike two devices are: natural logs of figures, plus a step by architecture."""
    gap = np.array(_figures(one)) - np.array(_figures(other))
    apart = float(np.sqrt(np.nansum(gap**2)))
    if one.arch == other.arch:
        return apart
    return apart + (OTHER_MINOR if _same_major(one, other) else OTHER_ARCHITECTURE)


def kin(spec: DeviceSpec, measured: Collection[str]) -> Kin:
    """Choose the measured devices that stand for ``spec``; none where nothing was measured."""
    known = [catalogue.find(name) for name in sorted(measured)]
    ranked = sorted((distance(spec, one), one.name) for one in known if one.name != spec.name)
    if not ranked:
        return Kin((), (), 1.0, False)
    nearest = ranked[0][0]
    if nearest >= NEAR:
        names = tuple(name for _, name in ranked[:FAR_COUNT])
        return Kin(names, tuple(1 / len(names) for _ in names), FAR_FOREST, False)
    close = [(apart, name) for apart, name in ranked if apart < NEAR]
    raw = np.exp([-(apart - nearest) / REACH for apart, _ in close])
    weights = tuple(float(one) for one in raw / raw.sum())
    return Kin(tuple(name for _, name in close), weights, nearest / (1 + nearest), True)


@dataclass(frozen=True, slots=True)
class Views:
    """What each measured relative, and last the trees, say of rows on an unmeasured device."""

    ratios: Array
    """log(latency / bound) on the unmeasured device: one row a view, one column a table row."""
    weights: Array
    """The same shape; each row's add up to 1."""
    low: Array
    """Offset of log latency at the lower end of the relatives' own intervals, at most 0."""
    high: Array

    @property
    def blended(self) -> Array:
        """Weighted mean of the views."""
        return np.asarray((self.weights * self.ratios).sum(axis=0))

    def take(self, chosen: npt.NDArray[Any]) -> Views:
        """Return what is said of some of the rows."""
        return Views(
            self.ratios[:, chosen], self.weights[:, chosen], self.low[chosen], self.high[chosen]
        )


class Measured(Protocol):
    """Predictions for devices that were measured, and which rows their measurements cover."""

    @property
    def family(self) -> ModelFamily:
        """What is predicted."""

    def predict(self, table: Columns, device_column: str) -> dict[str, npt.NDArray[Any]]:
        """Return ``latency_s``, ``low_s`` and ``high_s``."""

    def measured(self, table: Columns, device_column: str) -> npt.NDArray[np.bool_]:
        """Say whether a row's formats, stack and kernel were measured on the device it names."""


def views(
    table: Columns, device_column: str, relatives: Kin, model: Measured, found: Columns
) -> Views:
    """Ask every relative for the rows of ``table``, which all name one device.

    ``found`` is what the trees say. Of siblings, those that ran a row's own stack are asked alone
    where there are any: with GB200 left out that took 9.7% to 7.8% for prefill attention, 5.8% to
    4.4% for decode, 5.2% to 4.6% for mixture of experts and 8.3% to 8.1% for GEMM.
    """
    bound = features.bound_on(table, device_column)
    asked = catalogue.find(first(table[device_column]))
    forest = np.log(found["latency_s"] / bound)
    ratios, ends, ran = [], [], []
    choose, every = relatives.near and len(relatives.names) > 1, np.ones(len(bound), dtype=bool)
    for name in relatives.names:
        there = {**table, device_column: constant(name, len(bound))}
        bound_there = features.bound_on(there, device_column)
        answer = model.predict(there, device_column)
        held, held_there = bound, bound_there
        if sustained.applies(model.family, asked, catalogue.find(name)):
            held, held_there = (sustained.bound_s(table, n, asked.name) for n in (asked.name, name))
        ratio = carried(held, held_there, np.log(answer["latency_s"] / held_there))
        ratios.append(ratio + np.log(held / bound))
        ends.append([np.log(answer[end] / answer["latency_s"]) for end in ("low_s", "high_s")])
        ran.append(model.measured(there, device_column) if choose else every)
    if not ratios:
        nothing = np.zeros(len(bound))
        return Views(forest[None], np.ones((1, len(bound))), nothing, nothing)
    shares = weights(relatives, np.array(ran))
    low, high = (shares[:, None] * np.array(ends)).sum(axis=0)
    relative = (1 - relatives.forest) * shares
    whole = np.concatenate([relative, np.full((1, len(bound)), relatives.forest)])
    return Views(np.array([*ratios, forest]), whole, low, high)


def weights(relatives: Kin, ran: npt.NDArray[np.bool_]) -> Array:
    """Return each relative's share of each row; ``ran`` says which ran the row's own stack."""
    shares = np.tile(np.array(relatives.weights)[:, None], (1, ran.shape[1]))
    if relatives.near:
        shares = np.where(ran | ~ran.any(axis=0), shares, 0.0)
    return np.asarray(shares / shares.sum(axis=0))


def carried(bound: Array, bound_there: Array, ratio_there: Array) -> Array:
    """Carry log(latency / bound) from a device with other bounds (seconds) to one with ``bound``.

    Both are the bounds at the rates the devices hold, where those are known (``sustained``).

    The bound scales as it is, what lies above it with the square root; never below half the bound.
    """
    above = np.expm1(ratio_there) * np.sqrt(bound_there / bound)
    return np.asarray(np.log(np.maximum(1 + above, np.exp(features.LOG_RATIO_RANGE[0]))))


def _figures(spec: DeviceSpec) -> tuple[float, ...]:
    found = (
        spec.dram_bandwidth_bytes_per_s,
        float(spec.sm_count),
        spec.clock_hz,
        spec.l2_bytes,
        features.peak_for(spec, "bf16"),
    )
    return tuple(float(np.log(one)) if one else float("nan") for one in found)


def _same_major(one: DeviceSpec, other: DeviceSpec) -> bool:
    majors = [(spec.compute_capability or "").partition(".")[0] for spec in (one, other)]
    return majors[0] == majors[1] and majors[0].isdigit()
