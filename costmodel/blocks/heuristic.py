"""What is expected of a configuration of a kernel nobody has measured: threads and work a thread.

Names tell the role of a parameter (``block_size_x``, ``tile_size_y``, ``MDIMC``, ...), the one
thing that spaces of different kernels share. Blocks of 128 to 256 threads with several results a
thread are the usual optimum (V. Volkov, "Better performance at lower occupancy", GTC 2010); each
step of two away costs a little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from costmodel.blocks.expression import Column
from costmodel.blocks.space import Space

THREADS = re.compile(
    r"(block_?size_?[xyz]?|work_?group_?size_?[xyz]?|local_?size_?[xyz]?|[mn]dimc|threads\w*)", re.I
)
WORK = re.compile(
    r"(tile_?size_?[xyz]?|work_?per_?thread\w*|z_iterations|elements_per_thread)", re.I
)
OUTER = re.compile(r"([mn])wg", re.I)
SWITCH_ON = re.compile(r"(sa|sb|read_?only|use_soa|use_?(shmem|smem|shared\w*|lds))", re.I)
"""Switches that put an operand's tile on the chip, or make accesses neighbours."""
VECTOR = re.compile(r"(vw[mn]?|vector_?(size|width)\w*|vec)", re.I)

WARP = 32.0
BEST_THREADS = 192.0
BEST_WORK = 6.0
BEST_TILE = 32.0
"""Results a thread where both sides of a register tile are named (matrix products)."""
BEST_VECTOR = 4.0
SLOPE = 0.12
"""Log time a squared step of two costs."""
SWITCH = 0.2
"""Log time a switch left off costs."""


def expected(space: Space, columns: Mapping[str, Column]) -> Column:
    """Return expected log time up to a constant; 0 everywhere where no name tells a role."""
    count, whole = len(next(iter(columns.values()))), _whole(space, columns)
    sides = _sides(whole)
    threads, work = _threads_and_work(whole, sides, count)
    best_work = BEST_TILE if sides else BEST_WORK
    mean = np.zeros(count)
    if len(sides) == 2:
        mean += SLOPE / 2 * np.log2(sides[0] / sides[1]) ** 2
    if threads is not None:
        mean += 0.5 * (np.ceil(threads / WARP) * WARP / threads - 1)
    vectors = [column for name, column in whole.items() if VECTOR.fullmatch(name)]
    wishes = [(threads, BEST_THREADS), (work, best_work), *((v, BEST_VECTOR) for v in vectors)]
    for quantity, best in wishes:
        if quantity is not None:
            mean += SLOPE * np.log2(np.maximum(quantity, 1e-9) / best) ** 2
    for name, column in whole.items():
        if SWITCH_ON.fullmatch(name) and len(space.parameters[name]) == 2:
            mean += SWITCH * (column == 0)
    return mean


def objective(space: Space) -> str | None:
    """Return an expression that is least where threads and work a thread are best.

    For solvers, in the constraint language; ``None`` where no name tells a role.
    """
    parts = []
    for role, best in ((THREADS, BEST_THREADS), (WORK, BEST_WORK)):
        named = [
            name
            for name, values in space.parameters.items()
            if role.fullmatch(name) and all(isinstance(v, int) and v > 0 for v in values)
        ]
        if named:
            size = " * ".join(named)
            parts.append(f"max(({size}) / {best:g}, {best:g} / ({size}))")
    return " + ".join(parts) or None


def axes(space: Space, columns: Mapping[str, Column]) -> list[Column]:
    """Return log threads and log work a thread, each scaled to 0..1, as far as names tell them.

    A time depends on these products more smoothly than on any one of their factors.
    """
    count, whole = len(next(iter(columns.values()))), _whole(space, columns)
    found = []
    for quantity in _threads_and_work(whole, _sides(whole), count):
        if quantity is not None and np.ptp(quantity) > 0:
            size = np.log2(np.maximum(quantity, 1e-9))
            found.append(((size - size.min()) / np.ptp(size)).astype(np.float32))
    return found


def _whole(space: Space, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the numeric parameters that have a choice."""
    return {
        name: column.astype(float)
        for name, column in columns.items()
        if column.dtype.kind in "iuf" and len(space.parameters[name]) > 1
    }


def _sides(whole: Mapping[str, Column]) -> list[Column]:
    """Return the sides of a matrix product's register tile."""
    return [
        column / whole[f"{found[1]}DIMC"]
        for name, column in whole.items()
        if (found := OUTER.fullmatch(name)) and f"{found[1]}DIMC" in whole
    ]


def _threads_and_work(
    whole: Mapping[str, Column], sides: list[Column], count: int
) -> tuple[Column | None, Column | None]:
    work = np.prod(sides, axis=0) if sides else _product(whole, WORK, count)
    return _product(whole, THREADS, count), work


def _product(columns: Mapping[str, Column], role: re.Pattern[str], count: int) -> Column | None:
    found = [column for name, column in columns.items() if role.fullmatch(name)]
    return np.prod([np.ones(count), *found], axis=0) if found else None
