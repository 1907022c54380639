"""Where a kernel stands among its family: coordinates in which near means alike in efficiency.

One unit along an axis is a difference that changes the slowdown of a library call about as much as
two neighbouring points of the benchmark grid differ (judged by leave-one-out error).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from costmodel.kernel import Family, Kernel

OTHER_CLASS, OTHER_FORMAT, OTHER_OP = 6.0, 5.0, 1.0
"""Distance added between classes of op (softmax, plain sum) and between number formats: other code
paths of the library, which differ by factors of 2 to 10 at one size. Ops of one class (``exp``,
``gelu``) differ less."""

SIBLING = {
    Family.ATTENTION_PREFILL: Family.ATTENTION_ENCODER,
    Family.ATTENTION_DECODE: Family.ATTENTION_ENCODER,
    Family.LATENT_ATTENTION: Family.ATTENTION_ENCODER,
    Family.MIXTURE_OF_EXPERTS: Family.GEMM,
    Family.RECURRENT: Family.GEMM,
    Family.QUANTISE: Family.ELEMENTWISE,
}
"""Measured families that stand in, flagged, for those the CPU benchmarks do not time."""

_EXTRA: Mapping[Family, Mapping[str, float]] = {
    Family.GEMM: {"b": 3.0, "m": 2.0, "n": 3.0, "k": 3.0},
    Family.CONVOLUTION: {"c_in": 2.0, "c_out": 2.0, "h_out": 2.0, "kh": 1.0, "stride_h": 1.0},
    Family.ATTENTION_ENCODER: {"seq": 2.0, "kv_len": 2.0, "head_dim": 2.0},
    Family.FFT: {"n": 3.0},
    Family.ROWWISE: {"rows": 3.0, "cols": 2.0},
}
"""Dimensions that matter beyond work and traffic; the doublings that make one unit."""
WORK_DOUBLINGS, TRAFFIC_DOUBLINGS = 4.0, 2.0
DEPTHWISE = DEEP = 4.0
"""Distance between a depthwise or a 3-D and a full 2-D convolution: other code paths."""
FRESH_PAGES = 4.0
FRESH_PAGES_BYTES = 32 * 2**20
"""Outputs from this size get new pages from the kernel on every call and fault on each one: glibc
never raises its mmap threshold beyond 4 MiB x sizeof(long) (mallopt(3), M_MMAP_THRESHOLD)."""

_TRANSCENDENTAL = (
    *("exp", "log", "tanh", "erf", "gelu", "sigmoid", "silu", "pow", "sin", "cos", "tan", "mish"),
    *("atan", "acos", "asin", "swish", "softplus"),
)
_NORMS = ("norm", "rsqrt")


def op_class(kernel: Kernel) -> str:
    """Return the code path a kernel shares with the measured ops of its family.

    Elementwise: ``cheap`` or ``transcendental``; row-wise: ``softmax``, ``norm`` or ``sum``; data
    movement: ``copy``, ``transpose`` or ``gather``; other families are one class.
    """
    names = (kernel.op, *kernel.ops)
    if kernel.family in {Family.ELEMENTWISE, Family.QUANTISE}:
        return "transcendental" if _any(names, _TRANSCENDENTAL) else "cheap"
    if kernel.family is Family.ROWWISE:
        if _any(names, ("exp", "softmax")):
            return "softmax"
        return "norm" if _any(names, _NORMS) else "sum"
    if kernel.family is Family.DATA_MOVEMENT:
        if _any(names, ("transpose", "permute")):
            return "transpose"
        return "gather" if _any(names, ("gather", "scatter", "index")) else "copy"
    return ""


def coordinates(kernel: Kernel, family: Family) -> tuple[float, ...]:
    """Return a kernel's place in a family: log2 of work, traffic and dimensions, each in units.

    A dimension the kernel does not state counts as 1.
    """
    dims = kernel.dims
    place = [
        _log2(kernel.work_flop) / WORK_DOUBLINGS if family in _EXTRA else 0.0,
        _log2(kernel.bytes_moved) / TRAFFIC_DOUBLINGS,
        FRESH_PAGES if output_bytes(kernel) >= FRESH_PAGES_BYTES else 0.0,
    ]
    place += [_log2(dims.get(name, 1.0)) / unit for name, unit in _EXTRA.get(family, {}).items()]
    if family is Family.CONVOLUTION:
        groups = dims.get("groups", 1.0)
        place.append(DEPTHWISE if groups > 1 and groups >= dims.get("c_in", 1.0) else 0.0)
        place.append(DEEP if dims.get("kd", 1.0) > 1 else 0.0)
    return tuple(place)


def output_bytes(kernel: Kernel) -> float:
    """Return the size of a kernel's result from its dimensions; 0 where they do not tell."""
    names = {
        Family.GEMM: ("b", "m", "n"),
        Family.CONVOLUTION: ("batch", "c_out", "h_out", "w_out"),
        Family.ELEMENTWISE: ("rows", "cols"),
        Family.DATA_MOVEMENT: ("elements",),
    }.get(kernel.family)
    if names is None:
        return 0.0
    return kernel.number_format.size_bytes * math.prod(kernel.dims.get(n, 1.0) for n in names)


def _any(names: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return any(part in name for name in names for part in parts)


def _log2(value: float) -> float:
    return math.log2(value) if value > 1 else 0.0
