"""Files that are not ours, not of our time, torn, locked, read-only, on a full disk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from microbench.errors import HwprofError, InputError
from microbench.store import default_path, open_store
from microbench.store.connection import connect, on_network
from microbench.store.schema import APPLICATION_ID, MIGRATIONS, VERSION


def test_a_new_store_is_marked_and_in_wal_mode(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er" / "store.sqlite"
    open_store(place).close()
    head = place.read_bytes()[:100]
    assert int.from_bytes(head[68:72]) == APPLICATION_ID
    assert int.from_bytes(head[60:64]) == VERSION
    assert head[18:20] == b"\x02\x02", "bytes 18 and 19 are 2 in WAL mode"


def test_a_missing_store_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `hwprof bench` first"):
        open_store(tmp_path / "none.sqlite", create=False)
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="run `hwprof bench` first"):
        open_store(tmp_path / "empty", create=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with open_store(tmp_path / "empty") as store:
        assert store.runs() == ()


@pytest.mark.parametrize("content", [b"hello\n", b"\x00" * 4096, b"SQLite format 2\x00" * 300])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "store.sqlite"
    place.write_bytes(content)
    for create in (True, False):
        with pytest.raises(InputError, match="is not a hwprof store"):
            open_store(place, create)
    assert place.read_bytes() == content


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    with sqlite3.connect(place) as foreign:
        foreign.execute("CREATE TABLE photos (id INTEGER)")
    before = place.read_bytes()
    with pytest.raises(InputError, match="belongs to another program"):
        open_store(place)
    assert place.read_bytes() == before


def test_a_newer_store_is_refused_with_advice(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    open_store(place).close()
    with sqlite3.connect(place) as later:
        later.execute(f"PRAGMA user_version={VERSION + 3}")
    for create in (True, False):
        with pytest.raises(InputError, match=f"version {VERSION + 3}.*upgrade hwprof"):
            open_store(place, create)


def test_an_older_store_climbs_every_step_in_one_transaction(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    connect(place).close()
    bad = (*MIGRATIONS, ("CREATE TABLE extra (x)",), ("no such statement",))
    with pytest.raises(HwprofError):
        connect(place, migrations=bad)
    with sqlite3.connect(place) as store:
        assert store.execute("PRAGMA user_version").fetchone()[0] == VERSION
        assert "extra" not in str(store.execute("SELECT name FROM sqlite_master").fetchall())
    connect(place, migrations=(*bad[:-1], ("ALTER TABLE extra ADD COLUMN y",))).close()
    with sqlite3.connect(place) as store:
        assert store.execute("PRAGMA user_version").fetchone()[0] == VERSION + 2
        assert store.execute("SELECT x, y FROM extra").fetchall() == []


def test_a_torn_store_is_named(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    open_store(place).close()
    content = place.read_bytes()
    place.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="is damaged"):
        open_store(place)
    place.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    with pytest.raises(InputError, match="is damaged"):
        open_store(place)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot make the folder"):
        open_store(tmp_path / "file" / "store.sqlite")


def test_a_locked_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microbench.store.connection.BUSY_TIMEOUT_S", 0.05)
    place = tmp_path / "store.sqlite"
    open_store(place).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(HwprofError, match="locked by another program"):
        open_store(place)
    other.close()


def test_network_file_systems_get_the_rollback_journal(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nserver:/home {tmp_path} nfs4 rw 0 0\n")
    place = tmp_path / "store.sqlite"
    assert on_network(place, mounts)
    assert not on_network(Path("/store.sqlite"), mounts)
    connection = connect(place, mounts=mounts)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    connection.close()


FULL = """
import resource, sys
from pathlib import Path
from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.errors import HwprofError
from microbench.store import open_store
sys.path.insert(0, {folder!r})
from test_store_contract import a_run
points = [Point("a", (("n", n),)) for n in range(500)]
store = open_store({place!r})
store.start_run(a_run(), points)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
done = 0
try:
    for point in points:
        samples = tuple(Sample(float(n)) for n in range(500))
        store.acknowledge(a_run(), Measurement(point, Quantity.LATENCY, Verdict.OK, value=1.0,
            samples=samples))
        done += 1
except HwprofError as error:
    print(done, error)
"""


def test_a_full_disk_loses_nothing_acknowledged(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    code = FULL.format(place=str(place), folder=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    count, _, message = done.stdout.partition(" ")
    assert "is the disk full?" in message
    assert "--resume" in message
    with open_store(place) as store:
        kept = store.measurements(store.runs()[0])
        assert 5 < len(kept) == int(count) < 500
        assert all(len(one.samples) == 500 for one in kept)


@pytest.fixture
def read_only(tmp_path: Path) -> Path:
    """A folder with a store that cannot be written even by root; skips where that needs rights."""
    place = tmp_path / "mount"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a tmpfs needs root")
    open_store(place / "store.sqlite").close()
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_read_only_folder(read_only: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be written.*--store"):
        open_store(read_only / "new.sqlite")
    with pytest.raises(InputError, match=r"cannot be written.*--store"):
        open_store(read_only / "store.sqlite")
    with open_store(read_only / "store.sqlite", create=False) as store:
        assert store.runs() == ()


def test_where_the_store_is_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HWPROF_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path() == tmp_path / "hwprof" / "hwprof.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert default_path() == Path.home() / ".local" / "share" / "hwprof" / "hwprof.sqlite"
    monkeypatch.setenv("HWPROF_STORE", "~/there.sqlite")
    assert default_path() == Path.home() / "there.sqlite"
