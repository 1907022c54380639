"""One row's answer from plain numbers: what ``FamilyModel.predict`` says, without its start-up.

For a row alone NumPy spends most of a millisecond on starting two hundred operations; here the
layers of the network are arrays and nothing else (``single_layers``), and what a row's texts say is
looked up once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Bound, Flag
from costmodel.learned import features
from costmodel.learned.arithmetic import largest
from costmodel.learned.intervals import Intervals
from costmodel.learned.network_inputs import Floats
from costmodel.learned.single_features import Asked, Rows, SingleFeatures, asked
from costmodel.learned.single_layers import Layers, Tables
from costmodel.learned.texts import Columns, first
from microbench.devices import catalogue

if TYPE_CHECKING:
    from costmodel.learned.family_model import FamilyModel

Answer = dict[str, npt.NDArray[Any]]
_REMEMBERED = 1000
"""Combinations of texts kept: 2 kB each."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a row's texts alone say of it."""

    texts: tuple[str, ...]
    """The device's name as it was given, then those of ``features.CATEGORIES``."""
    device: str
    """Its name in the catalogue."""
    figures: Mapping[str, float]
    codes: tuple[int, ...]
    asked: Asked
    """Both as features need them."""
    known: bool
    """Whether the device is one of the training."""
    tables: Tables
    """What device and codes add to the network; empty where trees answer alone."""
    measured: bool
    """Whether the device, formats, stack and kernel were measured together."""
    interval: Intervals


class Said(NamedTuple):
    """One row's answer."""

    latency_s: float
    low_s: float
    high_s: float
    bound_s: float
    bound: Bound
    outside: bool
    """Whether the row lies outside the training range, or its device does."""

    def columns(self) -> Answer:
        """Return the answer as a table of one row."""
        return {
            "latency_s": np.array([self.latency_s]),
            "low_s": np.array([self.low_s]),
            "high_s": np.array([self.high_s]),
            "bound": np.array([self.bound.value], dtype=object),
            "flags": np.array([Flag.OUTSIDE_TRAINING.value if self.outside else ""], dtype=object),
        }


class Single:
    """A family's model with what single rows need laid out for them."""

    def __init__(self, model: FamilyModel) -> None:
        """Lay out a model."""
        from costmodel.learned.family_model import SLACK

        self._model = model
        self._slack = SLACK
        self._places = {name: at for at, name in enumerate(sorted(model.gpus))}
        self.features = SingleFeatures(model.family)
        self._layers = Layers(model.network) if model.network else None
        shapes = len(model.family.shapes)
        ends = [one[: shapes + 5].astype(np.float32) for one in (model.low, model.high)]
        self._low, self._high = ends
        units = [math.log(2)] * shapes + [1.0] * 5
        self._range = (*(one.tolist() for one in ends), units)
        self._named: dict[tuple[str, ...], Named] = {}

    def predict(self, table: Columns, device_column: str) -> Answer | None:
        """Predict a table of one row; ``None`` where plain numbers cannot (division by zero)."""
        said = self.say(table, self.named(table, first(table[device_column])))
        return said.columns() if said else None

    def named(self, table: Columns, gpu: str) -> Named:
        """Return what the texts of a table's only row say, were it on ``gpu``."""
        texts = [first(table[c]) if c in table else "" for c in features.CATEGORIES]
        return self.by_texts((gpu, *texts))

    def by_texts(self, texts: tuple[str, ...]) -> Named:
        """Return what a device's name and a row's texts say."""
        known = self._named.get(texts)
        if known is None:
            known = self._look_up(texts)
            if len(self._named) < _REMEMBERED:
                self._named[texts] = known
        return known

    def say(self, table: Columns, named: Named) -> Said | None:
        """Predict a table's only row; ``None`` where plain numbers cannot."""
        rows = self.features.rows(table, named.asked)
        if rows is None:
            return None
        bound_s, bound = bound_of(rows.flop, rows.bytes_moved, named.figures)
        ratio = self._ratio(rows, named)
        latency_s = bound_s * math.exp(ratio)
        distance = self.distances(rows.values)[0]
        low_s, high_s = named.interval.around_one(latency_s, distance)
        return Said(latency_s, low_s, high_s, bound_s, bound, distance > 0 or not named.known)

    def ratios(self, rows: Rows, tables: Tables) -> list[float]:
        """Return log(latency / bound) of one row, by trees on the first device, then on others.

        The others are of the training; ``tables`` holds their lines.
        """
        forest, blend = self._model.forest, self._model.blend if self._layers else 1.0
        if not blend and self._layers:
            found = [forest.one(rows.values[0]), *self._layers.ratios(rows.others(), tables)]
        else:
            found = forest.predict(rows.values).tolist()
        if blend and self._layers:
            there = self._layers.ratios(rows.others(), tables)
            found[1:] = [
                (1 - blend) * one + blend * trees
                for one, trees in zip(there, found[1:], strict=True)
            ]
        return [*map(held, found)]

    def _look_up(self, texts: tuple[str, ...]) -> Named:
        model, name = self._model, catalogue.find(texts[0]).name
        by_column = dict(zip(features.CATEGORIES, texts[1:], strict=True))
        codes = tuple(model.codes.get(c, {}).get(text, -1) for c, text in by_column.items())
        place = self._places.get(name, -1)
        bases = heads = np.empty((1, 0), dtype=np.float32)
        measured, spans = True, [model.known]
        if place >= 0 and model.network:
            code = np.array([(place, *codes)], dtype=np.int64)
            bases, heads, (measured,) = model.network.tables(code)
        if not measured and model.unnamed:
            spans.append(model.unnamed[codes[1]])  # of the format; the last where it is unknown
        if place < 0:
            spans.append(model.unseen)
        figures = features.figures(name, by_column["dtype"])
        where = asked(model.family, [([*figures.values()], codes)])
        tables, known = Tables.of(bases, heads), place >= 0
        return Named(
            texts,
            name,
            figures,
            codes,
            where,
            known,
            tables,
            bool(measured),
            Intervals.widest(spans),
        )

    def _ratio(self, rows: Rows, named: Named) -> float:
        """Return log(latency / bound) of a row on one device."""
        blend, forest = self._model.blend, self._model.forest
        if not named.known or self._layers is None:
            return held(forest.one(rows.values[0]))
        answer = self._layers.ratios(rows, named.tables)[0]
        if blend:
            answer = (1 - blend) * answer + blend * forest.one(rows.values[0])
        return held(answer)

    def distances(self, rows: Floats) -> list[float]:
        """Return how far each row lies outside the training range, in natural log; 0 inside."""
        values = rows[:, : len(self._low)]
        if np.fmax.reduce(np.maximum(self._low - values, values - self._high), axis=None) <= 0:
            return [0.0] * len(rows)
        return [*map(self._distance, values.tolist())]

    def _distance(self, row: list[float]) -> float:
        farthest = 0.0
        for value, low, high, unit in zip(row, *self._range, strict=True):
            if low <= value <= high:
                continue
            far = max(low - value, value - high) * unit
            if far > farthest and math.isfinite(far):
                farthest = far
        return farthest if farthest > self._slack else 0.0


def held(ratio: float) -> float:
    """Return log(latency / bound) inside the range of any prediction."""
    least, most = features.LOG_RATIO_RANGE
    return min(max(ratio, least), most)


def bound_of(flop: float, moved: float, device: Any) -> tuple[float, Bound]:
    """Return the analytic bound in seconds, and which of its parts is the largest."""
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    longest = largest(compute_s, memory_s)
    if longest < features.LAUNCH_S:
        return longest + features.LAUNCH_S, Bound.LATENCY
    side = Bound.COMPUTE if compute_s >= memory_s else Bound.MEMORY
    return longest + features.LAUNCH_S, side
