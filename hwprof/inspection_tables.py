"""What ``hwprof inspect`` prints: one headline, kernels, families, ops, and what is not known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hwprof.fitted_table import Column, fitted, not_shown, tallied
from hwprof.inspection import by_family
from hwprof.units import percent, plural, quantity

if TYPE_CHECKING:
    from rich.table import Table

    from costmodel.graph.build import Graph, Loop
    from costmodel.kernel import Kernel


COLUMNS = (
    Column("kernel", 64),
    *map(Column, ("count", "work", "traffic", "FLOP/B", "share")),
    Column("format", 30),
    Column("flags", 30),
)
FIRST_TO_GO = ("flags", "format", "FLOP/B", "traffic", "count")
"""What a narrow console does without, worth least first; kernel, work and share always stay."""


def show(graph: Graph, stack: str, top: int) -> None:
    """Print the whole of it to stdout."""
    from hwprof.console import output

    console = output()
    console.print(headline(graph, stack), markup=False, soft_wrap=True)
    drawn, below = kernels(graph, top, console.width)
    console.print(drawn)
    for line in below:
        console.print(line, style="dim", markup=False, soft_wrap=True)
    console.print()
    console.print(_families(graph, console.width))
    console.print()
    for line in notes(graph, top):
        console.print(line, markup=False, soft_wrap=True)


def headline(graph: Graph, stack: str) -> str:
    """Say work, traffic and launches of one execution of the module."""
    launches = sum(kernel.count for kernel in graph.kernels)
    padding = ""
    if graph.padding_flop:
        full = quantity(graph.work_flop + graph.padding_flop, "FLOP")
        padding = f" ({full} with taps on padding)"
    ops = sum(graph.ops.values())
    return (
        f"{Path(graph.name).name}: {ops:,} {plural('op', ops)}, "
        f"{launches:,.0f} {plural('kernel', launches)} ({stack}), "
        f"{quantity(graph.work_flop, 'FLOP')}{padding}, "
        f"{quantity(graph.bytes_moved, 'B')} at least"
    )


def _trips(loop: Loop) -> str:
    """Write how often a loop runs; a mean where that varies."""
    return f"{loop.trips:,}" if loop.trips == int(loop.trips) else f"{loop.trips:,.2f} on average"


def notes(graph: Graph, top: int) -> list[str]:
    """Say ops by name, loops, calls, dynamic dimensions and coverage, one line each."""
    shown = graph.ops.most_common(top or None)
    more = len(graph.ops) - len(shown)
    lines = ["ops: " + ", ".join(f"{name} x{count:,}" for name, count in shown)]
    lines[0] += f", and {more} more names" if more > 0 else ""
    if graph.loops:
        listed = [
            f"{Path(loop.location).name} x{_trips(loop)}{' (assumed)' if loop.assumed else ''}"
            for loop in graph.loops[: top or None]
        ]
        lines.append(f"loops ({len(graph.loops)}): " + ", ".join(listed))
    if graph.calls:
        listed = [f"@{name} x{count:,}" for name, count in graph.calls.most_common(top or None)]
        lines.append("calls: " + ", ".join(listed))
    if graph.dynamic:
        listed = [f"{name} ({text})" for name, text in graph.dynamic.items()]
        lines.append("dynamic, give with --shape NAME=SIZE: " + ", ".join(listed))
    return [*lines, coverage_line(graph)]


def coverage_line(graph: Graph) -> str:
    """Say how many ops stand behind the numbers, and name those that do not."""
    found = graph.coverage
    line = (
        f"coverage: {percent(found.share)} of ops understood: {found.costed:,} costed, "
        f"{found.free:,} free, {found.assumed:,} assumed, {sum(found.unknown.values()):,} unknown"
    )
    if found.unknown:
        named = ", ".join(f"{name} x{count:,}" for name, count in found.unknown.most_common(5))
        line += f" ({named}; they write at least {quantity(found.hidden_bytes, 'B')}, and "
        line += f"would be {quantity(found.hidden_flop, 'FLOP')} as products of their operands)"
    return line


def kernels(graph: Graph, top: int, width: int) -> tuple[Table, list[str]]:
    """Build the table of the ``top`` kernels (0: all), at most ``width`` characters wide.

    The lines to print below it come second: columns left out, and flags where theirs is one.
    """
    merged = _merged(graph)
    shown = merged[:top] if top else merged
    rows: list[tuple[str, ...]] = [
        (
            kernel.name,
            f"{count:,g}",
            quantity(kernel.work_flop, "FLOP"),
            quantity(kernel.bytes_moved, "B"),
            f"{kernel.intensity:.3g}" if kernel.bytes_moved else "",
            percent(kernel.work_flop * count / graph.work_flop if graph.work_flop else 0.0),
            kernel.number_format.value,
            " ".join(sorted(flag.value for flag in kernel.flags)),
        )
        for kernel, count in shown
    ]
    if len(merged) > len(shown):
        rows.append((f"… {len(merged) - len(shown)} more (--top 0)", *[""] * 7))
    drawn, left_out = fitted(COLUMNS, rows, width, FIRST_TO_GO)
    notes = [not_shown(left_out)] if left_out else []
    if "flags" in left_out:
        notes += tallied((flag.value, count) for kernel, count in merged for flag in kernel.flags)
    return drawn, notes


def _merged(graph: Graph) -> list[tuple[Kernel, float]]:
    """Gather kernels equal but for their place, most work first, then most traffic."""
    found: dict[tuple[object, ...], tuple[Kernel, float]] = {}
    for kernel in graph.kernels:
        key = (kernel.name, kernel.work_flop, kernel.bytes_moved, kernel.flags)
        first, count = found.get(key, (kernel, 0.0))
        found[key] = (first, count + kernel.count)
    return sorted(
        found.values(), key=lambda item: (-item[0].work_flop * item[1], -item[0].bytes_moved)
    )


def _families(graph: Graph, width: int) -> Table:
    columns = (Column("family", 30), *map(Column, ("kernels", "work", "traffic")))
    rows = [
        (name, f"{count:,g}", quantity(flop, "FLOP"), quantity(size, "B"))
        for name, (count, flop, size) in by_family(graph).items()
    ]
    return fitted(columns, rows, width, ())[0]
