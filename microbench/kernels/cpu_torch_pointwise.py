"""Library calls that move more than they compute: along rows, element by element, copies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.kernels.cpu_torch_case import (
    CHECKED,
    TOLERANCE,
    Case,
    compare,
    double,
    entry,
    generator,
    normal,
)

if TYPE_CHECKING:
    import torch


def rowwise(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``softmax``, ``layer_norm`` or ``sum`` along the columns of (rows, cols)."""
    import numpy as np
    import torch

    rows, cols = dims["rows"], dims["cols"]
    data = normal((rows, cols), number_format, seed)
    functions: dict[str, Callable[[], torch.Tensor]] = {
        "softmax": lambda: torch.softmax(data, -1),
        "layer_norm": lambda: torch.nn.functional.layer_norm(data, (cols,)),
        "sum": lambda: data.sum(-1),
    }
    call = functions[op]
    places = [(int(row),) for row in generator(seed).integers(rows, size=CHECKED)]

    def found(out: torch.Tensor, at: tuple[int, ...]) -> float:
        return float(out[at[0]] if op == "sum" else out[at[0], cols // 2])

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        x = double(data[at[0]])
        if op == "sum":
            return float(x.sum()), float(np.abs(x).sum())
        if op == "softmax":
            weights = np.exp(x - x.max())
            weights /= weights.sum()
            return float(weights[cols // 2]), float(weights.max())
        normed = (x - x.mean()) / np.sqrt(x.var() + 1e-5)
        return float(normed[cols // 2]), float(np.abs(normed).max())

    out_elements = rows if op == "sum" else rows * cols
    return Case(
        call=call,
        check=lambda: compare(call(), places, found, expected, TOLERANCE[number_format]),
        work_flop=rows * cols * {"sum": 1.0, "softmax": 5.0, "layer_norm": 8.0}[op],
        bytes_moved=number_format.size_bytes * (rows * cols + out_elements),
    )


def elementwise(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``add`` of two arrays, ``where`` of them and a mask; ``relu``, ``exp``, ``gelu`` or ``log``.

    The output is allocated. The mask, where the first array is positive, takes a byte an element.
    """
    import numpy as np
    import torch

    shape = (dims["rows"], dims["cols"])
    data, other = (normal(shape, number_format, seed + i) for i in range(2))
    positive, mask = data.abs() + 1, data > 0
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "add": lambda: torch.add(data, other),
        "relu": lambda: torch.relu(data),
        "exp": lambda: torch.exp(data),
        "gelu": lambda: torch.nn.functional.gelu(data),
        "log": lambda: torch.log(positive),
        "where": lambda: torch.where(mask, data, other),
    }
    formulas: dict[str, Callable[[float, float], float]] = {
        "add": lambda x, y: x + y,
        "relu": lambda x, _: max(x, 0.0),
        "exp": lambda x, _: math.exp(x),
        "gelu": lambda x, _: 0.5 * x * (1 + math.erf(x / math.sqrt(2))),
        "log": lambda x, _: math.log(abs(x) + 1),
        "where": lambda x, y: x if x > 0 else y,
    }
    call = calls[op]
    rng = generator(seed)
    places = [tuple(int(rng.integers(size)) for size in shape) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        x, y = float(data[at]), float(other[at])
        right = formulas[op](x, y)
        return right, max(abs(right), abs(x), abs(y))

    elements = float(np.prod(shape))
    arrays = {"add": 3.0, "where": 3.0 + 1 / number_format.size_bytes}.get(op, 2.0)
    return Case(
        call=call,
        check=lambda: compare(call(), places, entry, expected, TOLERANCE[number_format]),
        work_flop=elements * (1 if op in {"add", "relu", "where"} else 10),
        bytes_moved=number_format.size_bytes * elements * arrays,
    )


def data_movement(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``copy`` of a contiguous square array, its ``transpose``, or a row ``gather``."""
    import torch

    side = math.isqrt(dims["elements"])
    data = normal((side, side), number_format, seed)
    index = torch.randperm(side, generator=torch.Generator().manual_seed(seed))
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "copy": lambda: data.clone(),
        "transpose": lambda: data.t().contiguous(),
        "gather": lambda: data.index_select(0, index),
    }
    call = calls[op]
    rng = generator(seed)
    places = [tuple(int(rng.integers(side)) for _ in range(2)) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        row, column = at
        if op == "transpose":
            return float(data[column, row]), 1.0
        return float(data[int(index[row]) if op == "gather" else row, column]), 1.0

    return Case(
        call=call,
        check=lambda: compare(call(), places, entry, expected, 0.0),
        work_flop=0.0,
        bytes_moved=number_format.size_bytes * side * side * 2.0,
    )
