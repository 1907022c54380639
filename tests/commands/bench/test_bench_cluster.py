"""``hwprof bench --cluster`` on a real Ray cluster of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from microbench.store import open_store

FAKES = Path(__file__).resolve().parents[2] / "microbench" / "runner"
Bench = Callable[..., subprocess.CompletedProcess[str]]
with_ray = pytest.mark.skipif(not find_spec("ray"), reason="Ray is not installed (hwprof[cluster])")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    variables = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(FAKES), os.environ.get("PYTHONPATH", "")]),
        "HWPROF_STORE": str(tmp_path / "store.sqlite"),
        "HWPROF_LOCK_FOLDER": str(tmp_path),
        "RAY_USAGE_STATS_ENABLED": "0",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        start = [sys.executable, "-P", "-m", "hwprof", "bench", "--quick"]
        start += ["--module", "runner_fakes", *arguments]
        return subprocess.run(start, capture_output=True, text=True, env=variables, cwd=tmp_path)

    return run


@with_ray
@pytest.mark.slow
def test_a_process_lost_on_the_cluster_costs_one_point(bench: Bench, tmp_path: Path) -> None:
    wanted = ("--only", "fake.kill_parent", "--only", "fake.fast")
    done = bench("--cluster", "local", "--name", "mine", *wanted)
    assert done.returncode == 1, done.stderr
    with open_store(tmp_path / "store.sqlite", create=False) as store:
        (run,) = store.runs()
        verdicts = {one.point.key: one.verdict.value for one in store.measurements(run)}
        (lost,) = [one for one in store.measurements(run) if one.verdict.value == "failed"]
    assert run.name.startswith("mine-")
    assert run.name.endswith("-cpu")
    assert sorted(verdicts.values()) == ["failed"] + ["ok"] * 5
    assert lost.point.key == "fake.kill_parent[number=1]"
    assert "was lost" in lost.reason
    assert "-cpu [6/6] fake." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--cluster", "local", "--device", "0"), 2, "with --cluster it is cpu, gpu, all"),
        (("--cluster", "local", "--contend", "cpu"), 2, "leave it out with --cluster"),
        (("--cluster", "local", "--dry-run"), 2, "--cluster takes neither --dry-run nor --out"),
    ],
)
def test_what_a_cluster_cannot_do_is_said_before_anything_starts(
    bench: Bench, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = bench(*arguments)
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


@with_ray
@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_one_line(bench: Bench, tmp_path: Path) -> None:
    done = bench("--cluster", "127.0.0.1:1", "--only", "fake.fast")
    assert done.returncode == 3, done.stderr
    assert "no Ray cluster answers" in done.stderr
    assert not (tmp_path / "store.sqlite").exists()


@pytest.mark.skipif(bool(find_spec("ray")), reason="Ray is installed")
def test_without_ray_the_extra_is_named(bench: Bench) -> None:
    done = bench("--cluster", "auto")
    assert done.returncode == 3
    assert "pip install 'hwprof[cluster]'" in done.stderr
