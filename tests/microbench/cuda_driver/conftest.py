"""Builds the driver and the host kernels once a session; skips without g++ or CUDA's compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cuda_tools import cuda_tools  # noqa: F401 - an autouse fixture

sys.path.insert(0, str(Path(__file__).parent))

from host_kernels import build_driver, build_kernels

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def driver(tmp_path_factory, cuda_tools) -> dict[str, str]:  # noqa: F811
    """The environment in which cuda.bindings finds the driver made of C++."""
    if shutil.which("g++") is None:
        pytest.skip("no g++")
    pytest.importorskip("cuda.bindings.driver")
    folder = tmp_path_factory.mktemp("driver")
    places = [str(build_driver(folder)), os.environ.get("LD_LIBRARY_PATH", "")]
    return {
        "LD_LIBRARY_PATH": os.pathsep.join(filter(None, places)),
        "FAKE_CUDA_KERNELS": str(build_kernels(folder)),
    }


@pytest.fixture
def python(driver, tmp_path) -> Run:
    """Run Python text in a process of its own that has this GPU."""

    def run(text: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", text],
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, **driver, "FAKE_CUDA_LOG": str(tmp_path / "launches"), **more},
        )

    return run
