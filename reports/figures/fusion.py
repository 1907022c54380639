"""Fused against unfused: measured speed-up beside what the bytes saved would allow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reports.data import MeasuredPoint
from reports.figures.style import BLUE, GREY, ORANGE, SKY, canvas, nothing, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BASELINE = "eager"
COLOURS = {"eager": GREY, "in_place": SKY, "in-place": SKY, "fused": BLUE}


def fusion(points: Iterable[MeasuredPoint]) -> Figure:
    """Draw each chain's variants as speed-up over the eager one, with the attainable mark."""
    figure, axes = canvas(8.0, 3.8)
    groups: dict[str, dict[str, MeasuredPoint]] = {}
    for point in points:
        if "fusion" in point.benchmark and "variant" in point.axes and point.value:
            rest = [f"{v}" for k, v in point.axes.items() if k != "variant"]
            groups.setdefault(" ".join(rest), {})[str(point.axes["variant"])] = point
    groups = {name: found for name, found in groups.items() if _baseline(found)}
    if not groups:
        nothing(axes, "no fused and unfused variants were measured")
        return figure
    variants = list(dict.fromkeys(v for found in groups.values() for v in found))
    height = 0.8 / len(variants)
    for row, (_name, found) in enumerate(groups.items()):
        base = _baseline(found)
        for index, variant in enumerate(variants):
            measured = found.get(variant)
            if base is None or measured is None:
                continue
            ratio = _time(base) / _time(measured)
            colour = COLOURS.get(variant, SKY)
            label = variant if row == 0 else None
            axes.barh(row + index * height, ratio, height, color=colour, label=label)
            axes.text(
                ratio,
                row + index * height,
                f"\N{NO-BREAK SPACE}{ratio:.2f}x",
                va="center",
                fontsize=7,
            )
        fused = found.get("fused")
        if base is not None and fused is not None and fused.requested_bytes:
            allowed = base.requested_bytes / fused.requested_bytes
            label = "attainable by bytes saved" if row == 0 else None
            axes.plot([allowed] * 2, [row - 0.2, row + 0.8], color=ORANGE, lw=1.4, label=label)
    axes.set_yticks([row + 0.3 for row in range(len(groups))], list(groups))
    axes.margins(x=0.3)
    axes.invert_yaxis()
    axes.set_xlabel("speed-up over eager with allocation")
    title(axes, "Fused against unfused elementwise chains, measured")
    figure.legend(loc="outside lower left", ncols=4, fontsize=8, frameon=False)
    return figure


def _baseline(found: dict[str, MeasuredPoint]) -> MeasuredPoint | None:
    return next((point for name, point in found.items() if name.startswith(BASELINE)), None)


def _time(point: MeasuredPoint) -> float:
    """Return seconds: a latency as it stands, a rate through the bytes it moved."""
    value = point.value or 1.0
    return value if point.quantity == "latency_s" else point.bytes_moved / value
