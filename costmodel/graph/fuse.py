"""Fusion groups: which ops become one kernel under a software stack.

XLA's way is in ``consumer_fusion``. For the other stacks ops are taken in program order: each joins
the latest group that produces one of its inputs, if the stack would fuse the two; otherwise it
starts a group. As a group only ever reads from earlier groups, the order of groups is an order of
execution. Views and broadcasts cost nothing: they are other names of the values they show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from costmodel.graph.consumer_fusion import into_consumers
from costmodel.graph.cost import OpCost, Role
from costmodel.graph.groups import Group, has_exponential, merge_attention, rowwise_name
from costmodel.graph.names import kernel_name
from costmodel.graph.values import Node
from costmodel.kernel import Family, Kernel
from microbench.formats import NumberFormat

EPILOGUE = frozenset({"iree", "vendor"})
"""Stacks that run pointwise consumers inside the kernel of a product or convolution."""
NORMALISE = frozenset({"inductor", "iree", "vendor"})
"""Stacks that keep a row's reduction and the pointwise work around it in one kernel."""
ATTENTION = frozenset({"inductor", "vendor"})
"""Stacks that run scores, softmax and weighting as one kernel."""
Shared = dict[tuple[int, str, int, int], tuple[str, dict[str, float]]]
"""Name and dimensions by identity of the cost, op, and numbers of inputs and ops."""
_MOVEMENT, _REDUCTION, _ROWWISE = Role.MOVEMENT, Role.REDUCTION, Family.ROWWISE


def fuse(
    nodes: Sequence[Node],
    stack: str,
    count: float,
    locate: Callable[[int], str],
    count_padding: bool = False,
    shared: Shared | None = None,
) -> list[Kernel]:
    """Group costed nodes and return one kernel a group, in execution order.

    ``shared`` carries names and dimensions from call to call, for nodes that live as long.
    """
    groups, hidden = grouped(nodes, stack)
    _note_traffic(nodes, hidden)
    known: Shared = {} if shared is None else shared
    kernels = [
        _kernel(group, count, locate, count_padding, known) for group in groups if group.nodes
    ]
    return [k for k in kernels if k.work_flop or k.bytes_moved or k.flags]


def grouped(nodes: Sequence[Node], stack: str) -> tuple[list[Group], set[int]]:
    """Return the groups, some of them emptied by merging, and the values that are never stored."""
    if stack == "xla":
        return into_consumers(nodes)
    groups: list[Group] = []
    home: dict[int, int] = {}
    alone = stack == "torch-eager"
    for node in nodes:
        if node.kept:
            continue
        at = -1
        for value in node.inputs:
            made = home.get(value.key, -1)
            if made > at:
                at = made
        if at < 0 or alone or not _joins(groups[at], node, stack):
            at = len(groups)
            groups.append(Group(node))
        else:
            groups[at].add(node)
        for value in node.outputs:
            home[value.key] = at
    if stack in ATTENTION:
        merge_attention(groups, home)
    return groups, _hidden(nodes, home)


def _hidden(nodes: Sequence[Node], home: dict[int, int]) -> set[int]:
    """Return the values that only their own group reads: they never reach memory."""
    inside: set[int] = set()
    outside: set[int] = set()
    for node in nodes:
        own = -1 if node.kept or not node.outputs else home[node.outputs[0].key]
        for value in node.inputs:
            key = value.key
            if home.get(key, -1) == own:
                inside.add(key)
            else:
                outside.add(key)
    return inside - outside


def _joins(group: Group, node: Node, stack: str) -> bool:
    role, leads = node.cost.role, group.role
    if role is Role.HEAVY or role is Role.UNKNOWN:
        return False
    if leads is Role.HEAVY:
        return stack in EPILOGUE and role is Role.POINTWISE and node.size == group.out_size
    if leads is Role.UNKNOWN or (leads is Role.REDUCTION and stack not in NORMALISE):
        return False
    if (
        stack == "iree"
        and leads is role is Role.REDUCTION
        and not has_exponential(n.name for n in group.nodes)
    ):
        return False  # IREE keeps two reductions in one kernel for a softmax alone
    return node.size in (group.size, group.out_size)


def _kernel(
    group: Group,
    count: float,
    locate: Callable[[int], str],
    count_padding: bool,
    shared: Shared,
) -> Kernel:
    nodes, root = group.nodes, group.root
    lead, rank, most = nodes[0], -1, 0.0
    flags, work_flop, written = lead.flags, 0.0, 0.0
    reads: dict[int, float] = {}
    made: list[int] = []
    for node in nodes:
        cost = node.cost
        reads.update(node.reads)
        made += node.makes
        if root < 0 or node.home == root:
            work_flop += cost.work_flop + cost.padding_flop if count_padding else cost.work_flop
            written += node.written
        if node.flags is not flags:
            flags = flags | node.flags
        if cost.rank > rank or (cost.rank == rank and cost.work_flop > most):
            lead, rank, most = node, cost.rank, cost.work_flop
    for key in made:
        reads.pop(key, None)
    cost = group.cost or lead.cost
    ops = tuple([node.name for node in nodes])
    op = cost.op or lead.name
    if cost.family is _ROWWISE and len(nodes) > 2:
        op = rowwise_name(ops, sum([node.cost.role is _REDUCTION for node in nodes]), op)
    name, dims = _described(cost, op, len(reads), len(nodes), shared if cost is lead.cost else {})
    bytes_moved = sum(reads.values()) + written
    number_format, location = _format(lead), locate(lead.offset)
    return Kernel(
        name,
        cost.family,
        op,
        number_format,
        work_flop,
        bytes_moved,
        dims,
        count,
        ops,
        location,
        flags,
    )


def _described(
    cost: OpCost, op: str, reads: int, nodes: int, shared: Shared
) -> tuple[str, dict[str, float]]:
    """Return a kernel's name and dimensions, worked out once for all kernels alike."""
    key = (id(cost), op, reads, nodes)
    found = shared.get(key)
    if found is None:
        dims = dict(cost.dims)
        if cost.family is Family.ELEMENTWISE:
            dims["inputs"] = float(reads)
        found = shared[key] = kernel_name(cost.family, op, dims, nodes - 1), dims
    return found


def _note_traffic(nodes: Sequence[Node], hidden: set[int]) -> None:
    """Note what each node reads and stores: it may be asked for in several kernels."""
    for node in nodes:
        outputs = node.outputs
        node.reads = {value.key: value.size_bytes for value in node.inputs}
        node.makes = [value.key for value in outputs]
        node.written = sum([value.size_bytes for value in outputs if value.key not in hidden])
        if node.cost.role is _MOVEMENT and outputs and outputs[0].kind:
            most = outputs[0].kind.size_bytes  # it reads what it selects, no whole source
            node.reads = {key: min(size, most) for key, size in node.reads.items()}


def _format(node: Node) -> NumberFormat:
    first = None
    for values in (node.inputs, node.outputs):
        kind = values[0].kind if values else None
        if kind is None:
            continue
        if kind.floating:
            return kind.number_format
        first = first or kind.number_format
    return first or NumberFormat.FP32
