"""A lite space: few configurations, one of which is near the best whatever the device turns out.

Targets are drawn: mixtures of the devices of the history, each with effects of its own on every
parameter value. The lite space is grown greedily so that most targets find in it a configuration
within 5% of their best (a maximum-coverage problem, where greedy is within 1 - 1/e of the optimum:
G. Nemhauser, L. Wolsey, M. Fisher, Mathematical Programming 14, 1978).
"""

from __future__ import annotations

import numpy as np

from costmodel.blocks.expression import Column
from costmodel.blocks.search import Prior, candidates

LITE = 64
"""Most configurations of a lite space."""
CANDIDATES, CANDIDATES_EACH = 1_500, 150
"""Configurations in play: among many poor ones, drawn effects make some look best by chance."""
TARGETS = 400
"""Devices drawn."""
NEAR = 0.05
"""Log slowdown that still counts as found."""
CONCENTRATION = 3.0
"""Of the Dirichlet mixtures: how closely a target follows the devices' weights."""
EFFECT = 0.1
"""Log-time deviation of a target's own effect of one parameter value."""
REST = 0.05
"""Log-time deviation of one configuration on one target. These three are set by eye; on 36
recorded pairs of kernel and GPU, choices nearby and other seeds cover 30 to 34."""


def lite_rows(prior: Prior, allowed: Column | None = None, most: int = LITE) -> Column:
    """Return up to ``most`` rows, the choice before measuring first; the same every time."""
    rows = np.arange(len(prior.mean)) if allowed is None else np.flatnonzero(allowed)
    rows = candidates(prior, rows, CANDIDATES, CANDIDATES_EACH)
    if not prior.history.shape[1]:
        order = np.lexsort((rows, prior.first[rows]))
        return np.asarray(rows[order[:most]])
    near = _targets(prior, rows) <= NEAR
    first = prior.first[rows]
    picked: list[int] = []
    left = np.ones(near.shape[1], bool)
    for _ in range(min(most, len(rows))):
        worth = near[:, left].sum(axis=1) - 1e-3 * first if picked and left.any() else -first
        worth[picked] = -np.inf
        picked.append(int(np.argmax(worth)))
        left &= ~near[picked[-1]]
    return np.asarray(rows[picked])


def _targets(prior: Prior, rows: Column) -> Column:
    """Return log slowdown over its own best of each row (down) on each drawn target (across)."""
    random = np.random.default_rng(0)
    shares = random.dirichlet(CONCENTRATION * prior.weights + 1e-3, TARGETS)
    drawn = prior.history[rows] @ shares.T
    for column in prior.position[rows].T:
        values, place = np.unique(column, return_inverse=True)
        drawn += random.normal(0, EFFECT, (len(values), TARGETS))[place]
    drawn += random.normal(0, REST, drawn.shape)
    return np.asarray(drawn - drawn.min(axis=0))
