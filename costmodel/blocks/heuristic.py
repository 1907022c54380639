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
    count = len(next(iter(columns.values())))
    whole = {
        name: column.astype(float)
        for name, column in columns.items()
        if column.dtype.kind in "iuf" and len(space.parameters[name]) > 1
    }
    threads = _product(whole, THREADS, count)
    work, best_work = _product(whole, WORK, count), BEST_WORK
    sides = [
        column / whole[f"{found[1]}DIMC"]
        for name, column in whole.items()
        if (found := OUTER.fullmatch(name)) and f"{found[1]}DIMC" in whole
    ]
    if sides:
        work, best_work = np.prod(sides, axis=0), BEST_TILE
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


def _product(columns: Mapping[str, Column], role: re.Pattern[str], count: int) -> Column | None:
    found = [column for name, column in columns.items() if role.fullmatch(name)]
    return np.prod([np.ones(count), *found], axis=0) if found else None
