"""Measurements, points and devices as plain rows: one form for SQLite, events, CSV and Parquet.

Floats travel as doubles or as Python's shortest exact text, so every form reads back equal.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from typing import Any

from microbench.benchmark import (
    AxisValue,
    CodeCheck,
    Measurement,
    Point,
    Quantity,
    Sample,
    Verdict,
)
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

Cell = str | int | float | None
Row = dict[str, Cell]

NUMBERS = (
    *("value", "low", "high", "time_s", "operations", "work_flop", "bytes_moved", "clock_hz"),
)
TEXTS = ("quantity", "verdict", "reason", "stopped_by", "basis")
COLUMNS = ("benchmark", "axes", *TEXTS, *NUMBERS, "code", "notes")
"""Columns of one measurement, samples apart; ``axes``, ``code`` and ``notes`` hold JSON."""


def point_row(point: Point) -> Row:
    """Return a point as ``benchmark`` and ``axes`` (JSON list of name and value)."""
    return {"benchmark": point.benchmark, "axes": _text(point.axes)}


def point_of(row: Mapping[str, Any]) -> Point:
    """Read back what ``point_row`` wrote; ``InputError`` for anything else."""
    try:
        axes = tuple((str(name), _axis(value)) for name, value in json.loads(row["axes"]))
        return Point(str(row["benchmark"]), axes)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a point: {error!r}") from error


def measurement_row(measurement: Measurement) -> Row:
    """Return everything of a measurement but its samples, one cell a column of ``COLUMNS``.

    Raises ``InputError`` for a number that is not finite.
    """
    row = point_row(measurement.point)
    row.update({name: str(getattr(measurement, name)) for name in TEXTS})
    try:
        row.update({name: _number(getattr(measurement, name)) for name in NUMBERS})
    except ValueError as error:
        raise InputError(f"{measurement.point.key}: {error}") from error
    code = measurement.code
    row["code"] = None if code is None else _text(dataclasses.asdict(code))
    row["notes"] = _text(dict(measurement.notes))
    return row


def measurement_of(row: Mapping[str, Any], samples: tuple[Sample, ...] = ()) -> Measurement:
    """Read back what ``measurement_row`` wrote; ``InputError`` for anything else."""
    try:
        code = row["code"]
        numbers = {name: _number(row[name]) for name in NUMBERS}
        for name in ("operations", "work_flop", "bytes_moved"):
            if numbers[name] is None:
                raise ValueError(f"{name} is missing")
        return Measurement(
            point=point_of(row),
            quantity=Quantity(row["quantity"]),
            verdict=Verdict(row["verdict"]),
            reason=str(row["reason"]),
            stopped_by=str(row["stopped_by"]),
            basis=str(row["basis"]),
            code=None if code is None else CodeCheck(**json.loads(code)),
            notes={str(name): _axis(value) for name, value in json.loads(row["notes"]).items()},
            samples=samples,
            **numbers,  # type: ignore[arg-type]  # the three that may not be None were checked
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a measurement: {error!r}") from error


def device_text(spec: DeviceSpec) -> str:
    """Return a device as JSON text."""
    return _text(dataclasses.asdict(spec))


def device_of(text: str) -> DeviceSpec:
    """Read back what ``device_text`` wrote; fields this version does not know are left out."""
    try:
        found = json.loads(text)
        known = {field.name for field in dataclasses.fields(DeviceSpec)}
        values = {name: value for name, value in found.items() if name in known}
        values["kind"] = DeviceKind(values["kind"])
        values["peak_flop_per_s"] = {
            NumberFormat(name): rate for name, rate in values["peak_flop_per_s"].items()
        }
        return DeviceSpec(**values)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a device: {error!r}") from error


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")
    return value


def _axis(value: object) -> AxisValue:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is not a text or number")
    return value
