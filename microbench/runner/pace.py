"""How long a point may sample, so that the whole run ends when it promised to.

Every point to come is sure of the least time; what is spare beyond that is shared out. Points that
settle early leave their time to the rest; on a noisy machine every point gets less, and says so in
its interval, instead of the run taking an hour.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean

from microbench.benchmark import Effort
from microbench.devices.spec import DeviceKind
from microbench.runner.plan import START_S, Group

PROMISE_S = {
    (DeviceKind.CPU, Effort.QUICK): 45.0,
    (DeviceKind.CPU, Effort.DEFAULT): 265.0,
    (DeviceKind.GPU, Effort.QUICK): 55.0,
    (DeviceKind.GPU, Effort.DEFAULT): 285.0,
    (DeviceKind.GPU, Effort.THOROUGH): 510.0,
}
"""Seconds a whole run is paced for, a process a point, to end under 1, 5 and 9 minutes."""
SHARES = 2.0
"""Fair shares of the spare time one point may use: most use less than one, and the rest shrink if
many use more."""
LEAST_S = 0.3
BESIDE_S = 0.1
"""What a point takes beyond its sampling, until some have told."""
MOST_KEPT_BACK = 0.25
"""Of the time left, for starts to come: on a starved machine they would take all of it."""
AIM = 0.95
"""Part of a time limit to aim at, so that the limit itself cuts nothing off."""


@dataclass(slots=True)
class Pace:
    """Shares out the time to ``end`` among the points left; ``end`` may be infinite."""

    end: float
    points_left: int
    now: Callable[[], float] = time.monotonic
    starts_left: int = 0
    """Benchmarks whose process is yet to start: their time is kept back."""
    starts_s: list[float] = field(default_factory=list)
    """How long starts took so far, from the process to its first point."""
    beside_s: list[float] = field(default_factory=list)
    """How long each point so far took beyond its sampling: filling, checking, a slow last call."""

    def limit_s(self, group: Group) -> float:
        """Return how long the next point of a group may sample."""
        left_s = self.end - self.now()
        starts_s = self.starts_left * fmean(self.starts_s or [START_S])
        left_s -= min(starts_s, MOST_KEPT_BACK * max(left_s, 0.0))
        points = max(self.points_left, 1)
        spare_s = left_s - points * (LEAST_S + fmean(self.beside_s or [BESIDE_S]))
        shares = min(SHARES, points)
        return min(group.sampling_limit_s, LEAST_S + shares * max(spare_s, 0.0) / points)

    def started(self, took_s: float) -> None:
        """Count a benchmark's start off, which took so long."""
        self.starts_left -= 1
        self.starts_s.append(max(took_s, 0.0))

    def point_done(self, beside_s: float = 0.0) -> None:
        """Count a point off, which took so long beyond what it was given to sample."""
        self.points_left -= 1
        self.beside_s.append(max(beside_s, 0.0))


def end_of_run(
    kind: DeviceKind, effort: Effort, processes: float, deadline: float, now: float
) -> float:
    """Return when a run should end: as promised for its effort, or before its deadline.

    ``processes`` multiplies the promise; it is below 1 when only part of a plan is measured.
    """
    promise_s = PROMISE_S.get((kind, effort), float("inf"))
    return min(now + processes * promise_s, now + AIM * (deadline - now))
