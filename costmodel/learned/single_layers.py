"""A network's arrays as a row alone needs them, on one device or on several at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from costmodel.learned.network_inputs import Floats

if TYPE_CHECKING:
    from costmodel.learned.network import Network

_ZERO = np.zeros(1, dtype=np.float32)
ROWS = 4
"""Products of a multiple of so many rows are the quick ones: 8 rows take less time than 6 do."""


class Layers:
    """A network's layers, tables of shapes and scales."""

    def __init__(self, network: Network) -> None:
        """Lay out a network."""
        self._inputs = network.inputs
        self._knots = [
            (shape, knots.tolist(), network.hats[shape])
            for shape, knots in enumerate(network.inputs.knots)
            if len(knots)
        ]
        self._first = np.ascontiguousarray(network.first[:-1])
        self._later = [(np.ascontiguousarray(one[:-1]), one[-1]) for one in network.layers]

    def ratio(self, row: Floats, base: Floats, head: Floats) -> float:
        """Return log(latency / bound); ``base`` and ``head`` are what the row's codes add."""
        hidden = self._hidden(np.dot(self._numbers(row), self._first), base, row.tolist())
        return float(np.dot(hidden, head[:-1])) + float(head[-1])

    def ratios(self, rows: Floats, bases: Floats, heads: Floats) -> npt.NDArray[np.float32]:
        """Return the same for rows of one shape on several devices, a line of each array a row.

        ``bases`` and ``heads`` may have lines to spare: their answers mean nothing.
        """
        numbers = np.zeros((len(bases), len(self._inputs.columns)), dtype=np.float32)
        numbers[: len(rows)] = self._numbers(rows)
        hidden = self._hidden(np.dot(numbers, self._first), bases, rows[0].tolist())
        return np.asarray(np.einsum("ij,ij->i", hidden, heads[:, :-1]) + heads[:, -1])

    def _hidden(self, hidden: Floats, base: Floats, values: Sequence[float]) -> Floats:
        """Return what stands before the last layer, from what the numbers add to the first."""
        hidden += base
        for shape, knots, table in self._knots:
            _add_size(hidden, knots, table, values[shape])
        np.maximum(hidden, _ZERO, out=hidden)
        for weights, bias in self._later:
            hidden = np.dot(hidden, weights)
            hidden += bias
            np.maximum(hidden, _ZERO, out=hidden)
        return hidden

    def _numbers(self, values: Floats) -> Floats:
        """Return scaled numbers, the last axis being features."""
        inputs = self._inputs
        scaled = values[..., inputs.columns]
        scaled -= inputs.centre
        scaled *= inputs.scale
        missing = np.isnan(scaled)
        if np.count_nonzero(missing):
            scaled[missing] = 0.0
        np.maximum(scaled, inputs.low, out=scaled)
        return np.minimum(scaled, inputs.high, out=scaled)


def _add_size(hidden: Floats, knots: list[float], table: Floats, size: float) -> None:
    """Add a shape's weights at ``size``, linear between two knots; a missing one: the first."""
    held = min(max(size, knots[0]), knots[-1]) if size == size else knots[0]
    below = bisect_right(knots, held, 1, len(knots) - 1) - 1
    share = (held - knots[below]) / (knots[below + 1] - knots[below])
    if share < 1:
        hidden += table[below] * np.float32(1 - share) if share else table[below]
    if share:
        hidden += table[below + 1] * np.float32(share)
