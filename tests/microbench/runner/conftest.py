"""A store, a device and a sweep over fake benchmarks, in real child processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import runner_fakes

from microbench.benchmark import Benchmark, Effort, Measurement, Point
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.runner.sweep import Job, sweep
from microbench.store import Run, RunState, Store, open_store

DEVICE = DeviceSpec(
    "cpu", "a test", DeviceKind.CPU, "none", "none", None, 1, None, None, None, None
)


@dataclass
class Heard:
    """A listener that remembers."""

    started: list[Point] = field(default_factory=list)
    done: list[Measurement] = field(default_factory=list)

    def point_started(self, point: Point) -> None:
        self.started.append(point)

    def point_done(self, measurement: Measurement) -> None:
        self.done.append(measurement)


@dataclass
class Swept:
    state: RunState
    store: Store
    run: Run
    heard: Heard

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        return self.store.measurements(self.run)


def fake_run(benchmarks: tuple[Benchmark, ...], processes: int = 1) -> tuple[Run, list[Point]]:
    run = Run(
        id="20260101-000000-000000",
        name="",
        device_spec=DEVICE,
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        state=RunState.RUNNING,
        environment={},
        effort=Effort.QUICK,
        processes=processes,
    )
    return run, [point for one in benchmarks for point in one.points(DEVICE, Effort.QUICK)]


@pytest.fixture
def run_fakes(tmp_path: Path) -> Callable[..., Swept]:
    """Sweep the fake benchmarks of these names and return what became of them."""

    def run_them(*names: str, processes: int = 1, deadline: float = float("inf")) -> Swept:
        chosen = tuple(one for one in runner_fakes.BENCHMARKS if one.name in names)
        run, points = fake_run(chosen, processes)
        store = open_store(tmp_path / "store.sqlite")
        store.start_run(run, points)
        heard = Heard()
        job = Job(store, run, chosen, modules=("runner_fakes",), deadline=deadline)
        state = sweep(job, heard)
        return Swept(state, store, run, heard)

    return run_them
