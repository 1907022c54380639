"""``hwprof inspect``: what is in an MLIR file, without any device."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hwprof.prediction import DEFAULT_STACK, MOST_BATCH, STACKS, STDIN, read_graph, shown
from microbench.errors import InputError


def inspect(
    model: Annotated[
        Path, typer.Argument(help="MLIR text of any dialect and version; - reads standard input.")
    ],
    stack: Annotated[
        str, typer.Option(help=f"Whose fusion forms the kernels: {', '.join(STACKS)}.")
    ] = DEFAULT_STACK,
    batch: Annotated[
        int | None, typer.Option(min=1, max=MOST_BATCH, help="Size of a dynamic leading dimension.")
    ] = None,
    shape: Annotated[
        list[str] | None,
        typer.Option(help="A dynamic dimension: arg0.1=128, or 1=128 for every argument."),
    ] = None,
    top: Annotated[int, typer.Option(min=0, help="Rows to print; 0 prints all.")] = 15,
    count_padding: Annotated[
        bool, typer.Option("--count-padding", help="Count convolution taps that fall on padding.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    fail_under_coverage: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit 2 if a smaller share of ops is understood."),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Also parse with iree-base-compiler; say where they differ."),
    ] = False,
) -> None:
    """Show what is in an MLIR file: ops, kernels, work, traffic, loops, calls, coverage.

    Example: hwprof inspect examples/resnet50.stablehlo.mlir --top 10
    """
    from hwprof.commands.predict import parse_shapes

    shapes = parse_shapes(shape or [])
    if strict and model == STDIN:
        raise InputError("--strict needs a file: the compiler reads it too")
    graph = read_graph(model, shapes, batch, stack, count_padding)
    if as_json:
        import json

        from hwprof.inspection import document

        typer.echo(json.dumps(document(graph, stack), indent=1, allow_nan=False))
    else:
        from hwprof.console import warn
        from hwprof.inspection_tables import show

        show(graph, stack, top)
        for told in graph.coverage.warnings():
            warn(told)
    if strict:
        from hwprof.console import messages
        from hwprof.inspection import strict_report

        messages().print(strict_report(model, graph), markup=False, soft_wrap=True)
    share = graph.coverage.share * 100
    if fail_under_coverage is not None and share < fail_under_coverage:
        named = ", ".join(name for name, _ in graph.coverage.unknown.most_common(5))
        raise InputError(
            f"{shown(model)}: {share:.1f}% of ops understood, less than the "
            f"{fail_under_coverage:g}% asked for; unknown: {named}"
        )
