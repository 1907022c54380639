"""The roofline: kernels under the bandwidth of each memory level and under the peak.

Datasheet roofs are solid, measured roofs dashed. After S. Williams et al., CACM 52(4), 2009.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import BOUND_COLOURS, INK, canvas, log_ticks, nothing, si, title
from reports.figures.svg import ONE_ELEMENT_EACH, elements
from reports.roofs import Origin, Roof

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 8.0, 5.0
LARGEST_PT2, SMALLEST_PT2 = 500.0, 14.0


def roofline(section: DeviceSection, beside: bool = False) -> Figure:
    """Draw each kernel at its intensity and rate; area grows with its share of the time."""
    figure, axes = canvas(NARROW if beside else WIDE, 3.8 if beside else 4.4)
    _key(figure, *_panel(figure, axes, section, beside), narrow=beside)
    return figure


def rooflines(sections: Sequence[DeviceSection]) -> Figure:
    """Draw the rooflines of several devices side by side."""
    figure, panels = canvas(NARROW * len(sections), 3.8, len(sections))
    bounds: set[str] = set()
    origins: set[str] = set()
    for axes, section in zip(panels, sections, strict=True):
        found = _panel(figure, axes, section, True, f"{section.name}-")
        bounds, origins = bounds | found[0], origins | found[1]
    _key(figure, bounds, origins, narrow=False)
    return figure


def _panel(
    figure: Figure, axes: Axes, section: DeviceSection, beside: bool, prefix: str = ""
) -> tuple[set[str], set[str]]:
    """Draw one roofline and return the bounds of its kernels and the origins of its roofs."""
    drawn = [
        (index, kernel)
        for index, kernel in enumerate(section.kernels)
        if kernel.work_flop and kernel.bytes_moved and kernel.latency_s
    ]
    roofs = roofs_of(section)
    if not drawn or not any(roof.sloped for roof in roofs) or all(roof.sloped for roof in roofs):
        nothing(axes, "no kernel with work and traffic, or no peak to draw a roof from")
        return set(), set()
    peak = max(roof.value for roof in roofs if not roof.sloped)
    slowest = min(roof.value for roof in roofs if roof.sloped)
    low = min([peak / slowest / 30, *(kernel.intensity for _, kernel in drawn)]) / 2
    high = max([peak / slowest, *(kernel.intensity for _, kernel in drawn)]) * 4
    rates = [kernel.work_flop / kernel.latency_s for _, kernel in drawn]
    axes.set_xscale("log")
    axes.set_yscale("log")
    bottom = min(rates) / 2
    axes.set_xlim(low, high)
    axes.set_ylim(bottom, peak * 4)
    _dots(axes, drawn, rates, section.measured_s, prefix)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    log_ticks(axes.yaxis, bottom, peak * 4, "")
    axes.set_xlabel("FLOP per byte of DRAM traffic (log scale)")
    axes.set_ylabel("rate (FLOP/s, log scale)")
    told = f"{section.number_format}; area = share of the time"
    title(axes, f"{section.name}: {told}" if beside else f"Roofline: {section.title}, {told}")
    figure.draw_without_rendering()
    _draw_roofs(axes, roofs, low, high)
    return {kernel.bound for _, kernel in drawn}, {roof.origin for roof in roofs}


def _dots(
    axes: Axes, drawn: Sequence[tuple[int, KernelRecord]], rates: Sequence[float], total_s: float,
    prefix: str,
) -> None:  # fmt: skip
    """Add one collection of a dot each kernel; an artist each is slow for thousands."""
    kernels = [kernel for _, kernel in drawn]
    axes.scatter(
        [kernel.intensity for kernel in kernels], rates,
        s=[SMALLEST_PT2 + LARGEST_PT2 * kernel.total_s / total_s for kernel in kernels],
        c=[BOUND_COLOURS[kernel.bound] for kernel in kernels], alpha=0.6, edgecolor="white",
        lw=0.5, zorder=3, antialiased=ONE_ELEMENT_EACH,
        gid=elements(f"{prefix}roof", [index for index, _ in drawn]),
    )  # fmt: skip


def roofs_of(section: DeviceSection) -> tuple[Roof, ...]:
    """Return the section's roofs, or those its peak and bandwidth make."""
    if section.roofs:
        return section.roofs
    found = []
    if section.bandwidth_bytes_per_s:
        found.append(Roof("DRAM", Origin.DATASHEET, section.bandwidth_bytes_per_s, True))
    if section.peak_flop_per_s:
        found.append(Roof(section.number_format, Origin.DATASHEET, section.peak_flop_per_s, False))
    return tuple(found)


def _draw_roofs(axes: Axes, roofs: Sequence[Roof], low: float, high: float) -> None:
    peak = max(roof.value for roof in roofs if not roof.sloped)
    bottom = axes.get_ylim()[0]
    for roof in roofs:
        style = "-" if roof.origin == Origin.DATASHEET else "--"
        if roof.sloped:
            end = peak / roof.value
            axes.plot([low, end], [low * roof.value, peak], style, color=INK, lw=1)
            at = max(low * 1.3, bottom * 3 / roof.value)
            axes.annotate(
                f"{roof.name} {si(roof.value, 'B/s')}", (at, at * roof.value), fontsize=7.5,
                rotation=_slope(axes), rotation_mode="anchor", ha="left", va="bottom",
                xytext=(-2, 2), textcoords="offset points", color=INK,
            )  # fmt: skip
        else:
            start = roof.value / max(r.value for r in roofs if r.sloped)
            axes.plot([start, high], [roof.value] * 2, style, color=INK, lw=1)
            axes.annotate(
                f"{roof.name} {si(roof.value, 'FLOP/s')} {roof.origin}", (high, roof.value),
                ha="right", fontsize=7.5, xytext=(0, 2), textcoords="offset points", color=INK,
                va="bottom",
            )  # fmt: skip


def _slope(axes: Axes) -> float:
    """Return the angle on paper of a line of slope one in log-log axes, in degrees."""
    (x0, y0), (x1, y1) = (axes.transData.transform(at) for at in ((1.0, 1.0), (10.0, 10.0)))
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def _key(figure: Figure, bounds: set[str], origins: set[str], narrow: bool) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, marker="o", ls="", ms=5, alpha=0.7, label=f"{bound}-bound")
        for bound, colour in BOUND_COLOURS.items()
        if bound in bounds
    ]
    styles = {Origin.DATASHEET.value: "-", Origin.MEASURED.value: "--"}
    handles += [
        Line2D([], [], color=INK, ls=style, lw=1, label=f"{origin} roof")
        for origin, style in styles.items()
        if origin in origins
    ]
    if handles:
        figure.legend(
            handles=handles, loc="outside lower left", ncols=3 if narrow else 5, fontsize=8,
            frameon=False,
        )  # fmt: skip
