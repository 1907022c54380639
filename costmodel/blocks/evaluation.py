"""The value of a checked expression on whole columns, with Python's meaning or a clear refusal.

Whole numbers that leave 64 bits, texts in arithmetic and divisions by zero are errors that name the
constraint: NumPy alone would wrap around, fail deep inside, or warn.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from microbench.errors import InputError

Column = npt.NDArray[Any]
LARGEST = 2.0**63
"""Whole numbers are 64 bits wide; beyond that a result would wrap around."""

ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.remainder,
    ast.Pow: lambda left, right: np.power(left, _exponent(right)),
    ast.BitAnd: np.bitwise_and,
    ast.BitOr: np.bitwise_or,
    ast.BitXor: np.bitwise_xor,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda *values: _fold(np.minimum, values),
    "max": lambda *values: _fold(np.maximum, values),
    "abs": np.abs,
}
_DIVIDES = (ast.Div, ast.FloorDiv, ast.Mod)
_REACH: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left + right,
    ast.Mult: lambda left, right: left * right,
    ast.Pow: lambda left, right: _power(left, right),
}
"""The largest size of a result, from the largest sizes of its sides."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One expression on one set of columns."""

    name: str
    """The constraint as messages name it."""
    columns: Mapping[str, Column]

    def on_rows(self, tree: ast.expr, count: int) -> Column:
        """Return one value a row of the columns."""
        found = self._safely(tree, np.arange(count))
        return np.broadcast_to(np.asarray(found), (count,))

    def on_axes(self, tree: ast.expr) -> Column:
        """Return the value with columns broadcast against each other as axes of a grid."""
        return np.asarray(self._safely(tree, None))

    def _safely(self, tree: ast.expr, rows: Column | None) -> Any:
        try:
            with np.errstate(all="ignore"):
                return self._value(tree, rows)
        except (TypeError, ValueError, OverflowError) as error:
            raise InputError(
                f"{self.name} joins what does not go together, such as texts with numbers, or "
                "fractions with &"
            ) from error

    def _value(self, node: ast.expr, rows: Column | None) -> Any:
        """Return a node's value in ``rows`` of whole columns; ``None``: as columns broadcast."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            column = self.columns[node.id]
            if rows is not None and column.ndim and len(rows) != len(column):
                column = column[rows]
            return column.astype(np.int64) if column.dtype.kind in "biu" else column
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node, rows)
        if isinstance(node, ast.UnaryOp):
            inner = self._value(node.operand, rows)
            if isinstance(node.op, ast.Not):
                return np.logical_not(np.asarray(inner).astype(bool))
            return -_number(inner) if isinstance(node.op, ast.USub) else _number(inner)
        if isinstance(node, ast.BoolOp):
            if rows is not None:
                return self._boolean(node, rows)
            fold = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return _fold(fold, tuple(np.asarray(self._value(v, None)) != 0 for v in node.values))
        if isinstance(node, ast.Compare):
            return self._compare(node, rows)
        if isinstance(node, ast.IfExp):
            return self._conditional(node, rows)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [_number(self._value(argument, rows)) for argument in node.args]
            return FUNCTIONS[node.func.id](*given)
        raise InputError(f"{self.name}: {type(node).__name__} is not allowed here")

    def _arithmetic(self, node: ast.BinOp, rows: Column | None) -> Any:
        left, right = (_number(self._value(side, rows)) for side in (node.left, node.right))
        inverts = isinstance(node.op, ast.Pow) and np.any((left == 0) & (right < 0))
        if inverts or (isinstance(node.op, _DIVIDES) and np.any(right == 0)):
            raise InputError(f"{self.name} divides by zero; guard it: x == 0 or y % x == 0")
        reach = _REACH.get(type(node.op))
        whole = left.dtype.kind == right.dtype.kind == "i"
        if whole and reach is not None and reach(_largest(left), _largest(right)) >= LARGEST:
            raise InputError(f"{self.name} takes whole numbers beyond 64 bits")
        return ARITHMETIC[type(node.op)](left, right)

    def _conditional(self, node: ast.IfExp, rows: Column | None) -> Column:
        """Return the chosen side; where rows are given, each side is worked out in its own."""
        chosen = np.asarray(self._value(node.test, rows)).astype(bool)
        if rows is None:
            body, orelse = self._value(node.body, None), self._value(node.orelse, None)
            return np.asarray(np.where(chosen, body, orelse))
        chosen = np.broadcast_to(chosen, rows.shape)
        both = [(node.body, chosen), (node.orelse, ~chosen)]
        sides = [(where, self._value(side, rows[where])) for side, where in both if where.any()]
        kinds = [np.asarray(value).dtype for _, value in sides]
        found = np.empty(rows.shape, np.result_type(*kinds) if kinds else bool)
        for where, value in sides:
            found[where] = value
        return found

    def _boolean(self, node: ast.BoolOp, rows: Column) -> Column:
        ends = isinstance(node.op, ast.Or)
        found = np.full(len(rows), not ends)
        open_rows = np.arange(len(rows))
        for value in node.values:
            truth = np.asarray(self._value(value, rows[open_rows])).astype(bool)
            truth = np.broadcast_to(truth, open_rows.shape)
            found[open_rows] = truth
            open_rows = open_rows[truth != ends]
            if not len(open_rows):
                break
        return found

    def _compare(self, node: ast.Compare, rows: Column | None) -> Column:
        left = self._value(node.left, rows)
        found: Any = True
        for operator, comparator in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                inside = self._inside(left, comparator, rows)
                return inside if isinstance(operator, ast.In) else np.logical_not(inside)
            right = self._value(comparator, rows)
            found = np.logical_and(found, COMPARISONS[type(operator)](left, right))
            left = right
        return np.asarray(found)

    def _inside(self, left: Any, listed: ast.expr, rows: Column | None) -> Column:
        found: Any = np.asarray(False)
        for element in listed.elts if isinstance(listed, ast.Tuple | ast.List) else ():
            found = np.logical_or(found, left == self._value(element, rows))
        return np.asarray(found)


def may_fail(node: ast.AST) -> bool:
    """Say whether a node divides by something other than a number above or below 0."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (*_DIVIDES, ast.Pow)):
        return False
    return not (isinstance(node.right, ast.Constant) and bool(node.right.value))


def _fold(function: Callable[[Any, Any], Any], values: tuple[Any, ...]) -> Any:
    found = values[0]
    for value in values[1:]:
        found = function(found, value)
    return found


def _number(value: Any) -> Column:
    """Return a value to reckon with: truth counts as 0 and 1."""
    found = np.asarray(value)
    if found.dtype.kind not in "biuf":
        raise TypeError("not a number")
    return found.astype(np.int64) if found.dtype.kind == "b" else found


def _largest(values: Column) -> float:
    return max(float(values.max()), -float(values.min())) if values.size else 0.0


def _power(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf


def _exponent(right: Column) -> Column:
    """Return exponents so that a negative one gives a fraction, as in Python."""
    return right.astype(float) if right.dtype.kind == "i" and np.any(right < 0) else right
