"""The efficiency gap: quality against log latency, ideal and attainable beside actual.

The distance from ideal to attainable is the model's part (E_max), from attainable to actual the
kernels' (E_kern). After A. Lavin, arXiv 2404.03617; the split is hwprof's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.data import DeviceSection
from reports.figures.labels import Label, place
from reports.figures.style import GREY, INK, SERIES, canvas, nothing, share, si, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


MOST_NAMED = 16
"""Of more joined points only the ends of each family are named."""
ROW_IN = 0.17
"""Height of a device's row in a picture of kernel families, in inches."""
LABEL_ROOM = 0.32
"""Room right of the slowest for its label, in widths of the data."""


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
    heading: str = "Efficiency gap",
) -> Figure:
    """Draw families of models: hollow ideal, tick attainable, filled actual latency.

    A line joins each family's ideal and one its actual latencies.
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
        _family(axes, members, colours[family], joined=True)
    axes.set_xscale("log")
    axes.margins(x=0.14, y=0.12)
    axes.xaxis.set_major_formatter(lambda value, _: si(value, "s"))
    axes.set_xlabel("latency (s, log scale)")
    axes.set_ylabel(quality)
    if max(p.quality for p in drawn) > 50 * min(p.quality for p in drawn) > 0:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    title(axes, heading)
    _key(figure, colours, any(p.attainable_s for p in drawn), joined=True)
    figure.draw_without_rendering()
    _labels(axes, drawn, colours)
    return figure


def of_sections(sections: Sequence[DeviceSection]) -> Figure:
    """Draw a row per kernel family and device, the families with most work first."""
    points = [point for section in sections for point in _families(section)]
    if not points:
        figure, axes = canvas(8.0, 4.6)
        nothing(axes, "no kernel with work and time on a device whose peak is known")
        return figure
    most: dict[str, float] = {}
    for point in points:
        most[point.label] = max(point.quality, most.get(point.label, 0.0))
    families = sorted(most, key=lambda name: -most[name])
    devices = list(dict.fromkeys(point.family for point in points))
    colours = {device: SERIES[index % len(SERIES)] for index, device in enumerate(devices)}
    pitch = len(devices) + 1
    figure, axes = canvas(8.0, max(3.2, 1.6 + ROW_IN * pitch * len(families)))
    for point in points:
        at = families.index(point.label) * pitch + devices.index(point.family)
        _family(axes, [replace(point, quality=at)], colours[point.family], joined=False)
        axes.annotate(
            _told(point), (max(point.actual_s, point.ideal_s), at), xytext=(6, 0), va="center",
            textcoords="offset points", fontsize=7.0, color=colours[point.family],
        )  # fmt: skip
    axes.set_xscale("log")
    low, high = axes.dataLim.intervalx
    span = max(10.0, high / low)
    axes.set_xlim(low / span**0.04, high * span**LABEL_ROOM)
    axes.set_ylim(pitch * len(families) - 1, -1)
    middle = (len(devices) - 1) / 2
    axes.set_yticks(
        [row * pitch + middle for row in range(len(families))],
        [f"{name}\n{si(most[name] * 1e9, 'FLOP')}" for name in families],
    )
    axes.xaxis.set_major_formatter(lambda value, _: si(value, "s"))
    axes.set_xlabel("latency (s, log scale)")
    title(axes, "Efficiency gap by kernel family: how far from ideal, and whose part it is")
    _key(figure, colours, attainable=True, joined=False)
    return figure


def _families(section: DeviceSection) -> list[GapPoint]:
    """Return a point for each kernel family with work and time; none without a peak."""
    points = []
    for family in dict.fromkeys(kernel.family for kernel in section.kernels):
        own = [kernel for kernel in section.kernels if kernel.family == family]
        work = sum(kernel.work_flop * kernel.count for kernel in own)
        actual_s = sum(kernel.total_s for kernel in own)
        if section.peak_flop_per_s and work > 0 and actual_s > 0:
            points.append(
                GapPoint(
                    section.title,
                    family.replace("_", " "),
                    work / 1e9,
                    work / section.peak_flop_per_s,
                    actual_s,
                    sum(kernel.attainable_s * kernel.count for kernel in own),
                )
            )
    return points


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


def _labels(axes: Axes, drawn: Sequence[GapPoint], colours: dict[str, str]) -> None:
    """Name the models; of many, the smallest and the largest of each family."""
    families = [sorted((p for p in drawn if p.family == family), key=lambda p: p.ideal_s)
                for family in colours]  # fmt: skip
    few = len(drawn) <= MOST_NAMED
    named = [p for own in families for p in (own if few else (own[0], own[-1]))]
    paths = [[(p.actual_s, p.quality) for p in own] for own in families]
    paths += [[(p.ideal_s, p.quality) for p in own] for own in families]
    place(axes, [_label(p, colours[p.family]) for p in dict.fromkeys(named)], paths=paths)


def _label(point: GapPoint, colour: str) -> Label:
    return Label(point.actual_s, point.quality, f"{point.label} {_told(point)}".strip(), colour)


def _told(point: GapPoint) -> str:
    """Write E, and where the attainable time is known both its parts."""
    told = share(point.efficiency)
    if point.attainable_s:
        parts = (point.ideal_s / point.attainable_s, point.attainable_s / point.actual_s)
        told += " = {} x {}".format(*map(share, parts))
    return told


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
