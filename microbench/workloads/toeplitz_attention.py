"""Z09: kernelised attention with relative positions, quadratic or by FFT of its Toeplitz matrix.

``b`` sequences of ``n`` steps and ``d`` features. Weights are exp(bias[j - i]) phi(q_i) . phi(k_j)
with phi = elu + 1: for fixed features a Toeplitz product, which a 2n-point FFT computes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.workloads.workload import (
    FUSED,
    REFERENCE,
    TOLERANCE,
    UNFUSED,
    Shape,
    Workload,
    widened,
)

if TYPE_CHECKING:
    import torch

SPREAD = 0.1
"""Strength of the relative bias: weights stay within a factor of two."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, n, d = shape["b"], shape["n"], shape["d"]
    return random(b, n, d), random(b, n, d), random(b, n, d), SPREAD * random(2 * n - 1)


def _features(x: torch.Tensor) -> torch.Tensor:
    import torch

    return torch.nn.functional.elu(x) + 1


def _quadratic(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    q, k, v, bias = operands
    n = q.shape[1]
    lag = torch.arange(n)[None, :] - torch.arange(n)[:, None] + n - 1
    weights = (_features(q) @ _features(k).transpose(1, 2)) * bias.exp()[lag]
    return (weights @ v) / weights.sum(-1, keepdim=True)


def _by_fft(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Convolve every product of a key feature and a value with exp(bias), then weigh by queries."""
    import torch

    q, k, v, bias = operands
    n = q.shape[1]
    ones = torch.ones_like(v[..., :1])
    pairs = torch.einsum("bnd,bnf->bdfn", _features(k), torch.cat([v, ones], -1))
    column = torch.cat(
        [bias.exp().flip(0)[n - 1 :], bias.new_zeros(1), bias.exp().flip(0)[: n - 1]]
    )
    spectrum = torch.fft.rfft(pairs, 2 * n) * torch.fft.rfft(column)
    mixed = torch.fft.irfft(spectrum, 2 * n)[..., :n]
    out = torch.einsum("bnd,bdfn->bnf", _features(q), mixed)
    return out[..., :-1] / out[..., -1:]


def flop(shape: Shape) -> float:
    """2 transforms of 2n points for each of d (d + 1) products, and 4 d (d + 1) a step."""
    import math

    b, n, d = shape["b"], shape["n"], shape["d"]
    pairs = d * (d + 1.0)
    return b * (2 * pairs * 5 * 2 * n * math.log2(2 * n) + 4 * n * pairs + 6 * pairs * n)


def unfused_flop(shape: Shape) -> float:
    """2 n^2 (2 d) for the products; scaling and normalising 3 n^2."""
    b, n, d = shape["b"], shape["n"], shape["d"]
    return b * (4.0 * n * n * d + 3.0 * n * n)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count 4 n d a sequence, and the bias."""
    b, n, d = shape["b"], shape["n"], shape["d"]
    return element_bytes * (4.0 * b * n * d + 2 * n - 1)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count 4 n^2 a sequence: weights written, scaled (read and written), read again."""
    return 4.0 * element_bytes * shape["b"] * shape["n"] ** 2


def crossing_length(d: int) -> int:
    """Return the shortest power of two at which the FFT way does less arithmetic."""
    n = 2
    while flop({"b": 1, "n": n, "d": d}) > unfused_flop({"b": 1, "n": n, "d": d}):
        n *= 2
    return n


WORKLOAD = Workload(
    key="Z09",
    name="toeplitz-attention",
    question="From what length on does an FFT beat quadratic attention with relative positions?",
    papers="Luo et al., Kernelized Attention with Relative Positional Encoding (NeurIPS 2021)",
    baseline="torch eager: quadratic weights written to memory",
    claimed="O(n log n), faster for long sequences; no number in the abstract",
    preset={"b": 1, "n": 1024, "d": 8},
    sizes=({"b": 1, "n": 4, "d": 2}, {"b": 2, "n": 33, "d": 4}, {"b": 1, "n": 128, "d": 8}),
    operands=_operands,
    variants=widened({REFERENCE: _quadratic, UNFUSED: _quadratic, FUSED: _by_fft}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
    tolerance={**TOLERANCE, NumberFormat.FP32: 1e-4},
)
