"""Summaries of samples that assume no distribution: order statistics throughout.

Sources: the interval of a median from order statistics is the exact binomial one (Conover,
Practical Nonparametric Statistics, 3rd ed., section 3.2).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

MIN_SAMPLES = 6
"""Fewest samples whose extremes bound the median with 95% confidence: 1 - 2 / 2**6 = 0.969."""
GAP = 0.05
"""A hole wider than this share of the median between p25 and p75 means two modes."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Median and 95% interval of samples, in the samples' unit."""

    count: int
    median: float
    low: float
    high: float
    minimum: float
    p10: float
    p90: float
    mad: float
    """Median absolute deviation from the median, unscaled."""
    modes: tuple[float, ...]
    """One value a mode: two where the samples fall into two clusters, else the median."""

    @property
    def relative_half_width(self) -> float:
        """Half the interval's width over the median; infinite below ``MIN_SAMPLES``."""
        if self.count < MIN_SAMPLES:
            return math.inf
        return half_width(self.median, self.low, self.high)


def half_width(value: float, low: float, high: float) -> float:
    """Return half an interval's width as a share of its value; infinite around 0.

    All three are in the quantity that is shown: of a rate it is the rate's own interval, which is
    wider than that of the times behind it (``a / low`` is further from ``a / median``).
    """
    return (high - low) / 2 / abs(value) if value else math.inf


def too_wide(width: float, limit: float) -> str:
    """Say that an interval is wider than wanted, with as many digits as tell the two apart."""
    places = next((n for n in range(1, 6) if f"{width:.{n}%}" != f"{limit:.{n}%}"), 6)
    return f"interval of ±{width:.{places}%}, wanted ±{limit:.1%}"


def summarise(values: Sequence[float]) -> Summary:
    """Summarise at least one value; ``ValueError`` without any."""
    if not values:
        raise ValueError("no samples to summarise")
    ordered = sorted(values)
    middle = quantile(ordered, 0.5)
    low, high = median_interval(ordered)
    mad = quantile(sorted(abs(value - middle) for value in ordered), 0.5)
    return Summary(
        count=len(ordered),
        median=middle,
        low=low,
        high=high,
        minimum=ordered[0],
        p10=quantile(ordered, 0.1),
        p90=quantile(ordered, 0.9),
        mad=mad,
        modes=modes(ordered),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of ordered values by linear interpolation (Hyndman-Fan type 7)."""
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def median_interval(ordered: Sequence[float], confidence: float = 0.95) -> tuple[float, float]:
    """Return the tightest symmetric pair of order statistics that holds the median.

    With fewer than ``MIN_SAMPLES`` values no such pair exists: the extremes are returned and
    ``Summary.relative_half_width`` is infinite.
    """
    from scipy.special import bdtr

    count = len(ordered)
    drop = 0
    while drop + 1 <= (count - 1) // 2 and 2 * bdtr(drop, count, 0.5) <= 1 - confidence:
        drop += 1
    drop = max(drop - 1, 0)
    return ordered[drop], ordered[count - 1 - drop]


def modes(ordered: Sequence[float]) -> tuple[float, ...]:
    """Return the medians of two clusters split at the widest hole in the middle half, or one."""
    middle = quantile(ordered, 0.5)
    inner = ordered[len(ordered) // 4 : len(ordered) - len(ordered) // 4]
    if len(inner) < 4 or middle <= 0:
        return (middle,)
    holes = [(after - before, before) for before, after in itertools.pairwise(inner)]
    width, edge = max(holes)
    if width / middle <= GAP:
        return (middle,)
    lower = [value for value in ordered if value <= edge]
    upper = [value for value in ordered if value > edge]
    return quantile(lower, 0.5), quantile(upper, 0.5)
