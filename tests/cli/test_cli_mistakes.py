"""Mistakes a new user makes: one line that says what to do, exit code 2, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
RESNET, MLP = str(EXAMPLES / "resnet50.stablehlo.mlir"), str(EXAMPLES / "mlp.linalg.mlir")
ON_H100 = ("--device", "h100-sxm")


def hwprof(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            "HWPROF_STORE": str(folder / "store.sqlite"),
            "HOME": str(folder),
            "PATH": "/bin",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        },
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("predict", RESNET, *ON_H100, "--batch", "8"), "dimension 0 is fixed in every tensor"),
        (("predict", RESNET, *ON_H100, "--shape", "arg9.0=4"), "no such dynamic dimension"),
        (("predict", RESNET, *ON_H100, "--shape", "N=4"), "the text has no value %N"),
        (("predict", RESNET, *ON_H100, "--shape", f"arg0.0={10**22}"), "from 1 to 2^63 - 1"),
        (("predict", MLP, "--shape", "arg0.0=4", "--shape", "arg0.0=8"), "is given twice: 4 and 8"),
        (("predict", MLP, *ON_H100, "--json", "--csv"), "exclude each other"),
        (("predict", MLP, "--device", "cuda:0"), "GPUs of this machine are 0, 1"),
        (("devices", "4091"), "unknown device '4091'"),
        (("predict", MLP, "--device=-1"), "GPUs of this machine are 0, 1"),
        (("benhc",), "did you mean hwprof bench?"),
        (("predict", MLP, "--top", "-1"), "'-1' is below 0. See: hwprof predict --help"),
        (("predict", MLP, "--top", "x"), "'x' is no whole number. See: hwprof predict --help"),
        (("predict", MLP, "--batch", f"{2**31}"), f"'{2**31}' is above {2**31 - 1}. See:"),
        (("tune", "", *ON_H100), "name a kernel, as gemm:4096,4096,4096,bf16, or a space file"),
        (("tune", "gemm:", *ON_H100), "'gemm:' has 1 field, not 4"),
        (("tune", f"gemm:{10**20},1,1,bf16", *ON_H100), "m is too large: 2147483647 is"),
        (("tune", "gemm:8,0,8,bf16", *ON_H100), "not a whole number above 0"),
        (("tune", "gemm:8,8,8,fp6", *ON_H100), "number format: fp6_e3m2 or fp6_e2m3"),
        (("predict", MLP, "--fail-under-coverage", "x"), "'x' is no number. See:"),
        (("tune", "x", "--device", "l4", "--export", "x"), "'--export': 'x' is not one of"),
        (("report", MLP, *ON_H100, "--run", "mine"), "--run shows a stored run by itself"),
        (("report", "none.json"), "none.json: cannot be read: No such file or directory"),
        (("compare", "a", "b", "--thresholds", "none.toml"), "read: No such file or directory"),
        (("compare", "", "x"), "a run's name is blank: give an id, a name, a folder"),
        (("report", MLP, *ON_H100, "--out", "/proc/r"), "cannot write /proc/r"),
        (("bench", "--device", "cpu", "--quick", "--out", "/proc/x"), "cannot write /proc/x"),
        (("bench", "--device", "cpu", "--resume"), "no store at"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = hwprof(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_functions_that_only_call_each_other_have_no_entry(tmp_path: Path) -> None:
    (tmp_path / "m.mlir").write_text(
        "func.func @f(%a: f32) -> f32 {\n  %0 = call @f(%a) : (f32) -> f32\n  return %0 : f32\n}\n"
    )
    done = hwprof("predict", "m.mlir", *ON_H100, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: m.mlir:1:1: every function is called by another")


def test_an_unknown_op_is_said_in_the_headline(tmp_path: Path) -> None:
    text = Path(RESNET).read_text().replace("stablehlo.convolution(", "stablehlo.convolutoin(", 1)
    (tmp_path / "m.mlir").write_text(text)
    done = hwprof("predict", "m.mlir", *ON_H100, "--top", "1", folder=tmp_path)
    assert done.returncode == 0
    headline = done.stdout[: done.stdout.index("\nkernel ")]
    assert "; without 1 op nobody costed" in " ".join(headline.split())
