"""Intervals for devices nobody measured, from the errors on whole devices left out in turn.

A quantile over all left-out rows together holds on average over devices, not on any one of them: it
covered from 53% to 100%. Here every device left out gives quantiles of its own, and the interval is
their envelope, the same both ways: the next device of the kind is inside wherever it errs no more
than the worst yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.intervals import Intervals

Array = npt.NDArray[np.float64]
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
        """Take the envelope of the devices' own 90% intervals; ``ValueError`` without devices."""
        if not left_out:
            raise ValueError("no device was left out")
        near = [one for one in left_out if one.near]
        far = [one for one in left_out if not one.near]
        shift = best_shift(far)
        distant = [_own(one, shift) for one in far]
        close = [_own(one, 0.0) for one in near]
        return cls(_envelope(close or distant), _envelope(distant or close), shift)

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


def _own(one: LeftOut, shift: float) -> Intervals:
    return Intervals.fit(one.predicted_s * np.exp(shift), one.measured_s)


def _envelope(parts: Sequence[Intervals]) -> Intervals:
    """Return the widest end of any part on both sides: which way the next device errs is open."""
    ends = np.array([[-np.array(one.low), one.high] for one in parts])
    widest = np.maximum(ends.max(axis=(0, 1)), 0.0)
    return Intervals(tuple((-widest).tolist()), tuple(widest.tolist()))
