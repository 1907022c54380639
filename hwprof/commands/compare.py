"""``hwprof compare``: two runs, point by point: faster, slower, same or cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microbench.errors import InputError, RegressionError, plainly

if TYPE_CHECKING:
    from reports.comparison import Compared, Comparison
    from reports.comparison_side import Side


def compare(
    a: Annotated[
        str, typer.Argument(help="The run before: id, name, a data set folder, or a store file.")
    ],
    b: Annotated[str, typer.Argument(help="The run after, or latest.")] = "latest",
    again: Annotated[
        str | None, typer.Option(help="A second run of A's state: effects must be 3x its spread.")
    ] = None,
    least_effect: Annotated[
        float, typer.Option(min=0, help="Smallest difference worth naming, in percent.")
    ] = 1.0,
    fail_on_regression: Annotated[
        float | None, typer.Option(min=0, help="Exit 4 if a point is surely slower by this %.")
    ] = None,
    thresholds: Annotated[
        Path | None, typer.Option(help="TOML with [thresholds]: pattern = percent.")
    ] = None,
    top: Annotated[int, typer.Option(min=0, help="Rows to print; 0 prints all.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    junit: Annotated[Path | None, typer.Option(help="JUnit XML file to write.")] = None,
    store: Annotated[Path | None, typer.Option(help="Store that holds the runs.")] = None,
    force: Annotated[
        bool, typer.Option(help="Compare different devices, formats or clock states.")
    ] = False,
) -> None:
    """Compare two runs on intervals; changes first, most time at stake first.

    Example: hwprof compare before after --again before-2 --fail-on-regression 5
    """
    from reports.comparison import compare_sides, regressions

    limits = _limits(thresholds) if thresholds is not None else {}
    compared = compare_sides(
        _side(a, store),
        _side(b, store),
        least_effect / 100,
        _side(again, store) if again is not None else None,
        force,
    )
    regressed = regressions(compared, fail_on_regression, limits)
    if junit is not None:
        _write_junit(junit, compared, regressed, fail_on_regression, limits)
    _print(compared, regressed, top, as_json, as_markdown)
    if regressed:
        worst = max(regressed, key=lambda point: point.ratio or float("inf"))
        count = len(regressed)
        raise RegressionError(
            f"{count} point{'s' if count > 1 else ''} slower than allowed; worst {worst.key} "
            + (f"{worst.ratio - 1:+.1%}" if worst.ratio is not None else "has no number any more")
        )


def _side(name: str, store: Path | None) -> Side:
    """Read a run from a store by id, or from a store file or data set folder by path."""
    from microbench.store import open_store
    from reports.comparison_side import side_of

    if not name.strip():
        raise InputError("a run's name is blank: give an id, a name, a folder, a store or latest")
    path = Path(name)
    if path.is_dir():
        from microbench.store.combine import combine
        from microbench.store.dataset import read_dataset

        run, points, measured = read_dataset(path)
        groups = [[m.measurement for m in measured if m.measurement.point == p] for p in points]
        return side_of(
            name, run.device_spec.title, [combine(g) for g in groups if g], run.environment, run.id
        )
    if path.is_file():
        store, name = path, "latest"
    with open_store(store, create=False) as opened:
        run = opened.run(name)
        label = run.name or run.id
        found = opened.measurements(run)
        return side_of(label, run.device_spec.title, found, run.environment, run.id)


def _limits(path: Path) -> Mapping[str, float]:
    import tomllib

    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: thresholds cannot be read: {plainly(error)}") from error
    table = document.get("thresholds")
    if not isinstance(table, dict):
        raise InputError(f'{path}: needs a table [thresholds] with lines like "cpu.gemm" = 5')
    for pattern, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            raise InputError(
                f"{path}: threshold of {pattern!r} must be a percentage, not {value!r}"
            )
    return {pattern: float(value) for pattern, value in table.items()}


def _write_junit(
    path: Path,
    compared: Comparison,
    regressed: tuple[Compared, ...],
    percent: float | None,
    limits: Mapping[str, float],
) -> None:
    from microbench.store.files import replacing, translated
    from reports.comparison_text import junit

    text = junit(compared, regressed, percent, limits)
    if path.exists() and not path.is_file():  # a pipe or a terminal
        with translated(path):
            path.write_text(text, encoding="utf-8")
        return
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _print(
    compared: Comparison,
    regressed: tuple[Compared, ...],
    top: int,
    as_json: bool,
    as_markdown: bool,
) -> None:
    from reports.comparison_text import json_text, markdown

    if as_json:
        typer.echo(json_text(compared, regressed), nl=False)
    elif as_markdown:
        typer.echo(markdown(compared, regressed), nl=False)
    else:
        _table(compared, top)


def _table(compared: Comparison, top: int) -> None:
    from rich.table import Table

    from hwprof.console import output, warn
    from reports.comparison_text import numbers, summary

    table = Table(title=f"{compared.a} against {compared.b} on {compared.device}", box=None)
    table.add_column("point", overflow="fold")
    table.add_column("change", no_wrap=True)
    for name in ("A", "B", "B / A", "95% interval"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("remark", overflow="fold")
    for point in compared.points[: top or None]:
        cells = (point.key, point.change.value, *numbers(point), point.remark)
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    for warning in compared.warnings:
        warn(warning)
    output().print(table)
    output().print(summary(compared), markup=False)
    hidden = len(compared.points) - len(compared.points[: top or None])
    if hidden:
        output().print(f"{hidden} more: --top 0 shows all", markup=False)
