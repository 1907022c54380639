"""Arithmetic instructions: latency of one, and rate over chains a thread and warps an SM."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

LATENCY, THROUGHPUT, BARRIER = (
    "gpu.arithmetic.latency",
    "gpu.arithmetic.throughput",
    "gpu.sync.barrier",
)
WARPS = (1, 2, 4, 8, 16, 32)
QUICK = ("fp32_fma", "fp64_fma", "fp16x2_fma", "int32_mad", "special_ex2")
BLOCK_BARRIER = "block_barrier"


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one chain of each instruction."""
    from microbench.kernels.cuda.alu import OPERATIONS

    if supported_arch(device.compute_capability) is None:
        return ()
    names = [one.name for one in OPERATIONS if one.name != BLOCK_BARRIER]
    kept = QUICK if effort is Effort.QUICK else names
    return tuple(Point(LATENCY, (("operation", name),)) for name in kept)


def throughput_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return each instruction at full load; one of each pipe over chains and warps."""
    from microbench.kernels.cuda.alu import CHAINS, OPERATIONS, SWEPT

    if supported_arch(device.compute_capability) is None:
        return ()
    counted = [one.name for one in OPERATIONS if one.flop]
    full = [(name, 4, 32) for name in (QUICK if effort is Effort.QUICK else counted)]
    swept: list[tuple[str, int, int]] = []
    if effort is not Effort.QUICK:
        arch = supported_arch(device.compute_capability)
        emulated = {one.name for one in OPERATIONS if arch in one.emulated_on}
        names = [name for name in SWEPT if name not in emulated]
        names = names if effort is Effort.THOROUGH else names[:1]
        swept = [(name, chains, warps) for name in names for chains in CHAINS for warps in WARPS]
    axes = ("operation", "chains", "warps")
    return tuple(
        Point(THROUGHPUT, tuple(zip(axes, values, strict=True)))
        for values in dict.fromkeys([*full, *swept])
    )


def barrier_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return a barrier of a block of 1 to 32 warps."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    return tuple(Point(BARRIER, (("warps", warps),)) for warps in WARPS)


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one warp that runs a chain of the instruction."""
    from microbench.kernels.cuda_arithmetic import latency

    return latency(str(point["operation"]), 1, seed)


def prepare_barrier(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one block that meets at a barrier again and again."""
    from microbench.kernels.cuda_arithmetic import latency

    return latency(BLOCK_BARRIER, int(point["warps"]), seed)


def prepare_throughput(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one block an SM that runs the instruction in independent chains."""
    from microbench.kernels.cuda_arithmetic import throughput

    return throughput(str(point["operation"]), int(point["chains"]), int(point["warps"]), seed)


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "compute",
    "architectures": ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.3, Effort.DEFAULT: 0.3, Effort.THOROUGH: 0.35},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LATENCY,
        question="How long until the result of an instruction can be used by the next?",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="difference of a 96- and a 32-step chain; no dependent instruction takes under 4 "
        "cycles on Volta and later (Jia et al. 2018, arXiv 1804.06826)",
        **_COMMON,
    ),
    Benchmark(
        name=THROUGHPUT,
        question="How many operations per second do all SMs run, by chains and warps?",
        quantity=Quantity.THROUGHPUT,
        points=throughput_points,
        prepare=prepare_throughput,
        source="CUDA C++ Programming Guide, table of arithmetic throughput per SM and cycle; a "
        "multiply-add is 2 operations, a packed pair counts twice",
        **_COMMON,
    ),
    Benchmark(
        name=BARRIER,
        question="How long does a barrier of a block take, by warps?",
        quantity=Quantity.LATENCY,
        points=barrier_points,
        prepare=prepare_barrier,
        source="difference of a 96- and a 32-step run of BAR.SYNC",
        **_COMMON,
    ),
)
