"""Roofs of a roofline: bandwidth of each memory level, peak of a format, and their origin."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from microbench.benchmark import Measurement, Quantity, Verdict
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat
from microbench.reference.streams import believed, reached, told


class Origin(StrEnum):
    """Where a roof comes from."""

    DATASHEET = "datasheet"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Roof:
    """A limit. A bandwidth in bytes/s when ``sloped``, else a rate in FLOP/s."""

    name: str
    origin: str
    value: float
    sloped: bool
    source: str = ""
    """The point a measured roof comes from, and its verdict."""


def datasheet_roofs(spec: DeviceSpec, number_format: str) -> tuple[Roof, ...]:
    """Return DRAM bandwidth and the peak of one number format, where known."""
    found = []
    if spec.dram_bandwidth_bytes_per_s:
        found.append(Roof("DRAM", Origin.DATASHEET, spec.dram_bandwidth_bytes_per_s, True))
    peak = spec.peak(NumberFormat(number_format))
    if peak:
        found.append(Roof(number_format, Origin.DATASHEET, peak, False))
    return tuple(found)


def measured_roofs(
    measurements: Iterable[Measurement], number_format: str, peak_flop_per_s: float | None = None
) -> tuple[Roof, ...]:
    """Return the best bandwidth of each memory level and the best rate in one format.

    Of runs over several core counts those count whose rate is nearest ``peak_flop_per_s``, so that
    the roofs belong to the cores the predictions are for.
    """
    kept = believed(measurements)
    best: dict[str, dict[tuple[str, bool], Measurement]] = {}
    for one in kept:
        key = _roof_of(one, number_format)
        if key is not None and one.value:
            group = best.setdefault(str(dict(one.point.axes).get("cores", "")), {})
            if key not in group or one.value > (group[key].value or 0.0):
                group[key] = one
    if not best:
        return ()
    cores = min(best, key=lambda name: _distance(best[name], number_format, peak_flop_per_s))
    suffix = f", {cores} core{'s' if cores != '1' else ''}" if cores else ""
    roofs = (
        Roof(
            (_level_name(name, one, kept) if sloped else name) + suffix,
            Origin.MEASURED,
            one.value or 0.0,
            sloped,
            told(dict(one.point.axes), one.verdict.value) if sloped else "",
        )
        for (name, sloped), one in best[cores].items()
    )
    return tuple(sorted(roofs, key=lambda roof: (roof.sloped, roof.value)))


def _level_name(name: str, one: Measurement, measurements: Iterable[Measurement]) -> str:
    """Name a memory level, or the working set where the latency ladder finds no cache holds it."""
    size_bytes = int(dict(one.point.axes).get("size_bytes", 0))
    if name.lower() != "dram" and size_bytes and not reached(measurements, size_bytes):
        return f"working set of {size_bytes / 2**20:g} MiB"
    return _LEVELS.get(name.lower(), name)


_LEVELS = {"dram": "DRAM", "llc": "last-level cache", "l1": "L1", "l2": "L2", "l3": "L3"}


def _roof_of(one: Measurement, number_format: str) -> tuple[str, bool] | None:
    """Say which roof a measurement is a lower bound of."""
    axes = dict(one.point.axes)
    if one.verdict not in (Verdict.OK, Verdict.NOISY):
        return None
    if one.quantity is Quantity.BANDWIDTH and ("operation" in axes or "direction" in axes):
        return str(axes.get("level", "memory")), True
    if one.quantity is Quantity.THROUGHPUT and axes.get("number_format") == number_format:
        return number_format, False
    return None


def _distance(
    group: dict[tuple[str, bool], Measurement], number_format: str, peak: float | None
) -> float:
    """Return how many times a group's rate is off the peak, as a logarithm."""
    fastest = group.get((number_format, False))
    if fastest is None or not fastest.value:
        return math.inf
    rate = fastest.value
    return abs(math.log(rate / peak)) if peak else -rate
