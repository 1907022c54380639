"""``hwprof tune`` run as a user runs it: whole outputs, exit codes, resuming."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from costmodel.blocks.problems import parse_kernel
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue

SPACE = {
    "General": {"BenchmarkName": "toy"},
    "ConfigurationSpace": {
        "TuningParameters": [
            {"Name": "block_size_x", "Type": "int", "Values": "[32, 64, 128, 256]"},
            {"Name": "tile", "Type": "int", "Values": "[1, 2, 4]"},
        ],
        "Conditions": [
            {"Expression": "block_size_x * tile <= 256", "Parameters": ["block_size_x", "tile"]}
        ],
    },
}


def result(x: int, tile: int, time_ms: float) -> dict[str, object]:
    return {
        "configuration": {"block_size_x": x, "tile": tile},
        "times": {"runtimes": [time_ms]},
        "invalidity": "correct" if time_ms else "runtime",
        "correctness": 1,
        "measurements": [{"name": "time", "value": time_ms, "unit": "milliseconds"}],
        "objectives": ["time"],
    }


def results(scale: float) -> dict[str, object]:
    rows = [
        result(x, tile, 0 if (x, tile) == (32, 1) else scale * (1 + abs(x - 128) / 64 + 1 / tile))
        for x in (32, 64, 128, 256)
        for tile in (1, 2, 4)
        if x * tile <= 256
    ]
    return {"schema_version": "1.0.0", "results": rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "space.json").write_text(json.dumps(SPACE))
    none = {"parameters": {"a": [1, 2]}, "constraints": ["a > 5"]}
    zero = {"parameters": {"a": [0, 1]}, "derived": {"t": "4 // a"}, "constraints": ["t < 4"]}
    for name, space in (("none", none), ("zero", zero)):
        (tmp_path / f"{name}.json").write_text(json.dumps(space))
    (tmp_path / "cache").mkdir()
    (tmp_path / "history").mkdir()
    for name, scale in (("A100-SXM-40GB", 1.0), ("L4", 3.0)):
        (tmp_path / "history" / f"{name}.json").write_text(json.dumps(results(scale)))
    return tmp_path


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "tune", *arguments],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
    )


def test_replay_finds_the_best_and_goes_on_where_it_stopped(folder: Path) -> None:
    options = ("space.json", "--device", "L4", "--history", "history", "--json")
    first = json.loads(run(*options, "--budget", "2", folder=folder).stdout)
    assert first["schema"] == "hwprof.tune/1"
    assert first["choice"] == {"block_size_x": 128, "tile": 2}
    assert first["measured_s"] == pytest.approx(4.5e-3)
    assert list(first["history"]) == ["A100-SXM-40GB"]
    again = json.loads(run(*options, "--budget", "4", folder=folder).stdout)
    assert again["measured"][:2] == first["measured"]
    assert len(again["curve_s"]) == 4
    assert again["curve_s"] == sorted(again["curve_s"], reverse=True)


def test_t4_export_is_read_back(folder: Path) -> None:
    options = ("space.json", "--device", "L4", "--history", "history", "--budget", "3")
    done = run(*options, "--export", "t4", folder=folder)
    (folder / "mine.json").write_text(done.stdout)
    replayed = run(
        *("space.json", "--device", "L4", "--replay", "mine.json", "--budget", "3", "--json"),
        folder=folder,
    )
    assert json.loads(replayed.stdout)["measured_s"] == pytest.approx(4.5e-3)


def test_t1_export_of_a_t1_file_is_that_file(folder: Path) -> None:
    whole = {**SPACE, "KernelSpecification": {"Language": "CUDA", "KernelFile": "toy.cu"}}
    (folder / "whole.json").write_text(json.dumps(whole))
    done = run("whole.json", "--device", "L4", "--export", "t1", folder=folder)
    assert json.loads(done.stdout) == whole


@pytest.mark.parametrize("device", ["l4", "cpu"])
def test_t1_export_of_a_kernel_is_a_space_file(device: str, folder: Path) -> None:
    kernel = "gemm:256,256,256,fp32"
    done = run(kernel, "--device", device, "--export", "t1", folder=folder)
    (folder / "gemm.json").write_text(done.stdout)
    as_file = json.loads(run("gemm.json", "--device", "L4", "--json", folder=folder).stdout)
    as_kernel = json.loads(run(kernel, "--device", device, "--json", folder=folder).stdout)
    assert as_file["feasible"] == as_kernel["feasible"]


def test_kernel_on_a_catalogue_device(tmp_path: Path) -> None:
    done = run("gemm:4096,4096,4096,bf16", "--device", "h100-sxm", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    head, *lines = done.stdout.splitlines()
    assert head == "gemm:4096,4096,4096,bf16 on H100-SXM-80GB"
    words = ["choice", "time", "libraries", "runner-up", "resources", "binding", "space"]
    assert [line.split()[0] for line in lines] == words
    assert re.search(r"libraries +[\d.]+ .s \([\d.]+ .s to [\d.]+ .s with 90%\)", lines[2])


@pytest.mark.parametrize(
    ("word", "whose"),
    [("", "of serving stacks' prefill kernels"), (",full", "of vision encoders' kernels")],
)
def test_of_attention_the_measured_kernels_are_named(word: str, whose: str, tmp_path: Path) -> None:
    done = run(f"attention:4,16,16,512,64,bf16{word}", "--device", "h100", folder=tmp_path)
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("  libraries")]
    assert line.endswith(f"by `hwprof predict` {whose}")


def test_what_libraries_take_is_what_predict_says(tmp_path: Path) -> None:
    kernel = "attention:1,32,8,4096,128,bf16"
    (said,) = Predictor.load().predict([parse_kernel(kernel)], catalogue.find("l4"))
    found = json.loads(run(kernel, "--device", "l4", "--json", folder=tmp_path).stdout)
    assert found["libraries"] == {
        "latency_s": said.latency_s,
        "low_s": said.low_s,
        "high_s": said.high_s,
        "flags": ["outside-training-range"],
    }


def test_a_time_learned_from_measured_products_has_an_interval_of_its_own(tmp_path: Path) -> None:
    options = ("gemm:4096,4096,4096,fp8_e4m3", "--device", "mi300x")
    found = json.loads(run(*options, "--json", folder=tmp_path).stdout)
    low_s, high_s = found["interval_s"]
    assert low_s < found["predicted_s"] < high_s
    assert found["libraries"] is None
    assert " with 90%) predicted" in run(*options, folder=tmp_path).stdout


@pytest.mark.parametrize(
    "kernel", ["grouped_gemm:8,4096,2,1024,1024,bf16", "recurrent:16,512,64,4,bf16"]
)
def test_where_no_like_kernel_was_measured_libraries_are_not_named(
    kernel: str, tmp_path: Path
) -> None:
    done = run(kernel, "--device", "h100-sxm", folder=tmp_path)
    assert done.returncode == 0
    assert "libraries" not in done.stdout
    assert (
        json.loads(run(kernel, "--device", "h100-sxm", "--json", folder=tmp_path).stdout)[
            "libraries"
        ]
        is None
    )


def test_triton_export_is_a_python_list(tmp_path: Path) -> None:
    text = run(
        *("attention:1,32,8,4096,128,bf16", "--device", "a100-sxm-80gb", "--export", "triton"),
        folder=tmp_path,
    ).stdout
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("configs = [", "]")
    for line in lines[1:-1]:
        assert line.startswith("    triton.Config({")
        assert "num_warps=" in line


def test_two_campaigns_on_one_gpu_are_no_history_of_each_other(folder: Path) -> None:
    for name, scale in (("TITAN_RTX", 1.0), ("TITAN_RTX_again", 2.0)):
        (folder / "history" / f"{name}.json").write_text(json.dumps(results(scale)))
    found = [
        json.loads(
            run(
                *("space.json", "--device", name, "--history", "history", "--budget", "3"),
                "--json",
                folder=folder,
            ).stdout
        )
        for name in ("TITAN_RTX", "TITAN_RTX_again")
    ]
    assert [set(one["history"]) for one in found] == [{"A100-SXM-40GB", "L4"}] * 2
    assert found[1]["measured_s"] == 2 * found[0]["measured_s"]


BAD = [
    (("gemm:1,2,bf16", "--device", "l4"), 2, "has 3 fields, not 4: gemm:m,n,k,dtype"),
    (("gemm:1,2,0,bf16", "--device", "l4"), 2, "k is '0', not a whole number above 0"),
    (("gemm:1,2,3,bf17", "--device", "l4"), 2, "'bf17' is no number format"),
    (("gemm:1,2,3,bf16", "--device", "nope"), 2, "unknown device 'nope'"),
    (("gemm:1,2,3,bf16", "--device", "all"), 2, "--device 'all': tune chooses for one device"),
    (("gemm:1,2,3,bf16", "--device", "h100,l4"), 2, "'h100,l4': tune chooses for one device"),
    (("space.json", "--device", "h100,l4"), 2, "'h100,l4': tune chooses for one device"),
    (("space.json", "--device", "", "--export", "t1"), 2, "--device '': tune chooses for one"),
    (("attention:1,2,2,64,64,bf16,ful", "--device", "l4"), 2, "'ful' is neither causal nor full"),
    (("gemm:8,8,8,fp32", "--device", "cpu", "--compile"), 2, "--compile is for tiles that are"),
    (("gemm:8,8,8,fp32", "--device", "cpu", "--sweep", "s", "--json"), 2, "no use with --sweep"),
    (("gemm:8,8,8,fp32", "--device", "l4", "--export", "t1", "--budget", "1"), 2, "no use with"),
    (("none.json", "--device", "l4"), 2, "none.json: space none: no configuration satisfies"),
    (
        ("zero.json", "--device", "l4"),
        2,
        "zero.json: constraint 't < 4', written out: '4 // a < 4'",
    ),
    (("space.json", "--device", "l4", "--history", "cache"), 2, "cache: no file of results in it"),
    (("gemm:8,8,8,bf16", "--device", "l4", "--json", "--export", "t1"), 2, "exclude each other"),
    (("gemm:8,8,8,bf16", "--device", "l4", "--budget", "3"), 3, "--budget"),
    (("missing.json", "--device", "l4"), 2, "missing.json: no such file"),
    (("space.json", "--device", "l4", "--history", "none"), 2, "--history none: no such folder"),
    (("space.json", "--device", "l4", "--budget", "3"), 3, "nothing to measure l4 with"),
    (("space.json", "--device", "l4", "--export", "t4"), 2, "--export t4 writes measurements"),
    (("recurrent:1,8,8,4,fp32", "--device", "l4"), 2, "keeps 16-bit weights"),
    (("recurrent:1,9999,8,4,bf16", "--device", "l4"), 2, "no configuration satisfies '800479944 +"),
    (("decode:1,1,1,1,4096,bf16", "--device", "l4"), 2, "4096,bf16: no tile fits L4: space decode"),
    (("cutlass_gemm:8,8,8,bf16", "--device", "mi300x"), 2, "hwprof: cutlass_gemm:8,8,8,bf16: cutl"),
    (
        ("cutlass_gemm:64,64,64,bf16", "--device", "l4", "--export", "triton"),
        2,
        "no Triton kernel has these parameters; --export json",
    ),
]


@pytest.mark.parametrize(("arguments", "code", "message"), BAD)
def test_faults_are_one_line(
    arguments: tuple[str, ...], code: int, message: str, folder: Path
) -> None:
    done = run(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_constraint_that_is_code_runs_nothing(folder: Path) -> None:
    evil = {"parameters": {"x": [1]}, "constraints": ["open('owned', 'w') or x"]}
    (folder / "evil.json").write_text(json.dumps(evil))
    done = run("evil.json", "--device", "l4", folder=folder)
    assert done.returncode == 2
    assert "open('owned', 'w') or x" in done.stderr
    assert not (folder / "owned").exists()


def test_a_list_for_triton_begins_with_different_output_tiles(tmp_path: Path) -> None:
    """An autotuner that measures near-copies of one guess measures one guess."""
    asked = ("gemm:4096,4096,4096,bf16", "--device", "h100")
    listed = run(*asked, "--export", "triton", folder=tmp_path).stdout
    tiles = re.findall(r'"BLOCK_M": (\d+), "BLOCK_N": (\d+)', listed)
    assert len(tiles) == 8
    assert len(set(tiles[:3])) == 3
    choice = json.loads(run(*asked, "--json", folder=tmp_path).stdout)["choice"]
    assert tiles[0] == (str(choice["BLOCK_M"]), str(choice["BLOCK_N"]))
