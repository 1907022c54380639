"""``hwprof list`` answers at once and imports nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys

from microbench import suites


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "list", *arguments], capture_output=True, text=True
    )


def test_every_benchmark_has_a_line_with_its_question() -> None:
    done = run()
    assert done.returncode == 0
    assert done.stderr == ""
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["benchmark", "suite", "question"]
    assert len(lines) == len(suites.all_benchmarks())
    for line, benchmark in zip(lines, suites.all_benchmarks(), strict=True):
        assert line.split()[:2] == [benchmark.name, benchmark.suite]
        assert line.endswith(benchmark.question)


def test_filters() -> None:
    found = json.loads(run("--kind", "cpu", "--suite", "memory", "--json").stdout)
    assert found["schema"] == "hwprof.list/1"
    assert found["benchmarks"]
    assert {(one["device"], one["suite"]) for one in found["benchmarks"]} == {("cpu", "memory")}


def test_an_unknown_suite_is_one_line() -> None:
    done = run("--suite", "memroy")
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: no suite 'memroy'")
    assert "did you mean memory" in done.stderr
    assert len(done.stderr.splitlines()) == 1
