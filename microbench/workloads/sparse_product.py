"""Z17: a product of two sparse matrices, row by row or from outer products.

Square, ``n`` rows with exactly ``each`` non-zeros at random places in both factors: n each^2
partial products. Row by row adds them up in cache; outer products write them all out first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch

INDEX_BYTES = 4
INNER = "inner"


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw places and values of both factors: (n, each) each, places in order."""
    n, each = shape["n"], shape["each"]
    places = [random(n, n).topk(each, 1).indices.sort(1).values.int() for _ in range(2)]
    return places[0], random(n, each), places[1], random(n, each)


def _row_by_row(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import numpy as np
    import torch
    from scipy.sparse import csr_array

    n, each = shape["n"], shape["each"]
    starts = np.arange(0, n * each + 1, each, dtype=np.int32)
    left, right = (
        csr_array((values.numpy().ravel(), places.numpy().ravel(), starts), shape=(n, n))
        for places, values in (operands[:2], operands[2:])
    )
    product = left @ right
    product.sort_indices()
    return torch.from_numpy(product.data)


def _outer(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write every partial product with its place, then sort and add."""
    import numpy as np
    import torch
    from scipy.sparse import coo_array

    n, each = shape["n"], shape["each"]
    a_places, a_values, b_places, b_values = (operand.numpy() for operand in operands)
    inner = a_places.ravel()
    columns = b_places[inner]
    partial = a_values.reshape(-1, 1) * b_values[inner]
    rows = np.repeat(np.arange(n, dtype=np.int32), each * each)
    product = coo_array((partial.ravel(), (rows, columns.ravel())), shape=(n, n)).tocsr()
    product.sum_duplicates()
    return torch.from_numpy(product.data)


def _inner(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Multiply every row of the left factor with all columns of the right one."""
    import numpy as np
    import torch
    from scipy.sparse import csr_array

    n, each = shape["n"], shape["each"]
    a_places, a_values, b_places, b_values = (operand.numpy() for operand in operands)
    starts = np.arange(0, n * each + 1, each, dtype=np.int32)
    right = csr_array((b_values.ravel(), b_places.ravel(), starts), shape=(n, n))
    columns = csr_array(right.T)
    row, found = np.zeros(n, dtype=a_values.dtype), []
    for places, values in zip(a_places, a_values, strict=True):
        row[places] = values
        sums = columns @ row
        found.append(sums[sums != 0])
        row[places] = 0
    return torch.from_numpy(np.concatenate(found))


def partial_products(shape: Shape) -> int:
    """Return sum over k of nnz(A column k) nnz(B row k): n each^2, for B's rows are alike."""
    return shape["n"] * shape["each"] ** 2


def expected_nonzeros(shape: Shape) -> float:
    """Return the expected non-zeros of the product: a place is missed by all each^2 partials."""
    n, each = shape["n"], shape["each"]
    return n * n * (1.0 - (1.0 - each / n) ** each)


def flop(shape: Shape) -> float:
    """2 a partial product."""
    return 2.0 * partial_products(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count values and 4-byte places of both factors and of the expected product."""
    nonzeros = 2.0 * shape["n"] * shape["each"] + expected_nonzeros(shape)
    return (element_bytes + INDEX_BYTES) * nonzeros


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count partial products with row and column, written and read."""
    return 2.0 * (element_bytes + 2 * INDEX_BYTES) * partial_products(shape)


def row_traffic(shape: Shape, element_bytes: float) -> float:
    """Return bytes of row by row, nothing kept: a right row a left non-zero, and the product."""
    reads = shape["n"] * shape["each"] + partial_products(shape)
    return (element_bytes + INDEX_BYTES) * (reads + expected_nonzeros(shape))


def outer_traffic(shape: Shape, element_bytes: float) -> float:
    """Return bytes of outer products: partial products written with both places and read."""
    return min_bytes(shape, element_bytes) + added_bytes(shape, element_bytes)


def inner_traffic(shape: Shape, element_bytes: float) -> float:
    """Return bytes of inner products: the whole right factor for every row of the left one."""
    reads = shape["n"] * shape["each"] * (1.0 + shape["n"])
    return (element_bytes + INDEX_BYTES) * (reads + expected_nonzeros(shape))


WORKLOAD = Workload(
    key="Z17",
    name="sparse-product",
    question="What do outer products lose by writing partial products out?",
    papers="SMASH: sparse matrix atomic scratchpad hashing (2021)",
    baseline="outer products: all partial products written, sorted and added (NumPy, SciPy)",
    claimed="9.4x on the simulated PIUMA processor",
    preset={"n": 2000, "each": 16},
    sizes=({"n": 4, "each": 2}, {"n": 50, "each": 5}, {"n": 300, "each": 8}),
    operands=_operands,
    variants=widened({REFERENCE: _row_by_row, UNFUSED: _outer, FUSED: _row_by_row, INNER: _inner}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
