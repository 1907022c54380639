"""Fused against unfused: measured speed-up beside what the bytes saved would allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.data import MeasuredPoint
from reports.figures.labels import WIDTH_EM
from reports.figures.style import BLUE, GREY, INK, ORANGE, SKY, canvas, nothing, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BASELINE = "eager"
COLOURS = {"eager": GREY, "in_place": SKY, "in-place": SKY, "fused": BLUE}
LABEL_PT = 7.0


@dataclass(frozen=True, slots=True)
class Speedup:
    """A variant's time over its baseline's; the interval's ends divide the two intervals' ends."""

    ratio: float
    low: float | None
    high: float | None
    noisy: bool
    """Whether the variant or its baseline has another verdict than ok."""

    @property
    def text(self) -> str:
        """The ratio, and whether no interval stands behind it."""
        return f"{self.ratio:.2f}x" + (", no interval" if self.low is None else "")


def speedup(base: MeasuredPoint, measured: MeasuredPoint) -> Speedup:
    """Return how many times faster than ``base`` a point is; 1 exactly for the baseline itself."""
    noisy = not base.verdict == measured.verdict == "ok"
    fast, slow = _ends(measured)
    base_fast, base_slow = _ends(base)
    if fast is None or slow is None or base_fast is None or base_slow is None:
        return Speedup(_time(base) / _time(measured), None, None, noisy)
    ends = (1.0, 1.0) if base is measured else (base_fast / slow, base_slow / fast)
    return Speedup(_time(base) / _time(measured), *ends, noisy)


def fusion(points: Iterable[MeasuredPoint]) -> Figure:
    """Draw each chain's variants as speed-up over the eager one, with the attainable mark.

    Bars that rest on a noisy point are hatched.
    """
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
    drawn = [_chain(axes, row, found, variants) for row, found in enumerate(groups.values())]
    axes.set_yticks([row + 0.3 for row in range(len(groups))], list(groups))
    axes.set_xlim(0, 1.3 * axes.dataLim.x1)
    axes.invert_yaxis()
    axes.set_xlabel("speed-up over eager with allocation")
    title(axes, "Fused against unfused elementwise chains, measured")
    _key(figure, variants, [one for bars, _ in drawn for _, one in bars])
    figure.draw_without_rendering()
    for bars, allowed in drawn:
        _name(axes, bars, allowed)
    return figure


def _chain(
    axes: Axes, row: int, found: Mapping[str, MeasuredPoint], variants: Sequence[str]
) -> tuple[list[tuple[float, Speedup]], float | None]:
    """Draw one chain's bars; return the height of each and the attainable speed-up."""
    base, fused = _baseline(found), found.get("fused")
    height = 0.8 / len(variants)
    bars = []
    for index, variant in enumerate(variants):
        if base is None or variant not in found:
            continue
        one, at = speedup(base, found[variant]), row + index * height
        colour = COLOURS.get(variant, SKY)
        face, hatch = ("white", "////") if one.noisy else (colour, None)
        axes.barh(at, one.ratio, height, edgecolor=colour, facecolor=face, hatch=hatch)
        if one.low is not None and one.high is not None and one.low < one.high:
            axes.plot([one.low, one.high], [at, at], "-|", color=INK, lw=1.2, ms=5, zorder=3)
        bars.append((at, one))
    if base is None or fused is None or not fused.requested_bytes:
        return bars, None
    allowed = base.requested_bytes / fused.requested_bytes
    axes.plot([allowed] * 2, [row - 0.2, row + 0.8], color=ORANGE, lw=1.4)
    return bars, allowed


def _name(axes: Axes, bars: Sequence[tuple[float, Speedup]], allowed: float | None) -> None:
    """Write each ratio right of its bar and interval, beyond the attainable mark if it is near."""
    left, right = axes.get_xlim()
    points = axes.get_window_extent().width * 72 / axes.figure.dpi
    em = LABEL_PT * (right - left) / points
    for at, one in bars:
        start = max(one.ratio, one.high or 0.0) + 0.5 * em
        width = WIDTH_EM * em * len(one.text)
        if allowed is not None and start - 0.5 * em <= allowed <= start + width + 0.5 * em:
            start = allowed + 0.5 * em
        axes.text(start, at, one.text, va="center", fontsize=LABEL_PT)


def _key(figure: Figure, variants: Sequence[str], drawn: Sequence[Speedup]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Line2D | Patch] = [
        Patch(color=COLOURS.get(name, SKY), label=name) for name in variants
    ]
    handles.append(Line2D([], [], color=ORANGE, lw=1.4, label="what the bytes saved allow"))
    if any(one.noisy for one in drawn):
        handles.append(
            Patch(facecolor="white", edgecolor=INK, hatch="////", label="it or eager is noisy")
        )
    if any(one.low is not None for one in drawn):
        handles.append(Line2D([], [], color=INK, marker="|", lw=1.2, ms=5, label="95% intervals"))
    figure.legend(handles=handles, loc="outside lower left", ncols=6, fontsize=8, frameon=False)


def _baseline(found: Mapping[str, MeasuredPoint]) -> MeasuredPoint | None:
    return next((point for name, point in found.items() if name.startswith(BASELINE)), None)


def _time(point: MeasuredPoint) -> float:
    return _seconds(point, point.value or 1.0)


def _seconds(point: MeasuredPoint, value: float) -> float:
    """Return seconds: a latency as it stands, a rate through the bytes it moved."""
    return value if point.quantity == "latency_s" else point.bytes_moved / value


def _ends(point: MeasuredPoint) -> tuple[float, float] | tuple[None, None]:
    """Return the interval's ends in seconds, the faster first."""
    if not point.low or not point.high:
        return None, None
    low, high = sorted(_seconds(point, value) for value in (point.low, point.high))
    return low, high
