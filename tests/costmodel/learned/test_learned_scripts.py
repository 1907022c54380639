"""Scripts that measure the learned models say what they do and take when asked for help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / f"{name}.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=BENCHMARKS.parent)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("monotone", "How often twice the work is predicted"),
        ("row_repeatability", "How far one kernel's row differs"),
        ("latency_repeatability", "Run the latency ladder again and again"),
        ("bench_predict_table", "Time to load the shipped models"),
        ("start_up", "CPU time of commands from start to end"),
    ],
)
def test_help_is_the_first_lines_of_the_script(name: str, told: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
    assert done.stdout.startswith(f"usage: {name}.py")


def test_an_unknown_family_is_named() -> None:
    done = run("monotone", ".", "gemm", "gem")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "monotone.py: error: no such family: gem"
