"""Compound scaling, and the published claim that activations follow run time better than FLOPs.

The table is one edition of the pycls model zoo (36 networks, V100, 64 images); other editions time
EfficientNet differently, so the figures asserted are those of this edition.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.scaling import (
    DEPTH,
    FAST,
    RESOLUTION,
    UNIFORM,
    WIDTH,
    Scaling,
    fit_line,
    mape,
)
from microbench.errors import InputError

TABLE = Path(__file__).parent / "data" / "pycls_model_zoo.csv"


def zoo() -> tuple[np.ndarray, np.ndarray, list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    rows = list(csv.DictReader(lines))
    features = np.array([[float(r["gmac"]), float(r["mactivations"])] for r in rows])
    return features, np.array([float(r["infer_ms"]) for r in rows]), [r["family"] for r in rows]


@given(st.floats(1, 1000), st.floats(0, 1), st.floats(0, 1))
def test_depth_width_and_resolution_multiply_to_s(s: float, a: float, b: float) -> None:
    scaling = Scaling(a * b, a * (1 - b), 1 - a)
    d, w, r = scaling.factors(s)
    assert d * w**2 * r**2 == pytest.approx(s)
    assert scaling.work_factor(s) == pytest.approx(s)


def test_activations_grow_as_the_root_of_s_for_width_and_as_s_otherwise() -> None:
    assert WIDTH.activation_factor(16) == pytest.approx(4)
    assert DEPTH.activation_factor(16) == pytest.approx(16)
    assert RESOLUTION.activation_factor(16) == pytest.approx(16)
    assert math.log(UNIFORM.activation_factor(16), 16) == pytest.approx(5 / 6)
    assert math.log(FAST.activation_factor(16), 16) == pytest.approx(0.6)


def test_parameters_do_not_grow_with_resolution() -> None:
    assert RESOLUTION.parameter_factor(9) == 1
    assert WIDTH.parameter_factor(9) == pytest.approx(9)


def test_shares_must_sum_to_1() -> None:
    with pytest.raises(InputError):
        Scaling(0.5, 0.5, 0.5)


def test_activations_correlate_better_than_flops_across_families() -> None:
    features, times, _ = zoo()
    assert len(times) == 36
    flops, activations = (float(np.corrcoef(features[:, i], times)[0, 1]) for i in (0, 1))
    assert flops == pytest.approx(0.740, abs=5e-4)
    assert activations == pytest.approx(0.935, abs=5e-4)


def test_within_one_family_flops_correlate_better() -> None:
    features, times, families = zoo()
    kept = np.array([family == "RegNetX" for family in families])
    flops, activations = (float(np.corrcoef(features[kept, i], times[kept])[0, 1]) for i in (0, 1))
    assert flops > activations


def test_both_features_together_leave_a_fraction_of_either_ones_error() -> None:
    features, times, _ = zoo()
    both = mape(fit_line(features, times).predict_s(features), times)
    alone = [
        mape(fit_line(features[:, [i]], times).predict_s(features[:, [i]]), times) for i in (0, 1)
    ]
    assert both == pytest.approx(0.137, abs=5e-4)
    assert alone == pytest.approx([0.635, 0.313], abs=5e-4)


def left_out(predict: Callable[[np.ndarray, np.ndarray, np.ndarray], float]) -> float:
    """Mean relative error of each network's time, predicted from the 35 others."""
    features, times, _ = zoo()
    errors = []
    for index in range(len(times)):
        others = np.arange(len(times)) != index
        predicted = predict(features[others], times[others], features[index : index + 1])
        errors.append(abs(predicted / times[index] - 1))
    return float(np.mean(errors))


def test_the_target_decides_the_error_left_out_relative_beats_log_beats_raw() -> None:
    def line(relative: bool) -> Callable[[np.ndarray, np.ndarray, np.ndarray], float]:
        return lambda x, y, one: float(fit_line(x, y, relative).predict_s(one)[0])

    def log(x: np.ndarray, y: np.ndarray, one: np.ndarray) -> float:
        return math.exp(float(fit_line(np.log(x), np.log(y)).predict_s(np.log(one))[0]))

    assert left_out(line(False)) == pytest.approx(0.146, abs=5e-4)
    assert left_out(log) == pytest.approx(0.108, abs=5e-4)
    assert left_out(line(True)) == pytest.approx(0.091, abs=5e-4)


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(InputError):
        fit_line([[1.0, 2.0]], [1.0])
