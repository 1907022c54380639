"""Skips where no CUDA compiler or disassembler is installed."""

from cuda_tools import cuda_tools  # noqa: F401 - an autouse fixture
