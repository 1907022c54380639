"""A module as a sequence of tokens: one an op, its name and the numbers of its shapes.

Nothing is costed, inlined or multiplied out: the sequence holds what stands in the text, in its
order, as in "ML-driven Hardware Cost Model for MLIR" with operands (arXiv 2302.11405). Sizes are
numbers here, not words, so that a size never seen still lies between two that were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from costmodel.mlir.ir import Module, Op
from costmodel.mlir.types import TensorType, parse_type

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST_TOKENS = 512
"""Ops of a module that are looked at; a longer text is cut, and says so."""
DIMENSIONS = 4
PER_TENSOR = DIMENSIONS + 2
TENSORS = 3
WIDTH = TENSORS * PER_TENSOR + 4
"""Numbers of a token: result and first two operands, nesting, counts of both, scalar constant."""
_SCALAR = re.compile(r"dense<(\d{1,18})>\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class Sequence:
    """Names of the ops in order and, for each, ``WIDTH`` numbers (base-2 logarithms of sizes)."""

    names: tuple[str, ...]
    numbers: npt.NDArray[np.float32]
    """Shape (tokens, WIDTH)."""
    ops: int
    """Ops in the text: more than tokens where it was cut."""


def tokenise(module: Module, most: int = MOST_TOKENS) -> Sequence:
    """Return the tokens of a module's text; at most ``most`` of them."""
    import numpy as np

    names: list[str] = []
    rows: list[list[float]] = []
    ops = 0
    for op, depth in _with_depth(module):
        ops += 1
        if len(names) < most:
            names.append(name_of(op))
            rows.append(_numbers(op, depth))
    numbers = np.asarray(rows, dtype=np.float32).reshape(len(rows), WIDTH)
    return Sequence(tuple(names), numbers, ops)


def name_of(op: Op) -> str:
    """Return an op's word: its name, with what a custom call calls."""
    return f"{op.name} @{op.symbol}" if op.name.endswith("custom_call") else op.name


def _with_depth(module: Module) -> Iterator[tuple[Op, int]]:
    """Yield every op in the order of the text with how deep it is nested, without recursion."""
    stack = [iter(module.ops)]
    while stack:
        op = next(stack[-1], None)
        if op is None:
            stack.pop()
            continue
        yield op, len(stack) - 1
        if op.regions:
            stack.append(nested for region in op.regions for nested in region.ops)


def _numbers(op: Op, depth: int) -> list[float]:
    operands, results = op.type_lists
    if op.regions and not operands:
        blocks = op.regions[0].blocks
        operands = [kind for _, kind in blocks[0].arguments] if blocks else []
    tensors = [*(results[:1] or [""]), *operands[:2]]
    found = [parse_type(text) if text else None for text in tensors]
    found += [None] * (TENSORS - len(found))
    numbers = [number for kind in found for number in _tensor(kind)]
    return [*numbers, float(depth), _log(len(operands)), _log(len(results)), _constant(op)]


def _tensor(kind: TensorType | None) -> list[float]:
    """Return logarithms of elements, bytes and the last dimensions, innermost first."""
    if kind is None:
        return [0.0] * PER_TENSOR
    sizes = [_log(size or 1) for size in reversed(kind.shape)][:DIMENSIONS]
    padded = sizes + [0.0] * (DIMENSIONS - len(sizes))
    return [_log(kind.elements), _log(kind.size_bytes), *padded]


def _constant(op: Op) -> float:
    """Return the logarithm of a whole scalar constant: trip counts stand in the text that way."""
    if not op.name.endswith("constant"):
        return 0.0
    found = _SCALAR.search(op.split_types[0])
    return _log(int(found.group(1))) if found else 0.0


def _log(size: float) -> float:
    from math import log2

    return log2(1.0 + size)
