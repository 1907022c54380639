"""What XLA-CPU and IREE-CPU make of a processor's library rates: a call's cost and a slowdown.

A processor's run times torch's library calls. Compilers for CPU pay for a call of the module and
generate loops that are slower than those libraries by a factor that was measured on whole modules
(``benchmarks/cpu_modules.py``, which writes ``fitted/cpu_stacks.json`` with its provenance). The
interval is split-conformal over modules whose program family the factor was not fitted on.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from costmodel.kernel import Prediction

FITTED = Path(__file__).resolve().parents[1] / "fitted" / "cpu_stacks.json"

COMPILERS = frozenset({"xla", "iree"})


@dataclass(frozen=True, slots=True)
class CpuStack:
    """A compiler on CPU against the library calls the predictions rest on."""

    call_s: float
    """Seconds of a call of a module with next to no work, its Python binding included."""
    slowdown: float
    """Time beyond the call over the sum of predicted library times beyond their overheads."""
    spread: float
    """Half-width of the 90% interval of a module, in logs."""


@functools.cache
def fitted() -> dict[str, CpuStack]:
    """Return the stacks that were measured, by name."""
    rows = json.loads(FITTED.read_text(encoding="utf-8"))["stacks"]
    return {
        name: CpuStack(row["call_s"], row["slowdown"], row["spread"]) for name, row in rows.items()
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
    latency_s = launch_s + stack.slowdown * max(p.latency_s - overhead_s, 0.0)
    spread = max(stack.spread, math.log(p.high_s / p.latency_s))
    return replace(
        p,
        stack=name,
        latency_s=latency_s,
        low_s=latency_s * math.exp(-spread),
        high_s=latency_s * math.exp(spread),
        parts_s={**p.parts_s, "launch": launch_s},
    )
