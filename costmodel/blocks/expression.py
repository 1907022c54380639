"""Constraints as text: a small expression language, parsed and never executed.

The auto-tuning community writes constraints as Python expressions. Here they are parsed into their
syntax tree, checked node by node against what a constraint may hold (numbers, names, arithmetic,
comparisons, and, or, not, min, max, abs), and evaluated on whole columns with NumPy. Nothing else
can appear in the tree, so nothing else can happen.
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
MAX_LENGTH = 10_000

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.true_divide,
    ast.FloorDiv: np.floor_divide,
    ast.Mod: np.remainder,
    ast.Pow: np.power,
    ast.BitAnd: np.bitwise_and,
    ast.BitOr: np.bitwise_or,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda *values: _fold(np.minimum, values),
    "max": lambda *values: _fold(np.maximum, values),
    "abs": np.abs,
}
_DIVIDES = (ast.Div, ast.FloorDiv, ast.Mod)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and the names it reads."""

    text: str
    tree: ast.expr
    names: frozenset[str]

    def evaluate(self, columns: Mapping[str, Column], count: int) -> Column:
        """Return one value per row; ``InputError`` names this constraint where it divides by 0.

        ``and`` and ``or`` look at their right side only in rows the left side leaves open, as
        Python does, so that ``x == 0 or y % x == 0`` is no division by zero.
        """
        found = self._value(self.tree, columns, np.arange(count))
        return np.broadcast_to(np.asarray(found), (count,))

    def holds(self, columns: Mapping[str, Column], count: int) -> npt.NDArray[np.bool_]:
        """Return the truth of the expression in each row."""
        return self.evaluate(columns, count).astype(bool)

    def holds_on_grid(
        self, axes: Mapping[str, Column], shape: tuple[int, ...]
    ) -> npt.NDArray[np.bool_]:
        """Return the truth at each point of a grid; ``axes`` broadcast to its shape.

        A part that names few parameters is worked out on their axes alone. Where ``and`` or
        ``or`` may guard a division, the expression is worked out point by point.
        """
        nodes = list(ast.walk(self.tree))
        if any(isinstance(node, ast.BoolOp) for node in nodes) and any(map(_may_fail, nodes)):
            columns = {name: np.broadcast_to(axis, shape).ravel() for name, axis in axes.items()}
            return self.holds(columns, math.prod(shape)).reshape(shape)
        found = np.asarray(self._value(self.tree, axes, None)).astype(bool)
        return np.broadcast_to(found, shape)

    def _value(self, node: ast.expr, columns: Mapping[str, Column], rows: Column | None) -> Any:
        """Return a node's value in ``rows`` of whole columns; ``None``: as columns broadcast."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            column = columns[node.id]
            if rows is not None and column.ndim and len(rows) != len(column):
                column = column[rows]
            return column.astype(np.int64) if column.dtype.kind in "iu" else column
        if isinstance(node, ast.BinOp):
            left = self._value(node.left, columns, rows)
            right = self._value(node.right, columns, rows)
            if isinstance(node.op, _DIVIDES) and np.any(np.asarray(right) == 0):
                raise InputError(f"constraint {self.text!r} divides by zero")
            return _ARITHMETIC[type(node.op)](left, right)
        if isinstance(node, ast.UnaryOp):
            inner = self._value(node.operand, columns, rows)
            return np.logical_not(inner) if isinstance(node.op, ast.Not) else -np.asarray(inner)
        if isinstance(node, ast.BoolOp):
            if rows is not None:
                return self._boolean(node, columns, rows)
            fold = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return _fold(fold, tuple(self._value(v, columns, None) for v in node.values))
        if isinstance(node, ast.Compare):
            return self._compare(node, columns, rows)
        if isinstance(node, ast.IfExp):
            chosen = np.asarray(self._value(node.test, columns, rows)).astype(bool)
            return np.where(
                chosen,
                self._value(node.body, columns, rows),
                self._value(node.orelse, columns, rows),
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [self._value(argument, columns, rows) for argument in node.args]
            return _FUNCTIONS[node.func.id](*given)
        raise InputError(f"constraint {self.text!r}: {type(node).__name__} is not allowed")

    def _boolean(self, node: ast.BoolOp, columns: Mapping[str, Column], rows: Column) -> Column:
        ends = isinstance(node.op, ast.Or)
        found = np.full(len(rows), not ends)
        open_rows = np.arange(len(rows))
        for value in node.values:
            truth = np.asarray(self._value(value, columns, rows[open_rows])).astype(bool)
            truth = np.broadcast_to(truth, open_rows.shape)
            found[open_rows] = truth
            open_rows = open_rows[truth != ends]
            if not len(open_rows):
                break
        return found

    def _compare(
        self, node: ast.Compare, columns: Mapping[str, Column], rows: Column | None
    ) -> Column:
        left = self._value(node.left, columns, rows)
        found: Any = True
        for operator, comparator in zip(node.ops, node.comparators, strict=True):
            right = self._value(comparator, columns, rows)
            if isinstance(operator, ast.In):
                found = np.logical_and(found, np.isin(left, right))
            else:
                found = np.logical_and(found, _COMPARISONS[type(operator)](left, right))
            left = right
        return np.asarray(found)


def _may_fail(node: ast.AST) -> bool:
    """Say whether a node divides by something other than a number above or below 0."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, _DIVIDES):
        return False
    return not (isinstance(node.right, ast.Constant) and bool(node.right.value))


def parse(text: str) -> Expression:
    """Parse and check a constraint; ``InputError`` says what in it is not allowed."""
    if len(text) > MAX_LENGTH:
        raise InputError(f"constraint {text[:40]!r}... is longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"constraint {text!r} is not an expression") from error
    names: set[str] = set()
    functions = set()
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        _check(node, text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            functions.add(id(node.func))
        if isinstance(node, ast.Name) and id(node) not in functions:
            names.add(node.id)
        stack.extend(ast.iter_child_nodes(node))
    return Expression(text, tree, frozenset(names))


def _check(node: ast.AST, text: str) -> None:
    allowed: bool = isinstance(
        node,
        ast.BinOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.Name | ast.Load | ast.And | ast.Or
        | ast.Not | ast.USub | ast.In | ast.Tuple | ast.List,
    )  # fmt: skip
    allowed |= type(node) in _ARITHMETIC or type(node) in _COMPARISONS
    if isinstance(node, ast.UnaryOp):
        allowed = isinstance(node.op, ast.Not | ast.USub)
    if isinstance(node, ast.Constant):
        allowed = isinstance(node.value, bool | int | float | str)
    if isinstance(node, ast.Call):
        allowed = (
            isinstance(node.func, ast.Name)
            and node.func.id in _FUNCTIONS
            and bool(node.args)
            and not node.keywords
            and not any(isinstance(argument, ast.Starred) for argument in node.args)
        )
    if not allowed:
        raise InputError(
            f"constraint {text!r}: {type(node).__name__} is not allowed; a constraint holds "
            "numbers, parameters, arithmetic, comparisons, and, or, not, min, max and abs"
        )


def _fold(function: Callable[[Any, Any], Any], values: tuple[Any, ...]) -> Any:
    found = values[0]
    for value in values[1:]:
        found = function(found, value)
    return found
