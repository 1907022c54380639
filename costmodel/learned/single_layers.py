"""A network's arrays as a row alone needs them, on one device or on several at once.

With NumPy at first, with machine code once so many rows were asked for that compiling it pays.
"""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from costmodel.learned.network_inputs import Floats
from costmodel.learned.single_features import Rows
from costmodel.learned.single_kernel import MULTIPLE, ROWS, evaluator, packed

if TYPE_CHECKING:
    from costmodel.learned.network import Network

NATIVE_CALLS = 500
"""Calls after which NumPy has taken as long as compiling would have, a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a row's codes add to the first and the last layer, a line a device."""

    bases: Floats
    heads: Floats
    addresses: tuple[int, int]

    @classmethod
    def of(cls, bases: Sequence[Floats] | Floats, heads: Sequence[Floats] | Floats) -> Tables:
        """Lay out lines one after the other."""
        both = np.array(bases), np.array(heads)
        return cls(*both, (both[0].ctypes.data, both[1].ctypes.data))


class Layers:
    """A network's layers, tables of shapes and scales."""

    def __init__(self, network: Network) -> None:
        """Lay out a network."""
        self._network = network
        used = [shape for shape, knots in enumerate(network.inputs.knots) if len(knots)]
        starts = np.cumsum([0, *(len(network.hats[shape]) for shape in used)]).tolist()
        self._knots = [
            (shape, network.inputs.knots[shape].tolist(), start)
            for shape, start in zip(used, starts, strict=False)
        ]
        self._hats = np.concatenate(network.hats)
        self._layers = [network.first[:-1], *(one[:-1] for one in network.layers)]
        self._calls = itertools.count()
        self._native: dict[int, _Native | None] = {}

    def ratios(self, rows: Rows, tables: Tables) -> list[float]:
        """Return log(latency / bound) of one row on several devices, a line of ``tables`` each."""
        values = rows.values
        sizes = self._sizes(values[0, : len(self._network.hats)].tolist())
        if next(self._calls) >= NATIVE_CALLS:
            abreast = 1 if len(values) % ROWS else ROWS
            if abreast not in self._native:
                self._native[abreast] = _native(self._network, values.shape[1], abreast)
            if native := self._native[abreast]:
                return native.ratios(rows, sizes, tables)
        hidden = self._numbers(values) @ self._layers[0] + (tables.bases + sizes)
        for at, weights in enumerate(self._layers[1:]):
            hidden = np.maximum(hidden, np.float32(0)) @ weights + self._network.layers[at][-1]
        hidden, heads = np.maximum(hidden, np.float32(0)), tables.heads
        found: list[float] = (np.einsum("ij,ij->i", hidden, heads[:, :-1]) + heads[:, -1]).tolist()
        return found

    def _sizes(self, sizes: Sequence[float]) -> Floats:
        """Return what shapes add to the first layer, linear between two knots of each."""
        lines: list[int] = []
        weights: list[float] = []
        for shape, knots, start in self._knots:
            size = sizes[shape]  # a missing one: the first knot
            held = min(max(size, knots[0]), knots[-1]) if size == size else knots[0]
            below = bisect_right(knots, held, 1, len(knots) - 1) - 1
            share = (held - knots[below]) / (knots[below + 1] - knots[below])
            lines += [start + below, start + below + 1]
            weights += [1 - share, share]
        table = self._hats.take(lines, axis=0)
        return np.asarray(np.dot(np.array(weights, dtype=np.float32), table))

    def _numbers(self, rows: Floats) -> Floats:
        inputs = self._network.inputs
        scaled = rows[:, inputs.columns]
        scaled -= inputs.centre
        scaled *= inputs.scale
        scaled[np.isnan(scaled)] = 0.0
        np.maximum(scaled, inputs.low, out=scaled)
        return np.minimum(scaled, inputs.high, out=scaled)


class _Native:
    """A network's arrays as machine code reads them."""

    def __init__(self, network: Network, features: int, rows: int) -> None:
        inputs = network.inputs
        self._kept = [
            np.ascontiguousarray(inputs.columns, dtype=np.int32),
            *(np.ascontiguousarray(one) for one in (inputs.centre, inputs.scale)),
            *(np.ascontiguousarray(one) for one in (inputs.low, inputs.high)),
            packed(network.first[:-1], rows),
        ]
        for layer in network.layers:
            self._kept += [packed(layer[:-1], rows), layer[-1].copy()]
        self._addresses = np.array([one.ctypes.data for one in self._kept], dtype=np.uintp)
        widths = [one.shape[1] for one in (network.first, *network.layers)]
        self._ratios: Callable[..., None] = evaluator(features, len(inputs.columns), widths, rows)
        self._weights = self._addresses.ctypes.data
        self._rows = rows

    def ratios(self, rows: Rows, sizes: Floats, tables: Tables) -> list[float]:
        """Return what ``Layers.ratios`` does."""
        count = len(rows.values)
        out = (ctypes.c_float * count)()
        addresses = (rows.address, sizes.ctypes.data, *tables.addresses)
        self._ratios(self._weights, *addresses, out, count // self._rows)
        return list(out)


def _native(network: Network, features: int, rows: int) -> _Native | None:
    """Return a network as machine code, where there is any and its layers fit it."""
    from microbench.kernels.cpu_jit import problem

    layers = (network.first, *network.layers)
    fits = not any(one.shape[1] % MULTIPLE for one in layers)
    return _Native(network, features, rows) if fits and not problem() else None
