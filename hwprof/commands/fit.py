"""``hwprof fit``: a cost model from measured data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hwprof.units import plural
from microbench.errors import InputError


def fit(
    out: Annotated[Path, typer.Option(help="Model file to write.")],
    data: Annotated[
        Path | None, typer.Option(help="Folder of data packs (Parquet), one per source.")
    ] = None,
    run: Annotated[
        str | None,
        typer.Option("--from", help="A run of the store (id, or latest), or a Parquet file."),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option(help="Correct the shipped model for this GPU by the points of --from."),
    ] = None,
    cost_model: Annotated[
        Path | None, typer.Option(help="The model to correct, instead of the shipped one.")
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Store that holds the run.")] = None,
    family: Annotated[
        list[str] | None, typer.Option(help="Fit only this family; repeat for more.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the split and the trees.")] = 20,
    quick: Annotated[
        bool, typer.Option(help="Few rows and trees: a minute, less accurate.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Overwrite the model file.")] = False,
) -> None:
    """Fit a cost model on measured latencies and write it as arrays with a JSON header.

    Example: hwprof fit --from latest --out cpu.npz; hwprof fit --data measured/ --out gpu.npz;
    hwprof fit --device h200 --from latest --out h200.npz
    """
    from dataclasses import replace

    from costmodel.learned.families import BY_NAME, FAMILIES
    from costmodel.learned.pack import fit_all
    from costmodel.learned.training import Settings
    from hwprof.console import messages
    from microbench.store.files import refuse_unwritable

    unknown = sorted(set(family or []) - set(BY_NAME))
    if unknown:
        raise InputError(f"unknown family {unknown[0]!r}: choose from {', '.join(BY_NAME)}")
    if out.exists() and not force:
        raise InputError(f"{out} exists: choose another --out, or pass --force")
    if not out.parent.is_dir():
        raise InputError(f"{out.parent} is not a folder: create it first")
    refuse_unwritable(out)
    if device is not None and run is None:
        raise InputError("--device needs its points: --from RUN, or --from POINTS.parquet")
    if cost_model is not None and device is None:
        raise InputError("--cost-model is the model to correct: name the --device too")
    if (data is None) == (run is None):
        raise InputError("name what to fit on: --data FOLDER for GPUs, or --from RUN for this CPU")
    if device is not None and run is not None:
        _calibrate(device, run, store, cost_model, out, seed)
        return
    if run is not None:
        _fit_cpu(run, store, out)
        return
    settings = Settings(seed=seed)
    if quick:
        settings = replace(
            settings,
            iterations=60,
            leaves=31,
            max_rows=20_000,
            unseen_rows=5_000,
            unseen_iterations=30,
            effort=0.1,
        )
    chosen = [BY_NAME[name] for name in family] if family else FAMILIES

    def say(line: str) -> None:
        messages().print(line, markup=False)

    fit_all(data or Path(), out, settings, say, chosen)
    if not quick:
        from costmodel.learned.unmeasured import add

        add(out, data or Path(), settings, say, chosen)


def _fit_cpu(wanted: str, store: Path | None, out: Path) -> None:
    """Write the model of the processor a run measured."""
    from costmodel.analytic.cpu_file import write
    from microbench.devices.spec import DeviceKind
    from microbench.reference.streams import believed
    from microbench.store import open_store

    with open_store(store, create=False) as opened:
        found = opened.run(wanted)
        if found.device_spec.kind is not DeviceKind.CPU:
            raise InputError(
                f"run {found.id} measured {found.device}: only a CPU's run is a model by itself; "
                f"correct the shipped model with --device {found.device}"
            )
        basis = write(out, found.device_spec.title, found.id, believed(opened.measurements(found)))
    typer.echo(f"{out}: {basis} of run {found.id}")


def _calibrate(
    device: str, points: str, store: Path | None, base: Path | None, out: Path, seed: int
) -> None:
    """Write a model corrected by points measured on a GPU."""
    from costmodel.learned import calibration
    from costmodel.learned.predictor import Predictor
    from hwprof.calibration_points import read
    from hwprof.console import messages

    predictor = Predictor.load(base)
    table, origin = read(points, device, store)
    found = calibration.fit(
        predictor, device, table, seed, lambda line: messages().print(line, markup=False)
    )
    calibration.write(predictor, out, device, found, origin)
    count = sum(len(one.correction.errors) for one in found)
    typer.echo(f"{out}: {device} corrected by {count} {plural('point', count)} of {origin}")
