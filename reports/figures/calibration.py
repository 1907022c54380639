"""Calibration: predicted against measured time with 90% intervals, and the worst ten by name."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.evidence import Pair
from reports.figures.style import BLUE, GREY, INK, ORANGE, canvas, log_ticks, nothing, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WORST = 10
NAME_LENGTH = 34
LOG_BEYOND = 8.0
"""Larger factors are drawn on a log axis."""


def calibration(pairs: Sequence[Pair]) -> Figure:
    """Draw every pair; those outside their interval stand out, the worst ten are named."""
    figure, panels = canvas(9.6, 4.4, 2)
    usable = [pair for pair in pairs if pair.measured_s > 0 and pair.predicted_s > 0]
    if not usable:
        for panel, reason in zip(panels, ("no kernel was both predicted and measured", ""),
                                 strict=True):  # fmt: skip
            nothing(panel, reason)
        return figure
    _scatter(panels[0], usable)
    _worst(panels[1], usable)
    return figure


def mean_factor(pairs: Sequence[Pair]) -> float:
    """Return the geometric mean of the factors between predicted and measured time, 1 or more."""
    return math.exp(math.fsum(abs(math.log(pair.ratio)) for pair in pairs) / len(pairs))


def median_factor(pairs: Sequence[Pair]) -> float:
    """Return the median factor between predicted and measured time, whichever is longer."""
    return statistics.median(max(pair.ratio, 1 / pair.ratio) for pair in pairs)


def coverage(pairs: Sequence[Pair]) -> float:
    """Return the share of measured times inside their 90% interval."""
    return sum(pair.covered for pair in pairs) / len(pairs)


def _scatter(axes: Axes, pairs: Sequence[Pair]) -> None:
    for covered, colour, label in ((True, BLUE, "inside"), (False, ORANGE, "outside")):
        own = [pair for pair in pairs if pair.covered is covered]
        if own:
            x, y = [p.measured_s for p in own], [p.predicted_s for p in own]
            down = [max(0.0, p.predicted_s - p.low_s) for p in own]
            up = [max(0.0, p.high_s - p.predicted_s) for p in own]
            axes.errorbar(
                x, y, yerr=(down, up), fmt="o", ms=3, color=colour, ecolor=colour, elinewidth=0.7,
                alpha=0.75, label=f"{label} the interval: {len(own)}",
            )  # fmt: skip
    ends = [min(p.measured_s for p in pairs) / 1.5, max(p.measured_s for p in pairs) * 1.5]
    axes.plot(ends, ends, color=INK, lw=0.8)
    axes.set_xscale("log")
    axes.set_yscale("log")
    log_ticks(axes.xaxis, *axes.get_xlim(), "s")
    log_ticks(axes.yaxis, *axes.get_ylim(), "s")
    axes.set_xlabel("measured time (s, log scale)")
    axes.set_ylabel("predicted time (s, log scale)")
    axes.legend(loc="upper left", fontsize=7.5)
    told = f"Off by {median_factor(pairs):.3g}x median, {mean_factor(pairs):.3g}x mean"
    title(axes, f"{told}; 90% intervals hold {coverage(pairs):.0%}")


def _worst(axes: Axes, pairs: Sequence[Pair]) -> None:
    ranked = sorted(pairs, key=lambda p: (-abs(math.log(p.ratio)), p.name))[:WORST]
    ends = [max(p.ratio, 1 / p.ratio) for p in ranked]
    colours = [ORANGE if not p.covered else BLUE for p in ranked]
    axes.barh(range(len(ranked)), [end - 1 for end in ends], left=1, color=colours, height=0.65)
    for row, pair in enumerate(ranked):
        word = "above" if pair.ratio > 1 else "below"
        axes.text(
            ends[row],
            row,
            f"\N{NO-BREAK SPACE}{ends[row]:.3g}x {word}",
            va="center",
            fontsize=7,
            color=INK,
        )
    axes.set_yticks(range(len(ranked)), [_short(p.name) for p in ranked], fontsize=7)
    axes.set_ylim(max(len(ranked), 4) - 0.4, -0.6)
    if max(ends) > LOG_BEYOND:
        axes.set_xscale("log")
        axes.set_xlim(1, max(ends) ** 1.5)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    else:
        axes.set_xlim(1, 1 + (max(ends) - 1) * 1.5 + 0.02)
    axes.spines["left"].set_color(GREY)
    scale = " (log scale)" if max(ends) > LOG_BEYOND else ""
    axes.set_xlabel(f"factor between predicted and measured time{scale}")
    title(axes, f"Worst {len(ranked)}")


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"
