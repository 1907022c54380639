"""What a store keeps of a run, and the contract every store fulfils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from microbench.benchmark import Effort, Measurement, Point, Verdict
from microbench.devices.spec import DeviceSpec

REPEATABLE = frozenset({Verdict.INTERRUPTED})
"""Verdicts that count as missing: ``--resume`` measures these points again."""

FAULTS = frozenset({Verdict.FAILED, Verdict.TIMED_OUT})
"""Verdicts ``--retry-failed`` measures again."""


class RunState(StrEnum):
    """How far a run came. A killed run stays ``RUNNING``."""

    RUNNING = "running"
    COMPLETE = "complete"
    PARTIAL = "partial"  # all that was asked for now; other points of the plan are missing
    INTERRUPTED = "interrupted"
    TIME_LIMIT = "time limit"
    BROKEN = "broken"  # the sweep itself could not go on: store or device lost


@dataclass(frozen=True, slots=True)
class Run:
    """Points measured together under one environment record."""

    id: str
    """Sorts by start: ``20260131-235959-1a2b3c``."""
    name: str
    """The user's label, or empty."""
    device_spec: DeviceSpec
    started_at: datetime
    state: RunState
    environment: Mapping[str, object]
    """JSON values; facts read again at the end stand under ``at_end``."""
    effort: Effort = Effort.DEFAULT
    seed: int = 0
    processes: int = 1
    """Fresh processes per point; 5 or more for a certified run."""
    finished_at: datetime | None = None

    @property
    def device(self) -> str:
        """Catalogue or local name of the device."""
        return self.device_spec.name

    @property
    def unfinished(self) -> str:
        """How a run ended early and what to do about it; empty where it did not."""
        if self.state in {RunState.COMPLETE, RunState.PARTIAL}:
            return ""
        return f"{self.state.value}: `hwprof bench --resume` measures the rest"


@dataclass(frozen=True, slots=True)
class ProcessMeasurement:
    """One process's measurement of a point, as acknowledged."""

    process: int
    measured_at: datetime
    measurement: Measurement


class Store(Protocol):
    """Keeps runs. What ``acknowledge`` returned from survives a kill and a power cut."""

    @property
    def place(self) -> str:
        """Where the store is, as shown to people."""
        ...

    def start_run(self, run: Run, points: Sequence[Point] = ()) -> str:
        """Keep a new run and its plan in one transaction; return its id."""
        ...

    def plan(self, run: Run | str, points: Sequence[Point]) -> None:
        """Add points to a run's plan; points already planned stay as they are."""
        ...

    def acknowledge(self, run: Run | str, measurement: Measurement, process: int = 0) -> None:
        """Keep one planned point's measurement in one transaction."""
        ...

    def finish_run(
        self, run: Run | str, state: RunState, at_end: Mapping[str, object] | None = None
    ) -> None:
        """Set how far a run came and add the environment facts read at its end."""
        ...

    def runs(self) -> tuple[Run, ...]:
        """Return every run, oldest first."""
        ...

    def run(self, wanted: str = "latest", device: str | None = None) -> Run:
        """Return a run by id, beginning of an id, name, or ``latest`` (with a measurement)."""
        ...

    def points(self, run: Run | str) -> tuple[Point, ...]:
        """Return the plan, in order."""
        ...

    def pending(
        self, run: Run | str, process: int = 0, retry: frozenset[Verdict] = frozenset()
    ) -> tuple[Point, ...]:
        """Return planned points this process has not measured, or whose verdict is in ``retry``."""
        ...

    def measurements(self, run: Run | str) -> tuple[Measurement, ...]:
        """Return one measurement a point, in plan order, processes combined."""
        ...

    def process_measurements(self, run: Run | str) -> tuple[ProcessMeasurement, ...]:
        """Return each process's measurement of each point, in plan order."""
        ...

    def add_run(
        self, run: Run, points: Sequence[Point], measured: Sequence[ProcessMeasurement]
    ) -> bool:
        """Import a whole run in one transaction; ``False`` when exactly it is there already."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...
