"""Atomic operations on shared and global memory: latency of one, rate of all."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

LATENCY, THROUGHPUT = "gpu.sync.atomic.latency", "gpu.sync.atomic.throughput"
SPACES = ("shared", "global")
OPERATIONS = ("add", "cas")
SPREADS = (0, 1)
"""Words between the cells of neighbouring threads; 0: all threads of the GPU on one cell."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return a sum and a compare-and-swap in both memories."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    return tuple(
        Point(LATENCY, (("space", space), ("operation", name)))
        for space in SPACES
        for name in OPERATIONS
    )


def throughput_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return sums into one cell and into one cell a thread."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    return tuple(
        Point(THROUGHPUT, (("space", space), ("spread", spread)))
        for space in SPACES
        for spread in SPREADS
    )


def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Return one thread that chains through the returned values."""
    from microbench.kernels.cuda_atomics import latency

    return latency(str(point["space"]), str(point["operation"]))


def prepare_throughput(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Return every thread of the GPU adding without waiting."""
    from microbench.kernels.cuda_atomics import throughput

    return throughput(str(point["space"]), int(point["spread"]))


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "sync",
    "architectures": ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.3, Effort.DEFAULT: 0.3, Effort.THOROUGH: 0.35},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LATENCY,
        question="How long until an atomic operation returns its old value?",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="difference of a 24- and an 8-step chain on one cell",
        **_COMMON,
    ),
    Benchmark(
        name=THROUGHPUT,
        question="How many atomic sums per second does the GPU take, on one cell or spread out?",
        quantity=Quantity.THROUGHPUT,
        points=throughput_points,
        prepare=prepare_throughput,
        source="one operation a thread and step; the final sums are checked",
        **_COMMON,
    ),
)
