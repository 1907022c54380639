"""Intervals for devices nobody measured, from the errors on whole devices left out in turn.

Quantiles over all left-out devices together, apart for those with a measured sibling and those
without. The former are taken three times, the same both ways: the siblings there are to try it on
are near twins, while H200 is further from H100. The latter the caller joins with the intervals of
trees alone. An envelope of the devices' own quantiles was tried: one odd device made it a factor
of 50 wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.intervals import COVERAGE, EDGES_S, Intervals

Array = npt.NDArray[np.float64]
NEAR_FACTOR = 3.0
"""Widening of the intervals of devices with a sibling. Set by eye."""
_SHARES = ((1 - COVERAGE) / 2, (1 + COVERAGE) / 2)
SHIFTS = (0.0, -0.05, -0.1, -0.15, -0.2)
"""Offsets of log latency tried on devices without a sibling; the lowest was set by eye.

Left free, one device far off (decode attention on L40S) asked for -0.4 and made two others worse.
"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of one device, predicted by models that never saw it."""

    device: str
    near: bool
    """Whether a sibling of its architecture was among the training devices."""
    predicted_s: Array
    measured_s: Array


@dataclass(frozen=True, slots=True)
class DeviceIntervals:
    """Offsets of log latency for devices with and without a measured sibling."""

    near: Intervals
    far: Intervals
    shift: float
    """Added to log latency of devices without a sibling.

    Where a prediction is uncertain by a large factor, its mean percentage error is least below its
    median: too high by 2 is 100% wrong, too low by 2 is 50%.
    """

    @classmethod
    def fit(cls, left_out: Sequence[LeftOut]) -> DeviceIntervals:
        """Take both from devices left out in turn; ``ValueError`` without any."""
        near = [one for one in left_out if one.near]
        far = [one for one in left_out if not one.near]
        shift = best_shift(far)
        distant = _pooled(far, shift)
        close = _widened(near, distant)
        either = close or distant
        if either is None:
            raise ValueError("no device was left out")
        return cls(close or either, distant or either, shift)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what a model file stores."""
        return {
            "near": np.array([self.near.low, self.near.high]),
            "far": np.array([self.far.low, self.far.high]),
            "shift": np.array([self.shift]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> DeviceIntervals:
        """Rebuild; ``ValueError`` or ``KeyError`` for arrays that do not describe intervals."""
        near, far, shift = arrays["near"], arrays["far"], arrays["shift"]
        if near.shape != far.shape or near.ndim != 2 or len(near) != 2 or shift.shape != (1,):
            raise ValueError("intervals of unmeasured devices have an unknown shape")
        if not all(np.isfinite(one).all() for one in (near, far, shift)):
            raise ValueError("intervals of unmeasured devices out of range")
        return cls(
            Intervals(tuple(near[0]), tuple(near[1])),
            Intervals(tuple(far[0]), tuple(far[1])),
            float(shift[0]),
        )


def best_shift(far: Sequence[LeftOut]) -> float:
    """Return the offset with the least mean percentage error, every device counting the same."""

    def error(shift: float) -> float:
        factor = np.exp(shift)
        return float(
            np.mean([np.mean(np.abs(one.predicted_s * factor / one.measured_s - 1)) for one in far])
        )

    return min(SHIFTS, key=error) if far else 0.0


def _residual(one: LeftOut, shift: float) -> Array:
    return np.asarray(np.log(one.measured_s / one.predicted_s) - shift)


def _pooled(left_out: Sequence[LeftOut], shift: float) -> Intervals | None:
    if not left_out:
        return None
    every = np.concatenate([_residual(one, shift) for one in left_out])
    low, high = np.quantile(every, _SHARES)
    return _constant(min(float(low), 0.0), max(float(high), 0.0))


def _widened(near: Sequence[LeftOut], distant: Intervals | None) -> Intervals | None:
    """Return the same both ways: which way the next sibling errs is open.

    Widened no further than what holds without a sibling.
    """
    own = _pooled(near, 0.0)
    if own is None:
        return None
    widest = max(-own.low[0], own.high[0])
    limit = max(-distant.low[0], distant.high[0], widest) if distant else NEAR_FACTOR * widest
    widest = min(NEAR_FACTOR * widest, limit)
    return _constant(-widest, widest)


def _constant(low: float, high: float) -> Intervals:
    bins = len(EDGES_S) + 1
    return Intervals((low,) * bins, (high,) * bins)
