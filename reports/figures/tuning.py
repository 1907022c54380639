"""Tuning: best time found against configurations measured, and the choice in its space."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.evidence import Trial
from reports.figures.style import BLUE, GREY, INK, ORANGE, canvas, log_ticks, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LOG_BEYOND = 5.0
"""Latencies that differ by a larger factor are drawn on a log axis."""
LINE_LENGTH = 56


def tuning(trials: Sequence[Trial]) -> Figure:
    """Draw the curve of the best so far beside every configuration, fastest first."""
    figure, (curve, space) = canvas(9.6, 3.8, 2)
    tried = sorted(trials, key=lambda trial: trial.number)
    timed = [(t.number, t.latency_s) for t in tried if t.latency_s is not None]
    if not timed:
        nothing(curve, "no configuration was timed")
        nothing(space, "")
        return figure
    best = list(itertools.accumulate((latency for _, latency in timed), min))
    curve.plot([at for at, _ in timed], [x for _, x in timed], "o", color=GREY, ms=2.5, alpha=0.6)
    curve.step([at for at, _ in timed], best, where="post", color=BLUE, lw=1.6)
    slowest = max(latency for _, latency in timed)
    if slowest > LOG_BEYOND * best[-1]:
        curve.set_yscale("log")
        low, high = curve.get_ylim()
        log_ticks(curve.yaxis, low, high, "s")
    else:
        curve.yaxis.set_major_formatter(lambda value, _: si(value, "s"))
    scale = ", log scale" if slowest > LOG_BEYOND * best[-1] else ""
    for panel in (curve, space):
        panel.xaxis.get_major_locator().set_params(integer=True)
    curve.set_xlabel("configurations measured")
    curve.set_ylabel(f"latency (s{scale}): tried, and best so far")
    failed = len(tried) - len(timed)
    title(curve, f"{len(tried)} configurations tried, {failed} failed")
    ranked = sorted(
        ((t.latency_s, t) for t in tried if t.latency_s is not None), key=lambda item: item[0]
    )
    fastest = ranked[0][0]
    ratios = [latency / fastest for latency, _ in ranked]
    space.plot(range(1, len(ratios) + 1), ratios, color=BLUE, lw=1.4)
    for place, (latency, trial) in enumerate(ranked, start=1):
        if trial.chosen:
            space.plot(place, latency / fastest, "D", color=ORANGE, ms=7, zorder=3)
            told = f"chosen, {latency / fastest:.2f}x the fastest: {trial.blocks}"
            space.text(
                0.04, 0.97, textwrap.fill(told, LINE_LENGTH, break_long_words=False), fontsize=7.5,
                va="top", color=INK, transform=space.transAxes, in_layout=False,
            )  # fmt: skip
    space.set_ylim(0.95, max(ratios) * 1.15)
    space.set_xlabel("configurations, fastest first")
    space.set_ylabel("latency over the fastest")
    title(space, "The chosen configuration in its space")
    return figure
