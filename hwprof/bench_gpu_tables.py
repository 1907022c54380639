"""Tables that only sweeps of a GPU fill: where a rate levels off, what operands cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hwprof.bench_numbers import axes_text, median_text
from hwprof.units import percent
from microbench.benchmark import Measurement, Point
from microbench.protocol.knees import SHARE, knees, operand_pairs

if TYPE_CHECKING:
    from rich.table import Table


def knee_table(measurements: Sequence[Measurement]) -> Table | None:
    """Return the least load that is enough, a row a sweep, or ``None`` without sweeps."""
    from rich.table import Table

    rows = knees(measurements)
    if not rows:
        return None
    table = Table(title=f"Knees: the least load that reaches {percent(SHARE)} of the sweep's best")
    for name in ("benchmark", "setting", "least load"):
        table.add_column(name, overflow="fold")
    for name in ("reaches", "best"):
        table.add_column(name, justify="right")
    for one in rows:
        name = one.best.point.benchmark
        setting, load = (axes_text(Point(name, axes)) for axes in (one.fixed, one.load))
        table.add_row(name, setting, load, median_text(one.enough), median_text(one.best))
    return table


def operand_table(measurements: Sequence[Measurement]) -> Table | None:
    """Return rates and power with random operands and with zeros, or ``None`` without both."""
    from rich.table import Table

    pairs = operand_pairs(measurements)
    if not pairs:
        return None
    table = Table(title="Random operands beside zeros")
    table.add_column("setting", overflow="fold")
    for name in ("random", "power", "zeros", "power", "random over zeros"):
        table.add_column(name, justify="right")
    for random, zeros in pairs:
        axes = tuple(pair for pair in random.point.axes if pair[0] != "operands")
        share = (random.value or 0.0) / (zeros.value or 1.0)
        table.add_row(
            axes_text(Point(random.point.benchmark, axes)),
            *(median_text(random), _power(random), median_text(zeros), _power(zeros)),
            percent(share),
        )
    return table


def _power(measurement: Measurement) -> str:
    watts = measurement.notes.get("power_w_mean", measurement.notes.get("power_w"))
    return "-" if watts is None else f"{float(watts):.0f} W"
