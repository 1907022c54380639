"""A small network evaluated with NumPy: the estimator for devices a family was trained on.

Two or three dense layers stand on a first one whose part for shapes and codes is table look-ups
(see ``network_inputs``); the last layer has weights of its own for every known configuration.
Trained by ``network_training``; why a network and not trees is in docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.network_inputs import Floats, Inputs, Integers
from costmodel.learned.network_steps import steps

NATIVE_ROWS = 20_000
"""Fewer rows are done in NumPy before native code is compiled, which takes them 0.1 s."""


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of a network; ``predict`` returns log(latency / bound)."""

    inputs: Inputs
    first: Floats
    """Weights of the numbers, then the bias: numbers + 1 rows."""
    hats: tuple[Floats, ...]
    """Per shape, a row of weights per knot."""
    codes: tuple[Floats, ...]
    """Per column of ``CODES``, a row of weights per value."""
    configurations: Floats
    """A row of first-layer weights per known configuration."""
    layers: tuple[Floats, ...]
    """Weights of later layers with the bias as last row."""
    head: Floats
    """Weights of the last layer and its bias."""
    heads: Floats
    """What each known configuration adds to ``head``."""

    def predict(
        self, matrix: Floats, gpu: Integers
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        """Return a prediction per row of the feature matrix, and whether its stack was measured.

        ``gpu`` is each row's device code. A configuration is measured where the row names its
        device, formats, stack and kernel, and the training had them together.
        """
        groups, which = _groups(self.inputs.codes(matrix, gpu))
        base, head, measured = self.tables(groups)
        evaluate = steps(self, len(matrix) >= NATIVE_ROWS)
        return evaluate(self, matrix, base, head, which).ratio(), measured[which]

    def tables(self, codes: Integers) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
        """Return each combination's share of the first layer, last layer, and if it is known."""
        base = np.tile(self.first[-1], (len(codes), 1))
        for column, table in zip(codes.T, self.codes, strict=True):
            known = np.flatnonzero((column >= 0) & (column < len(table)))
            base[known] += table[column[known]]
        configuration = self.inputs.configuration(codes)
        measured = configuration < len(self.configurations)
        known = np.flatnonzero(measured)
        base[known] += self.configurations[configuration[known]]
        head = np.tile(self.head, (len(codes), 1))
        head[known] += self.heads[configuration[known]]
        return base, head, measured

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what a model file stores: weights as half precision."""
        stored = {f"inputs_{name}": array for name, array in self.inputs.arrays().items()}
        stored["first"] = self.first
        stored["hats"] = np.concatenate(self.hats)
        stored["codes"] = np.concatenate(self.codes)
        stored["configurations"] = self.configurations
        stored.update({f"layer{at}": layer for at, layer in enumerate(self.layers)})
        stored["head"], stored["heads"] = self.head, self.heads
        return {
            name: array if name.startswith("inputs_") else array.astype(np.float16)
            for name, array in stored.items()
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], features: int) -> Network:
        """Rebuild a network; ``ValueError`` or ``KeyError`` for arrays that do not describe one."""
        own = {name[7:]: array for name, array in arrays.items() if name.startswith("inputs_")}
        inputs = Inputs.from_arrays(own, features)
        weights = {
            name: np.asarray(array, dtype=np.float32)
            for name, array in arrays.items()
            if not name.startswith("inputs_")
        }
        if not all(np.isfinite(one).all() for one in weights.values()):
            raise ValueError("weights out of range")
        layers = tuple(weights[f"layer{at}"] for at in range(_count(weights)))
        widths = [layer.shape[1] for layer in (weights["first"], *layers)]
        inner = [layer.shape[0] - 1 for layer in layers]
        known = len(inputs.configurations)
        if inner != widths[:-1] or weights["head"].shape != (widths[-1] + 1,):
            raise ValueError("layers do not follow on each other")
        if weights["heads"].shape != (known, widths[-1] + 1):
            raise ValueError("heads do not fit the configurations")
        if weights["first"].shape[0] != len(inputs.columns) + 1:
            raise ValueError("the first layer does not fit the numbers")
        if weights["configurations"].shape != (known, widths[0]):
            raise ValueError("configurations without weights")
        return cls(
            inputs,
            weights["first"],
            _parts(weights["hats"], [len(one) for one in inputs.knots], widths[0]),
            _parts(weights["codes"], list(inputs.sizes), widths[0]),
            weights["configurations"],
            layers,
            weights["head"],
            weights["heads"],
        )


def _count(weights: Mapping[str, Floats]) -> int:
    return sum(name.startswith("layer") for name in weights)


def _parts(stacked: Floats, counts: list[int], width: int) -> tuple[Floats, ...]:
    if stacked.shape != (sum(counts), width):
        raise ValueError("tables do not add up")
    return tuple(np.split(stacked, np.cumsum(counts)[:-1]))


def _groups(codes: Integers) -> tuple[Integers, Integers]:
    """Return the distinct rows of codes and each row's index among them."""
    if len(codes) == 1:
        return codes, np.zeros(1, dtype=np.int64)
    key = np.zeros(len(codes), dtype=np.int64)
    for column in codes.T:
        key = key * (int(column.max(initial=0)) + 2) + column + 1
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return codes[first], np.ravel(which)
