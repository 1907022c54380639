"""``hwprof tune`` on this machine's CPU, and with tiles compiled for a GPU that is not there."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hwprof.tuning_compile import SPILLS, problem_of
from microbench.devices import catalogue
from microbench.kernels import cpu_jit
from microbench.workloads.triton_compile import TileUsage


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "tune", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(folder / "cache"),
            "HWPROF_LOCK_FOLDER": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(cpu_jit.problem() != "", reason="LLVM does not load here")
def test_blocks_are_measured_on_this_cpu_and_kept(tmp_path: Path) -> None:
    command = ("gemm:32,64,64,fp32", "--device", "cpu", "--budget", "2", "--json")
    first = run(*command, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    report = json.loads(first.stdout)
    assert len(report["measured"]) == 2
    assert report["measured_s"] == min(one["time_s"] for one in report["measured"])
    again = json.loads(run(*command, folder=tmp_path).stdout)
    assert again["measured"] == report["measured"]


def test_what_cannot_be_measured_here_is_one_line(tmp_path: Path) -> None:
    for what, device, words in (
        ("gemm:64,64,64,bf16", "cpu", "gemm:m,n,k,fp32"),
        ("gemm:64,64,64,fp32", "a100", "--device cpu or a GPU's number"),
    ):
        found = run(what, "--device", device, "--budget", "3", folder=tmp_path)
        assert found.returncode in (2, 3)
        assert words in found.stderr
        assert len(found.stderr.strip().splitlines()) == 1


def test_a_tile_is_judged_by_what_its_code_takes() -> None:
    h100 = catalogue.find("h100")
    sound = TileUsage(168, 0, 196_608, 0, 900)
    assert problem_of(sound, 8, h100) == ""
    assert problem_of(TileUsage(168, 16, 196_608, 0, 900), 8, h100) == SPILLS
    assert "shared memory" in problem_of(TileUsage(32, 0, 240_000, 0, 900), 4, h100)
    assert "registers" in problem_of(TileUsage(255, 0, 1024, 0, 900), 16, h100)


@pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="triton is not installed")
def test_a_spilling_tile_is_not_chosen_where_one_does_not_spill(tmp_path: Path) -> None:
    found = run(
        "gemm:4096,4096,4096,bf16", "--device", "h100", "--compile", "--json", folder=tmp_path
    )
    assert found.returncode == 0, found.stderr
    report = json.loads(found.stdout)
    problems = {json.dumps(one["configuration"]): one["problem"] for one in report["compiled"]}
    assert problems[json.dumps(report["choice"])] == ""
