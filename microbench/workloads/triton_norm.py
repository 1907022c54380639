"""Layer norm in Triton: ROWS rows a program, BLOCK columns at once.

Imported only where a kernel is compiled or run: Triton wants its names at the top of a module.
"""

# ruff: noqa: N803 - constants of a tile are named as in the tuning spaces, in capitals

from __future__ import annotations

from collections.abc import Mapping

import torch
import triton
import triton.language as tl


@triton.jit  # type: ignore[untyped-decorator]
def layer_norm(  # type: ignore[no-untyped-def]
    in_at, gain_at, shift_at, out_at, rows, columns, epsilon,
    ROWS: tl.constexpr, BLOCK: tl.constexpr, WHOLE: tl.constexpr,
):  # fmt: skip
    """(x - mean) / sqrt(variance + epsilon) * gain + shift of each row.

    WHOLE: a row fits in BLOCK columns, stays in registers and is read once; else read twice.
    """
    row = tl.program_id(0) * ROWS + tl.arange(0, ROWS)[:, None]
    lane = tl.arange(0, BLOCK)[None, :]
    start = row.to(tl.int64) * columns
    if WHOLE:
        inside = (row < rows) & (lane < columns)
        x = tl.load(in_at + start + lane, mask=inside, other=0.0).to(tl.float32)
        mean = tl.sum(x, 1)[:, None] / columns
        centred = tl.where(inside, x - mean, 0.0)
        scale = tl.rsqrt(tl.sum(centred * centred, 1)[:, None] / columns + epsilon)
        gain = tl.load(gain_at + lane, mask=lane < columns, other=0.0).to(tl.float32)
        shift = tl.load(shift_at + lane, mask=lane < columns, other=0.0).to(tl.float32)
        made = centred * scale * gain + shift
        tl.store(out_at + start + lane, made.to(out_at.dtype.element_ty), mask=inside)
    else:
        first_row = tl.load(in_at + start, mask=row < rows, other=0.0).to(tl.float32)
        sums = tl.zeros((ROWS, BLOCK), dtype=tl.float32)
        squares = tl.zeros((ROWS, BLOCK), dtype=tl.float32)
        for first in range(0, columns, BLOCK):
            inside = (row < rows) & (first + lane < columns)
            x = tl.load(in_at + start + first + lane, mask=inside, other=0.0).to(tl.float32)
            moved = tl.where(inside, x - first_row, 0.0)
            sums += moved
            squares += moved * moved
        offset = tl.sum(sums, 1)[:, None] / columns
        spread = tl.sum(squares, 1)[:, None] / columns - offset * offset
        mean = first_row + offset
        scale = tl.rsqrt(spread + epsilon)
        for first in range(0, columns, BLOCK):
            inside = (row < rows) & (first + lane < columns)
            x = tl.load(in_at + start + first + lane, mask=inside, other=0.0).to(tl.float32)
            gain = tl.load(gain_at + first + lane, mask=first + lane < columns, other=0.0)
            shift = tl.load(shift_at + first + lane, mask=first + lane < columns, other=0.0)
            made = (x - mean) * scale * gain.to(tl.float32) + shift.to(tl.float32)
            tl.store(out_at + start + first + lane, made.to(out_at.dtype.element_ty), mask=inside)


def run(
    x: torch.Tensor,
    gain: torch.Tensor,
    shift: torch.Tensor,
    epsilon: float,
    blocks: Mapping[str, int],
) -> torch.Tensor:
    """Return the layer norm of contiguous ``x`` [rows, columns]."""
    rows, columns = x.shape
    out = torch.empty_like(x)
    layer_norm[(triton.cdiv(rows, blocks["ROWS"]),)](
        x, gain, shift, out, rows, columns, epsilon,
        ROWS=blocks["ROWS"], BLOCK=blocks["BLOCK"], WHOLE=columns <= blocks["BLOCK"],
        num_warps=blocks["num_warps"],
    )  # fmt: skip
    return out
