"""Z16: a 1x1 convolution with few non-zero weights, as a dense or a sparse product.

``k`` x ``c`` weights, ``density_percent`` of each row not zero (at least one), ``p`` pixels: out =
W x. The sparse form is compressed rows with 32-bit indices.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch


def kept(shape: Shape) -> int:
    """Return non-zero weights a row."""
    return max(1, shape["c"] * shape["density_percent"] // 100)


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw weights, keep the same number at random places in every row; return both forms."""
    import torch

    k, c, p, each = shape["k"], shape["c"], shape["p"], kept(shape)
    columns = random(k, c).topk(each, 1).indices.sort(1).values
    values = random(k, each) / each**0.5
    dense = torch.zeros(k, c).scatter(1, columns, values)
    starts = torch.arange(0, (k + 1) * each, each, dtype=torch.int32)
    return dense, starts, columns.flatten().int(), values.flatten(), random(c, p)


def _dense(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    return operands[0] @ operands[4]


def _sparse(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import warnings

    import torch

    _, starts, columns, values, x = operands
    with warnings.catch_warnings():
        # torch says once a process that compressed rows are a beta feature.
        warnings.filterwarnings("ignore", message="Sparse CSR tensor support")
        weights = torch.sparse_csr_tensor(
            starts, columns, values, (shape["k"], shape["c"]), check_invariants=False
        )
    return weights @ x


def flop(shape: Shape) -> float:
    """2 nnz p."""
    return 2.0 * shape["k"] * kept(shape) * shape["p"]


def unfused_flop(shape: Shape) -> float:
    """2 k c p."""
    return 2.0 * shape["k"] * shape["c"] * shape["p"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count nnz (e + 4), row starts, input and output."""
    k, c, p = shape["k"], shape["c"], shape["p"]
    return k * kept(shape) * (element_bytes + 4) + 4 * (k + 1) + element_bytes * (c + k) * p


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count what dense weights take beyond the sparse form, where they take more."""
    sparse = shape["k"] * kept(shape) * (element_bytes + 4) + 4 * (shape["k"] + 1)
    return max(0.0, element_bytes * shape["k"] * shape["c"] - sparse)


def break_even_density(dense_flop_per_s: float, sparse_flop_per_s: float) -> float:
    """Return the density below which the sparse product is faster, from both measured rates."""
    return min(1.0, sparse_flop_per_s / dense_flop_per_s)


WORKLOAD = Workload(
    key="Z16",
    name="sparse-pointwise",
    question="From what density on is a sparse 1x1 convolution faster than a dense one?",
    papers="Elsen et al., Fast Sparse ConvNets (CVPR 2020); SparseByteNN (2023)",
    baseline="dense product of the same weights, zeros included",
    claimed="1.3x to 2.4x at 70% to 95% zeros (Snapdragon 835); 1.27x at 30% (Snapdragon 855)",
    preset={"k": 256, "c": 256, "p": 784, "density_percent": 10},
    sizes=(
        {"k": 3, "c": 10, "p": 5, "density_percent": 10},
        {"k": 16, "c": 40, "p": 30, "density_percent": 20},
        {"k": 64, "c": 64, "p": 49, "density_percent": 30},
    ),
    operands=_operands,
    variants=widened({REFERENCE: _dense, UNFUSED: _dense, FUSED: _sparse}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
