"""What XLA-CPU and IREE-CPU make of a processor's library rates: a call's cost and a slowdown.

A processor's run times torch's library calls. Compilers for CPU pay for a call of the module and
generate loops that are slower than those libraries by a factor that was measured on whole modules
(``benchmarks/cpu_modules.py``, which writes ``fitted/cpu_stacks.json`` with its provenance). Where
a compiler has an algorithm of its own, which no library time tells of, its rate was measured on
modules made for it: sorts, depthwise convolutions, the launches of a loop's body. The interval is
split-conformal over modules whose program family the factor was not fitted on.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from costmodel.kernel import Family, Kernel, Prediction

FITTED = Path(__file__).resolve().parents[1] / "fitted" / "cpu_stacks.json"

COMPILERS = frozenset({"xla", "iree"})


class Unit(StrEnum):
    """What a compiler's own algorithm takes its time for."""

    SORT_COMPARISON = "sort comparison"  # N log2 N of them a row: XLA's sort
    SORT_PAIR = "sort pair"  # N^2 a row: IREE's sort compares every two neighbours N times over
    TOP_K_COMPARISON = "top_k comparison"  # N (1 + log2 k) a row
    TOP_K_INSERTION = "top_k insertion"  # N k a row: IREE keeps the k largest in order
    TOP_1_ELEMENT = "top_1 element"  # the largest alone is a reduction
    DEPTHWISE_FLOP = "depthwise flop"  # XLA multiplies matrices of one channel
    LOOP_LAUNCH = "loop launch"  # a kernel in a loop: its condition is looked at on the host


def amount(unit: Unit, kernel: Kernel) -> float:
    """Return how many units one execution of a kernel takes; 0 where the algorithm is not its."""
    if unit is Unit.LOOP_LAUNCH:
        return float(kernel.count > 1)
    dims = kernel.dims
    if unit is Unit.DEPTHWISE_FLOP:
        groups = dims.get("groups", 1.0) if kernel.family is Family.CONVOLUTION else 1.0
        return kernel.work_flop if groups > 1 and groups >= dims.get("c_in", 1.0) else 0.0
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
    """A compiler on CPU against the library calls the predictions rest on."""

    call_s: float
    """Seconds of a call of a module with next to no work, its Python binding included."""
    slowdown: float
    """Time beyond the call over the sum of predicted library times beyond their overheads."""
    spread: float
    """Half-width of the 90% interval of a module, in logs."""
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


@functools.cache
def fitted() -> dict[str, CpuStack]:
    """Return the stacks that were measured, by name."""
    rows = json.loads(FITTED.read_text(encoding="utf-8"))["stacks"]
    return {
        name: CpuStack(
            row["call_s"],
            row["slowdown"],
            row["spread"],
            {Unit(unit): seconds for unit, seconds in row["seconds_per"].items()},
        )
        for name, row in rows.items()
    }


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
        own_s = stack.slowdown * max(p.latency_s - overhead_s, 0.0)
    latency_s = launch_s + own_s
    spread = max(stack.spread, math.log(p.high_s / p.latency_s))
    return replace(
        p,
        stack=name,
        latency_s=latency_s,
        low_s=latency_s * math.exp(-spread),
        high_s=latency_s * math.exp(spread),
        parts_s={**p.parts_s, "launch": launch_s},
    )
