"""What a network sees of a row: scaled numbers, hat functions over shapes, and known codes.

Published tables are grids, and libraries choose kernels by size: the network gets each shape as
hat functions (linear interpolation between knots at the sizes measured), so that a size can have a
value of its own while sizes between two knots take their weighted mean. Numbers are held inside
the training range: beyond it the ratio to the bound stays what it was at the border.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import features
from costmodel.learned.families import ModelFamily

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

CODES = ("gpu", *features.CATEGORIES)
"""Text columns, each with weights of its own per value."""
CONFIGURATION = ("gpu", "op", "dtype", "framework", "kernel", "kv_dtype")
"""Columns that together name what ran: each combination measured has weights of its own."""
STACK = ("framework", "kernel", "distribution")
"""Columns a user may not know: networks are trained with and without them."""
_LEAST_SPREAD = 1e-3
"""A number that varies less than this is a constant."""
MOST_KNOTS = 96
"""Knots per shape; axes with more sizes than that get quantiles of their sizes."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The plan of a family's inputs, made from its training rows."""

    columns: npt.NDArray[np.int64]
    """Columns of the feature matrix taken as numbers."""
    centre: Floats
    scale: Floats
    low: Floats
    high: Floats
    """Bounds of the scaled numbers."""
    knots: tuple[Floats, ...]
    """Per shape, increasing log2 sizes; empty where the shape has one size only."""
    code_columns: tuple[int, ...]
    """Columns of the feature matrix that hold the codes of ``features.CATEGORIES``."""
    sizes: tuple[int, ...]
    """Number of values of each of ``CODES``."""
    configurations: npt.NDArray[np.int64]
    """Known combinations, as increasing keys."""

    def numbers(self, matrix: Floats) -> Floats:
        """Return the scaled numbers of rows, clipped to the training range; missing ones are 0.

        As in the feature matrix, a number's values lie side by side in memory.
        """
        scaled = matrix.T[self.columns]
        scaled -= self.centre[:, None]
        scaled *= self.scale[:, None]
        missing = np.isnan(scaled)
        if missing.any():
            scaled[missing] = 0.0
        np.maximum(scaled, self.low[:, None], out=scaled)
        return np.minimum(scaled, self.high[:, None], out=scaled).T

    def hats(self, matrix: Floats, shape: int) -> tuple[Integers, Floats]:
        """Return the knot at or below each row's size and the weight of the one above it."""
        knots = self.knots[shape]
        values = np.fmin(np.fmax(matrix[:, shape], knots[0]), knots[-1])  # a missing one: the first
        below = np.searchsorted(knots[1:-1], values, side="right")
        return below, (values - knots[below]) / (knots[below + 1] - knots[below])

    def codes(self, matrix: Floats, gpu: Integers) -> Integers:
        """Return each row's code per column of ``CODES``, -1 where missing."""
        codes = np.empty((len(matrix), len(CODES)), dtype=np.int64)
        codes[:, 0] = gpu
        texts = matrix[:, list(self.code_columns)]
        codes[:, 1:] = np.where(np.isnan(texts), -1, texts)
        return codes

    def configuration(self, codes: Integers) -> Integers:
        """Return each row's known combination, or the number of them where there is none."""
        keys = _keys(codes, self.sizes)
        at = np.searchsorted(self.configurations, keys)
        found = np.minimum(at, len(self.configurations) - 1)
        return np.where(self.configurations[found] == keys, found, len(self.configurations))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what a model file stores."""
        return {
            "columns": self.columns.astype(np.int16),
            "centre": self.centre,
            "scale": self.scale,
            "low": self.low,
            "high": self.high,
            "knots": np.concatenate(self.knots),
            "knot_counts": np.array([len(one) for one in self.knots], dtype=np.int32),
            "code_columns": np.array(self.code_columns, dtype=np.int16),
            "sizes": np.array(self.sizes, dtype=np.int32),
            "configurations": self.configurations,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], features_: int) -> Inputs:
        """Rebuild a plan; ``ValueError`` for arrays that do not describe one."""
        counts = arrays["knot_counts"].astype(int)
        if counts.min(initial=0) < 0 or counts.sum() != len(arrays["knots"]):
            raise ValueError("knots do not add up")
        knots = tuple(np.split(arrays["knots"].astype(np.float32), np.cumsum(counts)[:-1]))
        if any(len(one) == 1 or (np.diff(one) <= 0).any() for one in knots):
            raise ValueError("knots do not increase")
        columns = arrays["columns"].astype(np.int64)
        code_columns = tuple(int(one) for one in arrays["code_columns"])
        for wanted in (*columns, *code_columns, len(counts) - 1):
            if not 0 <= wanted < features_:
                raise ValueError("a network asks for a feature that does not exist")
        keys = arrays["configurations"].astype(np.int64)
        if not len(keys) or (np.diff(keys) <= 0).any():
            raise ValueError("configurations do not increase")
        sizes = tuple(int(one) for one in arrays["sizes"])
        if len(sizes) != len(CODES) or len(code_columns) != len(features.CATEGORIES):
            raise ValueError("made for other codes")
        centre, scale, low, high = (
            arrays[name].astype(np.float32) for name in ("centre", "scale", "low", "high")
        )
        if any(one.shape != columns.shape for one in (centre, scale, low, high)):
            raise ValueError("scales do not fit the columns")
        return cls(columns, centre, scale, low, high, knots, code_columns, sizes, keys)


def plan(
    family: ModelFamily,
    matrix: Floats,
    gpu: Integers,
    gpus: int,
    codes: Mapping[str, Mapping[str, int]],
) -> Inputs:
    """Return the inputs of a family from its training rows' features and device codes."""
    names = features.feature_names(family)
    skipped = {*features.DEVICE_FEATURES, *features.CATEGORIES}
    columns = np.array([at for at, name in enumerate(names) if name not in skipped])
    numbers = matrix[:, columns]
    centre = np.nan_to_num(np.nanmean(numbers, axis=0, dtype=np.float64))
    spread = np.nan_to_num(np.nanstd(numbers, axis=0, dtype=np.float64))
    scale = 1 / np.maximum(spread, _LEAST_SPREAD)
    made = Inputs(
        columns,
        centre.astype(np.float32),
        scale.astype(np.float32),
        np.nan_to_num((np.nanmin(numbers, axis=0) - centre) * scale).astype(np.float32),
        np.nan_to_num((np.nanmax(numbers, axis=0) - centre) * scale).astype(np.float32),
        tuple(_knots(matrix[:, shape]) for shape in range(len(family.shapes))),
        tuple(names.index(name) for name in features.CATEGORIES),
        (gpus, *(len(codes.get(name, {})) for name in features.CATEGORIES)),
        np.zeros(1, dtype=np.int64),
    )
    keys = np.unique(_keys(made.codes(matrix, gpu), made.sizes))
    return replace(made, configurations=keys)


def _knots(values: Floats) -> Floats:
    sizes = np.unique(values[np.isfinite(values)])
    if len(sizes) > MOST_KNOTS:
        sizes = np.unique(np.quantile(sizes, np.linspace(0, 1, MOST_KNOTS // 2)))
    return np.asarray(sizes if len(sizes) > 1 else sizes[:0], dtype=np.float32)


def _keys(codes: Integers, sizes: Sequence[int]) -> Integers:
    keys = np.zeros(len(codes), dtype=np.int64)
    for name, size, column in zip(CODES, sizes, codes.T, strict=True):
        if name in CONFIGURATION:
            keys = keys * (size + 1) + column + 1
    return keys
