"""What the driver saw of a GPU during a point, written beside its measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from statistics import fmean

from microbench.benchmark import AxisValue, Measurement, Verdict
from microbench.devices.telemetry import NOBODY, PERIOD_S, Reading, Telemetry
from microbench.runner.environment import load
from microbench.runner.target import Target

POWER_CAP = "software-power-cap"
"""Reaching the power limit is how a GPU runs dense products: noted, not held against a point."""


@contextmanager
def telemetry_of(target: Target) -> Iterator[Telemetry | None]:
    """Watch a GPU while the block runs; a CPU has no such telemetry and gives ``None``."""
    if target.index is None:
        yield None
        return
    from microbench.devices.telemetry import watch

    # The children's numbers are not ours to know, so users are counted, not named.
    with watch(target.index, own_pid=NOBODY) as telemetry:
        yield telemetry


def closing_facts(telemetry: Telemetry | None) -> dict[str, object]:
    """Return the facts to keep at a run's end: load, and why telemetry stopped early, if it did."""
    facts: dict[str, object] = dict(load())
    if telemetry is not None and telemetry.fault:
        facts["telemetry_fault"] = telemetry.fault
    return facts


def readings_of(telemetry: Telemetry, start_s: float, end_s: float) -> tuple[Reading, ...]:
    """Return a point's readings, and the one before it: a short point may have none of its own."""
    return telemetry.between(start_s - 1.5 * PERIOD_S, end_s)


def observed(
    measurement: Measurement, readings: Sequence[Reading], contended: bool = False
) -> Measurement:
    """Return the measurement with the point's telemetry in its notes and what it means for it.

    Beside loads (``contended``) other processes on the GPU are noted, not held against the point.
    """
    if not readings:
        return measurement
    held_down = frozenset().union(*(one.reasons for one in readings if one.throttled))
    crowd = max(len(one.foreign_pids) for one in readings)
    notes: dict[str, AxisValue] = dict(measurement.notes)
    for name, pick, summarise in _FIGURES:
        values = [value for one in readings if (value := pick(one)) is not None]
        if values:
            notes[name] = summarise(values)
    if held_down:
        notes["throttle_reasons"] = ", ".join(sorted(held_down))
    if crowd > 1:
        notes["gpu_processes"] = crowd
    unwanted = 1 if contended else crowd
    verdict, reason = _judged(measurement, held_down - {POWER_CAP}, unwanted)
    return replace(measurement, notes=notes, verdict=verdict, reason=reason)


def _judged(measurement: Measurement, held_down: frozenset[str], crowd: int) -> tuple[Verdict, str]:
    """Lower a usable verdict when the clock was held down or others used the GPU."""
    verdict, reasons = measurement.verdict, [measurement.reason]
    if verdict in (Verdict.OK, Verdict.NOISY) and crowd > 1:
        verdict = Verdict.NOISY
        reasons.append(f"{crowd} processes were on the GPU")
    if verdict in (Verdict.OK, Verdict.NOISY) and held_down & _NEVER_NORMAL:
        verdict = Verdict.THROTTLED
        reasons.append(f"the driver held the clock down: {', '.join(sorted(held_down))}")
    return verdict, "; ".join(filter(None, reasons))


_NEVER_NORMAL = frozenset(
    {"hardware-slowdown", "software-thermal", "hardware-thermal", "hardware-power-brake"}
)
_FIGURES: tuple[
    tuple[str, Callable[[Reading], float | None], Callable[[list[float]], float]], ...
] = (
    ("power_w_mean", lambda one: one.power_w, fmean),
    ("power_w_max", lambda one: one.power_w, max),
    ("temperature_c_max", lambda one: one.temperature_c, max),
    ("sm_clock_hz_min", lambda one: one.sm_clock_hz, min),
    ("sm_clock_hz_max", lambda one: one.sm_clock_hz, max),
    ("memory_clock_hz_min", lambda one: one.memory_clock_hz, min),
)
