"""Convolution in Triton as a product with patches gathered on the way (implicit GEMM).

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
def convolution(  # type: ignore[no-untyped-def]
    image_at, filter_at, out_at, pixels, c_in, c_out, h_in, w_in, h_out, w_out, stride, padding,
    KH: tl.constexpr, KW: tl.constexpr, BLOCK_M: tl.constexpr, BLOCK_N: tl.constexpr,
    BLOCK_K: tl.constexpr, GROUP_M: tl.constexpr, PRECISION: tl.constexpr,
):  # fmt: skip
    """Images are [batch, h, w, c_in], filters [KH, KW, c_in, c_out], the result [pixels, c_out].

    A row of the product is a pixel of the result, its depth the taps times the input channels.
    """
    place = tl.program_id(0)
    tiles_m, tiles_n = tl.cdiv(pixels, BLOCK_M), tl.cdiv(c_out, BLOCK_N)
    group = place // (GROUP_M * tiles_n) * GROUP_M
    height = min(tiles_m - group, GROUP_M)
    rows = (group + place % (GROUP_M * tiles_n) % height) * BLOCK_M + tl.arange(0, BLOCK_M)
    columns = place % (GROUP_M * tiles_n) // height * BLOCK_N + tl.arange(0, BLOCK_N)
    image = rows // (h_out * w_out)
    y0 = rows // w_out % h_out * stride - padding
    x0 = rows % w_out * stride - padding
    channels = tl.arange(0, BLOCK_K)
    sums = tl.zeros((BLOCK_M, BLOCK_N), dtype=tl.float32)
    blocks = tl.cdiv(c_in, BLOCK_K)
    for step in range(KH * KW * blocks):
        tap = step // blocks
        channel = step % blocks * BLOCK_K + channels
        y, x = y0 + tap // KW, x0 + tap % KW
        inside = (y >= 0) & (y < h_in) & (x >= 0) & (x < w_in) & (rows < pixels)
        pixel = (image * h_in + y) * w_in + x
        a = tl.load(
            image_at + pixel[:, None] * c_in + channel[None, :],
            mask=inside[:, None] & (channel[None, :] < c_in),
            other=0.0,
        )
        b = tl.load(
            filter_at + (tap * c_in + channel[:, None]) * c_out + columns[None, :],
            mask=(channel[:, None] < c_in) & (columns[None, :] < c_out),
            other=0.0,
        )
        sums = tl.dot(a, b, sums, input_precision=PRECISION)
    out_at += rows[:, None] * c_out + columns[None, :]
    wanted = (rows[:, None] < pixels) & (columns[None, :] < c_out)
    tl.store(out_at, sums.to(out_at.dtype.element_ty), mask=wanted)


def run(
    image: torch.Tensor,
    weights: torch.Tensor,
    stride: int,
    padding: int,
    blocks: Mapping[str, int],
) -> torch.Tensor:
    """Return the convolution of ``image`` [n, h, w, c_in] with ``weights`` [kh, kw, c_in, c_out].

    Both contiguous; the result is [n, h_out, w_out, c_out].
    """
    (n, h_in, w_in, c_in), (kh, kw, _, c_out) = image.shape, weights.shape
    h_out, w_out = ((s + 2 * padding - w) // stride + 1 for s, w in ((h_in, kh), (w_in, kw)))
    out = torch.empty((n, h_out, w_out, c_out), dtype=image.dtype, device=image.device)
    pixels = n * h_out * w_out
    grid = (triton.cdiv(pixels, blocks["BLOCK_M"]) * triton.cdiv(c_out, blocks["BLOCK_N"]),)
    convolution[grid](
        image, weights, out, pixels, c_in, c_out, h_in, w_in, h_out, w_out, stride, padding,
        KH=kh, KW=kw, BLOCK_M=blocks["BLOCK_M"], BLOCK_N=blocks["BLOCK_N"],
        BLOCK_K=blocks["BLOCK_K"], GROUP_M=blocks.get("GROUP_M", 1),
        PRECISION=precision(image.dtype),
        num_warps=blocks["num_warps"], num_stages=blocks["num_stages"],
    )  # fmt: skip
    return out
