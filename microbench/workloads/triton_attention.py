"""Fused attention in Triton: the scores of a tile never leave the chip.

Imported only where a kernel is compiled or run: Triton wants its names at the top of a module.
Source of the recurrence: FlashAttention-2 (arXiv 2307.08691), algorithm 1.
"""

# ruff: noqa: N803 - constants of a tile are named as in the tuning spaces, in capitals

from __future__ import annotations

from collections.abc import Mapping

import torch
import triton
import triton.language as tl

from microbench.workloads.triton_gemm import precision

LOG2_E = 1.4426950408889634


@triton.jit  # type: ignore[untyped-decorator]
def attention(  # type: ignore[no-untyped-def]
    q_at, k_at, v_at, out_at, scale, seq, kv_len, share,
    DIM: tl.constexpr, BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr, CAUSAL: tl.constexpr,
    PRECISION: tl.constexpr,
):  # fmt: skip
    """softmax(Q K^T scale) V; Q is [heads, seq, DIM], K and V [heads / share, kv_len, DIM].

    ``scale`` holds the factor log2(e): exponents are of two. Causal: the last query sees all keys.
    """
    head = tl.program_id(1).to(tl.int64)
    rows = tl.program_id(0) * BLOCK_M + tl.arange(0, BLOCK_M)
    lanes, keys = tl.arange(0, DIM), tl.arange(0, BLOCK_N)
    q_at += head * seq * DIM + rows[:, None] * DIM + lanes[None, :]
    k_at += head // share * kv_len * DIM + keys[None, :] * DIM + lanes[:, None]
    v_at += head // share * kv_len * DIM + keys[:, None] * DIM + lanes[None, :]
    q = tl.load(q_at, mask=rows[:, None] < seq, other=0.0)
    most = tl.full((BLOCK_M,), -1e30, dtype=tl.float32)
    total = tl.zeros((BLOCK_M,), dtype=tl.float32)
    sums = tl.zeros((BLOCK_M, DIM), dtype=tl.float32)
    ahead = kv_len - seq
    last = kv_len
    if CAUSAL:
        last = min(kv_len, (tl.program_id(0) + 1) * BLOCK_M + ahead)
    for first in range(0, last, BLOCK_N):
        seen = first + keys
        k = tl.load(k_at, mask=seen[None, :] < kv_len, other=0.0)
        scores = tl.dot(q, k, input_precision=PRECISION) * scale
        visible = seen[None, :] < kv_len
        if CAUSAL:
            visible = visible & (rows[:, None] + ahead >= seen[None, :])
        scores = tl.where(visible, scores, -1e30)
        high = tl.maximum(most, tl.max(scores, 1))
        weights = tl.exp2(scores - high[:, None])
        shrink = tl.exp2(most - high)
        total = total * shrink + tl.sum(weights, 1)
        v = tl.load(v_at, mask=seen[:, None] < kv_len, other=0.0)
        sums = sums * shrink[:, None]
        sums = tl.dot(weights.to(v.dtype), v, sums, input_precision=PRECISION)
        most = high
        k_at += BLOCK_N * DIM
        v_at += BLOCK_N * DIM
    out_at += head * seq * DIM + rows[:, None] * DIM + lanes[None, :]
    made = sums / total[:, None]
    tl.store(out_at, made.to(out_at.dtype.element_ty), mask=rows[:, None] < seq)


def run(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, causal: bool, blocks: Mapping[str, int]
) -> torch.Tensor:
    """Return attention of ``q`` [heads, seq, dim] over ``k``, ``v`` [kv_heads, kv_len, dim].

    All contiguous; the head's size is a power of two of at least 16, as Triton's tiles are.
    """
    (heads, seq, dim), (kv_heads, kv_len, _) = q.shape, k.shape
    out = torch.empty_like(q)
    attention[(triton.cdiv(seq, blocks["BLOCK_M"]), heads)](
        q, k, v, out, dim**-0.5 * LOG2_E, seq, kv_len, heads // kv_heads,
        DIM=dim, BLOCK_M=blocks["BLOCK_M"], BLOCK_N=blocks["BLOCK_N"], CAUSAL=causal,
        PRECISION=precision(q.dtype),
        num_warps=blocks["num_warps"], num_stages=blocks["num_stages"],
    )  # fmt: skip
    return out
