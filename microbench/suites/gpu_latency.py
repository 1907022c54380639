"""Latency of one dependent load: shared memory, L1, L2, DRAM, and the reach of the page tables.

A ladder of working sets, each a random ring of 128-byte lines, so that level sizes show as steps
and no prefetcher helps. Rings that fit a cache are walked before they are timed; larger ones are
walked on from sample to sample, so no line is met again while it could still be cached.
"""

from __future__ import annotations

from typing import Any

from microbench.benchmark import (
    INTERLEAVED,
    AxisValue,
    Benchmark,
    Effort,
    Point,
    Prepared,
    Quantity,
)
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

LADDER, TLB = "gpu.memory.latency", "gpu.memory.tlb"
DISTANCE, MAP = "gpu.memory.l2_distance", "gpu.memory.l2_map"
LINES, MAP_LINES, MAP_BLOCKS = 4096, 8, 32
LINE_BYTES = 128
PAGE_BYTES = 2 << 20
"""Allocations of this size and more are mapped in pages of 2 MiB."""
KIB, MIB = 1 << 10, 1 << 20

SHARED = tuple(size * KIB for size in (1, 2, 4, 8, 16, 32))
L1 = tuple(size * KIB for size in (8, 16, 32, 64, 96, 112, 128, 160, 192, 224, 256, 384))
L2 = tuple(size * MIB for size in (1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 96, 128))
DRAM = (256 * MIB, 1024 * MIB)
DRAM_SIZES, DRAM_STEP = 6, 32 * MIB
QUICK = (("shared", 16 * KIB), ("l1", 32 * KIB), ("l2", 4 * MIB), ("l2", 512 * MIB))
PAGES = (4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return the ladder, level by level; the default leaves out every other size."""
    if supported_arch(device.compute_capability) is None:
        return ()
    if effort is Effort.QUICK:
        return tuple(_point(space, size) for space, size in QUICK)
    step = 1 if effort is Effort.THOROUGH else 2
    largest = (device.dram_bytes or 4 << 30) // 4
    sizes = [("shared", size) for size in SHARED[::step]]
    sizes += [("l1", size) for size in L1[::step]]
    beyond = dram_sizes(device.l2_bytes or 0)[::step]
    sizes += [("l2", size) for size in (*L2[::step], *beyond) if size <= largest]
    return tuple(_point(space, size) for space, size in dict.fromkeys(sizes))


def dram_sizes(l2_bytes: int) -> tuple[int, ...]:
    """Return six working sets of at least four times L2, up to a GiB."""
    least = max(DRAM[0], -(-4 * l2_bytes // DRAM_STEP) * DRAM_STEP)
    span = max(0, DRAM[1] - least)
    parts = (span * number // (DRAM_SIZES - 1) for number in range(DRAM_SIZES))
    return tuple(dict.fromkeys(least + part // DRAM_STEP * DRAM_STEP for part in parts))


def tlb_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one line a page over ever more pages, as far as an eighth of the memory goes."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    room = (device.dram_bytes or 4 << 30) // 8 // PAGE_BYTES
    step = 1 if effort is Effort.THOROUGH else 2
    return tuple(Point(TLB, (("pages", pages),)) for pages in PAGES[::step] if pages <= room)


def distance_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one sweep over lines and SMs, one pair a sample."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    return (Point(DISTANCE, (("lines", LINES),)),)


def map_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return pairs of an SM and a line, both spread evenly; every SM in a thorough run."""
    if supported_arch(device.compute_capability) is None:
        return ()
    most = device.sm_count if effort is Effort.THOROUGH else MAP_BLOCKS
    blocks = range(0, device.sm_count, max(1, -(-device.sm_count // most)))
    lines = range(0, LINES, LINES // MAP_LINES)
    return tuple(
        Point(MAP, (("block", block), ("line", line))) for block in blocks for line in lines
    )


def prepare_distance(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return the load of a random line by a random SM."""
    from microbench.kernels.cuda_chase import distance

    return distance(int(point["lines"]), seed)


def prepare_map(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return the load of one line by one SM."""
    from microbench.kernels.cuda_chase import distance

    return distance(LINES, seed, pair=(int(point["block"]), int(point["line"])))


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Build the ring on this GPU and return its chase."""
    from microbench.kernels.cuda_chase import ladder

    return ladder(_axes(point), seed)


def prepare_tlb(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Build a ring with one line in each page and return its chase."""
    from microbench.kernels.cuda_chase import pages

    return pages(int(point["pages"]), PAGE_BYTES, seed)


def _point(space: str, size: int) -> Point:
    return Point(LADDER, (("space", space), ("size_bytes", size)))


def _axes(point: Point) -> tuple[str, int]:
    found: dict[str, AxisValue] = dict(point.axes)
    return str(found["space"]), int(found["size_bytes"])


_SECONDS: dict[Effort, float] = {Effort.QUICK: 0.5, Effort.DEFAULT: 0.7, Effort.THOROUGH: 0.8}
_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "memory",
    "quantity": Quantity.LATENCY,
    "architectures": ARCHITECTURES,
    "seconds_per_point": _SECONDS,
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LADDER,
        question="How long does one dependent load take as the working set grows?",
        points=points,
        prepare=prepare,
        source="random Hamiltonian cycle; expected: shared 19-33, L1 26-50, L2 150-300 (near and "
        "far), DRAM 400-900 cycles on Ampere to Blackwell (microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=TLB,
        question="How much slower is a load when its page was not looked up lately?",
        points=tlb_points,
        prepare=prepare_tlb,
        source="one line in each 2 MiB page: the lines stay in L2 while the pages outgrow the TLBs",
        **_COMMON,
    ),
    Benchmark(
        name=DISTANCE,
        question="How far apart are the near and the far half of L2?",
        points=distance_points,
        prepare=prepare_distance,
        source="one line by one SM a sample, so the samples fall into modes; published: 208 and "
        "357 cycles on A100, 258 and 414 on H800 (microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=MAP,
        question="Which SMs are near to which lines of L2?",
        points=map_points,
        prepare=prepare_map,
        source="one line by one SM a point; the note sm_last says which SM",
        on_request=True,
        **{**_COMMON, "suite": "l2-map", "seconds_per_point": dict.fromkeys(Effort, 0.3)},
    ),
)
