"""Network scaling by depth, width and resolution, and the line through FLOPs and activations.

After P. Dollar, M. Singh, R. Girshick, "Fast and Accurate Model Scaling", arXiv 2103.06877:
run time follows activations (elements of all convolution outputs) more closely than FLOPs, and
scaling mostly width grows activations as O(sqrt s) instead of O(s).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microbench.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a factor s of FLOPs is shared among depth, width squared and resolution squared."""

    depth: float
    width: float
    resolution: float

    def __post_init__(self) -> None:
        if abs(self.depth + self.width + self.resolution - 1) > 1e-9:
            raise InputError("the shares of depth, width and resolution must sum to 1")

    def factors(self, s: float) -> tuple[float, float, float]:
        """Return d, w and r with d w^2 r^2 = s."""
        return s**self.depth, s ** (self.width / 2), s ** (self.resolution / 2)

    def work_factor(self, s: float) -> float:
        """Return d w^2 r^2, which is s."""
        d, w, r = self.factors(s)
        return d * w**2 * r**2

    def activation_factor(self, s: float) -> float:
        """Return d w r^2: O(sqrt s) for width alone, O(s) for depth or resolution alone."""
        d, w, r = self.factors(s)
        return d * w * r**2

    def parameter_factor(self, s: float) -> float:
        """Return d w^2."""
        d, w, _ = self.factors(s)
        return d * w**2


FAST = Scaling(0.1, 0.8, 0.1)
"""The paper's fast compound scaling, alpha = 0.8 (d1_w8_r1 in its code)."""
UNIFORM = Scaling(1 / 3, 1 / 3, 1 / 3)
WIDTH, DEPTH, RESOLUTION = Scaling(0, 1, 0), Scaling(1, 0, 0), Scaling(0, 0, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """Time = intercept + sum of slope x feature."""

    intercept_s: float
    slopes: tuple[float, ...]

    def predict_s(self, features: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return seconds for rows of features."""
        import numpy as np

        return np.asarray(self.intercept_s + np.atleast_2d(features) @ np.asarray(self.slopes))


def fit_line(features: npt.ArrayLike, times_s: npt.ArrayLike, relative: bool = False) -> Line:
    """Fit a line by least squares on seconds, or on relative error when ``relative``."""
    import numpy as np

    times = np.asarray(times_s, dtype=float)
    table = np.column_stack([np.ones(len(times)), np.asarray(features, dtype=float)])
    if len(times) < table.shape[1]:
        raise InputError(f"{len(times)} rows cannot determine {table.shape[1]} coefficients")
    weight = 1 / times if relative else np.ones_like(times)
    found, *_ = np.linalg.lstsq(table * weight[:, None], times * weight, rcond=None)
    return Line(float(found[0]), tuple(float(slope) for slope in found[1:]))


def mape(predicted_s: npt.ArrayLike, times_s: npt.ArrayLike) -> float:
    """Return the mean of |predicted / measured - 1|."""
    import numpy as np

    return float(np.mean(np.abs(np.asarray(predicted_s) / np.asarray(times_s) - 1)))
