"""Both counts of a convolution's work are offered: with and without the taps on padding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[2] / "examples" / "resnet50.stablehlo.mlir"


@pytest.mark.parametrize(("flags", "flop"), [([], 7.936e9), (["--count-padding"], 8.22e9)])
def test_padding_counts_only_when_asked(flags: list[str], flop: float) -> None:
    command = [sys.executable, "-m", "hwprof", "predict", str(MODEL), "--device", "h100-sxm"]
    done = subprocess.run([*command, "--json", *flags], capture_output=True, text=True, check=True)
    (device,) = json.loads(done.stdout)["devices"]
    total = sum(kernel["work_flop"] * kernel["count"] for kernel in device["kernels"])
    assert total == pytest.approx(flop, rel=1e-3)
