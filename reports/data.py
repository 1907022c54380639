"""What a report holds: kernels on devices, measurements, environment and warnings, as plain data.

Everything a figure or the page shows is rebuilt from this document's JSON alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

from annotated_types import Ge, Lt, Predicate

from costmodel.analytic.roofline import peak_flop_per_s
from costmodel.analytic.waterline import Waterline, above_peak_warning, waterline
from costmodel.kernel import Bound, Flag, Prediction
from microbench.benchmark import Measurement
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat
from reports.evidence import Pair, Published, Trial
from reports.roofs import Roof, datasheet_roofs, measured_roofs

SCHEMA = "hwprof.report"
VERSION = 2
Amount = Annotated[float, Ge(0), Lt(math.inf)]
"""A number of a saved report: finite and not negative."""
FLAG_WORDS = {
    Flag.OUTSIDE_TRAINING.value: "unlike those the cost model was fitted on: wide intervals",
    Flag.ASSUMED_TRIP_COUNT.value: "in loops whose trip count was assumed",
    Flag.ASSUMED_SHAPE.value: "with a dimension that was assumed",
    Flag.UNKNOWN_OP.value: "with ops nothing is known of",
    Flag.UNKNOWN_PEAK.value: "in a number format whose peak is unknown",
    Flag.ANALYTIC_ONLY.value: "predicted from bounds alone, no measurement behind them",
    Flag.ABOVE_PEAK.value: "predicted above the peak: the bound stands in",
    Flag.NO_HARDWARE_FORMAT.value: "in a number format the device has no units for",
    Flag.LAUNCH_TAKEN_OUT.value: "measured as eager calls, whose launch was taken out",
}
"""What a flag says of kernels, in a reader's words."""
VERDICT_WORDS = {
    "failed": "failed and have no value",
    "timed out": "ran out of time and have no value",
    "noisy": "scatter more than wanted: trust their intervals, not their digits",
    "throttled": "ran while the clock was held back: the device can be faster",
}


def _is_bound(text: str) -> bool:
    return text in set(Bound)


@dataclass(frozen=True, slots=True)
class KernelRecord:
    """One kernel: figures of one execution, and how often it runs."""

    name: str
    family: str
    number_format: str
    count: Amount
    work_flop: Amount
    bytes_moved: Amount
    latency_s: Amount
    low_s: Amount
    high_s: Annotated[float, Ge(0)]
    attainable_s: Amount
    bound: Annotated[str, Predicate(_is_bound)]
    flags: tuple[str, ...] = ()
    location: str = ""
    blocks: str = ""
    launch_s: Amount = 0.0
    """What of ``latency_s`` is predicted to be the launch, at most what exceeds the bound."""

    @property
    def total_s(self) -> float:
        """Time of all executions."""
        return self.latency_s * self.count

    @property
    def intensity(self) -> float:
        """FLOP per byte; 0 without traffic, so that it can be drawn."""
        return self.work_flop / self.bytes_moved if self.bytes_moved else 0.0

    @property
    def efficiency(self) -> float:
        """Attainable over actual time."""
        return self.attainable_s / self.latency_s if self.latency_s else 0.0

    @property
    def recoverable_s(self) -> float:
        """Time all executions spend above the attainable bound, their launches apart."""
        return max(0.0, self.latency_s - self.attainable_s) * self.count - self.launches_s

    @property
    def launches_s(self) -> float:
        """Time of all launches, never more than the time above the attainable bound."""
        return min(self.launch_s, max(0.0, self.latency_s - self.attainable_s)) * self.count


@dataclass(frozen=True, slots=True)
class DeviceSection:
    """A model's kernels on one device. ``measured`` says whether times are measured."""

    name: str
    title: str
    stack: str
    number_format: str
    peak_flop_per_s: Amount | None
    bandwidth_bytes_per_s: Amount | None
    kernels: tuple[KernelRecord, ...]
    measured: bool = False
    roofs: tuple[Roof, ...] = ()
    """Limits of the roofline beyond peak and DRAM bandwidth; empty where only those are known."""
    queued_s: tuple[float, float, float] | None = None
    """The model's time and its 90% interval where kernels queue and it is no sum of theirs."""

    @property
    def measured_s(self) -> float:
        """M: time of all kernels."""
        return sum(kernel.total_s for kernel in self.kernels)

    @property
    def interval_s(self) -> tuple[float, float]:
        """Sums of the kernels' interval ends: holds even if all errors go the same way."""
        return (
            sum(kernel.low_s * kernel.count for kernel in self.kernels),
            sum(kernel.high_s * kernel.count for kernel in self.kernels),
        )

    @property
    def attainable_s(self) -> float:
        """A: attainable time of all kernels, each bound by itself."""
        return sum(kernel.attainable_s * kernel.count for kernel in self.kernels)

    @property
    def launches_s(self) -> float:
        """Time of all launches."""
        return sum(kernel.launches_s for kernel in self.kernels)

    @property
    def work_flop(self) -> float:
        """O: work of all kernels."""
        return sum(kernel.work_flop * kernel.count for kernel in self.kernels)

    @property
    def ideal_s(self) -> float | None:
        """L*: time at peak; ``None`` without one."""
        return self.work_flop / self.peak_flop_per_s if self.peak_flop_per_s else None

    @property
    def efficiencies(self) -> tuple[float, float, float] | None:
        """E, E_max and E_kern, or ``None`` where the peak is unknown or nothing runs."""
        if self.ideal_s is None or not self.measured_s or not self.attainable_s:
            return None
        return (
            self.ideal_s / self.measured_s,
            self.ideal_s / self.attainable_s,
            self.attainable_s / self.measured_s,
        )

    def waterline(self) -> Waterline | None:
        """Return the sequence with every execution of a kernel in one bar."""
        if not self.peak_flop_per_s or not self.bandwidth_bytes_per_s:
            return None
        bars = [(k.work_flop * k.count, k.bytes_moved * k.count, k.total_s) for k in self.kernels]
        return waterline(bars, self.peak_flop_per_s, self.bandwidth_bytes_per_s)


@dataclass(frozen=True, slots=True)
class MeasuredPoint:
    """A benchmark's point as a figure needs it."""

    benchmark: str
    axes: Mapping[str, str | int | float]
    quantity: str
    verdict: str
    reason: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kept_fraction: float = 1.0
    basis: str = "wall"
    work_flop: float = 0.0
    bytes_moved: float = 0.0
    requested_bytes: float = 0.0
    """Bytes the variant asks memory for, where that is more than the least possible."""
    peak_flop_per_s: float | None = None
    """The device's datasheet rate in the point's number format."""
    clock_hz: float | None = None
    """The clock a latency made of cycles is told at."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """A whole report."""

    title: str
    sections: tuple[DeviceSection, ...] = ()
    points: tuple[MeasuredPoint, ...] = ()
    environment: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    trials: tuple[Trial, ...] = ()
    published: tuple[Published, ...] = ()

    @property
    def stacks_text(self) -> str:
        """Whose kernels the times of all devices are of, each once."""
        return ", ".join(dict.fromkeys(one.stack for one in self.sections if one.stack))

    def to_json(self) -> str:
        """Write the document; ``from_json`` reads the same report back."""
        document = {"schema": f"{SCHEMA}/{VERSION}", **asdict(self)}
        return json.dumps(document, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, name: str = "report") -> ReportData:
        """Read a document; ``InputError`` for one that is damaged, foreign or newer."""
        try:
            document = json.loads(text)
            schema, _, version = str(document["schema"]).partition("/")
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{name}: not a hwprof report (JSON with a schema)") from error
        if schema != SCHEMA:
            raise InputError(f"{name}: schema {schema!r}, expected {SCHEMA!r}")
        if not version.isdigit() or int(version) > VERSION:
            raise InputError(f"{name}: written by a newer hwprof (schema {version}); upgrade")
        from reports.validated import validated

        return validated(text, name)


def section_of(
    predictions: Sequence[Prediction],
    spec: DeviceSpec,
    peak: Mapping[NumberFormat, float] | None = None,
    bandwidth_bytes_per_s: float | None = None,
    measurements: Sequence[Measurement] = (),
) -> DeviceSection:
    """Build a section; ``peak`` and ``bandwidth`` override the datasheet's (a measured CPU).

    ``measurements`` of the device add measured roofs.

    The level of the waterline is that of the number format most of the work is in.
    """
    work: dict[NumberFormat, float] = {}
    for prediction in predictions:
        kernel = prediction.kernel
        done = kernel.work_flop * kernel.count
        work[kernel.number_format] = work.get(kernel.number_format, 0.0) + done
    main = max(work, key=lambda f: work[f]) if work else NumberFormat.FP32
    rate = peak.get(main) if peak is not None else peak_flop_per_s(spec, main)[0]
    return DeviceSection(
        name=spec.name,
        title=spec.title,
        stack=predictions[0].stack if predictions else "",
        number_format=main.value,
        peak_flop_per_s=rate,
        bandwidth_bytes_per_s=bandwidth_bytes_per_s or spec.dram_bandwidth_bytes_per_s,
        kernels=tuple(_record(prediction) for prediction in predictions),
        roofs=(*datasheet_roofs(spec, main.value), *measured_roofs(measurements, main.value, rate)),
    )


def points_of(
    measurements: Iterable[Measurement], spec: DeviceSpec | None = None
) -> tuple[MeasuredPoint, ...]:
    """Turn a run's measurements into what figures draw; samples stay in the store."""
    return tuple(
        MeasuredPoint(
            one.point.benchmark,
            dict(one.point.axes),
            one.quantity.value,
            one.verdict.value,
            one.reason,
            one.value,
            one.low,
            one.high,
            one.kept_fraction,
            one.basis,
            one.work_flop,
            one.bytes_moved,
            float(one.notes.get("requested_bytes", 0.0)),
            _peak_of(one, spec),
            one.clock_hz,
        )
        for one in measurements
    )


def _peak_of(one: Measurement, spec: DeviceSpec | None) -> float | None:
    axes = dict(one.point.axes)
    name = str(axes.get("number_format") or axes.get("format") or axes.get("shape") or "")
    name = name.partition("_m")[0]
    known = spec is not None and name in set(NumberFormat)
    return spec.peak(NumberFormat(name)) if spec is not None and known else None


def published_of(measurements: Iterable[Measurement], spec: DeviceSpec) -> tuple[Published, ...]:
    """Set a run's figures beside what others published of the chip, and its datasheet."""
    from microbench.reference.compare import compare

    found = []
    for one in compare(measurements, spec):
        low, high = one.published_range or (None, None)
        if low is None and one.peak is None:
            continue
        found.append(
            Published(
                f"{one.figure} {one.point}",
                one.unit,
                one.value,
                one.low,
                one.high,
                low,
                high,
                "; ".join(sorted({row.source for row in one.published})),
                one.peak,
                one.method,
                "; ".join(sorted({row.method for row in one.published})),
                one.like,
            )
        )
    return tuple(found)


def warnings_of(sections: Iterable[DeviceSection], points: Iterable[MeasuredPoint]) -> list[str]:
    """Collect what a reader must know before trusting a figure."""
    found = []
    for section in sections:
        if section.efficiencies is not None:
            warning = above_peak_warning(max(section.efficiencies))
            if warning:
                worst = max(section.kernels, key=lambda kernel: kernel.efficiency)
                most = f"most of all {worst.name}, predicted at {worst.efficiency:.0%}"
                found.append(f"{section.title}: {warning}; {most}")
        weightless = sum(not kernel.bytes_moved for kernel in section.kernels)
        if weightless:
            verb = "kernels move" if weightless > 1 else "kernel moves"
            found.append(f"{section.title}: {weightless} {verb} no bytes and has no width")
        flags = sorted({flag for kernel in section.kernels for flag in kernel.flags})
        for flag in flags:
            share = sum(k.total_s for k in section.kernels if flag in k.flags)
            part = share / section.measured_s if section.measured_s else 0.0
            told = "less than 1%" if 0 < part < 0.01 else f"{part:.0%}"
            words = FLAG_WORDS.get(flag, flag)
            found.append(f"{section.title}: {told} of the time is of kernels {words} ({flag})")
    points = tuple(points)
    doubtful = [point for point in points if point.verdict != "ok"]
    for verdict in sorted({point.verdict for point in doubtful}):
        count = sum(point.verdict == verdict for point in doubtful)
        told = VERDICT_WORDS.get(verdict, f"ended as {verdict}")
        found.append(f"{count} of {len(points)} measured points {told}")
    return found


def _record(prediction: Prediction) -> KernelRecord:
    kernel = prediction.kernel
    return KernelRecord(
        name=kernel.name,
        family=kernel.family.value,
        number_format=kernel.number_format.value,
        count=kernel.count,
        work_flop=kernel.work_flop,
        bytes_moved=kernel.bytes_moved,
        latency_s=prediction.latency_s,
        low_s=prediction.low_s,
        high_s=prediction.high_s,
        attainable_s=prediction.attainable_s,
        bound=prediction.bound.value,
        flags=tuple(sorted(flag.value for flag in prediction.flags | kernel.flags)),
        location=kernel.location,
        blocks=" ".join(f"{name}={size}" for name, size in prediction.blocks.items()),
        launch_s=prediction.parts_s.get("launch", 0.0),
    )
