"""Shared memory of a block in closed form: from the tile, without a fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.resources.demand import Settings
from costmodel.resources.demand_triton import units_of
from costmodel.resources.plan import ELEMENT_BYTES, TRITON, KernelFamily, shared_bytes

Ints = npt.NDArray[np.int64]
BLOCK_SUMS_BYTES = 128
"""One float for each of 32 warps, where a whole block reduces (``over_block`` of ``tile.cuh``)."""
_BYTES = np.array(list(ELEMENT_BYTES.values()), dtype=np.int64)


def block_shared_bytes(family: KernelFamily, arch: str, settings: Settings) -> Ints:
    """Return shared bytes of a block, static and dynamic, without the system's reserve.

    Exact for the CUDA templates. Triton's products keep ``num_stages`` buffers of both operands
    where matrix units read shared memory themselves, else one less; it adds barriers and
    sometimes more room for the result, which are not counted. See ``docs/resources.md``.
    """
    s = {name: np.asarray(column, np.int64) for name, column in settings.items()}
    if family in TRITON:
        return np.asarray(_triton(family, arch, s), np.int64)
    count = len(s["THREADS"])
    rows = ({name: int(column[i]) for name, column in s.items()} for i in range(count))
    dynamic = np.fromiter((shared_bytes(family, row) for row in rows), np.int64, count)
    return np.asarray(dynamic + _static(family, s), np.int64)


def _static(family: KernelFamily, s: dict[str, Ints]) -> Any:
    block_wide = s["THREADS"] > 32
    if family in (KernelFamily.NORM, KernelFamily.SOFTMAX, KernelFamily.SCAN):
        return np.where(block_wide, BLOCK_SUMS_BYTES, 0)
    if family is KernelFamily.REDUCTION:
        return np.where(block_wide & (s["OVER_COLUMNS"] == 0), BLOCK_SUMS_BYTES, 0)
    return 0


def _triton(family: KernelFamily, arch: str, s: dict[str, Ints]) -> Any:
    size, warps = _BYTES[s["ELEMENT"]], s["num_warps"]
    if family is KernelFamily.TRITON_NORM:
        return s["ROWS"] * warps * 4
    units = units_of(s["BLOCK_M"].astype(float), warps.astype(float), size == 4, arch)
    buffers = np.where(units >= 2, s["num_stages"], np.maximum(s["num_stages"] - 1, 1))
    if family is KernelFamily.TRITON_ATTENTION:
        tiles = np.where(s["num_stages"] == 1, 1, 2 * buffers)
        return (s["BLOCK_M"] + tiles * s["BLOCK_N"]) * s["DIM"] * size
    return buffers * (s["BLOCK_M"] + s["BLOCK_N"]) * s["BLOCK_K"] * size
