"""Time configurations one after the other in a child process that may die without harm."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.benchmark import AxisValue, Effort, Point, Verdict
from microbench.errors import DeviceError
from microbench.runner.messages import Request, Task
from microbench.runner.process import Child, Fault
from microbench.runner.target import Target

READY_LIMIT_S = 120.0
"""Importing torch and its CUDA libraries from a cold disk takes up to a minute."""
SAMPLING_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Timed:
    """What became of a configuration; ``time_s`` is ``nan`` where it has no time."""

    time_s: float
    verdict: Verdict
    reason: str = ""
    samples_s: tuple[float, ...] = ()


@dataclass(slots=True)
class TileTimer:
    """Times configurations of one kernel on one device of this machine; a context manager.

    A configuration that kills, hangs or poisons its process costs itself only: the next one gets a
    fresh process. So does every ``batch``-th, that nothing builds up.
    """

    benchmark: str
    module: str
    target: Target
    fixed: Mapping[str, AxisValue]
    """Axes all configurations share: kernel, sizes, format."""
    effort: Effort = Effort.QUICK
    seed: int = 0
    limit_s: float = 60.0
    batch: int = 200
    _child: Child | None = field(default=None, init=False)
    _asked: int = field(default=0, init=False)

    def time(self, blocks: Mapping[str, AxisValue]) -> Timed:
        """Return the median time of a configuration, checked, or why it has none."""
        point = Point(self.benchmark, (*self.fixed.items(), *blocks.items()))
        child = self._ready()
        answer = child.measure(Request(point, SAMPLING_LIMIT_S), self.limit_s)
        self._asked += 1
        if isinstance(answer, Fault):
            self.close()
            return Timed(math.nan, answer.verdict, answer.reason)
        if answer.verdict is Verdict.FAILED or self._asked >= self.batch:
            self.close()
        usable = answer.verdict in (Verdict.OK, Verdict.NOISY) and answer.time_s is not None
        kept = tuple(sample.time_s for sample in answer.samples if not sample.discarded)
        time_s = answer.time_s if usable and answer.time_s is not None else math.nan
        return Timed(time_s, answer.verdict, answer.reason, kept)

    def _ready(self) -> Child:
        if self._child is not None:
            return self._child
        task = Task(
            benchmark=self.benchmark,
            modules=(self.module,),
            device=self.target.spec,
            effort=self.effort,
            seed=self.seed,
            event_fd=-1,
            parent_pid=os.getpid(),
        )
        child = Child(task, self.target.variables)
        fault = child.wait_ready(READY_LIMIT_S)
        if fault is not None:
            child.close()
            raise DeviceError(f"the measuring process did not start: {fault.reason}")
        self._child, self._asked = child, 0
        return child

    def close(self) -> None:
        """End the process; the next configuration starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def __enter__(self) -> TileTimer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
