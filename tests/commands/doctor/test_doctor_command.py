"""``hwprof doctor``: each finding over a made-up machine, and the exit code."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hwprof import checkup
from hwprof.checkup import State
from hwprof.cli import run
from hwprof.commands.doctor import document, table, usable
from microbench.devices import detect


def machine(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / {
            "pages": "sys/kernel/mm/transparent_hugepage/enabled",
            "governor": "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
            "quota": "sys/fs/cgroup/cpu.max",
            "load": "proc/loadavg",
        }.get(name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_a_well_set_machine_is_ok(tmp_path: Path) -> None:
    root = machine(
        tmp_path,
        pages="always [madvise] never\n",
        governor="performance\n",
        quota="200000 100000\n",
        load="0.00 0.1 0.2 1/200 3\n",
    )
    for finding in (
        *(checkup.huge_pages(root), checkup.governor(root), checkup.quota(root)),
        checkup.load(root),
    ):
        assert finding.state is State.OK, finding


def test_each_bad_setting_says_what_to_do(tmp_path: Path) -> None:
    root = machine(
        tmp_path,
        pages="always madvise [never]\n",
        governor="powersave\n",
        quota="50000 100000\n",
        load="64.00 1 1 1/200 3\n",
    )
    for finding, word in (
        (checkup.huge_pages(root), "madvise"),
        (checkup.governor(root), "performance"),
        (checkup.quota(root), "whole"),
        (checkup.load(root), "noisy"),
    ):
        assert finding.state is State.WARN
        assert word in finding.advice


def test_a_machine_that_tells_nothing_gives_no_fault(tmp_path: Path) -> None:
    assert checkup.huge_pages(tmp_path).state is State.WARN
    assert checkup.governor(tmp_path).state is State.OK
    assert checkup.quota(tmp_path).state is State.OK
    assert checkup.load(tmp_path).state is State.WARN


def test_a_missing_library_is_named_with_its_use() -> None:
    needed = checkup.library("no-such-library-hwprof", "everything", True)
    assert needed.state is State.FAIL
    assert "everything" in needed.advice
    assert checkup.library("no-such-library-hwprof", "extras", False).state is State.WARN


def test_a_store_that_can_be_written_is_not_created(tmp_path: Path) -> None:
    store = tmp_path / "new" / "folder" / "h.sqlite"
    assert checkup.writable(store).state is State.OK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_fails(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert checkup.writable(tmp_path / "h.sqlite").state is State.FAIL


def test_a_file_where_the_folder_should_be_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    finding = checkup.writable(tmp_path / "file" / "h.sqlite")
    assert finding.state is State.FAIL
    assert "HWPROF_STORE" in finding.advice


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "folder" in checkup.writable(tmp_path).found


def test_the_cpu_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "device cpu" in out
    assert out.rstrip().endswith("fail")


def test_a_gpu_without_a_driver_exits_3_and_says_what_works(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pynvml

    def refuse() -> None:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_LIBRARY_NOT_FOUND)

    monkeypatch.setattr(pynvml, "nvmlInit", refuse)
    assert run(["doctor", "--device", "0", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "hwprof.doctor/1"
    assert found["usable"] is False
    last = found["findings"][-1]
    assert last["state"] == "fail"
    assert "driver" in last["found"]
    assert "--device cpu" in last["advice"]


def test_a_malformed_device_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--device", "gpu:0"]) == 2
    assert capsys.readouterr().err.startswith("hwprof: --device 'gpu:0'")


def test_a_fault_elsewhere_does_not_make_the_device_unusable() -> None:
    found = (
        checkup.Finding("store", State.FAIL, "read-only", "elsewhere"),
        checkup.Finding("device cpu", State.OK, "fine", of_device=True),
    )
    assert usable(found)
    assert document("cpu", found)["usable"] is True
    assert "-> elsewhere" in table(found)
    assert table(found).endswith("1 ok, 0 warn, 1 fail")


class Driver:
    """As much of pynvml as the checkup asks."""

    NVMLError = type("NVMLError", (Exception,), {})
    NVML_CLOCK_SM = 1

    def __init__(self, persistence: int, pids: tuple[int, ...]) -> None:
        self.persistence, self.pids = persistence, pids

    def __getattr__(self, name: str) -> Any:
        return {
            "nvmlSystemGetDriverVersion": lambda: b"580.1",
            "nvmlDeviceGetCount": lambda: 1,
            "nvmlDeviceGetHandleByIndex": lambda i: i,
            "nvmlDeviceGetPersistenceMode": lambda h: self.persistence,
            "nvmlDeviceGetClockInfo": lambda h, k: 345,
            "nvmlDeviceGetMaxClockInfo": lambda h, k: 1980,
            "nvmlDeviceGetComputeRunningProcesses": lambda h: [
                SimpleNamespace(pid=pid) for pid in self.pids
            ],
        }[name]


def test_gpu_settings_are_judged() -> None:
    quiet = {f.subject: f for f in checkup.gpu_settings(Driver(1, (os.getpid(),)))}
    assert quiet["GPU 0 persistence"].state is State.OK
    assert quiet["GPU 0 users"].found == "none"
    assert "345 of 1980 MHz" in quiet["GPU 0 clocks"].found
    busy = {f.subject: f for f in checkup.gpu_settings(Driver(0, (4711,)))}
    assert busy["GPU 0 persistence"].state is State.WARN
    assert "4711" in busy["GPU 0 users"].found


def test_every_device_of_this_machine_is_judged() -> None:
    subjects = [finding.subject for finding in checkup.requested("cpu")]
    assert subjects[0] == f"device {detect.local_cpu().name}"


def test_a_failed_check_exits_1_and_a_missing_device_3(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE theirs (a)")
    command = [sys.executable, "-m", "hwprof", "doctor", "--store", str(foreign), "--device"]
    failed = subprocess.run([*command, "cpu"], capture_output=True, text=True)
    assert failed.returncode == 1
    assert "belongs to another program" in failed.stdout
    assert failed.stdout.endswith(" 1 fail\n")
    assert subprocess.run([*command, "l4"], capture_output=True).returncode == 3
