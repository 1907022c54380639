"""The precision a StableHLO product asks for: which number format runs it, in how many products.

Source: the StableHLO specification, ``dot_general``, "algorithm" (``num_primitive_operations``
products of ``lhs_precision_type``, as bf16_3x splits fp32 in).
"""

from __future__ import annotations

import re
from dataclasses import replace

from costmodel.graph.cost import OpCost, Typed
from costmodel.mlir.types import element_of
from microbench.formats import NumberFormat

_ALGORITHM = re.compile(r"\balgorithm\s*=\s*(?:#stablehlo\.dot_algorithm)?<([^>]*)>")
_RUNS_IN = re.compile(r"lhs_precision_type\s*=\s*([\w<]+)")
_TIMES = re.compile(r"num_primitive_operations\s*=\s*(\d+)")
_NARROW = frozenset([NumberFormat.TF32, NumberFormat.BF16, NumberFormat.FP16])


def as_asked(cost: OpCost, typed: Typed) -> OpCost:
    """Return a product's cost in the format its algorithm names, every product of it counted."""
    algorithm = _ALGORITHM.search(typed.op.header)
    named = _RUNS_IN.search(algorithm.group(1)) if algorithm else None
    left = typed.operand(0)
    if algorithm is None or named is None or left is None:
        return cost
    found = element_of(named.group(1))
    if found is None or found[0] not in _NARROW or found[0] is left.number_format:
        return cost
    times = _TIMES.search(algorithm.group(1))
    count = float(times.group(1)) if times else 1.0
    dims = {**cost.dims, "b": cost.dims["b"] * count}
    return replace(cost, number_format=found[0], work_flop=cost.work_flop * count, dims=dims)
