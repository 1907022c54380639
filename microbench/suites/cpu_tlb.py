"""What translation of addresses costs: one dependent load a page, so that caches hold the lines.

As many lines fit in cache as pages are touched: what a load takes beyond the latency ladder's time
at the same number of lines is the translation's share. Pages of 2 MiB show it without most misses.
"""

from __future__ import annotations

from microbench.benchmark import Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.suites.cpu_latency import HUGE_PAGE, SMALL_PAGE, chase_over

NAME = "cpu.memory.tlb"
PAGES = {
    Effort.QUICK: (32, 512, 8192),
    Effort.DEFAULT: (16, 32, 64, 128, 512, 1024, 2048, 4096, 8192, 16384),
    Effort.THOROUGH: (8, 16, 32, 48, 64, 96, 128, 256, 512, 1024, 2048, 3072, 4096, 8192, 16384),
}
"""4 KiB spans touched, across first-level TLBs (16 to 96 entries) and second-level ones."""
MEMORY_SHARE = 8


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Each number of 4 KiB spans, mapped by 4 KiB pages and by 2 MiB pages."""
    limit = (device.dram_bytes or 2**32) // MEMORY_SHARE // SMALL_PAGE
    counts = [count for count in PAGES[effort] if count <= limit]
    return tuple(
        Point(NAME, (("spans", count), ("page_bytes", page)))
        for page in (SMALL_PAGE, HUGE_PAGE)
        for count in counts
        if count * SMALL_PAGE >= page
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Link one line of each span into a ring; lines rotate so that cache sets fill evenly."""
    import numpy as np

    from microbench.kernels import cpu_memory

    spans, page_bytes = int(point["spans"]), int(point["page_bytes"])
    block = cpu_memory.allocate(spans * SMALL_PAGE, page_bytes)
    lines_a_span = SMALL_PAGE // cpu_memory.LINE_BYTES
    index = np.arange(spans)
    nodes = index * lines_a_span + index % lines_a_span
    return chase_over(block, nodes, seed)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How much longer does a load take when its page has not been touched lately?",
        kind=DeviceKind.CPU,
        suite="memory",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="random Hamiltonian cycle, one line a 4 KiB span, line offset rotating",
        seconds_per_point={Effort.QUICK: 0.5, Effort.DEFAULT: 0.7, Effort.THOROUGH: 5},
    ),
)
