"""XLA's way of forming kernels: every op moves into the kernels that use it, copied if it is cheap.

Ops are taken from the last to the first. An op that may be fused moves into the kernel of its only
user; if several kernels use it, a cheap op is computed again in each of them and an expensive one
becomes a kernel of its own. Source: openxla/xla, instruction_fusion.cc (``IsExpensive``, "don't
duplicate expensive instructions", "not fuse expensive producers and consumers who reuse operand
elements"). Kernels of products, convolutions, sorts and FFTs take in nothing.
"""

from __future__ import annotations

import functools
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
_POINTWISE, _MOVEMENT, _REDUCTION = Role.POINTWISE, Role.MOVEMENT, Role.REDUCTION
MOST_COPIES = 64
"""Kernels an op is repeated in at most, so that long chains stay linear: set by eye, not XLA's."""


def into_consumers(nodes: Sequence[Node]) -> tuple[list[Group], set[int]]:
    """Return the groups in program order of their last ops, and the values never stored."""
    places: list[set[int]] = [set() for _ in nodes]
    takes = [_takes_in(node) for node in nodes]
    users: dict[int, list[tuple[int, float]]] = {}
    """Value to the nodes that read it, and elements as they see it."""
    hidden: set[int] = set()
    for at in range(len(nodes) - 1, -1, -1):
        node = nodes[at]
        if not node.kept:
            found = places[at] = _places(at, node, users, places, takes, nodes)
            if at not in found:
                hidden.update([value.key for value in node.outputs])
        for value in node.inputs:
            seen = (at, value.kind.elements if value.kind else 0.0)
            known = users.get(value.key)
            if known is None:
                users[value.key] = [seen]
            else:
                known.append(seen)
    return _groups(nodes, places), hidden


def _places(
    at: int,
    node: Node,
    users: dict[int, list[tuple[int, float]]],
    places: list[set[int]],
    takes: list[bool],
    nodes: Sequence[Node],
) -> set[int]:
    """Return the kernels that hold a node, each named by its last node."""
    cheap, alone = _traits(node.name)
    role = node.cost.role
    if role is not _POINTWISE and (role is not _MOVEMENT or alone):
        return {at}
    found: set[int] = set()
    stored = spread = False
    for value in node.outputs:
        for user, seen in users.get(value.key, ()):
            spread = spread or seen > node.out_size
            if not takes[user]:
                stored = True
            elif not found:
                found = places[user]
            elif found is not places[user]:
                found = found | places[user]
    if not found or len(found) > MOST_COPIES:
        return {at}
    if not cheap and (spread or stored or len(found) > 1):
        return {at}
    if len(found) > 1:
        summed = {root for root in found if nodes[root].cost.role is _REDUCTION}
        if summed:
            found, stored = found - summed, True
    if stored and not _at_most_unary(node):
        return {at}
    return found | {at} if stored else found


@functools.cache
def _traits(name: str) -> tuple[bool, bool]:
    """Say whether an op is cheap, and whether it stays a kernel of its own."""
    short = name.rpartition(".")[2]
    return short in _CHEAP, short in _ALONE or "window" in short


def _at_most_unary(node: Node) -> bool:
    """Say whether at most one input is as large as the result: reading it costs as much."""
    return sum(value.size_bytes >= _bytes(node) for value in node.inputs) <= 1


def _bytes(node: Node) -> float:
    return node.outputs[0].size_bytes


def _takes_in(node: Node) -> bool:
    """Say whether a node's kernel takes in what the node reads."""
    role = node.cost.role
    if node.kept or (role is not _POINTWISE and role is not _MOVEMENT and role is not _REDUCTION):
        return False
    return role is _POINTWISE or not _traits(node.name)[1]


def _groups(nodes: Sequence[Node], places: list[set[int]]) -> list[Group]:
    """Form the groups: an op counts in the first of its kernels, the rest repeat it."""
    groups: dict[int, Group] = {}
    for at, node in enumerate(nodes):
        if node.kept:
            continue
        found = places[at]
        node.home = min(found)
        for root in found:
            group = groups.get(root)
            if group is None:
                groups[root] = Group(node, root)
            else:
                group.nodes.append(node)
    return [groups[root] for root in sorted(groups)]
