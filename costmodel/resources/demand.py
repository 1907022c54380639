"""Registers a kernel's values need, counted from what its program keeps alive.

Every family states the same quantities, a thread's and in registers of 32 bits, so that what was
learned on some families carries to others. They are counted in the kernels' text (``cuda/*.cuh``,
``microbench/workloads/triton_*.py``) and hold no fitted number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.resources.plan import ELEMENT_BYTES, FLOAT, TRITON, KernelFamily

Array = npt.NDArray[np.float64]
Settings = Mapping[str, npt.NDArray[Any]]
Counts = dict[str, Any]
QUANTITIES = (
    "sums", "held", "scratch", "operands", "passing", "waiting", "hoistable", "addresses", "masks",
    "scalars", "body", "units",
)  # fmt: skip
"""What is counted.

``sums``: results that live through the main loop; ``held``: inputs that do. ``scratch``: a second
block of values beside the sums. ``operands``: what one step of products reads. ``passing``: loaded
values on their way to shared memory, before the operands are read; ``waiting``: loaded values that
stay while products run. ``hoistable``: loads of the unrolled body that may be issued a step
early. ``addresses``: pointers and coordinates worth keeping;
``masks``: bounds that guard single copies; ``scalars``: coordinates and counters beyond those of
the shortest kernels. Beside them:
``body``, the products or operations of the unrolled body; ``units``, who multiplies (0 lanes, 1
matrix instructions of a warp, 2 of a group of warps, 3 with sums in tensor memory).
"""
_BYTES = np.array(list(ELEMENT_BYTES.values()), dtype=np.float64)


def counts(family: KernelFamily, arch: str, settings: Settings) -> dict[str, Array]:
    """Return every quantity of ``QUANTITIES`` for kernels of one family, one entry a kernel.

    ``settings`` has an array of one length for each setting of the family's space.
    """
    s = _Columns({name: np.asarray(column, np.float64) for name, column in settings.items()})
    s["EB"] = _BYTES[np.asarray(settings.get("ELEMENT", np.full(s.length, FLOAT)), np.int64)]
    found = _COUNTS_TRITON[family](s, arch) if family in TRITON else _COUNTS[family](s)
    zero = np.zeros(s.length)
    return {name: np.asarray(found.get(name, 0.0) + zero) for name in QUANTITIES}


class _Columns(dict[str, Array]):
    @property
    def length(self) -> int:
        return len(self["THREADS"])


def _product_mma(s: _Columns, conv: bool) -> Counts:
    rows, columns, steps = s["WM"] / 16, s["WN"] / 8, s["BK"] / 32
    a, b = (s[side] * s["BK"] / 16 / s["THREADS"] for side in ("BM", "BN"))
    fragments = rows * 4 + columns * 2
    through = s["STAGES"] == 1
    return {
        "sums": s["WM"] * s["WN"] / 32,
        "held": 3 * a if conv else 0.0,
        "operands": fragments,
        "hoistable": fragments * (np.minimum(steps, 2) - 1),
        "passing": np.where(through, 4 * (a + b), 0),
        "addresses": 2 * (a + b) + np.where(through, 0, a + b),
        "masks": np.where(through, 0, a),
        "scalars": 12 if conv else 8,
        "body": rows * columns * steps,
        "units": 1,
    }


def _product_simt(s: _Columns, conv: bool) -> Counts:
    a, b = (s[side] * s["BK"] / 4 / s["THREADS"] for side in ("BM", "BN"))
    read = s["TM"] + s["TN"]
    pixels = np.minimum(a, s["BM"] / np.gcd((4 * s["THREADS"]).astype(int), s["BM"].astype(int)))
    return {
        "sums": s["TM"] * s["TN"],
        "held": 3 * pixels if conv else 0.0,
        "operands": read,
        "hoistable": read * (s["UNROLL"] > 1),
        "passing": np.where(s["STAGES"] == 1, 4 * (a + b), 0),
        "waiting": np.where(s["STAGES"] == 2, 4 * (a + b), 0),
        "addresses": 2 * (a + b),
        "masks": np.where(s["STAGES"] > 2, a, 0),
        "scalars": 12 if conv else 8,
        "body": s["TM"] * s["TN"] * s["UNROLL"],
    }


def _conv_direct(s: _Columns) -> Counts:
    window = (s["TX"] - 1) * s["STRIDE"] + s["KERNEL"]
    weights = s["TC"] * s["KERNEL"] ** 2
    return {
        "sums": s["TX"] * s["TC"],
        "operands": window + 1,
        "hoistable": window * (s["KERNEL"] * s["UNROLL"] - 1) + weights * s["UNROLL"] - 1,
        "addresses": 2 * s["TC"],
        "scalars": 8,
        "body": s["TX"] * weights * s["UNROLL"],
    }


def _attention_mma(s: _Columns) -> Counts:
    rows = s["ROWS"] / 16
    sums, scores = s["ROWS"] * s["DIM"] / 32, s["ROWS"] * s["BN"] / 32
    copies = 2 * s["BN"] * s["DIM"] / 8 / s["THREADS"]
    return {
        "sums": sums,
        "held": sums / 2 * s["HELD"] + 6 * rows,
        "scratch": scores,
        "operands": rows * 4 * (1 - s["HELD"]) + 2,
        "hoistable": 8,
        "addresses": 2 * np.minimum(copies, 4) + 4 * (s["STAGES"] - 1),
        "masks": (4 + 2 * rows) * s["CAUSAL"],
        "scalars": 12,
        "body": rows * s["BN"] * s["DIM"] / 64,
        "units": 1,
    }


def _attention_simt(s: _Columns) -> Counts:
    mine = s["DIM"] / s["SPLIT"]
    return {
        "sums": mine,
        "held": mine + 2,
        "scratch": s["BN"],
        "operands": np.minimum(mine, 4),
        "hoistable": mine * s["BN"] * s["EB"] / 4,
        "addresses": 4,
        "scalars": 6,
        "body": 2 * mine * s["BN"],
    }


def _reduction(s: _Columns) -> Counts:
    columns, values = s["OVER_COLUMNS"] == 1, s["ITEMS"] * s["VECTOR"]
    loaded = np.maximum(values * s["EB"] / 4, s["ITEMS"])
    unrolled = np.where(columns & (s["ITEMS"] < 4), 4, 1)
    return {
        "sums": np.where(columns, s["VECTOR"] * s["MOMENTS"], s["MOMENTS"]),
        "passing": loaded,
        "hoistable": loaded * (unrolled - 1),
        "addresses": np.where(columns, 2 * unrolled, 2),
        "body": values * s["MOMENTS"] * unrolled,
    }


def _norm(s: _Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"]
    loaded = np.maximum(values * s["EB"] / 4, s["ITEMS"]) * (1 + s["RESIDUAL"])
    return {
        "held": np.maximum(values, loaded),
        "operands": s["VECTOR"] * s["CENTRED"],
        "addresses": 2 * s["CENTRED"],
        "body": values * 4,
    }


def _softmax(s: _Columns) -> Counts:
    values, held = s["ITEMS"] * s["VECTOR"], s["HELD"] == 1
    loaded = np.maximum(values * s["EB"] / 4, s["ITEMS"])
    return {
        "held": np.where(held, values, 0),
        "passing": np.where(held, 0, np.maximum(loaded, values * 0.75)),
        "masks": np.where(held, 0, s["ITEMS"]),
        "body": values * 3,
    }


def _elementwise(s: _Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"] * s["INPUTS"]
    return {
        "held": values,
        "masks": 2 * s["ITEMS"],
        "scalars": 2,
        "body": values * s["LENGTH"],
    }


_COUNTS: Mapping[KernelFamily, Callable[[_Columns], Counts]] = {
    KernelFamily.GEMM_MMA: lambda s: _product_mma(s, conv=False),
    KernelFamily.CONV_MMA: lambda s: _product_mma(s, conv=True),
    KernelFamily.GEMM_SIMT: lambda s: _product_simt(s, conv=False),
    KernelFamily.CONV_SIMT: lambda s: _product_simt(s, conv=True),
    KernelFamily.CONV_DIRECT: _conv_direct,
    KernelFamily.ATTENTION_MMA: _attention_mma,
    KernelFamily.ATTENTION_SIMT: _attention_simt,
    KernelFamily.REDUCTION: _reduction,
    KernelFamily.NORM: _norm,
    KernelFamily.SOFTMAX: _softmax,
    KernelFamily.ELEMENTWISE: _elementwise,
}


def units_of(m: Array, warps: Array, lanes: Array, arch: str) -> Array:
    """Return who multiplies in a Triton product of ``m`` rows (see ``QUANTITIES``).

    ``lanes``: operands are fp32. Groups of four warps take 64 rows on Hopper, the tensor memory of
    Blackwell 64 or 128 (PTX ISA, ``wgmma`` and ``tcgen05``).
    """
    grouped = {"sm_80": 1, "sm_90a": 2, "sm_100a": 3}[arch]
    wide = (m >= 64) & (warps >= 4)
    return np.where(lanes, 0, np.where(wide, grouped, 1)).astype(float)


def _warps_down(m: Array, n: Array, warps: Array) -> Array:
    """Return how many warps share a tile's rows when Triton deals out 16 x 8 fragments."""
    down, across = np.ones_like(m), np.ones_like(m)
    for _ in range(5):
        more = down * across < warps
        taller = (m / 16 / down >= n / 16 / across) & (down < m / 16)
        down = np.where(more & taller, down * 2, down)
        across = np.where(more & ~taller, across * 2, across)
    return down


def _triton_product(s: _Columns, arch: str, conv: bool) -> Counts:
    m, n, k, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["BLOCK_K"], s["THREADS"], s["EB"]
    units = units_of(m, s["num_warps"], size == 4, arch)
    down = _warps_down(m, n, s["num_warps"])
    across = s["num_warps"] / down
    fragments = np.maximum(m / down, 16) / 4 + np.maximum(n / across, 8) / 4
    by_lanes = np.sqrt(m * n / threads) * 2 * 4
    operands = np.select([units == 0, units == 1], [by_lanes, fragments], 0.0)
    a, b = (np.maximum(side * k * size / 16 / threads, 1) for side in (m, n))
    steps = k * size / 32
    through = s["num_stages"] == 1
    return {
        "sums": m * n / threads,
        "held": 3 * np.maximum(a, 1) if conv else 0.0,
        "operands": operands,
        "hoistable": np.where(units == 1, fragments * (np.minimum(steps, 2) - 1), 0),
        "passing": np.where(through, 4 * (a + b), 0),
        "addresses": 2 * (a + b),
        "scalars": 10 if conv else 6,
        "body": m * n * k / threads / np.where(units == 0, 1, 64),
        "units": units,
    }


def _triton_attention(s: _Columns, arch: str) -> Counts:
    m, n, dim, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["DIM"], s["THREADS"], s["EB"]
    units = units_of(m, s["num_warps"], size == 4, arch)
    rows = np.maximum(m / 16 / s["num_warps"], 1)
    warp_rows = units == 1
    sums = np.where(warp_rows, rows * 16 * dim / 32, m * dim / threads)
    scores = np.where(warp_rows, rows * 16 * n / 32, m * n / threads)
    copies = 2 * np.maximum(n * dim * size / 16 / threads, 1)
    return {
        "sums": sums,
        "held": np.where(warp_rows, rows * 16 * dim * size / 128, 0) + 4 * rows,
        "scratch": scores,
        "operands": np.where(warp_rows, np.maximum(n, dim) / 4, 0),
        "addresses": 2 * copies,
        "masks": copies,
        "passing": np.where(s["num_stages"] == 1, 4 * copies, 0),
        "scalars": 12,
        "body": m * n * dim * 2 / threads / 64,
        "units": units,
    }


def _triton_norm(s: _Columns, arch: str) -> Counts:  # noqa: ARG001 - one signature for all
    values = np.maximum(s["ROWS"] * s["BLOCK"] / s["THREADS"], 1)
    across = np.minimum(values, np.maximum(s["BLOCK"] / s["THREADS"], 1))
    whole = s["WHOLE"] == 1
    return {
        "sums": np.where(whole, 0, 2 * values),
        "held": np.where(whole, values, 0),
        "operands": 2 * across,
        "hoistable": np.where(whole, 2 * across * s["EB"] / 4, values * s["EB"] / 4),
        "addresses": 2 * np.maximum(values * s["EB"] / 16, 1),
        "masks": np.maximum(values * s["EB"] / 16, 1),
        "body": values * 5,
    }


_COUNTS_TRITON: Mapping[KernelFamily, Callable[[_Columns, str], Counts]] = {
    KernelFamily.TRITON_GEMM: lambda s, arch: _triton_product(s, arch, conv=False),
    KernelFamily.TRITON_CONV: lambda s, arch: _triton_product(s, arch, conv=True),
    KernelFamily.TRITON_ATTENTION: _triton_attention,
    KernelFamily.TRITON_NORM: _triton_norm,
}
