"""Work of neighbourhood attention: what is needed, and what tiles of queries do in excess.

After A. Hassani et al., "Faster Neighborhood Attention", arXiv 2403.04690, and the documentation of
NATTEN: every query attends to the k nearest keys of each axis; at the borders the window is moved
inside, so that every query has exactly k.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its length, the window k on it, and the queries T a tile has along it."""

    length: int
    window: int
    tile: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.window <= self.length or self.tile < 1:
            raise InputError(f"window must lie in 1..length and tile be positive: {self}")

    def first_key(self, query: int) -> int:
        """Return where a query's window starts: centred, moved inside at the borders."""
        return min(max(query - self.window // 2, 0), self.length - self.window)

    def tile_pairs(self) -> int:
        """Return query-key pairs that tiles compute: all keys any query of a tile needs."""
        pairs = 0
        for start in range(0, self.length, self.tile):
            last = min(start + self.tile, self.length) - 1
            keys = self.first_key(last) + self.window - self.first_key(start)
            pairs += (last - start + 1) * keys
        return pairs

    @property
    def needed_pairs(self) -> int:
        """Query-key pairs inside the windows: L k."""
        return self.length * self.window


def waste(axes: Sequence[Axis]) -> float:
    """Return pairs computed over pairs needed, the product over axes (exact, borders included)."""
    return math.prod(axis.tile_pairs() / axis.needed_pairs for axis in axes)


def interior_waste(window: int, tile: int) -> float:
    """Return (T + k - 1) / k: the waste of one axis away from borders."""
    return (tile + window - 1) / window


def work_flop(axes: Sequence[Axis], head_dim: int, tiled: bool = False) -> float:
    """Return FLOP of a head: 4 d for every query-key pair (QK and PV)."""
    pairs = math.prod(axis.tile_pairs() if tiled else axis.needed_pairs for axis in axes)
    return 4.0 * head_dim * pairs


def unfused_bytes(axes: Sequence[Axis], element_bytes: float) -> float:
    """Return what keeping scores in memory adds: write, softmax read and write, read."""
    return 4 * element_bytes * math.prod(axis.needed_pairs for axis in axes)
