"""Which tile a tuner would likely pick, learned from published tables of tuned kernels.

Small forests per side of the tile, fitted by ``benchmarks/fit_tuned_tiles.py`` on the best
configurations that vLLM and SGLang ship (Apache-2.0): fused mixtures of experts and fp8 products
with 128 x 128 scales, on NVIDIA GPUs from Ampere on; and by ``benchmarks/fit_tuned_products.py`` on
those of aiter (MIT): 8-bit products on CDNA 3. They know shapes and the device's figures, no names;
elsewhere ``None`` is returned and the cost model alone decides.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from costmodel.blocks import tuned_products
from costmodel.blocks.library import Operator
from costmodel.blocks.tile_cost import Array, Chip

FILE = "tuned_tiles.npz"
SIDES = ("BLOCK_M", "BLOCK_N", "BLOCK_K")
WARP = 32
AMPERE_SHARED_BYTES = 100 * 1024
"""A multiprocessor's shared memory from Ampere on, at least."""
FLOOR = 0.02
"""Least likelihood of a tile that tuners can take: labels are noisy (two public tuners agree on 59%
of the tiles of shapes that both tuned)."""
TRUST = 0.5
"""Factor on log likelihood beside log time in the ranking; set by eye."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in flat arrays; ``feature`` is -1 at a leaf, ``votes`` are shares of 255 by class."""

    classes: Array
    roots: Array
    feature: Array
    threshold: Array
    left: Array
    right: Array
    votes: Array

    def likelihood(self, features: Array) -> dict[int, float]:
        """Return the likelihood of each class for one row of features; it sums to 1."""
        total = np.zeros(len(self.classes))
        for root in self.roots.tolist():
            node = root
            while (place := int(self.feature[node])) >= 0:
                lower = features[place] <= self.threshold[node]
                node = int(self.left[node] if lower else self.right[node])
            total += self.votes[node]
        return {
            int(name): float(share)
            for name, share in zip(self.classes, total / total.sum(), strict=True)
        }


def gemm_features(m: float, n: float, k: float, device: tuple[float, ...]) -> Array:
    """Return the features of an fp8 product."""
    return np.asarray([math.log2(m), math.log2(n), math.log2(k), math.log2(m * n), *device])


def grouped_features(
    tokens: float, inter: float, experts: float, element_bytes: float, device: tuple[float, ...]
) -> Array:
    """Return the features of a mixture of experts: ``inter`` is a shard's inner size."""
    shape = [math.log2(tokens), math.log2(inter), math.log2(experts), math.log2(tokens / experts)]
    return np.asarray([*shape, element_bytes, *device])


def device_features(
    sm_count: float, bandwidth_bytes_per_s: float, shared_sm_bytes: float, l2_bytes: float
) -> tuple[float, ...]:
    """Return a device's part of the features."""
    return (
        math.log2(sm_count),
        bandwidth_bytes_per_s / 1e12,
        shared_sm_bytes / 1024,
        l2_bytes / 2**20,
    )


def log_likelihood(
    operator: Operator,
    element_bytes: float,
    sizes: tuple[float, ...],
    tokens: float,
    chip: Chip,
    columns: Mapping[str, Array],
) -> Array | None:
    """Return ``TRUST`` times the log likelihood of each tile, or ``None`` where none is known.

    ``sizes`` are b, m, n, k, of a grouped product experts, rows each, width, hidden.
    """
    asked = _features(operator, element_bytes, sizes, tokens, chip)
    if asked is None:
        return None
    total = np.zeros(len(columns[SIDES[0]]))
    trees = products() if chip.arch == tuned_products.ARCH else forests()
    for side in SIDES:
        shares = trees[operator, side].likelihood(asked)
        known = np.full(int(columns[side].max()) + 1, math.log(FLOOR))
        for value, share in shares.items():
            if value < len(known):
                known[value] = math.log(max(share, FLOOR))
        total += known[columns[side]]
    return np.asarray(TRUST * total)


def _features(
    operator: Operator, element_bytes: float, sizes: tuple[float, ...], tokens: float, chip: Chip
) -> Array | None:
    """Return what the forests that speak for a problem ask; ``None`` where none does."""
    limits = chip.limits
    device = device_features(
        chip.sm_count, chip.dram_bytes_per_s, limits.shared_sm_bytes, chip.l2_bytes
    )
    product = operator is Operator.GEMM and element_bytes == 1 and sizes[0] == 1
    if product and tuned_products.speaks_for(element_bytes, sizes[0], chip):
        return tuned_products.features(sizes[1], sizes[2], sizes[3], chip.sm_count)
    if limits.warp != WARP or limits.shared_sm_bytes < AMPERE_SHARED_BYTES:
        return None
    if operator is Operator.GROUPED_GEMM and tokens:
        experts, width = max(sizes[0], 1.0), max(sizes[2], 2.0)
        return grouped_features(tokens, width / 2, experts, element_bytes, device)
    return gemm_features(sizes[1], sizes[2], sizes[3], device) if product else None


@functools.cache
def products() -> dict[tuple[Operator, str], Forest]:
    """Return the forests of tuned 8-bit products on CDNA 3."""
    return unpacked(tuned_products.arrays(), (Operator.GEMM,))


@functools.cache
def forests() -> dict[tuple[Operator, str], Forest]:
    """Return the forests that ship, by operator and side of the tile."""
    with files("costmodel.blocks").joinpath(FILE).open("rb") as file:
        arrays = dict(np.load(file, allow_pickle=False))
    return unpacked(arrays)


def unpacked(
    arrays: Mapping[str, Any],
    operators: tuple[Operator, ...] = (Operator.GEMM, Operator.GROUPED_GEMM),
) -> dict[tuple[Operator, str], Forest]:
    """Return forests from named arrays, as the file holds them."""
    fields = tuple(Forest.__dataclass_fields__)
    return {
        (operator, side): Forest(*(arrays[f"{operator.value}.{side}.{name}"] for name in fields))
        for operator in operators
        for side in SIDES
    }


def provenance() -> dict[str, Any]:
    """Return where the forests come from: tables, licences, rows, accuracy."""
    with files("costmodel.blocks").joinpath(FILE).open("rb") as file:
        text = bytes(np.load(file, allow_pickle=False)["header"]).decode()
    return dict(json.loads(text))
