"""Limits this process runs under: the tightest CPU quota and memory limit of its control groups.

Reads version 2 (``cpu.max``, ``memory.max``) from the process's own group up to the root, and
version 1 where it is mounted. Source: Documentation/admin-guide/cgroup-v2.rst of the Linux kernel.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path("/")
UNLIMITED_BYTES = 1 << 60
"""Version 1 writes a number near 2^63 where there is no limit."""


def quota_cores(root: Path = ROOT) -> float | None:
    """Return the CPU quota in cores, or ``None`` without one."""
    found = []
    for folder in _groups(root):
        words = _words(folder / "cpu.max")
        if len(words) == 2 and words[0].isdigit() and int(words[1]):
            found.append(int(words[0]) / int(words[1]))
    quota = _words(root / "sys/fs/cgroup/cpu/cpu.cfs_quota_us")
    period = _words(root / "sys/fs/cgroup/cpu/cpu.cfs_period_us")
    if quota and period and quota[0].isdigit() and int(period[0]):
        found.append(int(quota[0]) / int(period[0]))
    return min(found, default=None)


def memory_limit_bytes(root: Path = ROOT) -> int | None:
    """Return the memory limit in bytes, or ``None`` without one."""
    files = [folder / "memory.max" for folder in _groups(root)]
    files.append(root / "sys/fs/cgroup/memory/memory.limit_in_bytes")
    limits = [int(words[0]) for words in map(_words, files) if words and words[0].isdigit()]
    return min((limit for limit in limits if limit < UNLIMITED_BYTES), default=None)


def usable_memory_bytes(root: Path = ROOT) -> int:
    """Return memory this process may use: what the machine has, cut by its limit."""
    installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = memory_limit_bytes(root)
    return installed if limit is None else min(installed, limit)


def _groups(root: Path) -> Iterator[Path]:
    """Yield the folder of this process's version 2 group and of each one above it."""
    mount = root / "sys/fs/cgroup"
    for line in _lines(root / "proc/self/cgroup"):
        number, _, path = line.partition("::")
        if number == "0":
            inside = Path(path.lstrip("/"))
            yield from (mount / part for part in (inside, *inside.parents))
            return
    yield mount


def _words(file: Path) -> list[str]:
    return " ".join(_lines(file)).split()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
