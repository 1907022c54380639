"""What no kernel can beat: predictions from a file are held to the device's bandwidth and peak.

A model of measured ratios can answer below the roofline where a kernel is unlike any it saw. Of the
rows measured on GPUs whose traffic exceeds the last cache (neusight, aiconfigurator) at most 2%
ran faster than their bytes at the DRAM bandwidth in any family but mixtures of experts (10%: unused
experts are counted, never read), and none of 325,000 products faster than its work at the peak.
Convolutions do beat their peak (17% on older GPUs: Winograd saves work) and smaller traffic beats
DRAM from the cache, so neither is held. Data movement and families without a model have no
measurements behind them and are held to DRAM at any size.
"""

from __future__ import annotations

from dataclasses import replace

from costmodel.kernel import Family, Flag, Kernel, Prediction
from costmodel.learned.families import OF_KERNEL
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

_NARROW = frozenset(
    [NumberFormat.BF16, NumberFormat.FP8_E4M3, NumberFormat.FP8_E5M2, NumberFormat.FP4]
)
"""Formats that software converts to fp32 where a device has no units for them."""


def floor_s(kernel: Kernel, spec: DeviceSpec, own_peak: bool = True) -> float:
    """Return the least seconds of one execution; 0 where a cache may serve all of its traffic.

    ``own_peak`` says whether the device has a rate of its own for the kernel's number format.
    """
    peak = spec.peak(kernel.number_format) if own_peak else None
    compute_s = kernel.work_flop / peak if peak and kernel.family is Family.GEMM else 0.0
    cache_bytes = max(spec.l2_bytes or 0, spec.llc_bytes or 0)
    measured = kernel.family in OF_KERNEL and kernel.family is not Family.DATA_MOVEMENT
    beyond = kernel.bytes_moved > cache_bytes and kernel.family is not Family.MIXTURE_OF_EXPERTS
    bandwidth = spec.dram_bandwidth_bytes_per_s
    held = bandwidth and (beyond or not measured)
    memory_s = kernel.bytes_moved / bandwidth if held and bandwidth else 0.0
    return max(compute_s, memory_s)


def held(prediction: Prediction, spec: DeviceSpec) -> Prediction:
    """Raise a time and a low end below the floor to it; ``above-peak`` says a time was raised.

    The high end keeps its ratio to the time, so a raised time has no narrower an upper half.
    """
    own = Flag.UNKNOWN_PEAK not in prediction.flags
    least_s = floor_s(prediction.kernel, spec, own)
    raised = max(1.0, least_s / prediction.latency_s)
    flags = prediction.flags | ({Flag.ABOVE_PEAK} if raised > 1 else frozenset())
    return replace(
        prediction,
        latency_s=max(prediction.latency_s, least_s),
        low_s=max(prediction.low_s, least_s),
        high_s=prediction.high_s * raised,
        flags=flags,
    )


def emulated(prediction: Prediction, spec: DeviceSpec) -> Prediction:
    """Flag a narrow format the device has no rate for, and widen its interval.

    The stand-in's rate is the best case (converted on load to units the device has); the high end
    also holds all of the work at the fp32 rate, the way of software that emulates the format.
    """
    kernel, fp32 = prediction.kernel, spec.peak(NumberFormat.FP32)
    known = spec.peak(kernel.number_format) is not None or kernel.number_format not in _NARROW
    if known or not kernel.work_flop:
        return prediction
    slow_s = kernel.work_flop / fp32 if fp32 else 0.0
    flags = prediction.flags | {Flag.NO_HARDWARE_FORMAT}
    return replace(prediction, high_s=prediction.high_s + slow_s, flags=flags)
