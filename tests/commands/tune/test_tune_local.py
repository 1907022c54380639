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
from microbench.formats import NumberFormat
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


@pytest.mark.parametrize(
    ("what", "device", "words"),
    [
        ("gemm:64,64,64,fp4", "a100", "has no rate for fp4; it has bf16, fp16, fp32, int8, tf32"),
        (".", "a100", "cannot be read: Is a directory"),
        ("binary.json", "a100", "not text in UTF-8"),
        ("torn.json", "a100", "not JSON: Expecting value in line 1, column 8"),
    ],
)
def test_mistakes_are_told_in_plain_words(
    what: str, device: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "torn.json").write_text('{"a": [')
    found = run(what, "--device", device, folder=tmp_path)
    assert found.returncode == 2
    assert words in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_tiles_that_spill_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    from hwprof import tuning_compile

    def compiled(_: object, blocks: dict[str, int], *__: object) -> TileUsage:
        return TileUsage(200, 8 if blocks["BLOCK_M"] > 64 else 0, 1024, 0, 100)

    monkeypatch.setattr(tuning_compile, "compile_tile", compiled)
    rows = [{"BLOCK_M": m, "num_warps": 4} for m in (256, 128, 64, 32)]
    found, tried = tuning_compile.sound_first(
        "gemm:512,512,512,bf16", NumberFormat.BF16, catalogue.find("h100"), rows
    )
    assert [row["BLOCK_M"] for row in found] == [64, 32, 256, 128]
    assert [one.problem for one in tried] == [SPILLS, SPILLS, ""]
