"""Places that cannot be written: a read-only file system is exit 2, a full one is exit 1."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_runs import a_run

from microbench.devices.detect import local_cpu
from microbench.errors import HwprofError
from microbench.store import Run, RunState, open_store
from microbench.store.files import replacing

EXAMPLES = Path(__file__).parents[2] / "examples"
MODEL, CONFIG = str(EXAMPLES / "mlp.linalg.mlir"), str(EXAMPLES / "configs" / "yi-34b.json")
WRITERS = (
    ("export", "latest", "--store", "STORE", "--out", "PLACE/run.csv"),
    ("export", "latest", "--store", "STORE", "--out", "PLACE/run.json"),
    ("export", "latest", "--store", "STORE", "--out", "PLACE/new/set"),
    ("fit", "--from", "latest", "--store", "STORE", "--out", "PLACE/cpu.npz"),
    ("predict", "--serving", CONFIG, "--device", "h200", "--out", "PLACE/serving.png"),
    ("report", MODEL, "--device", "h200", "--out", "PLACE/new/report"),
    ("compare", "latest", "latest", "--store", "STORE", "--junit", "PLACE/junit.xml"),
    ("tune", "gemm:64,64,64,fp32", "--device", "cpu", "--sweep", "PLACE/new/sweep"),
    ("bench", "--device", "cpu", "--quick", "--only", "cpu.clock", "--store", "PLACE/s.sqlite"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a made-up run of this processor."""
    place = tmp_path_factory.mktemp("store") / "store.sqlite"
    now = datetime(2026, 1, 2, tzinfo=UTC)
    run = Run("20260102-000000-abcdef", "mine", local_cpu(), now, RunState.COMPLETE, {})
    with open_store(place) as opened:
        opened.start_run(run, [one.point for one in a_run()])
        for one in a_run():
            opened.acknowledge(run, one)
    return place


def mounted(place: Path, size: str) -> Iterator[Path]:
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True
    )
    if done.returncode:
        pytest.skip("mounting a tmpfs needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that even root cannot write."""
    for place in mounted(tmp_path_factory.mktemp("read-only") / "mount", "64k"):
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        yield place


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which files can be named, but hold nothing."""
    for place in mounted(tmp_path_factory.mktemp("full") / "mount", "8k"):
        (place / "filler").write_bytes(b"0" * 8192)
        yield place


def run(place: Path, store: Path, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    words = [word.replace("STORE", str(store)).replace("PLACE", str(place)) for word in command]
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "HWPROF_LOCK_FOLDER": str(store.parent)},
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line, which says what is wrong; no command has a traceback."""
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", WRITERS, ids=lambda words: " ".join(words[:2]))
def test_a_read_only_file_system_is_bad_input(
    read_only: Path, store: Path, command: tuple[str, ...]
) -> None:
    done = run(read_only, store, command)
    assert done.returncode == 2, done.stderr
    line = told(done)
    assert str(read_only) in line
    assert "ead-only file system" in line or "unable to open database file" in line


@pytest.mark.parametrize("command", WRITERS, ids=lambda words: " ".join(words[:2]))
def test_a_full_disk_is_exit_1_and_nothing_is_left(
    full: Path, store: Path, command: tuple[str, ...]
) -> None:
    done = run(full, store, command)
    assert done.returncode == 1, done.stderr
    line = told(done)
    assert str(full) in line
    assert "No space left on device" in line or "is the disk full?" in line
    assert [path.name for path in full.iterdir()] == ["filler"]


def half_written(place: Path) -> None:
    with replacing(place) as part:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_was_there_stays_when_its_successor_cannot_be_written(tmp_path: Path) -> None:
    place = tmp_path / "model.npz"
    place.write_bytes(b"before")
    with pytest.raises(HwprofError, match="No space left"):
        half_written(place)
    assert place.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["model.npz"]
