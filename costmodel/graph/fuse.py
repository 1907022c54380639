"""Fusion groups: which ops become one kernel under a software stack.

XLA's way is in ``consumer_fusion``. For the other stacks ops are taken in program order: each joins
the latest group that produces one of its inputs, if the stack would fuse the two; otherwise it
starts a group. As a group only ever reads from earlier groups, the order of groups is an order of
execution. Views and broadcasts cost nothing: they are other names of the values they show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from costmodel.graph.alike import Described, Shared
from costmodel.graph.consumer_fusion import into_consumers
from costmodel.graph.cost import Role
from costmodel.graph.groups import Group, Growing, has_exponential, merge_attention
from costmodel.graph.values import Node
from costmodel.kernel import Family, Kernel

EPILOGUE = frozenset({"iree", "vendor"})
"""Stacks that run pointwise consumers inside the kernel of a product or convolution."""
NORMALISE = frozenset({"inductor", "iree", "vendor"})
"""Stacks that keep a row's reduction and the pointwise work around it in one kernel."""
ATTENTION = frozenset({"inductor", "vendor"})
"""Stacks that run scores, softmax and weighting as one kernel."""


def fuse(
    nodes: Sequence[Node],
    stack: str,
    count: float,
    locate: Callable[[Iterable[int]], Iterable[str]],
    count_padding: bool = False,
    shared: Shared | None = None,
) -> list[Kernel]:
    """Group costed nodes and return one kernel a group, in execution order.

    ``shared`` carries what is known of kernels between calls of one stack and ``count_padding``.
    """
    known = Shared() if shared is None else shared
    marks = known.mark(nodes)
    formed = known.contexts.get(marks)
    if formed is None:
        formed = known.contexts[marks] = _formed(nodes, stack, count_padding, known)
    described, leads = formed
    places = locate([nodes[at].offset for at in leads])
    return [
        Kernel(
            name, family, op, number_format, work_flop, bytes_moved, dims, count, ops, place,
            flags, evaluations,
        )
        for (
            name, family, op, number_format, work_flop, bytes_moved, dims, ops, flags,
            evaluations, _,
        ), place in zip(described, places, strict=True)
    ]  # fmt: skip


def _formed(
    nodes: Sequence[Node], stack: str, count_padding: bool, known: Shared
) -> tuple[list[Described], list[int]]:
    """Return what the groups come to, and the places of the nodes that carry each one's cost."""
    groups, hidden = grouped(nodes, stack)
    known.mark_stored(nodes, hidden)
    formed: list[Described] = []
    leads: list[int] = []
    for group in groups:
        members = group.nodes
        if members:
            found = known.described(group, hidden, count_padding)
            if found.work_flop or found.bytes_moved or found.flags:
                formed.append(found)
                leads.append(members[found.lead].place)
    return formed, leads


def grouped(nodes: Sequence[Node], stack: str) -> tuple[Sequence[Group], set[int]]:
    """Return the groups, some of them emptied by merging, and the values that are never stored."""
    read_as_is = _read_as_is(nodes)
    if stack == "xla":
        return into_consumers(nodes, read_as_is)
    groups: list[Growing] = []
    home: dict[int, int] = {}
    alone = stack == "torch-eager"
    for node in nodes:
        if node.kept or (node.outputs and node.outputs[0].key in read_as_is):
            continue
        at = -1
        for value in node.inputs:
            made = home.get(value.key, -1)
            if made > at:
                at = made
        if at < 0 or alone or not _joins(groups[at], node, stack):
            at = len(groups)
            groups.append(Growing(node))
        else:
            groups[at].add(node)
        for value in node.outputs:
            home[value.key] = at
    if stack in ATTENTION:
        merge_attention(groups, home)
    return groups, _hidden(nodes, home)


def _read_as_is(nodes: Sequence[Node]) -> set[int]:
    """Return the transposed matrices that products alone read: they take either order of axes."""
    swapped = {node.outputs[0].key for node in nodes if node.work.cost.swaps_last and node.outputs}
    taken: set[int] = set()
    if swapped:
        for node in nodes:
            product = node.work.cost.family is Family.GEMM and node.work.cost.role is Role.HEAVY
            keys = [value.key for value in node.inputs]
            if product:
                taken.update(keys)
            else:
                swapped.difference_update(keys)
    return swapped & taken


def _hidden(nodes: Sequence[Node], home: dict[int, int]) -> set[int]:
    """Return the values that only their own group reads: they never reach memory."""
    inside: set[int] = set()
    outside: set[int] = set()
    for node in nodes:
        own = home.get(node.outputs[0].key, -1) if node.outputs else -1
        for value in node.inputs:
            key = value.key
            if home.get(key, -1) == own:
                inside.add(key)
            else:
                outside.add(key)
    return inside - outside


def _joins(group: Growing, node: Node, stack: str) -> bool:
    role, leads = node.work.cost.role, group.role
    if role is Role.HEAVY or role is Role.UNKNOWN:
        return False
    if leads is Role.HEAVY:
        return stack in EPILOGUE and role is Role.POINTWISE and node.size == group.out_size
    if leads is Role.UNKNOWN or (leads is Role.REDUCTION and stack not in NORMALISE):
        return False
    if (
        stack == "iree"
        and leads is role is Role.REDUCTION
        and not has_exponential(n.work.name for n in group.nodes)
    ):
        return False  # IREE keeps two reductions in one kernel for a softmax alone
    return node.size in (group.size, group.out_size)
