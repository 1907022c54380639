"""Flattened trees give the numbers of the library that grew them, and refuse what is not trees."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.learned.trees import Forest, from_sklearn


@pytest.fixture(scope="module")
def grown() -> tuple[object, Forest, np.ndarray]:
    from sklearn.ensemble import HistGradientBoostingRegressor

    rng = np.random.default_rng(3)
    x = rng.normal(size=(3000, 5)).astype(np.float32)
    x[rng.random(x.shape) < 0.1] = np.nan
    y = np.nan_to_num(x[:, 0]) * 2 + np.nan_to_num(x[:, 1]) ** 2 + np.isnan(x[:, 2])
    model = HistGradientBoostingRegressor(max_iter=30, max_leaf_nodes=15, random_state=0).fit(x, y)
    return model, from_sklearn(model), x


def test_predictions_equal_the_library(grown: tuple[object, Forest, np.ndarray]) -> None:
    model, forest, x = grown
    assert forest.predict(x) == pytest.approx(model.predict(x), abs=1e-5)  # type: ignore[attr-defined]


def test_one_row_equals_the_same_row_among_many(grown: tuple[object, Forest, np.ndarray]) -> None:
    _, forest, x = grown
    assert forest.predict(x[7:8])[0] == forest.predict(x)[7]


def test_arrays_round_trip(grown: tuple[object, Forest, np.ndarray]) -> None:
    _, forest, x = grown
    again = Forest.from_arrays(forest.arrays(), features=5)
    assert np.array_equal(again.predict(x), forest.predict(x))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("left", 10**6),
        ("right", -1),
        ("roots", 10**6),
        ("feature", 99),
        ("value", np.nan),
        ("depth", 10**4),
    ],
)
def test_arrays_that_are_not_trees_are_refused(
    grown: tuple[object, Forest, np.ndarray], name: str, value: float
) -> None:
    arrays = {key: array.copy() for key, array in grown[1].arrays().items()}
    arrays[name] = arrays[name].astype(np.float64)
    arrays[name][0] = value
    with pytest.raises(ValueError, match=r"\w"):
        Forest.from_arrays(arrays, features=5)
