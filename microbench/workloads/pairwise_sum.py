"""Z26: sums of a Gaussian kernel over all pairs, with or without writing the pairs out.

``n`` queries and ``m`` points of ``d`` features: s_i = sum_j exp(-|x_i - y_j|^2 / 2). Norms ride in
two extra columns, so that one product gives every exponent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

ROWS = 64
"""Queries a tile: 64 x 2048 fp32 exponents take 524 kB, in the second-level cache."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    scale = shape["d"] ** 0.5
    return random(shape["n"], shape["d"]) / scale, random(shape["m"], shape["d"]) / scale


def _columns(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return both sides with the halved norms appended, so that their product is the exponent."""
    import torch

    halves = [t.square().sum(1, keepdim=True) / -2 for t in (x, y)]
    left = torch.cat([x, halves[0], torch.ones_like(halves[0])], 1)
    return left, torch.cat([y, torch.ones_like(halves[1]), halves[1]], 1).t()


def _materialised(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    left, right = _columns(*operands)
    return (left @ right).exp_().sum(1)


def _by_distance(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Take differences first: no cancellation between norms, n m d elements of memory."""
    x, y = operands
    return (x[:, None] - y).square().sum(2).div(-2).exp().sum(1)


def _tiled(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    left, right = _columns(*operands)
    out = left.new_empty(len(left))
    buffer = left.new_empty(ROWS, right.shape[1])
    for first in range(0, len(left), ROWS):
        rows = left[first : first + ROWS]
        tile = torch.matmul(rows, right, out=buffer[: len(rows)])
        torch.sum(tile.exp_(), 1, out=out[first : first + ROWS])
    return out


def flop(shape: Shape) -> float:
    """2 n m (d + 2) for the exponents, an exp (1) and a sum (1) a pair; 2 d a norm."""
    n, m, d = shape["n"], shape["m"], shape["d"]
    return 2.0 * n * m * (d + 2) + 2.0 * n * m + 2.0 * (n + m) * d


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count e (n + m) d and n sums."""
    n, m, d = shape["n"], shape["m"], shape["d"]
    return element_bytes * ((n + m) * d + n)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the pairs written, read and written by exp, read by the sum: 4 n m."""
    return 4.0 * element_bytes * shape["n"] * shape["m"]


def peak_elements(shape: Shape, tiled: bool) -> int:
    """Return elements beside the operands alive at once: n m, or one tile and n sums."""
    rows = min(ROWS, shape["n"]) if tiled else shape["n"]
    return rows * shape["m"] + shape["n"]


WORKLOAD = Workload(
    key="Z26",
    name="pairwise-kernel-sum",
    question="What does writing all pairs to memory cost a kernel sum?",
    papers="differentially private kernel density estimates (similarities to private datasets)",
    baseline="torch eager: all pairs written, exp in place, sum",
    claimed="orders of magnitude over DP-SGD (another algorithm: not comparable)",
    preset={"n": 1024, "m": 2048, "d": 16},
    sizes=({"n": 3, "m": 5, "d": 2}, {"n": 65, "m": 70, "d": 8}, {"n": 200, "m": 100, "d": 16}),
    operands=_operands,
    variants={REFERENCE: _by_distance, UNFUSED: _materialised, FUSED: _tiled},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
