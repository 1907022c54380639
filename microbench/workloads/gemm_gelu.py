"""Z01: a product with bias and GELU; ``x`` is (m, k), ``w`` (k, n), ``b`` (n)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TILE_ROWS = 128
"""Rows whose output (128 x 4 n bytes) takes half of a 1 MiB second-level cache at n = 1024."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    m, n, k = shape["m"], shape["n"], shape["k"]
    return random(m, k), random(k, n) / k**0.5, random(n)


def _unfused(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, w, b = operands
    return torch.nn.functional.gelu(x @ w + b)


def _fused(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Finish a tile of rows, bias and GELU included, while it is in cache."""
    import torch

    x, w, b = operands
    out = x.new_empty(x.shape[0], w.shape[1])
    for first in range(0, x.shape[0], TILE_ROWS):
        tile = out[first : first + TILE_ROWS]
        torch.addmm(b, x[first : first + TILE_ROWS], w, out=tile)
        torch.ops.aten.gelu_(tile)
    return out


def flop(shape: Shape) -> float:
    """2 m n k, the bias, and 8 for GELU: 10 m n beside the product."""
    m, n, k = shape["m"], shape["n"], shape["k"]
    return 2.0 * m * n * k + 10.0 * m * n


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Both factors, the bias and the output once."""
    m, n, k = shape["m"], shape["n"], shape["k"]
    return element_bytes * (m * k + k * n + n + m * n)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """2 m n for each of the two separate elementwise operators."""
    return 4.0 * element_bytes * shape["m"] * shape["n"]


WORKLOAD = Workload(
    key="Z01",
    name="gemm-bias-gelu",
    question="What does finishing a product's bias and GELU in cache save?",
    papers="peak and bandwidth anchor: feed-forward layer with a narrow input",
    baseline="torch eager: matmul, add and GELU as three operators",
    claimed="none on speed",
    preset={"m": 2048, "n": 1024, "k": 64},
    sizes=({"m": 3, "n": 5, "k": 7}, {"m": 65, "n": 32, "k": 64}, {"m": 200, "n": 96, "k": 128}),
    operands=_operands,
    variants={REFERENCE: _unfused, UNFUSED: _unfused, FUSED: _fused},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
