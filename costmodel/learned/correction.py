"""A few measured points of a device or stack, as a correction of what a model says of it.

The correction of log latency is a Gaussian process: a constant, a constant per configuration (op,
format, stack, kernel), a mixture of the relatives' views that fits the points, and a smooth part
over shapes. How large each part is, is chosen by the percentage error on each point when it is left
out; where none errs less than the model alone, nothing is corrected. Why not scikit-learn's:
docs/decisions/0014. Formulas: C. Rasmussen and C. Williams, Gaussian Processes for Machine
Learning, 2006, equations 2.25, 2.26 and 5.12.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
CONSTANT = 0.4
"""Standard deviation of the correction as a whole, in log latency. Set by eye, as all below."""
SMOOTH = (0.0, 0.15, 0.4)
LENGTHS = (1.0, 2.0)
"""Reach of a point, in the scaled units of ``Points.inputs``."""
CONFIGURATION = (0.0, 0.3)
VIEWS = (0.0, 0.5, 1.0)
NOISE = (0.3, 0.15, 0.05)
BETTER = 0.98
"""A richer set of parts must lower the left-out error to this share to be chosen over a simpler."""
FEW = 10
"""With fewer points than this only the constants and the mixture of views are tried.

And of their correction only the share count / FEW is applied.
"""
MOST_SHIFT = 0.3
"""Largest lowering of log latency for the sake of the percentage error."""
COVERAGE = 0.90
PROOF = 2.5
"""Points' worth of proof that a correction helps.

None of it is applied unless the error of left-out points is lower by the share PROOF / count, all
of it where by twice that. Any gain taken as proof, 5 points made mixture of experts on B300 worse
(4.2% to 7.9%). Chosen with 80 devices and families left out in view (docs/decisions/0014).
"""
SURE = (1.0, 3.0)
"""Standard errors of that gain below which nothing is applied, and from which on all of it.

One point among 20 that is far off makes a correction look better than it is: the mean gain passes
PROOF, and the next rows are worse off.
"""
CHOSEN = 8.0
"""Points' worth of freedom that choosing the parts takes: widens the interval by 1 + 8 / count.

Without it 20 points held 74 to 91% of fp32 products on seven devices left out in turn.
"""
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Points:
    """Rows as the correction sees them."""

    inputs: Array
    """Scaled logs of shapes and of seconds at peak: one row a point."""
    groups: npt.NDArray[np.str_]
    """Op, format, stack and kernel in one text."""
    views: Array
    """What each relative says, less their blend: one row a point; no columns on known devices."""

    def part(self, chosen: slice) -> Points:
        """Return some of the rows."""
        return Points(self.inputs[chosen], self.groups[chosen], self.views[chosen])


@dataclass(frozen=True, slots=True)
class Parts:
    """Standard deviations of the parts of the correction, and the reach of the smooth one."""

    smooth: float
    length: float
    configuration: float
    views: float
    noise: float

    def covariance(self, one: Points, other: Points) -> Array:
        """Return the prior covariance of the corrections of two sets of rows."""
        same = one.groups[:, None] == other.groups[None, :]
        total = CONSTANT**2 + self.configuration**2 * same
        if self.views and one.views.shape[1]:
            total = total + self.views**2 * (one.views @ other.views.T)
        if self.smooth:
            apart = _squares(one.inputs, other.inputs)
            near = np.exp(-apart / (2 * self.length**2)) * np.where(same, 1.0, 0.5)
            total = total + self.smooth**2 * near
        return np.asarray(total, dtype=float)

    def variance(self, rows: Points) -> Array:
        """Return the prior variance of each row's correction, noise included."""
        own = CONSTANT**2 + self.configuration**2 + self.smooth**2 + self.noise**2
        return np.asarray(own + self.views**2 * (rows.views**2).sum(axis=1))

    def noisy(self, points: Points) -> Array:
        """Return the covariance of what is measured at ``points``."""
        own = self.covariance(points, points)
        return np.asarray(own + self.noise**2 * np.eye(len(own)))


@dataclass(frozen=True, slots=True)
class Correction:
    """What measured points say of rows near them."""

    points: Points
    parts: Parts
    errors: Array
    """log(measured / predicted) of each point."""
    spread: float
    """Half the 90% interval, from left-out points: in the process's own standard deviations.

    In log latency where the correction does not help.
    """
    share: float
    """How much of the correction is applied: 0 where left-out points do not show that it helps."""

    @property
    def helps(self) -> bool:
        """Whether left-out points are predicted better with the correction than without."""
        return self.share > 0

    def apply(self, rows: Points) -> tuple[Array, Array]:
        """Return what to add to log latency, and half the width of its 90% interval."""
        inverse = np.linalg.inv(self.parts.noisy(self.points))
        weights = inverse @ self.errors
        mean, left = np.empty(len(rows.inputs)), np.empty(len(rows.inputs))
        for start in range(0, len(mean), _CHUNK):
            chosen = slice(start, start + _CHUNK)
            some = rows.part(chosen)
            cross = self.parts.covariance(some, self.points)
            mean[chosen] = cross @ weights
            left[chosen] = self.parts.variance(some) - ((cross @ inverse) * cross).sum(axis=1)
        if not self.helps:
            return np.zeros(len(mean)), np.full(len(mean), self.spread)
        left = np.maximum(left, self.parts.noise**2)
        held = np.clip(mean, min(self.errors.min(), 0.0), max(self.errors.max(), 0.0))
        shift = self.share * _lowered(held, left, len(self.errors))
        return shift, self.spread * np.sqrt(left)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what a model file stores."""
        parts = self.parts
        numbers = (parts.smooth, parts.length, parts.configuration, parts.views, parts.noise)
        return {
            "inputs": self.points.inputs,
            "groups": self.points.groups,
            "views": self.points.views,
            "errors": self.errors,
            "parts": np.array(numbers),
            "spread": np.array([self.spread, self.share]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Correction:
        """Rebuild; ``ValueError`` or ``KeyError`` for arrays that do not describe one."""
        errors, inputs, views = arrays["errors"], arrays["inputs"], arrays["views"]
        if errors.ndim != 1 or inputs.ndim != 2 or views.ndim != 2:
            raise ValueError("points of unknown shape")
        if not len(errors) or not len(errors) == len(inputs) == len(views) == len(arrays["groups"]):
            raise ValueError("points differ in length")
        if arrays["parts"].shape != (5,) or arrays["spread"].shape != (2,):
            raise ValueError("parts of unknown shape")
        numbers = (errors, inputs, views, arrays["parts"], arrays["spread"])
        if not all(np.isfinite(one).all() for one in numbers):
            raise ValueError("points out of range")
        points = Points(inputs, np.asarray(arrays["groups"], dtype=str), views)
        parts = Parts(*(float(one) for one in arrays["parts"]))
        if parts.noise <= 0 or parts.length <= 0:
            raise ValueError("parts out of range")
        spread, share = (float(one) for one in arrays["spread"])
        if not 0 <= share <= 1:
            raise ValueError("a share out of range")
        return cls(points, parts, errors, spread, share)


def fit(points: Points, errors: Array) -> Correction:
    """Choose the parts by leaving each point out; ``errors`` are log(measured / predicted)."""
    count = len(errors)
    best, least = Parts(0.0, LENGTHS[0], 0.0, 0.0, NOISE[0]), np.inf
    for parts in _candidates(count, bool(points.views.shape[1])):
        score = _percentage(errors - _left_out(parts, points, errors)[0])
        if score < least * BETTER:
            best, least = parts, score
    shift, deviation = _left_out(best, points, errors)
    share = _share(_each(errors), _each(errors - shift))
    off = np.abs(errors - share * shift)
    off = np.maximum(off / deviation, 1.0) if share else off
    # With few points the largest error seen stands for the quantile: count + 1 in its denominator.
    rank = min(1.0, COVERAGE * (count + 1) / count)
    spread = float(np.quantile(off, rank)) * (1 + CHOSEN / count)
    return Correction(points, best, errors, spread, share)


def _share(before: Array, after: Array) -> float:
    """Return how much of a correction to apply that changes each left-out point's error so."""
    count, gain = len(before), float((before - after).mean())
    if count < 2 or gain <= 0:
        return 0.0
    proof = gain / float(before.mean()) * count / PROOF - 1
    least, enough = SURE
    spread = float((before - after).std(ddof=1)) / np.sqrt(count)
    sure = (gain / spread - least) / (enough - least) if spread else 1.0
    return min(max(proof, 0.0), 1.0) * min(max(sure, 0.0), 1.0)


def _candidates(count: int, has_views: bool) -> list[Parts]:
    """Return the parts to try, simplest first."""
    smooth = SMOOTH[:1] if count < FEW else SMOOTH
    views = VIEWS if has_views else VIEWS[:1]
    combined = itertools.product(smooth, LENGTHS, CONFIGURATION, views, NOISE)
    return [Parts(*one) for one in combined if one[0] or one[1] == LENGTHS[0]]


def _left_out(parts: Parts, points: Points, errors: Array) -> tuple[Array, Array]:
    """Return each point's correction and standard deviation when predicted from the others.

    No correction is larger than the largest of the others' errors: far from all points a mixture of
    views would reach beyond everything measured.
    """
    inverse = np.linalg.inv(parts.noisy(points))
    diagonal = np.diag(inverse)
    mean, variance = errors - (inverse @ errors) / diagonal, 1 / diagonal
    low, high = -_largest_other(-errors), _largest_other(errors)
    return _lowered(np.clip(mean, low, high), variance, len(errors)), np.sqrt(variance)


def _largest_other(errors: Array) -> Array:
    """Return, for each point, the largest error of all others, at least 0."""
    if len(errors) < 2:
        return np.zeros(len(errors))
    second, first = np.sort(errors)[-2:]
    return np.asarray(np.maximum(np.where(errors == first, second, first), 0.0))


def _lowered(mean: Array, variance: Array, count: int) -> Array:
    """Return the correction with the least expected percentage error.

    The mean of |predicted / measured - 1| over a log-normal is least at exp(mean - variance): too
    high by 2 is 100% wrong, too low by 2 is 50%.
    """
    return (mean - np.minimum(variance, MOST_SHIFT)) * min(1.0, count / FEW)


def _percentage(residual: Array) -> float:
    """Return the mean percentage error of predictions with these log(measured / predicted)."""
    return float(_each(residual).mean())


def _each(residual: Array) -> Array:
    """Return the percentage error of each prediction."""
    return np.asarray(np.abs(np.expm1(np.clip(-residual, -10.0, 10.0))))


def _squares(one: Array, other: Array) -> Array:
    total = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    return np.asarray(np.maximum(total - 2 * one @ other.T, 0.0))
