"""One side of a comparison: a run's points as times with intervals, and its clock state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from microbench.benchmark import Measurement, Quantity, Verdict

LEAST_KEPT = 0.5
"""Below this share of undisturbed samples a verdict's reason says so, and a change needs proof."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One point of a run: median seconds per operation with its 95% interval, and samples."""

    key: str
    benchmark: str
    axes: Mapping[str, str | int | float]
    verdict: str
    time_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    clock_hz: float | None = None
    frequency_hz: float | None = None
    """What was measured, where that is a frequency: the time is of a fixed count of cycles."""
    samples_s: tuple[float, ...] = ()
    spread: float = 0.0
    """What fresh processes of this run differ by, as a share of the median."""
    kept: float = 1.0
    """Share of the samples that nothing disturbed."""

    @property
    def disturbed(self) -> str:
        """Say that fewer than half the samples were left alone; empty where they were."""
        return f"{self.kept:.0%} undisturbed" if self.kept < LEAST_KEPT else ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs."""

    name: str
    device: str
    points: tuple[Timed, ...]
    clock_state: Mapping[str, str] = field(default_factory=dict)
    """Settings of the environment record that fix clocks: governor, boost, locked clocks."""
    run: str = ""
    """Id of the run, "" where unknown."""


def side_of(
    name: str,
    device: str,
    measurements: Iterable[Measurement],
    environment: Mapping[str, object] | None = None,
    run: str = "",
) -> Side:
    """Build a side from a run's measurements, environment record and id."""
    points = tuple(_timed(one) for one in measurements)
    return Side(name, device, points, clock_state(environment or {}), run)


def clock_state(environment: Mapping[str, object]) -> dict[str, str]:
    """Pick out of an environment record what decides at which clock a run ran."""
    words = ("governor", "boost", "turbo", "clocks_locked", "application_clock", "power_limit")
    return {
        name: str(value)
        for name, value in environment.items()
        if any(word in name.lower() for word in words)
    }


def _timed(one: Measurement) -> Timed:
    usable = one.verdict in (Verdict.OK, Verdict.NOISY) and bool(one.time_s) and bool(one.value)
    low, high = _times(one) if usable else (None, None)
    cpu = one.basis == "cpu-time"
    samples = [s.cpu_time_s if cpu else s.time_s for s in one.samples if not s.discarded]
    return Timed(
        key=one.point.key,
        benchmark=one.point.benchmark,
        axes=dict(one.point.axes),
        verdict=one.verdict.value,
        time_s=one.time_s if usable else None,
        low_s=low,
        high_s=high,
        clock_hz=one.clock_hz,
        frequency_hz=one.value if usable and one.quantity is Quantity.FREQUENCY else None,
        samples_s=tuple(s for s in samples if s is not None) if usable else (),
        spread=float(one.notes.get("process_spread", 0.0)),
        kept=one.kept_fraction if one.samples else 1.0,
    )


def _times(one: Measurement) -> tuple[float | None, float | None]:
    """Return the interval in seconds; a rate's high end is the time's low end."""
    if not one.low or not one.high or not one.value or not one.time_s:
        return None, None
    if one.quantity is Quantity.LATENCY:
        return one.time_s * one.low / one.value, one.time_s * one.high / one.value
    return one.time_s * one.value / one.high, one.time_s * one.value / one.low
