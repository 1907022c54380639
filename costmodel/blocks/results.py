"""Measured configurations: T4 result files, Kernel Tuner caches and tables, read; T4 written.

T4 is the auto-tuning community's result format (``results``, each with ``configuration``,
``times``, ``invalidity``, ``measurements``); a Kernel Tuner cache holds ``tune_params_keys`` and a
``cache`` of records with ``time`` in milliseconds; a Parquet table has a column a parameter and
``time_s`` with ``valid``.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from costmodel.blocks.expression import Column
from costmodel.blocks.space import Space, Value
from microbench.errors import InputError, plainly

SECONDS = {
    **dict.fromkeys(("s", "seconds", "second"), 1.0),
    **dict.fromkeys(("ms", "milliseconds", "miliseconds", "millisecond"), 1e-3),
    **dict.fromkeys(("us", "microseconds", "microsecond"), 1e-6),
    **dict.fromkeys(("ns", "nanoseconds", "nanosecond"), 1e-9),
}
"""Time units met in result files; ``miliseconds`` is how published T4 files spell it."""
OLD_FAILURE = 1e20
"""What Kernel Tuner wrote for a failed configuration before it named errors."""
T4_FORM = (
    "an object with configuration, times, invalidity, correctness and measurements, each of these "
    "with a name and a number as value"
)
CACHE_FORM = "tune_params_keys is a list of names, cache an object of objects with those names"
SUFFIXES = (".parquet", ".json", ".json.gz")


@dataclass(frozen=True, slots=True)
class Recording:
    """Times of configurations on one device; ``nan`` where one did not compile, launch or check.

    All configurations name the same parameters.
    """

    device: str
    configurations: tuple[Mapping[str, Value], ...]
    time_s: Column

    def on(self, columns: Mapping[str, Column]) -> tuple[Column, Column]:
        """Return time and presence for each row of ``columns``, matched by parameter values.

        Parameters that this recording does not mention are not compared.
        """
        count = len(next(iter(columns.values())))
        if not self.configurations:
            return np.full(count, np.nan), np.zeros(count, bool)
        place = self.places({name: column.dtype.kind == "U" for name, column in columns.items()})
        shared = self.shared(columns)
        rows = zip(*(columns[name].tolist() for name in shared), strict=True)
        found = np.fromiter((place.get(row, -1) for row in rows), np.int64, count)
        present = found >= 0
        return np.where(present, self.time_s[np.maximum(found, 0)], np.nan), present

    def shared(self, names: Iterable[str]) -> list[str]:
        """Return those names that this recording's configurations hold; ``InputError`` for none."""
        found = [name for name in names if name in self.configurations[0]]
        if not found:
            raise InputError(
                f"results of {self.device}: their parameters {', '.join(self.configurations[0])} "
                "are none of this space's"
            )
        return found

    def places(self, is_text: Mapping[str, bool]) -> dict[tuple[Value, ...], int]:
        """Return where each configuration stands, by its shared values; the last one counts.

        ``is_text`` says of the space's parameters whether their values are texts: KTT writes
        numbers as texts too, which are numbers again where the space has numbers.
        """
        columns = [
            [_alike(row[name], is_text[name]) for row in self.configurations]
            for name in self.shared(is_text)
        ]
        return {row: index for index, row in enumerate(zip(*columns, strict=True))}


def _alike(value: Value, is_text: bool) -> Value:
    """Return a recorded value as a space's text or number."""
    if is_text or not isinstance(value, str):
        return str(value) if is_text else value
    if value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    try:
        return int(value) if value.lstrip("+-").isdigit() else float(value)
    except ValueError:
        return value


_TRUTHS = {"true": True, "false": False}


def read(path: Path) -> Recording:
    """Read one file of results; ``InputError`` names the file and what is missing in it."""
    if path.suffix == ".parquet":
        return _read_table(path)
    document = load_json(path)
    device = path.name.split(".")[0]
    if isinstance(document, dict) and "cache" in document:
        return _from_cache(path, document, device)
    if isinstance(document, dict) and isinstance(document.get("results"), list):
        return _from_t4(path, document, device)
    raise InputError(
        f"{path}: neither T4 results (`results`) nor a Kernel Tuner cache (`cache`, "
        "`tune_params_keys`)"
    )


def load_json(path: Path) -> Any:
    """Return the content of a JSON file, gzip or not; ``InputError`` where it cannot be read."""
    try:
        raw = path.read_bytes()
        return _parsed(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise InputError(f"{path}: a damaged gzip file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {plainly(error)}") from error


def _parsed(raw: bytes) -> Any:
    """Return JSON; a Kernel Tuner cache is left open while it tunes, and is closed here."""
    try:
        return json.loads(raw)
    except json.JSONDecodeError:
        if b'"tune_params_keys"' not in raw:
            raise
        return json.loads(raw.rstrip().rstrip(b",") + b"}}")


def _from_t4(path: Path, document: Mapping[str, Any], device: str) -> Recording:
    metadata = document.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise InputError(f"{path}: metadata is no JSON object")
    unit = str(metadata.get("timeunit", "milliseconds")).lower()
    if unit not in SECONDS:
        raise InputError(f"{path}: the time unit {unit!r} is none of s, ms, us, ns")
    rows, times = [], []
    for number, result in enumerate(document["results"], 1):
        try:
            rows.append(result["configuration"])
            times.append(_t4_time(result, SECONDS[unit]))
        except KeyError as error:
            raise InputError(f"{path}: result {number} lacks {error.args[0]}") from error
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise InputError(f"{path}: result {number} is not as in T4: {T4_FORM}") from error
    named = metadata.get("device") or metadata.get("device_name") or device
    return _recording(path, str(named), rows, times)


def _t4_time(result: Mapping[str, Any], scale: float) -> float:
    """Return seconds: the measurement ``time``, else the mean run, else a timed objective."""
    if result.get("invalidity", "correct") != "correct" or not result.get("correctness", 1):
        return math.nan
    measured = {one["name"]: one for one in result.get("measurements", ())}
    if "time" not in measured and result["times"].get("runtimes"):
        return float(np.mean(result["times"]["runtimes"])) * scale
    objective = (result.get("objectives") or ["time"])[0]
    one = measured["time"] if "time" in measured else measured[objective]
    unit = str(one.get("unit", "")).lower()
    if one["name"] != "time" and unit not in SECONDS:
        raise KeyError(f"a time: its objective is {objective} in {unit or 'no unit'}")
    return float(np.mean(one["value"])) * SECONDS.get(unit, scale)


def _from_cache(path: Path, document: Mapping[str, Any], device: str) -> Recording:
    try:
        names = list(document["tune_params_keys"])
        records = list(document["cache"].values())
        rows = [{name: record[name] for name in names} for record in records]
    except KeyError as error:
        raise InputError(f"{path}: not a Kernel Tuner cache: {plainly(error)}") from error
    except (TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a Kernel Tuner cache: {CACHE_FORM}") from error
    times = [_cached_time(record) for record in records]
    return _recording(path, str(document.get("device_name") or device), rows, times)


def _cached_time(record: Mapping[str, Any]) -> float:
    """Return seconds.

    Kernel Tuner writes a failure as 1e20, later as a text in place of the time, since 1.5 as
    ``__error__``.
    """
    milliseconds = record.get("time")
    if "__error__" in record or not isinstance(milliseconds, int | float):
        return math.nan
    return milliseconds * 1e-3 if 0 < milliseconds < OLD_FAILURE else math.nan


def _recording(
    path: Path, device: str, rows: Sequence[Mapping[str, Any]], times: Sequence[float]
) -> Recording:
    if not rows:
        raise InputError(f"{path}: no results in it")
    for row in rows:
        if not isinstance(row, Mapping) or row.keys() != rows[0].keys():
            raise InputError(
                f"{path}: the configuration {row!r} names other parameters than others"
            )
        if any(not isinstance(value, int | float | str) for value in row.values()):
            raise InputError(f"{path}: the configuration {row!r} holds more than numbers and texts")
    column = np.asarray(times, float)
    return Recording(device, tuple(rows), np.where(column > 0, column, np.nan))


def _read_table(path: Path) -> Recording:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: not a readable Parquet table") from error
    if "time_s" not in table.column_names:
        raise InputError(f"{path}: no column time_s")
    last = table.column_names.index("time_s")
    if not last:
        raise InputError(f"{path}: no column of a parameter before time_s")
    names = table.column_names[:last]
    rows = table.select(names).to_pylist()
    kind = table.schema.field("time_s").type
    if not (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
        raise InputError(f"{path}: time_s holds no numbers: {kind}")
    times = np.asarray(table["time_s"].to_numpy(zero_copy_only=False), float)
    if "valid" in table.column_names:
        times = np.where(table["valid"].to_numpy(zero_copy_only=False), times, np.nan)
    return _recording(path, path.stem, rows, times.tolist())


def read_all(folder: Path) -> list[Recording]:
    """Read every result file in a folder, in name order, leaving space descriptions out."""
    if not folder.is_dir():
        raise InputError(f"--history {folder}: no such folder")
    found = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES))
    recordings = [read(path) for path in found if not _is_space(path)]
    if not recordings:
        raise InputError(f"--history {folder}: no file of results in it ({', '.join(SUFFIXES)})")
    return recordings


def _is_space(path: Path) -> bool:
    if path.suffix == ".parquet":
        return False
    document = load_json(path)
    return isinstance(document, dict) and bool({"ConfigurationSpace", "parameters"} & set(document))


def write_t4(space: Space, recording: Recording) -> dict[str, Any]:
    """Return the T4 document of a recording, times in milliseconds."""
    return {
        "schema_version": "1.0.0",
        "metadata": {"timeunit": "milliseconds", "device": recording.device, "space": space.name},
        "results": [
            _t4_result(row, float(time))
            for row, time in zip(recording.configurations, recording.time_s, strict=True)
        ],
    }


def _t4_result(row: Mapping[str, Value], time_s: float) -> dict[str, Any]:
    valid = math.isfinite(time_s)
    measured = [{"name": "time", "value": time_s * 1e3, "unit": "milliseconds"}] if valid else []
    return {
        "configuration": dict(row),
        "objectives": ["time"],
        "times": {"runtimes": [time_s * 1e3] if valid else []},
        "invalidity": "correct" if valid else "runtime",
        "correctness": 1 if valid else 0,
        "measurements": measured,
    }
