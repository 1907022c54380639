"""Accuracy of a cost model: errors and interval coverage of each family and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from costmodel.learned.evaluate import Score
from reports.figures.style import BLUE, GREY, INK, ORANGE, canvas, nothing, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PROMISED, TOLERANCE = 0.90, 0.05
"""The share an interval promises, and how far off it may be before it stands out."""
ROW_IN = 0.21
MOST_PERCENT = 100.0
"""Errors beyond are drawn at the edge, with their value."""


def accuracy(scores: Sequence[Score]) -> Figure:
    """Draw one row a score: mean and median error beside the bound's, and the coverage."""
    figure, (errors, coverage) = canvas(9.6, 1.5 + ROW_IN * max(len(scores), 4), axes=2)
    if not scores:
        nothing(errors, "no rows were scored")
        nothing(coverage, "")
        return figure
    rows = range(len(scores))
    _errors(errors, scores)
    _coverage(coverage, scores)
    for axes in (errors, coverage):
        axes.set_ylim(len(scores) - 0.4, -0.6)
        axes.set_yticks(list(rows))
        axes.grid(axis="x", color=GREY, alpha=0.15)
    errors.set_yticklabels([_label(scores, row) for row in rows], fontsize=8)
    coverage.set_yticklabels([f"{one.rows:,} rows" for one in scores], fontsize=8)
    return figure


def _label(scores: Sequence[Score], row: int) -> str:
    """Name a family where it begins, and only the split in the rows below."""
    one = scores[row]
    begins = row == 0 or scores[row - 1].family != one.family
    return f"{one.family}: {one.split}" if begins else one.split


def _errors(axes: Axes, scores: Sequence[Score]) -> None:
    rows = range(len(scores))
    marks = (
        ("bound alone", [100 * one.bound_mape for one in scores], "o", GREY, "white"),
        ("mean", [100 * one.mape for one in scores], "o", BLUE, BLUE),
        ("median", [100 * one.median for one in scores], "|", INK, INK),
    )
    widest = min(MOST_PERCENT, max(max(values) for _, values, *_ in marks)) * 1.08
    for label, values, mark, edge, face in marks:
        shown = [min(value, widest) for value in values]
        axes.plot(shown, rows, mark, color=edge, mfc=face, ms=6, mew=1.4, ls="none", label=label)
        for row, value in enumerate(values):
            if value > widest and label == "mean":
                axes.annotate(f"{value:.0f}%", (widest, row), xytext=(4, 0), va="center",
                              textcoords="offset points", fontsize=7, color=edge)  # fmt: skip
    axes.set_xlim(0, widest * 1.02)
    axes.set_xlabel("error of the predicted time (%)")
    title(axes, "Error on rows kept away from training", above_labels=True)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8, borderaxespad=0.2)


def _coverage(axes: Axes, scores: Sequence[Score]) -> None:
    axes.axvline(100 * PROMISED, color=INK, lw=0.8)
    for row, one in enumerate(scores):
        fine = abs(one.coverage - PROMISED) <= TOLERANCE
        axes.plot(
            100 * one.coverage, row, "o" if fine else "D", ms=6, color=BLUE if fine else ORANGE
        )
    lowest = min(one.coverage for one in scores)
    axes.set_xlim(100 * min(0.75, lowest - 0.05), 101)
    axes.set_xlabel("rows in the interval (%); diamond: over 5 points off")
    title(axes, "Rows that the 90% intervals hold", above_labels=True)
