"""Ready-made tuning spaces: what a tiled kernel may choose on a device of the catalogue.

Limits come from the device's row (shared memory, registers, warps); rules of a tile are those of
the CUDA C++ Programming Guide (255 registers a thread, 1024 threads a block, 1 KiB of shared memory
kept per block from compute capability 8.0) and of Triton (powers of two, at least 16 a side).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum

from costmodel.blocks.space import Space, build
from microbench.devices.spec import DeviceSpec

BASE_REGISTERS = 40
"""Registers a thread needs beside accumulators and operands: addresses, counters, masks. From the
shared-memory and register counts of compiled tiles (the triton_sm90 solver vector uses it too)."""
THREAD_REGISTERS = 255
BLOCK_THREADS = 1024
KEPT_BACK_BYTES = 166_912 - 165_000
"""Shared memory of a block that FlashRNN's published rules leave free on an A100."""
RESERVED_BYTES = 1024
"""Shared memory the driver keeps per resident block (CUDA Programming Guide, 16.4.3)."""


class Operator(StrEnum):
    """Kernels with a ready-made space."""

    GEMM = "gemm"
    GROUPED_GEMM = "grouped_gemm"
    CONVOLUTION = "convolution"
    ATTENTION = "attention"
    DECODE = "decode"
    REDUCTION = "reduction"
    CUTLASS_GEMM = "cutlass_gemm"
    RECURRENT = "recurrent"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one multiprocessor offers a block; every figure from the catalogue."""

    shared_bytes: int
    shared_sm_bytes: int
    registers_sm: int
    warps_sm: int
    warp: int
    stages: int
    """Most pipeline stages: asynchronous copies to shared memory came with Ampere."""

    @classmethod
    def of(cls, spec: DeviceSpec) -> Limits | None:
        """Return a device's limits, or ``None`` where the catalogue lacks one of them."""
        known = (
            spec.shared_bytes_per_block,
            spec.shared_bytes_per_sm,
            spec.registers_per_sm,
            spec.max_warps_per_sm,
            spec.warp_size,
        )
        block, sm, registers, warps, warp = known
        if block is None or sm is None or registers is None or warps is None or warp is None:
            return None
        early = {"kepler", "maxwell", "pascal", "volta", "turing"}
        stages = 2 if spec.arch in early or spec.vendor != "nvidia" else 5
        return cls(block, sm, registers, warps, warp, stages)


@functools.lru_cache(maxsize=64)
def space(operator: Operator, limits: Limits, element_bytes: float, head_dim: int = 64) -> Space:
    """Return the space of an operator for operands of ``element_bytes`` bytes.

    ``head_dim`` counts for attention only: its tiles hold whole heads.
    """
    if operator in (Operator.ATTENTION, Operator.DECODE):
        return _attention(operator, limits, element_bytes, head_dim)
    if operator is Operator.REDUCTION:
        return _reduction(limits, element_bytes)
    return _gemm(operator, limits, element_bytes)


def _gemm(operator: Operator, limits: Limits, element_bytes: float) -> Space:
    deepest = 256 if element_bytes <= 1 else 128 if element_bytes <= 2 else 64
    split = [1] if operator is Operator.GROUPED_GEMM else [1, 2, 4, 8, 16]
    return build(
        operator.value,
        {
            "BLOCK_M": _powers(16, 256),
            "BLOCK_N": _powers(16, 256),
            "BLOCK_K": _powers(16, deepest),
            "num_warps": _powers(2, min(16, BLOCK_THREADS // limits.warp)),
            "num_stages": range(1, limits.stages + 1),
            "SPLIT_K": split,
            "GROUP_M": [1, 8],
        },
        (
            f"shared_bytes <= {limits.shared_bytes}",
            f"registers <= {THREAD_REGISTERS}",
            f"registers * threads <= {limits.registers_sm}",
            "BLOCK_M * BLOCK_N >= 4 * threads",
            "(BLOCK_M + BLOCK_N) * BLOCK_K >= 4 * threads",
        ),
        {
            "threads": f"num_warps * {limits.warp}",
            "shared_bytes": f"num_stages * (BLOCK_M + BLOCK_N) * BLOCK_K * {element_bytes:g}",
            "registers": (
                f"{BASE_REGISTERS} + (BLOCK_M * BLOCK_N"
                f" + (BLOCK_M + BLOCK_N) * 16 * {element_bytes:g} / 4) / threads"
            ),
        },
    )


def _attention(operator: Operator, limits: Limits, element_bytes: float, head_dim: int) -> Space:
    padded = 1 << max(4, (head_dim - 1).bit_length())
    decode = operator is Operator.DECODE
    return build(
        f"{operator.value} of heads of {head_dim}",
        {
            "BLOCK_M": [16] if decode else _powers(16, 256),
            "BLOCK_N": _powers(16, 256),
            "num_warps": _powers(1, min(16, BLOCK_THREADS // limits.warp)),
            "num_stages": range(1, limits.stages + 1),
            "SPLIT_KV": _powers(1, 128) if decode else [1],
        },
        (
            f"shared_bytes <= {limits.shared_bytes}",
            f"registers <= {THREAD_REGISTERS}",
            f"registers * threads <= {limits.registers_sm}",
            "BLOCK_M * BLOCK_N >= 2 * threads",
        ),
        {
            "threads": f"num_warps * {limits.warp}",
            "shared_bytes": (
                f"(BLOCK_M + 2 * num_stages * BLOCK_N) * {padded} * {element_bytes:g}"
            ),
            "registers": f"{BASE_REGISTERS} + BLOCK_M * (BLOCK_N + {padded}) / threads",
        },
    )


def _reduction(limits: Limits, element_bytes: float) -> Space:
    return build(
        "reduction",
        {
            "BLOCK": _powers(32, 16384),
            "ROWS": _powers(1, 64),
            "num_warps": _powers(1, min(32, BLOCK_THREADS // limits.warp)),
        },
        (
            f"registers <= {THREAD_REGISTERS}",
            f"registers * threads <= {limits.registers_sm}",
            "BLOCK * ROWS >= threads",
        ),
        {
            "threads": f"num_warps * {limits.warp}",
            "shared_bytes": "ROWS * num_warps * 4",
            "registers": f"24 + BLOCK * ROWS * {max(element_bytes, 4):g} / 4 / threads",
        },
    )


def recurrent(
    hidden: int, gates: int, blocks: int, shared_bytes: int = 165_000, pad: int = 8
) -> Space:
    """Return the space of a fused recurrent step: its weights stay on the chip for all steps.

    ``gates`` is RG, the gates a head's recurrent matrix makes; weights are 16-bit. TCG x TCH blocks
    each keep an even share of R; ``shared_bytes`` counts shared memory and the registers used as
    memory. Constraints: FlashRNN (arXiv 2412.07752), its published tuning rules.
    """
    rows = gates * hidden
    return build(
        f"recurrent step of {hidden}",
        {"TCG": range(1, blocks + 1), "TCH": range(1, blocks + 1), "WH": [1]},
        (
            f"{rows} % (TCG * 32) == 0",
            f"{hidden} % TCH == 0",
            f"{rows} * WH <= 1024 * TCG",
            f"TCG * TCH <= {blocks}",
            f"{2 * rows * hidden + 2 * rows * pad} + {4 * rows + 4 * pad * gates} * TCH"
            f" <= {shared_bytes} * TCG * TCH",
        ),
        {
            "threads": f"{rows} * WH // TCG",
            "num_warps": "threads // 32",
            "shared_bytes": (
                f"({2 * rows * hidden + 2 * rows * pad} + {4 * rows + 4 * pad * gates} * TCH)"
                " // (TCG * TCH)"
            ),
            "registers": f"{BASE_REGISTERS + 16}",
        },
    )


def cpu_gemm(
    element_bytes: int, l1_bytes: int, l2_bytes: int, l3_bytes: int, vector_bytes: int
) -> Space:
    """Return the space of a cache-blocked matrix product on a CPU.

    A micro-tile of MR x NR stays in registers (32 of them from AVX-512, else 16), a KC x NR
    sliver of B in L1, an MC x KC block of A in L2, a KC x NC panel of B in L3. Source: K. Goto,
    R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", TOMS 34(3), 2008.
    """
    lanes = vector_bytes // element_bytes
    registers = 32 if vector_bytes >= 64 else 16
    return build(
        "gemm on a CPU",
        {
            "MR": range(1, 31),
            "NR": [lanes, 2 * lanes, 3 * lanes, 4 * lanes],
            "KC": _powers(64, 1024),
            "MC": _powers(16, 1024),
            "NC": _powers(256, 8192),
            "UNROLL": [1, 2, 4, 8],
        },
        (
            f"MR * (NR // {lanes}) + NR // {lanes} + 1 <= {registers}",
            f"KC * NR * {element_bytes} <= {l1_bytes} // 2",
            f"MC * KC * {element_bytes} <= {l2_bytes} // 2",
            f"KC * NC * {element_bytes} <= {l3_bytes} // 2",
            "MC >= MR",
            f"MR * (NR // {lanes}) >= 8",
        ),
    )


def _powers(least: int, most: int) -> list[int]:
    return [1 << bit for bit in range(least.bit_length() - 1, most.bit_length())]
