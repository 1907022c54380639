"""What a run tells of a processor: library calls timed, and the best rates ever seen on it.

The envelope is the roofline a prediction may not beat: for each number format the highest rate of
any measured point, and for each working set the highest bandwidth of any point at least as large.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from costmodel.kernel import Family, Kernel
from microbench.benchmark import Measurement, Quantity, Verdict
from microbench.errors import InputError
from microbench.formats import NumberFormat

STACK = "torch-eager"
"""The software the predictions are for; other variants of a chain are left out."""
USABLE = frozenset({Verdict.OK, Verdict.NOISY})
NOT_DIMENSIONS = frozenset({"family", "op", "number_format", "threads", "stack", "requested_bytes"})
_FORMATS = frozenset(NumberFormat)
CONVERTED = {
    NumberFormat.BF16: NumberFormat.FP32,
    NumberFormat.FP16: NumberFormat.FP32,
    NumberFormat.TF32: NumberFormat.FP32,
    NumberFormat.FP64: NumberFormat.FP32,
}
"""Formats whose work runs in another where no rate of their own was measured."""

_NO_PROCESSORS = frozenset(
    one for one in NumberFormat if one.value.startswith(("fp8_", "fp6_")) or one is NumberFormat.FP4
)
"""Formats that no processor multiplies in."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One library call: what ran, as a kernel, and its measured seconds."""

    kernel: Kernel
    time_s: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """Best rates measured: FLOP/s by format, byte/s by working set (never rising), call cost."""

    peak_flop_per_s: dict[NumberFormat, float]
    sizes_bytes: tuple[float, ...]
    bandwidths_bytes_per_s: tuple[float, ...]
    overhead_s: float
    emulated: frozenset[NumberFormat] = frozenset()
    """Formats this processor has no multiply-add for: a library's own code stands in."""

    def peak(self, number_format: NumberFormat) -> tuple[float, bool]:
        """Return the rate that runs a format, and whether it was measured in that format."""
        own = self.peak_flop_per_s.get(number_format)
        if own is not None:
            return own, True
        stand_in = self.peak_flop_per_s.get(CONVERTED.get(number_format, NumberFormat.FP32))
        return stand_in or max(self.peak_flop_per_s.values()), False

    def bandwidth(self, size_bytes: float) -> float:
        """Return the best bandwidth seen at this working set or a larger one, in byte/s.

        Beyond the largest working set measured it stays what it was there.
        """
        at = bisect.bisect_left(self.sizes_bytes, size_bytes)
        return self.bandwidths_bytes_per_s[min(at, len(self.sizes_bytes) - 1)]


def library_calls(measurements: Iterable[Measurement], threads: int) -> tuple[Evidence, ...]:
    """Return library calls timed on ``threads`` threads, leaving out those without a number."""
    return tuple(
        Evidence(_kernel(measured), measured.time_s)
        for measured in measurements
        if measured.time_s and _is_call(measured) and measured.notes.get("threads", 1) == threads
    )


def envelope(measurements: Sequence[Measurement], calls: Sequence[Evidence]) -> Envelope:
    """Collect the best rates of one core from multiply-add, bandwidth and library points.

    ``InputError`` when nothing moved bytes or did work.
    """
    peaks: dict[NumberFormat, float] = {}
    streams: list[tuple[float, float]] = []
    lacking: set[NumberFormat] = set()
    arithmetic = False
    for measured in measurements:
        axes = dict(measured.point.axes)
        if measured.verdict is Verdict.UNSUPPORTED and axes.get("vector_bits") == "widest":
            lacking.add(NumberFormat(str(axes["number_format"])))
        if measured.verdict not in USABLE or not measured.value or axes.get("cores") != 1:
            continue
        arithmetic |= "vector_bits" in axes
        if measured.quantity is Quantity.THROUGHPUT and axes.get("number_format") in _FORMATS:
            _raise(peaks, NumberFormat(str(axes["number_format"])), measured.value)
        if measured.quantity is Quantity.BANDWIDTH and "size_bytes" in axes:
            streams.append((float(axes["size_bytes"]), measured.value))
    largest = max(streams)[0] if streams else math.inf
    for call in calls:
        _raise(peaks, call.kernel.number_format, call.kernel.work_flop / call.time_s)
        if 0 < call.kernel.bytes_moved <= largest:
            streams.append((call.kernel.bytes_moved, call.kernel.bytes_moved / call.time_s))
    if not peaks or not streams:
        raise InputError(
            "the run holds no arithmetic or no bandwidth of one core: "
            "measure again with `hwprof bench --device cpu --quick`"
        )
    sizes, best = _never_rising(streams)
    emulated = set(_NO_PROCESSORS)
    if arithmetic:  # else nothing could be compiled, which says nothing of the processor
        emulated |= lacking
    overhead_s = min((call.time_s for call in calls), default=0.0)
    return Envelope(peaks, sizes, best, overhead_s, frozenset(emulated))


def _raise(peaks: dict[NumberFormat, float], number_format: NumberFormat, rate: float) -> None:
    if rate > peaks.get(number_format, 0.0):
        peaks[number_format] = rate


def _never_rising(
    points: Iterable[tuple[float, float]],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Keep what no larger working set surpasses, smallest first."""
    kept: list[tuple[float, float]] = []
    for size_bytes, rate in sorted(points, reverse=True):
        if not kept or rate > kept[-1][1]:
            kept.append((size_bytes, rate))
    kept.reverse()
    return tuple(size for size, _ in kept), tuple(rate for _, rate in kept)


def _is_call(measured: Measurement) -> bool:
    """Return whether a point is one call of the library, with a number and a cost of its own."""
    notes = measured.notes
    return (
        measured.verdict in USABLE
        and notes.get("family") in set(Family)
        and notes.get("number_format") in set(NumberFormat)
        and notes.get("stack", STACK) == STACK
        and measured.work_flop + measured.bytes_moved > 0
        and _passes(measured) <= 1
    )


def _passes(measured: Measurement) -> float:
    """Return how often a point asks for its minimum traffic: above 1 it is a chain of calls."""
    asked = measured.notes.get("requested_bytes", measured.bytes_moved)
    return float(asked) / measured.bytes_moved if measured.bytes_moved else 1.0


def _kernel(measured: Measurement) -> Kernel:
    notes = measured.notes
    return Kernel(
        name=measured.point.key,
        family=Family(str(notes["family"])),
        op=str(notes.get("op", "")),
        number_format=NumberFormat(str(notes["number_format"])),
        work_flop=measured.work_flop,
        bytes_moved=measured.bytes_moved,
        dims={
            name: float(value)
            for name, value in notes.items()
            if name not in NOT_DIMENSIONS and not isinstance(value, str)
        },
    )
