"""How many blocks of a kernel one multiprocessor holds at once, from what each block takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from microbench.devices.spec import DeviceSpec

Array = npt.NDArray[np.int64]
WARP_REGISTERS = 256
"""A warp's registers are handed out in steps of 256 (CUDA C++ Programming Guide, occupancy)."""
PARTITIONS = 4
"""A multiprocessor's registers are split evenly over four schedulers, and a warp lives on one:
from Maxwell on (``cuda_occupancy.h``: registers are counted per scheduler)."""
SHARED_STEP_BYTES = 128
"""Shared memory is handed out in steps of 128 bytes from compute capability 7.0 on; 256 before."""
RESERVED_BYTES = 1024
"""Shared memory kept by the system per resident block, from compute capability 8.0 on."""
BLOCKS_SM = {"5": 32, "6": 32, "7.5": 16, "7": 32, "8.6": 16, "8.7": 16, "8.9": 24, "12": 24}
"""Most resident blocks by compute capability or its first number; 32 for the others (CUDA C++
Programming Guide, technical specifications per compute capability)."""


@dataclass(frozen=True, slots=True)
class Multiprocessor:
    """What one multiprocessor has to give."""

    registers: int
    shared_bytes: int
    warps: int
    blocks: int = 32
    warp: int = 32
    reserved_bytes: int = RESERVED_BYTES
    partitions: int = PARTITIONS
    shared_step_bytes: int = SHARED_STEP_BYTES

    @classmethod
    def of(cls, spec: DeviceSpec) -> Multiprocessor | None:
        """Return a device's multiprocessor, or ``None`` where the catalogue lacks a figure of it.

        The rules are NVIDIA's; for others' devices they are the nearest to be had.
        """
        registers, shared, warps = (
            spec.registers_per_sm, spec.shared_bytes_per_sm, spec.max_warps_per_sm,
        )  # fmt: skip
        if registers is None or shared is None or warps is None:
            return None
        capability = spec.compute_capability or ""
        major = capability.partition(".")[0]
        blocks = BLOCKS_SM.get(capability, BLOCKS_SM.get(major, 32))
        number = int(major) if major.isdigit() else 8
        return cls(
            registers, shared, warps,
            16 if number < 5 else blocks,
            spec.warp_size or 32,
            RESERVED_BYTES if number >= 8 else 0,
            PARTITIONS,
            SHARED_STEP_BYTES if number >= 7 else 256,
        )  # fmt: skip


def resident_blocks(
    sm: Multiprocessor,
    threads: npt.ArrayLike,
    registers: npt.ArrayLike,
    shared_bytes: npt.ArrayLike,
) -> Array:
    """Return the blocks resident on one multiprocessor; 0 where not even one fits.

    ``threads`` of a block, ``registers`` of a thread and ``shared_bytes`` of a block, static and
    dynamic together; arrays of one shape, or numbers. Source: CUDA C++ Programming Guide,
    multiprocessor level and technical specifications; the rounding is ``cuda_occupancy.h``'s.
    """
    warps = -(-np.asarray(threads, np.int64) // sm.warp)
    step = WARP_REGISTERS
    of_warp = -(-np.maximum(np.asarray(registers, np.int64), 1) * sm.warp // step) * step
    by_registers = sm.registers // sm.partitions // of_warp * sm.partitions // warps
    taken = np.asarray(shared_bytes, np.int64) + sm.reserved_bytes
    taken = -(-taken // sm.shared_step_bytes) * sm.shared_step_bytes
    by_shared = sm.shared_bytes // np.maximum(taken, 1)
    by_warps = np.minimum(sm.warps // warps, sm.blocks)
    return np.asarray(np.minimum(np.minimum(by_registers, by_shared), by_warps), np.int64)


def occupancy(
    sm: Multiprocessor,
    threads: npt.ArrayLike,
    registers: npt.ArrayLike,
    shared_bytes: npt.ArrayLike,
) -> npt.NDArray[np.float64]:
    """Return resident warps over the most a multiprocessor holds, 0 to 1."""
    warps = -(-np.asarray(threads, np.int64) // sm.warp)
    return np.asarray(resident_blocks(sm, threads, registers, shared_bytes) * warps / sm.warps)
