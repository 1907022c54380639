"""What ``hwprof predict`` and ``report`` refuse rather than answer with another thing's numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sample_runs import a_run

from costmodel.analytic.cpu_file import write
from hwprof.prediction import predictions_for

MLP = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
PHI = "xeon-phi-7250"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("predict", str(MLP), "--device", f"l4,{PHI}"), "Xeon-Phi-7250: no model for this CPU"),
        (("predict", str(MLP), "--device", "l4", "--out", "z.svg"), "--out z.svg goes with"),
        (("predict", str(MLP), "--device", "l4", "--contexts", "4k"), "goes with --serving"),
        (("predict", "--table", "t", "--out", "o", "--device", "l4"), "--device has no use with"),
        (("predict", "--table", "t", "--out", "o", "--json"), "--json has no use with --table"),
        (("predict", "--table", "t", "--out", "o.csv"), "o.csv: --table writes Parquet: name it o"),
        (("predict", "--serving", "c.json", "--stack", "xla"), "--stack has no use with --serving"),
        (("predict", str(MLP), "--device-column", "g"), "--device-column goes with --table"),
        (("report", "r.json", "--device", "l4"), "--device needs an MLIR file: hwprof report"),
        (("report", "--stack", "xla"), "--stack needs an MLIR file: hwprof report model.mlir"),
        (("report", str(MLP), "--device", PHI), "measure there and pass --cost-model"),
    ],
)
def test_a_refusal_is_one_line(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HWPROF_STORE": str(tmp_path / "store.sqlite")},
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_model_measured_elsewhere_says_where(tmp_path: Path) -> None:
    write(tmp_path / "phi.npz", "Intel Xeon Phi 7250", "r1", a_run())
    (result,) = predictions_for(MLP, PHI, model_file=tmp_path / "phi.npz")
    assert result.device.name == "Xeon-Phi-7250"
    told = f"model of {tmp_path / 'phi.npz'}, measured on Intel Xeon Phi 7250, 12 points, 0 noisy"
    assert result.basis == told
