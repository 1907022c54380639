"""Z31: a two-layer embedding of time steps, computed at every step or read from a table.

``d`` features, ``inner`` features between the layers, ``steps`` possible time steps, ``count`` of
them asked for. A finite set of inputs makes the whole network a table of ``steps`` rows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

SLOWEST = 10_000.0
"""Longest wave of the sinusoidal embedding (Vaswani et al., 2017)."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw the steps asked for and both layers, and compute the table once, a step at a time."""
    import torch

    d, inner, steps = shape["d"], shape["inner"], shape["steps"]
    first, second = random(d, inner) / d**0.5, random(inner, d) / inner**0.5
    asked = random(shape["count"]).abs().mul(steps).long() % steps
    table = torch.stack([_embed(torch.tensor([t]), first, second)[0] for t in range(steps)])
    return asked, first, second, table


def _embed(steps: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    import torch

    half = first.shape[0] // 2
    waves = torch.exp(torch.arange(half, dtype=first.dtype) * (-math.log(SLOWEST) / half))
    phase = steps[:, None].to(first.dtype) * waves.to(steps.device)
    features = torch.cat([phase.sin(), phase.cos()], 1)
    return torch.nn.functional.silu(features @ first) @ second


def _computed(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Compute step after step, as a sampler does."""
    import torch

    asked, first, second, _ = operands
    return torch.cat([_embed(step[None], first, second) for step in asked])


def _read(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    asked, _, _, table = operands
    return table.index_select(0, asked)


def network_flop(shape: Shape) -> float:
    """Return 4 d inner and 4 inner for SiLU and d / 2 (1 + 2 sines): FLOP of one step."""
    return 4.0 * shape["d"] * shape["inner"] + 4.0 * shape["inner"] + 1.5 * shape["d"]


def saved_flop(shape: Shape) -> float:
    """Return what the table saves: the network's FLOP for every step asked for."""
    return shape["count"] * network_flop(shape)


def flop(_shape: Shape) -> float:
    """Nothing is computed."""
    return 0.0


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count rows read and written, and 8-byte steps."""
    return shape["count"] * (2.0 * element_bytes * shape["d"] + 8)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count both layers' weights for every step, less the rows that need not be read."""
    weights = 2.0 * shape["d"] * shape["inner"]
    return element_bytes * shape["count"] * max(0.0, weights - shape["d"])


WORKLOAD = Workload(
    key="Z31",
    name="time-embedding",
    question="What does a table of time embeddings save a diffusion sampler?",
    papers="Huang et al., TFMQ-DM (2023); Temporal Feature Matters (2024)",
    baseline="torch eager: embedding and two layers computed step after step",
    claimed="none on speed in the abstract",
    preset={"d": 256, "inner": 1024, "steps": 100, "count": 50},
    sizes=(
        {"d": 4, "inner": 8, "steps": 5, "count": 3},
        {"d": 16, "inner": 32, "steps": 20, "count": 20},
        {"d": 64, "inner": 128, "steps": 50, "count": 30},
    ),
    operands=_operands,
    variants={REFERENCE: _computed, UNFUSED: _computed, FUSED: _read},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=saved_flop,
)
