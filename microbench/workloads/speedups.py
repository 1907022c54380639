"""Claimed, attainable and measured speed-up of each workload, its baseline beside every ratio.

Read from measurements of ``cpu.workloads`` or ``gpu.workloads``: all a ratio needs stands in the
points' notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from microbench.benchmark import Measurement, Verdict
from microbench.errors import InputError
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED

BENCHMARKS = ("cpu.workloads", "gpu.workloads")
MARKDOWN_HEAD = (
    "| | workload | variant | baseline | claimed | attainable | measured | |\n"
    "| --- | --- | --- | --- | --- | --: | --: | --- |"
)


@dataclass(frozen=True, slots=True)
class Speedup:
    """One variant against its workload's unfused one, on one device."""

    key: str
    workload: str
    variant: str
    baseline: str
    claimed: str
    attainable: float
    """Unfused over fused bytes: what saving them can give where memory is the bound."""
    measured: float
    low: float
    high: float
    """From the ends of both 95% intervals: wider than an interval of the ratio need be."""
    noisy: bool

    @property
    def verdict(self) -> str:
        """``slower`` or ``faster`` beyond the interval, else ``same``; ``noisy`` is said too."""
        found = "slower" if self.high < 1 else "faster" if self.low > 1 else "same"
        return f"{found}, noisy" if self.noisy else found


def speedups(measurements: Iterable[Measurement]) -> tuple[Speedup, ...]:
    """Return every variant measured beside its baseline, in the order of measuring.

    Variants without a number, or whose baseline has none, are left out: their verdicts stand in the
    run. The fused variant comes first of a workload's.
    """
    by_workload: dict[tuple[str, str], dict[str, Measurement]] = {}
    for one in measurements:
        if one.point.benchmark in BENCHMARKS and one.value:
            key = (one.point.benchmark, str(one.point["workload"]))
            by_workload.setdefault(key, {})[str(one.point["variant"])] = one
    return tuple(
        _speedup(name, variant, found[UNFUSED], found[variant])
        for (_, name), found in by_workload.items()
        if UNFUSED in found
        for variant in sorted(found, key=lambda text: (text != FUSED, text))
        if variant not in {UNFUSED, REFERENCE}
    )


def _speedup(name: str, variant: str, plain: Measurement, other: Measurement) -> Speedup:
    notes = other.notes
    (plain_low, plain_s, plain_high), (low, time_s, high) = _times(plain), _times(other)
    return Speedup(
        key=str(notes.get("workload", "")),
        workload=name,
        variant=variant,
        baseline=str(notes.get("baseline", "")),
        claimed=str(notes.get("claimed", "")),
        attainable=float(notes.get("attainable_speedup", "nan")),
        measured=plain_s / time_s,
        low=plain_low / high,
        high=plain_high / low,
        noisy=Verdict.NOISY in {plain.verdict, other.verdict},
    )


def _times(one: Measurement) -> tuple[float, float, float]:
    """Return low, median and high; too few samples for an interval have their whole range."""
    middle = one.value or 0.0
    cpu_times = [sample.cpu_time_s for sample in one.samples if sample.cpu_time_s is not None]
    wall_times = [sample.time_s for sample in one.samples]
    times = (cpu_times if one.basis == "cpu-time" else wall_times) or [middle]
    return min(one.low or min(times), middle), middle, max(one.high or max(times), middle)


def markdown(rows: Sequence[Speedup]) -> str:
    """Return a table for a document."""
    lines = [
        f"| {one.key} | {one.workload} | {one.variant} | {one.baseline} | {one.claimed} "
        f"| {one.attainable:.2f} | {one.measured:.2f} | {one.verdict} |"
        for one in rows
    ]
    return "\n".join([MARKDOWN_HEAD, *lines])


def filled(text: str, rows: Sequence[Speedup]) -> str:
    """Return a document with what stands between its marks replaced by what was measured.

    ``<!-- table -->`` and ``<!-- ratio WORKLOAD VARIANT -->`` open, the same with a slash closes.
    ``InputError`` for a ratio the rows do not hold.
    """
    measured = {(row.workload, row.variant): f"{row.measured:.2f}" for row in rows}

    def ratio(found: re.Match[str]) -> str:
        opening, workload, variant, closing = found.groups()
        if (workload, variant) not in measured:
            raise InputError(f"the run has no ratio of {workload}, {variant}")
        return f"{opening}{measured[workload, variant]}{closing}"

    return _RATIO.sub(ratio, _TABLE.sub(lambda _: markdown(rows) + "\n", text))


_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- /table -->)", re.DOTALL)
_RATIO = re.compile(r"(<!-- ratio ([\w-]+) ([\w-]+) -->).*?(<!-- /ratio -->)")
