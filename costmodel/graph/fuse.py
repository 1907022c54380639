"""Fusion groups: which ops become one kernel under a software stack.

Ops are taken in program order. Each joins the latest group that produces one of its inputs, if the
stack would fuse the two; otherwise it starts a group. As a group only ever reads from earlier
groups, the order of groups is an order of execution. Views and broadcasts cost nothing: they are
other names of the values they show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from costmodel.graph.cost import OpCost, Role, Typed
from costmodel.graph.names import kernel_name
from costmodel.kernel import Family, Kernel
from costmodel.mlir.types import TensorType
from microbench.formats import NumberFormat

EPILOGUE = frozenset({"iree", "vendor"})
"""Stacks that run pointwise consumers inside the kernel of a product or convolution."""
NORMALISE = frozenset({"inductor", "iree", "vendor"})
"""Stacks that keep a row's reduction and the pointwise work around it in one kernel."""


@dataclass(frozen=True, slots=True)
class Value:
    """A tensor in memory: identity, bytes a reader loads (0: computed on the fly) and type."""

    key: int
    size_bytes: float
    kind: TensorType | None


@dataclass(frozen=True, slots=True)
class Node:
    """A costed op with the values it reads and writes."""

    name: str
    cost: OpCost
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    location: str = ""
    typed: Typed | None = None
    kept: bool = False

    @classmethod
    def keep(cls, values: Sequence[Value]) -> Node:
        """Mark values as used after the last kernel: what a function returns."""
        return cls("return", OpCost(Role.FREE), tuple(values), (), kept=True)

    @property
    def size(self) -> float:
        """Elements of the loop nest: outputs, or a reduction's inputs."""
        if self.cost.role is Role.REDUCTION and self.inputs and self.inputs[0].kind:
            return self.inputs[0].kind.elements
        return self.out_size

    @property
    def out_size(self) -> float:
        """Elements of the first result."""
        return self.outputs[0].kind.elements if self.outputs and self.outputs[0].kind else 0.0


@dataclass(slots=True)
class _Group:
    nodes: list[Node]
    role: Role
    size: float
    out_size: float
    made: set[int] = field(default_factory=set)


def fuse(nodes: Sequence[Node], stack: str) -> list[Kernel]:
    """Group costed nodes and return one kernel a group, in execution order."""
    groups: list[_Group] = []
    home: dict[int, int] = {}
    for node in nodes:
        if node.kept:
            continue
        producers = [home[value.key] for value in node.inputs if value.key in home]
        at = max(producers, default=-1)
        if at < 0 or not _joins(groups[at], node, stack):
            groups.append(_Group([], node.cost.role, node.size, node.out_size))
            at = len(groups) - 1
        _add(groups[at], node)
        home.update((value.key, at) for value in node.outputs)
    readers: dict[int, set[int]] = {}
    for node in nodes:
        own = -1 if node.kept or not node.outputs else home[node.outputs[0].key]
        for value in node.inputs:
            readers.setdefault(value.key, set()).add(own)
    return [_kernel(group, at, readers) for at, group in enumerate(groups)]


def _joins(group: _Group, node: Node, stack: str) -> bool:
    if stack == "torch-eager" or node.cost.role in {Role.HEAVY, Role.UNKNOWN}:
        return False
    fits = node.size in {group.size, group.out_size}
    if group.role is Role.HEAVY:
        pointwise = node.cost.role is Role.POINTWISE
        return stack in EPILOGUE and pointwise and node.size == group.out_size
    if group.role is Role.REDUCTION:
        return stack in NORMALISE and fits
    return group.role is not Role.UNKNOWN and fits


def _add(group: _Group, node: Node) -> None:
    group.nodes.append(node)
    group.made.update(value.key for value in node.outputs)
    if node.cost.role is Role.REDUCTION and group.role is not Role.REDUCTION:
        group.role, group.size = Role.REDUCTION, node.size
        group.out_size = node.out_size


def _kernel(group: _Group, at: int, readers: dict[int, set[int]]) -> Kernel:
    reads = {
        value.key: _read_bytes(node, value)
        for node in group.nodes
        for value in node.inputs
        if value.key not in group.made
    }
    writes = sum(
        value.size_bytes
        for node in group.nodes
        for value in node.outputs
        if readers.get(value.key, {-1}) - {at}
    )
    lead = _lead(group)
    cost = lead.cost
    kernel = Kernel(
        name="",
        family=cost.family,
        op=cost.op or lead.name,
        number_format=_format(lead),
        work_flop=sum(node.cost.work_flop for node in group.nodes),
        bytes_moved=sum(reads.values()) + writes,
        dims=_dims(lead, len(reads)),
        ops=tuple(node.name for node in group.nodes),
        location=lead.location,
    )
    return replace(kernel, name=kernel_name(kernel))


def _read_bytes(node: Node, value: Value) -> float:
    """Return bytes loaded: a slice or gather reads what it selects, not its whole source."""
    if node.cost.role is Role.MOVEMENT and node.outputs and node.outputs[0].kind:
        return min(value.size_bytes, node.outputs[0].kind.size_bytes)
    return value.size_bytes


def _lead(group: _Group) -> Node:
    """Return the node that names the kernel: heavy, else reduction, else the costliest."""
    order = {Role.HEAVY: 3, Role.REDUCTION: 2, Role.POINTWISE: 1}
    return max(group.nodes, key=lambda node: (order.get(node.cost.role, 0), node.cost.work_flop))


def _dims(lead: Node, inputs: int) -> dict[str, float]:
    dims = dict(lead.cost.dims)
    if lead.cost.family is Family.ELEMENTWISE:
        dims["inputs"] = float(inputs)
    return dims


def _format(node: Node) -> NumberFormat:
    kinds = [value.kind for value in (*node.inputs[:1], *node.outputs[:1]) if value.kind]
    floats = [kind for kind in kinds if kind.number_format.value.startswith(("fp", "bf", "tf"))]
    chosen = (floats or kinds)[:1]
    return chosen[0].number_format if chosen else NumberFormat.FP32
