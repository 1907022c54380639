"""One row's answer from plain numbers: what ``FamilyModel.predict`` says, without its start-up.

For a row alone NumPy spends most of a millisecond on starting two hundred operations; here the
layers of the network are arrays and nothing else.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Bound, Flag
from costmodel.learned import features
from costmodel.learned.arithmetic import largest
from costmodel.learned.network_inputs import Floats
from costmodel.learned.texts import Columns, first
from microbench.devices import catalogue

if TYPE_CHECKING:
    from costmodel.learned.family_model import FamilyModel
    from costmodel.learned.network import Network

Answer = dict[str, npt.NDArray[Any]]
_REMEMBERED = 1000
"""Combinations of codes kept: 1.5 kB each."""


class Single:
    """A family's model with what single rows need laid out for them."""

    def __init__(self, model: FamilyModel) -> None:
        """Lay out a model."""
        self._model = model
        self._places = {name: at for at, name in enumerate(sorted(model.gpus))}
        self._layers = _Layers(model.network) if model.network else None
        checked = len(model.family.shapes) + 5
        self._range = list(zip(model.low.tolist(), model.high.tolist(), strict=True))[:checked]

    def predict(self, table: Columns, device_column: str) -> Answer | None:
        """Predict a table of one row; ``None`` where plain numbers cannot (division by zero)."""
        model = self._model
        name = catalogue.find(first(table[device_column])).name
        texts = {c: first(table[c]) for c in features.CATEGORIES if c in table}
        device = features.figures(name, texts["dtype"])
        codes = [model.codes.get(c, {}).get(texts.get(c, ""), -1) for c in features.CATEGORIES]
        values = features.one_row(model.family, table, device, codes)
        if values is None:
            return None
        gpu = self._places.get(name, -1)
        ratio, named = self._ratio(values, gpu, codes)
        flop, moved = (float(np.asarray(table[one])[0]) for one in ("flops", "bytes"))
        bound_s, bound = _bound(flop, moved, device)
        lowest, highest = features.LOG_RATIO_RANGE
        latency_s = bound_s * math.exp(min(max(ratio, lowest), highest))
        distance = self._distance(values)
        spans = [model.known]
        if not named and model.unnamed:
            spans.append(model.unnamed[codes[1]])  # of the format; the last where it is unknown
        if gpu < 0:
            spans.append(model.unseen)
        ends = [one.around_one(latency_s, distance) for one in spans]
        outside = Flag.OUTSIDE_TRAINING.value if distance > 0 or gpu < 0 else ""
        return {
            "latency_s": np.array([latency_s]),
            "low_s": np.array([min(low for low, _ in ends)]),
            "high_s": np.array([max(high for _, high in ends)]),
            "bound": np.array([bound.value], dtype=object),
            "flags": np.array([outside], dtype=object),
        }

    def _ratio(self, values: Sequence[float], gpu: int, codes: Sequence[int]) -> tuple[float, bool]:
        """Return log(latency / bound), and whether the row's stack was measured on its device."""
        blend = self._model.blend
        if gpu < 0 or self._layers is None:
            return self._trees(values), True
        answer, named = self._layers.ratio(values, (gpu, *codes))
        return (1 - blend) * answer + (blend * self._trees(values) if blend else 0.0), named

    def _trees(self, values: Sequence[float]) -> float:
        return float(self._model.forest.predict(np.array([values], dtype=np.float32))[0])

    def _distance(self, values: Sequence[float]) -> float:
        from costmodel.learned.family_model import SLACK

        farthest, shapes = 0.0, len(self._model.family.shapes)
        for at, (low, high) in enumerate(self._range):
            far = max(low - values[at], values[at] - high) * (math.log(2) if at < shapes else 1.0)
            if math.isfinite(far) and far > farthest:
                farthest = far
        return farthest if farthest > SLACK else 0.0


class _Layers:
    """A network's arrays as one row needs them."""

    def __init__(self, network: Network) -> None:
        inputs = network.inputs
        self._network = network
        self._columns = inputs.columns.tolist()
        self._knots = [one.tolist() for one in inputs.knots]
        self._weights = [np.ascontiguousarray(one[:-1]) for one in (network.first, *network.layers)]
        self._known: dict[tuple[int, ...], tuple[Floats, Floats, bool]] = {}

    def ratio(self, values: Sequence[float], codes: tuple[int, ...]) -> tuple[float, bool]:
        """Return log(latency / bound), and whether the codes were measured together."""
        base, head, measured = self._tables(codes)
        network = self._network
        hidden = self._numbers(values) @ self._weights[0]
        hidden += base
        for shape, (knots, table) in enumerate(zip(self._knots, network.hats, strict=True)):
            if knots:
                self._look_up(hidden, knots, table, values[shape])
        np.maximum(hidden, 0, out=hidden)
        for layer, weights in zip(network.layers, self._weights[1:], strict=True):
            hidden = hidden @ weights
            hidden += layer[-1]
            np.maximum(hidden, 0, out=hidden)
        return float(hidden @ head[:-1]) + float(head[-1]), measured

    def _numbers(self, values: Sequence[float]) -> Floats:
        inputs = self._network.inputs
        scaled = np.array([values[at] for at in self._columns], dtype=np.float32)
        scaled -= inputs.centre
        scaled *= inputs.scale
        scaled[np.isnan(scaled)] = 0.0
        np.maximum(scaled, inputs.low, out=scaled)
        return np.minimum(scaled, inputs.high, out=scaled)

    @staticmethod
    def _look_up(hidden: Floats, knots: list[float], table: Floats, size: float) -> None:
        """Add a shape's weights at ``size``, linear between two knots; a missing one: the first."""
        held = min(max(size, knots[0]), knots[-1]) if size == size else knots[0]
        below = bisect_right(knots, held, 1, len(knots) - 1) - 1
        share = (held - knots[below]) / (knots[below + 1] - knots[below])
        if share < 1:
            hidden += table[below] * np.float32(1 - share) if share else table[below]
        if share:
            hidden += table[below + 1] * np.float32(share)

    def _tables(self, codes: tuple[int, ...]) -> tuple[Floats, Floats, bool]:
        known = self._known.get(codes)
        if known is None:
            base, head, measured = self._network.tables(np.array([codes], dtype=np.int64))
            known = (base[0], head[0], bool(measured[0]))
            if len(self._known) < _REMEMBERED:
                self._known[codes] = known
        return known


def _bound(flop: float, moved: float, device: Any) -> tuple[float, Bound]:
    """Return the analytic bound in seconds, and which of its parts is the largest."""
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    longest = largest(compute_s, memory_s)
    if longest < features.LAUNCH_S:
        return longest + features.LAUNCH_S, Bound.LATENCY
    side = Bound.COMPUTE if compute_s >= memory_s else Bound.MEMORY
    return longest + features.LAUNCH_S, side
