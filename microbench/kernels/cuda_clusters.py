"""Loads between blocks of a cluster on a GPU."""

from __future__ import annotations

from collections.abc import Sequence

from microbench.benchmark import Prepared
from microbench.kernels.architectures import arch_of
from microbench.kernels.cuda.bandwidth import ACCESS_BYTES
from microbench.kernels.cuda.cluster import STEPS
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import CudaKernel, find_kernel
from microbench.kernels.cuda_module import load_module
from microbench.kernels.cuda_ring import random_ring
from microbench.kernels.cuda_sampling import Basis, KernelBench, upload_new
from microbench.kernels.cuda_streams import check_sum

RING_WORDS = 4096
"""16 KiB: many lines of every bank, inside the shared memory any block may have."""
THREADS = 1024
SLICE_BYTES = 64 << 10


def latency(cluster: int, target: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return one cluster whose first thread chases a ring in block ``target``."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    ring = random_ring(RING_WORDS, seed)
    source = upload_new(gpu, ring.successors.astype(np.uint32))
    result = gpu.allocate(4 * cluster)
    asked = [1]

    def arguments(trips: int) -> Sequence[Argument]:
        asked[0] = trips
        return [
            (source, U64),
            (RING_WORDS, U32),
            (target, U32),
            (0, U32),
            (trips, U32),
            (result, U64),
        ]

    bench = KernelBench(
        gpu,
        find_kernel("cluster.dsm.latency"),
        # One thread a block: more would all chase.
        Launch(cluster, 1, 4 * RING_WORDS, cluster),
        arguments,
        Basis.CYCLES,
        notes={"cluster": cluster, "ring_bytes": 4 * RING_WORDS},
    )

    def check() -> str:
        bench.run(7)
        found = np.zeros(1, np.uint32)
        gpu.download(result, found)
        expected = 4 * ring.after(STEPS * asked[0])
        if int(found[0]) != expected:
            return f"the walk ended at byte {int(found[0])}, the ring says {expected}"
        return ""

    return bench.prepared(STEPS, check_result=check)


def bandwidth(cluster: int, in_flight: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return as many clusters as run at once, each block reading the next one's."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    kernel = find_kernel(f"cluster.dsm.read_{in_flight}")
    blocks = cluster * _at_once(gpu, kernel, cluster)
    words = SLICE_BYTES // 4
    data = np.random.default_rng(seed).integers(0, 2**32, words, dtype=np.uint64)
    source = upload_new(gpu, data.astype(np.uint32))
    total = gpu.allocate(16)
    tiles = SLICE_BYTES // (ACCESS_BYTES * in_flight * THREADS)

    def arguments(trips: int) -> Sequence[Argument]:
        return [
            (source, U64),
            (words, U32),
            (1, U32),
            (tiles, U32),
            (trips, U32),
            (total, U64),
        ]

    bench = KernelBench(
        gpu,
        kernel,
        Launch(blocks, THREADS, SLICE_BYTES, cluster),
        arguments,
        Basis.TIMER,
        notes={
            "cluster": cluster,
            "clusters": blocks // cluster,
            "slice_bytes": SLICE_BYTES,
        },
    )

    def check() -> str:
        gpu.clear(total, 16)
        bench.run(3)
        return check_sum(gpu, total, 3 * blocks * int(data.sum() % 2**32) % 2**32)

    return bench.prepared(bytes_moved=float(blocks * SLICE_BYTES), check_result=check)


def _at_once(gpu: Gpu, kernel: CudaKernel, cluster: int) -> int:
    """Return the clusters that run at once; one more would run alone after the others.

    A cluster lies within a group of SMs, and groups of 16 or 18 hold no whole number of some.
    """
    code = load_module(kernel.module, arch_of(gpu.facts.compute_capability)).cubin.code
    launch = Launch(cluster, THREADS, SLICE_BYTES, cluster)
    told = gpu.clusters_at_once(gpu.function(code, kernel.entry), launch)
    room = gpu.facts.sm_count // cluster
    return room if told is None else max(1, min(told, room))
