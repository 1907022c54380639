"""Which run of a store the CPU's predictions come from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_runs import a_run

from hwprof.prediction import cpu_run
from microbench.devices.detect import local_cpu
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.store import open_store
from microbench.store.run import Run, RunState

MLP = str(Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir")


def add(
    store: Path, name: str, count: int, spec: DeviceSpec, state: RunState = RunState.COMPLETE
) -> None:
    measurements = a_run()[:count]
    with open_store(store) as opened:
        run = Run(name, "", spec, datetime.now(UTC), state, {})
        opened.start_run(run, [one.point for one in measurements])
        for one in measurements:
            opened.acknowledge(run, one)
        opened.finish_run(run, state)


def test_a_later_partial_or_foreign_run_hides_nothing(tmp_path: Path) -> None:
    store, here = tmp_path / "s.sqlite", local_cpu()
    add(store, "20260101-000000-aaaaaa", 99, here)
    add(store, "20260102-000000-bbbbbb", 1, here)
    add(store, "20260103-000000-cccccc", 99, replace(here, title="Another CPU"))
    run, measurements, _ = cpu_run(store)
    assert run.id == "20260101-000000-aaaaaa"
    assert len(measurements) == len(a_run())


def test_without_a_usable_run_the_next_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `hwprof bench` first"):
        cpu_run(tmp_path / "none.sqlite")
    add(tmp_path / "s.sqlite", "20260101-000000-aaaaaa", 1, local_cpu())
    with pytest.raises(InputError, match="library calls"):
        cpu_run(tmp_path / "s.sqlite")


def hwprof(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hwprof", *arguments, "--store", str(store)]
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("state", list(RunState))
def test_predictions_and_reports_say_where_their_run_was_cut_off(
    state: RunState, tmp_path: Path
) -> None:
    store, name = tmp_path / "s.sqlite", "20260101-000000-aaaaaa"
    add(store, name, 99, local_cpu(), state)
    ended = state in {RunState.COMPLETE, RunState.PARTIAL}
    told = f"{state}: `hwprof bench --resume` measures the rest"
    predicted = hwprof(store, "predict", MLP, "--device", "cpu")
    assert predicted.returncode == 0, predicted.stderr
    (line,) = [one for one in predicted.stdout.splitlines() if one.startswith("one thread, rates")]
    assert line == f"one thread, rates of run {name}: 12 points, 0 noisy" + (
        "" if ended else f"; {told}"
    )
    for source in ((), (MLP, "--device", "cpu")):
        out = tmp_path / f"r{len(source)}"
        made = hwprof(store, "report", *source, "--format", "json", "--out", str(out))
        assert made.returncode == 0, made.stderr
        warnings = json.loads((out / "report.json").read_text())["warnings"]
        assert (f"run {name}: {told}" in warnings) != ended
        assert (f"warning: run {name}: {told}" in made.stderr) != ended
