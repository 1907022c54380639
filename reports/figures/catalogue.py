"""Every figure by name: what it shows, and which data it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microbench.errors import InputError
from reports.data import ReportData
from reports.figures import efficiency_gap, fusion, memory_ladder, roofline, waterline

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A figure: title, whether a report has data for it, and how it is drawn."""

    title: str
    has_data: Callable[[ReportData], bool]
    draw: Callable[[ReportData], Figure]


def _kernels(data: ReportData) -> bool:
    return any(section.kernels for section in data.sections)


def _measured(word: str) -> Callable[[ReportData], bool]:
    return lambda data: any(word in point.benchmark and point.value for point in data.points)


FIGURES = {
    "waterline": FigureKind(
        "Waterline, model view", _kernels, lambda data: waterline.model_view(data.sections[0])
    ),
    "waterline-time": FigureKind(
        "Waterline, time view", _kernels, lambda data: waterline.time_view(data.sections[0])
    ),
    "efficiency-gap": FigureKind(
        "Efficiency gap", _kernels, lambda data: efficiency_gap.of_sections(data.sections)
    ),
    "roofline": FigureKind("Roofline", _kernels, lambda data: roofline.roofline(data.sections[0])),
    "memory-ladder": FigureKind(
        "Memory ladder",
        _measured("memory.latency"),
        lambda data: memory_ladder.memory_ladder(data.points),
    ),
    "fusion": FigureKind(
        "Fused against unfused", _measured("fusion"), lambda data: fusion.fusion(data.points)
    ),
}


def figures_for(data: ReportData) -> list[tuple[str, Figure]]:
    """Draw every figure the report has data for, in reading order."""
    return [(name, kind.draw(data)) for name, kind in FIGURES.items() if kind.has_data(data)]


def draw(name: str, data: ReportData) -> Figure:
    """Draw one figure by name; ``InputError`` lists the names there are."""
    if name not in FIGURES:
        raise InputError(f"unknown figure {name!r}: choose from {', '.join(FIGURES)}")
    if not FIGURES[name].has_data(data):
        raise InputError(f"figure {name!r}: the report has no data for it")
    return FIGURES[name].draw(data)
