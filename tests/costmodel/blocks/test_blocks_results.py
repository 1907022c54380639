"""Results as Kernel Tuner writes them: finished and open caches, T4 of any objective."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from costmodel.blocks.results import Recording, read
from costmodel.blocks.space import Value
from microbench.errors import InputError

CACHE: dict[str, Any] = {
    "schema_version": "1.0.0",
    "device_name": "NVIDIA RTX A4000",
    "kernel_name": "toy",
    "tune_params_keys": ["bx", "tile"],
    "tune_params": {"bx": [16, 32], "tile": [1, 2]},
    "objective": "time",
    "cache": {
        "16,1": {"bx": 16, "tile": 1, "time": 4.0, "times": [4.0, 4.0]},
        "16,2": {"bx": 16, "tile": 2, "time": "CompilationFailedConfig"},
        "32,1": {"bx": 32, "tile": 1, "time": 1e20},
        "32,2": {"bx": 32, "tile": 2, "time": 3.0, "__error__": "RuntimeFailedConfig"},
    },
}


@pytest.mark.parametrize("cut", ["", "}", "}}", "}},"])
def test_a_cache_is_read_finished_or_still_open(tmp_path: Path, cut: str) -> None:
    text = json.dumps(CACHE)
    assert text.endswith("}}}")
    body = text.removesuffix("}}") if cut else text
    (tmp_path / "c.json").write_text(body + ("," if cut == "}}," else ""))
    found = read(tmp_path / "c.json")
    assert found.device == "NVIDIA RTX A4000"
    assert found.time_s[0] == pytest.approx(4e-3)
    assert [math.isnan(time) for time in found.time_s] == [False, True, True, True]


def test_a_device_without_a_name_is_called_like_its_file(tmp_path: Path) -> None:
    (tmp_path / "L4.json").write_text(json.dumps({**CACHE, "device_name": ""}))
    assert read(tmp_path / "L4.json").device == "L4"


def t4(path: Path, **result: object) -> Path:
    row = {"configuration": {"bx": 16}, "invalidity": "correct", "correctness": 1, **result}
    path.write_text(json.dumps({"schema_version": "1.0.0", "results": [row]}))
    return path


def measurement(name: str, value: object, unit: str = "") -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit}


@pytest.mark.parametrize(
    ("result", "seconds"),
    [
        ({"times": {}, "measurements": [measurement("time", 2.0)]}, 2e-3),
        ({"times": {}, "measurements": [measurement("time", 2.0, "us")]}, 2e-6),
        ({"times": {}, "measurements": [measurement("time", [1.0, 3.0], "ms")]}, 2e-3),
        ({"times": {"runtimes": [1.0, 3.0]}}, 2e-3),
        (
            {
                "times": {"runtimes": [5.0]},
                "objectives": ["GFLOP/s"],
                "measurements": [measurement("GFLOP/s", 900.0)],
            },
            5e-3,
        ),
        (
            {
                "times": {},
                "objectives": ["GFLOP/s"],
                "measurements": [measurement("time", 2.0), measurement("GFLOP/s", 900.0)],
            },
            2e-3,
        ),
        ({"times": {"runtimes": [1.0]}, "correctness": 0}, math.nan),
        ({"times": {"runtimes": []}, "invalidity": "compile"}, math.nan),
    ],
)
def test_times_of_t4_are_times_whatever_the_objective(
    tmp_path: Path, result: dict[str, object], seconds: float
) -> None:
    found = read(t4(tmp_path / "r.json", **result)).time_s[0]
    assert found == pytest.approx(seconds, nan_ok=True)


def test_an_objective_that_is_no_time_is_not_taken_for_one(tmp_path: Path) -> None:
    path = t4(
        tmp_path / "r.json",
        times={},
        objectives=["GFLOP/s"],
        measurements=[measurement("GFLOP/s", 9.0)],
    )
    with pytest.raises(InputError, match="lacks a time: its objective is GFLOP/s"):
        read(path)


def recorded(configurations: list[dict[str, Value]]) -> Recording:
    times = np.arange(1.0, len(configurations) + 1)
    return Recording("a device", tuple(configurations), times)


def test_numbers_and_truths_that_stand_as_texts_are_numbers_and_truths() -> None:
    """KTT writes every value of a configuration as a text."""
    found = recorded([{"bx": "16", "part": "0.5", "pad": "true", "order": "8", "note": 1}])
    columns = {
        "bx": np.asarray([16, 32]),
        "part": np.asarray([0.5, 0.5]),
        "pad": np.asarray([True, True]),
        "order": np.asarray(["8", "8"]),
    }
    time_s, present = found.on(columns)
    assert present.tolist() == [True, False]
    assert time_s[0] == 1


def test_results_of_another_kernel_are_no_results_of_every_configuration() -> None:
    with pytest.raises(InputError, match="a device: their parameters x, y are none of this space"):
        recorded([{"x": 1, "y": 2}]).on({"bx": np.asarray([16])})


@pytest.mark.parametrize(
    ("configurations", "said"),
    [
        ([{"bx": 1}, {"tile": 1}], "names other parameters"),
        ([{"bx": 1}, [1]], "names other parameters"),
        ([{"bx": [1]}], "holds more than numbers and texts"),
        ([{"bx": None}], "holds more than numbers and texts"),
    ],
)
def test_configurations_that_cannot_be_compared_are_named(
    tmp_path: Path, configurations: list[object], said: str
) -> None:
    row = {"times": {"runtimes": [1.0]}, "invalidity": "correct", "correctness": 1}
    document = {"results": [{"configuration": one, **row} for one in configurations]}
    (tmp_path / "r.json").write_text(json.dumps(document))
    with pytest.raises(InputError, match=f"r.json: the configuration .*{said}"):
        read(tmp_path / "r.json")
