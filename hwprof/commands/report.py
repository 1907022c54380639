"""``hwprof report``: a run, a model on devices or a saved report as a page and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hwprof.prediction import MOST_BATCH
from microbench.errors import InputError, plainly

if TYPE_CHECKING:
    from microbench.store.run import Run
    from reports.data import DeviceSection, MeasuredPoint, ReportData


def report(
    context: typer.Context,
    source: Annotated[
        Path | None,
        typer.Argument(
            help="An MLIR file, a report.json or tune --json; without it the latest run."
        ),
    ] = None,
    device: Annotated[
        str | None, typer.Option(help="Devices to predict the model on: cpu,h100-sxm,l4")
    ] = None,
    stack: Annotated[str, typer.Option(help="Software that would run the model.")] = "inductor",
    batch: Annotated[
        int | None, typer.Option(min=1, max=MOST_BATCH, help="Dynamic leading dimension.")
    ] = None,
    shape: Annotated[list[str] | None, typer.Option(help="argI.D=SIZE; repeat for more.")] = None,
    figure: Annotated[str | None, typer.Option(help="Only these figures: roofline,fusion.")] = None,
    formats: Annotated[
        str | None,
        typer.Option("--format", help="html,json,csv,md,png,svg,pdf,trace (default html,json)"),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("hwprof-report"),
    run: Annotated[
        str, typer.Option(help="Run of the store to show, where no file is given.")
    ] = "latest",
    store: Annotated[Path | None, typer.Option(help="Store to read the run from.")] = None,
    dpi: Annotated[
        int,
        typer.Option(
            min=36, max=1200, help="Dots per inch of png pictures; most are 8 inches wide."
        ),
    ] = 144,
    force: Annotated[
        bool, typer.Option(help="Overwrite files in a folder named by --out.")
    ] = False,
) -> None:
    """Draw waterline, efficiency gap, roofline and memory ladder, and write one HTML page.

    Example: hwprof report examples/resnet50.stablehlo.mlir --device cpu,h100-sxm
    """
    from hwprof.commands.predict import parse_shapes
    from microbench.store.files import refuse_unwritable
    from reports.export import write

    refuse_unwritable(out / "report.json")
    if source is not None and _given(context, "run"):
        raise InputError(
            f"--run shows a stored run by itself and has no use beside {source}, whose CPU rates "
            "are of the newest run: leave --run or the file away"
        )
    saved = source is not None and source.suffix == ".json"
    if source is None or saved:
        _refuse_without_model(context)
    if source is not None and saved:
        data = _saved(source)
    elif source is not None:
        shapes = parse_shapes(shape or [])
        data = _predicted(source, "cpu" if device is None else device, stack, batch, shapes, store)
    else:
        data = _measured(run, store)
    wanted = ("png" if figure else "html,json") if formats is None else formats
    ours = not _given(context, "out")
    names = [name.strip() for name in wanted.split(",")]
    for path in write(data, out, names, figure, force, ours, dpi):
        typer.echo(str(path))
    _warn(data)


def _refuse_without_model(context: typer.Context) -> None:
    """Refuse an option of the command line that only a prediction has a use for."""
    for name in ("device", "stack", "batch", "shape"):
        if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE":
            raise InputError(f"--{name} needs an MLIR file: hwprof report model.mlir --{name} ...")


def _given(context: typer.Context, option: str) -> bool:
    return getattr(context.get_parameter_source(option), "name", "") != "DEFAULT"


def _saved(path: Path) -> ReportData:
    from reports.checked import is_tuning, parse_json, trials_of
    from reports.data import ReportData

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {plainly(error)}") from error
    document = parse_json(text, str(path))
    if is_tuning(document):
        title = f"Tuning {document['what']} on {document['device']}"
        return ReportData(title, trials=trials_of(document, str(path)))
    return ReportData.from_json(text, str(path))


def _predicted(
    model: Path,
    device: str,
    stack: str,
    batch: int | None,
    shapes: dict[str, int],
    store: Path | None,
) -> ReportData:
    from dataclasses import replace

    from hwprof.prediction import cpu_rates, cpu_run, predictions_for, shown
    from hwprof.prediction_tables import device_text, launch_caveat, timed_as
    from hwprof.prediction_tables import warnings_of as doubts
    from microbench.devices.spec import DeviceKind
    from reports.data import ReportData, points_of, section_of, warnings_of

    results = predictions_for(model, device, stack=stack, shapes=shapes, batch=batch, store=store)
    sections: list[DeviceSection] = []
    points: tuple[MeasuredPoint, ...] = ()
    environment: dict[str, str] = {}
    cut_off: list[str] = []
    for result in results:
        if result.device.kind is DeviceKind.CPU:
            run, measurements, model_of_cpu = cpu_run(store)
            peak, bandwidth = cpu_rates(model_of_cpu)
            environment = _environment(run)
            cut_off = _cut_off(run)
            points = points_of(measurements)
            found = section_of(result.predictions, result.device, peak, bandwidth, measurements)
        else:
            found = section_of(result.predictions, result.device)
        queue = result.queue
        queued_s = (queue.latency_s, queue.low_s, queue.high_s) if queue else None
        title, timed = device_text(result), timed_as(result)
        sections.append(replace(found, title=title, stack=timed, queued_s=queued_s))
    warnings = [
        *cut_off,
        *(told for one in results for told in doubts(one)),
        *(f"{one.device.title}: {told}" for one in results if (told := launch_caveat(one))),
        *warnings_of(sections, points),
    ]
    each_once = tuple(dict.fromkeys(warnings))
    return ReportData(shown(model).name, tuple(sections), points, environment, each_once)


def _measured(run: str, store: Path | None) -> ReportData:
    from microbench.reference.own import ladder_problems
    from microbench.store import open_store
    from reports.checked import pairs_of
    from reports.data import ReportData, points_of, published_of, warnings_of

    opened = open_store(store, create=False)
    found = opened.run(run)
    measurements = opened.measurements(found)
    points = points_of(measurements, found.device_spec)
    pairs = pairs_of(measurements, found.device_spec)
    return ReportData(
        f"Run on {found.device_spec.title}",
        points=points,
        environment=_environment(found),
        warnings=(*_cut_off(found), *warnings_of((), points), *ladder_problems(measurements)),
        pairs=pairs,
        published=published_of(measurements, found.device_spec),
    )


def _cut_off(run: Run) -> list[str]:
    """Say of a run that ended early how, and what to do about it."""
    return [f"run {run.name or run.id}: {run.unfinished}"] if run.unfinished else []


def _environment(run: Run) -> dict[str, str]:
    return {"device": run.device_spec.title, "run": run.id, **_flat(run.environment)}


def _flat(record: object, prefix: str = "") -> dict[str, str]:
    if not isinstance(record, dict):
        return {prefix: str(record)}
    found: dict[str, str] = {}
    for name, value in record.items():
        found.update(_flat(value, f"{prefix}.{name}" if prefix else str(name)))
    return found


def _warn(data: ReportData) -> None:
    from hwprof.console import warn

    for warning in data.warnings:
        if any(
            words in warning
            for words in ("above 1", "of memory", "measures the rest", "do not compare")
        ):
            warn(warning)
