"""Z32: a layer through random features, and a product with weights another network made.

Features: ``rows`` inputs of ``d_in``; relu(x G) V with ``m`` random directions G approximates a
layer whose weights V replaces (arc-cosine kernel). It does less arithmetic than a dense layer while
m < d_in d_out / (d_in + d_out). Hyper product: (x W) s, where s was made by another network.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TILE_ROWS = 64
"""Rows of a tile: their features and outputs stay in a second-level cache up to m = 1024."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    rows, d_in, d_out, m = (shape[name] for name in ("rows", "d_in", "d_out", "m"))
    return random(rows, d_in), random(d_in, m) / d_in**0.5, random(m, d_out) / m**0.5


def _features(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, directions, values = operands
    return torch.relu(x @ directions) @ values


def _tiled_features(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Use a tile's features while they are in cache."""
    import torch

    x, directions, values = operands
    out = x.new_empty(x.shape[0], values.shape[1])
    for first in range(0, x.shape[0], TILE_ROWS):
        tile = x[first : first + TILE_ROWS] @ directions
        torch.mm(tile.relu_(), values, out=out[first : first + TILE_ROWS])
    return out


def break_even_features(d_in: int, d_out: int) -> float:
    """Return d_in d_out / (d_in + d_out): the features at which both layers cost the same."""
    return d_in * d_out / (d_in + d_out)


def flop(shape: Shape) -> float:
    """2 rows m (d_in + d_out), and a comparison a feature."""
    rows, m = shape["rows"], shape["m"]
    return 2.0 * rows * m * (shape["d_in"] + shape["d_out"]) + rows * m


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count inputs, directions, values and outputs."""
    rows, d_in, d_out, m = (shape[name] for name in ("rows", "d_in", "d_out", "m"))
    return element_bytes * (rows * (d_in + d_out) + m * (d_in + d_out))


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the features: written, read and written by the comparison, read."""
    return 4.0 * element_bytes * shape["rows"] * shape["m"]


def _layer_operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    rows, d_in, d_out = (shape[name] for name in ("rows", "d_in", "d_out"))
    return random(rows, d_in), random(d_in, d_out) / d_in**0.5, random(rows, d_out)


def _dense(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    return operands[0] @ operands[1]


def _product_then_scale(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    x, weights, scales = operands
    return (x @ weights) * scales


def _scaled_tiles(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Scale a tile of the product while it is in cache."""
    import torch

    x, weights, scales = operands
    out = torch.empty_like(scales)
    for first in range(0, x.shape[0], TILE_ROWS):
        tile = out[first : first + TILE_ROWS]
        torch.mm(x[first : first + TILE_ROWS], weights, out=tile)
        tile.mul_(scales[first : first + TILE_ROWS])
    return out


def hyper_flop(shape: Shape) -> float:
    """2 rows d_in d_out, and a multiplication an output."""
    outputs = shape["rows"] * shape["d_out"]
    return 2.0 * outputs * shape["d_in"] + outputs


def hyper_bytes(shape: Shape, element_bytes: float) -> float:
    """Count inputs, weights, scales and outputs."""
    rows, d_in, d_out = (shape[name] for name in ("rows", "d_in", "d_out"))
    return element_bytes * (rows * d_in + d_in * d_out + 2.0 * rows * d_out)


def hyper_added(shape: Shape, element_bytes: float) -> float:
    """Count two passes over the product: written, and read to be scaled."""
    return 2.0 * element_bytes * shape["rows"] * shape["d_out"]


FEATURES = Workload(
    key="Z32",
    name="random-feature-layer",
    question="Up to how many random features is a layer cheaper than its dense form?",
    papers="Sehanobish et al., Scalable Neural Network Kernels (2023)",
    baseline="torch eager: product, relu and product over the whole batch",
    claimed="up to 5x fewer trainable parameters; none on speed",
    preset={"rows": 1024, "d_in": 256, "d_out": 256, "m": 64},
    sizes=(
        {"rows": 3, "d_in": 4, "d_out": 5, "m": 2},
        {"rows": 70, "d_in": 32, "d_out": 24, "m": 16},
        {"rows": 130, "d_in": 64, "d_out": 96, "m": 48},
    ),
    operands=_operands,
    variants={REFERENCE: _features, UNFUSED: _features, FUSED: _tiled_features},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
HYPER = Workload(
    key="Z32",
    name="hyper-product",
    question="What does scaling a product by another network's output cost on its own?",
    papers="Zhang et al., HyperZ.Z.W Operator Connects Slow-Fast Networks (2024)",
    baseline="torch eager: product written, then scaled in a second operator",
    claimed="none on speed (fewer parameters, faster convergence)",
    preset={"rows": 4096, "d_in": 64, "d_out": 512},
    sizes=(
        {"rows": 3, "d_in": 4, "d_out": 5},
        {"rows": 70, "d_in": 32, "d_out": 24},
        {"rows": 130, "d_in": 64, "d_out": 96},
    ),
    operands=_layer_operands,
    variants={REFERENCE: _product_then_scale, UNFUSED: _product_then_scale, FUSED: _scaled_tiles},
    flop=hyper_flop,
    min_bytes=hyper_bytes,
    added_bytes=hyper_added,
)
WORKLOADS = (FEATURES, HYPER)
DENSE_LAYER = Workload(
    key="Z32",
    name="dense-layer",
    question="What does the dense form of a random-feature layer cost?",
    papers=FEATURES.papers,
    baseline="itself",
    claimed="none on speed",
    preset={"rows": 1024, "d_in": 256, "d_out": 256},
    sizes=HYPER.sizes,
    operands=_layer_operands,
    variants={REFERENCE: _dense, UNFUSED: _dense, FUSED: _dense},
    flop=lambda shape: 2.0 * shape["rows"] * shape["d_in"] * shape["d_out"],
    min_bytes=lambda shape, element_bytes: (
        element_bytes * (shape["rows"] * (shape["d_in"] + shape["d_out"]))
        + element_bytes * shape["d_in"] * shape["d_out"]
    ),
    added_bytes=lambda _shape, _element_bytes: 0.0,
)
"""What the break-even is measured against; not a pair of its own."""
