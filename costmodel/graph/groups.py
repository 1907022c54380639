"""Groups of ops on their way to becoming kernels, and the patterns people have names for."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from costmodel.graph.cost import OpCost, Role
from costmodel.graph.values import Node
from costmodel.kernel import Family

_EXPONENTIALS = ("exponential", "exp", "exp2", "softmax")
_ROOTS = ("rsqrt", "sqrt", "power")


class Group:
    """Ops of one kernel."""

    __slots__ = ("cost", "nodes", "root")

    def __init__(self, node: Node, root: int = -1) -> None:
        self.nodes = [node]
        self.root = root
        """Which kernel this is, where ops may be computed in several: an op counts in its home."""
        self.cost: OpCost | None = None
        """Cost description where the group is more than its leading op: attention."""


class Growing(Group):
    """A group that ops join in program order; ``role`` and sizes decide which may."""

    __slots__ = ("out_size", "role", "size")

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.role, self.size, self.out_size = node.work.cost.role, node.size, node.work.out_size

    def add(self, node: Node) -> None:
        """Let a node join: a reduction takes the lead from pointwise work."""
        self.nodes.append(node)
        if node.work.cost.role is Role.REDUCTION and self.role is not Role.REDUCTION:
            self.role, self.size, self.out_size = Role.REDUCTION, node.size, node.work.out_size


def has_exponential(names: Iterable[str]) -> bool:
    """Say whether any op is an exponential: what tells a softmax from a norm."""
    return any(name.rpartition(".")[2] in _EXPONENTIALS for name in names)


@functools.lru_cache(maxsize=4096)
def rowwise_name(names: tuple[str, ...], reductions: int, default: str) -> str:
    """Name reductions with their surroundings: ``softmax``, ``layer_norm``, ``rms_norm``."""
    if reductions >= 2 and has_exponential(names):
        return "softmax"
    if any(name.rpartition(".")[2] in _ROOTS for name in names):
        return "layer_norm" if reductions >= 2 else "rms_norm"
    return default


def merge_attention(groups: list[Growing], home: dict[int, int]) -> None:
    """Merge scores = Q K^T, softmax, and the product with V into one group.

    The second product must take, through groups of pointwise work and reductions over the scores
    alone, what the first product makes. Emptied groups stay in the list without nodes.
    """
    for at, group in enumerate(groups):
        if not _is_product(group):
            continue
        found = _softmax_before(groups, home, at)
        if found is None:
            continue
        first, between = found
        scores, weighted = groups[first].nodes[0].work.cost.dims, group.nodes[0].work.cost.dims
        if scores["b"] != weighted["b"] or weighted["k"] != scores["n"]:
            continue
        cost = _attention(groups[first], between, groups)
        nodes = [node for index in (first, *sorted(between)) for node in groups[index].nodes]
        for index in (first, *between):
            groups[index].nodes = []
        group.nodes = nodes + group.nodes
        group.cost = cost
        for node in nodes:
            home.update((value.key, at) for value in node.outputs)


def _is_product(group: Growing) -> bool:
    return (
        bool(group.nodes) and group.nodes[0].work.cost.family is Family.GEMM and group.cost is None
    )


def _softmax_before(
    groups: list[Growing], home: dict[int, int], at: int
) -> tuple[int, set[int]] | None:
    """Walk back from a product to another one through a softmax; at most a dozen groups."""
    between: set[int] = set()
    products: set[int] = set()
    waiting = [at]
    while waiting and len(between) <= 12:
        for node in groups[waiting.pop()].nodes:
            for value in node.inputs:
                index = home.get(value.key, -1)
                if index < 0 or index == at or index in between:
                    continue
                if groups[index].role is Role.HEAVY:
                    products.add(index)
                elif _over_scores(groups[index], groups[at]):
                    between.add(index)
                    waiting.append(index)
    nodes = [node for index in between for node in groups[index].nodes]
    names = {node.work.name.rpartition(".")[2] for node in nodes}
    if not names.intersection(_EXPONENTIALS) or not any(
        node.work.cost.role is Role.REDUCTION for node in nodes
    ):
        return None
    fitting = [index for index in products if _feeds(groups[index], between, groups)]
    return (max(fitting), between) if fitting else None


def _over_scores(group: Growing, product: Growing) -> bool:
    """Say whether a group works on the score matrix or on one number for each of its rows."""
    dims = product.nodes[0].work.cost.dims
    scores = dims["b"] * dims["m"] * dims["k"]
    return group.role is not Role.UNKNOWN and (
        group.size == scores or group.size == dims["b"] * dims["m"]
    )


def _feeds(product: Growing, between: set[int], groups: list[Growing]) -> bool:
    if not _is_product(product):
        return False
    made = {value.key for node in product.nodes for value in node.outputs}
    return any(
        value.key in made
        for index in between
        for node in groups[index].nodes
        for value in node.inputs
    )


def _share_stored(scores: Node) -> float:
    """Return the stored share of the keys: grouped queries see each key head several times."""
    keys = scores.inputs[1] if len(scores.inputs) > 1 else None
    if keys is None or keys.kind is None or not 0 < keys.size_bytes < keys.kind.size_bytes:
        return 1.0
    return keys.size_bytes / keys.kind.size_bytes


def _attention(first: Growing, between: set[int], groups: list[Growing]) -> OpCost:
    scores = first.nodes[0]
    d = scores.work.cost.dims
    left = scores.inputs[0].kind
    batch = float(left.shape[0] or 1) if left and len(left.shape) == 4 else 1.0
    masked = any("select" in node.work.name for index in between for node in groups[index].nodes)
    family = Family.ATTENTION_PREFILL if masked else Family.ATTENTION_ENCODER
    heads = d["b"] / batch
    dims = {
        "batch": batch,
        "seq": d["m"],
        "kv_len": d["n"],
        "heads": heads,
        "kv_heads": max(1.0, round(heads * _share_stored(scores))),
        "head_dim": d["k"],
        "window": 0.0,
    }
    if d["m"] == 1:
        family = Family.ATTENTION_DECODE
    return OpCost(Role.HEAVY, family, "attention", 0.0, dims)
