"""The latency ladder: a dependent load at each working-set size, and what the page size adds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.protocol.clock_level import HighestClock, at_clock
from microbench.protocol.sampling import host_sample, in_company
from microbench.protocol.windows import LEAST_WINDOWS, MOST_WINDOWS, windowed
from microbench.suites import cpu_clock

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from microbench.kernels.cpu_memory import Block

NAME = "cpu.memory.latency"
SMALL_PAGE, HUGE_PAGE = 4096, 2 * 1024 * 1024
STEPS = {Effort.QUICK: 1, Effort.DEFAULT: 2, Effort.THOROUGH: 4}
"""Working-set sizes per doubling: at least six a level from the default on."""
LARGEST = {Effort.QUICK: 4, Effort.DEFAULT: 8, Effort.THOROUGH: 16}
"""Largest working set over the last-level cache."""
UNKNOWN_CACHE_BYTES, UNKNOWN_L2_BYTES = 32 * 1024 * 1024, 256 * 1024
MEMORY_SHARE = 4
SMALLEST_BYTES, LINE_BYTES = 4096, 64
WALKED_IN_PYTHON = 2**14
"""Longest ring counted node by node before it is timed; longer ones are rings by construction."""
BEYOND_L2_LINES = 2**14
SAMPLE_S = 2.5e-4
"""Samples of rings about as large as L2, or not in windows: a system's tick takes 15 us in every
millisecond, so that most of these hold none, and many passes of a ring all the same."""
WINDOWS_S = 1e-4
"""Loads of a sample in windows; the chains beside them take as long again."""
SHORT_RING_LINES, SHORT_RING_LOADS, LONG_RING_LOADS = 512, 4096, 1024
"""Loads of a window at least: 12,000 to 16,000 cycles, so that a counter in steps of 10 ns tells
them within 0.3%."""
CHAIN_TRIPS = 128
"""Trips of a window's multiply chain: 12,288 cycles."""
HIGHEST = HighestClock()
"""The clocks that this process has read, of all points together."""


def sizes(device: DeviceSpec, effort: Effort) -> list[int]:
    """Return working sets from 4 KiB to 4, 8 or 16 last-level caches, memory permitting."""
    last = device.llc_bytes or device.l2_bytes or UNKNOWN_CACHE_BYTES
    largest = min(LARGEST[effort] * last, (device.dram_bytes or 2**30) // MEMORY_SHARE)
    steps = range(64 * STEPS[effort])
    found = [int(SMALLEST_BYTES * 2 ** (step / STEPS[effort])) for step in steps]
    return [
        size // LINE_BYTES * LINE_BYTES for size in (*(s for s in found if s < largest), largest)
    ]


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every size on 4 KiB pages, then those beyond one huge page (quick: 8) on 2 MiB pages."""
    small = [(size, SMALL_PAGE) for size in sizes(device, effort)]
    least = 8 * HUGE_PAGE if effort is Effort.QUICK else HUGE_PAGE
    large = [(size, HUGE_PAGE) for size in sizes(device, effort) if size > least]
    return tuple(
        Point(NAME, (("size_bytes", size), ("page_bytes", page))) for size, page in small + large
    )


def private(point: Point, device: DeviceSpec) -> bool:
    """Say whether a ring lies in caches of one core: in half of L2, so that no set overflows.

    Lines of 4 KiB pages fall into the sets of L2 by chance, anew with each visit.
    """
    return int(point["size_bytes"]) <= (device.l2_bytes or UNKNOWN_L2_BYTES) // 2


def prepare(point: Point, device: DeviceSpec, seed: int) -> Prepared:
    """Link every cache line of a working set into one ring."""
    import numpy as np

    from microbench.kernels import cpu_memory, cpu_windows

    block = cpu_memory.allocate(int(point["size_bytes"]), int(point["page_bytes"]))
    nodes = np.arange(block.size_bytes // cpu_memory.LINE_BYTES)
    if private(point, device) and not in_company() and not cpu_windows.counter_problem():
        return chase_in_windows(block, nodes, device, seed)
    prepared = chase_over(block, nodes, seed)
    within_l2 = block.size_bytes <= (device.l2_bytes or UNKNOWN_L2_BYTES)
    clock_hz = cpu_clock.probe(device) if within_l2 else None
    if clock_hz is None:
        return prepared
    sample = at_clock(prepared.sample, clock_hz, HIGHEST)
    return replace(prepared, sample=sample, one_clock=HIGHEST.held_hz, sample_s=SAMPLE_S)


def chase_in_windows(
    block: Block, nodes: npt.NDArray[np.int64], device: DeviceSpec, seed: int
) -> Prepared:
    """Write the ring and time it in windows of whole passes, each beside a chain of multiplies.

    A part of a ring may be faster than the whole, and a low level of such windows would pick it.
    """
    import numpy as np

    from microbench.kernels import cpu_ir, cpu_jit, cpu_memory, cpu_windows

    compiled = cpu_jit.compile_ir(cpu_windows.chase_windows())
    chase, stamps = compiled.windows(), cpu_memory.allocate(16 * (MOST_WINDOWS + 1))
    pairs = stamps.view("u8")
    here = [cpu_memory.write_ring(block, nodes, np.random.default_rng(seed))]
    least = SHORT_RING_LOADS if len(nodes) <= SHORT_RING_LINES else LONG_RING_LOADS
    loads = -(-least // len(nodes)) * len(nodes)
    trips = -(-loads // cpu_ir.CHASE_UNROLL)
    chain_cycles = cpu_clock.multiply_cycles(device.arch, x86=True) * cpu_ir.MULTIPLY_UNROLL

    def run(windows: int) -> None:
        here[0] = chase(here[0], stamps.address, windows, trips, CHAIN_TRIPS, cpu_clock.SEED)

    def ticks(windows: int) -> tuple[list[int], list[int]]:
        return pairs[: 2 * windows : 2].tolist(), pairs[1 : 2 * windows : 2].tolist()

    run(LEAST_WINDOWS)
    counter_hz = cpu_windows.counter_hz()
    return Prepared(
        sample=windowed(host_sample(run), ticks, counter_hz, CHAIN_TRIPS * chain_cycles, HIGHEST),
        operations=trips * cpu_ir.CHASE_UNROLL,
        check_code=lambda: cpu_windows.check(compiled.assembly),
        check_result=lambda: _ring_problem(block, here[0], len(nodes)),
        relative_half_width=0.0025,
        one_clock=HIGHEST.held_hz,
        contention_adds=True,
        sample_s=WINDOWS_S,
        notes={"lines": len(nodes), "loads_a_window": trips * cpu_ir.CHASE_UNROLL},
    )


def chase_over(block: Block, nodes: npt.NDArray[np.int64], seed: int) -> Prepared:
    """Write the ring, walk it once whole, and chase on from where the last sample stopped.

    Rings that fit L1 and L2 are paced by the core's clock: ``prepare`` probes it.
    """
    import numpy as np

    from microbench.kernels import cpu_check, cpu_ir, cpu_jit, cpu_memory

    start = cpu_memory.write_ring(block, nodes, np.random.default_rng(seed))
    compiled = cpu_jit.compile_ir(cpu_ir.chase())
    chase = compiled.chase()
    here = [chase(start, -(-len(nodes) // cpu_ir.CHASE_UNROLL))]
    claim = cpu_check.LoopClaim({cpu_check.scalar_load(cpu_jit.is_x86()): cpu_ir.CHASE_UNROLL})

    def run(trips: int) -> None:
        here[0] = chase(here[0], trips)

    return Prepared(
        sample=host_sample(run),
        operations=cpu_ir.CHASE_UNROLL,
        check_code=lambda: cpu_check.check_loop(compiled.assembly, claim),
        check_result=lambda: _ring_problem(block, here[0], len(nodes)),
        relative_half_width=0.01 if len(nodes) > BEYOND_L2_LINES else 0.0025,
        notes={"lines": len(nodes)},
    )


def _ring_problem(block: Block, here: int, lines: int) -> str:
    from microbench.kernels import cpu_memory

    if lines > WALKED_IN_PYTHON:
        return ""
    visited = cpu_memory.ring_length(block, here)
    return "" if visited == lines else f"the ring visits {visited} of {lines} lines"


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
        seconds_per_point={Effort.QUICK: 0.9, Effort.DEFAULT: 0.8, Effort.THOROUGH: 5},
        visits={Effort.QUICK: 3, Effort.DEFAULT: 4, Effort.THOROUGH: 4},
        often=private,
    ),
)
