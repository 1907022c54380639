"""One chain as one Triton kernel: what a hand-fused kernel gains over the library's parts.

Imported only where the fused variant runs: Triton wants its names at the top of a module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import triton
import triton.language as tl

BLOCK = 1024


def _kernel(x_at, y_at, z_at, out_at, count, size: tl.constexpr):  # type: ignore[no-untyped-def]
    place = tl.program_id(0) * size + tl.arange(0, size)
    inside = place < count
    value = tl.load(x_at + place, inside) * tl.load(y_at + place, inside)
    value += tl.load(z_at + place, inside)
    tl.store(out_at + place, value / (1 + tl.exp(-value)), inside)


_compiled = triton.jit(_kernel)


def silu_mul_add(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor) -> Callable[[], Any]:
    """Return ``silu(x * y + z)`` as one kernel that reads each operand once."""
    out = torch.empty_like(x)
    grid = (-(-x.numel() // BLOCK),)

    def call() -> torch.Tensor:
        _compiled[grid](x, y, z, out, x.numel(), size=BLOCK)
        return out

    return call
