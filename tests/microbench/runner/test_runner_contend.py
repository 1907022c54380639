"""Loads beside a measurement: started, counted, recorded, and gone however the block ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Prepared, Sample
from microbench.errors import DeviceError, InputError
from microbench.protocol import sampling
from microbench.runner import contend
from microbench.runner.contend import Load, Pressure, beside_loads, loads_of, written

FAKES = Path(__file__).resolve().parent


def loads_running(parent: int) -> set[int]:
    """Pids of loads that a process started, found by their arguments."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"microbench.runner.contender" in words and str(parent).encode() in words:
            found.add(int(folder.name))
    return found


def gone(parent: int, patience_s: float = 10.0) -> bool:
    end = time.monotonic() + patience_s
    while loads_running(parent):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("none", (Load(Pressure.NONE),)),
        ("cpu", (Load(Pressure.CPU),)),
        ("mem:2, cpu", (Load(Pressure.CPU), Load(Pressure.MEMORY, 2))),
        ("mem,mem,gpu", (Load(Pressure.MEMORY, 2), Load(Pressure.GPU))),
    ],
)
def test_loads_are_read(text: str, expected: tuple[Load, ...]) -> None:
    assert loads_of(text) == expected


@given(st.lists(st.sampled_from([*Pressure]), unique=True), st.integers(1, 9))
def test_loads_written_are_read_back(pressures: list[Pressure], count: int) -> None:
    real = [one for one in Pressure if one is not Pressure.NONE]
    loads = tuple(Load(one, count) for one in real if one in pressures)
    assert loads_of(written(loads)) == loads


@pytest.mark.parametrize("text", ["disk", "mem:0", "mem:-1", "cpu:", "mem:two", "cpu mem"])
def test_odd_loads_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="none, cpu, mem, gpu"):
        loads_of(text)


def test_loads_run_during_the_block_and_are_gone_after_it() -> None:
    with contend.contend(loads_of("cpu:2,mem")):
        pids = loads_running(os.getpid())
        assert len(pids) == 3
        assert {os.getpgid(pid) for pid in pids} == pids
    assert loads_running(os.getpid()) == set()


def test_none_starts_nothing_and_goes_with_nothing() -> None:
    with contend.contend(loads_of("none")):
        assert loads_running(os.getpid()) == set()
    with pytest.raises(InputError, match="none goes with nothing else"):
        loads_of("none,mem")


def test_loads_see_the_device_that_is_measured() -> None:
    with contend.contend(loads_of("cpu"), {"CUDA_VISIBLE_DEVICES": "GPU-7"}):
        (pid,) = loads_running(os.getpid())
        variables = (Path("/proc") / str(pid) / "environ").read_bytes().split(b"\0")
    assert b"CUDA_VISIBLE_DEVICES=GPU-7" in variables


def test_loads_are_gone_when_the_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), contend.contend(loads_of("cpu")):
        raise ZeroDivisionError
    assert loads_running(os.getpid()) == set()


def test_a_load_that_ended_early_makes_the_measurement_worthless() -> None:
    beside = contend.contend(loads_of("cpu"))
    beside.__enter__()
    (pid,) = loads_running(os.getpid())
    os.kill(pid, signal.SIGKILL)
    assert gone(os.getpid())
    with pytest.raises(DeviceError, match="cpu load ended by itself"):
        beside.__exit__(None, None, None)


def test_a_load_that_cannot_start_says_why_and_takes_the_others_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    with (
        pytest.raises(DeviceError, match=r"gpu load did not start: .*(no GPU|torch)"),
        contend.contend(loads_of("cpu,gpu")),
    ):
        pytest.fail("a GPU that is not visible was loaded")
    assert loads_running(os.getpid()) == set()


def test_loads_die_with_a_parent_that_was_killed() -> None:
    code = (
        "import time\n"
        "from microbench.runner.contend import contend, loads_of\n"
        "with contend(loads_of('cpu')):\n"
        "    print('running', flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"running\n"
    assert len(loads_running(parent.pid)) == 1
    parent.kill()
    parent.communicate()
    assert gone(parent.pid)


def test_samples_beside_loads_fill_the_window_and_keep_their_mean() -> None:
    times = iter([0.01, 0.03, 0.02, 0.5])
    prepared = Prepared(sample=lambda _: Sample(next(times), 0.01), cpu_time_valid=True)
    changed = beside_loads(prepared, window_s=0.05)
    first, second = changed.sample(1), changed.sample(1)
    assert first.time_s == pytest.approx(0.02)
    assert first.cpu_time_s == pytest.approx(0.01)
    assert second.time_s == 0.5
    assert not changed.cpu_time_valid


def test_waiting_is_part_of_a_sample_only_in_company(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sampling.reason(1.0, 0.5, True, 0.98) == sampling.PREEMPTED
    monkeypatch.setattr(sampling, "_company", [])
    assert not sampling.in_company()
    sampling.expect_company()
    assert sampling.in_company()
    assert sampling.reason(1.0, 0.5, True, 0.98) == ""


def bench(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {
        **os.environ,
        "PYTHONPATH": str(FAKES),
        "HWPROF_STORE": str(tmp_path / "store.sqlite"),
        "HWPROF_LOCK_FOLDER": str(tmp_path),
        "HOME": str(tmp_path),
    }
    start = [sys.executable, "-P", "-m", "hwprof", *arguments]
    return subprocess.run(start, capture_output=True, text=True, env=variables, cwd=tmp_path)


def test_a_run_beside_loads_records_them_and_is_never_the_latest(tmp_path: Path) -> None:
    fake = ("bench", "--quick", "--module", "runner_fakes", "--only", "fake.fast", "-q")
    done = bench(tmp_path, *fake, "--contend", "mem,cpu", "--name", "crowded")
    assert done.returncode == 0, done.stderr
    refused = bench(tmp_path, "export", "latest", "--out", "data")
    assert refused.returncode == 2
    assert "no run with a measurement without --contend" in refused.stderr
    named = bench(tmp_path, "export", "crowded", "--out", "data")
    assert named.returncode == 0, named.stderr
    header = json.loads((tmp_path / "data" / "environment.json").read_text())
    assert header["environment"]["contention"] == "cpu,mem"
    other = bench(tmp_path, *fake, "--resume")
    assert other.returncode == 2
    assert "goes on as it was begun, with --contend cpu,mem" in other.stderr


def test_bad_loads_are_refused_before_anything_runs(tmp_path: Path) -> None:
    done = bench(tmp_path, "bench", "--contend", "disk")
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: --contend 'disk': expected none, cpu, mem, gpu")
    assert list(tmp_path.iterdir()) == []
