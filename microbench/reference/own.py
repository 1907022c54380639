"""The sanity rules applied to what was just measured: an impossible figure is refused.

The same rules that judge published figures (see ``sanity``), and what the multiprocessors of the
chip do in a cycle at the clock the kernel itself saw (see ``ceilings``). They know hardware of the
catalogue: a figure of a device that is not in it passes, and so does one whose peak no document
states (one-bit products but on A100).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from microbench.benchmark import Measurement, Quantity, Verdict
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat
from microbench.reference import ceilings
from microbench.reference.chips import find_chip
from microbench.reference.readings import Reading, readings_of
from microbench.reference.sanity import (
    ROUNDING,
    SIMPLE_OP_CYCLES,
    WINDOWS_CYCLES,
    is_plausible,
    ladder_problem,
    rate_problem,
)
from microbench.units import measured, quantity, size

LADDERS = ("cpu.memory.latency", "gpu.memory.latency")
PRODUCTS = frozenset({"mm", "bmm", "sdpa"})
"""Library calls that do all the work they are counted with; Winograd convolutions do less."""
DRAM_TRAFFIC = frozenset({"gpu.gemm", "gpu.library", "gpu.fusion"})


def refuse_impossible(measurement: Measurement, spec: DeviceSpec) -> Measurement:
    """Return the measurement, without its number and with the reason if it cannot be true."""
    problem = impossible(measurement, spec)
    if not problem or measurement.value is None:
        return measurement
    return replace(
        measurement,
        verdict=Verdict.WRONG_RESULT,
        reason=f"{measured(measurement.value, measurement.quantity)} cannot be: {problem}",
        value=None,
        low=None,
        high=None,
    )


def impossible(measurement: Measurement, spec: DeviceSpec) -> str:
    """Return why a measured figure cannot be true of a device, or ""."""
    if measurement.value is None:
        return ""
    for rule in _RULES:
        problem = rule(measurement, measurement.value, spec)
        if problem:
            return problem
    return ""


def _per_cycle(measurement: Measurement, rate: float, spec: DeviceSpec) -> str:
    """Hold a rate against what the SMs do in a cycle, at the clock the kernel saw."""
    limit = PER_CYCLE.get(measurement.point.benchmark)
    per_cycle = limit(measurement, spec) if limit else None
    clock_hz = measurement.clock_hz or _highest_clock_hz(spec)
    if per_cycle is None or clock_hz is None:
        return ""
    unit = "B/s" if measurement.quantity is Quantity.BANDWIDTH else "FLOP/s"
    return rate_problem(rate, spec.sm_count, per_cycle, clock_hz, unit)


def _operation(measurement: Measurement, spec: DeviceSpec) -> float | None:
    return ceilings.operation_flop_per_cycle(str(measurement.point["operation"]), spec)


def _mma(measurement: Measurement, spec: DeviceSpec) -> float | None:
    return ceilings.shape_flop_per_cycle(str(measurement.point["shape"]), spec)


def _wgmma(measurement: Measurement, spec: DeviceSpec) -> float | None:
    axes = dict(measurement.point.axes)
    return ceilings.group_flop_per_cycle(str(axes["format"]), axes["pattern"] == "sparse", spec)


def _tcgen05(measurement: Measurement, spec: DeviceSpec) -> float | None:
    axes = dict(measurement.point.axes)
    return ceilings.fifth_flop_per_cycle(str(axes["format"]), axes["pattern"] == "sparse", spec)


def _port(measurement: Measurement, _spec: DeviceSpec) -> float:
    """Bytes read and bytes written may pass together."""
    both = dict(measurement.point.axes).get("direction") in {"copy", "triad"}
    return ceilings.SM_BYTES * (2.0 if both else 1.0)


PER_CYCLE: dict[str, Callable[[Measurement, DeviceSpec], float | None]] = {
    "gpu.arithmetic.throughput": _operation,
    "gpu.tensor.mma.throughput": _mma,
    "gpu.tensor.wgmma.throughput": _wgmma,
    "gpu.tensor.tcgen05.throughput": _tcgen05,
    "gpu.memory.bandwidth": _port,
    "gpu.memory.onchip": _port,
    "gpu.cluster.bandwidth": _port,
    "gpu.copy.bandwidth": _port,
}
"""What an SM does in a cycle at most, by benchmark: FLOP or bytes."""
IN_FULL = frozenset({"gpu.tensor.wgmma.throughput", "gpu.tensor.tcgen05.throughput"})
"""Held to the very format and clock, which rules for published tables must guess. ``mma.sync`` is
held to those too: the share of Hopper's rate it reaches was published at unknown clocks."""


def _highest_clock_hz(spec: DeviceSpec) -> float | None:
    """Return the driver's highest clock, or the datasheet's and what chips were seen above it."""
    chip = find_chip(spec.name)
    if chip is None or not spec.clock_hz:
        return None
    told = spec.sources.get("clock_hz", "").startswith("read from the driver")
    return spec.clock_hz * (1.0 if told else chip.headroom)


def _library_product(measurement: Measurement, value: float, spec: DeviceSpec) -> str:
    """Hold a library's products against the tensor cores at the highest clock."""
    axes, clock_hz = dict(measurement.point.axes), _highest_clock_hz(spec)
    form = axes.get("number_format")
    if axes.get("op") not in PRODUCTS or form not in set(NumberFormat) or clock_hz is None:
        return ""
    per_cycle = _library_flop_per_cycle(NumberFormat(str(form)), spec)
    is_rate = measurement.quantity is Quantity.THROUGHPUT
    rate = value if is_rate else measurement.work_flop / value
    return "" if per_cycle is None else rate_problem(rate, spec.sm_count, per_cycle, clock_hz)


def _library_flop_per_cycle(number_format: NumberFormat, spec: DeviceSpec) -> float | None:
    """Return the best of tensor cores (sums of halves allowed) and plain multiply-adds."""
    halves = number_format in {NumberFormat.FP16, NumberFormat.FP8_E4M3}
    plain = ceilings.operation_flop_per_cycle(f"{number_format}_fma", spec)
    through = (
        None
        if number_format is NumberFormat.FP32
        else ceilings.tensor_flop_per_cycle(spec, number_format, full_sums=halves)
    )
    return max(filter(None, (plain, through)), default=None)


def _dram_traffic(measurement: Measurement, value: float, spec: DeviceSpec) -> str:
    """Hold the least bytes of a call against DRAM; what L2 held before and after came for free."""
    rate, benchmark = spec.dram_bandwidth_bytes_per_s, measurement.point.benchmark
    needed = 0.0
    if benchmark == "gpu.copy.bandwidth" and measurement.point["level"] == "dram":
        needed = value
    elif benchmark in DRAM_TRAFFIC:
        is_rate = measurement.quantity is Quantity.THROUGHPUT
        calls_per_s = value / measurement.work_flop if is_rate and measurement.work_flop else 0.0
        calls_per_s = calls_per_s if is_rate else 1 / value
        needed = calls_per_s * (measurement.bytes_moved - 2 * (spec.l2_bytes or 0))
    if rate is not None and needed > ROUNDING * rate:
        return f"{quantity(needed, 'B/s')} from memory that carries {quantity(rate, 'B/s')}"
    return ""


def _host_link(measurement: Measurement, value: float, spec: DeviceSpec) -> str:
    if measurement.point.benchmark != "gpu.transfer":
        return ""
    chip = find_chip(spec.name)
    link = chip.host_link_bytes_per_s if chip else None
    if link is not None and value > ROUNDING * link:
        return f"above what 16 lanes carry one way, {quantity(link, 'B/s')}"
    return ""


def _published_rules(measurement: Measurement, value: float, spec: DeviceSpec) -> str:
    if measurement.point.benchmark in IN_FULL:
        return ""
    problems = (_rule(reading, value, spec) for reading in readings_of(measurement, spec))
    return next(filter(None, problems), "")


def _rule(reading: Reading, value: float, spec: DeviceSpec) -> str:
    scaled = reading.scale(value)
    quantity, _, subject = reading.figure.partition(".")
    if quantity == "latency" and subject.partition(".")[0] not in {*WINDOWS_CYCLES, "mma"}:
        least = SIMPLE_OP_CYCLES[0]
        # A slope of exactly 4 cycles reads a hair under it as often as over it.
        low = scaled < least / ROUNDING
        return f"a dependent instruction takes at least {least:g} cycles" if low else ""
    benchmark, variant = _published_name(quantity, subject)
    return is_plausible(spec.name, benchmark, variant, quantity, scaled, reading.unit)


_RULES: tuple[Callable[[Measurement, float, DeviceSpec], str], ...] = (
    _per_cycle,
    _library_product,
    _dram_traffic,
    _host_link,
    _published_rules,
)


def _published_name(quantity: str, subject: str) -> tuple[str, str]:
    """Return benchmark and variant as the rules, written for published tables, know a figure."""
    kind, _, rest = subject.partition(".")
    if quantity == "bandwidth" and kind == "dram":
        return "babelstream", rest
    if kind == "mma":
        return "mma_sync", rest
    if kind == "dsm":
        return "dsm", subject
    return quantity, kind if kind in WINDOWS_CYCLES else subject


def ladder_problems(measurements: Iterable[Measurement]) -> tuple[str, ...]:
    """Return where a latency ladder falls as the working set grows, a line a ladder."""
    ladders: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for one in measurements:
        if one.point.benchmark in LADDERS and one.value is not None:
            others = [axis for axis in one.point.axes if axis[0] != "size_bytes"]
            rest = ", ".join(
                f"{name.removesuffix('_bytes')} of {size(x)}"
                if isinstance(x, int)
                else f"{name} {x}"
                for name, x in others
            )
            steps = ladders.setdefault((one.point.benchmark, rest), [])
            steps.append((int(one.point["size_bytes"]), one.value))
    found = []
    for (benchmark, setting), steps in ladders.items():
        spans, latencies = [span for span, _ in steps], [latency for _, latency in steps]
        problem = ladder_problem(spans, latencies, "s")
        if problem:
            found.append(f"{benchmark} ({setting}): {problem}")
    return tuple(found)
