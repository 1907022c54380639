"""Files that are there whole or not at all: temporary sibling, fsync, rename; none replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from microbench.errors import HwprofError, InputError


def write_file(path: Path, content: bytes) -> None:
    """Write a new file; ``InputError`` when something is there already or nothing can be."""
    refuse_existing(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_synced(temporary, content)
        os.link(temporary, path)  # unlike a rename, fails when another was faster
        _sync_folder(path.parent)
    except OSError as error:
        raise _explain(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a new folder that ``fill`` fills; nothing is left behind when it fails."""
    refuse_existing(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        fill(temporary)
        for file in temporary.iterdir():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
        _sync_folder(temporary)
        refuse_existing(path)
        temporary.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _explain(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def refuse_existing(path: Path) -> None:
    """Raise ``InputError`` when something is at ``path`` already."""
    if path.exists() or path.is_symlink():
        raise InputError(f"{path} is there already: nothing is overwritten; choose another name")


def refuse_unwritable(path: Path) -> None:
    """Raise ``InputError`` when nothing can be made at ``path``, before hours go into it.

    The nearest folder that exists is asked; making the others happens when there is content.
    """
    for parent in path.absolute().parents:
        if parent.exists():
            break
    try:
        with tempfile.TemporaryFile(dir=parent):
            return
    except OSError as error:
        raise _explain(error, path) from error


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _explain(error: OSError, path: Path) -> HwprofError:
    if error.errno is not None and os.strerror(error.errno) in _FULL:
        return HwprofError(f"cannot write {path}: {error.strerror}; free space and try again")
    return InputError(f"cannot write {path}: {error.strerror or error}; choose another place")


_FULL = frozenset(os.strerror(number) for number in (27, 28, 122))
"""EFBIG, ENOSPC and EDQUOT (errno.h)."""
