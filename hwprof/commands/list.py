"""``hwprof list``: every benchmark, its suite and the question it answers."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from microbench import suites
from microbench.benchmark import Benchmark
from microbench.devices.spec import DeviceKind


def list_(
    kind: Annotated[
        DeviceKind | None, typer.Option(help="Only benchmarks of this kind of device.")
    ] = None,
    suite: Annotated[
        list[str] | None, typer.Option(help="Only this suite; repeat for more.")
    ] = None,
    module: Annotated[
        list[str] | None, typer.Option(help="Also list BENCHMARKS of this Python module.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List benchmarks with the question each one answers.

    Example: hwprof list --kind cpu --suite memory
    """
    known = (*suites.all_benchmarks(), *suites.load(module or ()))
    found = suites.select(kind=kind, suite=suite or (), among=known, listing=True)
    typer.echo(json.dumps(document(found), indent=1) if as_json else table(found))


def document(benchmarks: tuple[Benchmark, ...]) -> dict[str, object]:
    """Return the listing as ``hwprof.list/1``."""
    return {
        "schema": "hwprof.list/1",
        "benchmarks": [
            {
                "name": benchmark.name,
                "device": str(benchmark.kind),
                "suite": benchmark.suite,
                "question": benchmark.question,
                "quantity": str(benchmark.quantity),
                "architectures": list(benchmark.architectures),
                "source": benchmark.source,
            }
            for benchmark in benchmarks
        ],
    }


def table(benchmarks: tuple[Benchmark, ...]) -> str:
    """Return the listing as plain columns, without importing anything to draw them."""
    rows = [("benchmark", "suite", "question")]
    rows += [(one.name, one.suite, one.question) for one in benchmarks]
    wide, middle = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{name:{wide}}  {suite:{middle}}  {text}" for name, suite, text in rows)
