"""The features of one row on one or several devices, from plain numbers.

Python's lines at first, machine code once so many rows were asked for that compiling it pays.
"""

from __future__ import annotations

import ctypes
import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from costmodel.learned import features, straight, straight_kernel
from costmodel.learned.families import ModelFamily
from costmodel.learned.network_inputs import Floats
from costmodel.learned.texts import Columns

NATIVE_CALLS = 200
"""Calls after which Python's lines have taken as long as compiling, a fiftieth of a second."""
_CODES = len(features.CATEGORIES)


@dataclass(frozen=True, slots=True)
class Asked:
    """The devices a row is asked for on, laid out as arrays, one line a device."""

    figures: npt.NDArray[np.float64]
    """Those of ``features.figures``, in its order."""
    rows: Floats
    """Feature rows with the row's codes in their places, NaN where missing."""
    address: int
    """Of ``figures``."""


def asked(family: ModelFamily, devices: Sequence[tuple[Sequence[float], Sequence[int]]]) -> Asked:
    """Lay out devices, each with its figures and the row's codes, which are -1 where missing."""
    figures = np.array([list(one) for one, _ in devices], dtype=np.float64)
    rows = np.zeros((len(devices), len(features.feature_names(family))), dtype=np.float32)
    codes = np.array([list(codes) for _, codes in devices], dtype=np.float32)
    before = _before(family)
    rows[:, before : before + _CODES] = np.where(codes >= 0, codes, np.nan)
    return Asked(figures, rows, figures.ctypes.data)


class Rows(NamedTuple):
    """Feature rows of one row on several devices, in memory one after the other."""

    values: Floats
    address: int
    flop: float
    bytes_moved: float

    def others(self) -> Rows:
        """Return all rows but the first."""
        return self._replace(values=self.values[1:], address=self.address + self.values.strides[0])


class SingleFeatures:
    """A family's formulas, for one row at a time."""

    def __init__(self, family: ModelFamily) -> None:
        """Take a family; nothing is traced before a row is asked for."""
        self._family = family
        self._names = features.sizes(family)
        self._calls = itertools.count()
        self._space = ctypes.c_double * len(self._names)

    def rows(self, columns: Columns, devices: Asked) -> Rows | None:
        """Return a row of features per device; ``InputError`` where a column is missing.

        ``None`` where a division by zero stands in Python's way: arrays hold infinity and NaN then.
        """
        try:
            sizes = [float(columns[name].item(0)) for name in self._names]  # type: ignore[union-attr]
        except (KeyError, AttributeError, TypeError, ValueError):
            features.check(self._family, columns)
            sizes = [
                float(np.asarray(columns[one]).item(0)) if one in columns else features.absent(one)
                for one in self._names
            ]
        native = _native(self._family) if next(self._calls) >= NATIVE_CALLS else None
        values = devices.rows.copy()
        rows = Rows(values, values.ctypes.data, *sizes[-2:])
        if native:
            native(self._space(*sizes), devices.address, rows.address, len(rows.values))
            return rows
        try:
            found = np.array(_lines(self._family)(*sizes, devices.figures.tolist()))
        except (ZeroDivisionError, OverflowError):
            return None
        before = _before(self._family)
        rows.values[:, :before] = found[:, :before]
        rows.values[:, before + _CODES :] = found[:, before:]
        return rows


def _before(family: ModelFamily) -> int:
    """Return the number of features before the codes."""
    return features.feature_names(family).index(features.CATEGORIES[0])


@functools.cache
def _lines(family: ModelFamily) -> Callable[..., list[list[float]]]:
    return straight.compiled(features.traced(family))


@functools.cache
def _native(family: ModelFamily) -> Callable[..., None] | None:
    traced, before = features.traced(family), _before(family)
    places = [at if at < before else at + _CODES for at in range(len(traced.found))]
    return straight_kernel.compiled(traced, places, len(traced.found) + _CODES)
