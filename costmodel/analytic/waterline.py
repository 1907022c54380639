"""Waterline analysis: the roofline of a sequence of kernels, and where its efficiency goes.

After A. Lavin, "On the Efficiency of Convolutional Neural Networks", arXiv 2404.03617; the split
E = E_max x E_kern and the identities of water and excess are hwprof's own definitions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Bar:
    """One kernel of a sequence: work in FLOP, minimum DRAM bytes, measured or predicted time."""

    work_flop: float
    bytes_moved: float
    time_s: float | None = None

    def __post_init__(self) -> None:
        values = (self.work_flop, self.bytes_moved, self.time_s or 0.0)
        if not all(math.isfinite(value) and value >= 0 for value in values):
            raise InputError(f"work, bytes and time must be finite and not negative: {self}")

    @property
    def intensity(self) -> float:
        """Operational intensity I in FLOP per byte; infinite without traffic."""
        if self.bytes_moved:
            return self.work_flop / self.bytes_moved
        return math.inf if self.work_flop else 0.0


@dataclass(frozen=True, slots=True)
class Waterline:
    """A sequence on a device with peak P (FLOP/s) and bandwidth B (byte/s)."""

    bars: tuple[Bar, ...]
    peak_flop_per_s: float
    bandwidth_bytes_per_s: float

    def __post_init__(self) -> None:
        if not (self.peak_flop_per_s > 0 and self.bandwidth_bytes_per_s > 0):
            raise InputError("peak and bandwidth must be above zero")

    @property
    def balance(self) -> float:
        """I* = P / B in FLOP per byte: the water level."""
        return self.peak_flop_per_s / self.bandwidth_bytes_per_s

    @property
    def work_flop(self) -> float:
        """O, the work of the sequence."""
        return math.fsum(bar.work_flop for bar in self.bars)

    @property
    def bytes_moved(self) -> float:
        """Sum of b, the minimum traffic of the sequence."""
        return math.fsum(bar.bytes_moved for bar in self.bars)

    @property
    def ideal_s(self) -> float:
        """L* = O / P, the time at peak."""
        return self.work_flop / self.peak_flop_per_s

    @property
    def roofline_s(self) -> float:
        """R = max(O / P, sum b / B): the roofline of the aggregate, too optimistic."""
        return max(self.ideal_s, self.bytes_moved / self.bandwidth_bytes_per_s)

    @property
    def attainable_s(self) -> float:
        """A = sum of max(o / P, b / B): each kernel bound by itself."""
        return math.fsum(self.attainable_of(bar) for bar in self.bars)

    @property
    def measured_s(self) -> float | None:
        """M, the sum of times; ``None`` unless every kernel has one."""
        times = [bar.time_s for bar in self.bars if bar.time_s is not None]
        return math.fsum(times) if self.bars and len(times) == len(self.bars) else None

    @property
    def water_flop(self) -> float:
        """W = sum b max(0, I* - I): work the memory-bound kernels could have done meanwhile."""
        return math.fsum(
            max(0.0, bar.bytes_moved * self.balance - bar.work_flop) for bar in self.bars
        )

    @property
    def excess_flop(self) -> float:
        """X = sum b max(0, I - I*): work of compute-bound kernels above the level."""
        return math.fsum(
            max(0.0, bar.work_flop - bar.bytes_moved * self.balance) for bar in self.bars
        )

    @property
    def efficiency_model(self) -> float:
        """E_max = L* / A: what the model's shapes and graph allow."""
        return _ratio(self.ideal_s, self.attainable_s)

    @property
    def efficiency_kernels(self) -> float | None:
        """E_kern = A / M: what the kernels make of it; above 1 a peak or byte count is wrong."""
        return None if self.measured_s is None else _ratio(self.attainable_s, self.measured_s)

    @property
    def efficiency(self) -> float | None:
        """E = L* / M = E_max x E_kern exactly."""
        return None if self.measured_s is None else _ratio(self.ideal_s, self.measured_s)

    @property
    def gap_decades(self) -> float | None:
        """log10(M / L*), the horizontal distance in an efficiency-gap plot."""
        return None if not self.efficiency else -math.log10(self.efficiency)

    def attainable_of(self, bar: Bar) -> float:
        """Return a = max(o / P, b / B) of one kernel, in seconds."""
        return max(
            bar.work_flop / self.peak_flop_per_s, bar.bytes_moved / self.bandwidth_bytes_per_s
        )

    def fused(self, bytes_moved: float) -> Waterline:
        """Return the sequence as one kernel that moves only ``bytes_moved``; time unknown."""
        return Waterline(
            (Bar(self.work_flop, bytes_moved),), self.peak_flop_per_s, self.bandwidth_bytes_per_s
        )


ABOVE_PEAK = (
    "efficiency {efficiency:.0%} is above 1: the peak is wrong for this number format, "
    "or TF32 was on where fp32 was assumed"
)


def above_peak_warning(efficiency: float | None, tolerance: float = 0.0) -> str:
    """Return the warning an efficiency above 1 deserves, or ""."""
    if efficiency is None or efficiency <= 1 + tolerance:
        return ""
    return ABOVE_PEAK.format(efficiency=efficiency)


def waterline(
    bars: Sequence[tuple[float, float, float | None]],
    peak_flop_per_s: float,
    bandwidth_bytes_per_s: float,
) -> Waterline:
    """Build a sequence from (work_flop, bytes_moved, time_s or None) triples."""
    return Waterline(tuple(Bar(*bar) for bar in bars), peak_flop_per_s, bandwidth_bytes_per_s)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
