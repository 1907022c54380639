"""Transposes that move nothing: of results that a library call already stores in that order.

JAX states cuDNN's attention as batch, heads, tokens and its layout as batch, tokens, heads; the
transpose behind it is a bitcast for XLA (``result_layouts``).
"""

from __future__ import annotations

from collections.abc import Sequence

from costmodel.graph.cost import Role
from costmodel.graph.frames import Context
from costmodel.graph.values import Node, Value


def undo_transposes(contexts: Sequence[Context]) -> None:
    """Let transposed results of library calls be other names of the results themselves."""
    stored = {
        value.key: node.work.cost.axes
        for context in contexts
        for node in context.nodes
        if node.work.cost.axes and node.work.cost.role is Role.HEAVY
        for value in node.outputs
    }
    if not stored:
        return
    shown: dict[int, Value] = {}
    for context in contexts:
        for node in context.nodes:
            if _is_undone(node, stored):
                shown[node.outputs[0].key] = node.inputs[0]
    for context in contexts:
        for node in context.nodes:
            if any(value.key in shown for value in node.inputs):
                node.inputs = [_as(value, shown) for value in node.inputs]
        places = [at for at, node in enumerate(context.nodes) if not _is_shown(node, shown)]
        if len(places) < len(context.nodes):
            moved = {before: now for now, before in enumerate(places)}
            context.nodes = [context.nodes[at] for at in places]
            context.updates = [moved[at] for at in context.updates]


def _is_undone(node: Node, stored: dict[int, tuple[int, ...]]) -> bool:
    cost = node.work.cost
    return (
        cost.role is Role.MOVEMENT
        and bool(cost.axes)
        and stored.get(node.inputs[0].key) == cost.axes
    )


def _is_shown(node: Node, shown: dict[int, Value]) -> bool:
    return bool(node.outputs) and node.outputs[0].key in shown


def _as(value: Value, shown: dict[int, Value]) -> Value:
    of = shown.get(value.key)
    return Value(of.key, value.size_bytes, value.kind) if of is not None else value
