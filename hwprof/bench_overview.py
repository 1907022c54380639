"""A long run in a screen: one line a benchmark, then why points are not ok."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hwprof.bench_numbers import axes_text, median_text
from hwprof.fitted_table import Column, fitted
from microbench.benchmark import Measurement, Verdict
from microbench.protocol.statistics import half_width

if TYPE_CHECKING:
    from rich.table import Table

    from microbench.store import Run

FEW = 30
"""So many points are all shown; of more, the benchmarks' extremes."""
COLUMNS = (
    Column("benchmark", 30),
    Column("points"),
    Column("least", 44),
    Column("most", 44),
    Column("verdicts", 34),
)
FIRST_TO_GO = ("points",)
USABLE = (Verdict.OK, Verdict.NOISY)
NUMBERED = (*USABLE, Verdict.THROTTLED, Verdict.EMULATED)


def overview(
    run: Run, measurements: Sequence[Measurement], width: int
) -> tuple[Table, tuple[str, ...]]:
    """Draw one row a benchmark: its least and greatest median, and how its points ended.

    Noisy points are among the extremes and marked. With it come the lines to print below: why
    points are not ok, and where every point is told.
    """
    by_name: dict[str, list[Measurement]] = {}
    for one in measurements:
        by_name.setdefault(one.point.benchmark, []).append(one)
    rows = [_row(name, points) for name, points in by_name.items()]
    title = f"{run.device_spec.title}: run {run.name or run.id}"
    drawn, _ = fitted(COLUMNS, rows, width, FIRST_TO_GO, title)
    return drawn, (*_doubts(measurements), f"all {len(measurements)} points: {_where(run)}")


def _where(run: Run) -> str:
    return f"`hwprof export {run.name or run.id} --format csv`, or `hwprof bench -v` next time"


def _row(name: str, points: Sequence[Measurement]) -> tuple[str, ...]:
    ended = Counter(one.verdict for one in points)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in ended.most_common())
    chosen = [(one.value, one) for one in points if one.value is not None and one.verdict in USABLE]
    if not chosen:
        return name, str(len(points)), "-", "-", verdicts
    least = min(chosen, key=lambda pair: pair[0])[1]
    most = max(chosen, key=lambda pair: pair[0])[1]
    told = "" if most is least else _told(most)
    return name, str(len(points)), _told(least), told, verdicts


def _told(one: Measurement) -> str:
    mark = "" if one.verdict is Verdict.OK else f"({one.verdict})"
    return " ".join(filter(None, (median_text(one), axes_text(one.point), mark)))


def _doubts(measurements: Sequence[Measurement]) -> list[str]:
    """Return a line a reason for points without a number, and one a verdict for the others."""
    reasons = Counter(
        (one.verdict, one.reason) for one in measurements if one.verdict not in NUMBERED
    )
    lines = [
        f"{count} {verdict}: {reason or 'no reason given'}"
        for (verdict, reason), count in reasons.most_common()
    ]
    for verdict in NUMBERED[1:]:
        doubtful = [one for one in measurements if one.verdict is verdict]
        if doubtful:
            worst = max(doubtful, key=_width)
            where = f"{worst.point.benchmark} {axes_text(worst.point)}".strip()
            lines.append(f"{len(doubtful)} {verdict}, the worst {where}: {worst.reason}")
    return lines


def _width(one: Measurement) -> float:
    """Return half the interval over the median; without an interval nothing is known: infinite."""
    if not one.value or one.low is None or one.high is None:
        return float("inf")
    return half_width(one.value, one.low, one.high)
