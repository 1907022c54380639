"""The efficiency gap: quality against log latency, ideal and attainable beside actual.

The distance from ideal to attainable is the model's part (E_max), from attainable to actual the
kernels' (E_kern). After A. Lavin, arXiv 2404.03617; the split is hwprof's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.data import DeviceSection
from reports.figures.labels import Label, place
from reports.figures.style import GREY, INK, SERIES, canvas, nothing, share, si, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


MOST_NAMED = 16
"""Of more joined points only the ends of each family are named."""


@dataclass(frozen=True, slots=True)
class GapPoint:
    """A model of a family: quality (or size), ideal, attainable and actual latency in seconds."""

    family: str
    label: str
    quality: float
    ideal_s: float
    actual_s: float
    attainable_s: float | None = None

    @property
    def efficiency(self) -> float:
        """E: ideal over actual latency."""
        return self.ideal_s / self.actual_s


def efficiency_gap(
    points: Sequence[GapPoint],
    quality: str = "quality",
    joined: bool = True,
    heading: str = "Efficiency gap",
) -> Figure:
    """Draw families of models: hollow ideal, tick attainable, filled actual latency.

    ``joined`` draws a line through each family's ideal and one through its actual latencies.
    """
    figure, axes = canvas(8.0, 4.6)
    drawn = [point for point in points if point.ideal_s > 0 and point.actual_s > 0]
    if not drawn:
        nothing(axes, "no model has both an ideal and an actual latency")
        return figure
    families = list(dict.fromkeys(point.family for point in drawn))
    colours = {family: SERIES[index % len(SERIES)] for index, family in enumerate(families)}
    for family in families:
        members = sorted((p for p in drawn if p.family == family), key=lambda p: p.ideal_s)
        _family(axes, members, colours[family], joined)
    axes.set_xscale("log")
    axes.margins(x=0.14, y=0.12)
    axes.xaxis.set_major_formatter(lambda value, _: si(value, "s"))
    axes.set_xlabel("latency (s, log scale)")
    axes.set_ylabel(quality)
    if max(p.quality for p in drawn) > 50 * min(p.quality for p in drawn) > 0:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    title(axes, heading)
    _key(figure, colours, any(p.attainable_s for p in drawn), joined)
    figure.draw_without_rendering()
    _labels(axes, drawn, colours, joined)
    return figure


def of_sections(sections: Sequence[DeviceSection]) -> Figure:
    """Draw one point per kernel family and device: size in GFLOP against latency."""
    points = []
    for section in sections:
        if not section.peak_flop_per_s:
            continue
        for family in dict.fromkeys(kernel.family for kernel in section.kernels):
            own = [kernel for kernel in section.kernels if kernel.family == family]
            work = sum(kernel.work_flop * kernel.count for kernel in own)
            points.append(
                GapPoint(
                    section.title,
                    family.replace("_", " "),
                    work / 1e9,
                    work / section.peak_flop_per_s,
                    sum(kernel.total_s for kernel in own),
                    sum(kernel.attainable_s * kernel.count for kernel in own),
                )
            )
    return efficiency_gap(
        [point for point in points if point.quality > 0],
        "work (GFLOP)",
        joined=False,
        heading="Efficiency gap by kernel family: how far from ideal, and whose part it is",
    )


def _family(axes: Axes, members: Sequence[GapPoint], colour: str, joined: bool) -> None:
    heights = [p.quality for p in members]
    ideal, actual = [p.ideal_s for p in members], [p.actual_s for p in members]
    axes.plot(ideal, heights, "--o" if joined else "o", color=colour, mfc="white", lw=1, ms=4.5)
    axes.plot(actual, heights, "-o" if joined else "o", color=colour, lw=1.4, ms=4.5)
    for p in members:
        turn = p.attainable_s
        if turn:
            axes.plot([p.ideal_s, turn], [p.quality] * 2, ":", color=colour, lw=1, zorder=1)
            axes.plot([turn, p.actual_s], [p.quality] * 2, color=colour, lw=3, alpha=0.25, zorder=1)
            axes.plot(turn, p.quality, "|", color=colour, ms=9)
        elif not joined:
            axes.plot([p.ideal_s, p.actual_s], [p.quality] * 2, ":", color=colour, lw=0.8)


def _labels(axes: Axes, drawn: Sequence[GapPoint], colours: dict[str, str], joined: bool) -> None:
    """Name the models; of many, the smallest and the largest of each family."""
    if not joined:
        lines = [(p.ideal_s, p.actual_s, p.quality) for p in drawn]
        place(axes, [_label(p, colours[p.family]) for p in drawn], lines=lines)
        return
    families = [sorted((p for p in drawn if p.family == family), key=lambda p: p.ideal_s)
                for family in colours]  # fmt: skip
    few = len(drawn) <= MOST_NAMED
    named = [p for own in families for p in (own if few else (own[0], own[-1]))]
    paths = [[(p.actual_s, p.quality) for p in own] for own in families]
    paths += [[(p.ideal_s, p.quality) for p in own] for own in families]
    place(axes, [_label(p, colours[p.family]) for p in dict.fromkeys(named)], paths=paths)


def _label(point: GapPoint, colour: str) -> Label:
    """Name a point with E, and where the attainable time is known with both its parts."""
    told = share(point.efficiency)
    if point.attainable_s:
        parts = (point.ideal_s / point.attainable_s, point.attainable_s / point.actual_s)
        told += " = {} x {}".format(*map(share, parts))
    return Label(point.actual_s, point.quality, f"{point.label} {told}".strip(), colour)


def _key(figure: Figure, colours: dict[str, str], attainable: bool, joined: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Line2D | Patch] = [
        Line2D([], [], color=colour, marker="o", ms=4.5, lw=1.4, label=family)
        for family, colour in colours.items()
    ]
    actual = "actual, E = E_max x E_kern" if attainable else "actual, E"
    handles += [
        Line2D(
            [], [], color=INK, marker="o", mfc="white", ms=4.5, ls="--" if joined else "",
            label="ideal",
        ),
        Line2D([], [], color=INK, marker="o", ms=4.5, ls="-" if joined else "", label=actual),
    ]  # fmt: skip
    if attainable:
        handles += [
            Line2D([], [], color=INK, marker="|", ms=9, ls="", label="attainable"),
            Line2D([], [], color=INK, ls=":", lw=1, label="model's part"),
            Line2D([], [], color=GREY, lw=3, alpha=0.5, label="kernels' part"),
        ]
    figure.legend(handles=handles, loc="outside lower left", ncols=4, fontsize=8, frameon=False)
