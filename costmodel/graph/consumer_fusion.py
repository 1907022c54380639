"""XLA's way of forming kernels: every op moves into the kernels that use it, copied if it is cheap.

Ops are taken from the last to the first. An op that may be fused moves into the kernel of its only
user; if several kernels use it, a cheap op is computed again in each of them and an expensive one
becomes a kernel of its own. Source: openxla/xla, instruction_fusion.cc (``IsExpensive``, "don't
duplicate expensive instructions", "not fuse expensive producers and consumers who reuse operand
elements"). Kernels of products, convolutions, sorts and FFTs take in nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from costmodel.graph.cost import Role
from costmodel.graph.groups import Group
from costmodel.graph.values import Node

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
MOST_COPIES = 64
"""Kernels an op is repeated in at most, so that long chains stay linear: set by eye, not XLA's."""
_FUSIBLE = (Role.POINTWISE, Role.MOVEMENT, Role.REDUCTION)


def into_consumers(nodes: Sequence[Node]) -> tuple[list[Group], set[int]]:
    """Return the groups in program order of their last ops, and the values never stored."""
    places: list[set[int]] = [set() for _ in nodes]
    users: dict[int, list[tuple[int, float]]] = {}
    """Value to the nodes that read it, and elements as they see it."""
    hidden: set[int] = set()
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        if not node.kept:
            places[at] = _places(at, nodes, users, places)
            if at not in places[at]:
                hidden.update(value.key for value in node.outputs)
        for value in node.inputs:
            seen = value.kind.elements if value.kind else 0.0
            users.setdefault(value.key, []).append((at, seen))
    return _groups(nodes, places), hidden


def _places(
    at: int,
    nodes: Sequence[Node],
    users: dict[int, list[tuple[int, float]]],
    places: list[set[int]],
) -> set[int]:
    """Return the kernels that hold a node, each named by its last node."""
    node = nodes[at]
    found: set[int] = set()
    stored, spread = not _fusible(node), False
    for value in node.outputs:
        for user, seen in users.get(value.key, ()):
            spread = spread or seen > node.out_size
            if _takes_in(nodes[user]):
                found |= places[user]
            else:
                stored = True
    if not found or not _fusible(node) or node.cost.role is Role.REDUCTION:
        return {at}
    cheap = node.name.rpartition(".")[2] in _CHEAP
    if not cheap and (spread or stored or len(found) > 1):
        return {at}
    if len(found) > MOST_COPIES:
        return {at}
    summed = {root for root in found if nodes[root].cost.role is Role.REDUCTION}
    if summed and len(found) > 1:
        found, stored = found - summed, True
    if stored and not _at_most_unary(node):
        return {at}
    return found | {at} if stored else found


def _at_most_unary(node: Node) -> bool:
    """Say whether at most one input is as large as the result: reading it costs as much."""
    return sum(value.size_bytes >= _bytes(node) for value in node.inputs) <= 1


def _bytes(node: Node) -> float:
    return node.outputs[0].size_bytes


def _takes_in(node: Node) -> bool:
    return not node.kept and _fusible(node) and "window" not in node.name


def _fusible(node: Node) -> bool:
    return node.cost.role in _FUSIBLE and node.name.rpartition(".")[2] not in _ALONE


def _groups(nodes: Sequence[Node], places: list[set[int]]) -> list[Group]:
    """Form the groups: an op's work counts in the first of its kernels, the rest repeat it."""
    groups: dict[int, Group] = {}
    for at, node in enumerate(nodes):
        if node.kept:
            continue
        first = min(places[at])
        for root in sorted(places[at]):
            group = groups.get(root)
            if group is None:
                group = groups[root] = Group(node)
                group.nodes = []
            group.nodes.append(node)
            if root != first:
                group.repeated.add(id(node))
    return [groups[root] for root in sorted(groups)]
