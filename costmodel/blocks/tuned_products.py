"""What tuned 8-bit matrix products take on AMD's CDNA 3, learned from a published table.

The tile model knows no AMD library: its times for an MI300X were 0.4 of the measured ones. The
table of tuned products of ROCm's aiter (MIT) holds 23,000 shapes with tile and time; small forests
fitted on it by ``benchmarks/fit_tuned_products.py`` give the time of the best tile, as a ratio to
the roofline, and how likely each side of the tile is.
"""

from __future__ import annotations

import functools
import json
import math
from importlib.resources import files
from typing import Any

import numpy as np

from costmodel.blocks.tile_cost import LAUNCH_S, Array, Chip
from costmodel.learned.trees import Forest as Regression

FILE = "tuned_products.npz"
ARCH = "cdna3"
ELEMENT_BYTES = 1.0
OUTPUT_BYTES = 2.0
"""The products of the table take 8-bit operands and give 16-bit results."""
WIDTH = 128
"""Columns of the tile that nearly all rows of the table have."""
HEIGHTS = (64, 128, 256)
FEW_ROWS = 1024
INTERVALS = {True: (0.752, 1.175), False: (0.858, 1.156)}
"""5% and 95% quantiles of measured over predicted time on weight shapes (N x K) left out, with
fewer rows (M) than ``FEW_ROWS`` and with more (``benchmarks/fit_tuned_products.py``)."""


def speaks_for(element_bytes: float, b: float, chip: Chip) -> bool:
    """Return whether the table holds such products."""
    return chip.arch == ARCH and element_bytes == ELEMENT_BYTES and b == 1


def bound_s(m: float, n: float, k: float, chip: Chip) -> float:
    """Return the roofline's time in seconds, launch included, of an m x n x k product."""
    peak = chip.flop_per_clock_sm * chip.clock_hz * chip.sm_count
    moved = (m * k + k * n) * ELEMENT_BYTES + OUTPUT_BYTES * m * n
    return max(2 * m * n * k / peak, moved / chip.dram_bytes_per_s) + LAUNCH_S


def features(m: float, n: float, k: float, sm_count: float) -> Array:
    """Return what the time is learned from: sizes, and how well tiles fill the machine."""
    found = [math.log2(m), math.log2(n), math.log2(k), math.log2(m * n), math.log2(m * n * k)]
    for height in HEIGHTS:
        waves = math.ceil(m / height) * math.ceil(n / WIDTH) / sm_count
        found += [math.log2(waves), math.ceil(waves) / waves]
    moved = (m * k + k * n) * ELEMENT_BYTES + OUTPUT_BYTES * m * n
    found += [m / WIDTH / math.ceil(m / WIDTH), math.log2(2 * m * n * k / moved)]
    return np.asarray(found, np.float32)


def seconds(m: float, n: float, k: float, chip: Chip) -> float:
    """Return the time of a tuned product; ask ``speaks_for`` first."""
    ratio = float(times().predict_numpy(features(m, n, k, chip.sm_count)[None])[0])
    return bound_s(m, n, k, chip) * math.exp(ratio)


def interval(m: float) -> tuple[float, float]:
    """Return the ends of the 90% interval as multiples of ``seconds``."""
    return INTERVALS[m < FEW_ROWS]


@functools.cache
def arrays() -> dict[str, Any]:
    """Return what the file holds."""
    with files("costmodel.blocks").joinpath(FILE).open("rb") as file:
        return dict(np.load(file, allow_pickle=False))


@functools.cache
def times() -> Regression:
    """Return the trees of log(time / bound)."""
    prefix = "time."
    kept = {k.removeprefix(prefix): v for k, v in arrays().items() if k.startswith(prefix)}
    return Regression.from_arrays(kept, len(features(1, 1, 1, 1)))


def provenance() -> dict[str, Any]:
    """Return where the trees come from: table, licence, rows, accuracy."""
    return dict(json.loads(bytes(arrays()["header"]).decode()))
