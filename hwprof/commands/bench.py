"""``hwprof bench``: measure devices of this machine and keep everything in the store."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microbench.benchmark import Effort
from microbench.errors import InputError, NoisyError

if TYPE_CHECKING:
    from hwprof.bench_run import Outcome, Wishes
    from microbench.runner.target import Target

CERTIFIED_PROCESSES, SAME_AGAIN = 5, 2
"""Fresh processes a point gets in a certified run, and in an A/A run."""


def bench(
    context: typer.Context,
    device: Annotated[
        str, typer.Option(help="cpu, a GPU number, 0,1 or all; with --cluster cpu, gpu or all.")
    ] = "cpu",
    quick: Annotated[bool, typer.Option("--quick", help="Fewer points, about a minute.")] = False,
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
    cluster: Annotated[
        str, typer.Option(help="Measure a Ray cluster's machines: auto, or HOST:PORT.")
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
        bool, typer.Option("--verbose", "-v", help="Every point, in progress and in the table.")
    ] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> int:
    """Measure a device: latency, bandwidth, arithmetic, GEMM, fused against unfused.

    Example: hwprof bench --device cpu --quick
    """
    from hwprof.bench_measure import Look, measure_cluster, measure_here
    from hwprof.bench_run import Wishes
    from microbench.runner.contend import loads_of
    from microbench.runner.target import targets

    deadline = time.monotonic() + _seconds(timeout) if timeout else float("inf")
    quick, thorough = _one_of(context, quick, thorough)
    if quiet and verbose:
        raise InputError("--quiet and --verbose exclude each other")
    if certify and same_again:
        raise InputError("--certify and --aa exclude each other")
    if name == "latest":
        raise InputError("--name latest: the word stands for the newest run; choose another name")
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
    look = Look(quiet, verbose, no_color, deadline)
    if cluster:
        if dry_run or out is not None:
            raise InputError("--cluster takes neither --dry-run nor --out: use `hwprof export`")
        outcomes = measure_cluster(cluster, device, wishes, store, look)
        _show(outcomes, as_json, no_color, verbose)
        return _exit_code(outcomes, strict)
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
    outcomes = measure_here(found, wishes, store, look, out)
    _show(outcomes, as_json, no_color, verbose)
    return _exit_code(outcomes, strict)


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


def _show(outcomes: list[Outcome], as_json: bool, no_color: bool, every: bool) -> None:
    import json

    from hwprof.bench_gpu_tables import knee_table, operand_table, step_table
    from hwprof.bench_overview import FEW, overview
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
            console = output(no_color)
            if every or len(one.measurements) <= FEW:
                console.print(summary_table(one.run, one.measurements))
            else:
                drawn, lines = overview(one.run, one.measurements, console.width)
                console.print(drawn)
                for line in lines:
                    console.print(line, style="dim", markup=False, soft_wrap=True)
            for make in (speedup_table, step_table, knee_table, operand_table):
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
