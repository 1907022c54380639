"""Z18: a layer whose input changed in few places: all weights, or those of the changes.

``d_in`` inputs of which ``same_percent`` equal the previous step's, ``d_out`` outputs. Weights lie
row by row of the inputs, so a change reads one row and adds it to the previous output.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def changed(shape: Shape) -> int:
    """Return how many inputs changed."""
    return shape["d_in"] - shape["d_in"] * shape["same_percent"] // 100


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw weights, the previous input and output, and an input changed at random places."""
    import torch

    weights = random(shape["d_in"], shape["d_out"]) / shape["d_in"] ** 0.5
    before = random(shape["d_in"])
    places = random(shape["d_in"]).topk(changed(shape)).indices
    moved = torch.zeros_like(before).scatter(0, places, 1 + random(len(places)).abs())
    return weights, before + moved, before, before @ weights


def _dense(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    weights, x, _, _ = operands
    return x @ weights


def _delta(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    weights, x, before, output = operands
    difference = x - before
    rows = torch.nonzero(difference).squeeze(1)
    added = torch.nn.functional.embedding_bag(
        rows.unsqueeze(0), weights, mode="sum", per_sample_weights=difference[rows].unsqueeze(0)
    )
    return output + added.squeeze(0)


def flop(shape: Shape) -> float:
    """2 d_out a changed input, d_in differences and d_out additions."""
    return 2.0 * changed(shape) * shape["d_out"] + shape["d_in"] + shape["d_out"]


def unfused_flop(shape: Shape) -> float:
    """2 d_in d_out."""
    return 2.0 * shape["d_in"] * shape["d_out"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count changed rows, both inputs, both outputs."""
    rows = changed(shape) * shape["d_out"]
    return element_bytes * (rows + 2.0 * shape["d_in"] + 2.0 * shape["d_out"])


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the rows of unchanged inputs, less the state a dense layer does not need."""
    same = (shape["d_in"] - changed(shape)) * shape["d_out"]
    return element_bytes * max(0.0, same - shape["d_in"] - shape["d_out"])


WORKLOAD = Workload(
    key="Z18",
    name="delta-inference",
    question="How much of its input must stay the same for a layer to gain by updating?",
    papers="temporal sparsity by the Delta Activation Layer (2021)",
    baseline="dense product with all weights",
    claimed="about 3x sparsity (accelerator); none on a CPU or GPU",
    preset={"d_in": 4096, "d_out": 1024, "same_percent": 80},
    sizes=(
        {"d_in": 10, "d_out": 8, "same_percent": 50},
        {"d_in": 100, "d_out": 32, "same_percent": 70},
        {"d_in": 256, "d_out": 64, "same_percent": 90},
    ),
    operands=_operands,
    variants={REFERENCE: _dense, UNFUSED: _dense, FUSED: _delta},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
