"""Which configurations to measure next, from what other devices showed and what was measured here.

The log time of a configuration is modelled as a Gaussian process whose mean is the history's
weighted mean and whose covariance adds three parts: a level, one weight per device of the history
(so that a few measurements tell which device this one resembles), and a smooth rest over the
parameters. With no history only the smooth part is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from costmodel.blocks.expression import Column

CANDIDATES = 20_000
"""Configurations kept in play: the best of the prior."""
NOISE = 0.02
"""Log-time noise of a measurement, as between two campaigns on one GPU (median 3%)."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of every configuration before anything is measured."""

    mean: Column
    """Expected log time, up to a constant."""
    history: Column
    """Configurations x devices: standardised log times; no columns without history."""
    position: Column
    """Configurations x parameters, each scaled to 0..1."""


@dataclass(frozen=True, slots=True)
class Step:
    """One measurement: which row, and its time (``nan`` where it failed)."""

    row: int
    time_s: float


def search(
    prior: Prior,
    measure: Callable[[int], float],
    budget: int,
    allowed: Column | None = None,
    done: tuple[Step, ...] = (),
) -> tuple[Step, ...]:
    """Measure up to ``budget`` configurations and return them in order, ``done`` ones first.

    ``measure`` returns seconds for a row, or ``nan``. The same inputs give the same order.
    """
    rows = np.arange(len(prior.mean)) if allowed is None else np.flatnonzero(allowed)
    if len(rows) > CANDIDATES:
        rows = rows[np.argsort(prior.mean[rows], kind="stable")[:CANDIDATES]]
    model = _Model(prior, rows)
    steps = list(done)
    for step in done:
        model.add(step)
    while len(steps) < min(budget, len(rows)):
        row = model.next()
        if row is None:
            break
        step = Step(row, measure(row))
        steps.append(step)
        model.add(step)
    return tuple(steps)


class _Model:
    """The process conditioned on the steps so far, over the candidate rows."""

    def __init__(self, prior: Prior, rows: Column) -> None:
        self.rows = rows
        self.place = {int(row): index for index, row in enumerate(rows)}
        self.mean = prior.mean[rows]
        self.history = prior.history[rows]
        self.position = prior.position[rows]
        self.seen: list[int] = []
        self.values: list[float] = []
        self.covariances: list[Column] = []
        self.variance = self._variance()

    def _variance(self) -> Column:
        linear = np.sum(self.history**2, axis=1) * HISTORY_VARIANCE
        rest = REST_VARIANCE if self.history.shape[1] else ALONE_VARIANCE
        return np.asarray(LEVEL_VARIANCE + linear + rest)

    def _covariance(self, index: int) -> Column:
        gap = np.sum(((self.position - self.position[index]) / LENGTH) ** 2, axis=1)
        rest = REST_VARIANCE if self.history.shape[1] else ALONE_VARIANCE
        linear = self.history @ self.history[index] * HISTORY_VARIANCE
        return np.asarray(LEVEL_VARIANCE + linear + rest * np.exp(-np.sqrt(gap)))

    def add(self, step: Step) -> None:
        """Condition on one more measurement."""
        index = self.place.get(step.row)
        if index is None:
            return
        failed = not np.isfinite(step.time_s)
        worst = max(self.values, default=self.mean[index])
        self.seen.append(index)
        self.values.append(worst + 1.0 if failed else float(np.log(step.time_s)))
        self.covariances.append(self._covariance(index))

    def next(self) -> int | None:
        """Return the row with the least optimistic time not yet measured, or ``None``."""
        if not self.seen:
            return int(self.rows[int(np.argmin(self.mean))])
        expected, deviation = self.posterior()
        hopeful = expected - OPTIMISM * deviation
        hopeful[self.seen] = np.inf
        index = int(np.argmin(hopeful))
        return int(self.rows[index]) if np.isfinite(hopeful[index]) else None

    def posterior(self) -> tuple[Column, Column]:
        """Return mean and standard deviation of log time for every candidate."""
        cross = np.stack(self.covariances)
        gram = cross[:, self.seen] + NOISE**2 * np.eye(len(self.seen))
        residual = np.asarray(self.values) - self.mean[self.seen]
        solved = np.linalg.solve(gram, np.column_stack([residual, cross]))
        variance = self.variance - np.sum(cross * solved[:, 1:], axis=0)
        return self.mean + cross.T @ solved[:, 0], np.sqrt(np.maximum(variance, 1e-9))


LEVEL_VARIANCE = 25.0
"""The absolute time is unknown."""
HISTORY_VARIANCE = 0.05
REST_VARIANCE = 0.05
ALONE_VARIANCE = 1.0
LENGTH = 0.5
OPTIMISM = 0.5
