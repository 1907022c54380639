"""Bandwidth: DRAM and L2 by direction and bytes in flight; L1 and shared memory of every SM."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import INTERLEAVED, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

DEVICE_WIDE, ONCHIP = "gpu.memory.bandwidth", "gpu.memory.onchip"
DIRECTIONS = ("read", "write", "copy", "triad")
IN_FLIGHT = (1, 2, 4, 8)
BLOCKS_PER_SM = (1, 2, 4, 8)
USUAL = (4, 8)
"""Accesses of 16 bytes a thread has under way, and blocks of 256 threads on an SM."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return every direction at full occupancy, and a sweep of what is under way."""
    if supported_arch(device.compute_capability) is None:
        return ()
    levels = ("dram",) if effort is Effort.QUICK else ("dram", "l2")
    found = [(level, way, *USUAL) for level in levels for way in DIRECTIONS]
    if effort is not Effort.QUICK:
        ways = ("read", "copy") if effort is Effort.THOROUGH else ("read",)
        swept = BLOCKS_PER_SM if effort is Effort.THOROUGH else (1, 8)
        found += [("dram", way, n, blocks) for way in ways for n in IN_FLIGHT for blocks in swept]
        found += [("l2", "read", n, 8) for n in IN_FLIGHT]
    names = ("level", "direction", "in_flight", "blocks_per_sm")
    return tuple(
        Point(DEVICE_WIDE, tuple(zip(names, axes, strict=True))) for axes in dict.fromkeys(found)
    )


def onchip_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return L1 and shared memory with 1 to 8 accesses a thread under way."""
    if supported_arch(device.compute_capability) is None:
        return ()
    swept = (4,) if effort is Effort.QUICK else IN_FLIGHT
    return tuple(
        Point(ONCHIP, (("level", level), ("in_flight", n)))
        for level in ("l1", "shared")
        for n in swept
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Fill the arrays on this GPU and return the walk over them."""
    from microbench.kernels.cuda_streams import device_wide

    axes = dict(point.axes)
    return device_wide(
        str(axes["level"]),
        str(axes["direction"]),
        int(axes["in_flight"]),
        int(axes["blocks_per_sm"]),
        seed,
    )


def prepare_onchip(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Give each SM a slice of its own and return the walk over it."""
    from microbench.kernels.cuda_streams import onchip

    return onchip(str(point["level"]), int(point["in_flight"]), seed)


_COMMON: dict[str, Any] = {
    "kind": DeviceKind.GPU,
    "suite": "memory",
    "quantity": Quantity.BANDWIDTH,
    "architectures": ARCHITECTURES,
    "seconds_per_point": {Effort.QUICK: 0.6, Effort.DEFAULT: 0.8, Effort.THOROUGH: 0.85},
    "visits": INTERLEAVED,
}

BENCHMARKS = (
    Benchmark(
        name=DEVICE_WIDE,
        question="How many bytes per second flow from and to DRAM and L2, by bytes in flight?",
        points=points,
        prepare=prepare,
        source="bytes asked for, each once; DRAM: arrays of at least 4 times L2; published best "
        "copies reach 85-94% of the datasheet rate (microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=ONCHIP,
        question="How many bytes per second do all SMs read from their own L1 or shared memory?",
        points=onchip_points,
        prepare=prepare_onchip,
        source="at most 128 bytes a cycle and SM, one warp-wide word row of the banks",
        **_COMMON,
    ),
)
