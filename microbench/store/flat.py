"""A run as one CSV table of summaries, or as one JSON text with every sample."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from microbench.benchmark import Measurement
from microbench.store.records import device_text
from microbench.store.run import Run, Store

CSV_COLUMNS = (
    *("run", "device", "benchmark", "setting", "quantity", "verdict", "reason", "value", "low"),
    *("high", "time_s", "operations", "work_flop", "bytes_moved", "clock_hz", "stopped_by"),
    *("basis", "samples", "kept_fraction", "code_sha256"),
)


def csv_text(store: Store, run: Run) -> str:
    """Return one row a point; numbers in SI units with all their digits."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in store.measurements(run):
        writer.writerow({"run": run.id, "device": run.device, **_summary(one)})
    return text.getvalue()


def json_text(store: Store, run: Run) -> str:
    """Return ``hwprof.run/1``: environment, device, and each process's samples of each point."""
    document = {
        "schema": "hwprof.run/1",
        "run": run.id,
        "name": run.name,
        "started_at": run.started_at.isoformat(),
        "state": str(run.state),
        "effort": str(run.effort),
        "seed": run.seed,
        "processes": run.processes,
        "device": json.loads(device_text(run.device_spec)),
        "environment": dict(run.environment),
        "measurements": [
            {
                "process": one.process,
                "measured_at": one.measured_at.isoformat(),
                **_record(one.measurement),
            }
            for one in store.process_measurements(run)
        ],
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _summary(one: Measurement) -> dict[str, Any]:
    setting = " ".join(f"{name}={value}" for name, value in one.point.axes)
    return {
        "benchmark": one.point.benchmark,
        "setting": setting,
        **{name: getattr(one, name) for name in CSV_COLUMNS[4:17]},
        "samples": len(one.samples),
        "kept_fraction": one.kept_fraction,
        "code_sha256": one.code.code_sha256 if one.code else "",
    }


def _record(one: Measurement) -> dict[str, Any]:
    samples = [
        {
            "time_s": sample.time_s,
            "cpu_time_s": sample.cpu_time_s,
            "clock_hz": sample.clock_hz,
            "discarded": sample.discarded,
        }
        for sample in one.samples
    ]
    summary = {name: value for name, value in _summary(one).items() if name != "setting"}
    code = one.code.signature if one.code else ""
    return {
        **summary,
        "axes": dict(one.point.axes),
        "notes": dict(one.notes),
        "code_signature": code,
        "samples": samples,
    }
