"""How many blocks of a kernel an SM runs at once: what is under way, not what was asked for.

Source: CUDA C++ Programming Guide, technical specifications per compute capability; the rounding is
``cuda_occupancy.h``'s. Shared memory is left out: kernels that take much of it run one block an SM.
"""

from __future__ import annotations

REGISTERS, SCHEDULERS, WARP = 65536, 4, 32
"""Of a multiprocessor, from compute capability 8.0 to 12.0; each scheduler has its own quarter."""
WARP_REGISTERS = 256
"""A warp's registers are handed out in steps of 256."""
MOST_WARPS = {"8.6": 48, "8.9": 48, "12.0": 48}
MOST_BLOCKS = {"8.6": 16, "8.9": 24, "12.0": 24}
"""64 and 32 on the others."""


def resident_blocks(capability: str, threads: int, registers: int) -> int:
    """Return the blocks of ``threads``, each with ``registers``, that run on one SM at once."""
    warps = -(-threads // WARP)
    of_warp = -(-registers * WARP // WARP_REGISTERS) * WARP_REGISTERS
    by_registers = REGISTERS // SCHEDULERS // of_warp * SCHEDULERS // warps
    by_warps = MOST_WARPS.get(capability, 64) // warps
    return min(by_registers, by_warps, MOST_BLOCKS.get(capability, 32))
