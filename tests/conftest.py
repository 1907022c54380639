"""Fixtures every test may use."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("hwprof", deadline=None)  # a busy machine is no failure
settings.load_profile("hwprof")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs with SIGINT ignored, and children would inherit that: the tests
    # that interrupt a run must find it as a terminal leaves it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def gradients_again() -> Iterator[None]:
    """Turn gradients on again after a test: CPU benchmarks turn them off in their own process."""
    yield
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_grad_enabled(True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of measured data sets kept beside a checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("HWPROF_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"measured data sets are not at {folder}; set HWPROF_SHARED_DATA")
    return folder
