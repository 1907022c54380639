"""Boundaries of kernels: which ops share one, here and in a compiler, and how far the two agree."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from costmodel.graph.functions import Survey
from costmodel.graph.fuse import grouped
from costmodel.graph.signatures import Signatures
from costmodel.graph.walk import Walk
from costmodel.mlir.ir import Module


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of ops that share a kernel, over the ops that both sides place."""

    ops: int
    together_both: int
    """Pairs in one kernel on both sides."""
    together_ours: int
    together_theirs: int

    @property
    def pairs(self) -> int:
        """All pairs of ops."""
        return self.ops * (self.ops - 1) // 2

    @property
    def precision(self) -> float:
        """Share of our pairs that the compiler fuses too; 1 without any."""
        return self.together_both / self.together_ours if self.together_ours else 1.0

    @property
    def recall(self) -> float:
        """Share of the compiler's pairs that we fuse too; 1 without any."""
        return self.together_both / self.together_theirs if self.together_theirs else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.together_ours + self.together_theirs
        return 2 * self.together_both / total if total else 1.0

    @property
    def rand(self) -> float:
        """Rand index: share of all pairs on which both sides say the same."""
        wrong = self.together_ours + self.together_theirs - 2 * self.together_both
        return 1 - wrong / self.pairs if self.pairs else 1.0

    def __add__(self, other: Agreement) -> Agreement:
        """Pool the pairs of two modules: pairs across modules count on neither side."""
        return Agreement(
            self.ops + other.ops,
            self.together_both + other.together_both,
            self.together_ours + other.together_ours,
            self.together_theirs + other.together_theirs,
        )


def kernel_lines(module: Module, stack: str) -> list[frozenset[int]]:
    """Return the lines of the ops of each kernel: those with work or traffic of their own."""
    walk = Walk(module, Survey.of(module), Signatures(module, {}), {}, {})
    walk.run()
    found = []
    for context in walk.contexts:
        for group in grouped(context.nodes, stack)[0]:
            lines = {int(module.location(n.offset).split(":")[-2]) for n in group.nodes}
            if lines:
                found.append(frozenset(lines))
    return found


def agreement(ours: Iterable[Iterable[int]], theirs: Iterable[Iterable[int]]) -> Agreement:
    """Compare two ways of placing ops in kernels; an op may stand in several kernels.

    A pair counts as together where any kernel holds both. Ops that only one side places are left
    out: a compiler rewrites some away.
    """
    left, right = [set(k) for k in ours], [set(k) for k in theirs]
    shared = set().union(*left) & set().union(*right)
    pairs_left, pairs_right = _pairs(left, shared), _pairs(right, shared)
    both = len(pairs_left & pairs_right)
    return Agreement(len(shared), both, len(pairs_left), len(pairs_right))


def _pairs(kernels: Sequence[set[int]], shared: set[int]) -> set[tuple[int, int]]:
    return {
        pair for kernel in kernels for pair in itertools.combinations(sorted(kernel & shared), 2)
    }
