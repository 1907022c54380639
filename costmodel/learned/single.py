"""One row's answer from plain numbers: what ``FamilyModel.predict`` says, without its start-up.

For a row alone NumPy spends most of a millisecond on starting two hundred operations; here the
layers of the network are arrays and nothing else (``single_layers``), and what a row's texts say is
looked up once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Bound, Flag
from costmodel.learned import features
from costmodel.learned.arithmetic import largest
from costmodel.learned.intervals import Intervals
from costmodel.learned.network_inputs import Floats
from costmodel.learned.single_features import Asked, SingleFeatures, asked
from costmodel.learned.single_layers import Layers
from costmodel.learned.texts import Column, Columns, first
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
    base: Floats
    """What device and codes add to the first layer; empty where trees answer alone."""
    head: Floats
    measured: bool
    """Whether the device, formats, stack and kernel were measured together."""
    spans: tuple[Intervals, ...]


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
        units = [math.log(2)] * shapes + [1.0] * 5
        self._low, self._high = (one[: shapes + 5] for one in (model.low, model.high))
        self._range = [*zip(self._low.tolist(), self._high.tolist(), units, strict=True)]
        self._named: dict[tuple[str, ...], Named] = {}

    def predict(self, table: Columns, device_column: str) -> Answer | None:
        """Predict a table of one row; ``None`` where plain numbers cannot (division by zero)."""
        said = self.say(table, self.named(table, first(table[device_column])))
        return said.columns() if said else None

    def named(self, table: Columns, gpu: str) -> Named:
        """Return what the texts of a table's only row say, were it on ``gpu``."""
        texts = [_text(table[c]) if c in table else "" for c in features.CATEGORIES]
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
        row = rows[0]
        bound_s, bound = bound_of(*work(table), named.figures)
        lowest, highest = features.LOG_RATIO_RANGE
        ratio = min(max(self._ratio(row, named), lowest), highest)
        latency_s = bound_s * math.exp(ratio)
        distance = self.distances(rows)[0]
        low_s, high_s = self.around(named, latency_s, distance)
        outside = distance > 0 or not named.known
        return Said(latency_s, low_s, high_s, bound_s, bound, outside)

    def around(self, named: Named, latency_s: float, distance: float) -> tuple[float, float]:
        """Return the interval of a prediction so far outside the training range."""
        low_s, high_s = named.spans[0].around_one(latency_s, distance)
        for other in named.spans[1:]:
            lower_s, higher_s = other.around_one(latency_s, distance)
            low_s, high_s = min(low_s, lower_s), max(high_s, higher_s)
        return low_s, high_s

    def ratios(self, rows: Floats, bases: Floats, heads: Floats) -> list[float]:
        """Return log(latency / bound) of one row, by trees on the first device, then on others.

        The others are of the training; ``bases`` and ``heads`` are their lines, as ``Layers``.
        """
        blend = self._model.blend if self._layers else 1.0
        trees = self._model.forest.predict(rows if blend else rows[:1])
        found = np.zeros(len(rows))
        found[0] = trees[0]
        if self._layers:
            found[1:] = (1 - blend) * self._layers.ratios(rows[1:], bases, heads)[: len(rows) - 1]
        if blend:
            found[1:] += blend * trees[1:]
        least, most = features.LOG_RATIO_RANGE
        return [min(max(one, least), most) for one in found.tolist()]

    def _look_up(self, texts: tuple[str, ...]) -> Named:
        model, name = self._model, catalogue.find(texts[0]).name
        by_column = dict(zip(features.CATEGORIES, texts[1:], strict=True))
        codes = tuple(model.codes.get(c, {}).get(text, -1) for c, text in by_column.items())
        place = self._places.get(name, -1)
        base = head = np.empty(0, dtype=np.float32)
        measured, spans = True, [model.known]
        if place >= 0 and model.network:
            tables = model.network.tables(np.array([(place, *codes)], dtype=np.int64))
            base, head, measured = tables[0][0], tables[1][0], bool(tables[2][0])
        if not measured and model.unnamed:
            spans.append(model.unnamed[codes[1]])  # of the format; the last where it is unknown
        if place < 0:
            spans.append(model.unseen)
        figures = features.figures(name, by_column["dtype"])
        where = asked(model.family, [([*figures.values()], codes)])
        known = place >= 0
        return Named(texts, name, figures, codes, where, known, base, head, measured, tuple(spans))

    def _ratio(self, row: Floats, named: Named) -> float:
        """Return log(latency / bound)."""
        blend = self._model.blend
        if not named.known or self._layers is None:
            return self._trees(row)
        answer = self._layers.ratio(row, named.base, named.head)
        return (1 - blend) * answer + (blend * self._trees(row) if blend else 0.0)

    def _trees(self, row: Floats) -> float:
        return float(self._model.forest.predict(row[None])[0])

    def distances(self, rows: Floats) -> list[float]:
        """Return how far each row lies outside the training range, in natural log; 0 inside."""
        values = rows[:, : len(self._range)]
        beyond = (values < self._low) | (values > self._high)
        if not np.count_nonzero(beyond):
            return [0.0] * len(rows)
        return [self._distance(one) for one in values.tolist()]

    def _distance(self, values: Sequence[float]) -> float:
        farthest = 0.0
        for value, (low, high, unit) in zip(values, self._range, strict=False):
            if low <= value <= high:
                continue
            far = max(low - value, value - high) * unit
            if far > farthest and math.isfinite(far):
                farthest = far
        return farthest if farthest > self._slack else 0.0


def _text(values: Column) -> str:
    """Return the text of an only row."""
    return str(values.item(0)) if isinstance(values, np.ndarray) else first(values)


def work(table: Columns) -> tuple[float, float]:
    """Return the FLOP and bytes of a table's only row."""
    return float(np.asarray(table["flops"]).item(0)), float(np.asarray(table["bytes"]).item(0))


def bound_of(flop: float, moved: float, device: Any) -> tuple[float, Bound]:
    """Return the analytic bound in seconds, and which of its parts is the largest."""
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    longest = largest(compute_s, memory_s)
    if longest < features.LAUNCH_S:
        return longest + features.LAUNCH_S, Bound.LATENCY
    side = Bound.COMPUTE if compute_s >= memory_s else Bound.MEMORY
    return longest + features.LAUNCH_S, side
