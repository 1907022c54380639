"""Tables that only sweeps of a GPU fill: where levels end, rates level off, what operands cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hwprof.bench_numbers import axes_text, median_text
from hwprof.units import percent
from microbench.benchmark import Measurement, Point
from microbench.protocol.knees import SHARE, ZEROS, knees, operand_groups
from microbench.protocol.levels import SIZES, size, steps
from microbench.units import plural
from microbench.units import size as bytes_text

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


def step_table(measurements: Sequence[Measurement]) -> Table | None:
    """Return where a latency ladder steps up, a row a step, or ``None`` where none does."""
    from rich.table import Table

    found = steps(measurements)
    if not found:
        return None
    table = Table(title="Steps of the latency ladders: a level ends between two sizes")
    for name in ("benchmark", "setting"):
        table.add_column(name, overflow="fold")
    for name in ("from", "to", "latency", "factor"):
        table.add_column(name, justify="right")
    for one in found:
        fixed = tuple(pair for pair in one.below.point.axes if pair[0] not in SIZES)
        name = one.below.point.benchmark
        table.add_row(
            name,
            axes_text(Point(name, fixed)),
            *(_size_text(end) for end in (one.below, one.above)),
            f"{median_text(one.below)} to {median_text(one.above)}",
            f"{one.factor:.2f}",
        )
    return table


def _size_text(one: Measurement) -> str:
    is_bytes = "size_bytes" in dict(one.point.axes)
    return bytes_text(size(one)) if is_bytes else plural(f"{size(one)} page", size(one))


def operand_table(measurements: Sequence[Measurement]) -> Table | None:
    """Return rate and power by operands, a row each, or ``None`` where nothing ran with zeros."""
    from rich.table import Table

    groups = operand_groups(measurements)
    if not groups:
        return None
    table = Table(title="Operands side by side")
    table.add_column("setting", overflow="fold")
    table.add_column("operands")
    for name in ("rate", "power", "of zeros"):
        table.add_column(name, justify="right")
    for group in groups:
        zeros = group[ZEROS].value or 1.0
        for number, (kind, one) in enumerate(group.items()):
            axes = tuple(pair for pair in one.point.axes if pair[0] != "operands")
            setting = "" if number else axes_text(Point(one.point.benchmark, axes))
            share = percent((one.value or 0.0) / zeros)
            table.add_row(setting, kind, median_text(one), _power(one), share)
    return table


def _power(measurement: Measurement) -> str:
    watts = measurement.notes.get("power_w_mean", measurement.notes.get("power_w"))
    return "-" if watts is None else f"{float(watts):.0f} W"
