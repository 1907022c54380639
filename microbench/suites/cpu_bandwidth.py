"""Bandwidth of reading, writing, copying and a triad, level by level, on one core and on all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity, Sample
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import UnsupportedError

if TYPE_CHECKING:
    from microbench.kernels.cpu_check import LoopClaim
    from microbench.kernels.cpu_memory import Block

NAME = "cpu.memory.bandwidth"
UNROLL = 8
ARRAYS = {"read": 1, "write": 1, "copy": 2, "triad": 3}
"""Arrays an operation touches; bytes are counted once an array. A write to cached memory also reads
the line first (write-allocate) unless the stores are non-temporal: the bytes counted are those the
program asked for, as STREAM counts them (J. D. McCalpin, STREAM benchmark, counting rules)."""
DRAM_OVER_LLC = 4
SLICES = 64
"""Parts of the arrays in DRAM a sample may stop between."""
PRIVATE = frozenset({"l1", "l2"})
"""Levels a core has to itself: CPU time may stand in for wall time there, never beyond."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Each operation at each level; non-temporal stores in DRAM only, where they pay."""
    found = []
    for level, size_bytes in levels(device).items():
        for operation in ARRAYS:
            stores = ["plain"]
            if level == "dram" and operation != "read":
                stores.append("nontemporal")
            for store in stores:
                for cores in sorted({1, device.sm_count}):
                    if effort is Effort.QUICK and (operation == "write" or level == "l2"):
                        continue
                    if effort is Effort.QUICK and operation == "copy" and level != "dram":
                        continue
                    found.append((operation, store, level, size_bytes, cores))
    names = ("operation", "stores", "level", "size_bytes", "cores")
    return tuple(Point(NAME, tuple(zip(names, axes, strict=True))) for axes in found)


def levels(device: DeviceSpec) -> dict[str, int]:
    """Return a working set per core that sits in each level: half of L1 and L2, 4 x LLC in DRAM."""
    llc_bytes = device.llc_bytes or 32 * 2**20
    found = {"l1": 16 * 1024}
    if device.l2_bytes:
        found["l2"] = device.l2_bytes // 2
    memory_bytes = (device.dram_bytes or 2**31) // 8 // max(1, device.sm_count)
    if device.llc_bytes:
        found["llc"] = min(device.llc_bytes // 2 // max(1, device.sm_count), memory_bytes)
    found["dram"] = min(DRAM_OVER_LLC * llc_bytes, memory_bytes)
    return found


def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Give each core its own arrays, one native loop over them, and check what was written."""
    from microbench.kernels import cpu_check, cpu_ir, cpu_jit
    from microbench.protocol.sampling import host_sample
    from microbench.protocol.threads import Job, Team

    operation, cores = str(point["operation"]), int(point["cores"])
    if cpu_jit.problem():
        return through_numpy(point)
    nontemporal = point["stores"] == "nontemporal"
    lanes = cpu_jit.vector_bits() // 32
    group_bytes = UNROLL * lanes * 4
    unit_bytes = group_bytes * (SLICES if point["level"] == "dram" else 1)
    array_bytes = int(point["size_bytes"]) // ARRAYS[operation] // unit_bytes * unit_bytes
    compiled = cpu_jit.compile_ir(cpu_ir.stream(operation, lanes, UNROLL, nontemporal))
    kernel, groups = compiled.stream(), array_bytes // group_bytes
    sets = [Arrays.make(ARRAYS[operation], array_bytes) for _ in range(cores)]

    slices = SLICES if point["level"] == "dram" else 1
    windows = [Window(slices) for _ in sets]

    def job(arrays: Arrays, window: Window) -> Job:
        def arguments(iterations: int) -> tuple[int, int, int, int, int, int]:
            first, count, repeats = window.advance(iterations)
            offset = first * (groups // slices) * group_bytes
            a, b, c = (address + offset for address in arrays.addresses)
            return a, b, c, arrays.sink, count * (groups // slices), repeats

        return Job(compiled.address, arguments)

    jobs = [job(arrays, window) for arrays, window in zip(sets, windows, strict=True)]

    def run(iterations: int) -> None:
        kernel(*jobs[0].arguments(iterations))

    draw = host_sample(run) if cores == 1 else Team(jobs).sample

    def check_code() -> CodeCheck:
        return cpu_check.check_loop(
            compiled.assembly, claim(operation, nontemporal, cpu_jit.is_x86())
        )

    def check_result() -> str:
        run(slices)
        return sets[0].problem(operation, UNROLL * lanes)

    writes = operation != "read" and not nontemporal
    return Prepared(
        sample=lambda iterations: windows[0].exact(draw(iterations), iterations),
        bytes_moved=float(array_bytes * ARRAYS[operation] * cores / slices),
        check_code=check_code,
        check_result=check_result,
        relative_half_width=0.01 if point["level"] in {"dram", "llc"} else 0.005,
        cpu_time_valid=point["level"] in PRIVATE,
        notes={
            "vector_bits": lanes * 32,
            "page_bytes": sets[0].blocks[0].page_bytes,
            "array_bytes": array_bytes,
            "write_allocate_bytes": array_bytes * cores if writes else 0,
        },
    )


def through_numpy(point: Point) -> Prepared:
    """Make the last resort ready: one core, plain stores, marked as an upper bound on cost."""
    from microbench.kernels import cpu_jit, cpu_numpy
    from microbench.protocol.sampling import host_sample

    operation = str(point["operation"])
    if int(point["cores"]) > 1 or point["stores"] != "plain":
        raise UnsupportedError(
            f"{cpu_jit.problem()}: NumPy streams on one core with plain stores only"
        )
    array_bytes = int(point["size_bytes"]) // ARRAYS[operation] // 64 * 64
    arrays = Arrays.make(ARRAYS[operation], array_bytes)
    one_pass = cpu_numpy.stream(operation, [block.view("f4") for block in arrays.blocks])

    def run(iterations: int) -> None:
        for _ in range(iterations):
            one_pass()

    return Prepared(
        sample=host_sample(run),
        bytes_moved=float(array_bytes * ARRAYS[operation]),
        relative_half_width=0.01,
        notes={"path": "numpy", "reason": cpu_jit.problem(), "meaning": cpu_numpy.UPPER_BOUND},
    )


@dataclass(slots=True)
class Window:
    """Where the next sample reads: a whole pass over DRAM takes longer than a sample should.

    Samples take the next slices of the arrays in turn, so each line is cold when it comes round.
    """

    slices: int
    next: int = 0

    def advance(self, iterations: int) -> tuple[int, int, int]:
        """Return first slice, number of slices and passes over them for some iterations."""
        if iterations >= self.slices:
            return 0, self.slices, self.passes(iterations)
        first = self.next if self.next + iterations <= self.slices else 0
        self.next = first + iterations
        return first, iterations, 1

    def passes(self, iterations: int) -> int:
        """Return whole passes that come nearest to the iterations."""
        return max(1, round(iterations / self.slices))

    def exact(self, sample: Sample, iterations: int) -> Sample:
        """Scale a sample of whole passes to exactly the iterations asked for."""
        if iterations < self.slices:
            return sample
        scale = iterations / (self.slices * self.passes(iterations))
        cpu_time_s = None if sample.cpu_time_s is None else sample.cpu_time_s * scale
        return replace(sample, time_s=sample.time_s * scale, cpu_time_s=cpu_time_s)


@dataclass(frozen=True, slots=True)
class Arrays:
    """The arrays of one core, the first written, the others full of ones; and a sink for sums."""

    blocks: tuple[Block, ...]
    sink_block: Block

    @classmethod
    def make(cls, count: int, array_bytes: int) -> Arrays:
        """Allocate on huge pages where they help and are given; ``Block.page_bytes`` says."""
        from microbench.kernels.cpu_memory import HUGE_PAGE, allocate, allocate_large

        large = array_bytes > HUGE_PAGE
        blocks = [(allocate_large if large else allocate)(array_bytes) for _ in range(count)]
        for block in blocks[1:] or blocks:
            block.view("f4")[:] = 1.0
        return cls(tuple(blocks), allocate(4096))

    @property
    def sink(self) -> int:
        """Address the read kernel stores its accumulators at."""
        return self.sink_block.address

    @property
    def addresses(self) -> tuple[int, int, int]:
        """Addresses of a, b and c; b and c repeat a where an operation has none."""
        a, b, c, *_ = [block.address for block in self.blocks] + [self.blocks[0].address] * 2
        return a, b, c

    def problem(self, operation: str, accumulators: int) -> str:
        """Return "" if one pass left the right values, else what is wrong."""
        import numpy as np

        first = self.blocks[0].view("f4")
        if operation == "read":
            total = float(self.sink_block.view("f4")[:accumulators].sum(dtype=np.float64))
            return "" if total == len(first) else f"the sum is {total:g}, expected {len(first)}"
        expected = {"write": 3.0, "copy": 1.0, "triad": 4.0}[operation]
        wrong = int(np.count_nonzero(first != expected))
        return f"{wrong} of {len(first)} elements are not {expected:g}" if wrong else ""


def claim(operation: str, nontemporal: bool, x86: bool) -> LoopClaim:
    """Return the loads and stores one loop trip must hold, on x86-64 or aarch64."""
    from microbench.kernels import cpu_check

    writes, reads = operation != "read", ARRAYS[operation] - (operation != "read")
    return cpu_check.LoopClaim(
        {
            cpu_check.vector_load(x86): UNROLL * reads,
            cpu_check.vector_store(x86): UNROLL * writes,
            cpu_check.nontemporal_store(x86): UNROLL * (writes and nontemporal),
        }
    )


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How many bytes a second does each memory level deliver?",
        kind=DeviceKind.CPU,
        suite="memory",
        quantity=Quantity.BANDWIDTH,
        points=points,
        prepare=prepare,
        source="STREAM counting rules (J. D. McCalpin)",
        seconds_per_point={Effort.QUICK: 0.5, Effort.DEFAULT: 0.9, Effort.THOROUGH: 11},
    ),
)
