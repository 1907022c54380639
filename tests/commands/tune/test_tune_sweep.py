"""A sweep on this machine: resumed, read back, and honest about what failed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from costmodel.blocks import results
from costmodel.blocks.library import Limits, Operator
from costmodel.blocks.space import build
from costmodel.blocks.space_files import read_space
from costmodel.blocks.sweep_spaces import sweep_space
from hwprof import tuning_sweep
from hwprof.tuning_measure import Task
from hwprof.tuning_sweep import Sweep, run, sweep_of
from microbench.benchmark import Verdict
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.runner.target import Target
from microbench.tiles.timer import Timed

SPACE = build("toy", {"A": [1, 2, 3], "B": [4, 5]}, ["A * B <= 12"])


class Timer:
    """Times a configuration by its product; some fail."""

    asked = 0

    def __init__(self, *_: object) -> None: ...

    def time(self, row: dict[str, int]) -> Timed:
        Timer.asked += 1
        if row == {"A": 1, "B": 4}:
            return Timed(math.nan, Verdict.WRONG_RESULT, "off by 3")
        if row == {"A": 2, "B": 4}:
            return Timed(math.nan, Verdict.THROTTLED, "hot")
        time_s = row["A"] * row["B"] * 1e-3
        return Timed(time_s, Verdict.OK, "", (time_s,))

    def close(self) -> None: ...


@pytest.fixture
def sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sweep:
    monkeypatch.setattr(tuning_sweep, "TileTimer", Timer)
    monkeypatch.setenv("HWPROF_LOCK_FOLDER", str(tmp_path))
    Timer.asked = 0
    return sweep_of("gemm:1,2,3,bf16", SPACE, "L4", tmp_path)


def swept(sweep: Sweep, most: int | None = None) -> int:
    def believed(columns: object) -> np.ndarray:
        raise AssertionError("a sweep believes nothing")

    task = Task(SPACE, believed, "b", "m", {}, ())
    return run(sweep, task, Target(catalogue.find("l4"), "test"), most, lambda _: None)


def test_a_sweep_goes_on_where_it_stopped_and_repeats_only_what_was_disturbed(
    sweep: Sweep,
) -> None:
    assert sweep.folder.name == "gemm-1-2-3-bf16"
    assert swept(sweep, most=2) >= 3
    assert Timer.asked == 2
    assert swept(sweep) == 1  # the throttled one is never final
    before = Timer.asked
    assert swept(sweep) == 1
    assert Timer.asked == before + 1


def test_a_torn_line_costs_one_configuration(sweep: Sweep) -> None:
    swept(sweep)
    text = sweep.log.read_text()
    sweep.log.write_text(text[:-20])
    assert swept(sweep) == 1
    assert len({json.dumps(r["configuration"]) for r in sweep.records()}) == 5


def test_results_are_read_back_as_history(sweep: Sweep) -> None:
    swept(sweep)
    recording = results.read(sweep.folder / "L4.json")
    times = {
        (row["A"], row["B"]): time
        for row, time in zip(recording.configurations, recording.time_s, strict=True)
    }
    assert times[3, 4] == pytest.approx(12e-3)
    assert math.isnan(times[1, 4])
    assert recording.device == "L4"
    assert read_space(sweep.folder / "space.json").parameters == SPACE.parameters
    words = {
        one["invalidity"] for one in json.loads((sweep.folder / "L4.json").read_text())["results"]
    }
    assert words == {"correct", "correctness", "runtime"}


def test_another_space_is_not_mixed_in(sweep: Sweep) -> None:
    swept(sweep, most=1)
    other = Sweep(sweep.what, build("toy", {"A": [1]}), sweep.device, sweep.folder)
    with pytest.raises(InputError, match="another space was swept here"):
        swept(other)


def test_the_spaces_to_sweep_have_about_two_thousand_tiles() -> None:
    from costmodel.blocks.enumerate import count

    limits = Limits.of(catalogue.find("h200"))
    assert limits is not None
    assert count(sweep_space(Operator.GEMM, limits, 2, 0)) == 1728
    assert count(sweep_space(Operator.ATTENTION, limits, 2, 128)) == 595
    with pytest.raises(InputError, match="gemm and attention"):
        sweep_space(Operator.REDUCTION, limits, 2, 0)
