"""Calibration holds each call out of the model that predicts it; a tuning becomes its figure."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sample_runs import a_run

from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from reports.checked import pairs_of, trials_of
from reports.evidence import Trial
from reports.figures.tuning import tuning

CPU = DeviceSpec("cpu", "a test", DeviceKind.CPU, "none", "none", None, 1, None, None, None, None)
TUNING = {
    "schema": "hwprof.tune/1",
    "what": "space.json",
    "device": "A100",
    "choice": {"tile": 4},
    "measured": [
        {"configuration": {"tile": 1}, "time_s": 3e-3},
        {"configuration": {"tile": 2}, "time_s": None},
        {"configuration": {"tile": 4}, "time_s": 1e-3},
    ],
}


def test_a_call_is_predicted_by_a_model_that_never_saw_it() -> None:
    run = a_run()
    pairs = {pair.name: pair for pair in pairs_of(run, CPU)}
    assert len(pairs) == 10
    slow = [
        replace(one, time_s=10 * one.time_s) if one.time_s and one.point["n"] == 512 else one
        for one in run
        if one.point.benchmark == "cpu.gemm"
    ]
    rest = [one for one in run if one.point.benchmark != "cpu.gemm"]
    disturbed = {pair.name: pair for pair in pairs_of([*rest, *slow], CPU)}
    name = "matmul fp32 1x512x512x512"
    assert disturbed[name].measured_s == pytest.approx(10 * pairs[name].measured_s)
    assert disturbed[name].predicted_s == pytest.approx(pairs[name].predicted_s, rel=0.05)


def test_a_run_of_few_calls_has_no_pairs() -> None:
    assert pairs_of(a_run()[:5], CPU) == ()
    assert pairs_of([], catalogue.find("h100-sxm")) == ()


def test_a_tuning_becomes_trials_with_the_choice_marked() -> None:
    trials = trials_of(TUNING, "t.json")
    assert [trial.number for trial in trials] == [1, 2, 3]
    assert [trial.latency_s for trial in trials] == [3e-3, None, 1e-3]
    assert [trial.blocks for trial in trials if trial.chosen] == ["tile=4"]


@pytest.mark.parametrize(
    ("broken", "message"),
    [({"measured": []}, "run `hwprof tune` with --budget"), ({"choice": 3}, "a damaged tuning")],
)
def test_a_tuning_without_a_curve_is_named(broken: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        trials_of({**TUNING, **broken}, "t.json")


def test_the_command_draws_a_tuning(tmp_path: Path) -> None:
    (tmp_path / "tune.json").write_text(json.dumps(TUNING))
    command = [sys.executable, "-m", "hwprof", "report", "tune.json", "--figure", "tuning"]
    done = subprocess.run(
        [*command, "--format", "svg"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "hwprof-report" / "tuning.svg").read_text()
    assert "3 configurations tried, 1 failed" in drawn


def test_a_choice_of_many_parameters_leaves_the_curve_its_room() -> None:
    blocks = " ".join(f"a_long_parameter_{i}={i}" for i in range(12))
    figure = tuning([Trial(1, 1e-3, blocks), Trial(2, 8e-4, blocks, chosen=True)])
    figure.draw_without_rendering()
    curve, space = figure.axes
    assert min(curve.get_window_extent().width, space.get_window_extent().width) > 250
    (told,) = space.texts
    assert told.get_window_extent().x1 <= space.get_window_extent().x1
    assert "a_long_parameter_11=11" in told.get_text()
