"""Constraints as text: a small expression language, parsed and never executed.

The auto-tuning community writes constraints as Python expressions. Here they are parsed into their
syntax tree, checked node by node against what a constraint may hold (numbers, names, arithmetic,
comparisons, and, or, not, if, in, min, max, abs), and evaluated on whole columns with NumPy.
Nothing else can appear in the tree, so nothing else can happen.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from costmodel.blocks.evaluation import (
    ARITHMETIC,
    COMPARISONS,
    FUNCTIONS,
    Column,
    Evaluation,
    may_fail,
)
from microbench.errors import InputError

__all__ = ["Column", "Expression", "parse", "shown"]

MAX_LENGTH = 10_000
MAX_DEPTH = 100
"""Deepest nesting: far from Python's own limit, whoever calls."""
SHOWN = 200
"""How much of a constraint a message repeats."""
WORDS: dict[type, str] = {
    ast.Attribute: "a dot behind a name",
    ast.Call: "a call of anything but min, max and abs",
    ast.Constant: "a value that is no number and no text",
    ast.GeneratorExp: "a generator",
    ast.JoinedStr: "a formatted text",
    ast.Lambda: "lambda",
    ast.LShift: "<<",
    ast.ListComp: "a list comprehension",
    ast.MatMult: "@",
    ast.NamedExpr: "an assignment",
    ast.RShift: ">>",
    ast.Subscript: "an index in brackets",
}
"""How messages call what Python's grammar has and constraints have not."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and the names it reads."""

    text: str
    tree: ast.expr
    names: frozenset[str]
    what: str = "constraint"
    """What messages call it, before its text."""

    def evaluate(self, columns: Mapping[str, Column], count: int) -> Column:
        """Return one value per row; ``InputError`` names this constraint where it divides by 0.

        ``and``, ``or`` and ``if`` look at a side only in rows that leave it open, as Python does,
        so that ``x == 0 or y % x == 0`` is no division by zero.
        """
        return self._on(columns).on_rows(self.tree, count)

    def holds(self, columns: Mapping[str, Column], count: int) -> npt.NDArray[np.bool_]:
        """Return the truth of the expression in each row."""
        return self.evaluate(columns, count).astype(bool)

    def holds_on_grid(
        self, axes: Mapping[str, Column], shape: tuple[int, ...]
    ) -> npt.NDArray[np.bool_]:
        """Return the truth at each point of a grid; ``axes`` broadcast to its shape.

        A part that names few parameters is worked out on their axes alone. Where ``and``, ``or``
        or ``if`` may guard a division, the expression is worked out point by point.
        """
        nodes = list(ast.walk(self.tree))
        guarded = any(isinstance(node, ast.BoolOp | ast.IfExp) for node in nodes)
        if guarded and any(map(may_fail, nodes)):
            columns = {name: np.broadcast_to(axis, shape).ravel() for name, axis in axes.items()}
            return self.holds(columns, math.prod(shape)).reshape(shape)
        return np.broadcast_to(self._on(axes).on_axes(self.tree).astype(bool), shape)

    def _on(self, columns: Mapping[str, Column]) -> Evaluation:
        return Evaluation(self.title, columns)

    @property
    def title(self) -> str:
        """What it is and its text, for messages."""
        return f"{self.what} {shown(self.text)}"


def shown(text: str) -> str:
    """Return a text in quotes, cut in the middle where it is long."""
    half = SHOWN // 2
    return repr(text if len(text) <= SHOWN else f"{text[:half]} ... {text[-half:]}")


def parse(text: str, what: str = "constraint") -> Expression:
    """Parse and check a constraint; ``InputError`` says what in it is not allowed."""
    title = f"{what} {shown(text)}"
    if len(text) > MAX_LENGTH:
        raise InputError(f"{title} is longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"{title} is not an expression") from error
    names: set[str] = set()
    functions = set()
    stack: list[tuple[ast.AST, int]] = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise InputError(f"{title} is nested deeper than {MAX_DEPTH} levels")
        _check(node, title)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            functions.add(id(node.func))
        if isinstance(node, ast.Name) and id(node) not in functions:
            names.add(node.id)
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return Expression(text, tree, frozenset(names), what)


def _check(node: ast.AST, title: str) -> None:
    allowed: bool = isinstance(
        node,
        ast.BinOp | ast.BoolOp | ast.Compare | ast.IfExp | ast.Name | ast.Load | ast.And | ast.Or
        | ast.Not | ast.USub | ast.UAdd | ast.In | ast.NotIn | ast.Tuple | ast.List,
    )  # fmt: skip
    allowed |= type(node) in ARITHMETIC or type(node) in COMPARISONS
    if isinstance(node, ast.UnaryOp):
        allowed = isinstance(node.op, ast.Not | ast.USub | ast.UAdd)
    if isinstance(node, ast.Constant):
        allowed = isinstance(node.value, bool | int | float | str)
    if isinstance(node, ast.Call):
        allowed = (
            isinstance(node.func, ast.Name)
            and node.func.id in FUNCTIONS
            and bool(node.args)
            and not node.keywords
            and not any(isinstance(argument, ast.Starred) for argument in node.args)
        )
    if not allowed:
        what = WORDS.get(type(node), type(node).__name__)
        raise InputError(
            f"{title}: {what} is not allowed; a constraint holds "
            "numbers, parameters, arithmetic, comparisons, and, or, not, min, max and abs"
        )
    if isinstance(node, ast.Compare):
        _check_list(node, title)
    if any(isinstance(side, ast.BoolOp) for side in _sides(node)):
        raise InputError(
            f"{title} reckons or compares with `and` or `or`: in a constraint "
            "they are true or false, no number"
        )


def _check_list(node: ast.Compare, title: str) -> None:
    """Refuse ``in`` beside other comparisons, or before anything but a list."""
    if not any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops):
        return
    if len(node.ops) > 1 or not isinstance(node.comparators[0], ast.Tuple | ast.List):
        raise InputError(f"{title}: `in` needs one list, as in x in (1, 2)")


def _sides(node: ast.AST) -> list[ast.expr]:
    """Return the parts of a node that are used as numbers."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return [node.operand]
    return list(node.args) if isinstance(node, ast.Call) else []
