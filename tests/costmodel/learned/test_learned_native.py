"""Native and NumPy evaluation of trees give the same bits."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from costmodel.learned.predictor import Predictor
from costmodel.learned.tree_kernel import BLOCK
from costmodel.learned.trees import NATIVE_CALLS, Forest


@pytest.mark.parametrize("name", ["gemm", "rowwise", "recurrent"])
@pytest.mark.parametrize("count", [1, BLOCK - 1, BLOCK + 1])
def test_native_code_equals_numpy(name: str, count: int) -> None:
    model = Predictor.load().model(name)
    assert model is not None
    rng = np.random.default_rng(count)
    low = np.where(np.isfinite(model.low), model.low, 0)
    high = np.where(np.isfinite(model.high), model.high, 1)
    rows = rng.uniform(low, high, (count, len(low))).astype(np.float32)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    assert np.array_equal(model.forest.predict_native(rows), model.forest.predict_numpy(rows))


def test_a_block_with_infinities_and_no_numbers_is_walked_alike() -> None:
    model = Predictor.load().model("gemm")
    assert model is not None
    rows = np.zeros((3 * BLOCK, len(model.low)), dtype=np.float32)
    rows[0], rows[1], rows[2] = np.inf, -np.inf, np.nan
    assert np.array_equal(model.forest.predict_native(rows), model.forest.predict_numpy(rows))


def test_many_calls_for_single_rows_turn_to_native_code() -> None:
    model = Predictor.load().model("recurrent")
    assert model is not None
    forest = replace(model.forest, _calls=itertools.count(), _walk=[])
    row = np.zeros((1, len(model.low)), dtype=np.float32)
    answers = {float(forest.predict(row)[0]) for _ in range(NATIVE_CALLS + 1)}
    assert len(answers) == 1
    assert len(forest._walk) == 1


@pytest.mark.parametrize("name", ["gemm", "recurrent"])
def test_a_row_alone_walks_the_trees_to_the_same_bits(name: str) -> None:
    model = Predictor.load().model(name)
    assert model is not None
    rng = np.random.default_rng(4)
    low = np.where(np.isfinite(model.low), model.low, 0)
    high = np.where(np.isfinite(model.high), model.high, 1)
    rows = rng.uniform(low, high, (20, len(low))).astype(np.float32)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    rows[0], rows[1], rows[2] = np.inf, -np.inf, np.nan
    together = model.forest.predict_native(rows)
    assert [model.forest.one(row) for row in rows] == together.tolist()


def test_nodes_with_two_parents_are_refused() -> None:
    model = Predictor.load().model("recurrent")
    assert model is not None
    arrays = model.forest.arrays()
    inner = np.flatnonzero(arrays["left"] != np.arange(len(arrays["left"])))
    arrays["right"] = arrays["right"].copy()
    arrays["right"][inner[0]] = arrays["roots"][0]
    with pytest.raises(ValueError, match="two parents"):
        Forest.from_arrays(arrays, len(model.low))
