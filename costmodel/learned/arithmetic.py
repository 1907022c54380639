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

from costmodel.learned.straight import Symbol, log_of_none

Array = npt.NDArray[np.float64]
Value = TypeVar("Value", float, Array, Symbol)
"""A Python float, an array of numbers, or a symbol for one."""


def log(value: Value) -> Value:
    """Return the natural logarithm: minus infinity of 0, NaN of less."""
    if isinstance(value, float):
        return math.log(value) if value > 0 else log_of_none(value)
    return value.apply("log") if isinstance(value, Symbol) else np.log(value)


def log2_of(value: Value) -> Value:
    """Return the binary logarithm, as ``log``."""
    if isinstance(value, float):
        return math.log2(value) if value > 0 else log_of_none(value)
    return value.apply("log2") if isinstance(value, Symbol) else np.log2(value)


def ceil(value: Value) -> Value:
    """Return the least whole number not below a value."""
    if isinstance(value, float):
        return float(math.ceil(value)) if math.isfinite(value) else value
    return value.apply("ceil") if isinstance(value, Symbol) else np.ceil(value)


def largest(value: Value, other: Value | float) -> Value:
    """Return the larger of two values; NaN where either is."""
    if isinstance(value, float):
        return value if value >= other or value != value else other
    if isinstance(value, Symbol):
        return value.apply("largest", other)
    return np.maximum(value, other)


def least(value: Value, other: Value | float) -> Value:
    """Return the smaller of two values; NaN where either is."""
    if isinstance(value, float):
        return value if value <= other or value != value else other
    if isinstance(value, Symbol):
        return value.apply("least", other)
    return np.minimum(value, other)


def expm1(value: Value) -> Value:
    """Return exp(value) - 1."""
    if isinstance(value, Symbol):
        return value.apply("expm1")
    return math.expm1(value) if isinstance(value, float) else np.expm1(value)


def log1p(value: Value) -> Value:
    """Return log(1 + value) of values above -1."""
    if isinstance(value, Symbol):
        return value.apply("log1p")
    return math.log1p(value) if isinstance(value, float) else np.log1p(value)


def choose(condition: Any, value: Value, other: Value) -> Value:
    """Return ``value`` where the condition holds, else ``other``."""
    if isinstance(value, float):
        return value if condition else other
    if isinstance(value, Symbol):
        chosen: Value = condition.apply("choose", value, other)
        return chosen
    return np.where(condition, value, other)


def count(*conditions: Any) -> Any:
    """Return how many conditions hold, as a float or an array of them."""
    if all(isinstance(one, bool) for one in conditions):
        return float(sum(conditions))
    if isinstance(conditions[0], Symbol):
        return sum(conditions[1:], start=conditions[0]).apply("count")
    return sum(conditions[1:], start=conditions[0].astype(float))
