"""Yours against published: each figure over the middle of the range printed for its method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.evidence import Published
from reports.figures.style import BLUE, INK, ORANGE, SKY, canvas, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 40


def published(figures: Sequence[Published]) -> Figure:
    """Draw published ranges as bands and ours as dots with intervals, farthest off on top."""
    usable = [f for f in figures if f.published_low and f.value > 0]
    shown = sorted(usable, key=lambda f: -abs(f.value / _middle(f) - 1))[:MOST_ROWS]
    figure, axes = canvas(8.0, 1.5 + 0.3 * max(len(shown), 5))
    if not shown:
        nothing(axes, "no figure of this run has a published counterpart")
        return figure
    for row, one in enumerate(shown):
        middle = _middle(one)
        low, high = (one.published_low or 0) / middle, (one.published_high or 0) / middle
        axes.barh(row, max(high - low, 0.004), left=low, height=0.7, color=SKY, alpha=0.5)
        colour = BLUE if one.inside else ORANGE
        axes.plot([one.low / middle, one.high / middle], [row, row], color=colour, lw=2)
        axes.plot(one.value / middle, row, "o" if one.inside else "D", color=colour, ms=5)
    names = [f"{f.name}\n{_shown(f)} ({f.source})" for f in shown]
    axes.set_yticks(range(len(shown)), names, fontsize=7)
    axes.invert_yaxis()
    axes.axvline(1, color=INK, lw=0.6)
    axes.set_xlabel("over the middle of the published range (band); diamonds are outside it")
    axes.margins(x=0.08)
    inside = sum(f.inside for f in usable)
    title(axes, f"Yours against published: {inside} of {len(usable)} inside the range")
    return figure


def _middle(one: Published) -> float:
    return ((one.published_low or 0) + (one.published_high or 0)) / 2


def _shown(one: Published) -> str:
    """Write a figure in its own unit; only plain ones take a prefix: no "kGB/s"."""
    plain = one.unit in {"s", "B/s", "FLOP/s"}
    return si(one.value, one.unit) if plain else f"{one.value:.4g} {one.unit}"
