"""``hwprof export`` writes runs, lists them and reads data sets back."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.store import Run, RunState, open_store

DEVICE = DeviceSpec("cpu", "A CPU", DeviceKind.CPU, "v", "a", None, 1, None, None, None, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of one run of one point."""
    started = datetime(2026, 1, 2, tzinfo=UTC)
    run = Run("20260102-000000-abcdef", "mine", DEVICE, started, RunState.COMPLETE, {})
    point = Point("a.b", (("n", 1),))
    with open_store(tmp_path / "store.sqlite") as store:
        store.start_run(run, [point])
        samples = (Sample(0.1), Sample(0.3))
        store.acknowledge(
            run, Measurement(point, Quantity.LATENCY, Verdict.OK, value=0.2, samples=samples)
        )
    return tmp_path


def export(
    folder: Path, *arguments: str, store: str = "store.sqlite"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "export", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "HWPROF_STORE": store, "COLUMNS": "160"},
    )


def test_a_data_set_goes_out_and_comes_back(folder: Path) -> None:
    out = export(folder, "mine", "--out", "set")
    assert (out.returncode, out.stdout, out.stderr) == (0, "run mine is in set\n", "")
    first = export(folder, "--import", "set", store="other.sqlite")
    assert first.stdout == "run mine is in the store\n"
    second = export(folder, "--import", "set", "--json", store="other.sqlite")
    assert json.loads(second.stdout)["imported"] is False
    listed = json.loads(export(folder, "--runs", "--json", store="other.sqlite").stdout)
    assert listed["schema"] == "hwprof.runs/1"
    assert [run["name"] for run in listed["runs"]] == ["mine"]


def test_csv_and_json_print_or_write(folder: Path) -> None:
    printed = export(folder, "--format", "csv")
    assert printed.stdout.splitlines()[1].startswith(
        "20260102-000000-abcdef,cpu,a.b,n=1,latency_s,ok"
    )
    assert export(folder, "--out", "run.csv").returncode == 0
    assert (folder / "run.csv").read_text() == printed.stdout
    document = json.loads(export(folder, "latest", "--format", "json").stdout)
    assert [sample["time_s"] for sample in document["measurements"][0]["samples"]] == [0.1, 0.3]


def test_the_runs_table(folder: Path) -> None:
    text = export(folder, "--runs").stdout
    assert "20260102-000000-abcdef" in text
    assert "A CPU" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "no run 'nope'"),
        ([], "pass --out FOLDER"),
        (["--out", "store.sqlite", "--format", "parquet"], "is there already"),
        (["--out", "run.foo"], "no format ends in '.foo'"),
        (["--out", "none/deep/x.csv"], "cannot write none/deep/x.csv"),
        (["--import", "missing"], "missing is not a data set"),
        (["--import", "."], ". is not a data set"),
        (["--format", "xml"], "xml"),
        (["--store", "missing.sqlite", "--out", "set"], "no store at missing.sqlite"),
    ],
)
def test_bad_usage_is_one_line_and_leaves_nothing(
    folder: Path, arguments: list[str], message: str
) -> None:
    done = export(folder, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in folder.iterdir()} <= {
        *("store.sqlite", "store.sqlite-wal", "store.sqlite-shm")
    }


HOLDER = """
import sys, time
from microbench.runner.lock import device_lock
with device_lock("cpu", "A CPU"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_run_whose_process_was_killed_is_told_as_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HWPROF_LOCK_FOLDER", str(tmp_path))
    here = hashlib.sha256(platform.node().encode()).hexdigest()[:16]
    with open_store(tmp_path / "store.sqlite") as store:
        for number, host in enumerate((here, "another", here)):
            started = datetime(2026, 1, 2, number, tzinfo=UTC)
            name = f"20260102-{number:02d}0000-abcdef"
            facts = {"host_sha256": host}
            run = Run(name, "", DEVICE, started, RunState.RUNNING, facts)
            store.start_run(run, [Point("a.b", ())])

    def states() -> list[str]:
        listed = json.loads(export(tmp_path, "--runs", "--json").stdout)
        return [run["state"] for run in listed["runs"]]

    command = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert states() == ["interrupted", "running", "running"]
        holder.kill()
    assert states() == ["interrupted", "running", "interrupted"]
