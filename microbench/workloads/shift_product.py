"""Z19: a product with weights that are signed powers of two, by multiplying or by shifting.

``m`` x ``k`` integers, ``k`` x ``n`` signs and shifts. The baseline is an fp32 product on vector
units, not on tensor cores; processors multiply as fast as they shift: shifting cannot win there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

LARGEST, SHIFTS = 128, 4
"""Magnitude of integers and number of shifts: sums stay exact in fp32 (below 2^24)."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    m, n, k = shape["m"], shape["n"], shape["k"]
    x = (random(m, k) * LARGEST / 4).clamp(-LARGEST, LARGEST).int()
    shifts = random(k, n).abs().mul(2).int().clamp(max=SHIFTS - 1)
    return x, shifts, random(k, n).sign().int()


def _multiplied(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, shifts, signs = operands
    return x.float() @ torch.ldexp(signs.float(), shifts)


def _shifted(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Shift, give the sign and add, one row of weights after another."""
    x, shifts, signs = operands
    out = x.new_zeros(x.shape[0], shifts.shape[1])
    for column, shift, sign in zip(x.t(), shifts, signs, strict=True):
        out += (column[:, None] << shift) * sign
    return out


def flop(shape: Shape) -> float:
    """Count a shift and an addition a pair: 2 m n k operations."""
    return 2.0 * shape["m"] * shape["n"] * shape["k"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count int32 inputs, int8 shifts and signs, int32 outputs, whatever the float format."""
    del element_bytes
    m, n, k = shape["m"], shape["n"], shape["k"]
    return 4.0 * m * k + 2.0 * k * n + 4.0 * m * n


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count float weights beyond the two bytes of a shift and a sign."""
    return (element_bytes - 2 if element_bytes > 2 else 0.0) * shape["k"] * shape["n"]


WORKLOAD = Workload(
    key="Z19",
    name="shift-product",
    question="Do shifts instead of multiplications pay on this processor?",
    papers="You et al., ShiftAddViT (NeurIPS 2023)",
    baseline="fp32 matrix product on vector units, not on tensor cores",
    claimed="up to 5.18x latency over a TVM fp32 baseline without tensor cores, 42.9% energy",
    preset={"m": 196, "n": 128, "k": 128},
    sizes=({"m": 2, "n": 3, "k": 4}, {"m": 17, "n": 20, "k": 33}, {"m": 49, "n": 64, "k": 64}),
    operands=_operands,
    variants={REFERENCE: _multiplied, UNFUSED: _multiplied, FUSED: _shifted},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    tolerance={NumberFormat.FP32: 0.0},
)
