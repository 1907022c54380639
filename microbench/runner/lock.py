"""One measurement at a time on a device: an advisory lock file that names its holder."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microbench.errors import DeviceError


def lock_folder() -> Path:
    """Return where locks lie: ``$HWPROF_LOCK_FOLDER``, else the machine's temporary folder."""
    return Path(os.environ.get("HWPROF_LOCK_FOLDER") or tempfile.gettempdir())


@contextmanager
def device_lock(key: str, title: str) -> Iterator[Path]:
    """Hold the lock of a device; it goes with this process, however it ends.

    ``key`` is ``cpu`` or a GPU's UUID, so that two numberings of one GPU meet. ``DeviceError``
    names the process that holds it.
    """
    path = _path(key)
    descriptor = _open(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DeviceError(
                f"{title} is being measured by {_holder(descriptor)}: two measurements at once "
                "would both be wrong; wait for it, or pass another --device"
            ) from error
        os.truncate(descriptor, 0)
        command = " ".join(Path(word).name for word in sys.argv[:2])
        os.pwrite(descriptor, f"{os.getpid()}\n{command}\n".encode(), 0)
        yield path
    finally:
        os.close(descriptor)


def measuring(key: str) -> bool:
    """Say whether the process that last locked a device on this machine still runs.

    Looks without locking, so that no measurement about to start is turned away.
    """
    import psutil

    path = _path(key)
    try:
        pid = int(path.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
        locked_at = path.stat().st_mtime
        return psutil.Process(pid).create_time() <= locked_at + 1.0  # else the number was reused
    except (OSError, ValueError, psutil.Error):
        return False


def _path(key: str) -> Path:
    name = key if key.isalnum() else hashlib.sha256(key.encode()).hexdigest()[:16]
    return lock_folder() / f"hwprof-{name}.lock"


def _open(path: Path) -> int:
    """Open the lock file; another user's is opened as it is, never made anew."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        try:
            return os.open(path, flags)
        except FileNotFoundError:
            descriptor = os.open(path, flags | os.O_CREAT, 0o666)
            os.fchmod(descriptor, 0o666)
            return descriptor
    except OSError as error:
        raise DeviceError(
            f"cannot open the device lock {path} ({error.strerror}): set HWPROF_LOCK_FOLDER to a "
            "folder that everyone who measures here can write"
        ) from error


def _holder(descriptor: int) -> str:
    lines = os.pread(descriptor, 200, 0).decode(errors="replace").split("\n")
    pid = lines[0].strip()
    command = f" ({lines[1].strip()})" if len(lines) > 1 and lines[1].strip() else ""
    return f"pid {pid}{command}" if pid else "another process"
