"""Pointer chases on a GPU: the ring in its memory, the walk, and where the walk must end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any

from microbench.benchmark import Prepared
from microbench.kernels.cuda.chase import STEPS
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_ring import Ring, node_address, pointer_words, random_ring
from microbench.kernels.cuda_sampling import Basis, KernelBench, upload_new

if TYPE_CHECKING:
    import numpy as np

LINE_BYTES = 128
PAGE_JITTER = 1024
"""Lines a page is entered at, so that lines of different pages fall into different cache sets."""


@dataclass(slots=True)
class Walk:
    """A walk that goes on where it stopped. Steps are counted from node 0."""

    ring: Ring
    address_of: Callable[[int], int]
    warm_trips: int
    """Untimed trips before each timed span: a whole ring where a launch empties the cache."""
    steps: int = 0
    end: int = 0
    gpu: Gpu | None = None
    result: int = 0
    shared: tuple[int, int] = (0, 0)
    """Address and words of a ring of offsets for shared memory."""
    goes_on: bool = True
    alone: int = 0
    """Block that walks where several are launched."""

    def arguments(self, trips: int) -> Sequence[Argument]:
        """Return the kernel's arguments and note where the walk then stands."""
        first = self.address_of(self.ring.after(self.steps))
        self.end = self.steps + (self.warm_trips + trips) * STEPS
        if self.goes_on:
            self.steps = self.end
        return [
            (first, U64),
            (self.warm_trips, U32),
            (trips, U32),
            (self.result, U64),
            (self.shared[0], U64),
            (self.shared[1], U32),
            (self.alone, U32),
        ]

    def expected(self) -> int:
        """Return the address the last walk must have ended at."""
        return self.address_of(self.ring.after(self.end))


def ladder(axes: tuple[str, int], seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return the chase through ``size_bytes`` of ``shared``, ``l1`` or ``l2`` (and beyond)."""
    space, size_bytes = axes
    gpu = gpu or fresh_gpu()
    if space == "shared":
        return _shared(size_bytes, seed, gpu)
    ring = random_ring(size_bytes // LINE_BYTES, seed)
    base = gpu.allocate(size_bytes)
    gpu.upload(base, pointer_words(ring, LINE_BYTES, base))
    fits = size_bytes <= gpu.facts.l2_bytes
    walk = Walk(
        ring,
        lambda node: node_address(node, LINE_BYTES, base),
        warm_trips=ceil(len(ring.order) / STEPS) if space == "l1" else 0,
        goes_on=space != "l1",
    )
    prepared = _chase(gpu, space, walk, 0, {"lines": len(ring.order)})
    if space == "l2" and fits:
        prepared.sample(ceil(len(ring.order) / STEPS))
    return prepared


def pages(count: int, page_bytes: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return the chase with one line in each of ``count`` pages."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    ring = random_ring(count, seed)
    base = -(-gpu.allocate((count + 1) * page_bytes) // page_bytes) * page_bytes
    places = [node_address(node, page_bytes, base, PAGE_JITTER) for node in range(count)]
    for node, following in enumerate(ring.successors):
        gpu.upload(places[node], np.array([places[following]], np.uint64))
    walk = Walk(ring, lambda node: places[node], warm_trips=0)
    prepared = _chase(gpu, "l2", walk, 0, {"page_bytes": page_bytes})
    prepared.sample(ceil(count / STEPS))
    return prepared


def distance(
    lines: int, seed: int, gpu: Gpu | None = None, pair: tuple[int, int] | None = None
) -> Prepared:
    """Return loads of one line by one SM, another line and SM in each sample, or always a ``pair``.

    The samples fall into modes where L2 has a near and a far half. A pair is the number of a block,
    one an SM (the note ``sm_last`` says which), and of a line.
    """
    import numpy as np

    gpu = gpu or fresh_gpu()
    base = gpu.allocate(lines * LINE_BYTES)
    ring = Ring(np.zeros(1, np.int64))
    words = np.zeros(lines * LINE_BYTES // 8, np.uint64)
    words[:: LINE_BYTES // 8] = base + LINE_BYTES * np.arange(lines, dtype=np.uint64)
    gpu.upload(base, words)
    chosen = np.random.default_rng(seed)
    line = [0]
    walk = Walk(ring, lambda _node: base + LINE_BYTES * line[0], warm_trips=1, goes_on=False)
    notes: dict[str, Any] = {"lines": lines, "cache": "hot"}
    prepared, bench = _chase_bench(gpu, "l2", walk, 0, notes, blocks=gpu.facts.sm_count)
    stamp_bytes = 8 * 6 * gpu.facts.sm_count

    def choose() -> None:
        drawn = int(chosen.integers(gpu.facts.sm_count)), int(chosen.integers(lines))
        walk.alone, line[0] = pair or drawn
        gpu.clear(bench.stamps, stamp_bytes)

    bench.before = choose
    return replace(prepared, relative_half_width=0.02)


def _shared(size_bytes: int, seed: int, gpu: Gpu) -> Prepared:
    import numpy as np

    ring = random_ring(size_bytes // 4, seed)
    address = upload_new(gpu, ring.successors.astype(np.uint32))
    walk = Walk(ring, lambda node: 4 * node, 0, shared=(address, len(ring.order)), goes_on=False)
    return _chase(gpu, "shared", walk, size_bytes, {"words": len(ring.order)})


def _chase(gpu: Gpu, space: str, walk: Walk, shared_bytes: int, notes: dict[str, Any]) -> Prepared:
    return _chase_bench(gpu, space, walk, shared_bytes, notes)[0]


def _chase_bench(
    gpu: Gpu, space: str, walk: Walk, shared_bytes: int, notes: dict[str, Any], blocks: int = 1
) -> tuple[Prepared, KernelBench]:
    walk.result = gpu.allocate(16 * blocks)
    bench = KernelBench(
        gpu,
        find_kernel(f"chase.{space}"),
        Launch(grid=blocks, block=1, shared_bytes=shared_bytes),
        walk.arguments,
        Basis.CYCLES,
        notes=notes,
    )

    def check() -> str:
        bench.run(max(1, min(64, len(walk.ring.order) // STEPS)))
        return check_end(gpu, walk, relative=space == "shared")

    # A DRAM load meets refreshes and pages at random: one percent there, half of it elsewhere.
    wide = space == "l2" and len(walk.ring.order) * LINE_BYTES > gpu.facts.l2_bytes
    half_width = 0.01 if wide else 0.005
    return bench.prepared(STEPS, check_result=check, relative_half_width=half_width), bench


def check_end(gpu: Gpu, walk: Walk, relative: bool) -> str:
    """Return "" when the walk ended at the node the ring says, else what was found.

    Shared memory begins at an address only the kernel knows, so there the distance walked between
    the two notes of the kernel is compared.
    """
    import numpy as np

    found: np.ndarray[Any, Any] = np.zeros(2, np.uint64)
    gpu.download(walk.result + 16 * walk.alone, found)
    expected = walk.expected()
    got = int(found[1])
    if relative:
        start = walk.address_of(walk.ring.after(walk.steps + walk.warm_trips * STEPS))
        got, expected = int(found[1]) - int(found[0]), expected - start
    if got != expected:
        return f"the walk ended at {got:#x}, the ring says {expected:#x}"
    return ""
