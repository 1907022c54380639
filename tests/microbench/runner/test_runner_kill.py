"""SIGKILL at any moment: the store holds what was acknowledged; a resume measures the rest."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import runner_fakes
from runner_support import fake_run

from microbench.benchmark import Verdict
from microbench.store import Store, open_store

HERE = Path(__file__).parent
KILLS, PARTS = 100, 4


def start(store: Path, log: Path) -> subprocess.Popen[str]:
    variables = {"FAKE_LOG": str(log), "FAKE_POINTS": "400", "PYTHONPATH": str(HERE)}
    return subprocess.Popen(
        [sys.executable, str(HERE / "kill_driver.py"), str(store)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )


def kill_somewhere(driver: subprocess.Popen[str], moments: random.Random) -> set[str]:
    """SIGKILL while starting or a moment after up to three points; return what it acknowledged."""
    assert driver.stdout is not None
    points = moments.randrange(4)
    said = {driver.stdout.readline().strip() for _ in range(points)}
    time.sleep(moments.uniform(0, 0.1 if points else 0.4))
    driver.kill()
    return said | set(driver.communicate()[0].split())


def new_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_fakes, "POINTS", 400)
    run, points = fake_run(runner_fakes.BENCHMARKS[:1])
    with open_store(path) as store:
        store.start_run(run, points)


def kept(store: Store) -> set[str]:
    return {one.point.key for one in store.measurements(store.runs()[0])}


def children_of(log: Path) -> set[int]:
    return (
        {int(line.split()[1]) for line in log.read_text().splitlines()} if log.exists() else set()
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_a_random_moment(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, log = tmp_path / "store.sqlite", tmp_path / "log"
    new_store(place, monkeypatch)
    moments = random.Random(part)
    known: set[str] = set()
    for _ in range(KILLS // PARTS):
        begun = len(log.read_text().splitlines()) if log.exists() else 0
        driver = start(place, log)
        said = kill_somewhere(driver, moments)
        with open_store(place) as store:
            now = kept(store)
            assert all(
                one.verdict is Verdict.OK and one.samples
                for one in store.measurements(store.runs()[0])
            )
        assert known | said <= now, "an acknowledged point was lost"
        assert len(now - known - said) <= 1, "a point was kept that was never acknowledged"
        prepared = log.read_text().splitlines()[begun:] if log.exists() else []
        assert not {line.split()[0] for line in prepared} & known, "a kept point was measured again"
        known = now
    assert len(known) >= 5, "the runs measured hardly anything: the test shows nothing"
    assert all(is_dead(pid) for pid in children_of(log)), "a child outlived its run"


def test_a_resumed_run_measures_only_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, log = tmp_path / "store.sqlite", tmp_path / "log"
    monkeypatch.setattr(runner_fakes, "POINTS", 4)
    run, points = fake_run(runner_fakes.BENCHMARKS[:1])
    with open_store(place) as store:
        store.start_run(run, points)
        for point in points[:2]:
            store.acknowledge(run, measurement_of(point))
    driver = start(place, log)
    said = driver.communicate()[0].split()
    assert driver.returncode == 0
    assert said == [point.key for point in points[2:]]
    with open_store(place) as store:
        assert store.pending(run) == ()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_what_was_measured(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, log = tmp_path / "store.sqlite", tmp_path / "log"
    new_store(place, monkeypatch)
    driver = start(place, log)
    assert driver.stdout is not None
    said = {driver.stdout.readline().strip() for _ in range(3)}
    driver.send_signal(number)
    said |= set(driver.communicate(timeout=60)[0].split())
    assert driver.returncode == 0
    with open_store(place) as store:
        run = store.runs()[0]
        assert run.state == "interrupted"
        assert kept(store) == said
        pending = {point.key for point in store.pending(run)}
        cut_off = {o.point.key for o in store.measurements(run) if o.verdict == "interrupted"}
        assert cut_off <= pending
        assert len(pending) == 400 - len(said) + len(cut_off)
    assert all(is_dead(pid) for pid in children_of(log))


def measurement_of(point: object) -> object:
    from microbench.benchmark import Measurement, Point, Quantity, Sample

    assert isinstance(point, Point)
    return Measurement(point, Quantity.LATENCY, Verdict.OK, value=1.0, samples=(Sample(1.0),))


def is_dead(pid: int) -> bool:
    for _ in range(50):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False
