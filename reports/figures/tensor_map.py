"""The tensor-core map: throughput of each number format over the width N of one instruction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reports.data import MeasuredPoint
from reports.figures.style import canvas, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SHAPE = re.compile(r"(?P<format>\w+?)_m\d+n(?P<n>\d+)k\d+")
DARK = "#101418"
"""Text on a bright cell, in a dark page as well."""
BRIGHT = 0.55
"""Above this share of the scale a cell is dark enough for white text."""


def tensor_map(points: Iterable[MeasuredPoint]) -> Figure:
    """Draw the best rate reached at each N and format, as share of the format's peak if known."""
    best: dict[tuple[str, int], MeasuredPoint] = {}
    for point in points:
        cell = _cell(point)
        if cell is not None and (cell not in best or (point.value or 0) > (best[cell].value or 0)):
            best[cell] = point
    formats = sorted({name for name, _ in best})
    widths = sorted({n for _, n in best})
    figure, axes = canvas(max(8.0, 1.6 + 0.75 * len(widths)), 1.6 + 0.42 * max(len(formats), 2))
    if not best:
        nothing(axes, "no tensor-core throughput was measured")
        return figure
    top = max(point.value or 0.0 for point in best.values())
    known = all(point.peak_flop_per_s for point in best.values())
    grid = [[_share(best.get((name, n)), top, known) for n in widths] for name in formats]
    image = axes.imshow(grid, cmap="cividis_r", vmin=0, vmax=1, aspect="auto")
    for row, name in enumerate(formats):
        for column, n in enumerate(widths):
            found = best.get((name, n))
            if found is not None and found.value:
                told = si(found.value, "").replace(" ", "\u00a0")
                colour = "white" if grid[row][column] > BRIGHT else DARK
                axes.text(column, row, told, ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(range(len(widths)), [str(n) for n in widths])
    axes.set_yticks(range(len(formats)), formats)
    axes.set_xlabel("N, columns of one instruction")
    axes.set_ylabel("number format")
    bar = figure.colorbar(image, ax=axes)
    bar.set_label("share of the format's peak" if known else "share of the best cell", fontsize=8)
    title(axes, "Tensor cores: throughput (FLOP/s; integers op/s)")
    return figure


def _cell(point: MeasuredPoint) -> tuple[str, int] | None:
    if "tensor" not in point.benchmark or point.quantity != "throughput_flop_per_s":
        return None
    if not point.value or point.verdict not in {"ok", "noisy"}:
        return None
    if point.axes.get("operands", "normal") != "normal":
        return None
    if "format" in point.axes and "columns" in point.axes:
        sparse = " sparse" if point.axes.get("pattern", "dense") != "dense" else ""
        return f"{point.axes['format']}{sparse}", int(point.axes["columns"])
    match = _SHAPE.match(str(point.axes.get("shape", "")))
    return (match["format"], int(match["n"])) if match else None


def _share(point: MeasuredPoint | None, top: float, known: bool) -> float:
    if point is None or not point.value:
        return float("nan")
    return point.value / ((point.peak_flop_per_s if known else None) or top)
