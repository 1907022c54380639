"""RMS norm and the matrix product after it as one Triton kernel: rows are scaled at the end.

Imported only where a kernel is compiled or run: Triton wants its names at the top of a module.
"""

# ruff: noqa: N803 - constants of a tile are named as in the tuning spaces, in capitals

from __future__ import annotations

from collections.abc import Mapping

import torch
import triton
import triton.language as tl

from microbench.workloads.triton_gemm import precision


@triton.jit  # type: ignore[untyped-decorator]
def norm_gemm(  # type: ignore[no-untyped-def]
    a_at, gain_at, b_at, c_at, m, n, k, a_pitch, b_pitch, c_pitch, epsilon,
    BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr, BLOCK_K: tl.constexpr, PRECISION: tl.constexpr,
):  # fmt: skip
    """C = (A / rms of its rows * gain) B, row-major; squares are summed on the way.

    A is [m, k], gain [k], B [k, n], C [m, n].
    """
    rows = tl.program_id(0) * BLOCK_M + tl.arange(0, BLOCK_M)
    columns = tl.program_id(1) * BLOCK_N + tl.arange(0, BLOCK_N)
    depth = tl.arange(0, BLOCK_K)
    a_at += (rows % m)[:, None] * a_pitch + depth[None, :]
    b_at += depth[:, None] * b_pitch + (columns % n)[None, :]
    gain_at += depth
    sums = tl.zeros((BLOCK_M, BLOCK_N), dtype=tl.float32)
    squares = tl.zeros((BLOCK_M,), dtype=tl.float32)
    for step in range(tl.cdiv(k, BLOCK_K)):
        left = k - step * BLOCK_K
        a = tl.load(a_at, mask=depth[None, :] < left, other=0.0)
        b = tl.load(b_at, mask=depth[:, None] < left, other=0.0)
        gain = tl.load(gain_at, mask=depth < left, other=0.0)
        wide = a.to(tl.float32)
        squares += tl.sum(wide * wide, 1)
        scaled = (wide * gain.to(tl.float32)[None, :]).to(a.dtype)
        sums = tl.dot(scaled, b, sums, input_precision=PRECISION)
        a_at += BLOCK_K
        b_at += BLOCK_K * b_pitch
        gain_at += BLOCK_K
    made = sums * tl.rsqrt(squares / k + epsilon)[:, None]
    c_at += rows.to(tl.int64)[:, None] * c_pitch + columns[None, :]
    inside = (rows[:, None] < m) & (columns[None, :] < n)
    tl.store(c_at, made.to(c_at.dtype.element_ty), mask=inside)


def run(
    a: torch.Tensor, gain: torch.Tensor, b: torch.Tensor, epsilon: float, blocks: Mapping[str, int]
) -> torch.Tensor:
    """Return the product of the normed rows of ``a`` [m, k] and ``b`` [k, n], in ``a``'s format."""
    (m, k), n = a.shape, b.shape[1]
    c = torch.empty((m, n), dtype=a.dtype, device=a.device)
    norm_gemm[(triton.cdiv(m, blocks["BLOCK_M"]), triton.cdiv(n, blocks["BLOCK_N"]))](
        a, gain, b, c, m, n, k, a.stride(0), b.stride(0), n, epsilon,
        BLOCK_M=blocks["BLOCK_M"], BLOCK_N=blocks["BLOCK_N"], BLOCK_K=blocks["BLOCK_K"],
        PRECISION=precision(a.dtype), num_warps=blocks["num_warps"],
        num_stages=blocks["num_stages"],
    )  # fmt: skip
    return c
