"""Measured points for ``hwprof fit --device``: a run of the store, or a Parquet file of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from microbench.errors import InputError


def read(points: str, device: str, store: Path | None) -> tuple[dict[str, Any], str]:
    """Return rows with the data packs' columns, and what to call where they came from."""
    if points.endswith(".parquet"):
        from hwprof.prediction_bulk import read_rows

        return read_rows(Path(points)), Path(points).name
    return _run(points, device, store)


def _run(wanted: str, device: str, store: Path | None) -> tuple[dict[str, Any], str]:
    from costmodel.learned.run_rows import from_run
    from microbench.devices import catalogue
    from microbench.devices.spec import DeviceKind
    from microbench.store import open_store

    spec = catalogue.find(device)
    with open_store(store, create=False) as opened:
        run = opened.run(wanted)
        if run.device_spec.kind is DeviceKind.CPU:
            raise InputError(f"run {run.id} measured a processor, not {spec.name}")
        if run.device_spec.name != spec.name:
            raise InputError(
                f"run {run.id} measured {run.device_spec.title}, which is not {spec.name}: "
                f"pass --device {run.device_spec.name}"
            )
        return from_run(opened.measurements(run), spec.name), f"run {run.id}"
