"""Labels beside points that never lie on one another: the first free place around each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PLACES = tuple(
    (dx, dy)
    for distance in (5, 13, 21, 29, 38, 48)
    for dx, dy in (
        *((6, distance - 8), (6, 2 - distance), (-6, distance - 8), (-6, 2 - distance)),
        *((0, distance), (0, -distance - 6)),
    )
)
"""Offsets tried in order, in points; a negative or zero dx turns the text's alignment."""
WIDTH_EM = 0.58
"""Mean width of a character of the report's font, in font sizes."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text that belongs to a point in data coordinates; larger weight is placed first."""

    x: float
    y: float
    text: str
    colour: str
    weight: float = 0.0


def place(
    axes: Axes,
    labels: Sequence[Label],
    size_pt: float = 7.0,
    most: int = 60,
    paths: Sequence[Sequence[tuple[float, float]]] = (),
) -> list[Label]:
    """Draw labels where room is; return those left out. Call after limits and scales are set.

    ``paths`` are lines through points (x, y) that no label may cross.
    """
    figure = axes.figure
    scale = 72 / figure.dpi
    inside = axes.get_window_extent()
    box = (inside.x0 * scale, inside.y0 * scale, inside.x1 * scale, inside.y1 * scale)
    points = [axes.transData.transform((label.x, label.y)) * scale for label in labels]
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    for path in paths:
        corners = [axes.transData.transform(corner) * scale for corner in path]
        for (x0, y0), (x1, y1) in itertools.pairwise(corners):
            steps = max(1, int(max(abs(x1 - x0), abs(y1 - y0)) / 3))
            spots = ((x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps))
            taken += [(x - 1, y - 1, x + 1, y + 1) for x, y in spots]
    left_out = []
    order = sorted(range(len(labels)), key=lambda i: (-labels[i].weight, i))
    for at in order[:most]:
        label, (x, y) = labels[at], points[at]
        width, height = WIDTH_EM * size_pt * len(label.text), size_pt * 1.15
        for dx, dy in _PLACES:
            left = x + dx - (width if dx < 0 else width / 2 if dx == 0 else 0)
            rectangle = (left, y + dy, left + width, y + dy + height)
            if _within(rectangle, box) and not any(_meet(rectangle, other) for other in taken):
                taken.append(rectangle)
                axes.annotate(
                    label.text, (label.x, label.y), xytext=(dx, dy), textcoords="offset points",
                    fontsize=size_pt, color=label.colour, va="bottom",
                    ha="right" if dx < 0 else "center" if dx == 0 else "left",
                )  # fmt: skip
                break
        else:
            left_out.append(label)
    return left_out + [labels[at] for at in order[most:]]


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )
