"""Asynchronous copies on a GPU, and the sums of what the last of them brought."""

from __future__ import annotations

from collections.abc import Sequence

from microbench.benchmark import Prepared
from microbench.kernels.cuda_device import U32, U64, AlignedMap, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_sampling import Basis, KernelBench
from microbench.kernels.cuda_streams import FOOTPRINT_OF_L2, fill, pattern

ROW_BYTES = 256
"""Width of the tensor map: the widest box of bytes (PTX ISA, limits of cuTensorMapEncodeTiled)."""
BULK_THREADS = 32
L2_SLICE_BYTES = 64 << 10


def copies(
    kind: str,
    stages: int,
    copy_bytes: int,
    level: str,
    seed: int,
    latency: bool = False,
    gpu: Gpu | None = None,
) -> Prepared:
    """Return one block (latency) or one an SM that copies its slice over and over."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    blocks = 1 if latency else gpu.facts.sm_count
    slice_bytes = L2_SLICE_BYTES
    if level == "dram":
        least = max(gpu.facts.l2_bytes * FOOTPRINT_OF_L2, 256 << 20) // blocks
        slice_bytes = -(-least // L2_SLICE_BYTES) * L2_SLICE_BYTES
    source = gpu.allocate(blocks * slice_bytes)
    offset = seed % 2**32
    fill(gpu, source, blocks * slice_bytes, offset)
    sums = gpu.allocate(4 * blocks)
    rows = copy_bytes // ROW_BYTES
    tensor = kind == "tensor"
    # The other kinds take no tensor map: the last parameter is there all the same.
    described: Argument = (AlignedMap(), None)
    if tensor:
        described = gpu.tensor_map(source, blocks * slice_bytes // ROW_BYTES, ROW_BYTES, rows)

    def arguments(trips: int) -> Sequence[Argument]:
        unit = ROW_BYTES if tensor else 1
        return [
            (source, U64),
            (slice_bytes // unit, U32),
            (copy_bytes, U32),
            (rows, U32),
            (trips, U32),
            (sums, U64),
            described,
        ]

    bench = KernelBench(
        gpu,
        find_kernel(f"copy.{kind}.stages_{stages}"),
        Launch(blocks, copy_bytes // 16 if kind == "groups" else BULK_THREADS, stages * copy_bytes),
        arguments,
        Basis.CYCLES if latency else Basis.TIMER,
        notes={"level": level, "slice_bytes": slice_bytes, "copies_under_way": stages},
    )
    trips = 5

    def check() -> str:
        gpu.clear(sums, 4 * blocks)
        bench.run(trips)
        found = np.zeros(blocks, np.uint32)
        gpu.download(sums, found)
        for block in {0, blocks - 1}:
            expected = last_sum(block, slice_bytes, copy_bytes, stages, trips, offset)
            if int(found[block]) != expected:
                return (
                    f"block {block}: the last copies add up to {int(found[block]):#x}, "
                    f"not {expected:#x}"
                )
        return ""

    if latency:
        return bench.prepared(stages, check_result=check)
    return bench.prepared(
        bytes_moved=float(blocks * stages * copy_bytes),
        check_result=check,
        relative_half_width=0.01 if level == "dram" else 0.005,
    )


def last_sum(
    block: int, slice_bytes: int, copy_bytes: int, stages: int, trips: int, offset: int
) -> int:
    """Return the sum of the words that the last ``stages`` copies of a block brought."""
    total = 0
    per_slice = slice_bytes // copy_bytes
    for copy in range((trips - 1) * stages, trips * stages):
        at = block * slice_bytes + copy % per_slice * copy_bytes
        total += int(pattern(at // 4, copy_bytes // 4, offset).sum(dtype="uint64"))
    return total % 2**32
