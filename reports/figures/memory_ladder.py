"""The memory ladder: latency of a dependent load against working-set size."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reports.data import MeasuredPoint
from reports.figures.style import GREY, INK, SERIES, canvas, legend, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def memory_ladder(points: Iterable[MeasuredPoint]) -> Figure:
    """Draw every latency ladder, a line a page size or space; noisy points are hollow."""
    figure, axes = canvas(8.0, 3.8)
    found = [
        point
        for point in points
        if point.benchmark.endswith("memory.latency") and point.value and "size_bytes" in point.axes
    ]
    if not found:
        nothing(axes, "no memory latency was measured")
        return figure
    ladders = sorted({_ladder(point) for point in found})
    for index, ladder in enumerate(ladders):
        own = sorted(
            (p for p in found if _ladder(p) == ladder),
            key=lambda p: int(p.axes["size_bytes"]),
        )
        sizes = [int(p.axes["size_bytes"]) for p in own]
        values = [(p.value or 0.0) * 1e9 for p in own]
        colour = SERIES[index % len(SERIES)]
        page, space = ladder
        label = f"{binary(page)} pages" if page else _SPACES.get(space, "latency")
        axes.plot(sizes, values, "-", color=colour, lw=1.2, label=label)
        for p, size, value in zip(own, sizes, values, strict=True):
            low, high = (p.low or 0.0) * 1e9, (p.high or 0.0) * 1e9
            axes.plot([size, size], [low, high], color=colour, lw=2, alpha=0.5)
            filled = colour if p.verdict == "ok" else "white"
            axes.plot(size, value, "o", color=colour, mfc=filled, ms=4)
        _name_cycles(axes, own[0], colour)
    _name_levels(axes, [p for p in found if _ladder(p) == ladders[0] and ladders[0][0]])
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: binary(value))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.grid(axis="y", which="both", color=GREY, alpha=0.15)
    axes.set_xlabel("working set (bytes)")
    axes.set_ylabel("latency of a dependent load (ns)")
    title(axes, "Memory ladder: median and 95% interval; hollow points are noisy")
    legend(axes, "upper left")
    return figure


RISE = 1.8
"""Rise from one working set to the next that begins another level: pages and clocks make less."""
IN_DRAM_BYTES = 64 * 2**20
LEVELS = {3: ("L1", "L2", "DRAM"), 4: ("L1", "L2", "L3", "DRAM")}
"""Names of a ladder's levels by how many it shows; of any other number none is known."""


def levels(ladder: Sequence[MeasuredPoint]) -> list[tuple[str, list[MeasuredPoint]]]:
    """Return a CPU ladder's levels by name, each with its points, where the steps are told apart.

    Empty where the ladder ends before DRAM, or shows fewer or more levels than processors have.
    """
    rungs = sorted(ladder, key=lambda p: int(p.axes["size_bytes"]))
    if not rungs or int(rungs[-1].axes["size_bytes"]) < IN_DRAM_BYTES:
        return []
    plateaus = [[rungs[0]]]
    for below, above in itertools.pairwise(rungs):
        if (above.value or 0.0) > RISE * (below.value or 0.0):
            plateaus.append([])
        plateaus[-1].append(above)
    return list(zip(LEVELS.get(len(plateaus), ()), plateaus, strict=False))


def _name_levels(axes: Axes, ladder: Sequence[MeasuredPoint]) -> None:
    """Write each level's name over the middle of its steps."""
    for name, rungs in levels(ladder):
        middle = rungs[len(rungs) // 2]
        at = (int(middle.axes["size_bytes"]), (middle.value or 0.0) * 1e9)
        axes.annotate(
            name, at, (0, 7), textcoords="offset points", ha="center", color=INK, fontsize=8,
            fontweight="bold",
        )  # fmt: skip


_SPACES = {
    "shared": "shared memory",
    "l1": "through L1",
    "l2": "past L1: L2, then DRAM",
}
"""Ways a GPU's loads go; each has a ladder of its own."""


def _ladder(point: MeasuredPoint) -> tuple[int, str]:
    """Return what sets ladders apart: the page size of a CPU's, the space of a GPU's."""
    return int(point.axes.get("page_bytes", 0)), str(point.axes.get("space", ""))


def _name_cycles(axes: Axes, first: MeasuredPoint, colour: str) -> None:
    """Write the cycles of a ladder's first step: its seconds follow the clock, they do not."""
    if first.clock_hz and first.value:
        at = (int(first.axes["size_bytes"]), first.value * 1e9)
        text = f"{first.value * first.clock_hz:.1f} cycles"
        axes.annotate(text, at, (0, 6), textcoords="offset points", color=colour, fontsize=7)


def binary(size_bytes: float) -> str:
    """Write a size as caches are written: 32 KiB, 4 MiB."""
    for scale, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size_bytes >= scale:
            return f"{size_bytes / scale:g} {unit}"
    return si(size_bytes, "B")
