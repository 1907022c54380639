"""Products whose stated sizes contradict each other: no program computes them as written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from costmodel.graph.cost import Typed
from costmodel.mlir.types import TensorType

Sizes = Sequence[int | None]
Axes = tuple[Sequence[int], Sequence[int]]


def between(left: TensorType, right: TensorType, contracted: Axes, batch: Axes = ((), ())) -> str:
    """Say which paired dimensions of a product's operands differ, or "".

    ``contracted`` and ``batch`` name dimensions of the left and of the right operand, in pairs. A
    dimension of unknown size contradicts none.
    """
    for what, axes in (("contracted", contracted), ("batch", batch)):
        for one, other in zip(*axes, strict=False):
            if problem := _differ(what, _size(left.shape, one), _size(right.shape, other)):
                return problem
    return ""


def _size(shape: Sizes, axis: int) -> int | None:
    return shape[axis] if -len(shape) <= axis < len(shape) else None


def _differ(what: str, one: int | None, other: int | None) -> str:
    if one is None or other is None or one == other:
        return ""
    return f"{what} dimensions differ: {one} and {other}"


def _rows_by_columns(left: TensorType, right: TensorType) -> str:
    """``[..., m, k]`` by ``[..., k, n]``; a vector has one dimension, leading ones broadcast."""
    return between(left, right, ([-1], [-2 if len(right.shape) > 1 else 0]))


def _batched(left: TensorType, right: TensorType) -> str:
    return between(left, right, ([2], [1]), ([0], [0]))


def _weights(left: TensorType, right: TensorType) -> str:
    """``[..., in]`` by ``[out, in]``."""
    return between(left, right, ([-1], [-1]))


_CHECKS: dict[str, Callable[[TensorType, TensorType], str]] = {
    "linalg.matmul": _rows_by_columns,
    "linalg.batch_matmul": _batched,
    "linalg.matvec": _rows_by_columns,
    "tosa.matmul": _batched,
    "torch.aten.mm": _rows_by_columns,
    "torch.aten.matmul": _rows_by_columns,
    "torch.aten.bmm": _batched,
    "torch.aten.linear": _weights,
    "onnx.MatMul": _rows_by_columns,
}


def in_product(typed: Typed) -> str:
    """Say how the operands of a product contradict each other, or "".

    Not of ``linalg`` products with indexing maps of their own. StableHLO's products name their
    dimensions and are checked where those are read.
    """
    check = _CHECKS.get(typed.op.name)
    left, right = typed.operand(0), typed.operand(1)
    if check is None or left is None or right is None or "indexing_maps" in typed.op.header:
        return ""
    return check(left, right)
