"""Native and NumPy evaluation of trees give the same bits."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.learned.predictor import Predictor
from costmodel.learned.tree_kernel import BLOCK


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
