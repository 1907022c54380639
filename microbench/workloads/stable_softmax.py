"""Softmax that overflows and softmax that does not, and StableMax, which needs no exponential.

``rows`` of ``d`` logits. The naive formula leaves the range of fp16 from a logit of about 11.09 on
(exp of it is 65504); subtracting the row's maximum first cannot. StableMax replaces exp by
x + 1 above zero and 1 / (1 - x) below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TILE_ROWS = 64


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    return (random(shape["rows"], shape["d"]),)


def _naive(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    powers = torch.exp(operands[0])
    return powers / powers.sum(-1, keepdim=True)


def _library(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    return torch.softmax(operands[0], -1)


def _stablemax(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    (x,) = operands
    scores = torch.where(x >= 0, x + 1, 1 / (1 - x.clamp(max=0)))
    return scores / scores.sum(-1, keepdim=True)


def _stablemax_tiles(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Finish a tile of rows while it is in cache."""
    import torch

    (x,) = operands
    out = torch.empty_like(x)
    for first in range(0, x.shape[0], TILE_ROWS):
        out[first : first + TILE_ROWS] = _stablemax(shape, (x[first : first + TILE_ROWS],))
    return out


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count logits read and shares written."""
    return 2.0 * element_bytes * shape["rows"] * shape["d"]


def softmax_added(shape: Shape, element_bytes: float) -> float:
    """Count powers: written, read for the sum, read for the division."""
    return 3.0 * element_bytes * shape["rows"] * shape["d"]


def stablemax_added(shape: Shape, element_bytes: float) -> float:
    """Count five intermediate arrays and a mask of bytes, written and read, and the sum's read."""
    elements = shape["rows"] * shape["d"]
    return elements * (11.0 * element_bytes + 2)


SIZES: tuple[Shape, Shape, Shape] = (
    {"rows": 2, "d": 3},
    {"rows": 65, "d": 40},
    {"rows": 130, "d": 200},
)
SOFTMAX = Workload(
    key="Z33",
    name="stable-softmax",
    question="What does a softmax that cannot overflow cost over one that can?",
    papers="Prieto et al., Grokking at the Edge of Numerical Stability (2025)",
    baseline="torch eager: exp, sum and division with no maximum subtracted",
    claimed="none on speed",
    preset={"rows": 4096, "d": 1024},
    sizes=SIZES,
    operands=_operands,
    variants={REFERENCE: _library, UNFUSED: _naive, FUSED: _library},
    flop=lambda shape: 5.0 * shape["rows"] * shape["d"],
    min_bytes=min_bytes,
    added_bytes=softmax_added,
)
STABLEMAX = Workload(
    key="Z33",
    name="stablemax",
    question="What does StableMax cost operator by operator?",
    papers=SOFTMAX.papers,
    baseline="torch eager: comparison, two branches, choice, sum and division as operators",
    claimed="none on speed",
    preset={"rows": 4096, "d": 1024},
    sizes=SIZES,
    operands=_operands,
    variants={REFERENCE: _stablemax, UNFUSED: _stablemax, FUSED: _stablemax_tiles},
    flop=lambda shape: 7.0 * shape["rows"] * shape["d"],
    min_bytes=min_bytes,
    added_bytes=stablemax_added,
)
WORKLOADS = (SOFTMAX, STABLEMAX)
