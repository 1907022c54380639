"""Arithmetic on one number or on an array of them, by the same names and with the same answers.

NumPy takes a microsecond to start on an array of one number, Python a tenth of that for the number
itself: one row's features are computed from plain numbers, many rows' from arrays, by one text.
Division by zero is an exception for numbers; who computes from them turns to arrays then.
"""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Value = TypeVar("Value", float, Array)
"""A Python float, or an array of numbers."""


def log(value: Value) -> Value:
    """Return the natural logarithm: minus infinity of 0, NaN of less."""
    if isinstance(value, float):
        return math.log(value) if value > 0 else _log_of_none(value)
    return np.log(value)


def log2_of(value: Value) -> Value:
    """Return the binary logarithm, as ``log``."""
    if isinstance(value, float):
        return math.log2(value) if value > 0 else _log_of_none(value)
    return np.log2(value)


def _log_of_none(value: float) -> float:
    return -math.inf if value == 0 else math.nan


def ceil(value: Value) -> Value:
    """Return the least whole number not below a value."""
    if isinstance(value, float):
        return float(math.ceil(value)) if math.isfinite(value) else value
    return np.ceil(value)


def largest(value: Value, other: Value | float) -> Value:
    """Return the larger of two values; NaN where either is."""
    if isinstance(value, float):
        return value if value >= other or value != value else other
    return np.maximum(value, other)


def least(value: Value, other: Value | float) -> Value:
    """Return the smaller of two values; NaN where either is."""
    if isinstance(value, float):
        return value if value <= other or value != value else other
    return np.minimum(value, other)


def expm1(value: Value) -> Value:
    """Return exp(value) - 1."""
    return math.expm1(value) if isinstance(value, float) else np.expm1(value)


def log1p(value: Value) -> Value:
    """Return log(1 + value) of values above -1."""
    return math.log1p(value) if isinstance(value, float) else np.log1p(value)


def choose(condition: Any, value: Value, other: Value) -> Value:
    """Return ``value`` where the condition holds, else ``other``."""
    if isinstance(value, float):
        return value if condition else other
    return np.where(condition, value, other)


def count(*conditions: Any) -> Any:
    """Return how many conditions hold, as a float or an array of them."""
    if all(isinstance(one, bool) for one in conditions):
        return float(sum(conditions))
    return sum(conditions[1:], start=conditions[0].astype(float))
