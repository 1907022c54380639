"""What a fusion group comes to as a kernel, worked out once for all groups alike.

A model repeats its layers, so most groups are a copy of an earlier one: the same ops on the same
sizes, joined the same way, over other tensors. Such a group differs in nothing but its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from costmodel.graph.cost import Role
from costmodel.graph.groups import Group, rowwise_name
from costmodel.graph.in_place import chained_updates, traffic
from costmodel.graph.names import kernel_name
from costmodel.graph.values import Node
from costmodel.kernel import Family, Flag
from microbench.formats import NumberFormat

_MOVEMENT, _REDUCTION, _ROWWISE = Role.MOVEMENT, Role.REDUCTION, Family.ROWWISE


_FUNCTIONS = {
    **{name: name for name in "exp log tanh tan cbrt erf atan2 rsqrt sqrt sin cos".split()},
    **dict.fromkeys(("exponential", "exp2", "softmax"), "exp"),
    **dict.fromkeys(("log_plus_one", "log1p", "softplus"), "log1p"),
    **dict.fromkeys(("exponential_minus_one", "expm1", "elu", "selu"), "expm1"),
    **dict.fromkeys(("logistic", "sigmoid", "silu", "swish"), "logistic"),
    **dict.fromkeys(("power", "pow", "powf"), "power"),
    **dict.fromkeys(("remainder", "remf", "remsi", "remui", "fmod"), "remainder"),
    **dict.fromkeys(("divide", "div", "divf", "reciprocal"), "divide"),
    "sine": "sin",
    "cosine": "cos",
    "gelu": "erf",
}
"""Op to the function it evaluates at every element of its result."""


class Described(NamedTuple):
    """A kernel without its count and place; fields as in ``Kernel``."""

    name: str
    family: Family
    op: str
    number_format: NumberFormat
    work_flop: float
    bytes_moved: float
    dims: Mapping[str, float]
    ops: tuple[str, ...]
    flags: frozenset[Flag]
    evaluations: Mapping[str, float]
    lead: int
    """Index of the node that carries the cost."""


class Shared:
    """Kernels by what tells groups apart.

    Work and types are told apart by identity: those seen are kept, so that none takes the place of
    another in memory.
    """

    def __init__(self) -> None:
        self.contexts: dict[tuple[int, ...], tuple[list[Described], list[int]]] = {}
        """Kernels of whole contexts by the marks of their nodes, and the places of their leads."""
        self._known: dict[tuple[int, ...], Described] = {}
        self._marks: dict[tuple[object, ...], int] = {}
        self._stored: dict[object, int] = {}
        self._seen: list[object] = []

    def mark(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        """Give nodes of equal work, sizes and types equal numbers; return these.

        The values of a context are numbered as nodes first name them. A node stands at the next
        number, and tells its values by their distance: nodes that stand as far from each other and
        are marked alike have the same values in common.
        """
        marks = self._marks
        numbers: dict[int, int] = {}
        number = numbers.setdefault
        said: tuple[object, ...]
        for place, node in enumerate(nodes):
            node.place, node.at = place, (at := len(numbers))
            inputs, outputs = node.inputs, node.outputs
            if len(outputs) == 1 and len(inputs) == 2:  # what it makes, its work tells
                first, last = inputs
                said = (
                    node.work,
                    at - number(first.key, len(numbers)), first.size_bytes, id(first.kind),
                    at - number(last.key, len(numbers)), last.size_bytes, id(last.kind),
                    at - number(outputs[0].key, len(numbers)),
                )  # fmt: skip
            elif len(outputs) == len(inputs) == 1:
                (first,) = inputs
                said = (
                    node.work,
                    at - number(first.key, len(numbers)), first.size_bytes, id(first.kind),
                    at - number(outputs[0].key, len(numbers)),
                )  # fmt: skip
            else:
                parts: list[object] = []
                for value in (*inputs, *outputs):
                    number(value.key, len(numbers))
                    parts += (at - numbers[value.key], value.size_bytes, id(value.kind))
                said = (node.work, len(inputs), tuple(parts))
            mark = marks.get(said)
            if mark is None:
                mark = marks[said] = len(marks)
                self._seen += [value.kind for value in (*inputs, *outputs)]
            node.mark = mark
        return tuple([node.mark for node in nodes])

    def mark_stored(self, nodes: Sequence[Node], hidden: set[int]) -> None:
        """Tell nodes apart also by which of their results are ``hidden``: never stored."""
        stored = self._stored
        for node in nodes:
            outputs = node.outputs
            if len(outputs) == 1:
                said: object = node.mark * 2 + (outputs[0].key in hidden)
            else:
                said = (node.mark, *[value.key in hidden for value in outputs])
            node.mark = stored.setdefault(said, len(stored))

    def described(self, group: Group, hidden: set[int], count_padding: bool) -> Described:
        """Return what a group comes to; ``hidden`` are the values that are never stored."""
        if group.cost is not None:
            return describe(group, hidden, count_padding)
        nodes, root = group.nodes, group.root
        key: tuple[int, ...]
        if len(nodes) == 1:
            node = nodes[0]
            key = (node.mark if node.home == root else ~node.mark,)
        else:
            start = nodes[0].at
            said = [
                ((node.at - start) << 32) + (node.mark if node.home == root else ~node.mark)
                for node in nodes
            ]
            key = tuple(said)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = describe(group, hidden, count_padding)
        return found


def describe(group: Group, hidden: set[int], count_padding: bool) -> Described:
    """Work out a kernel: an op computed in several counts its work and stores in its home alone."""
    nodes, root = group.nodes, group.root
    at, rank, most = 0, -1, 0.0
    flags, work_flop, written = nodes[0].work.flags, 0.0, 0.0
    evaluations: dict[str, float] = {}
    reads: dict[int, float] = {}
    made: list[int] = []
    chained = chained_updates(nodes, hidden)
    for index, node in enumerate(nodes):
        cost = node.work.cost
        loaded, counts = node.reads or _reads(node), node.home == root or root < 0
        made += [value.key for value in node.outputs]
        if counts:
            work_flop += cost.work_flop + cost.padding_flop if count_padding else cost.work_flop
            if cost.update is None:
                written += sum([v.size_bytes for v in node.outputs if v.key not in hidden])
            else:
                loaded = dict(loaded)
                written += traffic(node, cost.update, loaded, hidden - chained)
                loaded = {key: max(size, reads.get(key, 0.0)) for key, size in loaded.items()}
        reads.update(loaded)
        if node.work.flags is not flags:
            flags = flags | node.work.flags
        function = _FUNCTIONS.get(cost.op)
        if function is not None:
            evaluations[function] = evaluations.get(function, 0.0) + node.work.out_size
        if cost.rank >= rank and (cost.rank > rank or cost.work_flop > most):
            at, rank, most = index, cost.rank, cost.work_flop
    for key in made:
        reads.pop(key, None)
    lead = nodes[at]
    cost = group.cost or lead.work.cost
    ops = tuple([node.work.name for node in nodes])
    op = cost.op or lead.work.name
    if cost.family is _ROWWISE and len(nodes) > 2:
        op = rowwise_name(ops, sum([node.work.cost.role is _REDUCTION for node in nodes]), op)
    dims = dict(cost.dims)
    if cost.family is Family.ELEMENTWISE:
        dims["inputs"] = float(len(reads))
    name = kernel_name(cost.family, op, dims, len(nodes) - 1)
    bytes_moved = sum(reads.values()) + written
    return Described(
        name, cost.family, op, cost.number_format or _format(lead), work_flop, bytes_moved, dims,
        ops, flags, evaluations, at,
    )  # fmt: skip


def _reads(node: Node) -> dict[int, float]:
    """Return the bytes a node loads of each value it reads, and note them for its next kernel."""
    reads = {value.key: value.size_bytes for value in node.inputs}
    outputs = node.outputs
    if node.work.cost.role is _MOVEMENT and outputs and outputs[0].kind:
        most = outputs[0].kind.size_bytes  # it reads what it selects, no whole source
        reads = {key: min(size, most) for key, size in reads.items()}
    node.reads = reads
    return reads


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
