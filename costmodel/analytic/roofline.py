"""The analytic bound of one kernel: the least time work and traffic allow on a device.

Source: S. Williams, A. Waterman, D. Patterson, "Roofline", CACM 52(4), 2009; the launch term makes
small kernels latency-bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from costmodel.kernel import Bound, Flag, Kernel
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

_STANDS_IN = {
    NumberFormat.BF16: (NumberFormat.FP16, NumberFormat.FP32),
    NumberFormat.FP16: (NumberFormat.FP32,),
    NumberFormat.TF32: (NumberFormat.FP32,),
    NumberFormat.FP8_E4M3: (NumberFormat.FP16, NumberFormat.FP32),
    NumberFormat.FP8_E5M2: (NumberFormat.FP16, NumberFormat.FP32),
    NumberFormat.FP4: (NumberFormat.FP8_E4M3, NumberFormat.FP16, NumberFormat.FP32),
    NumberFormat.INT8: (NumberFormat.FP16, NumberFormat.FP32),
    NumberFormat.INT4: (NumberFormat.INT8, NumberFormat.FP16, NumberFormat.FP32),
}
"""Formats that run the work where a device has no rate of its own for one: converted on load."""


@dataclass(frozen=True, slots=True)
class Attainable:
    """The bound of one execution in seconds, what sets it, and its parts."""

    time_s: float
    bound: Bound
    compute_s: float
    memory_s: float
    launch_s: float
    flags: frozenset[Flag] = frozenset()

    @property
    def parts_s(self) -> Mapping[str, float]:
        """Seconds of ``launch``, ``memory`` and ``compute`` if each stood alone."""
        return {"launch": self.launch_s, "memory": self.memory_s, "compute": self.compute_s}


def peak_flop_per_s(spec: DeviceSpec, number_format: NumberFormat) -> tuple[float | None, bool]:
    """Return the dense peak that would run this format, and whether it is the format's own.

    Formats without a rate (fp64, integers on a device that lists none) fall back to the format
    they are converted to, else to fp32; ``None`` when the device has no peak at all.
    """
    own = spec.peak(number_format)
    if own is not None:
        return own, True
    for other in (*_STANDS_IN.get(number_format, ()), NumberFormat.FP32):
        rate = spec.peak(other)
        if rate is not None:
            return rate, False
    return None, False


def attainable_s(kernel: Kernel, spec: DeviceSpec, launch_s: float = 0.0) -> Attainable:
    """Return max(work / peak, bytes / bandwidth), plus ``launch_s`` seconds of launch overhead.

    A missing peak or bandwidth leaves its part out and raises the flag ``unknown-peak``.
    """
    peak, own = peak_flop_per_s(spec, kernel.number_format)
    bandwidth = spec.dram_bandwidth_bytes_per_s
    compute_s = kernel.work_flop / peak if peak else 0.0
    memory_s = kernel.bytes_moved / bandwidth if bandwidth else 0.0
    known = (own or not kernel.work_flop) and bandwidth is not None
    flags = frozenset() if known else frozenset({Flag.UNKNOWN_PEAK})
    bound = Bound.COMPUTE if compute_s >= memory_s else Bound.MEMORY
    if launch_s > max(compute_s, memory_s):
        bound = Bound.LATENCY
    time_s = max(compute_s, memory_s) + launch_s
    return Attainable(time_s, bound, compute_s, memory_s, launch_s, flags)


def balance_flop_per_byte(spec: DeviceSpec, number_format: NumberFormat) -> float | None:
    """Return the intensity at which compute and memory bounds meet, peak over bandwidth."""
    peak, _ = peak_flop_per_s(spec, number_format)
    if peak is None or not spec.dram_bandwidth_bytes_per_s:
        return None
    return peak / spec.dram_bandwidth_bytes_per_s
