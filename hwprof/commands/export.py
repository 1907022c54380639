"""``hwprof export``: a run as a data set folder, CSV or JSON, and a data set back again."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microbench.errors import InputError

if TYPE_CHECKING:
    from microbench.store import Run, Store


class ExportFormat(StrEnum):
    """What a run can be written as."""

    PARQUET = "parquet"
    CSV = "csv"
    JSON = "json"


def export(
    run: Annotated[str, typer.Argument(help="Id, beginning of an id, name, or latest.")] = "latest",
    out: Annotated[
        Path | None, typer.Option(help="New folder (parquet) or file; csv and json may print.")
    ] = None,
    export_format: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Default: by the name's ending, else a Parquet folder."),
    ] = None,
    import_folder: Annotated[
        Path | None, typer.Option("--import", help="Read a data set folder into the store.")
    ] = None,
    runs: Annotated[bool, typer.Option("--runs", help="List the runs of the store.")] = False,
    device: Annotated[str | None, typer.Option(help="Only runs of this device.")] = None,
    store: Annotated[Path | None, typer.Option(help="Store file.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was done, or --runs, as JSON.")
    ] = False,
) -> None:
    """Write a run to Parquet, CSV or JSON, and read one back.

    Example: hwprof export latest --out my-machine
    """
    from microbench.store import open_store

    if import_folder is not None:
        _import(import_folder, store, as_json)
        return
    with open_store(store, create=False) as opened:
        if runs:
            _list(opened, device, as_json)
            return
        _export(opened, opened.run(run, device), out, export_format, as_json)


def _export(
    store: Store, run: Run, out: Path | None, wanted: ExportFormat | None, as_json: bool
) -> None:
    chosen = wanted or _by_ending(out)
    if chosen is ExportFormat.PARQUET:
        if out is None:
            raise InputError("a Parquet data set needs a folder: pass --out FOLDER")
        from microbench.store.dataset import export_dataset

        export_dataset(store, run, out)
    else:
        from microbench.store.files import write_file
        from microbench.store.flat import csv_text, json_text

        text = csv_text(store, run) if chosen is ExportFormat.CSV else json_text(store, run)
        if out is None:
            typer.echo(text, nl=False)
            return
        write_file(out, text.encode())
    _say(
        as_json,
        f"run {run.name or run.id} is in {out}",
        {"run": run.id, "out": str(out), "format": str(chosen)},
    )


def _import(folder: Path, store: Path | None, as_json: bool) -> None:
    from microbench.store import open_store
    from microbench.store.dataset import read_dataset

    run, points, measured = read_dataset(folder)
    with open_store(store) as opened:
        new = opened.add_run(run, points, measured)
    name = run.name or run.id
    text = f"run {name} is in the store" if new else f"run {name} was in the store already"
    _say(as_json, text, {"run": run.id, "imported": new})


def _list(store: Store, device: str | None, as_json: bool) -> None:
    from hwprof.run_state import told_states

    runs = store.runs()
    states = told_states(runs)
    records = [
        {
            "run": run.id,
            "name": run.name,
            "device": run.device,
            "title": run.device_spec.title,
            "started_at": run.started_at.isoformat(timespec="seconds"),
            "state": str(states[run.id]),
            "effort": str(run.effort),
            "points": len(store.points(run)),
            "missing": sum(len(store.pending(run, process)) for process in range(run.processes)),
        }
        for run in runs
        if device in (None, run.device)
    ]
    if as_json:
        typer.echo(json.dumps({"schema": "hwprof.runs/1", "runs": records}, indent=1))
        return
    from rich.table import Table

    from hwprof.console import output

    table = Table()
    columns = ("run", "name", "title", "started_at", "effort", "state", "points", "missing")
    for column in columns:
        table.add_column(column.replace("_", " "), no_wrap=column in ("run", "state"))
    for record in records:
        shown = {**record, "started_at": str(record["started_at"])[:16].replace("T", " ")}
        table.add_row(*(str(shown[column]) for column in columns))
    output().print(table)


def _by_ending(out: Path | None) -> ExportFormat:
    endings = {".csv": ExportFormat.CSV, ".json": ExportFormat.JSON, "": ExportFormat.PARQUET}
    ending = out.suffix.lower() if out else ""
    if ending not in endings:
        raise InputError(
            f"--out {out}: no format ends in {ending!r}: use .csv, .json, a folder without an "
            "ending, or --format"
        )
    return endings[ending]


def _say(as_json: bool, text: str, record: dict[str, object]) -> None:
    typer.echo(json.dumps({"schema": "hwprof.export/1", **record}) if as_json else text)
