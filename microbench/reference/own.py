"""The sanity rules applied to what was just measured: an impossible figure is refused.

The same rules that judge published figures; see ``sanity``. They know hardware of the catalogue:
a figure of a device that is not in it passes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from microbench.benchmark import Measurement, Verdict
from microbench.devices.spec import DeviceSpec
from microbench.reference.compare import reading_of
from microbench.reference.sanity import (
    ROUNDING,
    SIMPLE_OP_CYCLES,
    WINDOWS_CYCLES,
    is_plausible,
    ladder_problem,
    rate_problem,
)
from microbench.units import measured, size

FMA_LANES = {
    "fp32_fma": {"8.0": 64, "8.6": 128, "8.9": 128, "9.0": 128, "12.0": 128},
    "fp64_fma": {"8.0": 32, "8.6": 2, "8.9": 2, "9.0": 64, "12.0": 2},
}
"""Multiply-adds an SM starts in a cycle, by compute capability (CUDA C++ Programming Guide, table
of arithmetic throughput). An H200 at 1.98 GHz makes 67 TFLOP/s of them in fp32 and 33.5 in fp64, as
its datasheet says; fp64 beyond that takes its tensor cores."""
LADDERS = ("cpu.memory.latency", "gpu.memory.latency")


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
    problem = _above_the_lanes(measurement, measurement.value, spec)
    if problem:
        return problem
    reading = reading_of(measurement, spec)
    if reading is None:
        return ""
    value = reading.scale(measurement.value)
    quantity, _, subject = reading.figure.partition(".")
    if quantity == "latency" and subject.partition(".")[0] not in {*WINDOWS_CYCLES, "mma"}:
        least = SIMPLE_OP_CYCLES[0]
        # A slope of exactly 4 cycles reads a hair under it as often as over it.
        low = value < least / ROUNDING
        return f"a dependent instruction takes at least {least:g} cycles" if low else ""
    if subject.startswith("wgmma."):
        problem = _above_the_clock(value, reading.peak, measurement.clock_hz, spec)
        if problem:
            return problem
    benchmark, variant = _published_name(quantity, subject)
    return is_plausible(spec.name, benchmark, variant, quantity, value, reading.unit)


def _above_the_lanes(measurement: Measurement, rate: float, spec: DeviceSpec) -> str:
    """Hold a rate of multiply-adds against the lanes there are, at the clock the kernel saw."""
    if measurement.point.benchmark != "gpu.arithmetic.throughput" or not measurement.clock_hz:
        return ""
    operation = str(measurement.point["operation"])
    lanes = FMA_LANES.get(operation, {}).get(spec.compute_capability or "")
    if lanes is None:
        return ""
    return rate_problem(rate, spec.sm_count, 2.0 * lanes, measurement.clock_hz)


def _above_the_clock(
    rate: float, peak: float | None, clock_hz: float | None, spec: DeviceSpec
) -> str:
    """Hold a tensor rate against the clock the kernel itself saw.

    What an SM does in a cycle is a power of two, so that the datasheet's rate, stated at some clock
    between base and boost, gives it exactly.
    """
    if peak is None or clock_hz is None or spec.clock_hz is None:
        return ""
    per_cycle = 2.0 ** math.ceil(math.log2(0.99 * peak * 1e12 / (spec.sm_count * spec.clock_hz)))
    return rate_problem(rate * 1e12, spec.sm_count, per_cycle, clock_hz)


def _published_name(quantity: str, subject: str) -> tuple[str, str]:
    """Return benchmark and variant as the rules, written for published tables, know a figure."""
    kind, _, shape = subject.partition(".")
    if quantity == "rate":
        return ("mma_sync", shape) if kind == "mma" else (kind, shape)
    if quantity == "bandwidth" and kind == "dram":
        return "babelstream", shape
    if quantity == "latency" and kind == "mma":
        return "mma_sync", shape
    return {"dsm": "dsm"}.get(kind, quantity), subject


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
