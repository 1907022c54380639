"""A device, a listener and a run for sweeps over fake benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from microbench.benchmark import Benchmark, Effort, Measurement, Point
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.store import Run, RunState, Store

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
