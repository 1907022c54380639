"""What no kernel can beat: predictions are held to the device's bandwidth and peak.

A model of measured ratios can answer below the roofline where a kernel is unlike any it saw. Of the
rows measured on GPUs whose traffic exceeds the last cache (neusight, aiconfigurator) at most 2%
ran faster than their bytes at the DRAM bandwidth in any family but mixtures of experts (10%: unused
experts are counted, never read), and none of 325,000 products faster than its work at the peak.
Convolutions do beat their peak (17% on older GPUs: Winograd saves work) and smaller traffic beats
DRAM from the cache, so neither is held. A convolution of one tap is a product, with nothing to
save, and is held as one. Data movement and families without a model have no
measurements behind them and are held to DRAM at any size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from costmodel.analytic.roofline import peak_flop_per_s
from costmodel.kernel import Family, Flag, Kernel, Prediction
from costmodel.learned.families import OF_KERNEL
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

Numbers = Any
"""A float, or an array of one a row."""
FP32_OVER_FP64 = {
    "3.5": 3.0, "5.2": 32.0, "6.0": 2.0, "6.1": 32.0, "7.0": 2.0, "7.5": 32.0,
    "8.0": 2.0, "8.6": 64.0, "8.9": 64.0, "9.0": 2.0, "10.0": 2.0, "10.3": 64.0, "12.0": 64.0,
}  # fmt: skip
"""Rate of fp32 over that of fp64 by compute capability, outside tensor cores. Sources: throughput
table of the CUDA C++ Programming Guide, "Arithmetic Instructions" (3.5 to 9.0, 10.0); 1/64 also in
the GA102, Ada and RTX Blackwell whitepapers; 10.3: HGX B300 data sheet, 1.3 of 77 TFLOP/s."""
SLOWEST_FP64 = 64.0
"""The largest of them: how far below the fp32 rate an interval of fp64 work reaches."""
_OF_FP64 = frozenset([Flag.NO_HARDWARE_FORMAT, Flag.UNKNOWN_PEAK, Flag.OUTSIDE_TRAINING])
_WIDE = frozenset([NumberFormat.FP64, NumberFormat.COMPLEX128])
_WHOLE = frozenset([NumberFormat.INT8, NumberFormat.INT4])
"""Dot products of integers run beyond a stand-in's rate (four a lane, on RDNA 2 and others)."""
_TENSOR_CORES_SINCE = 7.0
"""Compute capability: data sheets that leave out the rates of tensor cores leave out much."""
_NARROW = frozenset(
    [NumberFormat.BF16, NumberFormat.FP8_E4M3, NumberFormat.FP8_E5M2, NumberFormat.FP4]
)
"""Formats that software converts to fp32 where a device has no units for them."""


@dataclass(frozen=True, slots=True)
class Held:
    """Rates that some work is held to; ``None`` holds it to nothing."""

    flop_per_s: float | None
    dram_bytes_per_s: float | None
    cached_bytes: float
    """Traffic up to this may come from a cache."""

    def least_s(self, work_flop: Numbers, bytes_moved: Numbers) -> Numbers:
        """Return the least seconds of one execution, of a kernel or of rows of a table."""
        compute_s = work_flop / self.flop_per_s if self.flop_per_s else 0.0 * work_flop
        if not self.dram_bytes_per_s:
            return compute_s
        memory_s = bytes_moved * (bytes_moved > self.cached_bytes) / self.dram_bytes_per_s
        return np.maximum(compute_s, memory_s)


def floor_s(kernel: Kernel, spec: DeviceSpec) -> float:
    """Return the least seconds of one execution; 0 where a cache may serve all of its traffic."""
    eased = kernel.family is Family.CONVOLUTION
    rate = best_rate(kernel.number_format, spec, eased) if _is_product(kernel) else None
    measured = kernel.family in OF_KERNEL and kernel.family is not Family.DATA_MOVEMENT
    unread = kernel.family is Family.MIXTURE_OF_EXPERTS
    bandwidth = None if unread else spec.dram_bandwidth_bytes_per_s
    held = Held(rate, bandwidth, cached_bytes(spec, measured))
    return float(held.least_s(kernel.work_flop, kernel.bytes_moved))


def cached_bytes(spec: DeviceSpec, measured: bool) -> float:
    """Return the traffic that a device's caches may serve; none of a family nobody measured."""
    return float(max(spec.l2_bytes or 0, spec.llc_bytes or 0)) if measured else 0.0


def _is_product(kernel: Kernel) -> bool:
    """Say whether a kernel is matrix products, whose work no algorithm of a library saves.

    So is one of several products, as attention written out in matrix instructions is.
    Of 1,170 fp32 convolutions of one tap measured on older GPUs (deepbench) none beat the peak.
    """
    if kernel.family is not Family.CONVOLUTION:
        return kernel.family is Family.GEMM or "matrix_flop" in kernel.dims
    names = ("kh", "kw", "batch", "c_in", "c_out", "h_out", "w_out")
    if any(name not in kernel.dims for name in names):
        return False
    kh, kw, *sizes = (kernel.dims[name] for name in names)
    one_tap = 2 * math.prod(sizes) / kernel.dims.get("groups", 1.0)
    return kh == kw == 1 and kernel.work_flop <= one_tap


def best_rate(kind: NumberFormat, spec: DeviceSpec, convolution: bool) -> float | None:
    """Return a FLOP/s that products of a format do not exceed; ``None`` where none is known.

    A stand-in's rate is one: a device without units for a format does not outrun its best ones.
    Convolutions in fp32 may run in TF32, as cuDNN does for torch unless told otherwise.
    """
    own = spec.peak(kind)
    if own is not None:
        eased = convolution and kind is NumberFormat.FP32
        return max(own, spec.peak(NumberFormat.TF32) or 0.0) if eased else own
    if kind in _WHOLE or (kind not in _WIDE and _hides_tensor_cores(spec)):
        return None
    return peak_flop_per_s(spec, kind)[0]


def _hides_tensor_cores(spec: DeviceSpec) -> bool:
    """Say whether a device has tensor cores whose rates its data sheet leaves out."""
    with_cores = spec.vendor == "nvidia" and _capability(spec) >= _TENSOR_CORES_SINCE
    return with_cores and spec.peak(NumberFormat.FP16) is None


def held(prediction: Prediction, spec: DeviceSpec) -> Prediction:
    """Raise a time and a low end below the floor to it; ``above-peak`` says a time was raised.

    The high end keeps its ratio to the time, so a raised time has no narrower an upper half.
    """
    least_s = floor_s(prediction.kernel, spec)
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
    """Flag a format the device has no rate for, and widen its interval, as ``emulated_s`` does."""
    kernel = prediction.kernel
    latency_s, high_s, flags = emulated_s(
        *(kernel.number_format, spec, kernel.work_flop, prediction.latency_s, prediction.high_s)
    )
    if not flags or not kernel.work_flop:
        return prediction
    flags |= prediction.flags
    return replace(prediction, latency_s=float(latency_s), high_s=float(high_s), flags=flags)


def emulated_s(
    kind: NumberFormat, spec: DeviceSpec, work_flop: Numbers, latency_s: Numbers, high_s: Numbers
) -> tuple[Numbers, Numbers, frozenset[Flag]]:
    """Return time, high end and flags of work in a format the device may have no rate for.

    The stand-in's rate is the best case (converted on load to units the device has); the high end
    of a narrow format also holds all of the work at the fp32 rate, the way of software that
    emulates it. The time of fp64 work stands at its rate outside tensor cores, and its interval
    reaches to the slowest; the low end stays at the fp32 rate: tensor cores run fp64 products that
    fast (A100, H100). Where the vendor's ratio is not known the time stays there too.
    """
    fp32 = spec.peak(NumberFormat.FP32)
    if spec.peak(kind) is not None:
        return latency_s, high_s, frozenset()
    at_fp32_s = work_flop / fp32 if fp32 else 0.0 * work_flop
    if kind in _WIDE:
        ratio = FP32_OVER_FP64.get(spec.compute_capability or "", 1.0)
        latency_s = np.maximum(latency_s, ratio * at_fp32_s)
        return latency_s, np.maximum(latency_s, high_s + SLOWEST_FP64 * at_fp32_s), _OF_FP64
    flags = frozenset([Flag.UNKNOWN_PEAK])
    if kind in _NARROW:
        return latency_s, high_s + at_fp32_s, flags | {Flag.NO_HARDWARE_FORMAT}
    return latency_s, high_s, flags


def _capability(spec: DeviceSpec) -> float:
    text = spec.compute_capability or ""
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0
