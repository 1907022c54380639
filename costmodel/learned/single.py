"""One row's answer from plain numbers: what ``FamilyModel.predict`` says, without its start-up.

For a row alone NumPy spends most of a millisecond on starting two hundred operations; here the
layers of the network are arrays and nothing else, and what a row's texts say is looked up once.
"""

from __future__ import annotations

import math
from bisect import bisect_right
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
from costmodel.learned.texts import Column, Columns, first
from microbench.devices import catalogue

if TYPE_CHECKING:
    from costmodel.learned.family_model import FamilyModel
    from costmodel.learned.network import Network

Answer = dict[str, npt.NDArray[Any]]
_REMEMBERED = 1000
"""Combinations of texts kept: 2 kB each."""
_ZERO = np.zeros(1, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Named:
    """What a row's texts alone say of it."""

    device: str
    """Its name in the catalogue."""
    figures: Mapping[str, float]
    codes: tuple[int, ...]
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
        self._layers = _Layers(model.network) if model.network else None
        shapes = len(model.family.shapes)
        units = [math.log(2)] * shapes + [1.0] * 5
        ends = zip(model.low.tolist(), model.high.tolist(), strict=True)
        self._range = [(*both, unit) for both, unit in zip(ends, units, strict=False)]
        self._named: dict[tuple[str, ...], Named] = {}

    def predict(self, table: Columns, device_column: str) -> Answer | None:
        """Predict a table of one row; ``None`` where plain numbers cannot (division by zero)."""
        said = self.say(table, self.named(table, first(table[device_column])))
        return said.columns() if said else None

    def named(self, table: Columns, gpu: str) -> Named:
        """Return what the texts of a table's only row say, were it on ``gpu``."""
        key = (gpu, *[_text(table[c]) if c in table else "" for c in features.CATEGORIES])
        known = self._named.get(key)
        if known is None:
            known = self._look_up(*key)
            if len(self._named) < _REMEMBERED:
                self._named[key] = known
        return known

    def say(self, table: Columns, named: Named) -> Said | None:
        """Predict a table's only row; ``None`` where plain numbers cannot."""
        values = features.one_row(self._model.family, table, named.figures, named.codes)
        if values is None:
            return None
        flop, moved = (float(np.asarray(table[one]).item(0)) for one in ("flops", "bytes"))
        bound_s, bound = _bound(flop, moved, named.figures)
        lowest, highest = features.LOG_RATIO_RANGE
        ratio = min(max(self._ratio(values, named), lowest), highest)
        latency_s = bound_s * math.exp(ratio)
        distance = self._distance(values)
        low_s, high_s = named.spans[0].around_one(latency_s, distance)
        for other in named.spans[1:]:
            lower_s, higher_s = other.around_one(latency_s, distance)
            low_s, high_s = min(low_s, lower_s), max(high_s, higher_s)
        outside = distance > 0 or not named.known
        return Said(latency_s, low_s, high_s, bound_s, bound, outside)

    def _look_up(self, gpu: str, *texts: str) -> Named:
        model, name = self._model, catalogue.find(gpu).name
        by_column = dict(zip(features.CATEGORIES, texts, strict=True))
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
        return Named(name, figures, codes, place >= 0, base, head, measured, tuple(spans))

    def _ratio(self, values: Sequence[float], named: Named) -> float:
        """Return log(latency / bound)."""
        blend = self._model.blend
        if not named.known or self._layers is None:
            return self._trees(values)
        answer = self._layers.ratio(values, named.base, named.head)
        return (1 - blend) * answer + (blend * self._trees(values) if blend else 0.0)

    def _trees(self, values: Sequence[float]) -> float:
        return float(self._model.forest.predict(np.array([values], dtype=np.float32))[0])

    def _distance(self, values: Sequence[float]) -> float:
        farthest = 0.0
        for value, (low, high, unit) in zip(values, self._range, strict=False):
            if low <= value <= high:
                continue
            far = max(low - value, value - high) * unit
            if far > farthest and math.isfinite(far):
                farthest = far
        return farthest if farthest > self._slack else 0.0


class _Layers:
    """A network's arrays as one row needs them."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._knots = [
            (shape, knots.tolist(), network.hats[shape])
            for shape, knots in enumerate(network.inputs.knots)
            if len(knots)
        ]
        self._first = np.ascontiguousarray(network.first[:-1])
        self._later = [(np.ascontiguousarray(one[:-1]), one[-1]) for one in network.layers]

    def ratio(self, values: Sequence[float], base: Floats, head: Floats) -> float:
        """Return log(latency / bound); ``base`` and ``head`` are what the row's codes add."""
        hidden = np.dot(self._numbers(values), self._first)
        hidden += base
        for shape, knots, table in self._knots:
            _add_size(hidden, knots, table, values[shape])
        np.maximum(hidden, _ZERO, out=hidden)
        for weights, bias in self._later:
            hidden = np.dot(hidden, weights)
            hidden += bias
            np.maximum(hidden, _ZERO, out=hidden)
        return float(np.dot(hidden, head[:-1])) + float(head[-1])

    def _numbers(self, values: Sequence[float]) -> Floats:
        inputs = self._network.inputs
        scaled = np.array(values, dtype=np.float32)[inputs.columns]
        scaled -= inputs.centre
        scaled *= inputs.scale
        missing = np.isnan(scaled)
        if np.count_nonzero(missing):
            scaled[missing] = 0.0
        np.maximum(scaled, inputs.low, out=scaled)
        return np.minimum(scaled, inputs.high, out=scaled)


def _text(values: Column) -> str:
    """Return the text of an only row."""
    return str(values.item(0)) if isinstance(values, np.ndarray) else first(values)


def _add_size(hidden: Floats, knots: list[float], table: Floats, size: float) -> None:
    """Add a shape's weights at ``size``, linear between two knots; a missing one: the first."""
    held = min(max(size, knots[0]), knots[-1]) if size == size else knots[0]
    below = bisect_right(knots, held, 1, len(knots) - 1) - 1
    share = (held - knots[below]) / (knots[below + 1] - knots[below])
    if share < 1:
        hidden += table[below] * np.float32(1 - share) if share else table[below]
    if share:
        hidden += table[below + 1] * np.float32(share)


def _bound(flop: float, moved: float, device: Any) -> tuple[float, Bound]:
    """Return the analytic bound in seconds, and which of its parts is the largest."""
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    longest = largest(compute_s, memory_s)
    if longest < features.LAUNCH_S:
        return longest + features.LAUNCH_S, Bound.LATENCY
    side = Bound.COMPUTE if compute_s >= memory_s else Bound.MEMORY
    return longest + features.LAUNCH_S, side
