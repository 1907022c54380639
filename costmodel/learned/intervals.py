"""Split-conformal intervals of log(measured / predicted), by size of the prediction.

Source: V. Vovk et al., Algorithmic Learning in a Random World, 2005: quantiles of residuals on rows
the model never saw hold for exchangeable new rows whatever the model.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

EDGES_S = (5e-6, 2e-5, 1e-4, 1e-3)
"""Predicted latencies that part the bins: launch-bound kernels scatter more than large ones."""
_EDGES = np.array(EDGES_S)
COVERAGE = 0.90
LEAST = 60
"""Residuals a bin needs before its own quantiles are trusted; else the whole set's are used."""
WIDEN_OUTSIDE = 1.5
"""Factor on both sides where a row leaves the range the model was trained in; set by eye."""
DRIFT = 0.2
"""Growth of log latency's uncertainty per unit of log size outside that range; set by eye.

A law of cost whose exponent is uncertain by this much: 15% each way for a size twice as far out.
"""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Lower and upper offsets of log latency per bin of predicted latency."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    @classmethod
    def fit(cls, predicted_s: npt.NDArray[Any], measured_s: npt.NDArray[Any]) -> Intervals:
        """Take the 5% and 95% quantiles, with the finite-sample correction of conformal sets."""
        residual = np.log(measured_s / predicted_s)
        bins = np.digitize(predicted_s, EDGES_S)
        low, high = [], []
        for index in range(len(EDGES_S) + 1):
            inside = residual[bins == index]
            chosen = inside if len(inside) >= LEAST else residual
            low.append(_quantile(chosen, (1 - COVERAGE) / 2))
            high.append(_quantile(chosen, (1 + COVERAGE) / 2))
        return cls(tuple(low), tuple(high))

    @classmethod
    def widest(cls, several: Sequence[Intervals]) -> Intervals:
        """Return intervals that hold all of several."""
        low = zip(*(one.low for one in several), strict=True)
        high = zip(*(one.high for one in several), strict=True)
        return cls(tuple(map(min, low)), tuple(map(max, high)))

    def around(
        self, predicted_s: npt.NDArray[Any], outside: npt.NDArray[Any]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the ends of the interval of each prediction, in seconds.

        ``outside`` is how far a row lies outside the training range, in natural log, 0 inside.
        """
        bins = np.searchsorted(_EDGES, predicted_s, side="right")
        low, high = np.minimum(self.low, 0.0), np.maximum(self.high, 0.0)
        ends = predicted_s * np.exp(low)[bins], predicted_s * np.exp(high)[bins]
        distance = np.asarray(outside, dtype=float)
        beyond = distance > 0
        if beyond.any():
            from_s, far, at = predicted_s[beyond], DRIFT * distance[beyond], bins[beyond]
            ends[0][beyond] = from_s * np.exp(low[at] * WIDEN_OUTSIDE - far)
            ends[1][beyond] = from_s * np.exp(high[at] * WIDEN_OUTSIDE + far)
        return ends

    def around_one(self, predicted_s: float, outside: float) -> tuple[float, float]:
        """Return the ends of one prediction's interval, as ``around``."""
        low, high = self.offsets(predicted_s, outside)
        return predicted_s * math.exp(low), predicted_s * math.exp(high)

    def offsets(self, predicted_s: float, outside: float) -> tuple[float, float]:
        """Return the same as offsets of log latency, at most and at least 0."""
        at = bisect_right(EDGES_S, predicted_s)
        low, high = min(self.low[at], 0.0), max(self.high[at], 0.0)
        if outside > 0:
            low = low * WIDEN_OUTSIDE - DRIFT * outside
            high = high * WIDEN_OUTSIDE + DRIFT * outside
        return low, high


def _quantile(values: npt.NDArray[Any], share: float) -> float:
    count = len(values)
    rank = share * (count + 1) / count if share > 0.5 else 1 - (1 - share) * (count + 1) / count
    return float(np.quantile(values, min(max(rank, 0.0), 1.0)))
