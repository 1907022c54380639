"""XLA's way of forming kernels: every op moves into the kernels that use it, copied if it is cheap.

Ops are taken from the last to the first. An op that may be fused moves into the kernel of its only
user; if several kernels use it, a cheap op is computed again in each of them and an expensive one
becomes a kernel of its own. An op of several large inputs is stored where one reader waits for
another through memory. Source: openxla/xla, instruction_fusion.cc (``IsExpensive``, "don't
duplicate expensive instructions", "not fuse expensive producers and consumers who reuse operand
elements", ``ComputeGloballyUnfusible``). Kernels of products, convolutions, sorts and FFTs take in
nothing.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from costmodel.graph.cost import Role
from costmodel.graph.groups import Group
from costmodel.graph.values import KEPT, Node, Work

_CHEAP = frozenset(
    """abs add and broadcast ceil clamp compare concatenate convert copy dynamic_slice
    dynamic_update_slice floor is_finite maximum minimum multiply negate not or pad popcnt real imag
    complex reverse select shift_left shift_right_arithmetic shift_right_logical sign slice subtract
    transpose xor gather addf subf mulf negf addi subi muli cmpf cmpi maximumf minimumf extf truncf
    sitofp fptosi extract_slice mul sub neg relu cast""".split()
)
"""Ops that XLA computes again rather than stores; ``gather`` and names of other dialects are added
by analogy."""
_ALONE = frozenset(["scatter", "select_and_scatter"])
"""Movements that XLA for CPU runs as kernels of their own."""
_POINTWISE, _MOVEMENT, _REDUCTION = Role.POINTWISE, Role.MOVEMENT, Role.REDUCTION
Places = tuple[int, ...]
"""The kernels that hold an op, each named by its last op; none for an op that is no kernel's."""
MOST_COPIES = 64
"""Kernels an op is repeated in at most, so that long chains stay linear: set by eye, not XLA's."""
MOST_STEPS = 1000
"""Ops between two readers of a value that are looked at: more always hold one that is stored."""


def into_consumers(
    nodes: Sequence[Node], read_as_is: Container[int] = ()
) -> tuple[list[Group], set[int]]:
    """Return the groups in program order of their last ops, and the values never stored.

    What makes a value ``read_as_is`` is no kernel: its readers take what it reads.
    """
    places: list[Places] = [()] * len(nodes)
    takes = [False] * len(nodes)
    users: dict[int, Sequence[int]] = {}
    """Value to the nodes that read it, once for every time they do."""
    traits: dict[Work, tuple[bool, bool, bool]] = {}
    makers: dict[int, int] = {}
    hidden: set[int] = set()
    at = len(nodes)
    for node in reversed(nodes):
        at -= 1
        work, outputs = node.work, node.outputs
        if work is not KEPT and not (outputs and outputs[0].key in read_as_is):
            known = traits.get(work)
            if known is None:
                known = traits[work] = _traits(work)
            takes[at], moves, cheap = known
            key = outputs[0].key if outputs else 0
            reading = users.get(key, ())
            if not moves or (len(reading) == len(outputs) == 1 and not takes[reading[0]]):
                places[at] = (at,)
            elif (
                len(reading) == len(outputs) == 1
                and len(found := places[reading[0]]) == 1
                and (cheap or not _spreads(node, users, nodes))
            ):  # most of all: nothing to weigh
                places[at] = found
                hidden.add(key)
            else:
                found = _places(at, node, cheap, users, places, takes, nodes, makers)
                places[at] = found
                if at not in found:
                    hidden.update([value.key for value in outputs])
        for value in node.inputs:
            key = value.key
            others = users.get(key)
            if others is None:
                users[key] = (at,)
            elif type(others) is list:
                others.append(at)
            else:
                users[key] = [*others, at]
    return _groups(nodes, places), hidden


def _places(
    at: int,
    node: Node,
    cheap: bool,
    users: dict[int, Sequence[int]],
    places: list[Places],
    takes: list[bool],
    nodes: Sequence[Node],
    makers: dict[int, int],
) -> Places:
    """Return the kernels that hold a node that may move, each named by its last node.

    ``makers`` is filled with the node that makes each value once one is asked for.
    """
    found: Places = ()
    stored = False
    for value in node.outputs:
        for user in users.get(value.key, ()):
            if not takes[user]:
                stored = True
            elif not found:
                found = places[user]
            elif found != places[user]:
                found = tuple({*found, *places[user]})
    if not found or len(found) > MOST_COPIES:
        return (at,)
    if not cheap and (stored or len(found) > 1 or _spreads(node, users, nodes)):
        return (at,)
    if len(found) > 1:
        kept = tuple([root for root in found if nodes[root].work.cost.role is not _REDUCTION])
        if len(kept) < len(found):
            found, stored = kept, True
    if (stored or len(found) > 1) and not _at_most_unary(node):
        if stored:
            return (at,)
        if not makers:
            makers.update((value.key, n) for n, one in enumerate(nodes) for value in one.outputs)
        if _waits(at, found, users, places, nodes, makers):
            return (at,)
    return (*found, at) if stored else found


def _waits(
    at: int,
    found: Places,
    users: dict[int, Sequence[int]],
    places: list[Places],
    nodes: Sequence[Node],
    makers: dict[int, int],
) -> bool:
    """Say whether a reader of a node needs, through memory, what another kernel makes of it.

    ``found`` are the kernels its readers are in: XLA fuses such a node with none of them
    (``CanFuseOnAllPaths``).
    """
    first = min(found)
    for reader in {user for value in nodes[at].outputs for user in users.get(value.key, ())}:
        waiting, seen = [reader] if reader > first else [], {reader}
        while waiting:
            for value in nodes[waiting.pop()].inputs:
                maker = makers.get(value.key, -1)
                if maker <= at or maker in seen:
                    continue
                if places[maker] == (maker,) and maker in found:
                    return True
                seen.add(maker)
                waiting.append(maker)
            if len(seen) > MOST_STEPS:
                return True
    return False


def _traits(work: Work) -> tuple[bool, bool, bool]:
    """Say of an op whether its kernel takes in what it reads, whether it moves, and is cheap."""
    short, role = work.name.rpartition(".")[2], work.cost.role
    alone = short in _ALONE or "window" in short
    moves = role is _POINTWISE or (role is _MOVEMENT and not alone)
    return moves or (role is _REDUCTION and not alone), moves, short in _CHEAP


def _spreads(node: Node, users: dict[int, Sequence[int]], nodes: Sequence[Node]) -> bool:
    """Say whether a reader sees a result with more elements than the op's first one has."""
    for result in node.outputs:
        for user in users.get(result.key, ()):
            for value in nodes[user].inputs:
                kind = value.kind
                if value.key == result.key and kind and kind.elements > node.work.out_size:
                    return True
    return False


def _at_most_unary(node: Node) -> bool:
    """Say whether at most one input is as large as the result: reading it costs as much."""
    size_bytes = node.outputs[0].size_bytes
    return sum(value.size_bytes >= size_bytes for value in node.inputs) <= 1


def _groups(nodes: Sequence[Node], places: list[Places]) -> list[Group]:
    """Form the groups: an op counts in the first of its kernels, the rest repeat it."""
    groups: list[Group | None] = [None] * len(nodes)
    for node, found in zip(nodes, places, strict=True):
        if not found:
            continue
        node.home = found[0] if len(found) == 1 else min(found)
        for root in found:
            group = groups[root]
            if group is None:
                groups[root] = Group(node, root)
            else:
                group.nodes.append(node)
    return [group for group in groups if group is not None]
