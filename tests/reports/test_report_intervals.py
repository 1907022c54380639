"""Every predicted time of a report stands beside its 90% interval, and every doubt is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from markupsafe import escape

from hwprof.units import seconds
from reports.figures.style import between


def hwprof(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *map(str, arguments)], capture_output=True, text=True
    )


@pytest.mark.parametrize("stack", ["vendor", "inductor", "torch-eager"])
def test_every_total_has_the_interval_that_predict_tells(stack: str, tmp_path: Path) -> None:
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    wanted = ("--device", "h100-sxm", "--stack", stack)
    done = hwprof("report", model, *wanted, "--format", "html,md,svg", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(hwprof("predict", model, *wanted, "--json").stdout)["devices"]
    whole = f"{seconds(told['latency_s'])} (90% interval {between(told['low_s'], told['high_s'])})"
    kernels = told["kernels"]
    ends = [sum(one[end] * one["count"] for one in kernels) for end in ("low_s", "high_s")]
    html, markdown = ((tmp_path / f"report.{kind}").read_text() for kind in ("html", "md"))
    assert f"predicted to take {whole}" in html
    assert f"predicted to take {whole}" in markdown
    assert f"90% interval {between(*ends)}).\n" in html
    rows = [line for line in markdown.splitlines() if line.startswith("| ")][1:]
    assert all(" to " in row.split("|")[4] for row in rows if "---" not in row)
    assert f"| {between(*ends)} |" in rows[-1]
    assert f"in all {between(*ends)}" in (tmp_path / "waterline-time.svg").read_text()
    for warning in told["warnings"]:
        assert escape(warning) in html
        assert f"> {warning}" in markdown
        assert warning in " ".join(done.stderr.split())
    assert bool(told["warnings"]) == (stack == "vendor")
