"""Costs of TOSA ops. Source: the TOSA 1.0 specification (shapes, layouts: NHWC, OHWI)."""

from __future__ import annotations

import math
import re

from costmodel.graph.cost import (
    Convolution,
    CostRule,
    OpCost,
    Role,
    Typed,
    free,
    gemm,
    movement,
    pointwise,
    reduction,
    transpose,
    valid_taps,
    view,
)
from costmodel.graph.updates import updating
from costmodel.kernel import Family

_POINTWISE = """
abs add arithmetic_right_shift bitwise_and bitwise_not bitwise_or bitwise_xor cast ceil
clamp clz cos equal erf exp floor greater greater_equal intdiv log logical_and
logical_left_shift logical_not logical_or logical_right_shift logical_xor maximum
minimum mul negate pow reciprocal rescale rsqrt select sigmoid sin sub table tanh div
cast_from_block_scaled cast_to_block_scaled""".split()
_REDUCTIONS = [
    "reduce_all",
    "reduce_any",
    "reduce_max",
    "reduce_min",
    "reduce_prod",
    "reduce_product",
    "reduce_sum",
    "argmax",
]


def convolution(typed: Typed) -> OpCost:
    """``conv2d``, ``conv3d``, ``depthwise_conv2d`` and ``transpose_conv2d``."""
    name = typed.op.name.rsplit(".", 1)[-1]
    image, kernel, out = typed.operand(0), typed.operand(1), typed.result
    if image is None or kernel is None or out is None:
        return OpCost(Role.UNKNOWN)
    i, k, o = ([size or 1 for size in kind.shape] for kind in (image, kernel, out))
    depthwise, deep = name.startswith("depthwise"), name == "conv3d"
    kh, kw = (k[0], k[1]) if depthwise else (k[-3], k[-2])
    stride = _array(typed.op.header, "stride", 3 if deep else 2, 1)
    pads = _array(typed.op.header, "pad", 6 if deep else 4, 0)
    dilation = _array(typed.op.header, "dilation", 3 if deep else 2, 1)
    taps = None
    if name in {"conv2d", "depthwise_conv2d"}:
        taps = float(
            valid_taps(i[1], o[1], kh, stride[0], pads[0], dilation[0])
            * valid_taps(i[2], o[2], kw, stride[1], pads[2], dilation[1])
        )
    if name == "transpose_conv2d":
        taps = float(i[1] * i[2] * kh * kw)
    return Convolution(
        batch=float(i[0]),
        c_in=float(i[-1]),
        c_out=float(o[-1]),
        h_in=float(i[-3]),
        w_in=float(i[-2]),
        h_out=float(o[-3]),
        w_out=float(o[-2]),
        kh=float(kh),
        kw=float(kw),
        stride_h=float(stride[-2]),
        stride_w=float(stride[-1]),
        groups=float(i[-1]) if depthwise else 1.0,
        valid_taps=taps,
        depth_out=float(o[1]) if deep else 1.0,
        depth_kernel=float(k[1]) if deep else 1.0,
    ).cost()


def matmul(typed: Typed) -> OpCost:
    """``matmul``: [N,H,C] by [N,C,W]."""
    left, out = typed.operand(0), typed.result
    if left is None or out is None or len(left.shape) != 3 or len(out.shape) != 3:
        return OpCost(Role.UNKNOWN)
    b, m, k = (float(size or 1) for size in left.shape)
    return gemm(b, m, float(out.shape[2] or 1), k)


def matmul_block_scaled(typed: Typed) -> OpCost:
    """``matmul_t_block_scaled``: [N,H,C] by [N,W,C], each followed by its scales."""
    left, out = typed.operand(0), typed.result
    if left is None or out is None or len(left.shape) != 3 or len(out.shape) != 3:
        return OpCost(Role.UNKNOWN)
    b, m, k = (float(size or 1) for size in left.shape)
    return gemm(b, m, float(out.shape[2] or 1), k)


def fully_connected(typed: Typed) -> OpCost:
    """``fully_connected``: [N,IC] by [OC,IC]."""
    left, out = typed.operand(0), typed.result
    if left is None or out is None or len(left.shape) != 2:
        return OpCost(Role.UNKNOWN)
    m, k = (float(size or 1) for size in left.shape)
    return gemm(1.0, m, float(out.shape[-1] or 1), k, "linear")


def pooling(typed: Typed) -> OpCost:
    """One FLOP per window element of each output."""
    out = typed.result
    if out is None:
        return OpCost(Role.UNKNOWN)
    taps = math.prod(_array(typed.op.header, "kernel", 2, 1))
    dims = {"rows": out.elements, "cols": float(taps)}
    return OpCost(Role.REDUCTION, Family.ROWWISE, "pool", out.elements * taps, dims)


def fft2d(typed: Typed) -> OpCost:
    """5 N log2 N FLOP a transform of N points."""
    out = typed.result
    if out is None or len(out.shape) != 3:
        return OpCost(Role.UNKNOWN)
    batch, h, w = (float(size or 1) for size in out.shape)
    flop = 5.0 * h * w * math.log2(max(h * w, 2)) * batch
    return OpCost(Role.HEAVY, Family.FFT, "fft", flop, {"batch": batch, "n": h * w})


def _array(text: str, name: str, count: int, default: int) -> list[int]:
    found = re.search(
        rf"\b{name}\s*(?:=\s*(?:array<i64:\s*([^>]*)>|\[([^\]]*)\])|\(\[([^\]]*)\]\))", text
    )
    values = re.findall(r"\d+", next(filter(None, found.groups()), "")) if found else []
    return [int(value) for value in values] if len(values) == count else [default] * count


def rules() -> dict[str, CostRule]:
    """Return the rule of every op by name without its dialect."""
    table: dict[str, CostRule] = {name: pointwise(name) for name in _POINTWISE}
    table.update({name: reduction() for name in _REDUCTIONS})
    table.update(
        dict.fromkeys(("conv2d", "conv3d", "depthwise_conv2d", "transpose_conv2d"), convolution)
    )
    table.update(dict.fromkeys(("avg_pool2d", "max_pool2d"), pooling))
    table.update(dict.fromkeys(("fft2d", "rfft2d"), fft2d))
    table.update(dict.fromkeys(("reshape", "identity", "variable_read"), view))
    table.update(dict.fromkeys(("const", "const_shape", "yield", "variable", "apply_scale"), free))
    table["transpose"] = transpose
    table["scatter"] = updating("scatter", 2)
    for name in (
        "concat",
        "slice",
        "pad",
        "gather",
        "resize",
        "reverse",
        "tile",
    ):
        table[name] = movement(name)
    table.update({"matmul": matmul, "fully_connected": fully_connected})
    table["matmul_t_block_scaled"] = matmul_block_scaled
    for (
        name
    ) in "add sub mul div_floor div_ceil max min mod exp2 log2_floor log2_ceil concat".split():
        table[f"{name}_shape"] = free
    return table
