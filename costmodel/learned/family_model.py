"""One family's model: its answer, interval and flags for rows of the family."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Bound, Flag
from costmodel.learned import features
from costmodel.learned.families import ModelFamily
from costmodel.learned.intervals import Intervals
from costmodel.learned.network import Network
from costmodel.learned.single import Single
from costmodel.learned.texts import Columns, factorise
from costmodel.learned.trees import Forest
from microbench.devices import catalogue

SLACK = 0.05
"""How far outside the training range, in natural logs or codes, still counts as inside."""
_BOUNDS = np.array([Bound.MEMORY.value, Bound.COMPUTE.value, Bound.LATENCY.value], dtype=object)
_FLAGS = np.array(["", Flag.OUTSIDE_TRAINING.value], dtype=object)


@dataclass(frozen=True, slots=True)
class FamilyModel:
    """A family's trees, intervals and training range, as read from a file."""

    family: ModelFamily
    forest: Forest
    codes: dict[str, dict[str, int]]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    known: Intervals
    unseen: Intervals
    gpus: frozenset[str]
    network: Network | None = None
    """Answers for rows on ``gpus``; the trees for all others, or for all where it is missing."""
    unnamed: tuple[Intervals, ...] = ()
    """For rows on ``gpus`` of unknown stack, by code of ``dtype``; the last for any other."""
    blend: float = 0.0
    """Share of the trees in the mean of both answers on ``gpus``."""
    _single: list[Single] = field(default_factory=list, repr=False, compare=False)
    """What answers single rows, once one was asked for."""

    def predict(self, table: Columns, device_column: str) -> dict[str, npt.NDArray[Any]]:
        """Predict rows of this family."""
        if len(table["flops"]) == 1:
            answer = self.single().predict(table, device_column)
            if answer is not None:
                return answer
        device = features.device_columns(table, device_column)
        bound = features.bound_s(table, device)
        x = features.matrix(self.family, table, device, self.codes)
        gpu = self._devices(table, device_column)
        foreign = gpu < 0
        ratio, named = self._ratio(x, gpu)
        latency = bound * np.exp(np.clip(ratio, *features.LOG_RATIO_RANGE))
        distance = self._distance(x)
        low, high = self._interval(latency, distance, foreign, self._formats(x, named))
        return {
            "latency_s": latency,
            "low_s": low,
            "high_s": high,
            "bound": bounds(table, device),
            "flags": _FLAGS[((distance > 0) | foreign).view(np.int8)],
        }

    def single(self) -> Single:
        """Return what answers single rows, laid out when first asked for."""
        if not self._single:
            self._single.append(Single(self))
        return self._single[0]

    def measured(self, table: Columns, device_column: str) -> npt.NDArray[np.bool_]:
        """Say of each row whether its formats, stack and kernel were measured on its device."""
        gpu = self._devices(table, device_column)
        if self.network is None:
            return np.ones(len(gpu), dtype=bool)
        texts = [
            features.codes_of(table, name, self.codes.get(name, {}), len(gpu))
            for name in features.CATEGORIES
        ]
        codes = np.nan_to_num(np.column_stack([gpu, *texts]), nan=-1).astype(np.int64)
        inputs = self.network.inputs
        return np.asarray(inputs.configuration(codes) < len(inputs.configurations))

    def _devices(self, table: Columns, device_column: str) -> npt.NDArray[np.int64]:
        """Return each row's code of its device among ``gpus``, -1 where it is not one of them."""
        names, which = factorise(table[device_column])
        order = {name: index for index, name in enumerate(sorted(self.gpus))}
        codes = [order.get(catalogue.find(name).name, -1) for name in names]
        return np.array(codes, dtype=np.int64)[which]

    def _distance(self, x: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return how far each row lies outside the training range, in natural log; 0 inside."""
        shapes = len(self.family.shapes)
        farthest = np.zeros(len(x))
        for at in range(shapes + 5):
            values, low, high = x[:, at], self.low[at], self.high[at]
            if np.fmin.reduce(values) >= low and np.fmax.reduce(values) <= high:
                continue
            far = np.fmax(low - values, values - high) * (math.log(2) if at < shapes else 1.0)
            farthest = np.maximum(farthest, np.where(np.isfinite(far), far, 0.0))
        return np.where(farthest > SLACK, farthest, 0.0)

    def _ratio(
        self, x: npt.NDArray[np.float32], gpu: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        """Return log(latency / bound) per row, and whether its stack was measured on its device."""
        own = gpu >= 0
        ratio, named = np.empty(len(x)), np.ones(len(x), dtype=bool)
        trees = ~own if self.network and not self.blend else np.ones(len(x), dtype=bool)
        if trees.any():
            ratio[trees] = self.forest.predict(x if trees.all() else x[trees])
        if self.network and own.any():
            rows, device = (x, gpu) if own.all() else (x.T[:, own].T, gpu[own])
            answer, named[own] = self.network.predict(rows, device)
            ratio[own] = (1 - self.blend) * answer + (self.blend * ratio[own] if self.blend else 0)
        return ratio, named

    def _formats(
        self, x: npt.NDArray[np.float32], named: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.int64]:
        """Return each row's place in ``unnamed``, -1 where its stack is known."""
        kind = x[:, features.feature_names(self.family).index("dtype")]
        code = np.where(np.isnan(kind), len(self.unnamed) - 1, kind).astype(np.int64)
        return np.where(named, -1, code)

    def _interval(
        self,
        latency: npt.NDArray[np.float64],
        distance: npt.NDArray[np.float64],
        foreign: npt.NDArray[np.bool_],
        unnamed: npt.NDArray[np.int64],
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the ends of the interval: never narrower where less is known of a row.

        ``unnamed`` is the format's place in ``self.unnamed``, -1 where the stack is known.
        """
        low, high = self.known.around(latency, distance)
        wider = [(foreign, self.unseen)] if foreign.any() else []
        if self.unnamed:
            formats = np.flatnonzero(np.bincount(unnamed + 1)[1:])
            wider = [*((unnamed == at, self.unnamed[at]) for at in formats), *wider]
        for which, intervals in wider:
            lower, upper = intervals.around(latency[which], distance[which])
            low[which] = np.minimum(low[which], lower)
            high[which] = np.maximum(high[which], upper)
        return low, high


def bounds(table: Columns, device: dict[str, npt.NDArray[np.float64]]) -> npt.NDArray[Any]:
    """Return what bounds each row: ``compute``, ``memory`` or, below the floor, ``latency``."""
    compute = np.asarray(table["flops"], dtype=float) / device["peak"]
    memory = np.asarray(table["bytes"], dtype=float) / device["bandwidth"]
    floor = np.maximum(compute, memory) < features.LAUNCH_S
    return np.asarray(_BOUNDS[np.where(floor, 2, compute >= memory)])
