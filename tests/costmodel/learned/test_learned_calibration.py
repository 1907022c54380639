"""Points measured on a device: corrections that help, hold, travel in a file and refuse rubbish."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.learned import calibration, correction, dataset
from costmodel.learned.correction import Correction, Points
from costmodel.learned.families import BY_NAME
from costmodel.learned.measured_points import prefix
from costmodel.learned.model_file import ModelFile
from costmodel.learned.predictor import Predictor
from microbench.errors import InputError

UNSEEN = "H200-SXM"


def table(count: int, seed: int = 0, gpu: str = UNSEEN) -> dict[str, np.ndarray]:
    """Return products with a made-up time: what the shipped model says, and 40% more."""
    rng = np.random.default_rng(seed)
    m, n, k = (np.round(2.0 ** rng.uniform(5, 13, count)) for _ in range(3))
    columns = {
        "gpu": np.full(count, gpu, dtype=object),
        "op": np.full(count, "gemm", dtype=object),
        "dtype": np.full(count, "bf16", dtype=object),
        "m": m,
        "n": n,
        "k": k,
        "flops": 2 * m * n * k,
        "bytes": 2 * (m * k + k * n + m * n),
    }
    columns["latency_s"] = 1.4 * Predictor.load().predict_table(columns)["latency_s"]
    return columns


def quiet(_line: str) -> None:
    """Say nothing."""


def written(tmp_path: Path, count: int, base: Predictor | None = None, name: str = "h200") -> Path:
    """Write a model corrected by ``count`` made-up points."""
    predictor = base or Predictor.load()
    out = tmp_path / f"{name}.npz"
    found = calibration.fit(predictor, UNSEEN, table(count, seed=1), 0, quiet)
    calibration.write(predictor, out, UNSEEN, found, "test")
    return out


def test_twenty_points_find_a_constant_factor_and_their_interval_holds_it(tmp_path: Path) -> None:
    corrected = Predictor.load(written(tmp_path, 20))
    rows = table(200)
    found = corrected.predict_table(rows)
    error = np.abs(found["latency_s"] / rows["latency_s"] - 1)
    assert error.mean() < 0.03
    inside = (found["low_s"] <= rows["latency_s"]) & (rows["latency_s"] <= found["high_s"])
    assert inside.mean() > 0.9


def test_other_devices_and_families_stay_to_the_last_bit(tmp_path: Path) -> None:
    corrected = Predictor.load(written(tmp_path, 20))
    for gpu in ("H100-SXM-80GB", "L40S", "RTX-PRO-6000-Server"):
        rows = table(50, gpu=gpu)
        before, after = (one.predict_table(rows) for one in (Predictor.load(), corrected))
        for name in ("latency_s", "low_s", "high_s"):
            assert np.array_equal(before[name], after[name])


def test_a_second_fit_replaces_the_points_and_does_not_correct_the_corrected(
    tmp_path: Path,
) -> None:
    first = written(tmp_path, 20)
    second = written(tmp_path, 20, Predictor.load(first), "again")
    rows = table(50)
    one, two = (Predictor.load(path).predict_table(rows)["latency_s"] for path in (first, second))
    assert np.array_equal(one, two)


def test_a_known_device_is_corrected_for_the_stack_of_the_points_only(tmp_path: Path) -> None:
    rows = table(30, gpu="H100-SXM-80GB")
    rows["framework"] = np.full(30, "mine-1.0", dtype=object)
    base = Predictor.load()
    found = calibration.fit(base, "h100-sxm", rows, 0, quiet)
    calibration.write(base, tmp_path / "h100.npz", "h100-sxm", found, "test")
    corrected = Predictor.load(tmp_path / "h100.npz")
    mine = corrected.predict_table(rows)["latency_s"]
    assert np.abs(mine / rows["latency_s"] - 1).mean() < 0.03
    other = {**rows, "framework": np.full(30, "vllm-0.14.0", dtype=object)}
    assert np.array_equal(
        corrected.predict_table(other)["latency_s"], base.predict_table(other)["latency_s"]
    )


def test_points_that_say_nothing_leave_the_model_as_it_was(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    points = Points(np.zeros((2, 3)), np.array(["a", "a"]), np.empty((2, 0)))
    made = correction.fit(points, np.array([0.5, -0.5]))
    assert not made.helps
    shift, half = made.apply(Points(rng.normal(size=(4, 3)), np.full(4, "a"), np.empty((4, 0))))
    assert not shift.any()
    assert (half >= 0.5).all()


def test_errors_left_out_are_those_of_fits_without_each_point() -> None:
    rng = np.random.default_rng(0)
    points = Points(rng.normal(size=(12, 2)), np.array(["a", "b"] * 6), rng.normal(size=(12, 2)))
    errors = rng.normal(size=12)
    parts = correction.Parts(0.4, 1.0, 0.3, 0.5, 0.15)
    shift, deviation = correction._left_out(parts, points, errors)
    for at in range(12):
        others = np.delete(np.arange(12), at)
        rest = Points(points.inputs[others], points.groups[others], points.views[others])
        made = Correction(rest, parts, errors[others], 1.0, 1.0)
        mean, half = made.apply(points.part(slice(at, at + 1)))
        assert mean[0] == pytest.approx(shift[at])
        assert half[0] == pytest.approx(deviation[at])


@settings(max_examples=20)
@given(st.integers(2, 30), st.integers(0, 2**31))
def test_no_correction_reaches_beyond_the_errors_measured(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = Points(rng.normal(size=(count, 2)), np.full(count, "a"), rng.normal(size=(count, 2)))
    errors = rng.normal(size=count) * 0.3 + 0.5
    made = replace(correction.fit(points, errors), share=1.0)
    far = Points(rng.normal(size=(50, 2)), np.full(50, "a"), 20 * rng.normal(size=(50, 2)))
    shift, _ = made.apply(far)
    assert (shift <= max(errors.max(), 0.0)).all()
    assert (shift >= min(errors.min(), 0.0) - correction.MOST_SHIFT).all()


@given(st.integers(1, 200), st.floats(0.0, 2.0), st.integers(0, 2**31))
def test_the_share_applied_asks_for_a_gain_that_is_no_accident(
    count: int, factor: float, seed: int
) -> None:
    before = np.random.default_rng(seed).uniform(0.01, 2.0, count)
    after = np.random.default_rng(seed + 1).uniform(0.0, 2.0 * factor, count)
    share = correction._share(before, after)
    assert 0 <= share <= 1
    assert share == 0 or after.mean() < before.mean() * (1 - correction.PROOF / count)
    difference = before - after
    error = difference.std(ddof=1) / np.sqrt(count) if count > 1 else np.inf
    assert share == 0 or difference.mean() >= correction.SURE[0] * error
    twice = correction._share(np.tile(before, 2), np.tile(after, 2))
    assert twice >= share


def test_one_point_far_off_proves_nothing() -> None:
    before = np.array([0.1] * 19 + [5.0])
    after = np.array([0.12] * 19 + [0.1])
    assert correction._share(before, after) == 0
    assert correction._share(np.full(20, 0.3), np.full(20, 0.1)) == 1


@settings(max_examples=20)
@given(st.integers(1, 40), st.integers(0, 3), st.integers(0, 2**31))
def test_corrections_are_finite_and_survive_their_arrays(count: int, views: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = rng.choice(np.array(["a", "b"]), count)
    points = Points(rng.normal(size=(count, 2)), groups, rng.normal(size=(count, views)))
    made = correction.fit(points, rng.normal(size=count) * 0.3)
    again = Correction.from_arrays(made.arrays())
    for one, other in zip(made.apply(points), again.apply(points), strict=True):
        assert np.isfinite(one).all()
        assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("errors", np.zeros(3)),
        ("inputs", np.full((20, 5), np.nan)),
        ("parts", np.zeros(5)),
        ("spread", np.zeros(1)),
        ("spread", np.array([1.0, 2.0])),
        ("groups", np.array(["a"])),
    ],
)
def test_damaged_points_are_refused_in_one_line(tmp_path: Path, name: str, bad: np.ndarray) -> None:
    from costmodel.learned import model_file

    good = written(tmp_path, 20)
    file = ModelFile(good)
    arrays = {**file.everything(), f"{prefix(UNSEEN, 'gemm')}/{name}": bad}
    header = {key: value for key, value in file.header.items() if key not in {"schema", "sha256"}}
    model_file.write(tmp_path / "bad.npz", header, arrays)
    with pytest.raises(InputError, match="measured points of gemm are damaged"):
        Predictor.load(tmp_path / "bad.npz").predict_table(table(3))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gpu": np.full(5, "L40S", dtype=object)}, "no measured row names H200-SXM"),
        ({"latency_s": np.zeros(5)}, "no row of H200-SXM has a latency_s above 0"),
        ({"latency_s": np.full(5, -1e-3)}, "no row of H200-SXM has a latency_s above 0"),
        ({"latency_s": np.full(5, 1e-12)}, "latency_s is in seconds"),
        ({"latency_s": np.full(5, 1e5)}, "latency_s is in seconds"),
        ({"op": np.full(5, "fft", dtype=object)}, "no point on H200-SXM is of a family"),
    ],
)
def test_points_of_no_use_are_an_error(change: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(InputError, match=said):
        calibration.fit(Predictor.load(), UNSEEN, {**table(5), **change}, 0, quiet)


def test_more_points_err_less_on_a_device_left_out(shared_data: Path) -> None:
    from costmodel.learned import left_out, score_left_out, training

    family = BY_NAME["latent_attention"]
    rows = dataset.load(shared_data, family)
    model = Predictor.load().model(family.name)
    assert model is not None
    found = left_out.outsiders(rows, model, "gpu", training.Settings(), quiet, ["A100-SXM-80GB"])
    errors = [one.mape for one in score_left_out.scores(list(found), model)]
    assert len(errors) == 4
    assert errors[3] < errors[2] < errors[0]
    assert errors[1] < errors[0] * 1.05
