"""A sweep cut into regimes: the best split of ordered values into intervals.

Found exactly by dynamic programming.

After H. Go et al., "Addressing Negative Transfer in Diffusion Models", arXiv 2306.00354, which
clusters timesteps into intervals this way; used here for piecewise rooflines and shape buckets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microbench.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Regimes:
    """Where each interval starts, and the summed cost of all intervals."""

    starts: tuple[int, ...]
    cost: float


def split(values: Sequence[float], count: int) -> Regimes:
    """Return the split of ordered values into ``count`` intervals of least squared deviation.

    The cost of an interval is the sum of squares about its mean. O(count n^2), exact.
    """
    return split_by_cost(squared_deviations(values), count)


def split_lines(x: Sequence[float], y: Sequence[float], count: int) -> Regimes:
    """Return the split into ``count`` intervals with the best straight line in each (squares).

    With x = log size and y = log time the breaks are where a sweep changes its regime. Intervals
    hold at least two points where there are enough.
    """
    return split_by_cost(line_residuals(x, y), count)


def split_by_cost(costs: npt.NDArray[np.float64], count: int) -> Regimes:
    """Return the least-cost split given ``costs[i, j]`` of the interval i..j-1.

    ``InputError`` when there are fewer values than intervals, or no values.
    """
    import numpy as np

    size = costs.shape[0]
    if not 1 <= count <= size:
        raise InputError(f"cannot split {size} values into {count} intervals")
    best = costs[0, 1:].copy()
    origin = np.zeros((count, size), dtype=int)
    for part in range(1, count):
        following = np.full(size, np.inf)
        for end in range(part, size):
            totals = best[part - 1 : end] + costs[part : end + 1, end + 1]
            chosen = int(np.argmin(totals))
            following[end], origin[part, end] = totals[chosen], part + chosen
        best = following
    starts, end = [0] * count, size - 1
    for part in range(count - 1, 0, -1):
        starts[part] = int(origin[part, end])
        end = starts[part] - 1
    return Regimes(tuple(starts), float(best[size - 1]))


def squared_deviations(values: Sequence[float]) -> npt.NDArray[np.float64]:
    """Return costs[i, j]: squares about the mean of values i..j-1, from prefix sums."""
    import numpy as np

    data = np.asarray(values, dtype=float)
    data = data - data.mean() if len(data) else data
    ones, sums, squares = (_prefix(d) for d in (np.ones_like(data), data, data * data))
    counts = np.maximum(_spans(ones), 1)
    return np.asarray(np.maximum(_spans(squares) - _spans(sums) ** 2 / counts, 0.0)[:-1])


def line_residuals(x: Sequence[float], y: Sequence[float]) -> npt.NDArray[np.float64]:
    """Return costs[i, j]: squares about the least-squares line through points i..j-1."""
    import numpy as np

    if len(x) != len(y) or not len(x):
        raise InputError("x and y must be of one length, above zero")
    a, b = np.asarray(x, dtype=float) - np.mean(x), np.asarray(y, dtype=float) - np.mean(y)
    n = np.maximum(_spans(_prefix(np.ones_like(a))), 1)
    sa, sb, saa, sab, sbb = (_spans(_prefix(d)) for d in (a, b, a * a, a * b, b * b))
    xx, xy, yy = saa - sa * sa / n, sab - sa * sb / n, sbb - sb * sb / n
    slope = np.divide(xy, xx, out=np.zeros_like(xy), where=xx > 1e-12)
    return np.asarray(np.maximum(yy - slope * xy, 0.0)[:-1])


def _prefix(data: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.concatenate([[0.0], np.cumsum(data)])


def _spans(prefix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return prefix[None, :] - prefix[:, None]
