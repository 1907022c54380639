"""Z13: a SwiGLU layer of one token with small gate values dropped: read all weights or survivors'.

``d`` features, ``f`` inner features, ``sparse_percent`` of the gate values below the threshold.
Weights lie row by row of the inner dimension (``f`` x ``d`` each), so a survivor is one row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

CHUNK_ROWS = 128
"""Rows gathered at a time: 128 x 2048 fp32 values fill a 1 MiB second-level cache."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw x and the weights; put the threshold between the last dropped and first kept gate."""
    import torch

    d, f = shape["d"], shape["f"]
    x, gate, up, down = random(d), random(f, d) / d**0.5, random(f, d) / d**0.5, random(f, d)
    sizes = torch.nn.functional.silu(gate @ x).abs().sort().values
    dropped = f - survivors(shape)
    threshold = (sizes[dropped - 1] + sizes[dropped]) / 2 if dropped else sizes[0] / 2
    return x, gate, up, down / f**0.5, threshold


def _dense(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, gate, up, down, threshold = operands
    kept = torch.nn.functional.silu(gate @ x)
    kept = torch.where(kept.abs() > threshold, kept, torch.zeros_like(kept))
    return (kept * (up @ x)) @ down


def _gathered(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Gather survivors' rows a few at a time, so that the copies stay in cache."""
    import torch

    x, gate, up, down, threshold = operands
    kept = torch.nn.functional.silu(gate @ x)
    rows = torch.nonzero(kept.abs() > threshold).squeeze(1)
    chunks = torch.split(rows, CHUNK_ROWS)
    inner = torch.cat([up.index_select(0, chunk) @ x for chunk in chunks])
    weights = (kept[rows] * inner).unsqueeze(0)
    out = torch.nn.functional.embedding_bag(
        rows.unsqueeze(0), down, mode="sum", per_sample_weights=weights
    )
    return out.squeeze(0)


def survivors(shape: Shape) -> int:
    """Return how many inner features pass the threshold."""
    return shape["f"] - shape["f"] * shape["sparse_percent"] // 100


def flop(shape: Shape) -> float:
    """2 d f (1 + 2 (1 - s)): the gate for all, the rest for survivors."""
    return 2.0 * shape["d"] * (shape["f"] + 2 * survivors(shape))


def unfused_flop(shape: Shape) -> float:
    """6 d f."""
    return 6.0 * shape["d"] * shape["f"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """D f e (1 + 2 (1 - s)) of weights; the token in and out."""
    return element_bytes * shape["d"] * (shape["f"] + 2.0 * survivors(shape) + 2)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the dropped rows of two matrices: 2 d f s e."""
    return element_bytes * 2.0 * shape["d"] * (shape["f"] - survivors(shape))


WORKLOAD = Workload(
    key="Z13",
    name="sparse-swiglu",
    question="What does reading only the weights of surviving gates save a decode step?",
    papers="Lee et al., CATS: Contextually-Aware Thresholding for Sparsity (2024)",
    baseline="dense: all three matrices read, small gates set to zero",
    claimed="about 15% token latency; 1.15x to 1.21x in the authors' CSV files (GPU)",
    preset={"d": 2048, "f": 5632, "sparse_percent": 50},
    sizes=(
        {"d": 8, "f": 16, "sparse_percent": 50},
        {"d": 32, "f": 90, "sparse_percent": 70},
        {"d": 64, "f": 200, "sparse_percent": 0},
    ),
    operands=_operands,
    variants={REFERENCE: _dense, UNFUSED: _dense, FUSED: _gathered},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
