"""The roofline: kernels under the bandwidth of each memory level and under the peak.

Datasheet roofs are solid, measured roofs dashed. After S. Williams et al., CACM 52(4), 2009.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.data import DeviceSection, KernelRecord
from reports.figures.roof_labels import WIDEST, Dot, name_roofs
from reports.figures.style import BOUND_COLOURS, INK, canvas, log_ticks, nothing, si, title
from reports.figures.svg import ONE_ELEMENT_EACH, elements
from reports.roofs import Origin, Roof

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 8.0, 5.0
LARGEST_PT2, SMALLEST_PT2 = 260.0, 4.0
"""Area of the slowest kernel's dot, and of any: between them area is proportional to the time."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """What is drawn in a panel: its roofs, its kernels' dots and their bounds."""

    axes: Axes
    roofs: Sequence[Roof]
    dots: Sequence[Dot]
    bounds: set[str]


def roofline(section: DeviceSection, beside: bool = False) -> Figure:
    """Draw each kernel at its intensity and rate; area is proportional to its time."""
    figure, axes = canvas(NARROW if beside else WIDE, 3.8 if beside else 4.4)
    _finish(figure, [_panel(axes, section, beside)], narrow=beside)
    return figure


def rooflines(sections: Sequence[DeviceSection]) -> Figure:
    """Draw the rooflines of several devices side by side."""
    figure, panels = canvas(NARROW * len(sections), 3.8, len(sections))
    drawn = [
        _panel(axes, section, True, f"{section.name}-")
        for axes, section in zip(panels, sections, strict=True)
    ]
    _finish(figure, drawn, narrow=False)
    return figure


def _finish(figure: Figure, panels: Sequence[_Panel | None], narrow: bool) -> None:
    """Add the key, then name the roofs: their angle on paper is known once it has its room."""
    found = [panel for panel in panels if panel is not None]
    bounds = {bound for panel in found for bound in panel.bounds}
    origins = {str(roof.origin) for panel in found for roof in panel.roofs}
    _key(figure, bounds, origins, narrow)
    figure.draw_without_rendering()
    for panel in found:
        sloped = [roof for roof in panel.roofs if roof.sloped]
        name_roofs(panel.axes, sloped, _peak(panel.roofs), panel.dots)


def _panel(axes: Axes, section: DeviceSection, beside: bool, prefix: str = "") -> _Panel | None:
    """Draw one roofline but for the names of its sloped roofs; ``None`` with nothing to show."""
    drawn = [
        (index, kernel)
        for index, kernel in enumerate(section.kernels)
        if kernel.work_flop and kernel.bytes_moved and kernel.latency_s
    ]
    roofs = roofs_of(section)
    if not drawn or not any(roof.sloped for roof in roofs) or all(roof.sloped for roof in roofs):
        nothing(axes, "no kernel with work and traffic, or no peak to draw a roof from")
        return None
    peak = _peak(roofs)
    slowest = min(roof.value for roof in roofs if roof.sloped)
    low = min([peak / slowest / 30, *(kernel.intensity for _, kernel in drawn)]) / 2
    high = max([peak / slowest, *(kernel.intensity for _, kernel in drawn)]) * 4
    rates = [kernel.work_flop / kernel.latency_s for _, kernel in drawn]
    axes.set_xscale("log")
    axes.set_yscale("log")
    bottom = min(rates) / 2
    axes.set_xlim(low, high)
    axes.set_ylim(bottom, peak * 4)
    longest_s = max(kernel.total_s for _, kernel in drawn)
    _dots(axes, drawn, rates, longest_s, prefix)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    log_ticks(axes.yaxis, bottom, peak * 4, "")
    axes.set_xlabel("FLOP per byte of DRAM traffic (log scale)")
    axes.set_ylabel("rate (FLOP/s, log scale)")
    told = f"{section.number_format}; area = share of the time"
    title(axes, f"{section.name}: {told}" if beside else f"Roofline: {section.title}, {told}")
    _draw_roofs(axes, roofs, low, high)
    dots = [
        Dot(kernel.intensity, rate, math.sqrt(_area_pt2(kernel, longest_s)) / 2)
        for (_, kernel), rate in zip(drawn, rates, strict=True)
    ]
    return _Panel(axes, roofs, dots, {kernel.bound for _, kernel in drawn})


def _dots(
    axes: Axes, drawn: Sequence[tuple[int, KernelRecord]], rates: Sequence[float], longest_s: float,
    prefix: str,
) -> None:  # fmt: skip
    """Add one collection of a dot each kernel; an artist each is slow for thousands."""
    kernels = [kernel for _, kernel in drawn]
    axes.scatter(
        [kernel.intensity for kernel in kernels], rates,
        s=[_area_pt2(kernel, longest_s) for kernel in kernels],
        c=[BOUND_COLOURS[kernel.bound] for kernel in kernels], alpha=0.6, edgecolor="white",
        lw=0.5, zorder=3, antialiased=ONE_ELEMENT_EACH,
        gid=elements(f"{prefix}roof", [index for index, _ in drawn]),
    )  # fmt: skip


def _area_pt2(kernel: KernelRecord, longest_s: float) -> float:
    """Return the square of a dot's diameter, as Matplotlib has it, in square points."""
    return max(SMALLEST_PT2, LARGEST_PT2 * kernel.total_s / longest_s)


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


def _peak(roofs: Sequence[Roof]) -> float:
    return max(roof.value for roof in roofs if not roof.sloped)


def _draw_roofs(axes: Axes, roofs: Sequence[Roof], low: float, high: float) -> None:
    peak = _peak(roofs)
    for roof in roofs:
        style = "-" if roof.origin == Origin.DATASHEET else "--"
        if roof.sloped:
            end = peak / roof.value
            start = low / WIDEST  # the view may grow to the left
            axes.plot(
                [start, end], [start * roof.value, peak], style, color=INK, lw=1,
                scalex=False, scaley=False,
            )  # fmt: skip
        else:
            start = roof.value / max(r.value for r in roofs if r.sloped)
            axes.plot([start, high], [roof.value] * 2, style, color=INK, lw=1)
            axes.annotate(
                f"{roof.name} {si(roof.value, 'FLOP/s')} {roof.origin}", (high, roof.value),
                ha="right", fontsize=7.5, xytext=(0, 2), textcoords="offset points", color=INK,
                va="bottom",
            )  # fmt: skip


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
