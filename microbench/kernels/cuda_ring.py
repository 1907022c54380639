"""Random rings for pointer chases: every node is visited once before any is visited twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Ring:
    """A Hamiltonian cycle over nodes 0 to n - 1 that starts at node 0."""

    order: np.ndarray[Any, Any]
    """Nodes in the order of the walk."""

    @property
    def successors(self) -> np.ndarray[Any, Any]:
        """For each node, the node after it."""
        import numpy as np

        following = np.empty_like(self.order)
        following[self.order] = np.roll(self.order, -1)
        return following

    def after(self, steps: int) -> int:
        """Return the node reached from node 0 by a number of steps."""
        return int(self.order[steps % len(self.order)])


@lru_cache(maxsize=64)
def random_ring(nodes: int, seed: int) -> Ring:
    """Return a uniformly random cycle, node 0 first; kept for later visits to the same point."""
    import numpy as np

    order = np.arange(nodes, dtype=np.int64)
    np.random.default_rng(seed).shuffle(order[1:])
    return Ring(order)


def pointer_words(ring: Ring, node_bytes: int, base: int, jitter: int = 0) -> np.ndarray[Any, Any]:
    """Return memory (64-bit words) in which each node holds the address of the next.

    ``jitter`` moves node ``i`` by ``i % jitter`` lines of 128 bytes inside its ``node_bytes``, so
    that nodes a page apart do not fall into the same cache sets.
    """
    import numpy as np

    nodes = np.arange(len(ring.order), dtype=np.uint64)
    places = nodes * np.uint64(node_bytes)
    if jitter:
        places += nodes % np.uint64(jitter) * np.uint64(128)
    memory = np.zeros(len(nodes) * node_bytes // 8, np.uint64)
    following = np.uint64(base) + places[ring.successors]
    if jitter:
        memory[(places // np.uint64(8)).astype(np.int64)] = following
    else:
        memory[:: node_bytes // 8] = following  # a third faster than by index
    return memory


def node_address(node: int, node_bytes: int, base: int, jitter: int = 0) -> int:
    """Return the address of a node as ``pointer_words`` lays them out."""
    return base + node * node_bytes + (node % jitter * 128 if jitter else 0)
