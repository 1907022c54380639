"""Trees laid out for native evaluation, and blocks of rows sent through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from costmodel.learned.tree_kernel import BLOCK, LANES, evaluator, one_row_evaluator

if TYPE_CHECKING:
    from costmodel.learned.trees import Forest

_NODE = np.dtype([("threshold", "<f4"), ("left", "<i4"), ("feature", "<i4")])
_LARGEST = np.finfo(np.float32).max


class Walk:
    """A forest's nodes with siblings side by side, tree after tree and level after level."""

    def __init__(self, forest: Forest) -> None:
        old, left, self._roots, self._depths = _by_level(forest)
        self._features = int(forest.feature.max()) + 1
        leaf = forest.left[old] == old
        self._nodes = np.empty(len(old), dtype=_NODE)
        # Missing values stand above the largest number: a split of missing from the rest is there.
        split = np.minimum(forest.threshold[old], _LARGEST)
        self._nodes["threshold"] = np.where(leaf, np.inf, split)
        self._nodes["left"] = left
        low = np.where(forest.missing_left[old] & ~leaf, self._features, 0)
        self._nodes["feature"] = (forest.feature[old] + low) * BLOCK
        self._values = np.ascontiguousarray(forest.value[old], dtype=np.float32)
        spare = -len(self._roots) % LANES
        # Trees to spare end where they start, in a leaf that adds nothing.
        nothing = np.array([(np.inf, len(old), 0)], dtype=_NODE)
        self._nodes = np.concatenate([self._nodes, nothing])
        self._values = np.append(self._values, np.float32(0))
        self._grouped = [
            np.append(one, np.full(spare, value, dtype=np.int32))
            for one, value in ((self._roots, len(old)), (self._depths, 0))
        ]
        groups = len(self._grouped[0]) // LANES
        arrays = (self._nodes, self._values, *self._grouped)
        self._one = (*(one.ctypes.data for one in arrays), groups)

    def sum(self, row: npt.NDArray[np.float32]) -> float:
        """Return the sum of the leaves one row ends in."""
        return one_row_evaluator()(*self._one, row.ctypes.data, self._features)

    def sums(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return the sum of the leaves each row ends in."""
        count, features = len(rows), self._features
        out = np.zeros(-(-count // BLOCK) * BLOCK)
        # Rows a block lacks hold what memory held: they walk along and are dropped.
        space = np.empty((2, features, BLOCK), dtype=np.float32)
        walk = evaluator()
        model = [a.ctypes.data for a in (self._nodes, self._values, self._roots, self._depths)]
        address, sums = space.ctypes.data, out.ctypes.data
        for start in range(0, count, BLOCK):
            some = rows[start : start + BLOCK].T[:features]
            width = some.shape[1]
            high, low = space[0, :, :width], space[1, :, :width]
            np.minimum(some, _LARGEST, out=high)
            missing = np.isnan(some)
            low[:] = high
            if np.count_nonzero(missing):
                high[missing] = np.inf
                low[missing] = -np.inf
            groups = -(-width // LANES)
            walk(*model, len(self._roots), address, sums + start * out.itemsize, groups)
        return out[:count]


def _by_level(forest: Forest) -> tuple[npt.NDArray[np.int32], ...]:
    """Return nodes in a new order, the new place of each one's left child, and roots and depths.

    A leaf is its own left child. The right child always follows the left one.
    """
    order: list[int] = []
    left: list[int] = []
    starts, depths = [], []
    lefts, rights = forest.left.tolist(), forest.right.tolist()
    for root in forest.roots.tolist():
        starts.append(len(order))
        level, depth = [root], -1
        while level:
            following: list[int] = []
            after = len(order) + len(level)
            for node in level:
                inner = lefts[node] != node
                left.append(after + len(following) if inner else len(left))
                following += [lefts[node], rights[node]] if inner else []
            order += level
            level, depth = following, depth + 1
        depths.append(depth)
    return tuple(np.array(one, dtype=np.int32) for one in (order, left, starts, depths))
