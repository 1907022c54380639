"""The page on getting MLIR: its examples run as printed and hwprof reads what they write."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/getting-mlir.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
PYTHON = [text for kind, text in BLOCKS if kind == "python"]


def python(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def inspected(file: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "hwprof", "inspect", str(file), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_in_python_prints_what_the_page_shows() -> None:
    (printed,) = [text for kind, text in BLOCKS if kind == "text"]
    assert python(PYTHON[-1], ROOT) == printed


@pytest.mark.skipif(find_spec("jax") is None, reason="JAX is not installed")
def test_what_jax_writes_is_read(tmp_path: Path) -> None:
    static, dynamic = (
        text for text in PYTHON if ".lower(x, w).as_text()" in text or "symbolic" in text
    )
    serialised = 'open("artifact.mlirbc", "wb").write(exported.mlir_module_serialized)\n'
    (text_again,) = [text for text in PYTHON if "deserialize_portable_artifact" in text]
    text_again = text_again.replace('"model.mlir"', '"again.mlir"')
    (elided,) = [text for text in PYTHON if "large_elements_limit" in text]
    python("\n".join((static, dynamic, serialised, text_again, elided)), tmp_path)
    assert "gemm 8x32x16" in inspected(tmp_path / "model.mlir")
    for name in ("dynamic.mlir", "again.mlir"):
        assert "gemm 8x32x16" in inspected(tmp_path / name, "--batch", "8")
