"""Colours, sizes and number words shared by every figure.

The palette is Okabe and Ito's (2008), told apart by readers with any colour vision.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, Literal

from microbench.units import quantity, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
SKY, YELLOW, PINK, GREY, INK = "#56B4E9", "#E69F00", "#CC79A7", "#8A8F98", "#24292F"
SERIES = (BLUE, ORANGE, GREEN, PINK, YELLOW, SKY, INK)
BOUND_COLOURS = {"compute": BLUE, "memory": ORANGE, "latency": GREY}

Corner = Literal["upper left", "upper right", "lower left", "lower right"]
_SETTINGS: Any = {
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "svg.hashsalt": "hwprof",
    "svg.fonttype": "none",
    "path.simplify": True,
}


def canvas(width_in: float = 8.0, height_in: float = 3.6, axes: int = 1) -> tuple[Figure, Any]:
    """Return a figure with ``axes`` panels side by side; no global state is touched."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_SETTINGS):
        figure = Figure(figsize=(width_in, height_in), layout="constrained")
        return figure, figure.subplots(1, axes)


DPI = 144


def render(figure: Figure, kind: str, dpi: int = DPI) -> bytes:
    """Return a figure as PNG, SVG or PDF: the same bytes for the same figure."""
    from matplotlib import rc_context

    metadata: dict[str, Any] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }[kind]
    stream = io.BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(stream, format=kind, dpi=dpi, metadata=metadata)
    if kind != "svg":
        return stream.getvalue()
    from reports.figures.svg import split

    return split(stream.getvalue().decode("utf-8")).encode()


def title(axes: Axes, text: str, above_labels: bool = False) -> None:
    """Set a panel's title: left, bold; ``above_labels`` that stand on top of the axes."""
    pad = 24.0 if above_labels else None
    axes.set_title(text, loc="left", fontsize=10, fontweight="bold", color=INK, pad=pad)


def sign(figure: Figure, text: str) -> None:
    """Say on top of a picture that stands alone what its times are of: keys stand at its foot."""
    figure.suptitle(text, x=0.99, ha="right", fontsize=7.5, color=GREY)


def legend(axes: Axes, where: Corner) -> None:
    """Add a legend without a frame's weight."""
    axes.legend(loc=where, fontsize=8, frameon=True, framealpha=0.85, edgecolor="white")


def nothing(axes: Axes, reason: str) -> None:
    """Say in the panel why nothing is drawn."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, reason, ha="center", va="center", color=GREY, transform=axes.transAxes)


def log_ticks(axis: Axis, low: float, high: float, unit: str) -> None:
    """Label a log axis with prefixes; over little more than a decade its 2s and 5s as well."""
    axis.set_major_formatter(lambda value, _: si(value, unit))
    few = low > 0 and high / low < 40

    def minor(value: float, _: float) -> str:
        first = round(value / 10 ** math.floor(math.log10(value) + 1e-9)) if value > 0 else 0
        return si(value, unit) if few and first in (2, 5) else ""

    axis.set_minor_formatter(minor)


def shown(value: float, unit: str) -> str:
    """Write a figure of the text as the commands print it: ``4.3e-3`` s is ``4.30 ms``."""
    return seconds(value) if unit == "s" else quantity(value, unit)


def between(low_s: float, high_s: float) -> str:
    """Write the ends of an interval in seconds: ``3.59 ms to 16.3 ms``."""
    return f"{seconds(low_s)} to {seconds(high_s)}"


def si(value: float, unit: str) -> str:
    """Write a tick or a figure's label: up to three digits with a decimal prefix, ``4.3 ms``."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g} {unit}"
    for scale, prefix in (
        *((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, "")),
        *((1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p")),
    ):
        if abs(value) >= scale:
            return f"{value / scale:.3g} {prefix}{unit}"
    return f"{value:.3g} {unit}"


def share(part: float) -> str:
    """Write a share: whole percent, with decimals where it is small; never "0%" for something."""
    if part >= 0.1 or part <= 0:
        return f"{part:.0%}"
    return f"{part:.1%}" if part >= 0.01 else f"{100 * part:.2g}%"
