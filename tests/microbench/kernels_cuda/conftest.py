"""Skips where no CUDA compiler or disassembler is installed; cubins go to a folder of the test."""

from __future__ import annotations

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
    patch.setenv("HWPROF_CACHE", str(tmp_path_factory.mktemp("cubins")))
    yield
    patch.undo()
