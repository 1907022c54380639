"""Tiled matrix product in Triton; names of the tile are those of the ready-made tuning space.

Imported only where a kernel is compiled or run: Triton wants its names at the top of a module.
"""

# ruff: noqa: N803 - constants of a tile are named as in the tuning spaces, in capitals

from __future__ import annotations

from collections.abc import Mapping

import torch
import triton
import triton.language as tl


@triton.jit  # type: ignore[untyped-decorator]
def gemm(  # type: ignore[no-untyped-def]
    a_at, b_at, c_at, m, n, k, a_pitch, b_pitch, c_pitch,
    BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr, BLOCK_K: tl.constexpr,
    GROUP_M: tl.constexpr, SPLIT_K: tl.constexpr, PRECISION: tl.constexpr,
):  # fmt: skip
    """C[m, n] = A[m, k] B[k, n], row-major; with SPLIT_K parts, C is [SPLIT_K, m, n] partial sums.

    GROUP_M rows of tiles go column by column, so that tiles in flight share operands in L2.
    """
    place, part = tl.program_id(0), tl.program_id(1)
    tiles_m, tiles_n = tl.cdiv(m, BLOCK_M), tl.cdiv(n, BLOCK_N)
    group = place // (GROUP_M * tiles_n) * GROUP_M
    height = min(tiles_m - group, GROUP_M)
    tile_m = group + place % (GROUP_M * tiles_n) % height
    tile_n = place % (GROUP_M * tiles_n) // height
    rows = tile_m * BLOCK_M + tl.arange(0, BLOCK_M)
    columns = tile_n * BLOCK_N + tl.arange(0, BLOCK_N)
    depth = part * BLOCK_K + tl.arange(0, BLOCK_K)
    a_at += (rows % m)[:, None] * a_pitch + depth[None, :]
    b_at += depth[:, None] * b_pitch + (columns % n)[None, :]
    sums = tl.zeros((BLOCK_M, BLOCK_N), dtype=tl.float32)
    for step in range(tl.cdiv(k, BLOCK_K * SPLIT_K)):
        left = k - step * BLOCK_K * SPLIT_K
        a = tl.load(a_at, mask=depth[None, :] < left, other=0.0)
        b = tl.load(b_at, mask=depth[:, None] < left, other=0.0)
        sums = tl.dot(a, b, sums, input_precision=PRECISION)
        a_at += BLOCK_K * SPLIT_K
        b_at += BLOCK_K * SPLIT_K * b_pitch
    c_at += part.to(tl.int64) * m * n + rows[:, None] * c_pitch + columns[None, :]
    inside = (rows[:, None] < m) & (columns[None, :] < n)
    tl.store(c_at, sums.to(c_at.dtype.element_ty), mask=inside)


def run(a: torch.Tensor, b: torch.Tensor, blocks: Mapping[str, int]) -> torch.Tensor:
    """Return the product of row-major ``a`` [m, k] and ``b`` [k, n] in the format of ``a``."""
    (m, k), n, split = a.shape, b.shape[1], blocks.get("SPLIT_K", 1)
    kept = a.dtype if split == 1 else torch.float32
    c = torch.empty((split, m, n), dtype=kept, device=a.device)
    grid = (triton.cdiv(m, blocks["BLOCK_M"]) * triton.cdiv(n, blocks["BLOCK_N"]), split)
    gemm[grid](
        a, b, c, m, n, k, a.stride(0), b.stride(0), n,
        BLOCK_M=blocks["BLOCK_M"], BLOCK_N=blocks["BLOCK_N"], BLOCK_K=blocks["BLOCK_K"],
        GROUP_M=blocks.get("GROUP_M", 1), SPLIT_K=split, PRECISION=precision(a.dtype),
        num_warps=blocks["num_warps"], num_stages=blocks["num_stages"],
    )  # fmt: skip
    return c[0] if split == 1 else c.sum(0).to(a.dtype)


def precision(dtype: torch.dtype) -> str:
    """Return how fp32 operands are multiplied: exactly; others ignore the setting."""
    return "ieee" if dtype is torch.float32 else "tf32"
