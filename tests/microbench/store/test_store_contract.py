"""What every store promises, checked on each of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microbench.benchmark import (
    CodeCheck,
    Effort,
    Measurement,
    Point,
    Quantity,
    Sample,
    Verdict,
)
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.runner.messages import answer_of, measured_line
from microbench.store import ProcessMeasurement, Run, RunState, Store, open_store
from microbench.store.run import FAULTS

DEVICE = DeviceSpec(
    *("cpu", "Some CPU", DeviceKind.CPU, "vendor", "zen4", None, 8, 3.5e9, None, 2**34, 2**20),
    peak_flop_per_s={NumberFormat.FP32: 1.25e11},
    sources={"arch": "archspec"},
)
POINTS = tuple(Point("a.b", (("size_bytes", size), ("op", "read"))) for size in (4096, 8192, 9999))


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    sqlite = request.param == "sqlite"
    place = tmp_path / "store.sqlite" if sqlite else request.getfixturevalue("postgres_url")
    with open_store(place) as opened:
        yield opened


def a_run(number: int = 0, name: str = "", device: DeviceSpec = DEVICE, processes: int = 1) -> Run:
    started = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC) + timedelta(days=number)
    return Run(
        id=f"{started:%Y%m%d-%H%M%S}-00000{number}",
        name=name,
        device_spec=device,
        started_at=started,
        state=RunState.RUNNING,
        environment={"argv": ["hwprof", "bench"], "kernel": "Linux", "at_start": {"load": "0.1"}},
        effort=Effort.QUICK,
        seed=2**40,
        processes=processes,
    )


def measured(point: Point, verdict: Verdict = Verdict.OK, value: float | None = 2.5) -> Measurement:
    return Measurement(
        point,
        Quantity.BANDWIDTH,
        verdict,
        reason="why",
        value=value,
        low=value,
        high=value,
        time_s=0.1,
        bytes_moved=4096.0,
        stopped_by="interval",
        code=CodeCheck(True, "20 x vfmadd", "abc"),
        samples=(Sample(0.1 + 0.2, 1e-300, None), Sample(5e-324, None, 3e9, "preempted")),
        notes={"lines": 64, "where": "l1", "ratio": 0.1},
    )


def test_a_run_reads_back_equal(store: Store) -> None:
    run = a_run(name="mine")
    assert store.start_run(run, POINTS) == run.id
    assert store.runs() == (run,)
    assert store.points(run) == store.points(run.id) == POINTS
    assert store.pending(run) == POINTS
    assert store.measurements(run) == ()


def test_an_acknowledged_point_reads_back_equal_and_is_no_longer_pending(store: Store) -> None:
    store.start_run(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[1]))
    assert store.measurements(a_run()) == (measured(POINTS[1]),)
    assert store.pending(a_run()) == (POINTS[0], POINTS[2])


def test_measurements_come_in_plan_order(store: Store) -> None:
    store.start_run(a_run(), POINTS)
    for point in reversed(POINTS):
        store.acknowledge(a_run(), measured(point))
    assert [one.point for one in store.measurements(a_run())] == list(POINTS)


def test_an_interruption_is_pending_and_replaced(store: Store) -> None:
    store.start_run(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[0], Verdict.INTERRUPTED, None))
    assert store.pending(a_run()) == POINTS
    store.acknowledge(a_run(), measured(POINTS[0]))
    assert store.measurements(a_run()) == (measured(POINTS[0]),)


@pytest.mark.parametrize("verdict", sorted(FAULTS))
def test_a_fault_is_pending_only_when_asked(store: Store, verdict: Verdict) -> None:
    store.start_run(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[0], verdict, None))
    assert store.pending(a_run()) == POINTS[1:]
    assert store.pending(a_run(), retry=FAULTS) == POINTS
    store.acknowledge(a_run(), measured(POINTS[0]))
    assert store.pending(a_run(), retry=FAULTS) == POINTS[1:]


def test_a_good_measurement_is_never_replaced(store: Store) -> None:
    store.start_run(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[0]))
    with pytest.raises(InputError, match="already measured"):
        store.acknowledge(a_run(), measured(POINTS[0], value=9.0))
    assert store.measurements(a_run()) == (measured(POINTS[0]),)


def test_only_planned_points_are_kept(store: Store) -> None:
    store.start_run(a_run(), POINTS[:1])
    with pytest.raises(InputError, match="not planned"):
        store.acknowledge(a_run(), measured(POINTS[1]))
    store.plan(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[1]))
    assert store.points(a_run()) == POINTS


def test_a_point_planned_twice_keeps_nothing(store: Store) -> None:
    with pytest.raises(InputError, match="planned twice"):
        store.start_run(a_run(), (*POINTS, POINTS[0]))
    assert store.runs() == ()


def test_each_process_has_its_own_plan(store: Store) -> None:
    run = a_run(processes=3)
    store.start_run(run, POINTS)
    for process, value in enumerate((1.0, 5.0, 2.0)):
        assert store.pending(run, process) == POINTS
        store.acknowledge(run, measured(POINTS[0], value=value), process)
    (combined,) = store.measurements(run)
    assert combined.value == 2.0
    assert (combined.low, combined.high) == (1.0, 5.0)
    assert len(combined.samples) == 6
    assert [one.process for one in store.process_measurements(run)] == [0, 1, 2]


def test_finishing_keeps_state_and_surroundings(store: Store) -> None:
    store.start_run(a_run(), POINTS)
    store.finish_run(a_run(), RunState.COMPLETE, {"load": "9"})
    found = store.run(a_run().id)
    assert found.state is RunState.COMPLETE
    assert found.finished_at is not None
    assert found.environment == {**a_run().environment, "at_end": {"load": "9"}}


def test_latest_is_the_newest_with_a_number(store: Store) -> None:
    gpu = DeviceSpec("L4", "L4", DeviceKind.GPU, "n", "ada", "8.9", 58, None, None, None, None)
    for number, device in enumerate((DEVICE, DEVICE, gpu, DEVICE)):
        store.start_run(a_run(number, device=device), POINTS)
    store.acknowledge(a_run(0), measured(POINTS[0]))
    store.acknowledge(a_run(1), measured(POINTS[0]))
    store.acknowledge(a_run(2), measured(POINTS[0]))
    store.acknowledge(a_run(3), measured(POINTS[0], Verdict.FAILED, None))
    assert store.run().id == a_run(2).id
    assert store.run(device="cpu").id == a_run(1).id
    with pytest.raises(InputError, match="no run of H100"):
        store.run(device="H100")


def test_a_run_is_found_by_id_beginning_or_name(store: Store) -> None:
    store.start_run(a_run(0, "first"), POINTS)
    store.start_run(a_run(1), POINTS)
    assert store.run("first").id == a_run(0).id
    assert store.run("20260103").id == a_run(1).id
    with pytest.raises(InputError, match="begins 2 run ids"):
        store.run("202601")
    with pytest.raises(InputError, match="newest are first, 20260103"):
        store.run("nope")
    for nothing in ("", " "):
        with pytest.raises(InputError, match="no run is named"):
            store.run(nothing)


def test_importing_is_idempotent_and_never_mixes(store: Store) -> None:
    run, now = a_run(), datetime(2026, 1, 2, tzinfo=UTC)
    kept = [ProcessMeasurement(0, now, measured(POINTS[0]))]
    assert store.add_run(run, POINTS, kept)
    assert not store.add_run(run, POINTS, kept)
    with pytest.raises(InputError, match="another run with the id"):
        store.add_run(run, POINTS, [])
    assert store.process_measurements(run) == tuple(kept)


FINITE = st.floats(allow_nan=False, allow_infinity=False)
OPTIONAL = st.none() | FINITE
VALUES = st.text(max_size=5) | st.integers(-(2**70), 2**70) | FINITE
SAMPLES = st.builds(Sample, FINITE, OPTIONAL, OPTIONAL, st.sampled_from(["", "preempted", "ü"]))
MEASUREMENTS = st.builds(
    Measurement,
    point=st.just(POINTS[0]),
    quantity=st.sampled_from(Quantity),
    verdict=st.sampled_from(Verdict),
    reason=st.text(max_size=20).filter(lambda text: text.isprintable()),
    value=OPTIONAL,
    low=OPTIONAL,
    high=OPTIONAL,
    time_s=OPTIONAL,
    operations=FINITE,
    work_flop=FINITE,
    bytes_moved=FINITE,
    clock_hz=OPTIONAL,
    stopped_by=st.sampled_from(["", "time"]),
    basis=st.sampled_from(["wall", "cpu-time"]),
    code=st.none() | st.builds(CodeCheck, st.booleans(), st.text(max_size=5)),
    samples=st.lists(SAMPLES, max_size=5).map(tuple),
    notes=st.dictionaries(st.text(max_size=3), VALUES, max_size=3),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(measurement=MEASUREMENTS)
def test_any_measurement_survives_exactly(measurement: Measurement, tmp_path: Path) -> None:
    assert answer_of(measured_line(measurement)) == measurement
    with open_store(tmp_path / "any.sqlite") as store:
        number = len(store.runs())
        run = a_run(number % 28)
        run_id = f"{run.id}-{number}"
        store.start_run(replace(run, id=run_id), POINTS)
        store.acknowledge(run_id, measurement)
        assert store.measurements(run_id) == (measurement,)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_number_that_is_none_is_refused(store: Store, bad: float) -> None:
    store.start_run(a_run(), POINTS)
    with pytest.raises(InputError, match="not a finite number"):
        store.acknowledge(a_run(), replace(measured(POINTS[0]), samples=(Sample(bad),)))
    with pytest.raises(InputError, match="not a finite number"):
        store.acknowledge(a_run(), replace(measured(POINTS[0]), value=bad))
    assert store.pending(a_run()) == POINTS
