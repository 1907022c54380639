"""Registers of row-wise and elementwise CUDA templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from costmodel.resources.columns import (
    DIVISION,
    PREDICATED,
    PREDICATES,
    Array,
    Columns,
    Counts,
    words_of,
)
from costmodel.resources.plan import KernelFamily


def _words(s: Columns) -> Array:
    """Return the registers that what a thread loads takes before it is widened."""
    return s["ITEMS"] * words_of(s)


def _unrolled(s: Columns, arch: str) -> tuple[Array, Array]:
    """Return how often a reduction's loop is unrolled, and the operations of its body by then.

    The front end unrolls a straight loop 4 or 2 times as long as it stays under some 144
    instructions, the assembler a body of up to 45 again (read in the PTX and the machine code that
    NVRTC 13.5 makes of ``reduction.cuh``).
    """
    columns, moments, vector = s["OVER_COLUMNS"] == 1, s["MOMENTS"], s["VECTOR"]
    halves, single = s["EB"] == 2, s["ITEMS"] == 1
    packed = halves & (vector > 1)
    each = np.where(packed, 6 + vector * 1.5 * moments, 5 + vector * (2 * moments - 1))
    steps = s["ITEMS"] * each
    straight = columns | (single & (vector == 1))
    front = np.where(straight, np.select([steps <= 36, steps <= 71], [4, 2], 1), 1)
    widened = np.where(halves, 1.5 * vector + 1, 0)
    body = front * s["ITEMS"] * (2 + vector * moments + widened) + 4
    again = np.where(columns, 2, 1) if arch == "sm_100a" else 4
    times = front * np.where((body <= 45) & (columns | single), again, 1)
    return times, body * times / front


def _reduction(s: Columns, arch: str) -> Counts:
    """All loads of a body come before the sums.

    Loads of a row are guarded one by one: beyond the predicates there are, values are widened
    before the next loads. Down a column, a pointer moves and one vector has to be there.
    """
    columns, vector = s["OVER_COLUMNS"] == 1, s["VECTOR"]
    times, body = _unrolled(s, arch)
    guarded = np.minimum(s["ITEMS"], PREDICATES) / s["ITEMS"]
    widened = _words(s) * guarded + s["ITEMS"] * vector * (1 - guarded)
    operands = np.where(columns, np.maximum(vector * s["EB"] / 4, 1), 0)
    return {
        "sums": np.where(columns, vector * s["MOMENTS"], s["MOMENTS"]),
        "held": np.where(columns, 2, 0),
        "operands": operands,
        "early": np.where(columns, _words(s), widened) * times - operands,
        "scalars": np.where(columns, 6, 4),
        "body": body,
    }


def _norm(s: Columns) -> Counts:
    """Rows stay; gains and shifts come last, two vectors of four at least at once."""
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


def _softmax(s: Columns) -> Counts:
    """Rows stay (HELD), or ITEMS copies of the loop's body load before the first is used."""
    values, held = s["ITEMS"] * s["VECTOR"], s["HELD"] == 1
    seen = np.maximum(_words(s), values * 0.75) + s["ITEMS"] / 2
    return {
        "held": np.where(held, values, 0),
        "early": np.where(held, 0, seen),
        "operands": DIVISION,
        "scalars": 4,
        "body": values * 3,
    }


def _links(s: Columns) -> tuple[Array, Array]:
    """Return how often an elementwise chain divides, and takes a root of its second input alone."""
    mix, divided, rooted = s["CODE"], np.zeros(s.length), np.zeros(s.length)
    for left in range(int(s["LENGTH"].max()), 0, -1):
        runs = left <= s["LENGTH"]
        kind = (mix + left) % 6
        divided += runs & (kind == 3)
        rooted += runs & (kind == 4)
        mix = np.where(runs, mix // 6 + 1, mix)
    return divided, rooted


def _elementwise(s: Columns) -> Counts:
    """All inputs of all items are alive at once, for their loads are guarded.

    A value that is set under a predicate lives from the kernel's start. So do the words it is
    widened from, where the guarded block is short enough to be predicated.
    Before the loads there is a 64-bit index for each guard; after them, factors of the second
    input alone are computed early.
    """
    values = s["ITEMS"] * s["VECTOR"] * s["INPUTS"]
    divided, rooted = _links(s)
    halves, block = s["EB"] == 2, s["INPUTS"] * (3 + 1.5 * s["VECTOR"])
    predicated = halves & (block <= PREDICATED)
    words = np.where(predicated, _words(s) * s["INPUTS"], 0)
    factors = np.where((rooted > 0) & (rooted < s["LENGTH"]) & (divided == 0), values, 0)
    operands = np.where(divided > 0, DIVISION, 0)
    return {
        "held": values,
        "operands": operands,
        "early": np.maximum.reduce([factors, words, 2 * s["ITEMS"], operands]) - operands,
        "body": values * s["LENGTH"],
    }


COUNTS: Mapping[KernelFamily, Callable[[Columns, str], Counts]] = {
    KernelFamily.REDUCTION: _reduction,
    KernelFamily.NORM: lambda s, _: _norm(s),
    KernelFamily.SOFTMAX: lambda s, _: _softmax(s),
    KernelFamily.ELEMENTWISE: lambda s, _: _elementwise(s),
}
