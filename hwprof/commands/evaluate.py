"""``hwprof evaluate``: how far to trust a cost model, on rows it never saw."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microbench.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from costmodel.learned.evaluate import Score
    from costmodel.learned.families import ModelFamily


def evaluate(
    data: Annotated[
        Path,
        typer.Option(
            help="Folder of measured data: SOURCE/TABLE.parquet; see docs/commands/fit.md."
        ),
    ],
    cost_model: Annotated[
        Path | None, typer.Option(help="A model file from `hwprof fit` instead of the shipped one.")
    ] = None,
    family: Annotated[
        list[str] | None, typer.Option(help="Only this family; repeat for more.")
    ] = None,
    leave_out: Annotated[
        str | None,
        typer.Option(help="gpu or arch: score each one as if nobody had measured it (minutes)."),
    ] = None,
    points: Annotated[
        str, typer.Option(help="With --leave-out: how many measured points of it to correct by.")
    ] = "5,20,100",
    out: Annotated[
        Path | None, typer.Option(help="Also draw the scores: a new svg, png or pdf file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Score a cost model on shapes kept away from its training, by family and latency decade.

    The data is yours or public: hwprof ships none. docs/commands/evaluate.md says what it holds.

    Example: hwprof evaluate --data measured/ --family gemm
    """
    from costmodel.learned.families import BY_NAME, FAMILIES
    from hwprof.pictures import refuse_place, write_picture

    if out is not None:
        refuse_place(out)
    if not data.is_dir():
        raise InputError(
            f"{data}: no such folder of measured data: it holds SOURCE/TABLE.parquet packs, which "
            "docs/commands/evaluate.md describes"
        )
    unknown = sorted(set(family or []) - set(BY_NAME))
    if unknown:
        raise InputError(f"unknown family {unknown[0]!r}: choose from {', '.join(BY_NAME)}")
    if leave_out not in {None, "gpu", "arch"}:
        raise InputError(f"--leave-out {leave_out!r}: choose gpu or arch")
    chosen = [BY_NAME[name] for name in family] if family else list(FAMILIES)
    scores = list(_scores(data, cost_model, chosen, leave_out, _counts(points)))
    if out is not None:
        from reports.figures.accuracy import accuracy

        write_picture(accuracy(scores), out)
    if as_json:
        import json

        document = {"schema": "hwprof.evaluate/1", "scores": [asdict(one) for one in scores]}
        typer.echo(json.dumps(document, indent=1))
    elif as_csv:
        _print_csv(scores)
    elif as_markdown:
        _print_markdown(scores)
    else:
        _print_table(scores)


def _counts(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 1000 for part in parts):
        raise InputError(f"--points {text!r}: numbers from 1 to 1000, parted by commas")
    return tuple(int(part) for part in parts)


def _scores(
    data: Path,
    cost_model: Path | None,
    chosen: list[ModelFamily],
    leave_out: str | None,
    counts: tuple[int, ...],
) -> Iterator[Score]:
    from costmodel.learned import dataset, evaluate, left_out, score_left_out
    from costmodel.learned.predictor import Predictor
    from costmodel.learned.training import Settings
    from hwprof.console import messages

    predictor = Predictor.load(cost_model)
    if leave_out is None:
        yield from evaluate.unseen_shapes(predictor, data, chosen)
        return
    for family in chosen:
        model = predictor.model(family.name)
        if model is None:
            continue
        rows = dataset.load(data, family)
        found = left_out.outsiders(
            rows, model, leave_out, Settings(), lambda line: messages().print(line, markup=False)
        )
        yield from score_left_out.scores(list(found), model, counts)


def _print_csv(scores: list[Score]) -> None:
    import csv
    import sys

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["family", "split", "rows", "mape", "median", "coverage", "bound_mape"])
    writer.writerows(list(asdict(score).values()) for score in scores)


def _print_markdown(scores: list[Score]) -> None:
    typer.echo("| family | rows | mean error | median error | in the 90% interval | bound alone |")
    typer.echo("| --- | --: | --: | --: | --: | --: |")
    for score in scores:
        name = f"{score.family}: {score.split}"
        typer.echo(
            f"| {name} | {score.rows:,} | {score.mape:.1%} | {score.median:.1%} "
            f"| {score.coverage:.1%} | {score.bound_mape:.0%} |"
        )


def _print_table(scores: list[Score]) -> None:
    from rich import box
    from rich.table import Table

    from hwprof.console import output

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("family", "split"):
        table.add_column(name)
    for name in ("rows", "mean error", "median", "in 90% interval", "bound alone"):
        table.add_column(name, justify="right", no_wrap=True)
    for score in scores:
        table.add_row(
            score.family,
            score.split,
            f"{score.rows:,}",
            f"{score.mape:.1%}",
            f"{score.median:.1%}",
            f"{score.coverage:.1%}",
            f"{score.bound_mape:.0%}",
        )
    output().print(table)
