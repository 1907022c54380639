"""Measurements in the words people read: the one place where bench turns SI into units."""

from __future__ import annotations

from hwprof.units import percent, quantity, seconds
from microbench.benchmark import Measurement, Point, Quantity
from microbench.protocol.statistics import half_width

_UNITS = {
    Quantity.BANDWIDTH: "B/s",
    Quantity.THROUGHPUT: "FLOP/s",
    Quantity.FREQUENCY: "Hz",
}


def value_text(kind: Quantity, value: float | None, integer: bool = False) -> str:
    """Return a value with its unit, or a dash where there is none."""
    if value is None:
        return "-"
    if kind is Quantity.LATENCY:
        return seconds(value)
    return quantity(value, "OP/s" if integer and kind is Quantity.THROUGHPUT else _UNITS[kind])


def median_text(measurement: Measurement) -> str:
    """Return a measurement's median with its unit."""
    return value_text(measurement.quantity, measurement.value, counts_integers(measurement.point))


def cycles_text(measurement: Measurement) -> str:
    """Return a load's latency in cycles of the clock it is told at, or ""."""
    loads = measurement.point.benchmark.endswith("memory.latency")
    if not loads or measurement.value is None or measurement.clock_hz is None:
        return ""
    return f"{measurement.value * measurement.clock_hz:.1f}"


def half_width_text(measurement: Measurement) -> str:
    """Return half the 95% interval as a share of the median, in the quantity shown: ``±0.4%``."""
    value, low, high = measurement.value, measurement.low, measurement.high
    if value is None or low is None or high is None or value == 0:
        return "-"
    return f"±{percent(half_width(value, low, high))}"


def brief(measurement: Measurement) -> str:
    """Return a measurement in a few words, for progress."""
    if measurement.value is None:
        return f"{measurement.verdict}: {measurement.reason}"
    verdict = "" if measurement.verdict == "ok" else f" {measurement.verdict}"
    return f"{median_text(measurement)} {half_width_text(measurement)}{verdict}"


def axes_text(point: Point) -> str:
    """Return a point's setting in a line: ``read plain l1 16 KiB cores=1``.

    Words stand for themselves; sizes in bytes are written as KiB, MiB or GiB.
    """
    return " ".join(_axis_text(name, value) for name, value in point.axes)


def counts_integers(point: Point) -> bool:
    """Say whether a point's work is integer operations, not FLOP."""
    return any(str(value).startswith("int") for _, value in point.axes)


def _axis_text(name: str, value: object) -> str:
    if name == "size_bytes" and isinstance(value, int):
        return binary(value)
    if name.endswith("_bytes") and isinstance(value, int):
        return f"{name.removesuffix('_bytes')}={binary(value)}"
    if isinstance(value, str):
        return value
    return f"{name}={value}"


def binary(size_bytes: int) -> str:
    """Write a size as it is in memory: ``4096`` is ``4 KiB``."""
    for scale, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size_bytes >= scale:
            return f"{size_bytes / scale:.3g} {unit}"
    return f"{size_bytes} B"
