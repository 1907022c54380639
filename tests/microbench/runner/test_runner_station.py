"""A device measured through a station, as over a cluster but in this process: the same results."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import runner_fakes
from runner_support import Heard, Swept, fake_run

from microbench.benchmark import Verdict
from microbench.errors import InputError
from microbench.runner.cluster import FarChild, LostError, Seat, seats_of
from microbench.runner.messages import Task
from microbench.runner.station import Station, fault_of, reply_of, target_of
from microbench.runner.sweep import Job, sweep
from microbench.store import RunState, open_store


class Near:
    """A machine whose station is in this process."""

    seat = Seat("node", "far.example", "cpu", 1.0)

    def __init__(self, station: Station, lost: Callable[[str], bool] = lambda _what: False) -> None:
        self._station, self._lost = station, lost

    def ask(self, what: str, *given: object, limit_s: float) -> bytes:
        if self._lost(what):
            raise LostError("the machine or its process was lost: unplugged")
        return getattr(self._station, what)(*given) or b""

    def start(self, task: Task, _environment: Mapping[str, str]) -> FarChild:
        return FarChild(self, task)  # type: ignore[arg-type]  # what FarChild asks of a machine


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HWPROF_LOCK_FOLDER", str(tmp_path))
    opened = Station("cpu")
    yield opened
    opened.leave()


def swept_over(machine: Near, tmp_path: Path, *names: str) -> Swept:
    chosen = tuple(one for one in runner_fakes.BENCHMARKS if one.name in names)
    run, points = fake_run(chosen)
    store, heard = open_store(tmp_path / "store.sqlite"), Heard()
    store.start_run(run, points)
    job = Job(store, run, chosen, modules=("runner_fakes",), start=machine.start)
    return Swept(sweep(job, heard), store, run, heard)


def test_points_come_back_whole(station: Station, tmp_path: Path) -> None:
    swept = swept_over(Near(station), tmp_path, "fake.fast", "fake.twice")
    assert swept.state is RunState.COMPLETE
    assert [one.verdict for one in swept.measurements] == [Verdict.OK] * 6
    assert all(one.value == pytest.approx(1e-3) and one.samples for one in swept.measurements)
    assert not station.running()


@pytest.mark.parametrize(
    ("name", "verdict", "reason"),
    [
        ("fake.crash", Verdict.FAILED, "the process died of SIGSEGV"),
        ("fake.garbage", Verdict.FAILED, "the process sent not a message"),
        ("fake.wrong_code", Verdict.WRONG_CODE, "0 x vfmadd, wanted 20"),
    ],
)
def test_a_fault_over_there_costs_one_point(
    station: Station, tmp_path: Path, name: str, verdict: Verdict, reason: str
) -> None:
    one, bad, last = swept_over(Near(station), tmp_path, name).measurements
    assert (one.verdict, bad.verdict, last.verdict) == (Verdict.OK, verdict, Verdict.OK)
    assert reason in bad.reason


def test_a_machine_that_goes_is_the_fault_of_its_points(station: Station, tmp_path: Path) -> None:
    asked: list[str] = []

    def after_one_point(what: str) -> bool:
        asked.append(what)
        return asked.count("measure") > 1

    swept = swept_over(Near(station, after_one_point), tmp_path, "fake.fast")
    good, *rest = swept.measurements
    assert good.verdict is Verdict.OK
    assert {one.verdict for one in rest} == {Verdict.FAILED}
    assert all(one.reason == "far.example: " + LOST for one in rest)


LOST = "the machine or its process was lost: unplugged"


def test_a_station_says_what_it_holds_and_that_it_is_held(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["a-program"])
    target = target_of(station.describe())
    assert target.spec.name == "cpu"
    assert {"kernel", "host_sha256", "source_sha256", "argv"} <= target.facts.keys()
    fault = fault_of(Station("cpu").describe())
    assert fault is not None
    assert f"is being measured by pid {os.getpid()}" in fault.reason


@pytest.mark.parametrize("line", [b"[1]", b"{", b'{"fault": {"verdict": "x"}}', b"\xff"])
def test_what_is_no_answer_is_said(line: bytes) -> None:
    with pytest.raises(InputError, match="not an answer"):
        reply_of(line)


def test_seats_are_the_devices_of_machines_that_live() -> None:
    def node(name: str, alive: bool = True, **resources: float) -> dict[str, Any]:
        return {
            "NodeID": name * 3,
            "NodeManagerHostname": name,
            "Alive": alive,
            "Resources": resources,
        }

    nodes = [node("b", CPU=8.0, GPU=2.0), node("a", CPU=4.0), node("c", False, CPU=4.0, GPU=1.0)]
    every = [Seat("aaa", "a", "cpu", 4.0), *[Seat("bbb", "b", "gpu", 1.0)] * 2]
    assert seats_of(nodes, "all") == (*every, Seat("bbb", "b", "cpu", 8.0))
    assert seats_of(nodes, "gpu") == tuple(every[1:])
    assert [seat.host for seat in seats_of(nodes, "cpu")] == ["a", "b"]
