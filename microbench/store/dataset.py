"""A run as a data set folder that others can read without hwprof, and back into a store.

``measurements.parquet`` has one row for each point and process, ``samples.parquet`` one for each
sample, ``environment.json`` the run, its device, its plan and the hashes of the two tables. A
folder reads back exactly; reading it twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from microbench.benchmark import Effort, Point, Sample
from microbench.errors import InputError
from microbench.store.files import write_folder
from microbench.store.records import (
    device_of,
    device_text,
    measurement_of,
    measurement_row,
    point_of,
    point_row,
)
from microbench.store.run import ProcessMeasurement, Run, RunState, Store

SCHEMA, VERSION = "hwprof.dataset", 1
MEASUREMENTS, SAMPLES, ENVIRONMENT = (
    *("measurements.parquet", "samples.parquet", "environment.json"),
)
_TABLE = {
    "run": "string",
    "ordinal": "int64",
    "process": "int64",
    "measured_at": "string",
    "key": "string",
    **dict.fromkeys(("benchmark", "axes", "quantity", "verdict", "reason"), "string"),
    **dict.fromkeys(("stopped_by", "basis", "code", "notes"), "string"),
    **dict.fromkeys(("value", "low", "high", "time_s", "operations"), "float64"),
    **dict.fromkeys(("work_flop", "bytes_moved", "clock_hz"), "float64"),
}
_SAMPLE_TABLE = {
    "ordinal": "int64",
    "process": "int64",
    "time_s": "float64",
    "cpu_time_s": "float64",
    "clock_hz": "float64",
    "discarded": "string",
}


def export_dataset(store: Store, run: Run, folder: Path) -> Path:
    """Write a run to a new folder; ``InputError`` when it is there already."""
    points = store.points(run)
    measured = store.process_measurements(run)
    ordinals = {point: at for at, point in enumerate(points)}
    rows = [_measurement(run, ordinals, one) for one in measured]
    samples = [
        _sample(ordinals[one.measurement.point], one.process, sample)
        for one in measured
        for sample in one.measurement.samples
    ]

    def fill(place: Path) -> None:
        _write_table(place / MEASUREMENTS, rows, _TABLE)
        _write_table(place / SAMPLES, samples, _SAMPLE_TABLE)
        hashes = {name: _sha256(place / name) for name in (MEASUREMENTS, SAMPLES)}
        text = json.dumps(_environment(run, points, hashes), indent=1)
        (place / ENVIRONMENT).write_text(text + "\n", encoding="utf-8")

    write_folder(folder, fill)
    return folder


def import_dataset(store: Store, folder: Path) -> tuple[Run, bool]:
    """Read a folder into a store; ``False`` when exactly this run was there already.

    Raises ``InputError`` as ``read_dataset`` does; nothing is kept of a data set that fails.
    """
    run, points, measured = read_dataset(folder)
    return run, store.add_run(run, points, measured)


def read_dataset(folder: Path) -> tuple[Run, tuple[Point, ...], tuple[ProcessMeasurement, ...]]:
    """Return a folder's run, plan and measurements.

    Raises ``InputError`` for a folder that is not a data set, is of a newer version, or whose
    tables are not those its hashes were taken of.
    """
    header = _header(folder)
    for name, digest in header["sha256"].items():
        if not (folder / name).is_file() or _sha256(folder / name) != digest:
            raise InputError(f"{folder / name} is not the file the data set was written with")
    try:
        points = tuple(point_of(row) for row in header["points"])
        run = _run_of(header)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{folder / ENVIRONMENT} is damaged: {error!r}") from error
    samples: dict[tuple[int, int], list[Sample]] = {}
    for row in _read_table(folder / SAMPLES, _SAMPLE_TABLE):
        place = (row["ordinal"], row["process"])
        samples.setdefault(place, []).append(
            Sample(row["time_s"], row["cpu_time_s"], row["clock_hz"], row["discarded"])
        )
    measured = tuple(
        ProcessMeasurement(
            process=row["process"],
            measured_at=datetime.fromisoformat(row["measured_at"]),
            measurement=measurement_of(
                row, tuple(samples.get((row["ordinal"], row["process"]), ()))
            ),
        )
        for row in _read_table(folder / MEASUREMENTS, _TABLE)
    )
    return run, points, measured


def _measurement(run: Run, ordinals: dict[Point, int], one: ProcessMeasurement) -> dict[str, Any]:
    point = one.measurement.point
    return {
        "run": run.id,
        "ordinal": ordinals[point],
        "process": one.process,
        "measured_at": one.measured_at.isoformat(),
        "key": point.key,
        **measurement_row(one.measurement),
    }


def _sample(ordinal: int, process: int, sample: Sample) -> dict[str, Any]:
    return {
        "ordinal": ordinal,
        "process": process,
        "time_s": sample.time_s,
        "cpu_time_s": sample.cpu_time_s,
        "clock_hz": sample.clock_hz,
        "discarded": sample.discarded,
    }


def _environment(run: Run, points: Sequence[Point], hashes: dict[str, str]) -> dict[str, Any]:
    return {
        "schema": f"{SCHEMA}/{VERSION}",
        "run": {
            "id": run.id,
            "name": run.name,
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "state": str(run.state),
            "effort": str(run.effort),
            "seed": run.seed,
            "processes": run.processes,
        },
        "device": json.loads(device_text(run.device_spec)),
        "environment": dict(run.environment),
        "points": [point_row(point) for point in points],
        "sha256": hashes,
    }


def _header(folder: Path) -> dict[str, Any]:
    file = folder / ENVIRONMENT
    try:
        header = json.loads(file.read_text(encoding="utf-8"))
        name, _, number = header["schema"].partition("/")
        version = int(number)
    except OSError as error:
        raise InputError(f"{folder} is not a data set: {file.name}: {error.strerror}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{file} is not the header of a data set: {error!r}") from error
    if name != SCHEMA:
        raise InputError(f"{file} is a {name!r}, not a {SCHEMA!r}")
    if version > VERSION:
        raise InputError(
            f"{folder} has version {version}, this hwprof reads up to {VERSION}: upgrade hwprof"
        )
    if set(header.get("sha256", {})) != {MEASUREMENTS, SAMPLES}:
        raise InputError(f"{file} does not name the hashes of its two tables")
    return dict(header)


def _run_of(header: dict[str, Any]) -> Run:
    record = header["run"]
    finished = record["finished_at"]
    return Run(
        id=record["id"],
        name=record["name"],
        device_spec=device_of(json.dumps(header["device"])),
        started_at=datetime.fromisoformat(record["started_at"]),
        state=RunState(record["state"]),
        environment=header["environment"],
        effort=Effort(record["effort"]),
        seed=int(record["seed"]),
        processes=int(record["processes"]),
        finished_at=datetime.fromisoformat(finished) if finished else None,
    )


def _write_table(file: Path, rows: list[dict[str, Any]], columns: dict[str, str]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in columns.items()])
    parquet.write_table(pa.Table.from_pylist(rows, schema), file, compression="zstd")


def _read_table(file: Path, columns: dict[str, str]) -> list[dict[str, Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(file, columns=list(columns))
        missing = set(columns) - set(table.column_names)
        if missing:
            raise InputError(f"{file} has no column {', '.join(sorted(missing))}")
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows
    except pa.ArrowException as error:
        raise InputError(f"{file} is no Parquet table, or a damaged one") from error


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
