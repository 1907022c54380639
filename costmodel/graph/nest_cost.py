"""What a nest of loops or a device function comes to as one kernel: its name, family and traffic.

A nest that multiplies and adds over three buffers whose sizes are those of a matrix product is one,
and so is a kernel whose work is mostly matrix instructions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from costmodel.graph.cost import OpCost, Role
from costmodel.graph.coverage import Loop
from costmodel.graph.products import Products
from costmodel.graph.rules import Control, control_of
from costmodel.kernel import Family
from costmodel.mlir.ir import Op
from costmodel.mlir.types import TensorType
from microbench.formats import NumberFormat

LEAST_SHARE = 0.5
"""Share of a kernel's work in matrix instructions from which it is priced as matrix work."""


@dataclass(slots=True)
class Nest:
    """What a nest comes to: cost, traffic in bytes, loops, and ops by how well they are known."""

    cost: OpCost = field(default_factory=lambda: OpCost(Role.UNKNOWN))
    bytes_read: float = 0.0
    bytes_written: float = 0.0
    kind: TensorType | None = None
    number_format: NumberFormat | None = None
    """Format of the operands of a kernel that is mostly matrix instructions."""
    guessed: bool = False
    """Whether rows and columns of a product were told from the number of its outputs alone."""
    loops: list[Loop] = field(default_factory=list)
    costed: int = 0
    free: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Access:
    """A buffer: its type, and how many elements are read and written in all."""

    kind: TensorType | None
    read: float = 0.0
    written: float = 0.0
    element_bytes: float = 4.0


def _sizes(buffers: Mapping[str, Access], flop: float) -> tuple[Mapping[str, float] | None, int]:
    """Return b, m, n, k where the buffers' sizes are those of ``flop``, and how many are read."""
    inputs = [b.kind.elements for b in buffers.values() if b.kind and not b.written]
    outputs = [b.kind.elements for b in buffers.values() if b.kind and b.written]
    if len(inputs) < 2 or not outputs or min(inputs[0], inputs[1], outputs[-1]) <= 0:
        return None, len(inputs)
    left, right, out = inputs[0], inputs[1], outputs[-1]
    m, n, k = (
        math.sqrt(left * out / right),
        math.sqrt(right * out / left),
        math.sqrt(left * right / out),
    )
    whole = all(abs(size - round(size)) < 1e-6 for size in (m, n, k))
    if not whole or not math.isclose(2 * m * n * k, flop, rel_tol=0.01):
        return None, len(inputs)
    dims = {"b": 1.0, "m": float(round(m)), "n": float(round(n)), "k": float(round(k))}
    return dims, len(inputs)


def scalar_cost(
    flop: float, trips: float, product: bool, buffers: Mapping[str, Access], op: Op
) -> OpCost:
    """Name a nest: a matrix product if its buffers' sizes say so, else pointwise or other."""
    found, inputs = _sizes(buffers, flop)
    if product and found:
        return OpCost(Role.HEAVY, Family.GEMM, "loop_nest", flop, found)
    dims = {"rows": 1.0, "cols": trips, "inputs": float(inputs)}
    if control_of(op.name) is Control.FUNCTION:
        return OpCost(Role.HEAVY, Family.OTHER, op.symbol or "kernel", flop, dims)
    if product:
        return OpCost(Role.HEAVY, Family.OTHER, "loop_nest", flop, dims)
    return OpCost(Role.HEAVY, Family.ELEMENTWISE, "loop_nest", flop, dims)


def matrix_cost(
    nest: Nest, flop: float, products: Products, buffers: Mapping[str, Access], op: Op
) -> None:
    """Price a nest as the matrix work it mostly is: one product, or several as ``Family.OTHER``.

    Operands without a size of their own are read once each, or as often as the text loads them
    where that is less.
    """
    nest.number_format = products.number_format
    name = op.symbol if control_of(op.name) is Control.FUNCTION and op.symbol else "loop_nest"
    told = _sizes(buffers, products.flop)[0]
    dims = told or products.dims()
    if dims is None:
        dims = {"matrix_flop": products.flop}
        nest.cost = OpCost(Role.HEAVY, Family.OTHER, name, flop, dims)
        return
    nest.guessed = told is None
    nest.cost = OpCost(Role.HEAVY, Family.GEMM, name, flop, dims)
    if nest.guessed and nest.number_format is not None:
        operands = dims["b"] * dims["k"] * (dims["m"] + dims["n"])
        nest.bytes_read = min(nest.bytes_read, operands * nest.number_format.size_bytes)
