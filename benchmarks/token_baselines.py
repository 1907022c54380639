"""What the token model is held against: a line through FLOPs and activations, and boosted trees."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
REGISTERS = 2
"""The target that is no logarithm."""


def line(data: dict[str, Any], train: Any) -> Floats:
    """Fit a + b FLOP + c activations, none negative, to each target; return it for every row.

    Seconds and instructions are fitted to errors of their logarithms, as the other models are.
    """
    names = list(data["feature_names"])
    chosen = data["features"][:, [names.index("flop"), names.index("activations")]]
    columns = np.expm1(chosen.astype(float))
    table = np.column_stack([np.ones(len(columns)), columns / columns[train].mean(axis=0)])
    return np.column_stack(
        [one_line(table, target, train, at) for at, target in enumerate(data["targets"].T)]
    )


def one_line(table: Floats, target: Floats, train: Any, at: int) -> Floats:
    """Fit one target; the search runs over the coefficients' logarithms."""
    from scipy.optimize import least_squares

    known = train & np.isfinite(target)

    def said(logarithms: Floats) -> Floats:
        found = table @ np.exp(logarithms)
        return np.asarray(found if at == REGISTERS else np.log(found))

    middle = np.median(target[known])
    start = np.full(table.shape[1], (np.log(middle) if at == REGISTERS else middle) - 1)
    fitted = least_squares(lambda x: said(x)[known] - target[known], start, loss="soft_l1")
    return said(fitted.x)


def trees(data: dict[str, Any], train: Any, test: Any, base: Floats, seed: int) -> Floats:
    """Boost trees on the cost model's features; targets less ``base``."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    out = []
    for at, target in enumerate((data["targets"] - base).T):
        known = train & np.isfinite(target)
        model = HistGradientBoostingRegressor(
            loss="absolute_error" if at == 2 else "squared_error",
            max_iter=300,
            learning_rate=0.06,
            max_leaf_nodes=31,
            random_state=seed,
        )
        model.fit(data["features"][known], target[known])
        out.append(model.predict(data["features"][test]))
    return np.column_stack(out)
