"""The compiler's own parser as oracle: the same ops, by name and number.

Needs iree-base-compiler here, or an interpreter that has it in ``HWPROF_STRICT_PYTHON``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from costmodel.graph.functions import Survey
from costmodel.mlir.reader import read_file
from costmodel.mlir.strict import StrictResult, parse_strictly

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.mlir"))
PYTHON = os.environ.get("HWPROF_STRICT_PYTHON") or sys.executable


@pytest.fixture(scope="module")
def compiler() -> str:
    found = subprocess.run([PYTHON, "-c", "import iree.compiler"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip("no iree-base-compiler here, nor in HWPROF_STRICT_PYTHON")
    return PYTHON


def ours(path: Path) -> dict[str, int]:
    counts = Survey.of(read_file(path)).ops
    return {
        name: count
        for name, count in counts.items()
        if not StrictResult.is_terminator(name) and name != "builtin.module"
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_examples_have_the_ops_the_compiler_reads(path: Path, compiler: str) -> None:
    strict = parse_strictly(path, compiler)
    assert strict.problem == ""
    assert ours(path) == {n: c for n, c in strict.ops.items() if n != "builtin.module"}


def test_a_file_the_compiler_refuses_is_reported_not_raised(tmp_path: Path, compiler: str) -> None:
    path = tmp_path / "m.mlir"
    path.write_text("%0 = stablehlo.add %a : tensor<4xf32>\n")
    assert "error" in parse_strictly(path, compiler).problem


def test_an_interpreter_that_is_not_there_is_reported(tmp_path: Path) -> None:
    problem = parse_strictly(EXAMPLES[0], str(tmp_path / "python")).problem
    assert "cannot be started" in problem
