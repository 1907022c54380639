"""Yours against published: a measurement beside the published range and the datasheet peak.

Like with like: a figure is compared only with figures of the same chip and the same quantity, and
the methods stand beside each other. Cycles are compared with cycles (a latency in seconds becomes
cycles by the clock that the kernel itself saw), and only cycles may come from another chip of the
same architecture where none were published for this one: ``like`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from microbench.benchmark import Measurement, Verdict
from microbench.devices.spec import DeviceSpec
from microbench.reference.chips import same_architecture, same_chip
from microbench.reference.published import Published, load
from microbench.reference.readings import Reading, readings_of

NEAR = 0.05
"""Share by which a figure may lie outside the published range and still agree with it."""


PER_CYCLE = ("cycles", "B/cycle/SM", "ops/cycle/SM")
"""Units in which chips of one architecture agree whatever their clock and number of SMs."""


class Standing(StrEnum):
    """Where a measured figure lies."""

    WITHIN = "within the published range"
    BELOW = "below the published range"
    ABOVE = "above the published range"
    UNPUBLISHED = "nothing published for this chip"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measured figure, what others published of it, and the datasheet."""

    figure: str
    point: str
    value: float
    low: float
    high: float
    """Median and 95% interval, in ``unit``."""
    unit: str
    method: str
    published: tuple[Published, ...]
    peak: float | None
    """Datasheet rate in ``unit``, where one is known for this figure."""
    standing: Standing
    like: str
    """``same chip``, ``same architecture``, or "" where nothing was published."""

    @property
    def published_range(self) -> tuple[float, float] | None:
        """Return lowest and highest published value over all methods."""
        if not self.published:
            return None
        return min(row.low for row in self.published), max(row.high for row in self.published)

    @property
    def share_of_peak(self) -> float | None:
        """Return measured over datasheet; above 1 is a loud warning for whoever shows it."""
        return None if not self.peak else self.value / self.peak


def compare(measurements: Iterable[Measurement], spec: DeviceSpec) -> tuple[Comparison, ...]:
    """Return every measurement that published figures or the datasheet speak of.

    Only sound measurements take part: verdict ok or noisy, with a value. Of several points that
    read as one figure (a bandwidth by bytes in flight), the best counts, as in published tables.
    """
    rows = tuple(row for row in load() if same_chip(row.chip, spec))
    siblings = tuple(row for row in load() if same_architecture(row.chip, spec))
    found: dict[str, Comparison] = {}
    for measurement in measurements:
        if measurement.verdict not in {Verdict.OK, Verdict.NOISY} or measurement.value is None:
            continue
        for reading in readings_of(measurement, spec):
            comparison = _compare(measurement, measurement.value, reading, rows, siblings)
            key = f"{reading.figure} {reading.unit}"
            before = found.get(key)
            if before is None or _better(comparison, before):
                found[key] = comparison
    return tuple(found[key] for key in sorted(found))


def _compare(
    measurement: Measurement,
    value: float,
    reading: Reading,
    rows: tuple[Published, ...],
    siblings: tuple[Published, ...],
) -> Comparison:
    scaled = reading.scale(value)
    low, high = (
        reading.scale(one if one is not None else value)
        for one in (measurement.low, measurement.high)
    )
    published, like = _of(rows, reading), "same chip"
    if not published and reading.unit in PER_CYCLE:
        published, like = _of(siblings, reading), "same architecture"
    return Comparison(
        reading.figure,
        measurement.point.key,
        scaled,
        low,
        high,
        reading.unit,
        str(measurement.notes.get("basis", "events, median of samples")),
        published,
        reading.peak,
        standing(scaled, published),
        like if published else "",
    )


def _of(rows: tuple[Published, ...], reading: Reading) -> tuple[Published, ...]:
    return tuple(row for row in rows if row.figure == reading.figure and row.unit == reading.unit)


def standing(value: float, published: tuple[Published, ...]) -> Standing:
    """Return where a value lies in the published range, widened by 5% at either end."""
    if not published:
        return Standing.UNPUBLISHED
    if value < (1 - NEAR) * min(row.low for row in published):
        return Standing.BELOW
    if value > (1 + NEAR) * max(row.high for row in published):
        return Standing.ABOVE
    return Standing.WITHIN


def _better(new: Comparison, old: Comparison) -> bool:
    """Rates: more is better. Latencies: the largest working set of a level stands for it."""
    return new.value > old.value
