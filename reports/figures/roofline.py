"""The roofline: kernels under the device's bandwidth and peak, datasheet or measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.data import DeviceSection
from reports.figures.style import BOUND_COLOURS, INK, canvas, legend, nothing, si, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def roofline(section: DeviceSection) -> Figure:
    """Draw each kernel at its intensity and rate; area grows with its share of the time."""
    figure, axes = canvas(8.0, 4.2)
    peak, bandwidth = section.peak_flop_per_s, section.bandwidth_bytes_per_s
    drawn = [
        (index, kernel)
        for index, kernel in enumerate(section.kernels)
        if kernel.work_flop and kernel.bytes_moved and kernel.latency_s
    ]
    if not peak or not bandwidth or not drawn:
        nothing(axes, "no kernel with work and traffic, or no peak to draw a roof from")
        return figure
    balance = peak / bandwidth
    low = min(kernel.intensity for _, kernel in drawn) / 3
    high = max([balance, *(kernel.intensity for _, kernel in drawn)]) * 5
    axes.plot([low, balance, high], [low * bandwidth, peak, peak], color=INK, lw=1.2)
    total = section.measured_s
    for index, kernel in drawn:
        size = 16 + 500 * kernel.total_s / total
        dot = axes.scatter(
            kernel.intensity, kernel.work_flop / kernel.latency_s, s=size, alpha=0.6,
            color=BOUND_COLOURS[kernel.bound], edgecolor="white", lw=0.5,
        )  # fmt: skip
        dot.set_gid(f"roof-{index}")
    for bound, colour in BOUND_COLOURS.items():
        if any(kernel.bound == bound for _, kernel in drawn):
            axes.scatter([], [], color=colour, label=f"{bound}-bound", s=24)
    axes.annotate(
        f"peak {si(peak, 'FLOP/s')} {section.number_format}", (high, peak), ha="right",
        va="bottom", fontsize=8, xytext=(0, 2), textcoords="offset points",
    )  # fmt: skip
    axes.annotate(
        f"DRAM {si(bandwidth, 'B/s')}", (low, low * bandwidth), fontsize=8, xytext=(4, 16),
        textcoords="offset points",
    )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(top=peak * 3)
    axes.set_xlabel("operational intensity (FLOP per byte)")
    axes.set_ylabel("FLOP/s")
    title(axes, f"Roofline: {section.title}; area = share of the time")
    legend(axes, "lower right")
    return figure
