"""What the blocks of a matrix product cost on a CPU core: a ranking, in cycles, not a time.

Four costs: multiply-adds and the loads that feed them in the micro-kernel, results read and written
once per KC, and both packings. Source of the blocking: K. Goto, R. van de Geijn, TOMS 34(3), 2008.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from costmodel.blocks.expression import Column

MULTIPLY_ADDS = 2.0
"""Vector multiply-adds a cycle, and vector loads a cycle: two of each on x86 cores since 2013, and
on most server cores of other makers. Set from general knowledge, not measured here."""
LOADS = 2.0
LATENCY = 4.0
"""Cycles until a sum may be added to again."""
RESULT_CYCLES = 3.0
"""Load, add and store of a vector of results."""
PACK_CYCLES = 1.5
"""Cycles an element of A, copied one by one."""
LOOP_CYCLES = 1.0
"""Counter and branch of the micro-kernel's loop, shared by UNROLL steps."""


def cycles(columns: Mapping[str, Column], m: int, n: int, k: int, lanes: int) -> Column:
    """Return cycles of an m x n x k product for each configuration of ``library.cpu_gemm``."""
    c = {name: column.astype(float) for name, column in columns.items()}
    rows, vectors = c["MR"], c["NR"] / lanes
    high, wide = np.ceil(m / rows) * rows, np.ceil(n / c["NR"]) * c["NR"]
    step = np.maximum(np.maximum(rows * vectors / MULTIPLY_ADDS, (rows + vectors) / LOADS), LATENCY)
    multiply = high * wide * k / (rows * c["NR"]) * (step + LOOP_CYCLES / c["UNROLL"])
    results = high * wide / lanes * np.ceil(k / c["KC"]) * RESULT_CYCLES
    packing = high * k * PACK_CYCLES * np.ceil(n / c["NC"]) + k * wide / lanes * 2
    return np.asarray(multiply + results + packing)
