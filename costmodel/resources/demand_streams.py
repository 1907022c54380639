"""Registers of CUDA templates that stream: what a thread reads meets no other thread's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from costmodel.resources.columns import (
    DIVISION,
    PREDICATED,
    PREDICATES,
    WAITING_ADDRESSES,
    Columns,
    Counts,
    loaded,
    words_of,
)
from costmodel.resources.plan import KernelFamily


def _scan(s: Columns) -> Counts:
    values = s["ITEMS"] * s["VECTOR"]
    return {
        "held": values + 2,
        "early": np.maximum(s["ITEMS"] * words_of(s) - values, 0),
        "scalars": 4,
        "body": values * 2,
    }


def _gemv(s: Columns) -> Counts:
    """Addresses of rows are made anew every step; those of unrolled steps serve several loads."""
    words, halves = words_of(s), s["EB"] == 2
    operands = words + np.where(halves, s["VECTOR"], words)
    rows, unrolled = s["ROWS"] + 1, s["UNROLL"] > 1
    loads = np.where(unrolled, s["UNROLL"] * rows * words, loaded(rows, words))
    return {
        "sums": s["ROWS"],
        "operands": operands,
        "early": np.maximum(loads - operands, 0),
        "addresses": np.where(unrolled, 2 * np.minimum(s["ROWS"], WAITING_ADDRESSES), 0),
        "scalars": 4,
        "body": s["ROWS"] * s["VECTOR"] * s["UNROLL"],
    }


def _stencil(s: Columns, arch: str) -> Counts:
    """No load rises above a store that may reach what it reads: one column's come early, no more.

    What a row's address is made of does not change and stays, with room: an offset, or from
    Blackwell on a pointer. Columns share addresses; a single one's lie where their loads will.
    """
    radius, columns = s["RADIUS"], s["COLUMNS"]
    single = columns == 1
    kept = (2 if arch == "sm_100a" else 1) * (2 * radius + 1)
    return {
        "sums": 1,
        "held": (2 * radius + 1) * columns + 4,
        "operands": 2,
        "early": 4 * radius + np.where(single, 2, 0) - 2,
        "addresses": kept + np.where(single, 0, 4 * radius),
        "scalars": 6,
        "body": columns * (6 * radius + 1),
    }


def _pool(s: Columns) -> Counts:
    """All loads may come before the first result, but for guarded ones: those of one row do.

    Results come to life with the first row of the window, and take the place of its loads.
    """
    kernel, tx, vector, words = s["KERNEL"], s["TX"], s["VECTOR"], words_of(s)
    window = (tx - 1) * s["STRIDE"] + kernel
    sums, halves, padded = tx * vector, s["EB"] == 2, s["PADDED"] == 1
    operands = words + np.where(halves, vector, 0)
    whole = np.maximum(loaded(kernel * window, words), (kernel - 1) * window * words + sums)
    uses = np.minimum(tx, np.ceil(kernel / s["STRIDE"]))
    block = 5 + vector * (uses + np.where(halves, 1.5, 0))
    row = np.where(block <= PREDICATED, np.minimum(window, PREDICATES) * words, 0)
    return {
        "sums": sums,
        "operands": operands,
        "early": np.maximum(np.where(padded, row, whole - sums) - operands, 0),
        "addresses": 4,
        "scalars": np.where(padded, 8, 4),
        "body": kernel * window * vector,
    }


def _bag(s: Columns) -> Counts:
    """All rows of the unrolled loop come early, with their factors; addresses lie under them."""
    items, unroll, weighted, words = s["ITEMS"], s["UNROLL"], s["WEIGHTED"], words_of(s)
    reading = words + np.where(s["EB"] == 2, s["VECTOR"], 0) + weighted
    operands = np.maximum(reading, DIVISION * s["MEAN"])
    loads = loaded(unroll, items * words) + unroll * weighted
    return {
        "sums": items * s["VECTOR"],
        "held": 2 + 2 * weighted,
        "operands": operands,
        "early": np.maximum(loads - operands, 0),
        "scalars": 6 + s["MEAN"],
        "body": items * s["VECTOR"] * unroll,
    }


def _topk(s: Columns) -> Counts:
    """Values are widened before the first branch; without one, as they sink in, some at once."""
    kept, items, vector = s["KEPT"], s["ITEMS"], s["VECTOR"]
    values = items * vector
    seen = np.where(s["GUARDED"] == 1, values, items * words_of(s))
    return {
        "sums": 2 * kept,
        "held": 2,
        "operands": 4,
        "early": seen + np.where(s["GUARDED"] == 1, 0, np.minimum(values, 4)),
        "addresses": 4,
        "scalars": 4,
        "body": values * kept * 5,
    }


COUNTS: Mapping[KernelFamily, Callable[[Columns, str], Counts]] = {
    KernelFamily.SCAN: lambda s, _: _scan(s),
    KernelFamily.GEMV: lambda s, _: _gemv(s),
    KernelFamily.STENCIL: _stencil,
    KernelFamily.POOL: lambda s, _: _pool(s),
    KernelFamily.BAG: lambda s, _: _bag(s),
    KernelFamily.TOPK: lambda s, _: _topk(s),
}
