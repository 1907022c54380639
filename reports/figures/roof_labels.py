"""Names along the sloped roofs of a roofline: under the peak, on no dot and on no other roof."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.figures.labels import WIDTH_EM
from reports.figures.style import INK, si
from reports.roofs import Roof

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE_PT = 7.5
HEIGHT_PT = 1.25 * SIZE_PT
GAP_PT = 2.0
"""Paper between a roof and its name, and between a name and all else."""
STEPS = 24
"""Places tried along a roof, on each of its sides."""
WIDER = 1.5
MOST_WIDER = 6
"""How often the view may grow to the left by ``WIDER`` for a name to fit under the peak."""
WIDEST = WIDER**MOST_WIDER


@dataclass(frozen=True, slots=True)
class Dot:
    """A kernel's dot in data coordinates with its radius on paper."""

    x: float
    y: float
    radius_pt: float


def name_roofs(axes: Axes, roofs: Sequence[Roof], peak: float, dots: Sequence[Dot]) -> None:
    """Name each roof along its line; call after limits, scales and layout are set.

    The view grows to the left where a name would not fit under the peak. A roof without a free
    place is named where its name meets least.
    """
    for _ in range(MOST_WIDER):
        if all(_spots(axes, roof, peak) for roof in roofs):
            break
        axes.set_xlim(left=axes.get_xlim()[0] / WIDER)
    for roof in roofs:
        _name(axes, roof, [one for one in roofs if one is not roof], peak, dots)


def _name(axes: Axes, roof: Roof, others: Sequence[Roof], peak: float, dots: Sequence[Dot]) -> None:
    """Write one roof's name where it meets fewest dots and roofs, nearest the left end."""
    angle = slope(axes)
    spots = _spots(axes, roof, peak) or [max(axes.get_xlim()[0], axes.get_ylim()[0] / roof.value)]
    places = [(x, side) for side in (1, -1) for x in spots]
    at, side = min(places, key=lambda place: _met(axes, roof, place, others, dots))
    shift = GAP_PT if side > 0 else -GAP_PT
    axes.annotate(
        text_of(roof), (at, at * roof.value), fontsize=SIZE_PT, rotation=math.degrees(angle),
        rotation_mode="anchor", ha="left", va="bottom" if side > 0 else "top", color=INK,
        xytext=(-shift * math.sin(angle), shift * math.cos(angle)), textcoords="offset points",
    )  # fmt: skip


def text_of(roof: Roof) -> str:
    """Return a sloped roof's name with its bandwidth."""
    return f"{roof.name} {si(roof.value, 'B/s')}"


def slope(axes: Axes) -> float:
    """Return the angle on paper of a line of slope one in log-log axes, in radians."""
    (x0, y0), (x1, y1) = (_paper(axes, at, at) for at in (1.0, 10.0))
    return math.atan2(y1 - y0, x1 - x0)


def _spots(axes: Axes, roof: Roof, peak: float) -> list[float]:
    """Return intensities at which the name may start: inside the view and under the peak."""
    left, bottom = axes.get_xlim()[0], axes.get_ylim()[0]
    angle = slope(axes)
    start = _paper(axes, *_on(roof, max(left, bottom / roof.value)))
    end = _paper(axes, *_on(roof, peak / roof.value))
    width = WIDTH_EM * SIZE_PT * len(text_of(roof))
    corner = (HEIGHT_PT + 2 * GAP_PT) * max(math.tan(angle), 1 / math.tan(angle))
    free = math.dist(start, end) - width - 2 * corner
    if free < 0:
        return []
    per_decade = math.dist(_paper(axes, 1.0, 1.0), _paper(axes, 10.0, 10.0))
    first = max(left, bottom / roof.value)
    moves = (corner + free * step / STEPS for step in range(STEPS + 1))
    return [first * 10 ** (move / per_decade) for move in moves]


def _met(
    axes: Axes, roof: Roof, place: tuple[float, int], others: Sequence[Roof], dots: Sequence[Dot]
) -> int:
    """Count the dots and roofs that a name at a place would lie on."""
    at, side = place
    angle, origin = slope(axes), _paper(axes, *_on(roof, place[0]))
    low, high = sorted((0.0, side * (HEIGHT_PT + GAP_PT)))
    width = WIDTH_EM * SIZE_PT * len(text_of(roof))
    met = 0
    for dot in dots:
        x, y = _paper(axes, dot.x, dot.y)
        along = (x - origin[0]) * math.cos(angle) + (y - origin[1]) * math.sin(angle)
        across = (y - origin[1]) * math.cos(angle) - (x - origin[0]) * math.sin(angle)
        reach = dot.radius_pt + GAP_PT
        met += -reach < along < width + reach and low - reach < across < high + reach
    for other in others:
        _, y = _paper(axes, at, at * other.value)
        across = (y - origin[1]) * math.cos(angle)
        met += low - GAP_PT < across < high + GAP_PT
    return met


def _on(roof: Roof, intensity: float) -> tuple[float, float]:
    return intensity, intensity * roof.value


def _paper(axes: Axes, x: float, y: float) -> tuple[float, float]:
    """Return a place on paper in points."""
    across, up = axes.transData.transform((x, y)) * 72 / axes.figure.dpi
    return float(across), float(up)
