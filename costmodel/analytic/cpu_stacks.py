"""What XLA-CPU and IREE-CPU make of a processor's rates: their own kernels, loops and calls.

A processor's run times torch's library calls and memory. Compilers for CPU pay for a call of the
module and for every kernel, run products, convolutions and transforms by code of their own, and
write loops for the rest. What these take was measured on modules of one kernel each, under the
compilers themselves (``benchmarks/cpu_modules.py``, which writes ``fitted/cpu_stacks.json`` with
its provenance): a factor over the library's time for the first, seconds of an element beyond its
traffic for loops, seconds of a function's evaluation (``exp``, ``cos``) for both, and units of
algorithms that no library time tells of: sorts, depthwise convolutions, the launches of a loop's
body. A last factor and the interval come from whole modules; the interval is split-conformal over
modules whose program family the factor was not fitted on.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from costmodel.analytic.cpu_features import op_class
from costmodel.kernel import Family, Kernel, Prediction

FITTED = Path(__file__).resolve().parents[1] / "fitted" / "cpu_stacks.json"

COMPILERS = frozenset({"xla", "iree"})
FEW_CHANNELS_IN, FEW_CHANNELS_OUT = 8, 16
"""Below these a convolution fills no vector: its code runs several times slower."""


COLD_S = 1e-3
"""Length of a kernel at which half of ``CpuStack.scale`` is left: what arrives cold is in the
caches within a small part of it. Set by eye."""


class Unit(StrEnum):
    """What a compiler's own algorithm takes its time for."""

    SORT_COMPARISON = "sort comparison"  # N log2 N of them a row: XLA's sort
    SORT_PAIR = "sort pair"  # N^2 a row: IREE's sort compares every two neighbours N times over
    TOP_K_COMPARISON = "top_k comparison"  # N (1 + log2 k) a row
    TOP_K_INSERTION = "top_k insertion"  # N k a row: IREE keeps the k largest in order
    TOP_1_ELEMENT = "top_1 element"  # the largest alone is a reduction
    DEPTHWISE_ELEMENT = "depthwise element"  # XLA takes as long for 49 taps as for 9
    LOOP_LAUNCH = "loop launch"  # a kernel in a loop: its condition is looked at on the host


class Code(StrEnum):
    """Kinds of code a compiler makes, each with a rate of its own."""

    PRODUCT = "product"
    CONVOLUTION = "convolution"
    THIN_CONVOLUTION = "thin convolution"
    GROUPED_CONVOLUTION = "grouped convolution"
    DEPTHWISE_CONVOLUTION = "depthwise convolution"
    FFT = "fft"
    POINTWISE = "pointwise"
    REDUCTION = "reduction"
    SOFTMAX = "softmax"
    WINDOW = "window"  # pooling, running sums
    TRANSPOSE = "transpose"
    MOVEMENT = "movement"


CALLS = frozenset(
    {
        *(Code.PRODUCT, Code.CONVOLUTION, Code.THIN_CONVOLUTION, Code.GROUPED_CONVOLUTION),
        *(Code.DEPTHWISE_CONVOLUTION, Code.FFT),
    }
)
"""Code whose rate is a factor over the library's time; the rest are loops over elements."""


def code_of(kernel: Kernel) -> Code | None:
    """Return the kind of code of a kernel; ``None`` where no rate was measured for it."""
    family, dims = kernel.family, kernel.dims
    if family is Family.CONVOLUTION:
        groups, c_in = dims.get("groups", 1.0), dims.get("c_in", 1.0)
        if groups > 1:
            return Code.DEPTHWISE_CONVOLUTION if groups >= c_in else Code.GROUPED_CONVOLUTION
        thin = c_in < FEW_CHANNELS_IN or dims.get("c_out", 1.0) < FEW_CHANNELS_OUT
        return Code.THIN_CONVOLUTION if thin else Code.CONVOLUTION
    if family is Family.DATA_MOVEMENT:
        return Code.TRANSPOSE if op_class(kernel) == "transpose" else Code.MOVEMENT
    if family is Family.ROWWISE:
        return {"pool": Code.WINDOW, "softmax": Code.SOFTMAX}.get(kernel.op, Code.REDUCTION)
    return {
        Family.GEMM: Code.PRODUCT,
        Family.FFT: Code.FFT,
        Family.ELEMENTWISE: Code.POINTWISE,
    }.get(family)


def steps(kernel: Kernel) -> float:
    """Return the elements a loop goes over; of a window, every element of every one.

    At least what its traffic says: two arrays of a movement, three of pointwise work.
    """
    moved = kernel.bytes_moved / kernel.number_format.size_bytes
    if kernel.family is Family.DATA_MOVEMENT:
        return moved / 2
    stated = kernel.dims.get("rows", 1.0) * kernel.dims.get("cols", 1.0)
    return max(stated, moved / 3) if kernel.family is Family.ELEMENTWISE else stated


def amount(unit: Unit, kernel: Kernel) -> float:
    """Return how many units one execution of a kernel takes; 0 where the algorithm is not its."""
    if unit is Unit.LOOP_LAUNCH:
        return float(kernel.count > 1)
    dims = kernel.dims
    if unit is Unit.DEPTHWISE_ELEMENT:
        made = math.prod(dims.get(name, 1.0) for name in ("batch", "c_out", "h_out", "w_out"))
        return made if code_of(kernel) is Code.DEPTHWISE_CONVOLUTION else 0.0
    if kernel.family is not Family.SORT:
        return 0.0
    cols = dims.get("cols", 1.0)
    elements = dims.get("rows", 1.0) * cols
    kind = kernel.op
    if kind == "top_k" and kernel.work_flop <= elements:
        kind = "top_1"
    if not unit.value.startswith(f"{kind} "):
        return 0.0
    if unit is Unit.SORT_PAIR:
        return elements * cols
    if unit is Unit.TOP_K_INSERTION:
        return float(elements * 2 ** (kernel.work_flop / elements - 1))
    return kernel.work_flop


@dataclass(frozen=True, slots=True)
class CpuStack:
    """A compiler on CPU against the rates of memory and library that the predictions rest on."""

    call_s: float
    """Seconds of a call of a module with next to no work, its Python binding included."""
    spread: float
    """Half-width of the 90% interval of a module, in logs."""
    scale: float = 1.0
    """What short kernels take in a module over what they take alone: their operands arrive cold,
    their code too. Fitted last; fades for kernels of ``COLD_S`` and more."""
    launch_s: Mapping[Code, float] = field(default_factory=dict)
    """Seconds of a kernel without work, outside loops."""
    slowdown: Mapping[Code, float] = field(default_factory=dict)
    """Factor over the library's time, for ``CALLS``."""
    seconds_per_element: Mapping[Code, float] = field(default_factory=dict)
    """Seconds a step beyond the kernel's traffic, for loops."""
    seconds_per_evaluation: Mapping[str, float] = field(default_factory=dict)
    """Seconds of a function at one element, beyond those."""
    seconds_per: Mapping[Unit, float] = field(default_factory=dict)
    """Seconds of a unit of the compiler's own algorithms."""

    def loop_s(self, kernel: Kernel) -> float:
        """Return what one launch costs more in a loop than in a straight line, in seconds."""
        return self.seconds_per.get(Unit.LOOP_LAUNCH, 0.0) * amount(Unit.LOOP_LAUNCH, kernel)

    def own_s(self, kernel: Kernel) -> float | None:
        """Return seconds of one execution by the compiler's own algorithm; ``None`` without one."""
        for unit, seconds in self.seconds_per.items():
            units = amount(unit, kernel) if unit is not Unit.LOOP_LAUNCH else 0.0
            if units:
                return seconds * units
        return None

    def kernel_s(self, kernel: Kernel, library_s: float, memory_s: float) -> float:
        """Return seconds of one execution from a library call's time and the traffic's alone.

        ``library_s`` is without the library's overhead. Of a kernel by itself: see ``in_module_s``.
        """
        code = code_of(kernel)
        if code is None:
            return library_s
        body_s = self.launch_s.get(code, 0.0) if kernel.count == 1 else 0.0
        if code in CALLS:
            body_s += self.slowdown.get(code, 1.0) * library_s
        else:
            body_s += memory_s + self.seconds_per_element.get(code, 0.0) * steps(kernel)
        per = self.seconds_per_evaluation
        return body_s + sum(per.get(name, 0.0) * n for name, n in kernel.evaluations.items())

    def in_module_s(self, alone_s: float) -> float:
        """Return what a kernel takes inside a module."""
        return alone_s + (self.scale - 1.0) * cold_s(alone_s)


def cold_s(alone_s: float) -> float:
    """Return the part of a kernel's time to which ``CpuStack.scale`` applies, in seconds."""
    return alone_s / (1.0 + alone_s / COLD_S)


@functools.cache
def fitted() -> dict[str, CpuStack]:
    """Return the stacks that were measured, by name."""
    rows = json.loads(FITTED.read_text(encoding="utf-8"))["stacks"]
    return {name: from_json(row) for name, row in rows.items()}


def from_json(row: Mapping[str, Any]) -> CpuStack:
    """Read a stack from its row of ``cpu_stacks.json``."""
    by_code = {
        name: {Code(code): value for code, value in row[name].items()}
        for name in ("launch_s", "slowdown", "seconds_per_element")
    }
    return CpuStack(
        row["call_s"],
        row["spread"],
        row["scale"],
        **by_code,
        seconds_per_evaluation=row["seconds_per_evaluation"],
        seconds_per={Unit(unit): seconds for unit, seconds in row["seconds_per"].items()},
    )


def on_stack(predictions: Sequence[Prediction], name: str, overhead_s: float) -> list[Prediction]:
    """Turn predictions of library calls into a compiler's; all kernels share the call's cost.

    A stack that is no compiler measured on CPU leaves them as they are.
    """
    stack = fitted().get(name) if name in COMPILERS else None
    launches = sum(prediction.kernel.count for prediction in predictions)
    if stack is None or not launches:
        return list(predictions)
    return [_one(p, name, stack, overhead_s, stack.call_s / launches) for p in predictions]


def _one(
    p: Prediction, name: str, stack: CpuStack, overhead_s: float, launch_s: float
) -> Prediction:
    launch_s += stack.loop_s(p.kernel)
    own_s = stack.own_s(p.kernel)
    if own_s is None:
        library_s = max(p.latency_s - overhead_s, 0.0)
        own_s = stack.in_module_s(stack.kernel_s(p.kernel, library_s, p.parts_s["memory"]))
    latency_s = launch_s + own_s
    spread = stack.spread
    if code_of(p.kernel) in {*CALLS, None}:  # else nothing of the library's time is in it
        spread = max(spread, math.log(p.high_s / p.latency_s))
    return replace(
        p,
        stack=name,
        latency_s=latency_s,
        low_s=latency_s * math.exp(-spread),
        high_s=latency_s * math.exp(spread),
        parts_s={**p.parts_s, "launch": launch_s},
    )
