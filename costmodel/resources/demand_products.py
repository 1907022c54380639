"""Registers of products, convolutions and attention of the CUDA templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from costmodel.resources.columns import Columns, Counts
from costmodel.resources.plan import KernelFamily


def _product_mma(s: Columns, conv: bool) -> Counts:
    """Count one side's fragments and one of the other side's as needed, all others as early.

    The next step's fragments come early too, but not those after.
    """
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


def _product_simt(s: Columns, conv: bool) -> Counts:
    """Count what passes through registers, or else the operands of two steps where unrolled.

    Patches have no pointer to keep: their place in the image is found anew for every step.
    """
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


def _conv_direct(s: Columns) -> Counts:
    """Nothing holds back the loads of the unrolled body: all may come early."""
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


def _attention_mma(s: Columns) -> Counts:
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


def _attention_simt(s: Columns) -> Counts:
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


COUNTS: Mapping[KernelFamily, Callable[[Columns, str], Counts]] = {
    KernelFamily.GEMM_MMA: lambda s, _: _product_mma(s, conv=False),
    KernelFamily.CONV_MMA: lambda s, _: _product_mma(s, conv=True),
    KernelFamily.GEMM_SIMT: lambda s, _: _product_simt(s, conv=False),
    KernelFamily.CONV_SIMT: lambda s, _: _product_simt(s, conv=True),
    KernelFamily.CONV_DIRECT: lambda s, _: _conv_direct(s),
    KernelFamily.ATTENTION_MMA: lambda s, _: _attention_mma(s),
    KernelFamily.ATTENTION_SIMT: lambda s, _: _attention_simt(s),
}
