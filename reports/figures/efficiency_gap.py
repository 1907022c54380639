"""The efficiency gap: quality against log latency, ideal and attainable beside actual.

The distance from ideal to attainable is the model's part (E_max), from attainable to actual the
kernels' (E_kern).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.data import DeviceSection
from reports.figures.style import GREY, SERIES, canvas, legend, nothing, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    points: Sequence[GapPoint], quality: str = "quality", joined: bool = True
) -> Figure:
    """Draw families of models: hollow ideal, tick attainable, filled actual latency.

    ``joined`` draws a line through each family's ideal and one through its actual latencies.
    """
    figure, axes = canvas(8.0, 4.4)
    drawn = [point for point in points if point.ideal_s > 0 and point.actual_s > 0]
    if not drawn:
        nothing(axes, "no model has both an ideal and an actual latency")
        return figure
    for index, family in enumerate(dict.fromkeys(point.family for point in drawn)):
        colour = SERIES[index % len(SERIES)]
        members = sorted((p for p in drawn if p.family == family), key=lambda p: p.ideal_s)
        heights = [p.quality for p in members]
        axes.plot(
            [p.ideal_s for p in members],
            heights,
            "--o" if joined else "o",
            color=colour,
            mfc="white",
            lw=1,
            ms=5,
        )
        axes.plot(
            [p.actual_s for p in members],
            heights,
            "-o" if joined else "o",
            color=colour,
            label=family,
            ms=5,
        )
        for p in members:
            axes.plot([p.ideal_s, p.actual_s], [p.quality] * 2, ":", color=colour, lw=0.8)
            if p.attainable_s:
                axes.plot(p.attainable_s, p.quality, "|", color=colour, ms=9)
            axes.annotate(
                f"{p.label} {p.efficiency:.0%}".strip(), (p.actual_s, p.quality), fontsize=7,
                xytext=(5, 3), textcoords="offset points", color=GREY,
            )  # fmt: skip
    axes.set_xscale("log")
    axes.margins(x=0.12, y=0.12)
    axes.set_xlabel("latency (s, log): hollow ideal, tick attainable, filled actual")
    axes.set_ylabel(quality)
    if max(p.quality for p in drawn) > 50 * min(p.quality for p in drawn) > 0:
        axes.set_yscale("log")
    title(axes, "Efficiency gap")
    legend(axes, "lower right")
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
                    family,
                    work / 1e9,
                    work / section.peak_flop_per_s,
                    sum(kernel.total_s for kernel in own),
                    sum(kernel.attainable_s * kernel.count for kernel in own),
                )
            )
    return efficiency_gap(
        [point for point in points if point.quality > 0], "work (GFLOP)", joined=False
    )
