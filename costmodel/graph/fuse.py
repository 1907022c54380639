"""Fusion groups: which ops become one kernel under a software stack.

Ops are taken in program order. Each joins the latest group that produces one of its inputs, if the
stack would fuse the two; otherwise it starts a group. As a group only ever reads from earlier
groups, the order of groups is an order of execution. Views and broadcasts cost nothing: they are
other names of the values they show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from costmodel.graph.cost import Role
from costmodel.graph.groups import Group, merge_attention, rowwise_name
from costmodel.graph.names import kernel_name
from costmodel.graph.values import Node, Value
from costmodel.kernel import Family, Kernel
from microbench.formats import NumberFormat

EPILOGUE = frozenset({"iree", "vendor"})
"""Stacks that run pointwise consumers inside the kernel of a product or convolution."""
NORMALISE = frozenset({"inductor", "iree", "vendor"})
"""Stacks that keep a row's reduction and the pointwise work around it in one kernel."""
ATTENTION = frozenset({"inductor", "vendor"})
"""Stacks that run scores, softmax and weighting as one kernel."""
_ORDER = {Role.HEAVY: 3, Role.REDUCTION: 2, Role.POINTWISE: 1}


def fuse(
    nodes: Sequence[Node],
    stack: str,
    count: float,
    locate: Callable[[int], str],
    count_padding: bool = False,
) -> list[Kernel]:
    """Group costed nodes and return one kernel a group, in execution order."""
    groups: list[Group] = []
    home: dict[int, int] = {}
    alone = stack == "torch-eager"
    for node in nodes:
        if node.kept:
            continue
        at = -1
        for value in node.inputs:
            at = max(at, home.get(value.key, -1))
        if at < 0 or alone or not _joins(groups[at], node, stack):
            at = len(groups)
            groups.append(Group(node))
        else:
            groups[at].add(node)
        for value in node.outputs:
            home[value.key] = at
    if stack in ATTENTION:
        merge_attention(groups, home)
    readers: dict[int, int] = {}
    outside: set[int] = set()
    for node in nodes:
        own = -1 if node.kept or not node.outputs else home[node.outputs[0].key]
        for value in node.inputs:
            key = value.key
            readers[key] = own
            if home.get(key, -1) != own:
                outside.add(key)
    kernels = [
        _kernel(group, readers, outside, count, locate, count_padding)
        for group in groups
        if group.nodes
    ]
    return [k for k in kernels if k.work_flop or k.bytes_moved or k.flags]


def _joins(group: Group, node: Node, stack: str) -> bool:
    role, leads = node.cost.role, group.role
    if role is Role.HEAVY or role is Role.UNKNOWN:
        return False
    if leads is Role.HEAVY:
        return stack in EPILOGUE and role is Role.POINTWISE and node.size == group.out_size
    if leads is Role.UNKNOWN or (leads is Role.REDUCTION and stack not in NORMALISE):
        return False
    return node.size in (group.size, group.out_size)


def _kernel(
    group: Group,
    readers: dict[int, int],
    outside: set[int],
    count: float,
    locate: Callable[[int], str],
    count_padding: bool,
) -> Kernel:
    reads: dict[int, float] = {}
    written = work_flop = 0.0
    flags = group.nodes[0].flags
    lead, rank = group.nodes[0], (-1, -1.0)
    made = {value.key for node in group.nodes for value in node.outputs}
    for node in group.nodes:
        cost = node.cost
        work_flop += cost.work_flop + (cost.padding_flop if count_padding else 0.0)
        if (ranked := (_ORDER.get(cost.role, 0), cost.work_flop)) > rank:
            lead, rank = node, ranked
        if node.flags is not flags:
            flags = flags | node.flags
        for value in node.inputs:
            if value.key not in made:
                reads[value.key] = _read_bytes(node, value)
        for value in node.outputs:
            if value.key in outside or value.key not in readers:
                written += value.size_bytes
    cost = group.cost or lead.cost
    dims = dict(cost.dims)
    if cost.family is Family.ELEMENTWISE:
        dims["inputs"] = float(len(reads))
    op = cost.op or lead.name
    if cost.family is Family.ROWWISE:
        op = rowwise_name(group.nodes, op)
    bytes_moved = sum(reads.values()) + written
    names = tuple([node.name for node in group.nodes])
    return Kernel(
        kernel_name(cost.family, op, dims, len(names) - 1),
        cost.family,
        op,
        _format(lead),
        work_flop,
        bytes_moved,
        dims,
        count,
        names,
        locate(lead.offset),
        flags,
    )


def _read_bytes(node: Node, value: Value) -> float:
    """Return bytes loaded: a slice or gather reads what it selects, not its whole source."""
    if node.cost.role is Role.MOVEMENT and node.outputs and node.outputs[0].kind:
        return min(value.size_bytes, node.outputs[0].kind.size_bytes)
    return value.size_bytes


def _format(node: Node) -> NumberFormat:
    first = None
    for value in (*node.inputs[:1], *node.outputs[:1]):
        kind = value.kind
        if kind is None:
            continue
        if kind.number_format.value.startswith(("fp", "bf", "tf")):
            return kind.number_format
        first = first or kind.number_format
    return first or NumberFormat.FP32
