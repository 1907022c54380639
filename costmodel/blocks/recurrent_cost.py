"""Predicted time of a fused recurrent layer for many divisions of its matrix over the device.

TCG x TCH blocks keep a part of R each and meet at a barrier a step (FlashRNN, arXiv 2412.07752). A
step is the block's part of the product, what it reads and hands on through L2, and the barriers: a
second one where the columns of R are divided, for the partial sums to be added. The order of
divisions matters here, not the last percent.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from costmodel.blocks.tile_cost import (
    L2_BYTES_PER_CLOCK,
    LAUNCH_S,
    SHARED_BYTES_PER_CLOCK,
    Array,
    Chip,
)

GRID_SYNC_S = 1.5e-6
"""A barrier over all blocks: set from general knowledge (1 to 2 us), not measured here."""
INSTRUCTION_ROWS = 16
"""Matrix instructions work on at least so many sequences at once."""


def recurrent_s(
    columns: Mapping[str, Array], batch: float, hidden: float, timesteps: float, gates: float,
    element_bytes: float, chip: Chip,
) -> Array:  # fmt: skip
    """Return seconds of ``timesteps`` steps for each configuration of ``library.recurrent``."""
    across, along = columns["TCG"].astype(float), columns["TCH"].astype(float)
    rows, depth = gates * hidden / across, hidden / along
    padded = np.ceil(batch / INSTRUCTION_ROWS) * INSTRUCTION_ROWS
    product = 2 * padded * rows * depth / chip.flop_per_clock_sm
    reload = rows * depth * element_bytes / SHARED_BYTES_PER_CLOCK
    sums = np.where(along > 1, 2 * batch * rows * 4, 0.0)
    state = batch * (depth + rows / along) * element_bytes
    clocks = np.maximum(product, reload) + (state + sums) / L2_BYTES_PER_CLOCK
    barriers = np.where(along > 1, 2, 1) * np.where(across * along > 1, GRID_SYNC_S, 0.0)
    once_s = gates * hidden * hidden * element_bytes / chip.dram_bytes_per_s
    return np.asarray(LAUNCH_S + once_s + timesteps * (clocks / chip.clock_hz + barriers))
