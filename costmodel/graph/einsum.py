"""Products written as an equation over axes, ``"bij,bjk->bik"``: StableHLO's and ONNX's Einsum."""

from __future__ import annotations

import math
import re

from costmodel.graph.cost import OpCost, Role, Typed, gemm

_EQUATION = re.compile(r"\"([A-Za-z.,\s]+->[A-Za-z.\s]*)\"")


def einsum(typed: Typed) -> OpCost:
    """Return the cost of a product of two operands: axes in both and the result are its batch.

    Ellipses, repeated axes and other numbers of operands have no known cost.
    """
    found = _EQUATION.search(typed.op.header)
    if found is None:
        return OpCost(Role.UNKNOWN)
    inputs, _, output = "".join(found.group(1).split()).partition("->")
    axes = inputs.split(",")
    kinds = [typed.operand(index) for index in range(len(axes))]
    sizes: dict[str, int] = {}
    for names, kind in zip(axes, kinds, strict=True):
        if kind is None or len(names) != len(kind.shape) or len(set(names)) < len(names):
            return OpCost(Role.UNKNOWN)
        sizes |= {name: size or 1 for name, size in zip(names, kind.shape, strict=True)}
    if len(axes) != 2 or not set(output) <= set(sizes):
        return OpCost(Role.UNKNOWN)
    left, right, out = set(axes[0]), set(axes[1]), set(output)
    b, m, n = left & right & out, (left & out) - right, (right & out) - left
    k = set(sizes) - b - m - n
    count = [float(math.prod(sizes[name] for name in group)) for group in (b, m, n, k)]
    return gemm(count[0], count[1], count[2], count[3])
