"""Registers of Triton kernels, from how Triton deals a tile out to warps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from costmodel.resources.columns import WAITING_ADDRESSES, Array, Columns, Counts
from costmodel.resources.plan import KernelFamily


def units_of(m: Array, warps: Array, lanes: Array, arch: str) -> Array:
    """Return who multiplies in a Triton product of ``m`` rows (see ``QUANTITIES``).

    ``lanes``: operands are fp32. Groups of four warps take 64 rows on Hopper, the tensor memory of
    Blackwell 64 or 128 (PTX ISA, ``wgmma`` and ``tcgen05``).
    """
    grouped = {"sm_80": 1, "sm_90a": 2, "sm_100a": 3}[arch]
    wide = (m >= 64) & (warps >= 4)
    return np.where(lanes, 0, np.where(wide, grouped, 1)).astype(float)


def _warps_down(m: Array, n: Array, warps: Array) -> Array:
    """Return how many warps share a tile's rows when Triton deals out fragments of 16 x 8 results.

    Warps double along the side with more fragments left, along the rows where they are as many or
    none is left: then warps repeat each other's work (Triton's ``warpsPerTileV2``).
    """
    down, across = np.ones_like(m), np.ones_like(m)
    rows, columns = np.maximum(m / 16, 1), np.maximum(n / 8, 1)
    for _ in range(5):
        more, taller = down * across < warps, rows >= columns
        down = np.where(more & taller, down * 2, down)
        across = np.where(more & ~taller, across * 2, across)
        rows = np.where(more & taller, np.maximum(rows / 2, 1), rows)
        columns = np.where(more & ~taller, np.maximum(columns / 2, 1), columns)
    return down


def _triton_product(s: Columns, arch: str, conv: bool) -> Counts:
    """Pointers of a product's copies move with its loop, so they are values; a patch's do not.

    Those of a tile that passes through registers lie where it will, but for a few.
    """
    m, n, k, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["BLOCK_K"], s["THREADS"], s["EB"]
    units = units_of(m, s["num_warps"], size == 4, arch)
    down = _warps_down(m, n, s["num_warps"])
    across = s["num_warps"] / down
    rows, columns = np.maximum(m / down, 16), np.maximum(n / across, 8)
    fragments = rows / 4 + columns / 4
    by_lanes = np.sqrt(m * n / threads) * 2 * 4
    operands = np.select([units == 0, units == 1], [by_lanes, fragments], 0.0)
    a, b = (np.maximum(side * k * size / 16 / threads, 1) for side in (m, n))
    steps = k * size / 32
    through = s["num_stages"] == 1
    moving = (4 if arch == "sm_80" else 2) * (a + b)
    pointers = np.where(through, np.minimum(moving, 2 * WAITING_ADDRESSES), moving)
    passing = np.where(through, 4 * (a + b), 0)
    return {
        "sums": np.where(units == 1, rows * columns / 32, m * n / threads),
        "held": 3 * a if conv else pointers,
        "operands": operands,
        "hoistable": np.where(units == 1, fragments * (np.minimum(steps, 2) - 1), 0),
        "passing": passing,
        "addresses": 2 * b if conv else 0.0,
        "scalars": 14 if conv else 10,
        "body": m * n * k / threads / np.where(units == 0, 1, 64),
        "units": units,
    }


def _triton_norm_product(s: Columns, arch: str) -> Counts:
    """Rows pass through registers between memory and the matrix units, a whole step of them.

    There they are squared and scaled by gains; lanes of a fragment see a quarter of a step's gains.
    """
    m, n, k, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["BLOCK_K"], s["THREADS"], s["EB"]
    units = units_of(m, s["num_warps"], size == 4, arch)
    alone, apart = units == 1, units == 3
    down = np.where(alone, _warps_down(m, n, s["num_warps"]), np.minimum(s["num_warps"], m / 16))
    right = np.where(alone, np.maximum(n / (s["num_warps"] / down), 8) / 4, 0)
    mine = np.maximum(m * k / threads, 1)
    left = np.where(apart, mine, np.maximum(m / down, 16) * k / 32) * size / 4
    a, b = (np.maximum(side * k * size / 16 / threads, 1) for side in (m, n))
    return {
        "sums": m * n / threads,
        "held": (4 if arch == "sm_80" else 2) * (a + b) + 2
        + np.where(apart, np.maximum(mine / 8, 1), np.maximum(m / down, 16) / 8),
        "operands": left + right + np.where(apart, 8, k / 4),
        "hoistable": right * (np.minimum(k * size / 32, 2) - 1),
        "passing": np.where(s["num_stages"] == 1, 4 * (a + b), 0),
        "scalars": 12,
        "body": m * n * k / threads / 64,
        "units": units,
    }  # fmt: skip


def _triton_attention(s: Columns, arch: str) -> Counts:
    """Warps of the two products of a tile all share its rows, or else all its columns.

    Triton decides by the second: rows where there are at least as many as ``DIM``, repeated where
    warps are more than rows of 16. Weights for it then lie packed beside the scores they are made
    of, and queries stay; else both come from shared memory, as fragments. Pointers move.
    """
    m, n, dim, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["DIM"], s["THREADS"], s["EB"]
    warps = s["num_warps"]
    units = units_of(m, warps, size == 4, arch)
    alone, apart = units == 1, units == 3
    by_rows = m >= dim
    down = np.where(alone & ~by_rows, 1, warps)
    rows, across = np.where(alone, np.maximum(m / down / 16, 1), m / down / 16), warps / down
    sums, scores = (
        np.where(alone, rows * np.maximum(side / across, 8) / 2, m * side / threads)
        for side in (dim, n)
    )
    queries = np.where(alone & by_rows, rows * dim * size / 8, 0)
    fragments = rows * 4 + np.maximum(n, dim) / across / 4
    words = n * dim * size / 4 / threads
    copies = np.clip(words / 4, 1, 8)
    return {
        "sums": np.where(apart, 0, sums),
        "held": queries + 8 * rows + np.where(apart, sums, 0) + copies * np.where(alone, 2, 4),
        "scratch": scores * np.where(alone, 1.5, 2),
        "operands": np.where(alone & ~by_rows, fragments, 0),
        "early": np.where(alone & (s["num_stages"] == 1), words, 0),
        "scalars": np.where(alone, 16, 20),
        "body": m * n * dim * 2 / threads / 64,
        "units": units,
    }


def _triton_norm(s: Columns) -> Counts:
    values = np.maximum(s["ROWS"] * s["BLOCK"] / s["THREADS"], 1)
    across = np.minimum(values, np.maximum(s["BLOCK"] / s["THREADS"], 1))
    whole = s["WHOLE"] == 1
    return {
        "sums": np.where(whole, 0, 2 * values),
        "held": np.where(whole, values, 0),
        "operands": np.where(whole, across * s["EB"] / 4, 0),
        "passing": np.where(whole, 0, values * s["EB"] / 4),
        "addresses": 2 * np.where(s["ROWS"] > 1, np.maximum(values * s["EB"] / 16, 1), 1),
        "scalars": 10,
        "body": values * 5,
    }


COUNTS: Mapping[KernelFamily, Callable[[Columns, str], Counts]] = {
    KernelFamily.TRITON_GEMM: lambda s, arch: _triton_product(s, arch, conv=False),
    KernelFamily.TRITON_CONV: lambda s, arch: _triton_product(s, arch, conv=True),
    KernelFamily.TRITON_ATTENTION: _triton_attention,
    KernelFamily.TRITON_NORM: lambda s, _: _triton_norm(s),
    KernelFamily.TRITON_NORM_GEMM: _triton_norm_product,
}
