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


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure of a device's kernels, of all devices, or of measured points."""

    title: str
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
        beside=waterline.model_view,
        side_by_side=waterline.model_views,
    ),
    "waterline-time": FigureKind(
        "Waterline, time view",
        beside=waterline.time_view,
        side_by_side=waterline.time_views,
    ),
    "efficiency-gap": FigureKind("Efficiency gap", of_sections=efficiency_gap.of_sections),
    "roofline": FigureKind(
        "Roofline",
        beside=roofline.roofline,
        side_by_side=roofline.rooflines,
    ),
    "memory-ladder": FigureKind(
        "Memory ladder", of_points=memory_ladder.memory_ladder, benchmark="memory.latency"
    ),
    "fusion": FigureKind("Fused against unfused", of_points=fusion.fusion, benchmark="fusion"),
    "tensor-map": FigureKind(
        "Tensor-core map", of_points=tensor_map.tensor_map, benchmark="gpu.tensor"
    ),
    "calibration": FigureKind(
        "Calibration",
        of_report=lambda data: calibration.calibration(data.pairs),
        needs=lambda data: data.pairs,
    ),
    "tuning": FigureKind(
        "Tuning",
        of_report=lambda data: tuning.tuning(data.trials),
        needs=lambda data: data.trials,
    ),
    "published": FigureKind(
        "Yours against published",
        of_report=lambda data: published.published(data.published),
        needs=lambda data: data.published,
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


def draw(name: str, data: ReportData) -> list[Drawn]:
    """Draw one figure by name for files; ``InputError`` lists the names there are."""
    if name not in FIGURES:
        raise InputError(f"unknown figure {name!r}: choose from {', '.join(FIGURES)}")
    if not FIGURES[name].has_data(data):
        raise InputError(f"figure {name!r}: the report has no data for it")
    return _draw(name, FIGURES[name], data, one_picture=True)


def _draw(name: str, kind: FigureKind, data: ReportData, one_picture: bool) -> list[Drawn]:
    if kind.of_report is not None:
        return [Drawn(name, kind.title, kind.of_report(data))]
    if kind.of_points is not None:
        return [Drawn(name, kind.title, kind.of_points(data.points))]
    if kind.of_sections is not None:
        return [Drawn(name, kind.title, kind.of_sections(data.sections))]
    several = len(data.sections) > 1
    drawable = tuple(section for section in data.sections if section.kernels)
    if several and one_picture and kind.side_by_side is not None and len(drawable) <= MOST_BESIDE:
        return [Drawn(name, kind.title, kind.side_by_side(drawable))]
    found = []
    for index, section in enumerate(data.sections):
        own = f"{name}-{section.name.lower()}" if several else name
        title = f"{kind.title}: {section.title}"
        if not section.kernels:
            continue
        if kind.beside is not None:
            found.append(Drawn(own, title, kind.beside(section, several), index, several))
    return found
