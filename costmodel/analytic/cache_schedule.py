"""Diffusion steps that compute a block or read its cached output: the time of a schedule.

After Y. Huang et al., "HarmoniCa", arXiv 2410.01723, and its kin TFMQ-DM, arXiv 2311.16503 (a
finite set of time embeddings becomes a table). The model is hwprof's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a step: seconds to compute it and seconds to read its cached output."""

    compute_s: float
    read_s: float


def schedule_s(
    blocks: Sequence[Block], cached: Sequence[Sequence[bool]], fixed_s: float = 0.0
) -> float:
    """Return the sum over steps of what each block does: read where cached, else compute.

    ``cached[step][block]``; ``fixed_s`` is spent in every step. ``InputError`` when a row does not
    fit, or when a block is read before it was ever computed.
    """
    total_s = 0.0
    computed = [False] * len(blocks)
    for step, row in enumerate(cached):
        if len(row) != len(blocks):
            raise InputError(f"step {step} has {len(row)} choices for {len(blocks)} blocks")
        for index, (block, read) in enumerate(zip(blocks, row, strict=True)):
            if read and not computed[index]:
                raise InputError(f"step {step} reads block {index} before it was computed")
            computed[index] = True
            total_s += block.read_s if read else block.compute_s
        total_s += fixed_s
    return total_s


def speed_up_bound(blocks: Sequence[Block], fixed_s: float, cached_share: float) -> float:
    """Return Amdahl's bound of a router that caches this share of block executions.

    The share is spread evenly over the blocks; with ``cached_share`` 1 only reads and the fixed
    part remain.
    """
    if not 0 <= cached_share <= 1:
        raise InputError(f"a share lies between 0 and 1, not {cached_share}")
    compute_s = math.fsum(block.compute_s for block in blocks)
    read_s = math.fsum(block.read_s for block in blocks)
    mixed_s = (1 - cached_share) * compute_s + cached_share * read_s + fixed_s
    return (compute_s + fixed_s) / mixed_s if mixed_s else math.inf


def table_saving_flop(embedding_flop: float, steps: int) -> float:
    """Return FLOP a run of so many steps saves by reading embeddings from a table made before."""
    if steps < 0:
        raise InputError(f"steps must not be negative: {steps}")
    return embedding_flop * steps
