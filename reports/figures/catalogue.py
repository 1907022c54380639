"""Every figure by name: what it shows, and which data it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microbench.errors import InputError
from reports.data import DeviceSection, MeasuredPoint, ReportData
from reports.figures import (
    calibration,
    efficiency_gap,
    fusion,
    memory_ladder,
    published,
    roofline,
    tensor_map,
    tuning,
    waterline,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure


MOST_BESIDE = 4
"""Devices in one picture; more get a file each."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with the name its file gets and the device section it shows, if one."""

    name: str
    title: str
    figure: Figure
    section: int | None = None
    beside: bool = False
    """Whether it stands beside the same figure of other devices."""
    of_kernels: bool = False
    """Whether it shows kernels' times, which are those of some software."""


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure of a device's kernels, of all devices, or of measured points."""

    title: str
    caption: str
    """How to read it, in a sentence."""
    beside: Callable[[DeviceSection, bool], Figure] | None = None
    """A section in a picture of its own, narrower where several devices stand side by side."""
    side_by_side: Callable[[tuple[DeviceSection, ...]], Figure] | None = None
    """All devices in one picture, for files."""
    of_sections: Callable[[tuple[DeviceSection, ...]], Figure] | None = None
    of_points: Callable[[tuple[MeasuredPoint, ...]], Figure] | None = None
    of_report: Callable[[ReportData], Figure] | None = None
    needs: Callable[[ReportData], object] | None = None
    """What of the report ``of_report`` shows; empty where there is nothing to show."""
    benchmark: str = ""
    """Part of the name of the benchmarks whose points it shows."""

    def has_data(self, data: ReportData) -> bool:
        """Say whether the report holds anything this figure shows."""
        if self.needs is not None:
            return bool(self.needs(data))
        if self.of_points is not None:
            return any(self.benchmark in p.benchmark and p.value for p in data.points)
        return any(section.kernels for section in data.sections)


FIGURES = {
    "waterline": FigureKind(
        "Waterline, model view",
        "A bar a kernel in program order: width is bytes, height FLOP per byte, so area is work. "
        "Bars under the line are memory-bound; bars cut off at the top carry their true height.",
        beside=waterline.model_view,
        side_by_side=waterline.model_views,
    ),
    "waterline-time": FigureKind(
        "Waterline, time view",
        "A bar a kernel: width is time, filled height the achieved share of peak, the outline the "
        "attainable share. What is pale is lost in kernels, what is empty in the model's shapes.",
        beside=waterline.time_view,
        side_by_side=waterline.time_views,
    ),
    "efficiency-gap": FigureKind(
        "Efficiency gap",
        "From hollow (ideal, at peak) to the tick (attainable) is the model's part E_max, from the "
        "tick to filled (actual) the kernels' part E_kern.",
        of_sections=efficiency_gap.of_sections,
    ),
    "roofline": FigureKind(
        "Roofline",
        "A dot a kernel under the roofs of each memory level and the peak; datasheet roofs are "
        "solid, measured ones dashed.",
        beside=roofline.roofline,
        side_by_side=roofline.rooflines,
    ),
    "memory-ladder": FigureKind(
        "Memory ladder",
        "Each step is a level of the memory hierarchy that the working set no longer fits.",
        of_points=memory_ladder.memory_ladder,
        benchmark="memory.latency",
    ),
    "fusion": FigureKind(
        "Fused against unfused",
        "The mark is the speed-up the bytes saved would allow; beyond it, allocation and page "
        "faults were saved as well, or the data stayed in cache.",
        of_points=fusion.fusion,
        benchmark="fusion",
    ),
    "tensor-map": FigureKind(
        "Tensor-core map",
        "The best rate reached with each width of instruction; the colour is its share of peak.",
        of_points=tensor_map.tensor_map,
        benchmark="gpu.tensor",
    ),
    "calibration": FigureKind(
        "Calibration",
        "Predictions of kernels the model never saw beside their measured times; on the line is "
        "right, and nine in ten intervals should cross it.",
        of_report=lambda data: calibration.calibration(data.pairs),
        needs=lambda data: data.pairs,
    ),
    "tuning": FigureKind(
        "Tuning",
        "Left, how soon the search found how fast a configuration; right, where the chosen one "
        "stands among all that were measured.",
        of_report=lambda data: tuning.tuning(data.trials),
        needs=lambda data: data.trials,
    ),
    "published": FigureKind(
        "Yours against published",
        "Bands are the ranges others published for the same chip and method, dots are this run.",
        of_report=lambda data: published.published(data.published),
        needs=lambda data: [one for one in data.published if one.published_low],
    ),
}


def figures_for(data: ReportData, one_picture: bool = False) -> list[Drawn]:
    """Draw every figure the report has data for, in reading order.

    Waterlines of several devices are pictures of their own, which a page sets side by side, or
    ``one_picture`` for a file.
    """
    return [
        drawn
        for name, kind in FIGURES.items()
        if kind.has_data(data)
        for drawn in _draw(name, kind, data, one_picture)
    ]


def refuse_unknown(name: str) -> None:
    """Raise ``InputError`` with the names there are if a figure's is none of them."""
    if name not in FIGURES:
        raise InputError(f"unknown figure {name!r}: choose from {', '.join(FIGURES)}")


def draw(name: str, data: ReportData) -> list[Drawn]:
    """Draw one figure by name for files; ``InputError`` lists the names there are."""
    refuse_unknown(name)
    if not FIGURES[name].has_data(data):
        raise InputError(f"figure {name!r}: the report has no data for it")
    return _draw(name, FIGURES[name], data, one_picture=True)


def _draw(name: str, kind: FigureKind, data: ReportData, one_picture: bool) -> list[Drawn]:
    if kind.of_report is not None:
        return [Drawn(name, kind.title, kind.of_report(data))]
    if kind.of_points is not None:
        return [Drawn(name, kind.title, kind.of_points(data.points))]
    if kind.of_sections is not None:
        return [Drawn(name, kind.title, kind.of_sections(data.sections), of_kernels=True)]
    several = len(data.sections) > 1
    drawable = tuple(section for section in data.sections if section.kernels)
    if several and one_picture and kind.side_by_side is not None and len(drawable) <= MOST_BESIDE:
        return [Drawn(name, kind.title, kind.side_by_side(drawable), of_kernels=True)]
    found = []
    for index, section in enumerate(data.sections):
        own = f"{name}-{section.name.lower()}" if several else name
        title = f"{kind.title}: {section.title}"
        if not section.kernels:
            continue
        if kind.beside is not None:
            found.append(Drawn(own, title, kind.beside(section, several), index, several, True))
    return found
