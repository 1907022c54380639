"""What a launch costs: in a stream, awaited, in a graph; and a barrier over the whole grid."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

LAUNCH, GRID = "gpu.launch.kernel", "gpu.launch.grid_barrier"
WAYS = ("stream", "queued", "awaited", "graph")
BLOCKS_PER_SM = (1, 2)


def points(device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
    """Return each way of launching an empty kernel."""
    if supported_arch(device.compute_capability) is None:
        return ()
    return tuple(Point(LAUNCH, (("way", way),)) for way in WAYS)


def grid_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return a cooperative launch of one and two blocks an SM."""
    if supported_arch(device.compute_capability) is None or effort is Effort.QUICK:
        return ()
    return tuple(Point(GRID, (("blocks_per_sm", count),)) for count in BLOCKS_PER_SM)


def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Return launches of an empty kernel."""
    from microbench.kernels.cuda_launches import empty_kernels

    return empty_kernels(str(point["way"]))


def prepare_grid(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Return a grid that meets at a barrier again and again."""
    from microbench.kernels.cuda_launches import grid_barrier

    return grid_barrier(int(point["blocks_per_sm"]))


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "launch",
    "quantity": Quantity.LATENCY,
    "architectures": ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.4, Effort.DEFAULT: 0.5, Effort.THOROUGH: 1.0},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LAUNCH,
        question="How long does an empty kernel take: in a row, queued, awaited, in a graph?",
        points=points,
        prepare=prepare,
        source="host time over many launches; stream and awaited include a call through Python, "
        "queued is the GPU's own time a launch",
        **_COMMON,
    ),
    Benchmark(
        name=GRID,
        question="How long does a barrier over all blocks of a cooperative launch take?",
        points=grid_points,
        prepare=prepare_grid,
        source="one atomic sum a block, then waiting for the last; published: 1.2 to 1.5 us",
        **_COMMON,
    ),
)
