"""Skips where no CUDA compiler or disassembler is installed; cubins go to a folder of the test."""

from __future__ import annotations

import os

import pytest

from microbench.errors import DeviceError
from microbench.kernels.cuda_compile import compiler_name
from microbench.kernels.cuda_sass import nvdisasm_path


@pytest.fixture(scope="session", autouse=True)
def cuda_tools(tmp_path_factory):
    """NVRTC and nvdisasm, neither of which needs a GPU; a cache that starts empty."""
    try:
        compiler_name()
        nvdisasm_path()
    except DeviceError as error:
        pytest.skip(str(error))
    patch = pytest.MonkeyPatch()
    base = tmp_path_factory.getbasetemp()
    # Workers of one run share cubins: a name is the hash of all that went in.
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    patch.setenv("HWPROF_CACHE", str(shared / "cuda-cache"))
    yield
    patch.undo()
