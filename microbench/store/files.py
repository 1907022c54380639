"""Files that are there whole or not at all: temporary sibling, fsync, rename.

What the file system refuses is one line everywhere: exit 1 where it is full, 2 for another place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from microbench.errors import HwprofError, InputError


def write_file(path: Path, content: bytes) -> None:
    """Write a new file; ``InputError`` when something is there already or nothing can be."""
    refuse_existing(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with translated(path):
            _write_synced(temporary, content)
            os.link(temporary, path)  # unlike a rename, fails when another was faster
            _sync_folder(path.parent)
    finally:
        discard(temporary)


def write_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a new folder that ``fill`` fills; nothing is left behind when it fails."""
    refuse_existing(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    made = missing_folders(path.parent)
    try:
        with translated(path):
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
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        remove_empty(made)


@contextlib.contextmanager
def replacing(path: Path, ending: str = "") -> Iterator[Path]:
    """Yield a temporary sibling that takes ``path``'s place if the block ends well.

    ``ending`` is the temporary name's, for writers that add one of their own.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part{ending}")
    try:
        with translated(path):
            yield temporary
            temporary.replace(path)
    finally:
        discard(temporary)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the file system refuses to the block into one line about ``path``."""
    try:
        yield
    except OSError as error:
        raise _explain(error, path) from error


def discard(path: Path) -> None:
    """Remove a file if it is there; a read-only file system refuses even where nothing is."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def missing_folders(folder: Path) -> list[Path]:
    """Return the folders that making ``folder`` would make, the innermost first."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def remove_empty(folders: list[Path]) -> None:
    """Remove folders, innermost first, as far as they are empty."""
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


def is_full(error: OSError) -> bool:
    """Say whether a write failed for want of room: on the disk, in a quota, under a limit."""
    return error.errno in _FULL


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
    told = os.strerror(error.errno) if error.errno else str(error)
    if is_full(error):
        return HwprofError(f"cannot write {path}: {told}; free space and try again")
    return InputError(f"cannot write {path}: {told}; choose another place")


_FULL = frozenset((errno.EFBIG, errno.ENOSPC, errno.EDQUOT))
