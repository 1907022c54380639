"""``hwprof inspect`` run as people run it: stdout, stderr, exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from costmodel.graph.build import Graph
from costmodel.kernel import Family, Kernel
from hwprof.inspection_tables import kernels
from microbench.formats import NumberFormat

ROOT = Path(__file__).resolve().parents[3]
RESNET = "examples/resnet50.stablehlo.mlir"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "inspect", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
    )


def test_table_is_as_recorded() -> None:
    done = run("examples/depthwise_separable.tosa.mlir")
    golden = Path(__file__).with_name("depthwise_separable.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rstrip() for line in done.stdout.splitlines()] == golden.read_text().splitlines()


def test_json_has_the_promised_keys() -> None:
    done = run(RESNET, "--json", "--stack", "xla")
    found = json.loads(done.stdout)
    assert found["schema"] == "hwprof.inspect/1"
    assert {"ops", "flop", "bytes", "coverage", "kernels", "loops", "calls"} <= set(found)
    assert found["ops"]["stablehlo.convolution"] == 53
    assert found["flop"] == pytest.approx(7.94e9, rel=2e-3)
    assert found["coverage"]["share"] == 1
    total = sum(kernel["flop"] * kernel["count"] for kernel in found["kernels"])
    assert total == pytest.approx(found["flop"])


def test_coverage_gate(tmp_path: Path) -> None:
    model = tmp_path / "m.mlir"
    model.write_text('%0 = "my.mystery"() : () -> tensor<8xf32>\n%1 = "my.other"() : () -> f32\n')
    done = run(str(model), "--fail-under-coverage", "90")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "0.0% of ops understood" in done.stderr
    assert "my.mystery" in done.stderr
    assert run(RESNET, "--fail-under-coverage", "100").returncode == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"ML\xefRjunk", "MLIR bytecode"),
        (b"module {\n", "the file ends inside a region"),
        (b"module {\n" * 100_000, "the file ends inside a region"),
        (
            b"func.func @f(%a: tensor<1" + b"0" * 23 + b"xf32>) {\nreturn\n}\n",
            "larger than MLIR allows",
        ),
    ],
    ids=["empty", "bytecode", "truncated", "deep", "dimension"],
)
def test_bad_files_are_one_line_and_exit_2(tmp_path: Path, content: bytes, words: str) -> None:
    model = tmp_path / "m.mlir"
    model.write_bytes(content)
    done = run(str(model))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_file_folder_and_wrong_options() -> None:
    for arguments, words in (
        (("none.mlir",), "no such file"),
        (("examples",), "a folder"),
        ((RESNET, "--stack", "mine"), "unknown stack"),
        ((RESNET, "--shape", "arg0.0"), "NAME=SIZE"),
        ((RESNET, "--shape", "a b=3"), "name a dimension"),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_strict_without_the_compiler_says_how_to_get_it(tmp_path: Path) -> None:
    bare = tmp_path / "python"  # without site-packages, where the compiler would be
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "$@"\n')
    bare.chmod(0o755)
    environment = {**os.environ, "HWPROF_STRICT_PYTHON": str(bare)}
    done = subprocess.run(
        [sys.executable, "-m", "hwprof", "inspect", RESNET, "--strict"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0
    assert done.stderr == (
        "strict: nothing to compare with: iree-base-compiler is not installed: pip install "
        "iree-base-compiler, or set HWPROF_STRICT_PYTHON to an interpreter that has it\n"
    )


def test_work_without_traffic_has_no_intensity() -> None:
    kernel = Kernel("k", Family.OTHER, "rng", NumberFormat.FP32, 8.0, 0.0)
    drawn, _ = kernels(Graph("m.mlir", kernels=[kernel]), 0, 120)
    cells = {str(column.header): [*map(str, column.cells)] for column in drawn.columns}
    assert cells["traffic"] == ["0 B"]
    assert "inf" not in str(cells)
