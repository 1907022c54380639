"""Where an op that writes part of a tensor does so in place, and where it copies the tensor first.

In place is the rule. A tensor must be kept, and is copied, where a later op reads it or it is
returned, where it is an argument of the entry that is not donated, and in a loop where it stands
outside and is not carried round. Source: copy insertion in openxla/xla (``copy_insertion.cc``);
IREE and torch.compile reuse buffers alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from costmodel.graph.cost import OpCost, Role, Update
from costmodel.graph.frames import Context
from costmodel.graph.values import Node, Value, Work
from costmodel.kernel import Family


def copying(work: Work) -> Work:
    """Return the same work on tensors that must be kept: always the same object."""
    if work.variant is None:
        cost = work.cost
        assert cost.update is not None  # noqa: S101 - asked of updates alone
        update = replace(cost.update, copies=True)
        cost = replace(cost, update=update, dims={"elements": work.out_size})
        work.variant = Work(work.name, cost, work.flags, work.out_size)
        work.variant.variant = work.variant
    return work.variant


def settle(contexts: Sequence[Context], new_key: Callable[[], int]) -> None:
    """Let the updates of finished bodies copy each tensor that a later op reads or returns.

    What a loop carries round is copied once, before the loop, if it enters it as an argument that
    must be kept and is updated in it.
    """
    copied: set[tuple[int, int]] = set()
    for context in contexts:
        _copy_what_is_read_later(context)
        outside, offset = context, context.offset
        while outside.outer is not None:
            outside, offset = outside.outer, outside.offset
        for at in context.updates if context.entered else ():
            node = context.nodes[at]
            for value in targets(node):
                entering = context.entered.get(value.key)
                if entering is None or node.work is node.work.variant:
                    continue
                if (entering.key, offset) not in copied:
                    copied.add((entering.key, offset))
                    outside.nodes.append(_copy(entering, new_key(), offset))


def _copy(value: Value, key: int, offset: int) -> Node:
    """Return a copy of a whole tensor."""
    size = value.kind.elements if value.kind else 0.0
    cost = OpCost(Role.MOVEMENT, Family.DATA_MOVEMENT, "copy", 0.0, {"elements": size})
    copied = Value(key, value.size_bytes, value.kind)
    return Node(Work("copy", cost, out_size=size), (value,), (copied,), offset)


def _copy_what_is_read_later(context: Context) -> None:
    nodes = context.nodes
    wanted = {value.key for at in context.updates for value in targets(nodes[at])}
    last: dict[int, int] = {}
    for at, node in enumerate(nodes):
        for value in node.inputs:
            if value.key in wanted:
                last[value.key] = at
    for at in context.updates:
        node = nodes[at]
        if any(last[value.key] > at for value in targets(node)):
            node.work = copying(node.work)


def targets(node: Node) -> list[Value]:
    """Return the values a node updates part of."""
    update, inputs = node.work.cost.update, node.inputs
    return [inputs[at] for at in update.targets if at < len(inputs)] if update else []


def chained_updates(nodes: Sequence[Node], hidden: set[int]) -> set[int]:
    """Return the values of a kernel that pass from one update to the next: all in one place.

    They are ``hidden``, yet nothing of them is made but what the updates write, where the last
    result is stored.
    """
    updates = [node for node in nodes if node.work.cost.update is not None]
    if len(updates) < 2:
        return set()
    made = {value.key for node in updates for value in node.outputs} & hidden
    found: set[int] = set()
    for node in reversed(updates):
        if any(value.key not in hidden or value.key in found for value in node.outputs):
            found |= made & {value.key for value in targets(node)}
    return found


def traffic(node: Node, update: Update, reads: dict[int, float], hidden: set[int]) -> float:
    """Return the bytes an update writes, and leave in ``reads`` what it loads of each value.

    A result that is never stored is made as it is read, from the whole tensor; a tensor that is
    never stored itself is written whole with the update in it.
    """
    stored = sum(value.size_bytes for value in node.outputs if value.key not in hidden)
    if not stored:
        return 0.0
    into = targets(node)
    if update.size_bytes >= stored and not update.adds:
        for value in into:
            reads.pop(value.key, None)
        return stored
    held = sum(value.size_bytes for value in into if value.key not in hidden)
    if held < stored:
        return stored
    if update.copies:
        return stored + update.size_bytes
    for value in into:
        reads.pop(value.key, None)
        if update.adds:
            reads[value.key] = update.size_bytes / len(into)
    return update.size_bytes
