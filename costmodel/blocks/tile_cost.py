"""Predicted time of a tiled kernel for many block sizes at once, in NumPy.

Work is cut into blocks; blocks run in waves over the multiprocessors, as many on each as shared
memory, registers and warps allow. A step over k takes what is slowest of the matrix units, shared
memory, L2 and the latency that the pipeline leaves open; a wave of few tiles wastes the rest of the
machine. The order of configurations matters here, not the last percent: `hwprof predict` gives the
time of a kernel, this model its shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.blocks.library import RESERVED_BYTES, Limits

Array = npt.NDArray[Any]
LAUNCH_S = 3e-6
"""Launch and drain of a kernel, seconds (aiconfigurator's graph replays: 1.5 to 5 us at least)."""
LATENCY_CLOCKS = 600.0
"""Global memory latency on Ampere and Hopper (Luo et al., arXiv 2402.13499: 470 to 660 clocks)."""
SHARED_BYTES_PER_CLOCK = 128.0
"""Shared memory: 32 banks of 4 bytes (CUDA Programming Guide)."""
L2_BYTES_PER_CLOCK = 48.0
"""L2 to one multiprocessor, bytes a clock: 5120 a clock over the A100's 108 (A100 whitepaper)."""
BARRIER_CLOCKS = 30.0
"""A step's barrier, loop and address arithmetic, once a block (fitted by eye to tuned tiles)."""
COPY_INSTRUCTIONS = 2.0
"""Issue slots a 16-byte copy takes with its address (fitted by eye to tuned tiles)."""
SIMT_FLOP_PER_CLOCK = 256
"""At most this many FLOP a clock and multiprocessor come from scalar lanes (128 fused
multiply-adds), more from matrix units."""
CHAIN_CLOCKS = 12.0
"""Clocks a thread spends on each element in turn: three dependent operations of 4 clocks."""
USUAL_WARPS = (4.0, 8.0)
ODD_WARPS = 0.04
"""Share of time each halving or doubling beyond the usual warps costs: nearly all rows of the tuned
tables of vLLM and SGLang for NVIDIA GPUs (Apache-2.0) have 4 or 8."""
ONE_STAGE = 0.06
"""Share of time without a second stage: loads pass through registers, with two barriers a step
(set by eye)."""
UNHIDDEN = 0.15
"""Share of the shorter of on-chip and DRAM time that does not overlap with the longer (by eye)."""
REDUCE_S = 2e-6
"""A second, dependent launch that adds the parts of a split k."""


@dataclass(frozen=True, slots=True)
class Chip:
    """The rates a tile sees."""

    sm_count: int
    clock_hz: float
    flop_per_clock_sm: float
    dram_bytes_per_s: float
    l2_bytes: float
    limits: Limits
    arch: str = ""


def blocks_per_sm(columns: Mapping[str, Array], limits: Limits) -> Array:
    """Return resident blocks per multiprocessor; 0 where a block does not fit at all."""
    threads = columns["num_warps"] * limits.warp
    registers = np.ceil(columns["registers"] / 8) * 8 * threads
    by_shared = limits.shared_sm_bytes // (columns["shared_bytes"] + RESERVED_BYTES)
    by_registers = limits.registers_sm // registers
    by_warps = limits.warps_sm // columns["num_warps"]
    return np.asarray(np.minimum(np.minimum(by_shared, by_registers), np.minimum(by_warps, 32.0)))


def gemm_s(
    columns: Mapping[str, Array],
    b: float,
    m: float,
    n: float,
    k: float,
    element_bytes: float,
    chip: Chip,
    grouped: bool = False,
    resident: Array | None = None,
) -> Array:
    """Return seconds of b products [m, k] x [k, n] for each configuration.

    ``grouped``: the b products are the experts of a layer, in one launch. ``resident`` is
    ``blocks_per_sm`` of the columns, where it is known already.
    """
    bm, bn, bk = (columns[name].astype(float) for name in ("BLOCK_M", "BLOCK_N", "BLOCK_K"))
    warps, stages = columns["num_warps"].astype(float), columns["num_stages"].astype(float)
    split = columns["SPLIT_K"].astype(float)
    if resident is None:
        resident = blocks_per_sm(columns, chip.limits)
    resident = np.maximum(resident, 1e-9)
    tiles_m, tiles_n = np.ceil(m / bm), np.ceil(n / bn)
    tiles = b * tiles_m * tiles_n * split
    together = np.minimum(resident, np.ceil(tiles / chip.sm_count))
    waves = np.ceil(tiles / (chip.sm_count * together))
    steps = np.ceil(np.ceil(k / split) / bk)
    busy = np.minimum(1.0, together * warps / 4)
    step = _step_clocks(
        bm, bn, bk, warps, stages, together, busy, element_bytes, chip, *_shared_by(columns)
    )
    store = bm * bn * np.where(split > 1, 4.0, element_bytes) * together / L2_BYTES_PER_CLOCK
    on_chip_s = waves * (LATENCY_CLOCKS + steps * step + store) / chip.clock_hz
    group = np.minimum(columns["GROUP_M"].astype(float), tiles_m)
    traffic = _dram_bytes(
        (b, m, n, k), bm, bn, group, split, tiles, chip.sm_count * resident, element_bytes, chip
    )
    dram_s = traffic / chip.dram_bytes_per_s
    reduce_s = np.where(split > 1, REDUCE_S + split * b * m * n * 4 / chip.dram_bytes_per_s, 0.0)
    launch_s = LAUNCH_S * (1.5 if grouped else 1.0)
    overlapped = np.maximum(on_chip_s, dram_s) + UNHIDDEN * np.minimum(on_chip_s, dram_s)
    return np.asarray(overlapped * _habits(warps, stages) + reduce_s + launch_s)


def _shared_by(columns: Mapping[str, Array]) -> tuple[float | Array, float | Array]:
    """Return how many blocks of a cluster load a tile's rows, and its columns, once for all."""
    return columns.get("CLUSTER_N", 1), columns.get("CLUSTER_M", 1)


def _habits(warps: Array, stages: Array) -> Array:
    """Return a factor for what the clocks do not show: how compilers fare with odd shapes."""
    few = np.maximum(np.log2(USUAL_WARPS[0] / warps), 0)
    many = np.maximum(np.log2(warps / USUAL_WARPS[1]), 0)
    return np.asarray(1 + ODD_WARPS * (few + many) + ONE_STAGE * (stages < 2))


def _step_clocks(
    bm: Array, bn: Array, bk: Array, warps: Array, stages: Array, together: Array, busy: Array,
    element_bytes: float, chip: Chip, rows_with: float | Array = 1, columns_with: float | Array = 1,
) -> Array:  # fmt: skip
    """Return clocks one step over BLOCK_K takes a wave of ``together`` blocks on one SM."""
    wide = np.exp2(np.ceil(np.log2(warps) / 2))
    warp_m, warp_n = np.maximum(bm / wide, 1.0), np.maximum(bn / (warps / wide), 1.0)
    if chip.flop_per_clock_sm <= SIMT_FLOP_PER_CLOCK * 1.05:
        # operands of an r x r register tile are 2 r / 4 vector loads for r * r multiply-adds
        results = bm * bn / (warps * chip.limits.warp)
        filled = 1 / (1 + 1 / np.sqrt(np.maximum(results, 1.0)))
    else:
        filled = np.minimum(1.0, warp_m / 16) * np.minimum(1.0, warp_n / 8)
    compute = 2 * bm * bn * bk / chip.flop_per_clock_sm / np.maximum(filled * busy, 1e-3)
    shared = (bm * bk * (warps / wide) + bn * bk * wide) * element_bytes / SHARED_BYTES_PER_CLOCK
    l2 = (bm / rows_with + bn / columns_with) * bk * element_bytes / L2_BYTES_PER_CLOCK
    copies = (bm + bn) * bk * element_bytes / 16 / (32 * np.minimum(warps * together, 4))
    issue = (BARRIER_CLOCKS + COPY_INSTRUCTIONS * copies) * together / np.minimum(together, 4)
    alone = compute / together * np.maximum(busy, 0.25) + BARRIER_CLOCKS
    waiting = (LATENCY_CLOCKS + l2 + alone) / np.maximum(stages - 1, 0.5)
    slowest = np.maximum(np.maximum(compute, shared) * together, np.maximum(l2 * together, waiting))
    return np.asarray(slowest + issue)


def _dram_bytes(
    dims: tuple[float, float, float, float], bm: Array, bn: Array, group: Array, split: Array,
    tiles: Array, concurrent: Array, element_bytes: float, chip: Chip,
) -> Array:  # fmt: skip
    """Return DRAM traffic: each wave loads the rows and columns its tiles touch, once."""
    b, m, n, k = dims
    least = b * (m * k + k * n + m * n) * element_bytes
    inputs = b * (m * k + k * n) * element_bytes
    in_flight = np.minimum(concurrent, tiles) / split
    columns = np.minimum(np.ceil(in_flight / group), np.ceil(n / bn) * b)
    wave = (np.minimum(group, in_flight) * bm + columns * bn) * k * element_bytes
    loads = wave * tiles / split / np.maximum(in_flight, 1)
    again = np.clip(inputs / (0.5 * chip.l2_bytes) - 1, 0.02, 1.0)
    return np.asarray(least + again * np.maximum(loads - inputs, 0.0))


def attention_s(
    columns: Mapping[str, Array],
    heads: float,
    kv_heads: float,
    seq: float,
    kv_len: float,
    head_dim: float,
    causal: bool,
    element_bytes: float,
    chip: Chip,
) -> Array:
    """Return seconds of fused attention; ``heads`` and ``kv_heads`` count the batch in."""
    bm, bn = columns["BLOCK_M"].astype(float), columns["BLOCK_N"].astype(float)
    warps, stages = columns["num_warps"].astype(float), columns["num_stages"].astype(float)
    split = columns["SPLIT_KV"].astype(float)
    resident = np.maximum(blocks_per_sm(columns, chip.limits), 1e-9)
    rows = heads / kv_heads * seq if seq == 1 else seq
    groups = kv_heads if seq == 1 else heads
    tiles = groups * np.ceil(rows / bm) * split
    together = np.minimum(resident, np.ceil(tiles / chip.sm_count))
    waves = np.maximum(tiles / (chip.sm_count * together), 1.0)
    waves = np.where(waves < 4, np.ceil(waves), waves)
    steps = np.ceil(kv_len / split / bn) * (0.5 + bm / kv_len / 2 if causal else 1.0)
    busy = np.minimum(1.0, together * warps / 4)
    depth = np.full_like(bm, 2 * head_dim)
    matrix = _step_clocks(bm, bn, depth, warps, stages, together, busy, element_bytes, chip)
    softmax = 8.0 * bm * bn / (32 * 4) * together / np.maximum(busy, 0.25)
    clocks = waves * (2 * LATENCY_CLOCKS + steps * (matrix + 0.5 * softmax))
    loads = (2 * kv_heads * kv_len + 2 * heads * seq) * head_dim * element_bytes
    merge_s = np.where(
        split > 1, REDUCE_S + split * heads * seq * head_dim * 8 / chip.dram_bytes_per_s, 0.0
    )
    return np.asarray(
        np.maximum(clocks / chip.clock_hz, loads / chip.dram_bytes_per_s) * _habits(warps, stages)
        + merge_s
        + LAUNCH_S
    )


def reduction_s(
    columns: Mapping[str, Array], rows: float, cols: float, element_bytes: float, chip: Chip
) -> Array:
    """Return seconds of one pass over rows (softmax, norms, sums): read, reduce, write."""
    block, together = columns["BLOCK"].astype(float), columns["ROWS"].astype(float)
    resident = np.maximum(blocks_per_sm(columns, chip.limits), 1e-9)
    programs = np.ceil(rows / together)
    passes = np.ceil(cols / block)
    read_twice = np.where(passes > 1, 2.0, 1.0)
    waves = np.ceil(programs / (chip.sm_count * resident))
    spread = np.minimum(1.0, programs / chip.sm_count)
    in_flight = np.minimum(programs, chip.sm_count * resident) * np.minimum(block, cols) * together
    little = in_flight * element_bytes / (LATENCY_CLOCKS / chip.clock_hz)
    bandwidth = np.minimum(chip.dram_bytes_per_s, little)
    moved = rows * cols * element_bytes * (read_twice + 1)
    lanes = programs * passes * block * together
    threads = columns["num_warps"] * float(chip.limits.warp)
    issue = 4 * lanes / (128.0 * chip.sm_count * spread)
    chain = CHAIN_CLOCKS * block * together / threads
    fold = waves * passes * (LATENCY_CLOCKS + chain + 60 * np.log2(threads))
    return np.asarray(moved / bandwidth + (issue + fold) / chip.clock_hz + LAUNCH_S)
