"""The sweep: every pending point asked for, answered or lost, and acknowledged, in order."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from microbench.benchmark import Benchmark, Measurement, Point, Verdict, visits_of
from microbench.devices.telemetry import Telemetry
from microbench.errors import HwprofError
from microbench.reference.own import refuse_impossible
from microbench.runner.contend import ENVIRONMENT
from microbench.runner.messages import Request, Task
from microbench.runner.observe import observed, readings_of
from microbench.runner.pace import Pace, end_of_run
from microbench.runner.plan import Group, group_points
from microbench.runner.process import Child, Fault
from microbench.store.run import Run, RunState, Store

READY_LIMIT_S = 120.0
FRUITLESS_STARTS = 2
"""Processes of one benchmark that may fail to start before its other points are given up."""


class Listener(Protocol):
    """Hears what the sweep does."""

    def point_started(self, point: Point) -> None:
        """Hear that a point was asked for."""
        ...

    def point_done(self, measurement: Measurement) -> None:
        """Hear that a point's measurement was acknowledged by the store."""
        ...


class Measurer(Protocol):
    """A process that measures points of one benchmark, here (``Child``) or on another machine."""

    @property
    def running(self) -> bool:
        """Whether it can still be asked."""
        ...

    def wait_ready(self, limit_s: float) -> Fault | None:
        """Wait until the benchmark is imported; return what went wrong, or ``None``."""
        ...

    def measure(self, request: Request, limit_s: float) -> Measurement | Fault:
        """Measure a point, or say how it was lost."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a sweep needs to know."""

    store: Store
    run: Run
    benchmarks: Sequence[Benchmark]
    modules: tuple[str, ...] = ()
    wanted: Callable[[Point], bool] = lambda _point: True
    """Which of the pending points to measure now."""
    retry: frozenset[Verdict] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables for the children, such as CUDA_VISIBLE_DEVICES."""
    telemetry: Telemetry | None = None
    """What is being read of a GPU meanwhile."""
    deadline: float = float("inf")
    """Monotonic time at which the whole command must end."""
    start: Callable[[Task, Mapping[str, str]], Measurer] = Child
    """What starts the process of a benchmark."""


class OutOfTimeError(Exception):
    """The deadline of the whole command passed; never leaves this module."""


def sweep(
    job: Job, listener: Listener, at_end: Callable[[], Mapping[str, object]] = dict
) -> RunState:
    """Measure what is pending and return how far it came; the run's state is stored.

    A lost point is recorded and the next one gets a fresh process. Ctrl-C and SIGTERM keep what was
    acknowledged. A store that fails ends the sweep with its own error.
    """
    state = RunState.BROKEN
    try:
        with signals_as_interrupts():
            pace = _pace(job)
            for process in range(job.run.processes):
                _measure_round(job, process, pace, listener)
            left = [
                point
                for process in range(job.run.processes)
                for point in job.store.pending(job.run, process)
            ]
        state = RunState.PARTIAL if left else RunState.COMPLETE
    except OutOfTimeError:
        state = RunState.TIME_LIMIT
    except KeyboardInterrupt:
        state = RunState.INTERRUPTED
    finally:
        if state is RunState.BROKEN:
            with contextlib.suppress(HwprofError):
                job.store.finish_run(job.run, state)
    job.store.finish_run(job.run, state, at_end())
    return state


def pending_points(job: Job, process: int) -> list[Point]:
    """Return the points a process has yet to measure, of those wanted now."""
    return [point for point in job.store.pending(job.run, process, job.retry) if job.wanted(point)]


def _pace(job: Job) -> Pace:
    run = job.run
    pending = [pending_points(job, process) for process in range(run.processes)]
    count = sum(map(len, pending))
    starts = sum(len(group_points(points, job.benchmarks, run.effort)) for points in pending)
    share = count / max(1, run.processes * len(job.store.points(run)))
    end = end_of_run(
        run.device_spec.kind, run.effort, run.processes * share, job.deadline, time.monotonic()
    )
    return Pace(end, count, starts_left=starts)


def _measure_round(job: Job, process: int, pace: Pace, listener: Listener) -> None:
    pending = pending_points(job, process)
    for group in group_points(pending, job.benchmarks, job.run.effort):
        _measure_group(job, process, group, pace, listener)


def _measure_group(job: Job, process: int, group: Group, pace: Pace, listener: Listener) -> None:
    left, fruitless = list(group.points), 0
    began_s: float | None = time.monotonic()
    while left:
        with _child(job, group) as child:
            fault = child.wait_ready(min(READY_LIMIT_S, _left_s(job)))
            if fault is None:
                fruitless = 0
                _measure_with(child, job, process, group, left, pace, listener, began_s)
                began_s = None
                continue
        _stop_if_late(job)
        fruitless += 1
        given_up = 1 if fruitless < FRUITLESS_STARTS else len(left)
        for point in left[:given_up]:
            listener.point_started(point)
            _acknowledge(job, process, _lost(group, point, fault), listener)
        del left[:given_up]


def _measure_with(
    child: Measurer,
    job: Job,
    process: int,
    group: Group,
    left: list[Point],
    pace: Pace,
    listener: Listener,
    began_s: float | None,
) -> None:
    """Measure points in one process until it is lost or none is left; ``left`` shrinks.

    ``began_s`` is when the benchmark's first process was started, ``None`` for later ones.

    Points with several visits go round-robin: a visit's measurement pools those before it, and the
    last one made is acknowledged however the process or the run ends.
    """
    effort, device = job.run.effort, job.run.device_spec
    visits = {one: visits_of(group.benchmark, one, effort, device) for one in left}
    held: dict[Point, Measurement] = {}
    beside_s: dict[Point, float] = defaultdict(float)

    def acknowledge(measurement: Measurement) -> None:
        _acknowledge(job, process, measurement, listener)
        pace.point_done(beside_s[measurement.point])
        left.remove(measurement.point)

    try:
        for visit, point in _round_robin(visits):
            _stop_if_late(job)
            if not child.running:
                return
            if point not in left:
                continue
            listener.point_started(point)
            request = Request(point, pace.limit_s(group) / visits[point], visits[point])
            asked_s = time.monotonic()
            try:
                answer = _visit(child, job, group, request)
            except KeyboardInterrupt:
                child.kill()
                interrupted = Fault(Verdict.INTERRUPTED, "interrupted by the user")
                held.setdefault(point, _lost(group, point, interrupted))
                raise
            if began_s is not None:  # libraries are imported with the first point
                pace.started(time.monotonic() - began_s - group.seconds_per_point)
                began_s = None
            else:
                took_s = time.monotonic() - asked_s
                beside_s[point] += max(took_s - request.time_limit_s, 0.0)
            if answer.verdict is Verdict.INTERRUPTED:
                held.setdefault(point, answer)
            elif visit < visits[point] and answer.samples:
                held[point] = answer
            else:
                held.pop(point, None)
                acknowledge(answer)
            if answer.verdict is Verdict.FAILED:
                return
    finally:
        for measurement in held.values():
            acknowledge(measurement)


def _round_robin(visits: Mapping[Point, int]) -> Iterator[tuple[int, Point]]:
    """Return each point as often as it is visited, with the number of the visit, spread evenly."""
    rounds = max(visits.values())
    for turn in range(1, rounds + 1):
        for point, count in visits.items():
            visit = turn * count // rounds
            if visit > (turn - 1) * count // rounds:
                yield visit, point


def _visit(child: Measurer, job: Job, group: Group, request: Request) -> Measurement:
    """Ask for one point; a lost one becomes a measurement without a number."""
    start_s = time.monotonic()
    answer = child.measure(request, min(group.hard_limit_s, _left_s(job)))
    if isinstance(answer, Fault):
        if time.monotonic() >= job.deadline:
            answer = Fault(Verdict.INTERRUPTED, "the command's time limit ran out")
        answer = _lost(group, request.point, answer)
    if job.telemetry is not None:
        readings = readings_of(job.telemetry, start_s, time.monotonic())
        answer = observed(answer, readings, contended=_contended(job))
    return refuse_impossible(answer, job.run.device_spec)


def _acknowledge(job: Job, process: int, measurement: Measurement, listener: Listener) -> None:
    job.store.acknowledge(job.run, measurement, process)
    listener.point_done(measurement)


def _lost(group: Group, point: Point, fault: Fault) -> Measurement:
    notes = {"output": fault.output} if fault.output else {}
    return Measurement(
        point, group.benchmark.quantity, fault.verdict, reason=fault.reason, notes=notes
    )


def _child(job: Job, group: Group) -> Measurer:
    task = Task(
        benchmark=group.benchmark.name,
        modules=job.modules,
        device=job.run.device_spec,
        effort=job.run.effort,
        seed=job.run.seed,
        event_fd=-1,
        parent_pid=os.getpid(),
        contended=_contended(job),
    )
    return job.start(task, job.environment)


def _contended(job: Job) -> bool:
    """Say whether loads run beside this run."""
    return bool(job.run.environment.get(ENVIRONMENT))


def _left_s(job: Job) -> float:
    return max(0.0, job.deadline - time.monotonic())


def _stop_if_late(job: Job) -> None:
    if time.monotonic() >= job.deadline:
        raise OutOfTimeError


@contextmanager
def signals_as_interrupts() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a run as Ctrl-C does, in the main thread."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    try:
        before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    except ValueError:  # not the main thread: the caller handles signals
        yield
        return
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
