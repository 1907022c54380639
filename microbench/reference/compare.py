"""Yours against published: a measurement beside the published range and the datasheet peak.

Like with like: a figure is compared only with figures of the same chip and the same quantity, and
the methods stand beside each other. Cycles are compared with cycles (a latency in seconds becomes
cycles by the clock that the kernel itself saw), and only cycles may come from another chip of the
same architecture where none were published for this one: ``like`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from microbench.benchmark import AxisValue, Measurement, Verdict
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat
from microbench.reference.chips import same_architecture, same_chip
from microbench.reference.published import Published, load

NEAR = 0.05
"""Share by which a figure may lie outside the published range and still agree with it."""


PER_CYCLE = ("cycles", "B/cycle/SM")
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A measurement as published tables state it: which figure, in which unit, and how to convert.

    ``scale`` turns the point's own quantity into ``unit``; ``peak`` is the datasheet's rate in it.
    """

    figure: str
    unit: str
    scale: Callable[[float], float]
    peak: float | None = None


def compare(measurements: Iterable[Measurement], spec: DeviceSpec) -> tuple[Comparison, ...]:
    """Return every measurement that published figures or the datasheet speak of.

    Only sound measurements take part: verdict ok or noisy, with a value. Of several points that
    read as one figure (a bandwidth by bytes in flight), the best counts, as in published tables.
    """
    rows = tuple(row for row in load() if same_chip(row.chip, spec))
    siblings = tuple(row for row in load() if same_architecture(row.chip, spec))
    found: dict[str, Comparison] = {}
    for measurement in measurements:
        sound = measurement.verdict in {Verdict.OK, Verdict.NOISY}
        reading = reading_of(measurement, spec) if sound else None
        if reading is None or measurement.value is None:
            continue
        comparison = _compare(measurement, measurement.value, reading, rows, siblings)
        before = found.get(reading.figure)
        if before is None or _better(comparison, before):
            found[reading.figure] = comparison
    return tuple(found[figure] for figure in sorted(found))


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


def reading_of(measurement: Measurement, spec: DeviceSpec) -> Reading | None:
    """Return how published tables would state a measurement; ``None`` where none has its like."""
    axes = dict(measurement.point.axes)
    reader = _READERS.get(measurement.point.benchmark)
    return None if reader is None else reader(measurement, axes, spec)


Reader = Callable[[Measurement, Mapping[str, AxisValue], DeviceSpec], Reading | None]


def _latency(
    measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec
) -> Reading | None:
    """Levels by working set: well inside a cache, or at least four times the last one."""
    size, space = int(axes["size_bytes"]), str(axes["space"])
    level = space
    if space == "l1" and size > 96 << 10:
        return None
    if space == "l2":
        l2_bytes = spec.l2_bytes or 0
        if l2_bytes and size >= 4 * l2_bytes:
            level = "dram"
        elif not l2_bytes or size > 0.45 * l2_bytes:
            return None
    return _cycles(measurement, f"latency.{level}")


def _cycles(measurement: Measurement, figure: str) -> Reading | None:
    clock_hz = measurement.clock_hz
    return Reading(figure, "cycles", lambda s: s * clock_hz) if clock_hz else None


def _operation_latency(
    measurement: Measurement, axes: Mapping[str, AxisValue], _spec: DeviceSpec
) -> Reading | None:
    name = str(axes["operation"])
    figure = f"dpx.{name.removeprefix('dpx_')}" if name.startswith("dpx_") else name
    return _cycles(measurement, f"latency.{figure}")


def _bandwidth(
    _measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec
) -> Reading:
    level, direction = axes["level"], axes["direction"]
    rate = spec.dram_bandwidth_bytes_per_s
    peak = rate / 1e9 if rate and level == "dram" else None
    return Reading(f"bandwidth.{level}.{direction}", "GB/s", _giga, peak)


def _onchip(
    measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec
) -> Reading | None:
    clock_hz, level = measurement.clock_hz, axes["level"]
    if level == "l1":
        return Reading("bandwidth.l1", "GB/s", _giga)
    if not clock_hz:
        return None
    per_cycle = spec.sm_count * clock_hz
    return Reading("bandwidth.shared", "B/cycle/SM", lambda rate: rate / per_cycle, 128.0)


def _mma_latency(
    measurement: Measurement, axes: Mapping[str, AxisValue], _spec: DeviceSpec
) -> Reading | None:
    return _cycles(measurement, f"latency.mma.{axes['shape']}")


def _mma(measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec) -> Reading:
    peak = _peak(measurement, spec, "sparse" in str(axes["shape"]))
    unit = "TOP/s" if str(axes["shape"]).startswith("int") else "TFLOP/s"
    return Reading(f"rate.mma.{axes['shape']}", unit, _tera, peak)


def _wgmma(measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec) -> Reading:
    sparse = axes["pattern"] == "sparse"
    form = str(axes["format"]).replace("fp8_e4m3", "fp8")
    depth = {"tf32": 8, "bf16": 16, "fp16": 16, "fp16acc": 16}.get(form, 32)
    shape = f"m64n{axes['columns']}k{depth * 2 if sparse else depth}"
    figure = f"rate.wgmma.{form}_{shape}_{axes['source']}{'_sparse' if sparse else ''}"
    return Reading(figure, "TFLOP/s", _tera, _peak(measurement, spec, sparse))


def _gemm(
    measurement: Measurement, axes: Mapping[str, AxisValue], spec: DeviceSpec
) -> Reading | None:
    if axes["op"] != "mm" or axes["cache"] != "hot":
        return None
    peak = _peak(measurement, spec, False)
    return Reading(f"rate.gemm.{axes['number_format']}", "TFLOP/s", _tera, peak)


def _cluster_latency(
    measurement: Measurement, _axes: Mapping[str, AxisValue], _spec: DeviceSpec
) -> Reading | None:
    return _cycles(measurement, "latency.dsm")


def _cluster_bandwidth(
    _measurement: Measurement, _axes: Mapping[str, AxisValue], _spec: DeviceSpec
) -> Reading:
    return Reading("bandwidth.dsm", "GB/s", _giga)


def _transfer(
    _measurement: Measurement, axes: Mapping[str, AxisValue], _spec: DeviceSpec
) -> Reading | None:
    if axes["memory"] != "pinned":
        return None
    ways = {"h2d": "host_to_device", "d2h": "device_to_host"}
    return Reading(f"bandwidth.{ways[str(axes['direction'])]}", "GB/s", _giga)


def _giga(value: float) -> float:
    return value / 1e9


def _tera(value: float) -> float:
    return value / 1e12


def _peak(measurement: Measurement, spec: DeviceSpec, sparse: bool) -> float | None:
    """Return the datasheet's dense rate (twice it for 2:4 sparse operands) in TFLOP/s."""
    told = measurement.notes.get("number_format")
    if told is None:
        return None
    peak = spec.peak(NumberFormat(str(told)))
    return None if peak is None else peak * (2 if sparse else 1) / 1e12


_READERS: dict[str, Reader] = {
    "gpu.memory.latency": _latency,
    "gpu.memory.bandwidth": _bandwidth,
    "gpu.memory.onchip": _onchip,
    "gpu.arithmetic.latency": _operation_latency,
    "gpu.tensor.mma.latency": _mma_latency,
    "gpu.tensor.mma.throughput": _mma,
    "gpu.tensor.wgmma.throughput": _wgmma,
    "gpu.gemm": _gemm,
    "gpu.cluster.latency": _cluster_latency,
    "gpu.cluster.bandwidth": _cluster_bandwidth,
    "gpu.transfer": _transfer,
}
