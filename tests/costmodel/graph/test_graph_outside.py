"""Ops outside every function are counted as those inside are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text
from hwprof.cli import app

OPS = '"x.y"() : () -> ()  "a.b"() ({ "foo.bar"() : () -> () }) : () -> ()'
FORMS = {
    "module": f"module {{ {OPS} }}",
    "generic module": f'"builtin.module"() ({{ {OPS} }}) : () -> ()',
    "nested modules": f"module {{ module @inner {{ {OPS} }} }}",
    "no module": OPS,
    "function": f"func.func @f() {{ {OPS} return }}",
    "beside a function": f"module {{ {OPS}\n func.func @f() {{\n  func.return\n }}\n}}",
}


@pytest.mark.parametrize("form", FORMS)
def test_unknown_ops_are_counted_wherever_they_stand(form: str) -> None:
    coverage = build(read_text(FORMS[form], "m.mlir")).coverage
    assert coverage.unknown == Counter(["x.y", "a.b", "foo.bar"])
    assert coverage.share < 1


@pytest.mark.parametrize("command", ["inspect", "predict"])
def test_a_module_of_unknown_ops_is_not_understood(command: str, tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text(FORMS["module"])
    device = ["--device", "t4"] if command == "predict" else []
    found = CliRunner().invoke(app, [command, str(file), *device, "--fail-under-coverage", "100"])
    assert found.exit_code != 0
    assert "25.0% of ops understood" in str(found.exception)


def test_structure_of_dialects_that_are_read_is_not_unknown() -> None:
    text = (
        "module {\n memref.global @g : memref<4xf32>\n gpu.module @k {\n  gpu.func @f() kernel {\n"
        "   gpu.return\n  }\n }\n"
        ' "ml_program.global"() {sym_name = "w"} : () -> ()\n'
        " func.func @f() {\n  func.return\n }\n}"
    )
    assert not build(read_text(text, "m.mlir")).coverage.unknown
