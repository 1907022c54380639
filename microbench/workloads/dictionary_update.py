"""Z28: adding to rows of a large table at random places, in three operators or in one.

``slots`` rows of ``d`` features, ``count`` different rows updated a step. Rows are far apart, so
each costs at least a memory transaction however few bytes it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.workloads.workload import FUSED, REFERENCE, TOLERANCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TRANSACTION_BYTES = 64
"""A cache line of today's CPUs (a GPU's sector is 32)."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    places = random(shape["slots"]).topk(shape["count"]).indices
    return random(shape["slots"], shape["d"]), places, random(shape["count"], shape["d"])


def _gather_add_scatter(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    table, places, values = operands
    rows = table.index_select(0, places)
    return table.index_copy_(0, places, rows + values)


def _in_place(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    table, places, values = operands
    return table.index_add_(0, places, values)


def flop(shape: Shape) -> float:
    """One addition an element."""
    return float(shape["count"] * shape["d"])


def row_bytes(shape: Shape, element_bytes: float) -> float:
    """Return what touching a row moves: whole transactions."""
    needed = element_bytes * shape["d"]
    return TRANSACTION_BYTES * -(-needed // TRANSACTION_BYTES)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count rows read and written, values, and 8-byte places."""
    rows = 2.0 * shape["count"] * row_bytes(shape, element_bytes)
    return rows + shape["count"] * (element_bytes * shape["d"] + 8)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count gathered rows and sums, each written and read, and the places again."""
    return shape["count"] * (4.0 * element_bytes * shape["d"] + 8)


WORKLOAD = Workload(
    key="Z28",
    name="dictionary-update",
    question="How fast are random updates of a large table?",
    papers="Luo and Li, Neighborhood-Aware Temporal networks, NAT (LoG 2022)",
    baseline="torch eager: gather, add and scatter",
    claimed="4.1x to 76.7x training, 1.6x to 4.0x inference over other temporal networks (GPU)",
    preset={"slots": 262144, "d": 16, "count": 32768},
    sizes=(
        {"slots": 5, "d": 2, "count": 3},
        {"slots": 100, "d": 8, "count": 40},
        {"slots": 1000, "d": 16, "count": 500},
    ),
    operands=_operands,
    variants={REFERENCE: _gather_add_scatter, UNFUSED: _gather_add_scatter, FUSED: _in_place},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    tolerance={**TOLERANCE, NumberFormat.FP32: 1e-6},
)
