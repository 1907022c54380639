"""Atomic operations on a GPU, with the sums they must leave."""

from __future__ import annotations

from collections.abc import Sequence

from microbench.benchmark import Prepared
from microbench.kernels.cuda.atomic import BODY, LONG_STEPS, SHORT_STEPS, SWAPPED
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_sampling import Basis, KernelBench

THREADS = 1024


def latency(space: str, operation: str, gpu: Gpu | None = None) -> Prepared:
    """Return one thread in a chain of atomic operations."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    cells, result = gpu.allocate(4096), gpu.allocate(4 * 1024 * 3)
    gpu.clear(cells, 4096)

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (cells, U64), (0, U32), (result, U64)]

    bench = KernelBench(
        gpu,
        find_kernel(f"atomic.latency.{space}_{operation}"),
        Launch(1, 1),
        arguments,
        Basis.SLOPE,
    )

    def check() -> str:
        gpu.clear(cells, 4096)
        bench.run(1)
        found = np.zeros(1, np.uint32)
        gpu.download(result, found)
        expected = chained_value(operation, SHORT_STEPS + LONG_STEPS)
        if int(found[0]) != expected:
            return f"the chain returned {int(found[0])}, not {expected}"
        return ""

    return bench.prepared(LONG_STEPS - SHORT_STEPS, check_result=check)


def chained_value(operation: str, steps: int) -> int:
    """Return what the last of a chain of ``add`` or ``cas`` on a zero cell answers.

    Each takes the answer before it, the first one 1, and answers what the cell held; ``cas`` writes
    a constant where the answer is what the cell holds.
    """
    value, cell = 1, 0
    for _ in range(steps):
        before = cell
        cell = (cell + value if operation == "add" else SWAPPED if cell == value else cell) % 2**32
        value = before
    return value


def throughput(space: str, spread: int, gpu: Gpu | None = None) -> Prepared:
    """Return every thread of the GPU adding one, ``spread`` words from its neighbour's cell."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    blocks = gpu.facts.sm_count
    threads = blocks * THREADS
    count = threads * max(spread, 1)
    cells, result = gpu.allocate(4 * count), gpu.allocate(4 * threads)
    gpu.clear(cells, 4 * count)

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (cells, U64), (spread, U32), (result, U64)]

    bench = KernelBench(
        gpu,
        find_kernel(f"atomic.throughput.{space}_add"),
        Launch(blocks, THREADS),
        arguments,
        Basis.TIMER,
        notes={"cells": "one" if spread == 0 else "one a thread"},
    )

    def check() -> str:
        gpu.clear(cells, 4 * count)
        bench.run(2)
        found = np.zeros(count, np.uint32)
        gpu.download(cells, found)
        expected = 2 * BODY * threads
        # Shared cells are added up into the first word once per thread that owns one.
        if int(found.sum(dtype=np.uint64)) % 2**32 != expected % 2**32:
            return f"the cells hold {int(found.sum(dtype=np.uint64))} sums, not {expected}"
        return ""

    return bench.prepared(work_flop=float(BODY * threads), check_result=check)
