"""Model files are data: they round-trip, and damaged, hostile or newer ones are refused."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from costmodel.learned import model_file
from costmodel.learned.model_file import ModelFile
from costmodel.learned.predictor import Predictor
from microbench.errors import InputError


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this ran",))


def write(path: Path) -> Path:
    model_file.write(path, {"note": "x"}, {"gemm/a": np.arange(5), "moe/b": np.eye(2)})
    return path


def test_header_and_arrays_round_trip(tmp_path: Path) -> None:
    read = ModelFile(write(tmp_path / "m.npz"))
    assert read.header["note"] == "x"
    assert np.array_equal(read.arrays("gemm")["a"], np.arange(5))
    assert set(read.arrays("moe")) == {"b"}


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    write(tmp_path / "m.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["m.npz"]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"\0" * 100])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a hwprof model"):
        ModelFile(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such model file"):
        ModelFile(tmp_path / "none.npz")


def test_pickled_arrays_never_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.npz"
    np.savez(path, header=np.array([Evil()], dtype=object))
    with pytest.raises(InputError, match="not a hwprof model"):
        ModelFile(path)
    (tmp_path / "p.npz").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(InputError, match="not a hwprof model"):
        ModelFile(tmp_path / "p.npz")
    assert "this ran" not in capsys.readouterr().out


def test_a_changed_array_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "m.npz")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["gemm/a.npy"] = parts["gemm/a.npy"].replace(b"\x03\0\0\0", b"\x04\0\0\0")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="damaged"):
        ModelFile(path).arrays("gemm")


def test_a_newer_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file, "VERSION", 99)
    path = write(tmp_path / "m.npz")
    monkeypatch.undo()
    with pytest.raises(InputError, match="newer hwprof"):
        ModelFile(path)


def _packed(path: Path, header: bytes | None, claim: tuple[int, ...] = ()) -> Path:
    """Write an archive with a header's bytes, or with an array that claims a shape it has not."""
    text = io.BytesIO()
    if header is not None:
        np.save(text, np.frombuffer(header, dtype=np.uint8))
    else:
        about = {"descr": "|u1", "fortran_order": False, "shape": claim}
        np.lib.format.write_array_header_1_0(text, about)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.npy", text.getvalue())
    return path


@pytest.mark.parametrize(
    "header",
    [
        b"[1, 2]",
        b"[" * 200_000,
        b'{"schema": "hwprof.model/1", "families": [1]}',
        b'{"schema": "hwprof.model/1", "sha256": 7}',
        b'{"schema": "hwprof.model/' + b"9" * 5000 + b'"}',
        None,
    ],
    ids=["list", "deep", "families", "digests", "version", "claimed size"],
)
def test_hostile_headers_are_refused(tmp_path: Path, header: bytes | None) -> None:
    with pytest.raises(InputError):
        ModelFile(_packed(tmp_path / "m.npz", header, (10**13,)))


def test_a_single_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.npy"
    np.save(path, np.arange(3))
    with pytest.raises(InputError, match="single array"):
        ModelFile(path)


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "m.npz")
    monkeypatch.setattr(model_file, "MAX_BYTES", path.stat().st_size)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.npy", bytes(10**6))
    monkeypatch.setattr(model_file, "MAX_BYTES", path.stat().st_size)
    with pytest.raises(InputError, match="unpacks to more"):
        ModelFile(path)


@pytest.mark.parametrize("name", ["low", "high"])
def test_a_training_range_of_other_features_is_refused(tmp_path: Path, name: str) -> None:
    shipped = Predictor.load()
    arrays = dict(shipped.everything())
    arrays[f"recurrent/{name}"] = arrays[f"recurrent/{name}"][:-1]
    header = {key: one for key, one in shipped.header.items() if key not in {"schema", "sha256"}}
    path = tmp_path / "short.npz"
    model_file.write(path, header, arrays)
    with pytest.raises(InputError, match="a training range of other features"):
        Predictor.load(path).model("recurrent")
