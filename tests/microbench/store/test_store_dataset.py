"""A data set folder reads back exactly, once, whole, or not at all."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_store_contract import POINTS, a_run, measured

from microbench.benchmark import Sample, Verdict
from microbench.errors import HwprofError, InputError
from microbench.store import Store, open_store
from microbench.store.dataset import export_dataset, import_dataset, read_dataset
from microbench.store.files import write_file, write_folder
from microbench.store.flat import csv_text, json_text


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store.sqlite")
    run = a_run(processes=2)
    store.start_run(run, POINTS)
    store.acknowledge(run, measured(POINTS[0]), 0)
    store.acknowledge(run, measured(POINTS[0], value=2.0), 1)
    bare = replace(measured(POINTS[1], Verdict.FAILED, None), samples=(), code=None, notes={})
    store.acknowledge(run, bare)
    many = tuple(Sample(n * 1e-9 / 3) for n in range(1000))
    store.acknowledge(run, replace(measured(POINTS[2]), samples=many))
    return store


def test_export_and_import_are_exact_and_idempotent(filled: Store, tmp_path: Path) -> None:
    run = filled.runs()[0]
    folder = export_dataset(filled, run, tmp_path / "set")
    with open_store(tmp_path / "other.sqlite") as other:
        assert import_dataset(other, folder) == (run, True)
        assert import_dataset(other, folder) == (run, False)
        assert other.runs() == (run,)
        assert other.points(run) == filled.points(run)
        assert other.process_measurements(run) == filled.process_measurements(run)
        again = export_dataset(other, run, tmp_path / "again")
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


def test_an_empty_run_survives(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.sqlite") as store:
        store.start_run(a_run(), POINTS)
        folder = export_dataset(store, a_run(), tmp_path / "set")
    assert read_dataset(folder) == (a_run(), POINTS, ())


def test_nothing_is_overwritten_and_nothing_is_left_behind(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    with pytest.raises(InputError, match="there already"):
        export_dataset(filled, filled.runs()[0], tmp_path / "set")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="there already"):
        write_file(tmp_path / "file", b"theirs")
    assert (tmp_path / "file").read_text() == "mine"

    def fail(place: Path) -> None:
        (place / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(HwprofError, match="free space"):
        write_folder(tmp_path / "other", fail)
    assert not [path for path in tmp_path.iterdir() if "other" in path.name]


@pytest.mark.parametrize("name", ["samples.parquet", "measurements.parquet"])
def test_a_changed_table_is_refused(filled: Store, tmp_path: Path, name: str) -> None:
    folder = export_dataset(filled, filled.runs()[0], tmp_path / "set")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match="is not the file"):
        read_dataset(folder)
    (folder / name).unlink()
    with pytest.raises(InputError, match="is not the file"):
        read_dataset(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "hwprof.dataset/9"}, "version 9.*upgrade hwprof"),
        ({"schema": "other/1"}, "is a 'other'"),
        ({"schema": 4}, "is not the header"),
        ({"sha256": {}}, "does not name the hashes"),
        ({"run": {}}, "is damaged"),
        ({"points": [{}]}, "not a point"),
        ({"device": {}}, "not a device"),
    ],
)
def test_a_bad_header_is_refused(
    filled: Store, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    folder = export_dataset(filled, filled.runs()[0], tmp_path / "set")
    header = json.loads((folder / "environment.json").read_text())
    (folder / "environment.json").write_text(json.dumps({**header, **change}))
    with pytest.raises(InputError, match=message):
        read_dataset(folder)


def test_what_is_no_data_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a data set"):
        read_dataset(tmp_path)
    (tmp_path / "environment.json").write_bytes(b"\xff\x00")
    with pytest.raises(InputError, match="is not the header"):
        read_dataset(tmp_path)


def test_csv_has_a_row_a_point_with_all_digits(filled: Store) -> None:
    rows = list(csv.DictReader(csv_text(filled, filled.runs()[0]).splitlines()))
    assert [row["benchmark"] for row in rows] == ["a.b"] * 3
    assert rows[0]["setting"] == "size_bytes=4096 op=read"
    assert float(rows[0]["value"]) == 2.25
    assert rows[1]["value"] == ""
    assert rows[2]["samples"] == "1000"


def test_json_has_every_sample(filled: Store) -> None:
    document = json.loads(json_text(filled, filled.runs()[0]))
    assert document["schema"] == "hwprof.run/1"
    assert [len(one["samples"]) for one in document["measurements"]] == [2, 2, 0, 1000]
    assert document["measurements"][3]["samples"][2]["time_s"] == 2e-9 / 3
