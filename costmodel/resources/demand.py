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
    "sums", "held", "scratch", "operands", "passing", "waiting", "hoistable", "early", "addresses",
    "masks",
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
DIVISION = 5
PREDICATES = 7
_BYTES = np.array(list(ELEMENT_BYTES.values()), dtype=np.float64)


def counts(family: KernelFamily, arch: str, settings: Settings) -> dict[str, Array]:
    """Return every quantity of ``QUANTITIES`` for kernels of one family, one entry a kernel.

    ``settings`` has an array of one length for each setting of the family's space.
    """
    s = _Columns({name: np.asarray(column, np.float64) for name, column in settings.items()})
    s["EB"] = _BYTES[np.asarray(settings.get("ELEMENT", np.full(s.length, FLOAT)), np.int64)]
    s["NEW"] = np.full(s.length, float(arch == "sm_100a"))
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
    fewest = np.minimum(rows * 4 + 2, columns * 2 + 4)
    through = s["STAGES"] == 1
    passing = np.where(through, 4 * (a + b), 0)
    ahead = np.maximum(fragments, passing) - np.maximum(fewest, passing)
    return {
        "sums": s["WM"] * s["WN"] / 32,
        "held": 3 * a if conv else 0.0,
        "operands": fewest,
        "hoistable": ahead + fragments * (np.minimum(steps, 2) - 1),
        "passing": passing,
        "addresses": 2 * (a + b) + np.where(through, 0, a + b),
        "scalars": 10,
        "body": rows * columns * steps,
        "units": 1,
    }


def _product_simt(s: _Columns, conv: bool) -> Counts:
    a, b = (s[side] * s["BK"] / 4 / s["THREADS"] for side in ("BM", "BN"))
    read = s["TM"] + s["TN"]
    passing = np.where(s["STAGES"] == 1, 4 * (a + b), 0)
    ahead = np.where(s["UNROLL"] > 1, 2, 1) * read
    pixels = np.minimum(a, s["BM"] / np.gcd((4 * s["THREADS"]).astype(int), s["BM"].astype(int)))
    return {
        "sums": s["TM"] * s["TN"],
        "held": 3 * pixels if conv else 0.0,
        "operands": read,
        "hoistable": np.maximum(ahead, passing) - np.maximum(read, passing),
        "passing": passing,
        "waiting": np.where(s["STAGES"] == 2, 4 * (a + b), 0),
        "addresses": b if conv else np.where(s["STAGES"] == 2, 1, 2) * (a + b),
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
        "early": window * (s["KERNEL"] * s["UNROLL"] - 1) + weights * s["UNROLL"] - 1,
        "addresses": 2 * np.minimum(s["TC"], 2),
        "scalars": 12,
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
        "hoistable": s["BN"] / 8,
        "addresses": np.minimum(copies, 24) + 4 * (s["STAGES"] - 1),
        "masks": (4 + 2 * rows) * s["CAUSAL"],
        "scalars": 16,
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
        "early": mine * s["BN"] * s["EB"] / 4,
        "addresses": 4,
        "scalars": 6,
        "body": 2 * mine * s["BN"],
    }


def _words(s: _Columns) -> Array:
    """Return the registers that what a thread loads takes before it is widened."""
    return np.asarray(s["ITEMS"] * np.maximum(s["VECTOR"] * s["EB"] / 4, 1))


def _unrolled_front(steps: Array) -> Array:
    """Return how often the front end unrolls a loop of so many instructions: 4, 2 or once.

    Up to some 144 instructions: seen in the PTX that NVRTC 13.5 makes of ``reduction.cuh``.
    """
    return np.select([steps <= 36, steps <= 71], [4, 2], 1).astype(float)


def _reduction(s: _Columns) -> Counts:
    columns, moments, vector = s["OVER_COLUMNS"] == 1, s["MOMENTS"], s["VECTOR"]
    halves, single = s["EB"] == 2, s["ITEMS"] == 1
    each = np.where(
        halves & (vector > 1), 6 + vector * 1.5 * moments, 5 + vector * (2 * moments - 1)
    )
    straight = columns | (single & (vector == 1))
    front = np.where(straight, _unrolled_front(s["ITEMS"] * each), 1)
    widened = np.where(halves, 1.5 * vector + 1, 0)
    body = front * s["ITEMS"] * (2 + vector * moments + widened) + 4
    small = (body <= 45) & (columns | single)
    guarded = np.minimum(s["ITEMS"], PREDICATES) / s["ITEMS"]
    widened_early = _words(s) * guarded + s["ITEMS"] * vector * (1 - guarded)
    loaded = np.where(columns, _words(s), widened_early)
    operands = np.where(columns, np.maximum(vector * s["EB"] / 4, 1), 0)
    back = np.where(small, np.where(s["NEW"] == 1, np.where(columns, 2, 1), 4), 1)
    return {
        "sums": np.where(columns, vector * moments, moments),
        "operands": operands,
        "held": np.where(columns, 2, 0),
        "early": loaded * front * back - operands,
        "scalars": np.where(columns, 6, 4),
        "body": body * back,
    }


def _norm(s: _Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"]
    loaded = _words(s) * (1 + s["RESIDUAL"])
    parameters = np.maximum(s["VECTOR"] * (1 + s["CENTRED"]), DIVISION)
    operands = np.minimum(parameters, 8)
    return {
        "held": values + s["CENTRED"],
        "operands": operands,
        "early": np.maximum.reduce([parameters, loaded - values, operands]) - operands,
        "scalars": 4 + 2 * s["CENTRED"],
        "body": values * 4,
    }


def _softmax(s: _Columns) -> Counts:
    values, held = s["ITEMS"] * s["VECTOR"], s["HELD"] == 1
    seen = np.maximum(_words(s), values * 0.75) + s["ITEMS"] / 2
    return {
        "held": np.where(held, values, 0),
        "early": np.where(held, 0, seen),
        "operands": DIVISION,
        "scalars": 4,
        "body": values * 3,
    }


def _links(s: _Columns) -> tuple[Array, Array]:
    """Return how often an elementwise chain divides, and takes a root of its second input alone."""
    mix, divided, rooted = s["CODE"], np.zeros(s.length), np.zeros(s.length)
    for left in range(int(s["LENGTH"].max()), 0, -1):
        runs = left <= s["LENGTH"]
        kind = (mix + left) % 6
        divided += runs & (kind == 3)
        rooted += runs & (kind == 4)
        mix = np.where(runs, mix // 6 + 1, mix)
    return divided, rooted


def _elementwise(s: _Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"] * s["INPUTS"]
    divided, rooted = _links(s)
    halves, block = s["EB"] == 2, s["INPUTS"] * (3 + 1.5 * s["VECTOR"])
    predicated = halves & (block <= 33)
    words = np.where(predicated, _words(s) * s["INPUTS"], 0)
    factors = np.where((rooted > 0) & (rooted < s["LENGTH"]) & (divided == 0), values, 0)
    operands = np.where(divided > 0, DIVISION, 0)
    return {
        "held": values,
        "operands": operands,
        "early": np.maximum.reduce([factors, words, 2 * s["ITEMS"], operands]) - operands,
        "body": values * s["LENGTH"],
    }


def _scan(s: _Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"]
    return {
        "held": values + 2,
        "early": np.maximum(_words(s) - values, 0),
        "scalars": 4,
        "body": values * 2,
    }


def _gemv(s: _Columns) -> Counts:
    words, halves = np.maximum(s["VECTOR"] * s["EB"] / 4, 1), s["EB"] == 2
    operands = words + np.where(halves, s["VECTOR"], words)
    return {
        "sums": s["ROWS"],
        "operands": operands,
        "early": np.maximum(s["UNROLL"] * (s["ROWS"] + 1) * words - operands, 0),
        "addresses": 2 * s["ROWS"],
        "scalars": 4,
        "body": s["ROWS"] * s["VECTOR"] * s["UNROLL"],
    }


def _stencil(s: _Columns) -> Counts:
    radius, columns = s["RADIUS"], s["COLUMNS"]
    return {
        "sums": columns,
        "held": (2 * radius + 1) * columns + 4,
        "operands": 2,
        "early": 2 * radius * (columns + 1) - 2,
        "addresses": 4 * radius,
        "scalars": 6,
        "body": columns * (6 * radius + 1),
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
    KernelFamily.SCAN: _scan,
    KernelFamily.GEMV: _gemv,
    KernelFamily.STENCIL: _stencil,
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
        "held": 3 * a if conv else (4 if arch == "sm_80" else 2) * (a + b),
        "operands": operands,
        "hoistable": np.where(units == 1, fragments * (np.minimum(steps, 2) - 1), 0),
        "passing": np.where(through, 4 * (a + b), 0),
        "addresses": 2 * b if conv else 0.0,
        "scalars": 14 if conv else 10,
        "body": m * n * k / threads / np.where(units == 0, 1, 64),
        "units": units,
    }


def _triton_attention(s: _Columns, arch: str) -> Counts:
    m, n, dim, threads, size = s["BLOCK_M"], s["BLOCK_N"], s["DIM"], s["THREADS"], s["EB"]
    warps = s["num_warps"]
    units = units_of(m, warps, size == 4, arch)
    alone, apart = units == 1, units == 3
    down = np.where(alone, np.minimum(warps, np.maximum(m / 16, 1)), warps)
    rows, across = m / down / 16, warps / down
    sums, scores = (
        np.where(alone, rows * np.maximum(side / across, 8) / 2, m * side / threads)
        for side in (dim, n)
    )
    queries = np.where(alone, rows * dim * size / 8, 0)
    copies = np.clip(n * dim * size / 16 / threads, 1, 8)
    return {
        "sums": np.where(apart, 0, sums),
        "held": queries + 8 * rows + np.where(apart, sums, 0) + copies * np.where(alone, 2, 4),
        "scratch": scores * np.where(alone, 1.5, 2),
        "scalars": np.where(alone, 16, 20),
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
        "operands": np.where(whole, across * s["EB"] / 4, 0),
        "passing": np.where(whole, 0, values * s["EB"] / 4),
        "addresses": 2 * np.where(s["ROWS"] > 1, np.maximum(values * s["EB"] / 16, 1), 1),
        "scalars": 10,
        "body": values * 5,
    }


_COUNTS_TRITON: Mapping[KernelFamily, Callable[[_Columns, str], Counts]] = {
    KernelFamily.TRITON_GEMM: lambda s, arch: _triton_product(s, arch, conv=False),
    KernelFamily.TRITON_CONV: lambda s, arch: _triton_product(s, arch, conv=True),
    KernelFamily.TRITON_ATTENTION: _triton_attention,
    KernelFamily.TRITON_NORM: _triton_norm,
}
