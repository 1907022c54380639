"""Limits of control groups, both versions, nested and absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from microbench.devices import cgroup


def write(root: Path, **files: str) -> Path:
    names = {
        "own": "proc/self/cgroup",
        "root_cpu": "sys/fs/cgroup/cpu.max",
        "slice_cpu": "sys/fs/cgroup/user.slice/cpu.max",
        "slice_memory": "sys/fs/cgroup/user.slice/memory.max",
        "job_memory": "sys/fs/cgroup/user.slice/job/memory.max",
        "v1_quota": "sys/fs/cgroup/cpu/cpu.cfs_quota_us",
        "v1_period": "sys/fs/cgroup/cpu/cpu.cfs_period_us",
        "v1_memory": "sys/fs/cgroup/memory/memory.limit_in_bytes",
    }
    for name, text in files.items():
        file = root / names[name]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


@pytest.mark.parametrize(
    ("text", "cores"),
    [("max 100000\n", None), ("150000 100000\n", 1.5), ("broken\n", None), ("1 0\n", None)],
)
def test_the_quota_of_a_container(tmp_path: Path, text: str, cores: float | None) -> None:
    assert cgroup.quota_cores(write(tmp_path, own="0::/\n", root_cpu=text)) == cores


def test_the_tightest_group_above_counts(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        own="0::/user.slice/job\n",
        slice_cpu="200000 100000\n",
        slice_memory="4000000\n",
        job_memory="max\n",
    )
    assert cgroup.quota_cores(root) == 2
    assert cgroup.memory_limit_bytes(root) == 4_000_000
    assert cgroup.usable_memory_bytes(root) == 4_000_000


def test_version_1_is_read_too(tmp_path: Path) -> None:
    root = write(
        tmp_path, v1_quota="50000\n", v1_period="100000\n", v1_memory="9223372036854771712"
    )
    assert cgroup.quota_cores(root) == 0.5
    assert cgroup.memory_limit_bytes(root) is None
    assert cgroup.quota_cores(write(tmp_path, v1_quota="-1\n")) is None


def test_without_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert cgroup.quota_cores(tmp_path) is None
    assert cgroup.memory_limit_bytes(tmp_path) is None
    assert cgroup.usable_memory_bytes(tmp_path) > 2**20
