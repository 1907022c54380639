"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of measured data sets kept beside a checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("HWPROF_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"measured data sets are not at {folder}; set HWPROF_SHARED_DATA")
    return folder
