"""Costs of ops that write part of a tensor anew, of any dialect; ``in_place`` tells where.

Source: XLA's HloCostAnalysis (``HandleDynamicUpdateSlice``, ``HandleScatter``): such an op reads
what is new and writes it, whatever the tensor around it. XLA has every scatter read its places as
well, and inside a fusion the whole tensor; here only one that combines what is new with what is
there reads that.
"""

from __future__ import annotations

import re

from costmodel.graph.cost import CostRule, OpCost, Role, Typed, Update
from costmodel.kernel import Family

PARALLEL_INSERT = "parallel_insert_slice"
_COMBINES = re.compile(r'reduction\s*=\s*"(?!none)')
"""ONNX's attribute of a scatter that adds, multiplies or compares."""


def updating(
    op: str, source: int, target: int = 0, adds: bool = False, mutates: bool = False
) -> CostRule:
    """Build the rule of an op whose operand ``source`` replaces part of operand ``target``.

    A single number in place of a tensor is written once for every index, the operand before it.
    """

    def rule(typed: Typed) -> OpCost:
        result, new = typed.result, typed.operand(source)
        if new is not None and not new.shape and source > 1:
            new = typed.operand(source - 1)
        if result is None or new is None:
            return _cost(op, result.elements if result else 0.0, None)
        elements = min(new.elements, result.elements)
        combines = adds or _COMBINES.search(typed.op.header) is not None
        update = Update((target,), elements * result.element_bytes, combines, mutates)
        return _cost(op, elements, update)

    return rule


def overwrite(typed: Typed) -> OpCost:
    """Return the cost of ``copy_``: its first operand is written whole, the second is read."""
    result = typed.result
    update = Update((0,), result.size_bytes, mutates=True) if result else None
    return _cost("copy_", result.elements if result else 0.0, update)


def insert(typed: Typed) -> OpCost:
    """Return the cost of ``tensor.insert``: one element into a tensor."""
    result = typed.result
    return _cost("insert", 1.0, Update((1,), result.element_bytes if result else 0.0))


def parallel_insert(typed: Typed) -> OpCost:
    """Return the cost of ``tensor.parallel_insert_slice``: its tile is put into a shared tensor.

    It has no result: what it moves is the tile (``Steps``), whatever the tensor around it.
    """
    tile = typed.operand(0)
    return _cost(PARALLEL_INSERT, tile.elements, None) if tile else OpCost(Role.UNKNOWN)


def scatter(typed: Typed) -> OpCost:
    """Return the cost of a StableHLO scatter: N tensors, indices, N updates; a body combines."""
    count = len(typed.results)
    kinds = [typed.operand(count + 1 + at) for at in range(count)]
    elements = sum(kind.elements for kind in kinds if kind)
    size_bytes = sum(kind.size_bytes for kind in kinds if kind)
    body = [op.name for region in typed.op.regions for op in region.ops]
    combines = any(not name.endswith("return") for name in body)
    update = Update(tuple(range(count)), size_bytes, combines)
    return _cost("scatter", elements, update if all(kinds) else None)


def _cost(op: str, elements: float, update: Update | None) -> OpCost:
    dims = {"elements": elements}
    return OpCost(Role.MOVEMENT, Family.DATA_MOVEMENT, op, 0.0, dims, update=update)
