"""What parent and child say to each other: JSON lines, one request, one answer.

The parent sends a ``Task`` and then one point at a time on the child's standard input; the child
answers on a descriptor of its own, so that whatever libraries print cannot be taken for an answer.
The parent sends the next point only after the store has acknowledged the last: while a point is
being timed, the parent sleeps.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from microbench.benchmark import Effort, Measurement, Point
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.store.records import (
    device_of,
    device_text,
    measurement_of,
    measurement_row,
    point_of,
    point_row,
)
from microbench.store.samples import SampleColumns, pack, unpack

READY = "ready"
MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is started for: one benchmark on one device."""

    benchmark: str
    modules: tuple[str, ...]
    """Modules with further ``BENCHMARKS``, beside those that ship."""
    device: DeviceSpec
    effort: Effort
    seed: int
    event_fd: int
    parent_pid: int
    contended: bool = False
    """Whether loads run beside it: samples then hold their share of waiting."""


@dataclass(frozen=True, slots=True)
class Request:
    """One point to measure; sampling stops by itself at ``time_limit_s``."""

    point: Point
    time_limit_s: float
    visits: int = 1
    """How often the run asks for this point; its samples are pooled over the visits so far."""


def task_line(task: Task) -> bytes:
    """Return a task as one line."""
    record = {field.name: getattr(task, field.name) for field in fields(task)}
    return _line({**record, "device": device_text(task.device)})


def task_of(line: bytes) -> Task:
    """Read back what ``task_line`` wrote."""
    record = _record(line)
    record["modules"] = tuple(record["modules"])
    record["device"] = device_of(record["device"])
    record["effort"] = Effort(record["effort"])
    return Task(**record)


def request_line(request: Request) -> bytes:
    """Return a request as one line."""
    limits = {"time_limit_s": request.time_limit_s, "visits": request.visits}
    return _line({**point_row(request.point), **limits})


def request_of(line: bytes) -> Request:
    """Read back what ``request_line`` wrote."""
    record = _record(line)
    return Request(point_of(record), float(record["time_limit_s"]), int(record["visits"]))


def ready_line() -> bytes:
    """Return the child's word that its benchmark is imported."""
    return _line({"event": READY})


def measured_line(measurement: Measurement) -> bytes:
    """Return a measurement with all its samples as one line; its numbers must be finite."""
    columns = pack(measurement.samples)
    samples = {field.name: _encoded(getattr(columns, field.name)) for field in fields(columns)}
    return _line({"event": MEASURED, "row": measurement_row(measurement), "samples": samples})


def answer_of(line: bytes) -> Measurement | None:
    """Return the measurement in an answer, or ``None`` for "ready"; ``InputError`` for the rest."""
    record = _record(line)
    if record.get("event") == READY:
        return None
    if record.get("event") != MEASURED:
        raise InputError(f"unknown answer {str(record)[:80]!r}")
    try:
        texts = record["samples"]
        columns = SampleColumns(
            time_s=base64.b64decode(texts["time_s"]),
            cpu_time_s=_decoded(texts["cpu_time_s"]),
            clock_hz=_decoded(texts["clock_hz"]),
            discarded=base64.b64decode(texts["discarded"]),
            reasons=texts["reasons"],
        )
        return measurement_of(record["row"], unpack(columns))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"a damaged answer: {error!r}") from error


def _line(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"not a message: {line[:80]!r}") from error
    if not isinstance(record, dict):
        raise InputError(f"not a message: {line[:80]!r}")
    return record


def _encoded(value: bytes | str | None) -> str | None:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
