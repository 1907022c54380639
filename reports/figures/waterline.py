"""The two waterline figures: the model's view in bytes, and the time's view in seconds.

Model view: width = minimum bytes, height = FLOP per byte, so area = work; the line is the device's
balance. Bars under it are memory-bound. The view ends at 1.6 times the balance and taller bars
carry their true value, never a log axis: it would no longer show work as area. In an SVG the bars
keep their full height behind the clip, so areas read back from it sum to the work. Time view:
width = time, filled = achieved fraction of peak, outline = attainable fraction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SKY,
    between,
    canvas,
    nothing,
    share,
    si,
    title,
)
from reports.figures.svg import ONE_ELEMENT_EACH, elements

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Entry = tuple[str, float, str]
"""A colour, its opacity and what it means."""
Bar = tuple[float, float, float, str]
"""Left edge, width, height and colour."""
WIDE, NARROW = 8.0, 5.0
CLIP = 1.6
"""The view ends at this multiple of the balance."""
TRUE_VALUE_PT = 6.5
PANEL_SHARE = 0.85
"""Width of a panel's axes in its figure, about."""
MOST_EDGED = 150
"""Beyond this many bars white edges would hide the bars themselves."""
UNKNOWN = "peak or bandwidth of this device is unknown: measure it with `hwprof bench`"


class Panel(Protocol):
    """Draws a section into a panel; ``prefix`` keeps the ids of several apart."""

    def __call__(
        self, axes: Axes, section: DeviceSection, beside: bool, prefix: str = ""
    ) -> list[Entry]:
        """Return what the panel's colours mean."""
        ...


def model_view(section: DeviceSection, beside: bool = False) -> Figure:
    """Draw the model view of a section; ``beside`` others, narrower."""
    figure, axes = canvas(NARROW if beside else WIDE, 3.8)
    _key(figure, _model_panel(axes, section, beside), beside)
    return figure


def model_views(sections: Sequence[DeviceSection]) -> Figure:
    """Draw the model views of several devices side by side."""
    return _side_by_side(sections, _model_panel)


def time_view(section: DeviceSection, beside: bool = False) -> Figure:
    """Draw the time view of a section; ``beside`` others, narrower."""
    figure, axes = canvas(NARROW if beside else WIDE, 3.8)
    _key(figure, _time_panel(axes, section, beside), beside)
    return figure


def time_views(sections: Sequence[DeviceSection]) -> Figure:
    """Draw the time views of several devices side by side, their fractions of peak on one scale."""
    return _side_by_side(sections, _time_panel)


def _side_by_side(sections: Sequence[DeviceSection], draw: Panel) -> Figure:
    figure, panels = canvas(NARROW * len(sections), 3.8, len(sections))
    entries: dict[str, Entry] = {}
    for axes, section in zip(panels, sections, strict=True):
        prefix = f"{section.name}-"
        entries.update({entry[2]: entry for entry in draw(axes, section, True, prefix)})
    _key(figure, list(entries.values()), False)
    return figure


def _model_panel(axes: Axes, section: DeviceSection, beside: bool, prefix: str = "") -> list[Entry]:
    """Draw the model view into a panel and return what its colours mean."""
    line = section.waterline()
    if line is None or not line.bytes_moved:
        nothing(axes, UNKNOWN if line is None else "no kernel moves any bytes")
        return []
    level, left = line.balance, 0.0
    clipped: list[tuple[float, float, str]] = []
    edges, heights = [0.0], []
    bars: list[Bar] = []
    for bar in line.bars:
        height = bar.intensity if math.isfinite(bar.intensity) else CLIP * level
        colour = BLUE if bar.intensity >= level else ORANGE
        bars.append((left, bar.bytes_moved, height, colour))
        if bar.bytes_moved:
            edges.append(left + bar.bytes_moved)
            heights.append(min(height, level))
            if bar.intensity > CLIP * level:
                centre = left + bar.bytes_moved / 2
                clipped.append((bar.bytes_moved, centre, f"{bar.intensity:.0f}"))
        left += bar.bytes_moved
    _bars(axes, bars, f"{prefix}model", 0.3 if len(bars) <= MOST_EDGED else 0.0)
    axes.stairs(
        [level] * len(heights), edges, baseline=heights, fill=True, color=SKY, alpha=0.22, lw=0
    )
    axes.set_xlim(0, left)
    axes.set_ylim(0, CLIP * level)
    em = 1.25 * TRUE_VALUE_PT / (PANEL_SHARE * 72 * (NARROW if beside else WIDE))
    above = _true_values(axes, clipped, left, level, em)
    axes.axhline(level, color=INK, lw=1)
    if not beside:
        axes.text(
            left,
            level,
            f"\N{NO-BREAK SPACE}balance\n\N{NO-BREAK SPACE}{level:.3g} FLOP/B",
            va="center",
            fontsize=8,
            color=INK,
        )
    _bytes_axis(axes)
    axes.set_ylabel("FLOP per byte")
    water = f"water: {si(line.water_flop, 'FLOP')} the peak could have done meanwhile"
    split = section.efficiencies
    told = f"{section.number_format}, E_max {share(split[1] if split else line.efficiency_model)}"
    if beside:
        water = "water: work the peak could have done meanwhile"
        title(axes, f"{section.name}: {told}, balance {level:.3g} FLOP/B", above)
    else:
        title(axes, f"Waterline, model view: {section.title}, {told}", above)
    return [(BLUE, 1.0, "compute-bound"), (ORANGE, 1.0, "memory-bound"), (SKY, 0.3, water)]


def _time_panel(axes: Axes, section: DeviceSection, beside: bool, prefix: str = "") -> list[Entry]:
    """Draw the time view into a panel and return what its colours mean."""
    if not section.peak_flop_per_s or not section.measured_s:
        nothing(axes, UNKNOWN if section.kernels else "no kernels")
        return []
    peak, left = section.peak_flop_per_s, 0.0
    edges, outline, top = [0.0], [], 1.0
    bars: list[Bar] = []
    for kernel in section.kernels:
        width = kernel.total_s
        achieved = kernel.work_flop / (peak * kernel.latency_s) if kernel.latency_s else 0.0
        colour = BLUE if achieved <= 1 else ORANGE
        bars.append((left, width, achieved, colour))
        if width:
            edges.append(left + width)
            outline.append(attainable_fraction(kernel, peak))
        top = max(top, achieved)
        left += width
    _bars(axes, bars, f"{prefix}time", 0.0)
    axes.stairs(outline, edges, fill=True, color=SKY, alpha=0.22, lw=0, zorder=0.5)
    axes.stairs(outline, edges, color=GREY, lw=0.6 if len(outline) <= MOST_EDGED else 0.2)
    axes.set_xlim(0, left)
    axes.set_ylim(0, min(1.05 * top, CLIP))
    scale, unit = _time_unit(left)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value / scale:g}")
    whole = "measured" if section.measured else "predicted"
    within = "" if section.measured else f"; in all {between(*section.interval_s)}"
    axes.set_xlabel(f"{whole} time ({unit}){within}")
    axes.set_ylabel(f"fraction of {si(peak, 'FLOP/s')} {section.number_format}")
    split = section.efficiencies
    whole = "achieved"
    if split and not beside:  # a device's own title holds its E where several share one key
        whole += f": {share(split[0])} of the peak on the whole"
    told = [(BLUE, 1.0, whole), (SKY, 0.3, "attainable")]
    if top > 1:
        told.append((ORANGE, 1.0, "above the peak: wrong peak, or TF32 on"))
    equation = ", E {} = {} x {}".format(*map(share, split)) if split else ""
    if beside:
        title(axes, f"{section.name}: {si(section.measured_s, 's')}{equation}")
    else:
        title(axes, f"Waterline, time view: {section.title}{equation}")
    return told


def attainable_fraction(kernel: KernelRecord, peak: float) -> float:
    """Return the fraction of peak a kernel reaches at its attainable time."""
    if not kernel.attainable_s:
        return 0.0
    return min(1.0, kernel.work_flop / (peak * kernel.attainable_s))


def _bars(axes: Axes, bars: Sequence[Bar], gid: str, edge: float) -> None:
    """Add all bars as one collection; a patch each takes 10,000 of them minutes."""
    from matplotlib.collections import PolyCollection

    corners = [
        ((left, 0), (left + width, 0), (left + width, height), (left, height))
        for left, width, height, _ in bars
    ]
    axes.add_collection(
        PolyCollection(
            corners, facecolors=[colour for *_, colour in bars], edgecolors="white",
            linewidths=edge, antialiased=ONE_ELEMENT_EACH, gid=elements(gid, range(len(bars))),
        ),
        autolim=False,
    )  # fmt: skip


def _true_values(
    axes: Axes, clipped: Sequence[tuple[float, float, str]], total: float, level: float, em: float
) -> bool:
    """Write the true height above the bars that leave the view, the widest first, where room is.

    ``em`` is the height of the text as a share of the axes' width.
    """
    taken: list[tuple[float, float]] = []
    for width, centre, text in sorted(clipped, reverse=True):
        level_width = 0.62 * em * len(text) * total
        upright = width < level_width
        half = (em * total if upright else level_width) / 2
        if any(centre - half < right and left < centre + half for left, right in taken):
            continue
        taken.append((centre - half, centre + half))
        axes.annotate(
            text, (centre, CLIP * level), xytext=(0, 2), textcoords="offset points", ha="center",
            va="bottom", fontsize=TRUE_VALUE_PT, color=INK, rotation=90 if upright else 0,
            annotation_clip=False,
        )  # fmt: skip
    return bool(taken)


def _key(figure: Figure, entries: Sequence[Entry], narrow: bool) -> None:
    from matplotlib.patches import Patch

    if entries:
        figure.legend(
            handles=[Patch(color=color, alpha=alpha, label=text) for color, alpha, text in entries],
            loc="outside lower left", ncols=2 if narrow else len(entries), fontsize=8,
            frameon=False,
        )  # fmt: skip


def _bytes_axis(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: si(value, "B")))
    axes.set_xlabel("minimum DRAM traffic (bytes), kernels in program order")


def _time_unit(longest_s: float) -> tuple[float, str]:
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if longest_s >= scale:
            return scale, unit
    return 1e-9, "ns"
