"""Rows asked for one by one, or many at once, are answered alike."""

from __future__ import annotations

import ctypes
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.learned import features, network, single_features, single_layers, straight, texts
from costmodel.learned.families import BY_NAME, FAMILIES, ModelFamily
from costmodel.learned.predictor import Predictor

DEVICES = ("H100-SXM-80GB", "H200-SXM", "V100-PCIe-32GB", "L4")
SAME = 2e-5
"""Sums in another order: single precision keeps 7 digits, a layer adds up some hundred numbers."""


def table(name: str, count: int, seed: int) -> dict[str, np.ndarray]:
    """Return rows of one family on devices measured, with a sibling measured, and without."""
    family, rng = BY_NAME[name], np.random.default_rng(seed)
    model = Predictor.load().model(name)
    assert model is not None

    def texts_of(values: list[str]) -> np.ndarray:
        return np.array(values, dtype=object)[rng.integers(0, len(values), count)]

    formats = [kind for kind in model.codes["dtype"] if name != "gemm" or kind != "fp32"]
    stacks = [*model.codes.get("framework", {}), "never heard of"]
    sizes = {shape: np.round(2.0 ** rng.uniform(0, 12, count)) for shape in family.shapes}
    return {
        "gpu": texts_of(list(DEVICES)),
        "op": texts_of(list(family.ops)),
        "dtype": texts_of(formats),
        "framework": texts_of(stacks),
        **sizes,
        "flops": 2.0 ** rng.uniform(10, 44, count),
        "bytes": 2.0 ** rng.uniform(10, 34, count),
    }


@pytest.mark.parametrize("name", [family.name for family in FAMILIES])
def test_one_row_is_answered_as_in_a_table(name: str) -> None:
    rows = table(name, 24, seed=5)
    whole = Predictor.load().predict_checked(rows)
    for at in range(24):
        alone = Predictor.load().predict_checked(
            {key: one[at : at + 1] for key, one in rows.items()}
        )
        for end in ("latency_s", "low_s", "high_s"):
            assert alone[end][0] == pytest.approx(whole[end][at], rel=SAME)
        assert alone["bound"][0] == whole["bound"][at]
        assert alone["flags"][0] == whole["flags"][at]


@pytest.mark.parametrize("name", [family.name for family in FAMILIES])
def test_a_row_alone_is_answered_by_native_code_as_by_python(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, answers = table(name, 24, seed=6), []
    for calls in (10**9, 0):
        monkeypatch.setattr(single_features, "NATIVE_CALLS", calls)
        monkeypatch.setattr(single_layers, "NATIVE_CALLS", calls)
        for at in range(24):
            row = {key: one[at : at + 1] for key, one in rows.items()}
            answers.append(Predictor.load().predict_checked(row))
    for plain, native in zip(answers[:24], answers[24:], strict=True):
        for end in ("latency_s", "low_s", "high_s"):
            assert native[end][0] == pytest.approx(plain[end][0], rel=SAME)
        assert native["flags"][0] == plain["flags"][0]
    model = Predictor.load().model(name)
    assert model is not None
    native = model.single()._layers._native
    assert native
    assert all(native.values())


def test_a_row_of_zeros_is_answered_too() -> None:
    rows = {key: one[:1] for key, one in table("attention_prefill", 1, seed=1).items()}
    rows["kv_heads"] = np.zeros(1)
    with np.errstate(all="ignore"):
        alone = Predictor.load().predict_checked(rows)["latency_s"]
        twice = {key: np.concatenate([one, one]) for key, one in rows.items()}
        pair = Predictor.load().predict_checked(twice)["latency_s"]
    assert alone[0] == pytest.approx(pair[0], rel=SAME)


@pytest.mark.parametrize("name", ["gemm", "rowwise", "collective", "convolution"])
def test_native_code_answers_as_numpy_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {**table(name, 1300, seed=2)}
    plain = Predictor.load().predict_checked(rows)
    monkeypatch.setattr(network, "NATIVE_ROWS", 1)
    native = Predictor.load().predict_checked(rows)
    for end in ("latency_s", "low_s", "high_s"):
        assert native[end] == pytest.approx(plain[end], rel=SAME)
    assert np.array_equal(native["flags"], plain["flags"])


@pytest.mark.parametrize("name", [family.name for family in FAMILIES])
def test_features_of_one_row_are_those_of_a_table(name: str) -> None:
    family, rows = BY_NAME[name], table(name, 40, seed=3)
    made, codes = single_features.SingleFeatures(family), {"dtype": {"bf16": 0}}
    whole = features.matrix(family, rows, features.device_columns(rows, "gpu"), codes)
    for at in range(40):
        code = [-1, codes["dtype"].get(rows["dtype"][at], -1), -1, -1, -1, -1]
        gpus = ("MI210", rows["gpu"][at])
        figures = [[*features.figures(gpu, rows["dtype"][at]).values()] for gpu in gpus]
        own = {key: one[at : at + 1] for key, one in rows.items()}
        several = made.rows(own, single_features.asked(family, [(one, code) for one in figures]))
        assert several is not None
        assert several.values[1] == pytest.approx(whole[at], rel=1e-6, abs=1e-6, nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(FAMILIES), st.data())
def test_straight_lines_are_the_formulas_to_the_last_bit(
    family: ModelFamily, data: st.DataObject
) -> None:
    size = st.floats(1, 1e6) | st.integers(1, 8192).map(float) | st.just(math.nan)
    sizes = {name: data.draw(size, name) for name in features.sizes(family)}
    device = features.figures(data.draw(st.sampled_from(DEVICES)), "fp16")
    plain = features._numbers(family, sizes, device)
    both = [[*features.figures("P4", "fp16").values()], [*device.values()]]
    lines = single_features._lines(family)(*sizes.values(), both)
    assert np.array_equal(np.array(lines[1]), np.array(plain), equal_nan=True)
    native = single_features._native(family)
    assert native
    where = single_features.asked(family, [(one, [1] * 6) for one in both])
    space = (ctypes.c_double * len(sizes))(*sizes.values())
    native(space, where.address, where.rows.ctypes.data, 2)
    own = np.delete(where.rows[1], np.flatnonzero(_is_code(family)))
    assert np.array_equal(own, np.array(plain, dtype=np.float32), equal_nan=True)
    assert (where.rows[:, _is_code(family)] == 1).all()


def _is_code(family: ModelFamily) -> np.ndarray:
    return np.isin(features.feature_names(family), features.CATEGORIES)


def test_a_formula_that_turns_on_a_value_is_not_traced() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        straight.trace([], ["x"], lambda symbols: [symbols["x"] if symbols["x"] > 0 else 0])


def test_what_divides_by_zero_is_told() -> None:
    traced = straight.trace(["x"], ["y"], lambda symbols: [symbols["x"] / symbols["y"]])
    rows = straight.compiled(traced)
    assert rows(3.0, [(2.0,), (3.0,)]) == [[1.5], [1.0]]
    with pytest.raises(ZeroDivisionError):
        rows(1.0, [(2.0,), (0.0,)])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=3)), min_size=1), st.data())
def test_texts_are_the_column_they_came_from(column: list[str | None], data: st.DataObject) -> None:
    values = np.array([*column, None], dtype=object)[:-1]
    made = texts.Texts(*texts.factorise(values))
    assert np.asarray(made).tolist() == [str(text) for text in column]
    at = data.draw(st.lists(st.integers(0, len(column) - 1), min_size=1))
    chosen = made[np.array(at)]
    assert np.asarray(chosen).tolist() == [str(column[one]) for one in at]
    assert texts.first(chosen) == str(column[at[0]])
