"""Bandwidth of reading, writing, copying and a triad, level by level, on one core and on all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec

if TYPE_CHECKING:
    from microbench.kernels.cpu_jit import LoopClaim

NAME = "cpu.memory.bandwidth"
UNROLL = 8
ARRAYS = {"read": 1, "write": 1, "copy": 2, "triad": 3}
"""Arrays an operation touches; bytes are counted once an array. A write to cached memory also reads
the line first (write-allocate) unless the stores are non-temporal: the bytes counted are those the
program asked for, as STREAM counts them (J. D. McCalpin, STREAM benchmark, counting rules)."""
DRAM_OVER_LLC = 4


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
                    found.append((operation, store, level, size_bytes, cores))
    names = ("operation", "stores", "level", "size_bytes", "cores")
    return tuple(Point(NAME, tuple(zip(names, axes, strict=True))) for axes in found)


def levels(device: DeviceSpec) -> dict[str, int]:
    """Return a working set per core that sits in each level: half of L1 and L2, 4 x LLC in DRAM."""
    llc_bytes = device.llc_bytes or 32 * 2**20
    found = {"l1": 16 * 1024}
    if device.l2_bytes:
        found["l2"] = device.l2_bytes // 2
    if device.llc_bytes:
        found["llc"] = device.llc_bytes // 2 // max(1, device.sm_count)
    memory_bytes = (device.dram_bytes or 2**31) // 8 // max(1, device.sm_count)
    found["dram"] = min(DRAM_OVER_LLC * llc_bytes, memory_bytes)
    return found


def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Give each core its own arrays, one native loop over them, and check what was written."""
    import numpy as np

    from microbench.kernels import cpu_ir, cpu_jit, cpu_memory
    from microbench.protocol.sampling import host_sample
    from microbench.protocol.threads import Team

    operation, cores = str(point["operation"]), int(point["cores"])
    nontemporal = point["stores"] == "nontemporal"
    lanes = cpu_jit.vector_bits() // 32
    group_bytes = UNROLL * lanes * 4
    array_bytes = int(point["size_bytes"]) // ARRAYS[operation] // group_bytes * group_bytes
    groups = array_bytes // group_bytes
    compiled = cpu_jit.compile_ir(cpu_ir.stream(operation, lanes, UNROLL, nontemporal))
    kernel = compiled.stream()
    page = cpu_memory.HUGE_PAGE if array_bytes > cpu_memory.HUGE_PAGE else cpu_memory.SMALL_PAGE
    if cpu_memory.huge_pages_problem():
        page = cpu_memory.SMALL_PAGE

    def worker() -> tuple[object, object]:
        arrays = [cpu_memory.allocate(array_bytes, page) for _ in range(ARRAYS[operation])]
        sink = cpu_memory.allocate(4096)
        for block in arrays[1:]:
            block.view("f4")[:] = 1.0
        addresses = [block.address for block in arrays] + [arrays[0].address] * (3 - len(arrays))

        def run(iterations: int) -> None:
            for _ in range(iterations):
                kernel(*addresses, sink.address, groups)

        return run, arrays

    made = [worker() for _ in range(cores)]
    runs = [run for run, _ in made]

    def check_result() -> str:
        runs[0](1)  # type: ignore[operator]
        first = made[0][1][0].view("f4")  # type: ignore[index]
        expected = {"read": 0.0, "write": 3.0, "copy": 1.0, "triad": 4.0}[operation]
        wrong = int(np.count_nonzero(first != expected))
        return f"{wrong} of {len(first)} elements are not {expected}" if wrong else ""

    def check_code() -> CodeCheck:
        return cpu_jit.check_loop(compiled, claim(operation, nontemporal))

    run = runs[0] if cores == 1 else Team(runs)  # type: ignore[arg-type]
    return Prepared(
        sample=host_sample(run, threads=cores),  # type: ignore[arg-type]
        bytes_moved=float(array_bytes * ARRAYS[operation] * cores),
        check_code=check_code,
        check_result=check_result,
        relative_half_width=0.01 if point["level"] in {"dram", "llc"} else 0.005,
        notes={"vector_bits": lanes * 32, "page_bytes": page, "array_bytes": array_bytes},
    )


def claim(operation: str, nontemporal: bool) -> LoopClaim:
    """Return the loads and stores one loop trip must hold, on x86-64 or aarch64."""
    from microbench.kernels.cpu_jit import LoopClaim, is_x86

    if not is_x86():
        return LoopClaim({}, {r"^(ldp|ldr|stp|str|stnp)\b": UNROLL // 2})
    memory = r"-?\d*\(%r\w+"
    store = rf"^vmov(nt|a|u)ps\s+%[xyz]mm\d+, {memory}"
    load = rf"^v\w+\s+{memory}"
    stores = {"read": 0, "write": UNROLL, "copy": UNROLL, "triad": UNROLL}[operation]
    loads = {"read": UNROLL, "write": 0, "copy": UNROLL, "triad": 2 * UNROLL}[operation]
    counts = {store: stores, load: loads}
    if stores:
        counts[r"^vmovntps"] = UNROLL if nontemporal else 0
    return LoopClaim(counts)


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
        seconds_per_point={Effort.QUICK: 0.6, Effort.DEFAULT: 1.4, Effort.THOROUGH: 11},
    ),
)
