"""Walks over arrays on a GPU, with the sums and copies they must leave behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from microbench.benchmark import Prepared
from microbench.kernels.architectures import arch_of
from microbench.kernels.cuda.bandwidth import ACCESS_BYTES, DIRECTIONS, THREADS
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import CudaKernel, find_kernel
from microbench.kernels.cuda_module import load_module
from microbench.kernels.cuda_residency import resident_blocks
from microbench.kernels.cuda_sampling import Basis, KernelBench, upload_new

if TYPE_CHECKING:
    import numpy as np

FACTOR = 2654435761
"""Odd, so that word * FACTOR modulo 2**32 never repeats (Knuth's multiplicative hash)."""
TRIAD_FACTOR = 3
FOOTPRINT_OF_L2 = 4
"""DRAM arrays are this many times L2, and at least a quarter of a GiB."""
ONCHIP_THREADS = 512
ONCHIP_BYTES = 64 << 10
SAMPLED_WORDS = 1 << 16


def pattern(first: int, count: int, offset: int) -> np.ndarray[Any, Any]:
    """Return the words ``support.memory.fill`` writes from word ``first`` on."""
    import numpy as np

    index = np.arange(first, first + count, dtype=np.uint64)
    return (index * np.uint64(FACTOR) + np.uint64(offset)).astype(np.uint32)


def pattern_sum(count: int, offset: int) -> int:
    """Return the sum of the first ``count`` words modulo 2**32."""
    return (FACTOR * (count * (count - 1) // 2) + offset * count) % 2**32


def fill(gpu: Gpu, address: int, size_bytes: int, offset: int) -> None:
    """Write the pattern with the fill kernel."""
    kernel = find_kernel("support.memory.fill")
    arch = arch_of(gpu.facts.compute_capability)
    function = gpu.function(load_module(kernel.module, arch).cubin.code, kernel.entry)
    arguments = [(address, U64), (size_bytes // 16, U64), (FACTOR, U32), (offset, U32)]
    gpu.launch(function, Launch(8 * gpu.facts.sm_count, 256), arguments)
    gpu.synchronize()


def device_wide(
    level: str,
    direction: str,
    in_flight: int,
    blocks_per_sm: int,
    seed: int,
    gpu: Gpu | None = None,
) -> Prepared:
    """Return reading, writing, copying or triad over arrays in DRAM, or in L2 and hot."""
    gpu = gpu or fresh_gpu()
    tile_bytes = THREADS * ACCESS_BYTES * in_flight
    reads, writes = DIRECTIONS[direction]
    wanted = gpu.facts.l2_bytes * FOOTPRINT_OF_L2
    if level == "l2":
        # A quarter of L2 in all: it stays near even where L2 is two partitions that share data.
        share = gpu.facts.l2_bytes // 4 // (reads + writes)
        size_bytes = max(1, share // tile_bytes) * tile_bytes
    else:
        size_bytes = -(-max(wanted, 256 << 20) // tile_bytes) * tile_bytes
    offsets = [seed % 2**32, (seed + 1) % 2**32, 0]
    needed = (reads >= 1, reads >= 2, writes >= 1)
    arrays = [gpu.allocate(size_bytes) if need else 0 for need in needed]
    for address, offset in zip(arrays, offsets, strict=True):
        if address:
            fill(gpu, address, size_bytes, offset)
    total = upload_new(gpu, _zeros(4))
    tiles = size_bytes // tile_bytes

    def arguments(passes: int) -> Sequence[Argument]:
        pointers: list[Argument] = [(address, U64) for address in arrays]
        return [
            *pointers,
            (tiles, U32),
            (passes, U32),
            (TRIAD_FACTOR, U32),
            (total, U64),
        ]

    kernel = find_kernel(f"bandwidth.{level}.{direction}_{in_flight}")
    # One wave: blocks that wait for room would run after the others, with less under way.
    blocks = min(blocks_per_sm, _resident(gpu, kernel))
    bench = KernelBench(
        gpu,
        kernel,
        Launch(gpu.facts.sm_count * blocks, THREADS),
        arguments,
        Basis.TIMER,
        notes={
            "array_bytes": size_bytes,
            "cache": "hot" if level == "l2" else "cold",
            "bytes_in_flight_per_sm": blocks * tile_bytes * max(reads, 1),
        },
    )

    def check() -> str:
        gpu.clear(total, 16)
        bench.run(1)
        if direction == "read":
            return check_sum(gpu, total, pattern_sum(size_bytes // 4, offsets[0]))
        return check_written(gpu, arrays[2], size_bytes, direction, offsets)

    return bench.prepared(
        bytes_moved=float((reads + writes) * size_bytes),
        check_result=check,
        relative_half_width=0.01 if level == "dram" else 0.005,
    )


def _resident(gpu: Gpu, kernel: CudaKernel) -> int:
    capability = gpu.facts.compute_capability
    registers = load_module(kernel.module, arch_of(capability)).usages[kernel.entry].registers
    return resident_blocks(capability, THREADS, registers)


def onchip(level: str, in_flight: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return every SM reading its own 64 KiB over and over from L1 or shared memory."""
    gpu = gpu or fresh_gpu()
    blocks = gpu.facts.sm_count
    address = gpu.allocate(blocks * ONCHIP_BYTES)
    fill(gpu, address, blocks * ONCHIP_BYTES, seed % 2**32)
    total = upload_new(gpu, _zeros(4))
    tiles = ONCHIP_BYTES // (ACCESS_BYTES * in_flight * ONCHIP_THREADS)

    def arguments(passes: int) -> Sequence[Argument]:
        return [
            (address, U64),
            (ONCHIP_BYTES, U32),
            (tiles, U32),
            (passes, U32),
            (total, U64),
        ]

    shared_bytes = ONCHIP_BYTES if level == "shared" else 0
    bench = KernelBench(
        gpu,
        find_kernel(f"bandwidth.onchip.{level}_{in_flight}"),
        Launch(blocks, ONCHIP_THREADS, shared_bytes),
        arguments,
        Basis.CYCLES,
        notes={"slice_bytes": ONCHIP_BYTES, "cache": "hot"},
    )

    def check() -> str:
        gpu.clear(total, 16)
        bench.run(2)
        return check_sum(
            gpu, total, 2 * pattern_sum(blocks * ONCHIP_BYTES // 4, seed % 2**32) % 2**32
        )

    return bench.prepared(bytes_moved=float(blocks * ONCHIP_BYTES), check_result=check)


def check_sum(gpu: Gpu, address: int, expected: int) -> str:
    """Return "" when the sum of all words read is right."""
    found = _zeros(1)
    gpu.download(address, found)
    if int(found[0]) != expected:
        return f"the words read add up to {int(found[0]):#x}, not {expected:#x}"
    return ""


def check_written(
    gpu: Gpu, address: int, size_bytes: int, direction: str, offsets: Sequence[int]
) -> str:
    """Return "" when the first and the last words written are right."""
    import numpy as np

    count = min(SAMPLED_WORDS, size_bytes // 4)
    for first in (0, size_bytes // 4 - count):
        found = _zeros(count)
        gpu.download(address + 4 * first, found)
        one, other = (pattern(first, count, offset) for offset in offsets[:2])
        expected = {
            "write": np.full(count, TRIAD_FACTOR, np.uint32),
            "copy": one,
            "triad": one + np.uint32(TRIAD_FACTOR) * other,
        }[direction]
        wrong = np.flatnonzero(found != expected)
        if wrong.size:
            return f"word {first + int(wrong[0])} is wrong after {direction}"
    return ""


def _zeros(count: int) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.zeros(count, np.uint32)
