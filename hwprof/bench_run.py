"""One device's run: find or start it, measure what is pending, say how it ended."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from microbench.benchmark import Benchmark, Effort, Measurement, Point, Verdict
from microbench.errors import InputError
from microbench.runner.contend import ENVIRONMENT, Load, written
from microbench.runner.target import Target
from microbench.store import Run, RunState, Store

GPU, HOST = "gpu_uuid_sha256", "host_sha256"
BAD = frozenset({Verdict.FAILED, Verdict.TIMED_OUT, Verdict.WRONG_CODE, Verdict.WRONG_RESULT})
"""Verdicts that make ``bench`` exit 1."""
UNSURE = frozenset({Verdict.NOISY, Verdict.THROTTLED})
"""Verdicts that make ``bench --strict`` exit 5."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked of a run."""

    effort: Effort = Effort.DEFAULT
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    suite: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    seed: int = 0
    processes: int = 1
    name: str = ""
    resume: bool = False
    retry_failed: bool = False
    loads: tuple[Load, ...] = ()
    """What runs beside the measurement."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run as it stands after measuring."""

    run: Run
    measurements: tuple[Measurement, ...]
    missing: int
    place: str
    """Where the store is."""

    @property
    def exit_code(self) -> int:
        """0, 1 (points failed), 124 (time limit) or 130 (interrupted)."""
        if self.run.state is RunState.TIME_LIMIT:
            return 124
        if self.run.state is RunState.INTERRUPTED:
            return 130
        return 1 if any(one.verdict in BAD for one in self.measurements) else 0


def benchmarks_for(wishes: Wishes, target: Target) -> tuple[Benchmark, ...]:
    """Return the benchmarks asked for on a device, those of ``--module`` included."""
    from microbench import suites

    kinds = ("benchmark", "benchmark", "suite")
    asked = {"--only": wishes.only, "--skip": wishes.skip, "--suite": wishes.suite}
    for kind, (option, given) in zip(kinds, asked.items(), strict=True):
        if given and not any(part.strip(" ,") for part in given):
            raise InputError(f"{option} names no {kind}: `hwprof list` shows them")
    known = (*suites.all_benchmarks(), *suites.load(wishes.modules))
    return suites.select(wishes.only, wishes.skip, target.spec.kind, wishes.suite, among=known)


def open_run(
    store: Store, target: Target, wishes: Wishes, points: Sequence[Point]
) -> tuple[Run, tuple[str, ...]]:
    """Return the run to go on with and what to warn of: a new one, or the unfinished one."""
    if wishes.resume:
        return _unfinished(store, target, wishes)
    if wishes.name and any(run.name == wishes.name for run in store.runs()):
        raise InputError(
            f"a run named {wishes.name!r} is in the store: choose another --name, "
            "or go on with it by --resume"
        )
    from microbench.runner.environment import record

    contention = {ENVIRONMENT: written(wishes.loads)} if wishes.loads else {}
    now = datetime.now(UTC)
    run = Run(
        id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        name=wishes.name,
        device_spec=target.spec,
        started_at=now,
        state=RunState.RUNNING,
        environment={**record(sys.argv), **target.facts, **contention},
        effort=wishes.effort,
        seed=wishes.seed,
        processes=wishes.processes,
    )
    store.start_run(run, points)
    return run, ()


def _unfinished(store: Store, target: Target, wishes: Wishes) -> tuple[Run, tuple[str, ...]]:
    from microbench.runner.environment import source_sha256

    runs = [
        run
        for run in store.runs()
        if run.device == target.spec.name
        and run.environment.get(GPU) == target.facts.get(GPU)
        and (HOST not in target.facts or run.environment.get(HOST) == target.facts[HOST])
        and wishes.name in ("", run.name, run.id)
    ]
    if not runs:
        named = f" named {wishes.name!r}" if wishes.name else ""
        raise InputError(
            f"no run of {target.spec.name}{named} to resume: start one without --resume"
        )
    open_runs = [run for run in runs if run.state is not RunState.COMPLETE]
    run = (open_runs or runs)[-1]
    warnings = []
    if wishes.effort not in (Effort.DEFAULT, run.effort):
        warnings.append(f"run {run.id} is a {run.effort} run and stays one: no --{wishes.effort}")
    if run.environment.get("source_sha256") != source_sha256():
        warnings.append(f"run {run.id} was begun by another version of the benchmarks")
    if run.device_spec.title != target.spec.title:
        raise InputError(
            f"run {run.id} was measured on {run.device_spec.title}, this is {target.spec.title}: "
            "start a new run"
        )
    if written(wishes.loads) != run.environment.get(ENVIRONMENT, ""):
        begun = run.environment.get(ENVIRONMENT)
        wanted = f"--contend {begun}" if begun else "no --contend"
        raise InputError(f"run {run.id} goes on as it was begun, with {wanted}")
    store.finish_run(run, RunState.RUNNING)
    return run, tuple(warnings)


def outcome(store: Store, run_id: str) -> Outcome:
    """Return a run as the store holds it now."""
    run = store.run(run_id)
    missing = sum(len(store.pending(run, process)) for process in range(run.processes))
    return Outcome(run, store.measurements(run), missing, store.place)
