"""Z26: a kernel system of low rank, solved over all points or over its inducing points.

``n`` points, ``m`` features a point: (U U^T + I) x = y with U n x m. Over all points the matrix is
n x n and its Cholesky factor costs n^3 / 3; by Woodbury's identity an m x m factor and products
with U give the same x for 2 n m^2 and less: cubic in n becomes linear.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, m = shape["n"], shape["m"]
    return random(n, m) / n**0.5, random(n, 1)


def _all_points(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    features, y = operands
    kernel = features @ features.t() + torch.eye(shape["n"], dtype=y.dtype)
    return torch.cholesky_solve(y, torch.linalg.cholesky(kernel))


def _inducing(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """X = y - U (I + U^T U)^-1 U^T y."""
    import torch

    features, y = operands
    small = features.t() @ features + torch.eye(shape["m"], dtype=y.dtype)
    inner = torch.cholesky_solve(features.t() @ y, torch.linalg.cholesky(small))
    return y - features @ inner


def flop(shape: Shape) -> float:
    """2 n m^2 for U^T U, m^3 / 3 for the factor, 4 n m and 2 m^2 for products and solves."""
    n, m = float(shape["n"]), float(shape["m"])
    return 2 * n * m**2 + m**3 / 3 + 4 * n * m + 2 * m**2


def unfused_flop(shape: Shape) -> float:
    """2 n^2 m for U U^T, n^3 / 3 for the factor, 2 n^2 for the solves."""
    n, m = float(shape["n"]), float(shape["m"])
    return 2 * n**2 * m + n**3 / 3 + 2 * n**2


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count U, y and x."""
    return element_bytes * (shape["n"] * shape["m"] + 2.0 * shape["n"])


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the n x n matrix: written, identity added, factor written, read twice by solves."""
    return 7.0 * element_bytes * shape["n"] ** 2


WORKLOAD = Workload(
    key="Z26",
    name="low-rank-solve",
    question="How do solves over all points and over inducing points grow?",
    papers="Yang et al., A theory of representation learning gives a deep generalisation of "
    "kernel methods (2023)",
    baseline="torch eager: the n x n kernel matrix, its Cholesky factor, two triangular solves",
    claimed="cubic to linear; no number on speed",
    preset={"n": 1024, "m": 16},
    sizes=({"n": 4, "m": 2}, {"n": 60, "m": 8}, {"n": 200, "m": 16}),
    operands=_operands,
    variants=widened({REFERENCE: _all_points, UNFUSED: _all_points, FUSED: _inducing}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
