"""``hwprof bench``: measure devices of this machine and keep everything in the store."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microbench.benchmark import Effort
from microbench.errors import InputError, NoisyError

if TYPE_CHECKING:
    from hwprof.bench_run import Outcome, Wishes
    from microbench.runner.target import Target
    from microbench.store import Store

CERTIFIED_PROCESSES, SAME_AGAIN = 5, 2
"""Fresh processes a point gets in a certified run, and in an A/A run."""


def bench(
    context: typer.Context,
    device: Annotated[str, typer.Option(help="cpu, a GPU number, 0,1 or all.")] = "cpu",
    quick: Annotated[bool, typer.Option("--quick", help="Fewer points, under a minute.")] = False,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Every point, longer samples.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Benchmarks to run: names, beginnings, wildcards.")
    ] = None,
    skip: Annotated[list[str] | None, typer.Option(help="Benchmarks to leave out.")] = None,
    suite: Annotated[list[str] | None, typer.Option(help="Suites to run, as in `list`.")] = None,
    module: Annotated[
        list[str] | None, typer.Option(help="Python module with further BENCHMARKS.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would run and how long it takes.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Measure what the unfinished run is missing.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="With --resume: failed points too.")
    ] = False,
    certify: Annotated[
        bool, typer.Option("--certify", help="Five fresh processes a point; slower, surer.")
    ] = False,
    same_again: Annotated[
        bool, typer.Option("--aa", help="Two processes a point: how much this machine varies.")
    ] = False,
    contend: Annotated[
        str, typer.Option(help="Loads to run beside the measurement: cpu, mem:2, gpu; none.")
    ] = "",
    timeout: Annotated[
        str | None, typer.Option(help="Stop the whole command after 90, 90s, 5m or 1h.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of rings and operands.")] = 0,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 5 when a point is noisy or throttled.")
    ] = False,
    name: Annotated[str, typer.Option(help="A name for the run, or the run to resume.")] = "",
    store: Annotated[Path | None, typer.Option(help="Store file.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Also write the run to this new data set folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="One line a point, on a terminal too.")
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> int:
    """Measure a device: latency, bandwidth, arithmetic, GEMM, fused against unfused.

    Example: hwprof bench --device cpu --quick
    """
    from hwprof.bench_run import Wishes
    from microbench.runner.contend import loads_of
    from microbench.runner.target import targets

    deadline = time.monotonic() + _seconds(timeout) if timeout else float("inf")
    quick, thorough = _one_of(context, quick, thorough)
    if certify and same_again:
        raise InputError("--certify and --aa exclude each other")
    if retry_failed and not resume:
        raise InputError("--retry-failed goes with --resume")
    wishes = Wishes(
        effort=Effort.QUICK if quick else Effort.THOROUGH if thorough else Effort.DEFAULT,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        suite=tuple(suite or ()),
        modules=tuple(module or ()),
        seed=seed,
        processes=CERTIFIED_PROCESSES if certify else SAME_AGAIN if same_again else 1,
        name=name,
        resume=resume,
        retry_failed=retry_failed,
        loads=loads_of(contend),
    )
    found = targets(device)
    if dry_run:
        _show_plans(found, wishes, as_json, no_color)
        return 0
    if out is not None and len(found) > 1:
        raise InputError("--out takes one device: give one --device, or use `hwprof export`")
    if out is not None:
        from microbench.store.files import refuse_existing, refuse_unwritable

        refuse_existing(out)
        refuse_unwritable(out)
    outcomes = _measure_all(found, wishes, store, deadline, (quiet, verbose, no_color), out)
    _show(outcomes, as_json, no_color)
    return _exit_code(outcomes, strict)


def _measure_all(
    found: tuple[Target, ...],
    wishes: Wishes,
    store: Path | None,
    deadline: float,
    look: tuple[bool, bool, bool],
    out: Path | None,
) -> list[Outcome]:
    from microbench.store import open_store

    outcomes = []
    with open_store(store, create=not wishes.resume) as opened:
        for target in found:
            own = wishes if len(found) == 1 else _named_apart(wishes, target)
            outcome = _measure(opened, target, own, deadline, look)
            outcomes.append(outcome)
            if out is not None:
                from microbench.store.dataset import export_dataset

                export_dataset(opened, outcome.run, out)
            if outcome.exit_code in (124, 130):
                break
    return outcomes


def _measure(
    store: Store,
    target: Target,
    wishes: Wishes,
    deadline: float,
    look: tuple[bool, bool, bool],
) -> Outcome:
    """Measure one device under its lock."""
    from hwprof.bench_progress import display
    from hwprof.bench_run import benchmarks_for, open_run, outcome
    from hwprof.console import warn
    from microbench.runner.contend import contend
    from microbench.runner.lock import device_lock
    from microbench.runner.observe import closing_facts, telemetry_of
    from microbench.runner.plan import group_points, make_plan
    from microbench.runner.sweep import Job, sweep
    from microbench.store.run import FAULTS

    benchmarks = benchmarks_for(wishes, target)
    names = {benchmark.name for benchmark in benchmarks}
    plan = make_plan(benchmarks, target.spec, wishes.effort, wishes.processes)
    retry = FAULTS if wishes.retry_failed else frozenset()
    with device_lock(target.lock_key, target.spec.title):
        run, warnings = open_run(store, target, wishes, plan.points)
        for text in warnings:
            warn(text)
        pending = [
            point
            for process in range(run.processes)
            for point in store.pending(run, process, retry)
            if point.benchmark in names
        ]
        estimate_s = sum(g.estimate_s for g in group_points(pending, benchmarks, run.effort))
        shown = display(len(pending), estimate_s, *look)
        try:
            with telemetry_of(target) as telemetry:
                job = Job(
                    store=store,
                    run=run,
                    benchmarks=benchmarks,
                    modules=wishes.modules,
                    wanted=lambda point: point.benchmark in names,
                    retry=retry,
                    environment=target.variables,
                    telemetry=telemetry,
                    deadline=deadline,
                )
                with contend(wishes.loads, target.variables):
                    sweep(job, shown, lambda: closing_facts(telemetry))
        finally:
            shown.close()
        return outcome(store, run.id)


def _named_apart(wishes: Wishes, target: Target) -> Wishes:
    """Give each of several devices' runs a name of its own: ``mine-0``, ``mine-cpu``."""
    number = "cpu" if target.index is None else str(target.index)
    return replace(wishes, name=f"{wishes.name}-{number}") if wishes.name else wishes


def _show_plans(found: tuple[Target, ...], wishes: Wishes, as_json: bool, no_color: bool) -> None:
    import json

    from hwprof.bench_run import benchmarks_for
    from hwprof.bench_summary import plan_document, plan_table
    from hwprof.console import output
    from microbench.runner.plan import make_plan

    plans = [
        (
            target,
            make_plan(benchmarks_for(wishes, target), target.spec, wishes.effort, wishes.processes),
        )
        for target in found
    ]
    if as_json:
        documents = [plan_document(plan, target.spec.name) for target, plan in plans]
        typer.echo(json.dumps(documents if len(documents) > 1 else documents[0], indent=1))
        return
    for target, plan in plans:
        output(no_color).print(plan_table(plan, f"{target.spec.title}, {wishes.effort}"))


def _show(outcomes: list[Outcome], as_json: bool, no_color: bool) -> None:
    import json

    from hwprof.bench_gpu_tables import knee_table, operand_table
    from hwprof.bench_summary import closing_line, document, speedup_table, summary_table
    from hwprof.console import messages, output, warn
    from microbench.reference.own import ladder_problems

    if as_json:
        documents = [
            document(one.run, one.measurements, one.missing, one.place) for one in outcomes
        ]
        typer.echo(json.dumps(documents if len(documents) > 1 else documents[0], indent=1))
    for one in outcomes:
        if not as_json:
            output(no_color).print(summary_table(one.run, one.measurements))
            for make in (speedup_table, knee_table, operand_table):
                table = make(one.measurements)
                if table is not None:
                    output(no_color).print(table)
        line = closing_line(one.run, one.measurements, one.missing)
        messages(no_color).print(f"{line}; kept in {one.place}", markup=False, soft_wrap=True)
        for problem in ladder_problems(one.measurements):
            warn(problem)


def _exit_code(outcomes: list[Outcome], strict: bool) -> int:
    from hwprof.bench_run import UNSURE

    worst = max(outcome.exit_code for outcome in outcomes)
    unsure = [one for found in outcomes for one in found.measurements if one.verdict in UNSURE]
    if strict and unsure and worst == 0:
        raise NoisyError(
            f"{len(unsure)} points are too noisy, first {unsure[0].point.key}: {unsure[0].reason}"
        )
    return worst


def _one_of(context: typer.Context, quick: bool, thorough: bool) -> tuple[bool, bool]:
    """Return one effort: a flag beats a default from a file; two flags are refused."""
    if not (quick and thorough):
        return quick, thorough
    flags = [
        getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
        for name in ("quick", "thorough")
    ]
    if flags[0] == flags[1]:
        raise InputError("--quick and --thorough exclude each other")
    return flags[0], flags[1]


def _seconds(text: str) -> float:
    """Turn ``90``, ``90s``, ``5m`` or ``1h`` into seconds."""
    scale = {"s": 1.0, "m": 60.0, "h": 3600.0}.get(text[-1:])
    number = text[:-1] if scale else text
    try:
        value = float(number) * (scale or 1.0)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise InputError(f"--timeout {text!r}: expected seconds, or a number with s, m or h")
    return value
