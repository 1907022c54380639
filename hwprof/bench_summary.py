"""What a run found, as a table for people and as ``hwprof.bench/1`` for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hwprof.bench_numbers import axes_text, cycles_text, half_width_text, median_text
from hwprof.units import percent
from microbench.benchmark import Measurement, Verdict

if TYPE_CHECKING:
    from rich.table import Table

    from microbench.runner.plan import Plan
    from microbench.store import Run

COLOURS = {
    Verdict.OK: "green",
    Verdict.NOISY: "yellow",
    Verdict.THROTTLED: "yellow",
    Verdict.EMULATED: "yellow",
    Verdict.UNSUPPORTED: "dim",
}


def summary_table(run: Run, measurements: Sequence[Measurement]) -> Table:
    """Return one row a point: median, interval, verdict, kept fraction, and why where not ok.

    Latencies told at a clock stand in its cycles, too.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{run.device_spec.title}: run {run.name or run.id}", title_justify="left")
    for name, justify in (("benchmark", "left"), ("setting", "left"), ("median", "right")):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]  # literals
    in_cycles = any(map(cycles_text, measurements))
    if in_cycles:
        table.add_column("cycles", justify="right")
    table.add_column("95%", justify="right")
    table.add_column("verdict")
    table.add_column("kept", justify="right")
    with_reasons = any(one.reason for one in measurements)
    if with_reasons:
        table.add_column("why", overflow="fold")
    before = ""
    for one in measurements:
        name = one.point.benchmark
        if before and name != before:
            table.add_section()
        table.add_row(
            Text("" if name == before else name),
            Text(axes_text(one.point)),
            median_text(one),
            *([cycles_text(one)] if in_cycles else []),
            half_width_text(one),
            Text(one.verdict, style=COLOURS.get(one.verdict, "red")),
            percent(one.kept_fraction) if one.samples else "-",
            *([Text(one.reason)] if with_reasons else []),
        )
        before = name
    return table


def speedup_table(measurements: Sequence[Measurement]) -> Table | None:
    """Return workloads' variants against their baselines, or ``None`` where a run has none.

    Each ratio stands beside the baseline it is over, what was claimed, and what the bytes allow.
    """
    from rich.table import Table
    from rich.text import Text

    from microbench.workloads.speedups import speedups

    rows = speedups(measurements)
    if not rows:
        return None
    table = Table(title="Speed-ups over the baseline named", title_justify="left")
    for name in ("workload", "variant", "over", "claimed"):
        table.add_column(name, overflow="fold")
    for name in ("attainable", "measured"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    for one in rows:
        table.add_row(
            *map(Text, (f"{one.key} {one.workload}", one.variant, one.baseline, one.claimed)),
            f"{one.attainable:.2f}",
            f"{one.measured:.2f}",
            Text(one.verdict),
        )
    return table


def closing_line(run: Run, measurements: Sequence[Measurement], missing: int) -> str:
    """Return one line: how many points ended how, and where they are kept."""
    counts = Counter(one.verdict for one in measurements)
    words = [f"{count} {verdict}" for verdict, count in counts.most_common()]
    if missing:
        words.append(f"{missing} not measured yet: go on with --resume")
    return f"run {run.name or run.id}: {run.state}; {', '.join(words) or 'nothing measured'}"


def document(
    run: Run, measurements: Sequence[Measurement], missing: int, store: str
) -> dict[str, Any]:
    """Return a run as ``hwprof.bench/1``: SI numbers, summaries without samples."""
    return {
        "schema": "hwprof.bench/1",
        "run": run.id,
        "name": run.name,
        "device": run.device,
        "title": run.device_spec.title,
        "state": str(run.state),
        "effort": str(run.effort),
        "seed": run.seed,
        "processes": run.processes,
        "store": store,
        "missing": missing,
        "points": [_record(one) for one in measurements],
    }


def _record(one: Measurement) -> dict[str, Any]:
    return {
        "benchmark": one.point.benchmark,
        "axes": dict(one.point.axes),
        "quantity": str(one.quantity),
        "verdict": str(one.verdict),
        "reason": one.reason,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "clock_hz": one.clock_hz,
        "basis": one.basis,
        "stopped_by": one.stopped_by,
        "samples": len(one.samples),
        "kept_fraction": one.kept_fraction,
    }


def plan_table(plan: Plan, title: str) -> Table:
    """Return what a run would measure and how long each benchmark should take."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("benchmark")
    table.add_column("points", justify="right")
    table.add_column("estimate", justify="right")
    for group in plan.groups:
        estimate_s = plan.processes * group.estimate_s
        table.add_row(group.benchmark.name, str(len(group.points)), f"{estimate_s:.0f} s")
    table.add_section()
    table.add_row("all", str(len(plan.points)), f"{plan.estimate_s:.0f} s")
    return table


def plan_document(plan: Plan, device: str) -> dict[str, Any]:
    """Return a plan as ``hwprof.bench.plan/1``."""
    return {
        "schema": "hwprof.bench.plan/1",
        "device": device,
        "processes": plan.processes,
        "estimate_s": plan.estimate_s,
        "points": [
            {
                "benchmark": point.benchmark,
                "axes": dict(point.axes),
                "estimate_s": group.seconds_per_point,
            }
            for group in plan.groups
            for point in group.points
        ],
    }
