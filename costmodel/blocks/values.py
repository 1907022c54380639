"""The values of a parameter, as space files hold them: lists, or the text of one.

T1 files write values as Python text, ``"[16, 32]"`` or ``"list(range(1, 9))"``. Lists, ranges, sums
of both and ``[expression for name in ...]`` are understood; nothing is executed.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from costmodel.blocks.expression import Column, parse, shown
from microbench.errors import InputError

Value = int | float | str | bool
MOST = 1_000_000
"""Most values of one parameter."""
LARGEST = 2**63 - 1


def values_of(given: Any) -> list[Value]:
    """Return the values a file gives for a parameter; ``InputError`` says what is wrong."""
    if isinstance(given, str):
        given = _from_text(given)
    if not isinstance(given, list | tuple):
        raise InputError(f"values {given!r} are not a list")
    if any(not isinstance(value, int | float | str | bool) for value in given):
        raise InputError(f"values {str(given)[:60]!r} hold something other than numbers or texts")
    return list(given)


def checked(space: str, name: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """Return values of one kind without repetition, as solvers can take them."""
    if not values:
        raise InputError(f"space {space}: parameter {name} has no values")
    if len({isinstance(value, str) for value in values}) > 1:
        raise InputError(f"space {space}: parameter {name} mixes texts with numbers")
    if not name or not name.isprintable():
        raise InputError(f"space {space}: {name!r} is no name of a parameter")
    for value in values:
        if isinstance(value, str) and not value.isprintable():
            raise InputError(
                f"space {space}: parameter {name} has the value {value!r}: no plain text"
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise InputError(f"space {space}: parameter {name} has the value {value}, no number")
        if isinstance(value, int) and abs(value) > LARGEST:
            raise InputError(f"space {space}: parameter {name} has {value}, beyond 64 bits")
    return tuple(dict.fromkeys(values))


def _from_text(text: str) -> list[Value]:
    try:
        return _listed(ast.parse(text.strip(), mode="eval").body)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError) as error:
        raise InputError(f"values {shown(text)} are not a list of numbers or texts") from error


def _listed(node: ast.expr) -> list[Value]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _listed(node.left) + _listed(node.right)
    if isinstance(node, ast.ListComp):
        return _comprehended(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id == "list" and len(node.args) == 1:
            return _listed(node.args[0])
        if node.func.id == "range" and 1 <= len(node.args) <= 3:
            return _short(range(*(_whole(argument) for argument in node.args)))
    if not isinstance(node, ast.List | ast.Tuple):
        raise ValueError("not a list")
    return [_single(entry) for entry in node.elts]


def _single(node: ast.expr) -> Value:
    """Return a value as it is written, or reckoned where it is arithmetic: ``12 * 1024``."""
    if isinstance(node, ast.BinOp):
        found: Value = _evaluated(node, {}, 1)[0].item()
        return found
    value: Value = ast.literal_eval(node)
    return value


def _comprehended(node: ast.ListComp) -> list[Value]:
    """Return the values of ``[expression for name in list]``; both parts are checked first."""
    one = node.generators[0]
    if len(node.generators) > 1 or one.is_async or not isinstance(one.target, ast.Name):
        raise ValueError("more than one name")
    column = np.asarray(_listed(one.iter))
    for condition in one.ifs:
        column = column[_evaluated(condition, {one.target.id: column}, len(column)).astype(bool)]
    return list(_evaluated(node.elt, {one.target.id: column}, len(column)).tolist())


def _evaluated(node: ast.expr, columns: Mapping[str, Column], count: int) -> Column:
    """Return the values of a checked expression; ``ValueError`` where it names anything else."""
    expression = parse(ast.unparse(node))
    if expression.names - set(columns):
        raise ValueError("an unknown name")
    return expression.evaluate(columns, count)


def _whole(node: ast.expr) -> int:
    found = _single(node)
    if not isinstance(found, int):
        raise ValueError("not a whole number")
    return found


def _short(found: range) -> list[Value]:
    if len(found) > MOST:
        raise InputError(f"{found} has more than {MOST:,} values")
    return list(found)
