"""Devices measured into a store: those of this machine one by one, a cluster's side by side."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hwprof.bench_progress import Display, display
from hwprof.bench_run import Outcome, Wishes, benchmarks_for, open_run, outcome
from hwprof.console import messages, warn
from hwprof.units import plural
from microbench.errors import HwprofError, InputError
from microbench.runner.contend import contend
from microbench.runner.lock import device_lock
from microbench.runner.observe import closing_facts, telemetry_of
from microbench.runner.plan import group_points, make_plan
from microbench.runner.sweep import Job, signals_as_interrupts, sweep
from microbench.runner.target import Target
from microbench.store import open_store
from microbench.store.dataset import export_dataset
from microbench.store.run import FAULTS, Run, Store

if TYPE_CHECKING:
    from microbench.runner.cluster import Machine, Seat

START_LIMIT_S = 3600.0
"""Time a device of a cluster may be busy with others' work before it is given up."""


@dataclass(frozen=True, slots=True)
class Look:
    """How progress is shown, and when the whole command must end (monotonic)."""

    quiet: bool
    verbose: bool
    no_color: bool
    deadline: float


def measure_here(
    found: tuple[Target, ...], wishes: Wishes, store: Path | None, look: Look, out: Path | None
) -> list[Outcome]:
    """Measure devices of this machine in turn; ``out`` takes the one run as a data set folder."""
    if wishes.resume:  # what is not there is said at once, though the device be in use
        open_store(store, create=False).close()
    outcomes = []
    for target in found:
        own = wishes if len(found) == 1 else _named_apart(wishes, _number(target))
        with (  # the lock first: a device in use leaves no empty store behind
            device_lock(target.lock_key, target.spec.title),
            open_store(store, create=not wishes.resume) as opened,
        ):
            outcome = _measure_one(opened, target, own, look)
            outcomes.append(outcome)
            if out is not None:
                export_dataset(opened, outcome.run, out)
        if outcome.exit_code in (124, 130):
            break
    return outcomes


def measure_cluster(
    address: str, kind: str, wishes: Wishes, store: Path | None, look: Look
) -> list[Outcome]:
    """Measure a Ray cluster's devices at once, one run each; only this process writes the store.

    An interrupt ends every run and keeps what was acknowledged. A device that cannot be measured is
    warned of and left out; its error is raised if none could be.
    """
    from microbench.runner.cluster import connect

    if wishes.loads:
        raise InputError("--contend runs loads on this machine: leave it out with --cluster")
    with connect(address, kind) as cluster:
        seats, names = cluster.seats, _seat_names(cluster.seats)
        open_store(store, create=not wishes.resume).close()
        with ThreadPoolExecutor(len(seats)) as pool, signals_as_interrupts():
            futures = [
                pool.submit(_measure_far, cluster.machine(seat), name, wishes, store, look)
                for seat, name in zip(seats, names, strict=True)
            ]
            try:
                wait(futures)
            except KeyboardInterrupt:
                cluster.stopping.set()
        return _gathered(futures, names)


def _gathered(futures: list[Future[Outcome]], names: list[str]) -> list[Outcome]:
    outcomes, faults = [], []
    for future, name in zip(futures, names, strict=True):
        error = future.exception()
        if error is None:
            outcomes.append(future.result())
        elif isinstance(error, HwprofError):
            faults.append(error)
            warn(f"{name}: {error}")
        elif not isinstance(error, KeyboardInterrupt):
            raise error
    if not outcomes:
        raise faults[0] if faults else KeyboardInterrupt
    return outcomes


def _measure_one(store: Store, target: Target, wishes: Wishes, look: Look) -> Outcome:
    run, shown, job = _prepared(store, target, wishes, look)
    try:
        with telemetry_of(target) as telemetry, contend(wishes.loads, target.variables):
            job = replace(job, environment=target.variables, telemetry=telemetry)
            sweep(job, shown, lambda: closing_facts(telemetry))
    finally:
        shown.close()
    return outcome(store, run.id)


def _measure_far(
    machine: Machine, name: str, wishes: Wishes, store: Path | None, look: Look
) -> Outcome:
    try:
        patience_s = min(START_LIMIT_S, max(0.0, look.deadline - time.monotonic()))
        target = machine.target(patience_s)
        with open_store(store, create=False) as opened:
            own = _named_apart(wishes, name)
            run, shown, job = _prepared(opened, target, own, look, label=name)
            sweep(replace(job, start=machine.start), shown, machine.leave)
            return outcome(opened, run.id)
    finally:
        machine.kill()


def _prepared(
    store: Store, target: Target, wishes: Wishes, look: Look, label: str = ""
) -> tuple[Run, Display, Job]:
    """Open the run and say what is left of it to measure."""
    benchmarks = benchmarks_for(wishes, target)
    names = {benchmark.name for benchmark in benchmarks}
    plan = make_plan(benchmarks, target.spec, wishes.effort, wishes.processes)
    retry = FAULTS if wishes.retry_failed else frozenset()
    run, warnings = open_run(store, target, wishes, plan.points)
    for text in warnings:
        warn(text)
    left = [
        point for process in range(run.processes) for point in store.pending(run, process, retry)
    ]
    pending = [point for point in left if point.benchmark in names]
    if wishes.resume and not pending and not look.quiet:
        told = _nothing_left(store, run, len(left))
        messages(look.no_color).print(told, markup=False, soft_wrap=True)
    estimate_s = sum(g.estimate_s for g in group_points(pending, benchmarks, run.effort))
    shown = display(len(pending), estimate_s, look.quiet, look.verbose, look.no_color, label)
    job = Job(
        store=store,
        run=run,
        benchmarks=benchmarks,
        modules=wishes.modules,
        wanted=lambda point: point.benchmark in names,
        retry=retry,
        deadline=look.deadline,
    )
    return run, shown, job


def _nothing_left(store: Store, run: Run, others: int) -> str:
    """Say that a resumed run has nothing to measure, and what would be."""
    told = f"run {run.name or run.id}: nothing left to measure"
    if others:
        points = plural("point", others)
        told += f" of these benchmarks; without --only, --skip and --suite {others} {points}"
    failed = sum(one.verdict in FAULTS for one in store.measurements(run))
    if failed:
        told += f"; --retry-failed measures {failed} {plural('point', failed)} again"
    return told


def _named_apart(wishes: Wishes, which: str) -> Wishes:
    """Give each of several devices' runs a name of its own: ``mine-0``, ``mine-cpu``."""
    return replace(wishes, name=f"{wishes.name}-{which}") if wishes.name else wishes


def _number(target: Target) -> str:
    return "cpu" if target.index is None else str(target.index)


def _seat_names(seats: tuple[Seat, ...]) -> list[str]:
    """Name devices by host and kind, and by their count where a host has several of a kind."""
    seen: dict[tuple[str, str], int] = {}
    names = []
    for seat in seats:
        count = seen.get((seat.host, seat.kind), 0)
        seen[seat.host, seat.kind] = count + 1
        names.append(f"{seat.host}-{seat.kind}" + (str(count) if seat.kind == "gpu" else ""))
    return names
