"""Launches of an empty kernel, and a barrier over the grid, on a GPU."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from microbench.benchmark import CodeCheck, Prepared, Sample
from microbench.errors import InputError
from microbench.kernels.architectures import arch_of
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_module import load_module
from microbench.kernels.cuda_sampling import Basis, KernelBench

GRAPH_KERNELS = QUEUED_KERNELS = 200
"""Launches of a replay, or behind a closed gate: well under the 1024 a stream holds."""
QUEUED = "queued"
BARRIER_THREADS = 256


def empty_kernels(
    way: str, gpu: Gpu | None = None, now: Callable[[], float] = time.perf_counter
) -> Prepared:
    """Return launches one after another (``stream``), each awaited, or as a graph of 200.

    ``queued`` has 200 of them wait behind a closed gate: what the GPU takes between two kernels of
    a stream, with nothing of the host in it.
    """
    gpu = gpu or fresh_gpu()
    kernel = find_kernel("launch.kernels.empty")
    module = load_module(kernel.module, arch_of(gpu.facts.compute_capability))
    function = gpu.function(module.cubin.code, kernel.entry)
    counter: list[Argument] = [(gpu.allocate(16), U64)]
    one = (function, Launch(1, 32), counter)
    run = _ways(gpu, one).get(way)
    if run is None and way != QUEUED:
        raise InputError(f"launching by {way!r}: stream, queued, awaited or graph are known")

    def sample(iterations: int) -> Sample:
        if run is None:
            return Sample(sum(gpu.timed([one] * QUEUED_KERNELS) for _ in range(iterations)))
        gpu.synchronize()
        start = now()
        run(iterations)
        gpu.synchronize()
        return Sample(now() - start)

    def check_code() -> CodeCheck:
        return module.check(kernel)

    return Prepared(
        sample=sample,
        operations={"graph": GRAPH_KERNELS, QUEUED: QUEUED_KERNELS}.get(way, 1),
        check_code=check_code,
        relative_half_width=0.02,
        notes={
            "basis": "events" if way == QUEUED else "host clock",
            "way": way,
            "kernel": kernel.name,
        },
    )


def _ways(gpu: Gpu, one: tuple[object, Launch, list[Argument]]) -> dict[str, Callable[[int], None]]:
    function, launch, arguments = one
    recorded: list[object] = []

    def stream(iterations: int) -> None:
        for _ in range(iterations):
            gpu.launch(function, launch, arguments)

    def awaited(iterations: int) -> None:
        for _ in range(iterations):
            gpu.launch(function, launch, arguments)
            gpu.synchronize()

    def graph(iterations: int) -> None:
        if not recorded:
            recorded.append(gpu.graph([one] * GRAPH_KERNELS))
        for _ in range(iterations):
            gpu.replay(recorded[0])

    return {"stream": stream, "awaited": awaited, "graph": graph}


def grid_barrier(blocks_per_sm: int, gpu: Gpu | None = None) -> Prepared:
    """Return a cooperative launch whose blocks meet ``iterations`` times."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    counter = gpu.allocate(16)
    blocks = gpu.facts.sm_count * blocks_per_sm

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (counter, U64)]

    bench = KernelBench(
        gpu,
        find_kernel("launch.kernels.grid_barrier"),
        Launch(blocks, BARRIER_THREADS, cooperative=True),
        arguments,
        Basis.TIMER,
        before=lambda: gpu.clear(counter, 16),
    )

    def check() -> str:
        bench.run(3)
        found = np.zeros(1, np.uint32)
        gpu.download(counter, found)
        if int(found[0]) != 3 * blocks:
            return f"{int(found[0])} arrivals were counted, not {3 * blocks}"
        return ""

    return bench.prepared(check_result=check, relative_half_width=0.01)
