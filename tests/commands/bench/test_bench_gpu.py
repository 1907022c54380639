"""``hwprof bench`` on GPUs, with a driver made of Python and real child processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from microbench.store import open_store

HERE = Path(__file__).parent
FAKES = HERE.parents[1] / "microbench" / "runner"
Bench = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CUDA_")}
    variables = {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(HERE / "fake_driver"), str(FAKES)]),
        "HWPROF_STORE": str(tmp_path / "store.sqlite"),
        "HWPROF_LOCK_FOLDER": str(tmp_path),
        "FAKE_GPU_LOST": str(tmp_path / "lost"),
    }

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        start = [sys.executable, "-P", "-m", "hwprof", "bench", "--module", "gpu_fakes", "--json"]
        return subprocess.run(
            [*start, "--quick", "-q", *arguments],
            capture_output=True,
            text=True,
            env={**variables, **more},
        )

    return run


def test_each_gpu_is_measured_alone_with_its_telemetry(bench: Bench, tmp_path: Path) -> None:
    done = bench("--device", "0,1", "--only", "fakegpu.seen", "--name", "both")
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert [one["name"] for one in (first, second)] == ["both-0", "both-1"]
    assert first["device"] == second["device"] == "H200-SXM"
    with open_store(tmp_path / "store.sqlite") as store:
        for number, run in enumerate(store.runs()):
            point = store.measurements(run)[0]
            assert point.notes["seen"] == f"GPU-0000-{number}"
            assert point.notes["power_w_mean"] == 345.0
            assert point.notes["sm_clock_hz_min"] == 1.755e9
            assert "temperature_c_max" not in point.notes
            assert run.environment["gpu_driver"] == "580.65.06"
            assert f"GPU-0000-{number}" not in json.dumps(dict(run.environment))


@pytest.mark.parametrize(
    ("variable", "verdict", "code"),
    [
        ({"FAKE_THROTTLE": "64"}, "throttled", 5),
        ({"FAKE_THROTTLE": "4"}, "ok", 0),
        ({"FAKE_USERS": "2"}, "noisy", 5),
    ],
)
def test_what_the_driver_did_shows_in_the_verdict(
    bench: Bench, variable: dict[str, str], verdict: str, code: int
) -> None:
    done = bench("--device", "0", "--only", "fakegpu.seen", "--strict", **variable)
    assert done.returncode == code
    assert {point["verdict"] for point in json.loads(done.stdout)["points"]} == {verdict}


def test_a_lost_gpu_is_recorded_and_the_sweep_goes_on(bench: Bench, tmp_path: Path) -> None:
    done = bench("--device", "1", "--only", "fakegpu.lost")
    assert done.returncode == 1
    points = json.loads(done.stdout)["points"]
    assert [point["verdict"] for point in points] == ["ok", "failed", "ok"]
    assert points[1]["reason"] == "cuLaunchKernel: CUDA_ERROR_ILLEGAL_ADDRESS"
    with open_store(tmp_path / "store.sqlite") as store:
        at_end = store.runs()[0].environment["at_end"]
    assert at_end["telemetry_fault"] == "GPU is lost"  # type: ignore[index]


def test_a_run_of_another_gpu_is_not_resumed(bench: Bench) -> None:
    assert bench("--device", "0", "--only", "fakegpu.seen").returncode == 0
    done = bench("--device", "1", "--only", "fakegpu.seen", "--resume")
    assert done.returncode == 2
    assert "no run of H200-SXM to resume" in done.stderr


def test_a_gpu_that_is_not_there(bench: Bench) -> None:
    done = bench("--device", "2")
    assert done.returncode == 3
    assert "GPU 2 is not there: this machine has 2" in done.stderr
    assert len(done.stderr.splitlines()) == 1
