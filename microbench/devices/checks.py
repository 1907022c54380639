"""Arithmetic that a device's figures must agree with, and every disagreement in words.

A datasheet's rates follow from lanes, clock and units; its bandwidth from bus width and pin rate.
Where a figure does not follow, a reader should know before trusting an efficiency against it.
"""

from __future__ import annotations

from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

TOLERANCE = 0.03
"""Datasheets round to two or three digits."""

FP32_LANES = {
    "5.2": 128,
    "6.0": 64,
    "6.1": 128,
    "7.0": 64,
    "7.5": 64,
    "8.0": 64,
    "8.6": 128,
    "8.9": 128,
    "9.0": 128,
    "10.0": 128,
    "10.3": 128,
    "12.0": 128,
    "gfx900": 64,
    "gfx908": 128,
    "gfx90a": 128,
    "gfx942": 128,
    "gfx1032": 64,
    "gfx1100": 128,
    "xe2-bmg": 128,
}
"""fp32 multiply-adds an SM or compute unit starts a clock. NVIDIA: CUDA C++ Programming Guide,
arithmetic throughput table. AMD: CDNA whitepapers (matrix units: twice the 64 vector lanes), RDNA 3
with dual issue. Intel: 8 vector engines x 16 lanes a Xe2 core."""

TENSOR_FLOP_PER_CLOCK = {
    "7.0": (1024,),
    "7.5": (1024, 512),
    "8.0": (2048,),
    "8.6": (1024, 512),
    "8.9": (1024, 512),
    "9.0": (4096,),
    "10.0": (8192,),
    "10.3": (8192,),
    "12.0": (1024, 512),
    "gfx908": (1024,),
    "gfx90a": (1024,),
    "gfx942": (2048,),
}
"""Dense fp16 FLOP an SM or compute unit does a clock; the second figure is for products that run
fp32 accumulation at half rate (GeForce, L40). Architecture whitepapers of each generation."""

MEMORY_BUS = {
    "M40": (384, 6.0),
    "Titan-X-Maxwell": (384, 7.01),
    "P4": (256, 6.0),
    "GTX-1080Ti": (352, 11),
    "Titan-X-Pascal": (384, 10),
    "Titan-Xp": (384, 11.4),
    "T4": (256, 10),
    "RTX-2080Ti": (352, 14),
    "RTX-3090": (384, 19.5),
    "RTX-4090": (384, 21),
    "RTX-5090": (512, 28),
    "A10": (384, 12.5),
    "A40": (384, 14.5),
    "RTX-A4000": (256, 14),
    "RTX-A6000": (384, 16),
    "L4": (192, 12.5),
    "L40": (384, 18),
    "L40S": (384, 18),
    "RTX-PRO-6000-Server": (512, 25),
    "MI100": (4096, 2.4),
    "MI210": (4096, 3.2),
    "MI250": (4096, 3.2),
    "MI250X": (4096, 3.2),
    "MI300X": (8192, 5.2),
    "Radeon-Pro-W6600": (128, 14),
    "Radeon-Pro-W7800": (256, 18),
    "Arc-Pro-B60": (192, 19),
}
"""Bus width in bits and pin rate in Gbit/s, from product pages; per device (one die of two)."""


def disagreements(spec: DeviceSpec) -> tuple[str, ...]:
    """Return what in a device's figures does not follow from its other figures."""
    found = (_fp32(spec), _tensor(spec), *_ratios(spec), _memory(spec))
    return tuple(text for text in found if text)


def _fp32(spec: DeviceSpec) -> str:
    lanes = FP32_LANES.get(spec.compute_capability or "")
    peak = spec.peak(NumberFormat.FP32)
    if not (lanes and peak and spec.clock_hz):
        return ""
    implied = 2 * lanes * spec.sm_count * spec.clock_hz
    if abs(peak / implied - 1) <= TOLERANCE:
        return ""
    return (
        f"fp32 peak {peak / 1e12:.1f} TFLOP/s, but {spec.sm_count} x {lanes} lanes x 2 x "
        f"{spec.clock_hz / 1e6:.0f} MHz give {implied / 1e12:.1f}"
    )


def _tensor(spec: DeviceSpec) -> str:
    rates = TENSOR_FLOP_PER_CLOCK.get(spec.compute_capability or "", ())
    peak = spec.peak(NumberFormat.FP16)
    if not (rates and peak and spec.clock_hz):
        return ""
    boost_hz = spec.clock_hz
    clocks = [peak / (spec.sm_count * rate) for rate in rates]
    nearest = min(clocks, key=lambda hz: abs(hz / boost_hz - 1))
    if abs(nearest / spec.clock_hz - 1) <= TOLERANCE:
        return ""
    return (
        f"fp16 peak {peak / 1e12:.0f} TFLOP/s is quoted at {nearest / 1e6:.0f} MHz, "
        f"the boost clock is {spec.clock_hz / 1e6:.0f} MHz"
    )


def _ratios(spec: DeviceSpec) -> list[str]:
    """Compare with fp16: bf16 the same, tf32 half, fp8 double; int8 double, or fourfold."""
    expected = {
        NumberFormat.BF16: (1.0,),
        NumberFormat.TF32: (0.5,),
        NumberFormat.FP8_E4M3: (2.0,),
        NumberFormat.INT8: (2.0, 4.0, 1.0, 0.5),
        NumberFormat.FP4: (4.0, 8.0),
    }
    base = spec.peak(NumberFormat.FP16)
    found = []
    for number_format, ratios in expected.items():
        peak = spec.peak(number_format)
        if not (base and peak) or any(abs(peak / base / r - 1) <= TOLERANCE for r in ratios):
            continue
        found.append(f"{number_format} runs at {peak / base:.2f} x the fp16 rate")
    return found


def _memory(spec: DeviceSpec) -> str:
    bus = MEMORY_BUS.get(spec.name)
    if bus is None or not spec.dram_bandwidth_bytes_per_s:
        return ""
    implied = bus[0] * bus[1] * 1e9 / 8
    if abs(spec.dram_bandwidth_bytes_per_s / implied - 1) <= TOLERANCE:
        return ""
    return (
        f"bandwidth {spec.dram_bandwidth_bytes_per_s / 1e9:.0f} GB/s, but {bus[0]} bit x "
        f"{bus[1]} Gbit/s give {implied / 1e9:.0f}"
    )
