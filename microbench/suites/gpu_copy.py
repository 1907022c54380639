"""Copies that run beside the threads: ``cp.async``, bulk copies and tensor copies (TMA)."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import (
    ARCHITECTURES,
    CLUSTER_ARCHITECTURES,
    supported_arch,
)

LATENCY, BANDWIDTH = "gpu.copy.latency", "gpu.copy.bandwidth"
KINDS = ("groups", "bulk", "tensor")
SIZES = (1 << 10, 4 << 10, 16 << 10, 32 << 10)
"""Bytes of one bulk or tensor copy; ``cp.async`` moves 16 bytes a thread of up to 1024 threads."""
ROOM_BYTES = 96 << 10
"""Shared memory a block may have on every chip here but data-centre Hopper and Blackwell."""
GROUP_SIZES = (2 << 10, 4 << 10, 16 << 10)


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one copy at a time, waited for, from data that lies in L2."""
    if effort is Effort.QUICK:
        return ()
    return tuple(
        Point(LATENCY, (("kind", kind), ("copy_bytes", size)))
        for kind in _kinds(device)
        for size in _sizes(kind)
    )


def bandwidth_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return every SM copying from DRAM and from L2 with copies under way."""
    from microbench.kernels.cuda.copy import STAGES

    stages = (max(STAGES),) if effort is Effort.QUICK else STAGES
    levels = ("dram",) if effort is Effort.QUICK else ("l2", "dram")
    return tuple(
        Point(
            BANDWIDTH,
            (("kind", kind), ("level", level), ("copy_bytes", size), ("stages", count)),
        )
        for kind in _kinds(device)
        for level in levels
        for size in (_sizes(kind)[-2:] if effort is Effort.THOROUGH else _sizes(kind)[-1:])
        for count in stages
        if count * size <= ROOM_BYTES
        or supported_arch(device.compute_capability) in {"sm_90a", "sm_100a"}
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one block that waits for each copy."""
    from microbench.kernels.cuda_copies import copies

    return copies(str(point["kind"]), 1, int(point["copy_bytes"]), "l2", seed, latency=True)


def prepare_bandwidth(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return a block on every SM with copies under way."""
    from microbench.kernels.cuda_copies import copies

    axes = dict(point.axes)
    return copies(
        str(axes["kind"]), int(axes["stages"]), int(axes["copy_bytes"]), str(axes["level"]), seed
    )


def _kinds(device: DeviceSpec) -> tuple[str, ...]:
    arch = supported_arch(device.compute_capability)
    if arch is None:
        return ()
    return KINDS if arch in CLUSTER_ARCHITECTURES else KINDS[:1]


def _sizes(kind: str) -> tuple[int, ...]:
    return GROUP_SIZES if kind == "groups" else SIZES


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "copy",
    "architectures": ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.5, Effort.DEFAULT: 0.5, Effort.THOROUGH: 0.55},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=LATENCY,
        question="How long from the start of an asynchronous copy until its bytes can be read?",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="one copy under way, each awaited; published tensor copies: 170 cycles over a load "
        "on H800 (microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=BANDWIDTH,
        question="How many bytes per second do asynchronous copies bring to shared memory?",
        quantity=Quantity.BANDWIDTH,
        points=bandwidth_points,
        prepare=prepare_bandwidth,
        source="published: 208 to 1826 GB/s on H800 by size and blocks (microbench/reference)",
        **_COMMON,
    ),
)
