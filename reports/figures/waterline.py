"""The two waterline figures: the model's view in bytes, and the time's view in seconds.

Model view: width = minimum bytes, height = FLOP per byte, so area = work; the line is the device's
balance. Bars under it are memory-bound. Heights are clipped, never logarithmic: a log axis would
no longer show work as area. Time view: width = time, filled = achieved fraction of peak, outline =
attainable fraction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import BLUE, GREY, INK, ORANGE, SKY, canvas, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CLIP = 1.6
"""Bars end at this multiple of the balance; the true value is written in them."""
MOST_LABELS = 8
UNKNOWN = "peak or bandwidth of this device is unknown: measure it with `hwprof bench`"


def model_view(section: DeviceSection) -> Figure:
    """Draw the model view of a section."""
    figure, axes = canvas()
    line = section.waterline()
    if line is None or not line.bytes_moved:
        nothing(axes, UNKNOWN if line is None else "no kernel moves any bytes")
        return figure
    level, left = line.balance, 0.0
    clipped: list[tuple[float, float, str]] = []
    edges, heights = [0.0], []
    for index, bar in enumerate(line.bars):
        if not bar.bytes_moved:
            continue
        height = min(bar.intensity, CLIP * level)
        colour = BLUE if bar.intensity >= level else ORANGE
        (patch,) = axes.bar(
            left, height, bar.bytes_moved, align="edge", color=colour, edgecolor="white", lw=0.3
        )
        patch.set_gid(f"model-{index}")
        edges.append(left + bar.bytes_moved)
        heights.append(min(height, level))
        if bar.intensity > CLIP * level:
            clipped.append((bar.bytes_moved, left + bar.bytes_moved / 2, f"{bar.intensity:.0f}"))
        left += bar.bytes_moved
    axes.stairs(
        [level] * len(heights), edges, baseline=heights, fill=True, color=SKY, alpha=0.18, lw=0
    )
    for width, centre, text in sorted(clipped, reverse=True)[:MOST_LABELS]:
        turned = width < 0.035 * left
        axes.text(
            centre, CLIP * level * 0.98, text, ha="center", va="top", fontsize=7, color="white",
            rotation=90 if turned else 0,
        )  # fmt: skip
    axes.axhline(level, color=INK, lw=1)
    axes.text(left, level, f" balance {level:.3g}", ha="left", va="center", fontsize=8, color=INK)
    axes.set_xlim(0, left)
    axes.set_ylim(0, CLIP * level)
    _bytes_axis(axes)
    axes.set_ylabel("FLOP per byte")
    title(
        axes,
        f"Waterline, model view: {section.title}, {section.number_format} "
        f"(E_max {line.efficiency_model:.0%})",
    )
    return figure


def time_view(section: DeviceSection) -> Figure:
    """Draw the time view of a section."""
    figure, axes = canvas()
    if not section.peak_flop_per_s or not section.measured_s:
        nothing(axes, UNKNOWN if section.kernels else "no kernels")
        return figure
    peak, left = section.peak_flop_per_s, 0.0
    edges, outline = [0.0], []
    for index, kernel in enumerate(section.kernels):
        width = kernel.total_s
        achieved = kernel.work_flop / (peak * kernel.latency_s) if kernel.latency_s else 0.0
        (patch,) = axes.bar(left, achieved, width, align="edge", color=BLUE, lw=0)
        patch.set_gid(f"time-{index}")
        edges.append(left + width)
        outline.append(attainable_fraction(kernel, peak))
        left += width
    axes.stairs(outline, edges, color=GREY, lw=0.6)
    axes.set_xlim(0, left)
    axes.set_ylim(0, 1.05)
    scale, unit = _time_unit(left)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value / scale:g}")
    axes.set_xlabel(f"{'measured' if section.measured else 'predicted'} time ({unit})")
    axes.set_ylabel(f"fraction of {si(peak, 'FLOP/s')} {section.number_format}")
    split = section.efficiencies
    told = f" (E {split[0]:.0%} = {split[1]:.0%} x {split[2]:.0%})" if split else ""
    title(axes, f"Waterline, time view: {section.title}{told}")
    return figure


def attainable_fraction(kernel: KernelRecord, peak: float) -> float:
    """Return the fraction of peak a kernel reaches at its attainable time."""
    if not kernel.attainable_s:
        return 0.0
    return min(1.0, kernel.work_flop / (peak * kernel.attainable_s))


def _bytes_axis(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: si(value, "B")))
    axes.set_xlabel("minimum DRAM traffic, kernels in program order")


def _time_unit(longest_s: float) -> tuple[float, str]:
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if longest_s >= scale:
            return scale, unit
    return 1e-9, "ns"
