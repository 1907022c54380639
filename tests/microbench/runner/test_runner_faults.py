"""A fault costs the point in flight, is recorded with its reason, and the next point goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from microbench.benchmark import Verdict
from microbench.runner import plan
from microbench.store import RunState

Sweep = Callable[..., Any]


def verdicts(swept: Any) -> list[Verdict]:
    return [one.verdict for one in swept.measurements]


def visits(swept: Any) -> list[int | None]:
    return [one.notes.get("visits") for one in swept.measurements]


def test_points_are_measured_in_order_in_one_process(
    run_fakes: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    swept = run_fakes("fake.fast")
    assert swept.state is RunState.COMPLETE
    assert verdicts(swept) == [Verdict.OK] * 3
    assert all(one.value == pytest.approx(1e-3) for one in swept.measurements)
    assert [one.point for one in swept.measurements] == swept.heard.started
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line.split()[0] for line in lines] == [p.key for p in swept.heard.started]
    assert len({line.split()[1] for line in lines}) == 1


@pytest.mark.parametrize(
    ("name", "verdict", "reason"),
    [
        ("fake.crash", Verdict.FAILED, "the process died of SIGSEGV"),
        ("fake.killed", Verdict.FAILED, "the process died of SIGKILL"),
        ("fake.leave", Verdict.FAILED, "ended with code 7: driver says: device lost"),
        ("fake.out_of_memory", Verdict.FAILED, "out of memory"),
        ("fake.garbage", Verdict.FAILED, "the process sent not a message"),
        ("fake.infinite", Verdict.FAILED, "Out of range float values"),
        ("fake.unsupported", Verdict.UNSUPPORTED, "this needs sm_90a"),
        ("fake.wrong_code", Verdict.WRONG_CODE, "0 x vfmadd, wanted 20"),
        ("fake.wrong_result", Verdict.WRONG_RESULT, "sum is 3, wanted 4"),
    ],
)
def test_a_fault_costs_one_point(
    run_fakes: Sweep, name: str, verdict: Verdict, reason: str
) -> None:
    swept = run_fakes(name)
    assert swept.state is RunState.COMPLETE
    assert verdicts(swept) == [Verdict.OK, verdict, Verdict.OK]
    lost = swept.measurements[1]
    assert reason in lost.reason
    assert lost.value is None
    assert swept.store.run(swept.run.id).state is RunState.COMPLETE


def test_a_fault_gives_the_next_point_a_fresh_process(
    run_fakes: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    run_fakes("fake.out_of_memory")
    first, bad, after = (line.split()[1] for line in (tmp_path / "log").read_text().splitlines())
    assert first == bad != after


@pytest.mark.parametrize("name", ["fake.hang", "fake.hang_hard"])
def test_a_hang_is_killed_as_a_group(
    run_fakes: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("FAKE_GRANDCHILD", str(tmp_path / "pid"))
    monkeypatch.setattr(plan, "PREPARE_LIMIT_S", 3.0)
    monkeypatch.setattr(plan, "LEAST_LIMIT_S", 0.5)
    swept = run_fakes(name)
    assert verdicts(swept) == [Verdict.OK, Verdict.TIMED_OUT, Verdict.OK]
    assert swept.measurements[1].reason == "still measuring after 4 s: killed"
    if name == "fake.hang_hard":
        assert is_gone(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("name", ["fake.fast", "fake.crash"])
def test_an_old_kernel_without_pidfd(
    run_fakes: Sweep, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(_pid: int, _flags: int = 0) -> int:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "pidfd_open", refuse)
    swept = run_fakes(name)
    assert verdicts(swept)[::2] == [Verdict.OK] * 2
    assert (verdicts(swept)[1] is Verdict.OK) == (name == "fake.fast")


def test_whatever_is_printed_is_no_answer(run_fakes: Sweep) -> None:
    swept = run_fakes("fake.chatter")
    assert verdicts(swept) == [Verdict.OK] * 3


def test_a_benchmark_that_cannot_start_is_given_up(
    run_fakes: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_POINTS", "not a number")  # the child's import of the fakes fails
    swept = run_fakes("fake.fast")
    assert swept.state is RunState.COMPLETE
    assert verdicts(swept) == [Verdict.FAILED] * 3
    assert "ValueError" in swept.measurements[0].reason


def test_processes_take_turns(
    run_fakes: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    swept = run_fakes("fake.fast", processes=2)
    pids = [line.split()[1] for line in (tmp_path / "log").read_text().splitlines()]
    assert len(set(pids[:3])) == len(set(pids[3:])) == 1
    assert pids[0] != pids[3]
    assert [one.notes["processes"] for one in swept.measurements] == [2, 2, 2]
    assert len(swept.store.process_measurements(swept.run)) == 6


def test_the_time_limit_keeps_what_is_there(run_fakes: Sweep) -> None:
    swept = run_fakes("fake.fast", "fake.hang", deadline=time.monotonic() + 3)
    assert swept.state is RunState.TIME_LIMIT
    finished = [one for one in verdicts(swept) if one is not Verdict.INTERRUPTED]
    assert set(finished) <= {Verdict.OK}
    assert len(finished) + len(swept.store.pending(swept.run)) == 6
    assert swept.store.pending(swept.run)


def test_visits_go_round_and_are_pooled(
    run_fakes: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    swept = run_fakes("fake.twice")
    numbers = [point["number"] for point in swept.heard.started]
    assert numbers == [0, 1, 2, 0, 1, 2]
    assert [one.point["number"] for one in swept.heard.done] == [0, 1, 2]
    assert visits(swept) == [2, 2, 2]
    assert verdicts(swept) == [Verdict.OK] * 3


def test_a_process_lost_between_visits_keeps_what_the_others_have(run_fakes: Sweep) -> None:
    swept = run_fakes("fake.killed_next_time")
    assert swept.state is RunState.COMPLETE
    assert verdicts(swept) == [Verdict.OK, Verdict.FAILED, Verdict.OK]
    assert visits(swept) == [2, None, 1]
    assert len(swept.heard.done) == 3


def test_the_time_limit_between_visits_keeps_the_visits_made(run_fakes: Sweep) -> None:
    swept = run_fakes("fake.hang_next_time", deadline=time.monotonic() + 4)
    assert swept.state is RunState.TIME_LIMIT
    assert verdicts(swept) == [Verdict.OK] * 3
    assert visits(swept) == [2, 1, 1]
    assert swept.store.pending(swept.run) == ()


def is_gone(pid: int) -> bool:
    """Say whether a process is dead; whoever adopts it may not have reaped it yet."""
    for _ in range(50):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except FileNotFoundError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    os.kill(pid, 9)
    return False
