"""A store in SQL: one writer, one transaction per acknowledged point, on whichever database."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Protocol, Self

from microbench.benchmark import Effort, Measurement, Point, Verdict
from microbench.errors import HwprofError, InputError
from microbench.store.combine import combine
from microbench.store.records import (
    COLUMNS,
    Cell,
    device_of,
    device_text,
    measurement_of,
    measurement_row,
    point_of,
    point_row,
)
from microbench.store.run import FAULTS, REPEATABLE, ProcessMeasurement, Run, RunState
from microbench.store.samples import SampleColumns, pack, unpack

_RUN = (
    *("id", "name", "device", "device_spec", "started_at", "finished_at"),
    *("state", "effort", "seed", "processes", "environment"),
)
_SAMPLES = ("time_s", "cpu_time_s", "clock_hz", "discarded", "reasons")
_MEASUREMENT = (
    *("run_id", "key", "process", "measured_at"),
    *(name for name in COLUMNS if name not in ("benchmark", "axes")),
    *(f"sample_{name}" for name in _SAMPLES),
)


class ConflictError(Exception):
    """A row is there already, or what it refers to is not; never leaves this package."""


class Database(Protocol):
    """What ``SqlStore`` needs of a database. Queries mark values by ``?``."""

    @property
    def place(self) -> str:
        """Where it is, as shown to people: without secrets."""
        ...

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Mapping[str, Any]]:
        """Return all rows of a query."""
        ...

    def execute(self, query: str, values: Sequence[object]) -> None:
        """Change rows; ``ConflictError`` when a key is taken or missing."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all changes of the block, or none."""
        ...

    def close(self, unused: bool = False) -> None:
        """Let go of it, and of a file just made in which nothing is."""
        ...


class SqlStore:
    """A ``Store`` on a database. Not for use from several threads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def place(self) -> str:
        """Where the store is, as shown to people."""
        return self._db.place

    def start_run(self, run: Run, points: Sequence[Point] = ()) -> str:
        """Keep a new run and its plan in one transaction; return its id."""
        with self._db.transaction():
            self._insert_run(run)
            self._insert_points(run.id, points)
        return run.id

    def plan(self, run: Run | str, points: Sequence[Point]) -> None:
        """Add points to a run's plan; points already planned stay as they are."""
        known = {point.key for point in self.points(run)}
        with self._db.transaction():
            new = [point for point in points if point.key not in known]
            self._insert_points(_id(run), new, len(known))

    def acknowledge(self, run: Run | str, measurement: Measurement, process: int = 0) -> None:
        """Keep one planned point's measurement; only a fault or an interruption is replaced.

        Raises ``InputError`` when the point is not in the plan or already has a measurement.
        """
        measured = ProcessMeasurement(process, datetime.now(UTC), measurement)
        with self._db.transaction():
            for verdict in FAULTS | REPEATABLE:
                self._db.execute(
                    "DELETE FROM measurement "
                    "WHERE run_id = ? AND key = ? AND process = ? AND verdict = ?",
                    (_id(run), measurement.point.key, process, str(verdict)),
                )
            self._insert_measurement(_id(run), measured)

    def finish_run(
        self, run: Run | str, state: RunState, at_end: Mapping[str, object] | None = None
    ) -> None:
        """Set how far a run came and add the environment facts read at its end."""
        environment = dict(self.run(_id(run)).environment)
        if at_end is not None:
            environment["at_end"] = dict(at_end)
        finished = None if state is RunState.RUNNING else datetime.now(UTC).isoformat()
        with self._db.transaction():
            self._db.execute(
                "UPDATE run SET state = ?, finished_at = ?, environment = ? WHERE id = ?",
                (str(state), finished, json.dumps(environment), _id(run)),
            )

    def runs(self) -> tuple[Run, ...]:
        """Return every run, oldest first."""
        return tuple(_run_of(row) for row in self._db.rows("SELECT * FROM run ORDER BY id"))

    def run(self, wanted: str = "latest", device: str | None = None) -> Run:
        """Return a run by id, beginning of an id, name, or ``latest`` (with a number to use).

        Runs measured beside loads (``--contend``) are never ``latest``: name them.
        """
        if wanted == "latest":
            return self._latest(device)
        if not wanted.strip():
            raise InputError("no run is named: give an id, its beginning, a name or latest")
        found = [
            run
            for run in self.runs()
            if (run.name == wanted or run.id.startswith(wanted)) and device in (None, run.device)
        ]
        exact = [run for run in found if wanted in (run.id, run.name)]
        if len(exact or found) == 1 or exact:
            return (exact or found)[-1]
        if found:
            raise InputError(f"{wanted!r} begins {len(found)} run ids: write more of it")
        names = ", ".join(run.name or run.id for run in self.runs()[-3:])
        raise InputError(
            f"no run {wanted!r} in {self.place}" + (f": newest are {names}" if names else "")
        )

    def points(self, run: Run | str) -> tuple[Point, ...]:
        """Return the plan, in order."""
        rows = self._db.rows("SELECT * FROM point WHERE run_id = ? ORDER BY ordinal", (_id(run),))
        return tuple(point_of(dict(row)) for row in rows)

    def pending(
        self, run: Run | str, process: int = 0, retry: frozenset[Verdict] = frozenset()
    ) -> tuple[Point, ...]:
        """Return planned points this process has not measured, or whose verdict is in ``retry``."""
        again = {str(verdict) for verdict in REPEATABLE | retry}
        rows = self._db.rows(
            "SELECT key, verdict FROM measurement WHERE run_id = ? AND process = ?",
            (_id(run), process),
        )
        done = {row["key"] for row in rows if row["verdict"] not in again}
        return tuple(point for point in self.points(run) if point.key not in done)

    def measurements(self, run: Run | str) -> tuple[Measurement, ...]:
        """Return one measurement a point, in plan order, processes combined."""
        by_point: dict[Point, list[Measurement]] = {}
        for measured in self.process_measurements(run):
            by_point.setdefault(measured.measurement.point, []).append(measured.measurement)
        return tuple(combine(measurements) for measurements in by_point.values())

    def process_measurements(self, run: Run | str) -> tuple[ProcessMeasurement, ...]:
        """Return each process's measurement of each point, in plan order."""
        rows = self._db.rows(
            "SELECT m.*, p.benchmark, p.axes FROM measurement m JOIN point p "
            "ON p.run_id = m.run_id AND p.key = m.key WHERE m.run_id = ? "
            "ORDER BY p.ordinal, m.process",
            (_id(run),),
        )
        return tuple(_measured_of(row) for row in rows)

    def add_run(
        self, run: Run, points: Sequence[Point], measured: Sequence[ProcessMeasurement]
    ) -> bool:
        """Import a whole run in one transaction; ``False`` when exactly it is there already."""
        if any(known.id == run.id for known in self.runs()):
            same = (self.run(run.id), self.points(run), self.process_measurements(run))
            if same == (run, tuple(points), tuple(measured)):
                return False
            raise InputError(
                f"{self.place} holds another run with the id {run.id}: nothing imported"
            )
        with self._db.transaction():
            self._insert_run(run)
            self._insert_points(run.id, points)
            for one in measured:
                self._insert_measurement(run.id, one)
        return True

    def close(self) -> None:
        """Let go of the file; the last one to do so folds the journal into it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._db.close(unused=any(exception) and self._is_unused())

    def _is_unused(self) -> bool:
        """Say whether no run is in it, as far as can be told."""
        with contextlib.suppress(HwprofError):
            return not self.runs()
        return False

    def _latest(self, device: str | None) -> Run:
        rows = self._db.rows(
            "SELECT * FROM run WHERE (CAST(? AS TEXT) IS NULL OR device = ?) AND EXISTS "
            "(SELECT 1 FROM measurement m WHERE m.run_id = run.id AND m.value IS NOT NULL) "
            "ORDER BY id DESC",
            (device, device),
        )
        alone = (run for run in map(_run_of, rows) if not run.environment.get("contention"))
        found = next(alone, None)
        if found is None:
            of, beside = f" of {device}" if device else "", " without --contend" if rows else ""
            raise InputError(
                f"no run{of} with a measurement{beside} in {self.place}: run `hwprof bench`"
            )
        return found

    def _insert_run(self, run: Run) -> None:
        row: dict[str, Cell] = {
            "id": run.id,
            "name": run.name,
            "device": run.device,
            "device_spec": device_text(run.device_spec),
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "state": str(run.state),
            "effort": str(run.effort),
            "seed": run.seed,
            "processes": run.processes,
            "environment": json.dumps(dict(run.environment)),
        }
        self._insert("run", _RUN, row)

    def _insert_points(self, run_id: str, points: Sequence[Point], first: int = 0) -> None:
        keys = [point.key for point in points]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise InputError(f"point {twice} is planned twice")
        for at, point in enumerate(points):
            self._db.execute(
                "INSERT INTO point (run_id, key, ordinal, benchmark, axes) VALUES (?, ?, ?, ?, ?)",
                (run_id, point.key, first + at, *point_row(point).values()),
            )

    def _insert_measurement(self, run_id: str, measured: ProcessMeasurement) -> None:
        samples = pack(measured.measurement.samples)
        row: dict[str, Cell | bytes] = {
            **measurement_row(measured.measurement),
            "run_id": run_id,
            "key": measured.measurement.point.key,
            "process": measured.process,
            "measured_at": measured.measured_at.isoformat(),
            **{f"sample_{name}": getattr(samples, name) for name in _SAMPLES},
        }
        try:
            self._insert("measurement", _MEASUREMENT, row)
        except ConflictError as error:
            raise InputError(
                f"run {run_id}: point {measured.measurement.point.key} is not planned, "
                f"or already measured ({error})"
            ) from error

    def _insert(self, table: str, columns: tuple[str, ...], row: Mapping[str, object]) -> None:
        self._db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(len(columns))})",  # noqa: S608 - names are this module's constants
            [row[name] for name in columns],
        )


def _run_of(row: Mapping[str, Any]) -> Run:
    return Run(
        id=row["id"],
        name=row["name"],
        device_spec=device_of(row["device_spec"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        state=RunState(row["state"]),
        environment=json.loads(row["environment"]),
        effort=Effort(row["effort"]),
        seed=row["seed"],
        processes=row["processes"],
        finished_at=datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
    )


def _measured_of(row: Mapping[str, Any]) -> ProcessMeasurement:
    columns = SampleColumns(*(row[f"sample_{name}"] for name in _SAMPLES))
    return ProcessMeasurement(
        process=row["process"],
        measured_at=datetime.fromisoformat(row["measured_at"]),
        measurement=measurement_of(dict(row), unpack(columns)),
    )


def _id(run: Run | str) -> str:
    return run if isinstance(run, str) else run.id


def _marks(count: int) -> str:
    return ", ".join("?" * count)
