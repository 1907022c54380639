"""Z16: a 1x1 convolution whose non-zero weights come in blocks.

``k`` x ``c`` weights in ``block`` x ``block`` blocks, ``density_percent`` of each row of blocks not
zero (at least one), ``p`` pixels: out = W x. Each row of blocks gathers its input rows and runs one
dense product, so that vectors and registers stay full.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch


def kept_blocks(shape: Shape) -> int:
    """Return non-zero blocks a row of blocks."""
    return max(1, shape["c"] // shape["block"] * shape["density_percent"] // 100)


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw blocks at random places; return the dense weights, column places, blocks and input."""
    import torch

    k, c, p, side, each = shape["k"], shape["c"], shape["p"], shape["block"], kept_blocks(shape)
    rows = k // side
    places = random(rows, c // side).topk(each, 1).indices.sort(1).values
    columns = (places[..., None] * side + torch.arange(side)).reshape(rows, each * side)
    values = random(rows, side, each * side) / (each * side) ** 0.5
    spread = columns[:, None, :].expand(rows, side, each * side)
    dense = torch.zeros(rows, side, c).scatter(2, spread, values).reshape(k, c)
    return dense, columns, values, random(c, p)


def _dense(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    return operands[0] @ operands[3]


def _by_block_row(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    _, columns, values, x = operands
    out = x.new_empty(len(columns), shape["block"], x.shape[1])
    for row, places, blocks in zip(out, columns, values, strict=True):
        torch.mm(blocks, x.index_select(0, places), out=row)
    return out.reshape(shape["k"], -1)


def nonzeros(shape: Shape) -> int:
    """Return non-zero weights."""
    return shape["k"] * kept_blocks(shape) * shape["block"]


def flop(shape: Shape) -> float:
    """2 nnz p."""
    return 2.0 * nonzeros(shape) * shape["p"]


def unfused_flop(shape: Shape) -> float:
    """2 k c p."""
    return 2.0 * shape["k"] * shape["c"] * shape["p"]


def _weight_bytes(shape: Shape, element_bytes: float) -> float:
    return nonzeros(shape) * element_bytes + 8.0 * nonzeros(shape) / shape["block"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count non-zero weights, an 8-byte place a column of blocks, input and output."""
    pixels = element_bytes * (shape["c"] + shape["k"]) * shape["p"]
    return _weight_bytes(shape, element_bytes) + pixels


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count what dense weights take beyond the blocks, where they take more."""
    dense = element_bytes * shape["k"] * shape["c"]
    return max(0.0, dense - _weight_bytes(shape, element_bytes))


WORKLOAD = Workload(
    key="Z16",
    name="sparse-blocks",
    question="From what density on is a block-sparse 1x1 convolution faster than a dense one?",
    papers="SparseByteNN (2023); Elsen et al., Fast Sparse ConvNets (CVPR 2020)",
    baseline="dense product of the same weights, zeros included",
    claimed="1.27x at 30% zeros, 1.29x over MNN (Snapdragon 855)",
    preset={"k": 512, "c": 512, "p": 784, "block": 32, "density_percent": 25},
    sizes=(
        {"k": 4, "c": 8, "p": 5, "block": 2, "density_percent": 25},
        {"k": 16, "c": 32, "p": 30, "block": 4, "density_percent": 40},
        {"k": 64, "c": 64, "p": 49, "block": 16, "density_percent": 50},
    ),
    operands=_operands,
    variants=widened({REFERENCE: _dense, UNFUSED: _dense, FUSED: _by_block_row}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
