"""``hwprof predict``: what each kernel of a model would cost on a device, owned or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwprof.prediction import DEFAULT_STACK, MOST_BATCH, STACKS, ModelPrediction, predictions_for
from hwprof.units import plural
from microbench.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from costmodel.learned.explain import Explanation

CONTEXTS = "4k,16k,50k,100k"


TAKES = {
    "--table": {"table", "out", "device_column", "cost_model"},
    "--serving": {"serving", "out", "contexts", "device", "as_json"},
}
"""Options with a use where no model is given."""


def predict(
    context: typer.Context,
    model: Annotated[
        Path | None,
        typer.Argument(help="MLIR text: StableHLO, linalg, TOSA, torch, ...; - is standard input."),
    ] = None,
    device: Annotated[
        str, typer.Option(help="cpu, a GPU number, or catalogue names: h100-sxm,l4")
    ] = "cpu",
    stack: Annotated[
        str, typer.Option(help=f"Software that would run it: {', '.join(STACKS)}.")
    ] = DEFAULT_STACK,
    batch: Annotated[
        int | None, typer.Option(min=1, max=MOST_BATCH, help="Size of a dynamic leading dimension.")
    ] = None,
    shape: Annotated[
        list[str] | None, typer.Option(help="A dynamic dimension: NAME=SIZE; repeat for more.")
    ] = None,
    count_padding: Annotated[
        bool, typer.Option("--count-padding", help="Count convolution taps that fall on padding.")
    ] = False,
    top: Annotated[int, typer.Option(min=0, help="Rows to print; 0 prints all.")] = 15,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say where the time goes and what was measured near.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, one row a kernel.")] = False,
    fail_under_coverage: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit 2 if a smaller share of ops is understood."),
    ] = None,
    cost_model: Annotated[
        Path | None, typer.Option(help="A model file from `hwprof fit` instead of the shipped one.")
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Store with this CPU's measurements.")] = None,
    table: Annotated[
        Path | None, typer.Option(help="Predict each row of a Parquet table instead of a model.")
    ] = None,
    device_column: Annotated[
        str, typer.Option(help="Column of --table that names the device.")
    ] = "gpu",
    out: Annotated[
        Path | None,
        typer.Option(help="File to write: Parquet for --table; svg, png, pdf for --serving."),
    ] = None,
    serving: Annotated[
        Path | None,
        typer.Option(help="A model's config.json: cost of serving it, by context length."),
    ] = None,
    contexts: Annotated[
        str | None,
        typer.Option(help=f"Context lengths in tokens for --serving ({CONTEXTS} without)."),
    ] = None,
) -> None:
    """Predict run time, interval, bound and block sizes of each kernel of an MLIR file.

    Example: hwprof predict examples/resnet50.stablehlo.mlir --device cpu,h100-sxm
    """
    if contexts is not None and serving is None:
        raise InputError("--contexts goes with --serving config.json: nothing else has a context")
    if out is not None and serving is None and table is None:
        raise InputError(
            f"--out {out} goes with --table or --serving; of a model, redirect --json or --csv, "
            "or draw it with `hwprof report`"
        )
    if device_column != "gpu" and table is None:
        raise InputError("--device-column goes with --table: nothing else has columns")
    if serving is not None and model is None and table is None:
        _refuse_idle(context, "--serving")
        _serve(serving, device, contexts or CONTEXTS, as_json, out)
        return
    if table is not None and model is None and serving is None:
        _refuse_idle(context, "--table")
        _predict_table(table, device_column, out, cost_model)
        return
    if model is None or table is not None or serving is not None:
        raise InputError(
            "give one MLIR file, or --table ROWS.parquet with --out PRED.parquet, "
            "or --serving config.json"
        )
    if as_json and as_csv:
        raise InputError("--json and --csv exclude each other")
    results = predictions_for(
        model,
        device,
        stack=stack,
        shapes=parse_shapes(shape or []),
        batch=batch,
        count_padding=count_padding,
        model_file=cost_model,
        store=store,
    )
    _check_coverage(results, fail_under_coverage)
    if explain and as_csv:
        raise InputError("--explain prints a table or, with --json, JSON; not CSV")
    reasons = _reasons(results, cost_model) if explain else {}
    if as_json:
        _print_json(results, reasons)
    elif as_csv:
        _print_csv(results)
    else:
        _print_tables(results, top, reasons)
    if not as_json:
        _warn(results)


def _refuse_idle(context: typer.Context, mode: str) -> None:
    """Refuse an option of the command line that ``mode`` has no use for."""
    for option in context.command.params:
        given = getattr(context.get_parameter_source(option.name or ""), "name", "")
        if given == "COMMANDLINE" and option.name not in TAKES[mode]:
            why = ": each row names its device and op" if mode == "--table" else ""
            raise InputError(f"{option.opts[0]} has no use with {mode}{why}")


def parse_shapes(pairs: list[str]) -> dict[str, int]:
    """Turn ``["N=8"]`` into ``{"N": 8}``; ``InputError`` names the pair that is not NAME=SIZE."""
    shapes: dict[str, int] = {}
    for pair in pairs:
        name, _, size = pair.partition("=")
        digits = size.isascii() and size.isdigit() and len(size) < 20
        if not name or not digits or not 1 <= int(size) < 2**63:
            raise InputError(f"--shape {pair!r} is not NAME=SIZE with a size from 1 to 2^63 - 1")
        if shapes.get(name, int(size)) != int(size):
            raise InputError(f"--shape {name} is given twice: {shapes[name]} and {size}")
        shapes[name] = int(size)
    return shapes


def _check_coverage(results: tuple[ModelPrediction, ...], least: float | None) -> None:
    coverage = results[0].graph.coverage
    if least is not None and coverage.share * 100 < least:
        raise InputError(
            f"{results[0].model}: {coverage.share:.1%} of ops understood, less than the "
            f"{least:g}% asked for; unknown: {', '.join(sorted(coverage.unknown))}"
        )


def _reasons(
    results: tuple[ModelPrediction, ...], cost_model: Path | None
) -> dict[str, list[Explanation]]:
    """Return the explanations of each GPU's predictions, by device."""
    from costmodel.learned.explain import explain
    from costmodel.learned.predictor import Predictor
    from microbench.devices.spec import DeviceKind

    gpus = [one for one in results if one.device.kind is DeviceKind.GPU]
    if not gpus:
        raise InputError("--explain is for GPUs: a CPU's times come from its own library calls")
    predictor = Predictor.load(cost_model)
    return {one.device.name: explain(predictor, one.predictions, one.device) for one in gpus}


def _print_json(
    results: tuple[ModelPrediction, ...], reasons: dict[str, list[Explanation]]
) -> None:
    import json
    from dataclasses import asdict

    from hwprof.prediction_records import document

    found = document(results)
    for device in found["devices"]:
        own = reasons.get(device["device"], [])
        for kernel, reason in zip(device["kernels"], own, strict=False):
            kernel["explanation"] = asdict(reason)
    typer.echo(json.dumps(found, indent=1, allow_nan=False))


def _print_csv(results: tuple[ModelPrediction, ...]) -> None:
    import csv
    import sys

    from hwprof.prediction_records import rows

    table = rows(results)
    writer = csv.DictWriter(sys.stdout, list(table[0]) if table else ["device"])
    writer.writeheader()
    writer.writerows(table)


def _print_tables(
    results: tuple[ModelPrediction, ...], top: int, reasons: dict[str, list[Explanation]]
) -> None:
    from hwprof.console import output
    from hwprof.prediction_tables import basis, coverage_line, explained, table

    width = output().width
    for result in results:
        _print_noted(*table(result, top, width))
        if result.device.name in reasons:
            _print_noted(*explained(result, reasons[result.device.name], top, width))
        if told := basis(result):
            output().print(told, style="dim", markup=False)
    output().print(coverage_line(results[0]), markup=False)


def _warn(results: tuple[ModelPrediction, ...]) -> None:
    from hwprof.console import warn
    from hwprof.prediction_tables import warnings_of

    for result in results:
        for told in warnings_of(result):
            warn(told)


def _print_noted(drawn: Table, notes: list[str]) -> None:
    from hwprof.console import output

    output().print(drawn)
    for note in notes:
        output().print(note, style="dim", markup=False)
    output().print()


def _predict_table(
    table: Path, device_column: str, out: Path | None, cost_model: Path | None
) -> None:
    from hwprof.prediction_bulk import predict_file

    if out is None:
        raise InputError("--table needs --out PRED.parquet to write to")
    count = predict_file(table, out, device_column, cost_model)
    typer.echo(f"{count:,} {plural('row', count)} predicted into {out}")


def _serve(config: Path, devices: str, contexts: str, as_json: bool, out: Path | None) -> None:
    import json

    from hwprof.prediction import device_specs
    from hwprof.serving_tables import (
        parse_contexts,
        read_model,
        serving_document,
        serving_rows,
        serving_text,
        write_figure,
    )

    model = read_model(config)
    rows = serving_rows(model, device_specs(devices), parse_contexts(contexts))
    if out is not None:
        write_figure(rows, out)
    if as_json:
        typer.echo(json.dumps(serving_document(model, rows), indent=1, allow_nan=False))
    else:
        typer.echo(serving_text(model, rows))
