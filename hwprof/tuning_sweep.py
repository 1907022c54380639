"""``hwprof tune --sweep``: every configuration of a space measured, kept line by line, resumable.

One folder a kernel: ``space.json`` (T1), one ``DEVICE.jsonl`` with every sample, written as it is
measured, and ``DEVICE.json`` (T4) made from it, which ``--history`` and ``--replay`` read.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from costmodel.blocks.enumerate import feasible
from costmodel.blocks.space import Space, Value
from costmodel.blocks.space_files import write_t1
from hwprof.tuning_measure import Task
from microbench.benchmark import Verdict
from microbench.errors import InputError
from microbench.runner.lock import device_lock
from microbench.runner.target import Target
from microbench.store.files import (
    missing_folders,
    remove_empty,
    replacing,
    translated,
    write_file,
)
from microbench.tiles.timer import TileTimer, Timed

SCHEMA = "hwprof.sweep/1"
SECONDS_EACH = {"cpu": 0.5, "gpu": 0.4}
"""A configuration with compilation and check, for estimates. CPU: seen on a busy two-core machine;
GPU: guessed from one compilation of 0.3 to 1 s that ten shapes share, and 0.1 to 0.2 s of samples.
"""
AGAIN = (Verdict.THROTTLED, Verdict.INTERRUPTED)
"""Verdicts that the next run measures again."""
INVALIDITY = {
    Verdict.OK: "correct",
    Verdict.NOISY: "correct",
    Verdict.UNSUPPORTED: "compile",
    Verdict.WRONG_RESULT: "correctness",
    Verdict.TIMED_OUT: "timeout",
}
"""T4's words; every other verdict is ``runtime``."""

Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kernel's space on one device, and where its measurements lie."""

    what: str
    space: Space
    device: str
    folder: Path

    @property
    def log(self) -> Path:
        """Return the file that measurements are appended to."""
        return self.folder / f"{self.device}.jsonl"

    def rows(self) -> list[Row]:
        """Return all configurations in an order without drift: shuffled, the same every time."""
        columns = feasible(self.space)
        lists = {name: column.tolist() for name, column in columns.items()}
        count = len(next(iter(lists.values())))
        order = np.random.default_rng(0).permutation(count).tolist()
        return [{name: values[index] for name, values in lists.items()} for index in order]

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield what was measured; a half-written last line is left out."""
        if self.log.exists():
            for line in self.log.read_text(encoding="utf-8").splitlines():
                if line.endswith("}"):
                    yield json.loads(line)

    def missing(self) -> list[Row]:
        """Return the configurations without a final record."""
        done = {
            _key(record["configuration"])
            for record in self.records()
            if Verdict(record["verdict"]) not in AGAIN
        }
        return [row for row in self.rows() if _key(row) not in done]


def sweep_of(what: str, space: Space, device: str, folder: Path) -> Sweep:
    """Return the sweep of a kernel; its files lie in a folder named after the kernel."""
    name = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
    return Sweep(what, space, device, folder / name)


def run(
    sweep: Sweep, task: Task, target: Target, most: int | None, say: Callable[[str], None]
) -> int:
    """Measure what is missing, at most ``most`` configurations; return how many still are."""
    made = missing_folders(sweep.folder)
    try:
        with translated(sweep.folder):
            sweep.folder.mkdir(parents=True, exist_ok=True)
            _check_space(sweep)
            _end_line(sweep.log)
    finally:
        remove_empty(made)
    missing = sweep.missing()
    timer = TileTimer(task.benchmark, task.module, target, task.fixed)
    with (
        device_lock(target.lock_key, target.spec.title),
        closing(timer),
        sweep.log.open("a", encoding="utf-8") as log,
    ):
        for number, row in enumerate(missing[:most], 1):
            found = timer.time(row)
            with translated(sweep.log):
                log.write(_line(row, found))
                log.flush()
                os.fsync(log.fileno())
            if number % 100 == 0 or number == len(missing[:most]):
                say(f"{sweep.what}: {number:,} of {len(missing):,} measured")
    write_results(sweep)
    return len(sweep.missing())


def _check_space(sweep: Sweep) -> None:
    """Write the space, or make sure that the folder holds measurements of the same one."""
    path, text = sweep.folder / "space.json", json.dumps(write_t1(sweep.space), indent=1) + "\n"
    if not path.exists():
        write_file(path, text.encode())
    elif path.read_text(encoding="utf-8") != text:
        raise InputError(f"{path}: another space was swept here; give another folder")


def _end_line(log: Path) -> None:
    """End a line that a killed run left half-written, so that the next starts on its own."""
    if log.exists() and not (text := log.read_bytes()).endswith(b"\n") and text:
        with log.open("ab") as file:
            file.write(b"\n")


def _line(row: Row, found: Timed) -> str:
    record = {
        "schema": SCHEMA,
        "configuration": row,
        "time_s": found.time_s if math.isfinite(found.time_s) else None,
        "verdict": found.verdict.value,
        "reason": found.reason,
        "samples_s": list(found.samples_s),
    }
    return json.dumps(record, allow_nan=False) + "\n"


def write_results(sweep: Sweep) -> Path:
    """Write the T4 file of what was measured so far, times in seconds; the last record counts."""
    last = {_key(record["configuration"]): record for record in sweep.records()}
    document = {
        "schema_version": "1.0.0",
        "metadata": {"timeunit": "seconds", "device": sweep.device, "kernel": sweep.what},
        "results": [_t4(record) for record in last.values()],
    }
    path = sweep.folder / f"{sweep.device}.json"
    with replacing(path) as part:
        part.write_text(json.dumps(document, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return path


def _t4(record: dict[str, Any]) -> dict[str, Any]:
    time_s, word = record["time_s"], INVALIDITY.get(Verdict(record["verdict"]), "runtime")
    value = [{"name": "time", "value": time_s, "unit": "seconds"}] if time_s else []
    return {
        "configuration": record["configuration"],
        "objectives": ["time"],
        "times": {"runtimes": record["samples_s"]},
        "invalidity": word,
        "correctness": int(word == "correct"),
        "measurements": value,
    }


def _key(row: Row) -> str:
    return json.dumps(row, sort_keys=True)
