"""Model files: NumPy arrays and a JSON header in one archive. Nothing in them can run."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from microbench.errors import InputError
from microbench.store.files import replacing

SCHEMA = "hwprof.model"
VERSION = 1
MAX_BYTES = 256 * 1024**2
Arrays = dict[str, npt.NDArray[Any]]
_UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What NumPy, zip and JSON raise for bytes that are not what they claim to be."""


def write(path: Path, header: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write header and arrays; the file appears whole or not at all."""
    digests = {name: _digest(array) for name, array in arrays.items()}
    document = {"schema": f"{SCHEMA}/{VERSION}", **header, "sha256": digests}
    text = np.frombuffer(json.dumps(document, sort_keys=True).encode(), dtype=np.uint8)
    with replacing(path, ".npz") as temporary:
        np.savez_compressed(temporary, header=text, **arrays)  # type: ignore[arg-type]


class ModelFile:
    """An open model file: the header at once, arrays when a family is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.stat().st_size > MAX_BYTES:
                raise InputError(f"{path}: larger than any hwprof model: not a model file")
            archive = np.load(path, allow_pickle=False)
            if not isinstance(archive, np.lib.npyio.NpzFile):
                raise InputError(f"{path}: not a hwprof model file, but a single array")
            self._archive = archive
            self._refuse_bombs()
            self.header: dict[str, Any] = _header(archive["header"])
        except FileNotFoundError as error:
            raise InputError(f"{path}: no such model file") from error
        except _UNREADABLE as error:
            raise InputError(f"{path}: not a hwprof model file, or a damaged one") from error
        name, _, version = str(self.header.get("schema", "")).partition("/")
        if name != SCHEMA or not (version.isascii() and version.isdigit()):
            raise InputError(f"{path}: not a hwprof model file")
        if len(version) > 9 or int(version) > VERSION:
            raise InputError(
                f"{path}: written by a newer hwprof (model schema {version[:9]}); upgrade"
            )

    def _refuse_bombs(self) -> None:
        """Refuse an archive that unpacks to more than any model; zip never reads past its claim."""
        if self._archive.zip is None:
            raise ValueError("closed archive")
        if sum(member.file_size for member in self._archive.zip.infolist()) > MAX_BYTES:
            raise InputError(f"{self.path}: unpacks to more than any hwprof model")

    def arrays(self, prefix: str) -> Arrays:
        """Return the arrays named ``prefix/...``, checked against the header's digests."""
        names = [name for name in self._archive.files if name.startswith(f"{prefix}/")]
        return {name.removeprefix(f"{prefix}/"): self._array(name) for name in names}

    def everything(self) -> Arrays:
        """Return all arrays by their full names, checked against the header's digests."""
        return {name: self._array(name) for name in self._archive.files if name != "header"}

    def _array(self, name: str) -> npt.NDArray[Any]:
        try:
            array = self._archive[name]
        except _UNREADABLE as error:
            raise InputError(f"{self.path}: {name} is damaged") from error
        if _digest(array) != self.header.get("sha256", {}).get(name):
            raise InputError(f"{self.path}: {name} is not what was written: file damaged")
        return np.asarray(array)


def _header(array: npt.NDArray[Any]) -> dict[str, Any]:
    header = json.loads(array.tobytes())
    if not isinstance(header, dict):
        raise TypeError("the header is not an object")
    for name in ("families", "sha256", "calibrated"):
        if not isinstance(header.get(name, {}), dict):
            raise TypeError(f"{name} is not an object")
    return header


def _digest(array: npt.NDArray[Any]) -> str:
    kind = f"{array.dtype.str}{array.shape}".encode()
    return hashlib.sha256(kind + np.ascontiguousarray(array).tobytes()).hexdigest()
