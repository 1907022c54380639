"""Kernels of an MLIR file as rows of the tables the models were fitted on."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Family, Kernel
from costmodel.learned.families import BY_NAME, BY_OP, FP32, OF_KERNEL
from costmodel.learned.texts import Columns, Texts, factorise
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

NO_MODEL = "analytic"
_WIDTH = 4096.0
"""Columns given to flat elementwise work: the data's tensors are rows of a few thousand."""

DTYPE_NAMES: Mapping[str, str] = {
    NumberFormat.FP8_E4M3: "fp8",
    NumberFormat.FP8_E5M2: "fp8",
    NumberFormat.FP4: "nvfp4",
    NumberFormat.TF32: "tf32",
}
"""Number formats that the tables call otherwise."""
_PRODUCTS = frozenset({"gemm", *BY_NAME["matmul_fp32"].ops})
_AS_FP32 = frozenset({"fp32", "tf32", "fp64"})
"""Formats whose products the model of fp32 answers for."""
_OWN_FORM = frozenset((op, "fp32") for op in BY_NAME["matmul_fp32"].ops)


def family_of(op: str, dtype: str) -> str:
    """Return the model family that predicts an op in a number format, or ``analytic``."""
    family = BY_OP.get(op)
    if family is None:
        return NO_MODEL
    if family.name == "gemm" and dtype in FP32:
        return "matmul_fp32"
    if family.name == "matmul_fp32" and dtype not in FP32:
        return "gemm"
    return family.name


def as_kernels(table: Columns) -> dict[str, Any]:
    """Return rows that a person asks about as ``from_kernels`` writes the same kernels.

    Products in fp32, TF32 and fp64 are answered by the model of fp32, batches of narrower ones as
    one product of all their rows.
    """
    found = dict(table)
    (ops, op_of), (dtypes, dtype_of) = factorise(table["op"]), factorise(table["dtype"])
    for op, dtype in itertools.product(ops, dtypes):
        own = (op, dtype) in _OWN_FORM or (op == "gemm" and dtype not in _AS_FP32)
        if op not in _PRODUCTS or own:
            continue
        chosen = (op_of == ops.index(op)) & (dtype_of == dtypes.index(dtype))
        if dtype in _AS_FP32:
            single = np.asarray(_batch(table)) == 1
            _put(found, "op", chosen & single, "linear" if op == "gemm" else op)
            _put(found, "op", chosen & ~single, "bmm")
            _put(found, "dtype", chosen, "fp32")
        else:
            found["m"] = np.where(chosen, np.asarray(table["m"], float) * _batch(table), found["m"])
            _put(found, "op", chosen, "gemm")
    return found


def _batch(table: Columns) -> Any:
    return np.nan_to_num(np.asarray(table["b"], float), nan=1.0) if "b" in table else 1.0


def _put(table: dict[str, Any], column: str, chosen: npt.NDArray[np.bool_], text: str) -> None:
    """Write one text into some rows of a column of texts."""
    if chosen.any():
        names, which = factorise(table[column])
        table[column] = Texts([*names, text], np.where(chosen, len(names), which))


def from_kernels(kernels: Sequence[Kernel], spec: DeviceSpec) -> dict[str, npt.NDArray[Any]]:
    """Return one row per kernel with every shape column any model asks for (NaN where none)."""
    found = [_row(kernel) for kernel in kernels]
    shapes = sorted({name for family in BY_NAME.values() for name in family.shapes})
    table: dict[str, npt.NDArray[Any]] = {
        name: np.array([row.get(name, math.nan) for row in found], dtype=float) for name in shapes
    }
    for name in ("op", "dtype"):
        table[name] = np.array([row[name] for row in found], dtype=object)
    table["gpu"] = np.full(len(found), spec.name, dtype=object)
    table["flops"] = np.array([kernel.work_flop for kernel in kernels])
    table["bytes"] = np.array([kernel.bytes_moved for kernel in kernels])
    return table


def distinct(kernels: Sequence[Kernel]) -> tuple[list[Kernel], list[int]]:
    """Return a kernel for each row that differs from all others, and each kernel's place there.

    Rounding in a matrix product depends on a row's place in it: equal kernels take equal times
    only where one row answers for all of them.
    """
    places: dict[tuple[Any, ...], int] = {}
    first: list[Kernel] = []
    found = []
    for kernel in kernels:
        key = (kernel.work_flop, kernel.bytes_moved, *sorted(_row(kernel).items()))
        place = places.setdefault(key, len(first))
        if place == len(first):
            first.append(kernel)
        found.append(place)
    return first, found


def _row(kernel: Kernel) -> dict[str, Any]:
    dims = kernel.dims
    dtype = DTYPE_NAMES.get(kernel.number_format, kernel.number_format.value)
    model = OF_KERNEL.get(kernel.family, NO_MODEL)
    row: dict[str, Any] = {"op": kernel.op, "dtype": dtype, **dims}
    if kernel.family is Family.GEMM:
        fp32 = dtype in _AS_FP32
        batched = dims.get("b", 1) > 1
        row["op"] = ("bmm" if batched else "linear") if fp32 else "gemm"
        row["dtype"] = "fp32" if fp32 else dtype
        if batched and not fp32:
            row["m"] = dims["m"] * dims["b"]
    elif kernel.family is Family.CONVOLUTION:
        row.update(
            op="conv2d",
            ksize=math.sqrt(dims["kh"] * dims["kw"]),
            hw_in=math.sqrt(dims["h_in"] * dims["w_in"]),
            hw_out=math.sqrt(dims["h_out"] * dims["w_out"]),
            stride=dims["stride_h"],
        )
    elif model == "rowwise":
        row.update(_rowwise(kernel, dims))
    elif model == NO_MODEL:
        row["op"] = kernel.family.value
    else:
        row["op"] = BY_NAME[model].ops[0]
    return row


def _rowwise(kernel: Kernel, dims: Mapping[str, float]) -> dict[str, Any]:
    if kernel.family is Family.ROWWISE:
        exponent = any("exp" in name.rpartition(".")[2] for name in kernel.ops)
        return {"op": "softmax" if exponent else "ln"}
    elements = dims.get("elements") or dims.get("rows", 1.0) * dims.get("cols", 1.0)
    rows = max(1.0, elements / _WIDTH)
    inputs = dims.get("inputs", 1.0)
    return {"op": "add" if inputs > 1 else "relu", "rows": rows, "cols": elements / rows}
