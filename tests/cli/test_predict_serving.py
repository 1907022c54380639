"""``hwprof predict --serving``: the worked numbers, from a configuration file to the table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = Path(__file__).parents[2] / "examples" / "configs" / "yi-34b.json"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "predict", *arguments], capture_output=True, text=True
    )


def test_a_34b_model_on_an_80_gb_card() -> None:
    done = run("--serving", str(CONFIG), "--device", "a100-sxm", "--contexts", "4k,50k", "--json")
    document = json.loads(done.stdout)
    assert document["schema"] == "hwprof.serving/1"
    assert document["model"]["kv_bytes_per_token"] == 245_760
    short, long = document["rows"]
    assert long["concurrency"] == 1
    assert long["kv_bytes"] == 50_000 * 245_760
    assert short["decode_s"] < long["decode_s"]


def test_a_context_that_does_not_fit_says_so() -> None:
    done = run("--serving", str(CONFIG), "--device", "l4", "--contexts", "100k")
    assert done.returncode == 0
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("L4 ")]
    assert row.endswith("does not fit")
    document = json.loads(run("--serving", str(CONFIG), "--device", "l4", "--json").stdout)
    assert {one["prefill_s"] for one in document["rows"]} == {None}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--serving", "no-such.json", "--device", "l4"], "no-such.json: cannot be read"),
        (["--serving", str(CONFIG), "--device", "cpu"], "unknown"),
        (["--serving", str(CONFIG), "--device", "l4", "--contexts", "many"], "context length"),
        (["model.mlir", "--serving", str(CONFIG)], "give one MLIR file"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr
