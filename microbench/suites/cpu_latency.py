"""The latency ladder: a dependent load at each working-set size, and what the page size adds."""

from __future__ import annotations

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec

NAME = "cpu.memory.latency"
SMALL_PAGE, HUGE_PAGE = 4096, 2 * 1024 * 1024
STEPS = {Effort.QUICK: 1, Effort.DEFAULT: 2, Effort.THOROUGH: 4}
"""Working-set sizes per doubling."""
LARGEST = {Effort.QUICK: 4, Effort.DEFAULT: 4, Effort.THOROUGH: 16}
"""Largest working set over the last-level cache."""
UNKNOWN_CACHE_BYTES = 32 * 1024 * 1024


def sizes(device: DeviceSpec, effort: Effort) -> list[int]:
    """Return working sets from 4 KiB to 4 (thorough: 16) last-level caches, memory permitting."""
    last = device.llc_bytes or device.l2_bytes or UNKNOWN_CACHE_BYTES
    largest = min(LARGEST[effort] * last, (device.dram_bytes or 2**30) // 4)
    found, exponent = [], 12.0
    while 2**exponent < largest:
        found.append(int(2**exponent) // 64 * 64)
        exponent += 1 / STEPS[effort] if effort is not Effort.QUICK or exponent < 14 else 1.0
    return [*found, largest // 64 * 64]


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every size on 4 KiB pages, then those beyond one huge page on 2 MiB pages."""
    small = [(size, SMALL_PAGE) for size in sizes(device, effort)]
    large = [(size, HUGE_PAGE) for size in sizes(device, effort) if size > HUGE_PAGE]
    return tuple(
        Point(NAME, (("size_bytes", size), ("page_bytes", page))) for size, page in small + large
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Write the ring, walk it once whole, and chase on from where the last sample stopped."""
    import numpy as np

    from microbench.kernels import cpu_check, cpu_ir, cpu_jit, cpu_memory
    from microbench.protocol.sampling import host_sample

    size_bytes, page_bytes = int(point["size_bytes"]), int(point["page_bytes"])
    block = cpu_memory.allocate(size_bytes, page_bytes)
    here = [cpu_memory.write_ring(block, np.random.default_rng(seed))]
    compiled = cpu_jit.compile_ir(cpu_ir.chase())
    chase = compiled.chase()
    lines = size_bytes // cpu_memory.LINE_BYTES
    here[0] = chase(here[0], -(-lines // cpu_ir.CHASE_UNROLL))
    claim = cpu_check.LoopClaim({cpu_check.scalar_load(cpu_jit.is_x86()): cpu_ir.CHASE_UNROLL})

    def run(trips: int) -> None:
        here[0] = chase(here[0], trips)

    def check_code() -> CodeCheck:
        return cpu_check.check_loop(compiled.assembly, claim)

    def check_result() -> str:
        if lines > 2**16:
            return ""
        visited = cpu_memory.ring_length(block, here[0])
        return "" if visited == lines else f"the ring visits {visited} of {lines} lines"

    beyond_l2 = size_bytes > 2**20
    return Prepared(
        sample=host_sample(run),
        operations=cpu_ir.CHASE_UNROLL,
        check_code=check_code,
        check_result=check_result,
        relative_half_width=0.01 if beyond_l2 else 0.005,
        notes={"lines": lines},
    )


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How long does a dependent load take at each working-set size?",
        kind=DeviceKind.CPU,
        suite="memory",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="random Hamiltonian cycle, one node a cache line",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 0.8, Effort.THOROUGH: 5},
    ),
)
