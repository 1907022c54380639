"""Z20: the logarithm of the modified Bessel function I_v(x), operator by operator or in tiles.

``n`` pairs of an order v from 50 to 500 and an argument x from 1 to 1000, where I_v itself leaves
the range of double precision. Debye's uniform expansion (DLMF 10.41.3) with eight terms; its
polynomials come from their recurrence (DLMF 10.41.9) in exact fractions.
"""

from __future__ import annotations

import functools
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

TERMS = 8
"""The first term left out is below 1e-13 of the sum for orders from 50 on."""
TILE = 16384
"""Elements a tile: a dozen fp32 temporaries of 64 kB fit a 1 MiB second-level cache."""
OPERATIONS = 15 + TERMS * (TERMS + 5)
"""Operations an element: Horner steps in p^2 (two a coefficient), scalings, and 15 around them."""


@functools.cache
def debye_polynomials(count: int) -> list[list[float]]:
    """Return u_1 to u_count, coefficients of p^k, p^(k+2), ... as floats."""
    from fractions import Fraction

    found, current = [], {0: Fraction(1)}
    for index in range(1, count + 1):
        following: dict[int, Fraction] = {}
        for power, value in current.items():
            for step, factor in (
                (power + 1, Fraction(power, 2) + Fraction(1, 8 * (power + 1))),
                (power + 3, -Fraction(power, 2) - Fraction(5, 8 * (power + 3))),
            ):
                following[step] = following.get(step, Fraction(0)) + value * factor
        current = following
        found.append([float(current[index + 2 * j]) for j in range(index + 1)])
    return found


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    orders = 50 + 450 * random(shape["n"]).sigmoid()
    return orders, 1 + 999 * random(shape["n"]).mul(2).sigmoid()


def log_bessel(order: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Return log I_v(x) element by element."""
    import math

    import torch

    z = x / order
    root = torch.sqrt(1 + z * z)
    p = 1 / root
    square = p * p
    total = torch.zeros_like(p)
    scale = torch.ones_like(p)
    for coefficients in debye_polynomials(TERMS):
        scale = scale * p / order
        value = torch.full_like(p, coefficients[-1])
        for coefficient in reversed(coefficients[:-1]):
            value = value * square + coefficient
        total = total + value * scale
    leading = order * (root + torch.log(z / (1 + root)))
    return leading - torch.log(2 * math.pi * order) / 2 - torch.log(root) / 2 + torch.log1p(total)


def _whole(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    return log_bessel(*operands)


def _tiled(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Take every operator over a tile before the next tile."""
    import torch

    order, x = operands
    out = torch.empty_like(x)
    for first in range(0, len(x), TILE):
        part = slice(first, first + TILE)
        out[part] = log_bessel(order[part], x[part])
    return out


def flop(shape: Shape) -> float:
    """``OPERATIONS`` an element, a square root or logarithm counted once."""
    return float(OPERATIONS) * shape["n"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count e 3 n."""
    return 3.0 * element_bytes * shape["n"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count a pass of two reads or one and a write for every operator: at least 2 n each."""
    return 2.0 * element_bytes * OPERATIONS * shape["n"]


WORKLOAD = Workload(
    key="Z20",
    name="log-bessel",
    question="What does a special function lose when each of its terms is a pass over memory?",
    papers="Plesner et al., Logarithm of Modified Bessel Functions on GPUs (2024)",
    baseline="torch eager: every term of the expansion over the whole array",
    claimed="median 45x on GPU, 17x on CPU; 77x and 35x over SciPy",
    preset={"n": 524288},
    sizes=({"n": 1}, {"n": 100}, {"n": 5000}),
    operands=_operands,
    variants=widened({REFERENCE: _whole, UNFUSED: _whole, FUSED: _tiled}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    tolerance={**TOLERANCE, NumberFormat.FP64: 1e-13},
)
