"""Distributed shared memory: loads from another block of the cluster, by cluster size."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import CLUSTER_ARCHITECTURES, supported_arch

LATENCY, BANDWIDTH = "gpu.cluster.latency", "gpu.cluster.bandwidth"


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return the nearest other block for each size, and every block of the largest portable one."""
    if supported_arch(device.compute_capability) not in CLUSTER_ARCHITECTURES:
        return ()
    found = [(2, 1)] if effort is Effort.QUICK else [(size, 1) for size in _sizes(device)]
    if effort is Effort.THOROUGH:
        found += [(8, target) for target in range(2, 8)]
    return tuple(Point(LATENCY, (("cluster", size), ("target", rank))) for size, rank in found)


def bandwidth_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return every block reading its neighbour, one and four accesses a thread under way."""
    from microbench.kernels.cuda.cluster import IN_FLIGHT

    if supported_arch(device.compute_capability) not in CLUSTER_ARCHITECTURES:
        return ()
    if effort is Effort.QUICK:
        return (Point(BANDWIDTH, (("cluster", 2), ("in_flight", 4))),)
    return tuple(
        Point(BANDWIDTH, (("cluster", size), ("in_flight", n)))
        for size in _sizes(device)
        for n in IN_FLIGHT
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return the chase through another block's shared memory."""
    from microbench.kernels.cuda_clusters import latency

    return latency(int(point["cluster"]), int(point["target"]), seed)


def prepare_bandwidth(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return every block reading its neighbour's shared memory."""
    from microbench.kernels.cuda_clusters import bandwidth

    return bandwidth(int(point["cluster"]), int(point["in_flight"]), seed)


def _sizes(device: DeviceSpec) -> tuple[int, ...]:
    """Return cluster sizes; 16 blocks only where the data-centre chips allow it."""
    from microbench.kernels.cuda.cluster import SIZES

    consumer = supported_arch(device.compute_capability) == "sm_120a"
    return tuple(size for size in SIZES if size <= (8 if consumer else 16))


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "cluster",
    "architectures": CLUSTER_ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.4, Effort.DEFAULT: 0.4, Effort.THOROUGH: 0.45},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LATENCY,
        question="How long does a load from another block's shared memory take?",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="random ring in the other block; published: 180 to 213 cycles on H800 "
        "(microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=BANDWIDTH,
        question="How many bytes per second do blocks read from each other's shared memory?",
        quantity=Quantity.BANDWIDTH,
        points=bandwidth_points,
        prepare=prepare_bandwidth,
        source="published: 2.65 to 3.27 TB/s on H800 for cluster sizes 4 and 2",
        **_COMMON,
    ),
)
