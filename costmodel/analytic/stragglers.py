"""Slow workers: what redundancy would save, and which rank or repetition is sick.

After N. Krishnan et al., "Sequential Gradient Coding", arXiv 2211.13802 (a round that may ignore s
of n workers ends at the (n - s)-th of their times) and "Boosting Large-scale Parallel
Training Efficiency with C4", arXiv 2406.04594 (collectives are periodic and alike, so an outlier is
a fault). The rule's constants are hwprof's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError

NORMAL_MAD = 1.4826
"""Standard deviation over median absolute deviation of a normal distribution: 1 / Phi^-1(3/4)."""
THRESHOLD = 6.0
LEAST_RELATIVE = 0.05
"""A rank must also be this much above the median: clocks alone differ by less."""


def round_time_s(times_s: Sequence[float], ignored: int = 0) -> float:
    """Return when a round of these workers ends if the slowest ``ignored`` are not waited for."""
    if not 0 <= ignored < len(times_s):
        raise InputError(f"cannot ignore {ignored} of {len(times_s)} workers")
    return sorted(times_s)[len(times_s) - 1 - ignored]


def expected_round_exponential_s(workers: int, ignored: int, mean_s: float) -> float:
    """Return the expectation for exponential times: mean x (H_n - H_s), H the harmonic numbers."""
    if not 0 <= ignored < workers:
        raise InputError(f"cannot ignore {ignored} of {workers} workers")
    return mean_s * math.fsum(1 / i for i in range(ignored + 1, workers + 1))


def redundancy_saving(rounds_s: Sequence[Sequence[float]], ignored: int) -> float:
    """Return the share of time saved by not waiting for the slowest ``ignored`` in each round.

    Rows are rounds, columns workers. It is an upper bound: coded workers also do more work.
    """
    full_s = math.fsum(round_time_s(row) for row in rounds_s)
    return 1 - math.fsum(round_time_s(row, ignored) for row in rounds_s) / full_s


@dataclass(frozen=True, slots=True)
class Outlier:
    """A rank or repetition that stands out: its median time and robust z-score."""

    index: int
    time_s: float
    z: float


def outliers(
    samples_s: Sequence[Sequence[float]],
    threshold: float = THRESHOLD,
    least_relative: float = LEAST_RELATIVE,
) -> tuple[Outlier, ...]:
    """Return the slow ones of several ranks, each with its samples, slowest first.

    A rank's robust z-score is its median's distance from the median of medians over 1.4826 x the
    median absolute deviation; both that and the relative distance must exceed their limits.
    ``InputError`` with fewer than 4 ranks: no majority then says what is usual.
    """
    import numpy as np

    if len(samples_s) < 4:
        raise InputError("naming an outlier takes at least 4 ranks")
    medians = np.array([float(np.median(samples)) for samples in samples_s])
    middle = float(np.median(medians))
    spread = NORMAL_MAD * float(np.median(np.abs(medians - middle)))
    found = []
    for index, time_s in enumerate(medians):
        excess_s = float(time_s) - middle
        z = excess_s / spread if spread else math.inf
        if excess_s > least_relative * middle and z > threshold:
            found.append(Outlier(index, float(time_s), z))
    return tuple(sorted(found, key=lambda one: -one.time_s))


def normal_false_alarm_rate(threshold: float) -> float:
    """Return how often one clean normal rank passes a z threshold: (1 - erf(z / sqrt 2)) / 2."""
    return math.erfc(threshold / math.sqrt(2)) / 2
