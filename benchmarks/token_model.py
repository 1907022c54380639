"""The token model against the feature model and a line, on model families none of them saw.

    python benchmarks/token_model.py ARRAYS.npz --predictions FOLDER [--only convolution]
    python benchmarks/token_model.py ARRAYS.npz --predictions FOLDER --table

The first form trains each model on every fold and stores what it says of the families left out
(done ones are not done again); the second prints the table. ARRAYS.npz is from ``token_labels.py``.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FOLDS, SEED = 5, 7
EPOCHS, BATCH, RATE = 14, 64, 4e-3
NETWORKS = ("convolution", "transformer")
MODELS = ("line", "features", "features over line", *NETWORKS)
TARGETS = ("run_s", "instructions", "vector_registers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--only", choices=MODELS, action="append")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    given.predictions.mkdir(parents=True, exist_ok=True)
    with np.load(given.arrays, allow_pickle=False) as archive:
        data = dict(archive)
    data["targets"] = targets_of(data)
    if given.table:
        from token_tables import tables

        print(
            tables(data, {name: predicted(given.predictions, name) for name in MODELS}, folds(data))
        )
        return
    for fold, families in enumerate(folds(data)):
        held = np.isin(data["family"], families)
        for name in given.only or MODELS:
            path = given.predictions / f"{name.replace(' ', '-')}-{fold}.npy"
            if not path.exists():
                start_s = time.process_time()
                np.save(path, predict(name, data, ~held, held))
                print(f"{name}, fold {fold}: {time.process_time() - start_s:.0f} s", flush=True)


def folds(data: dict[str, Any]) -> list[list[str]]:
    """Deal the families into folds: whole families, by a fixed seed."""
    families = np.random.default_rng(SEED).permutation(np.unique(data["family"]))
    return [sorted(str(name) for name in part) for part in np.array_split(families, FOLDS)]


def targets_of(data: dict[str, Any]) -> Floats:
    """Return log seconds, log(1 + instructions) and registers; NaN where a label is missing."""
    run_s = np.where(data["settled"] == 1, data["run_s"], np.nan)
    return np.column_stack(
        [np.log(run_s), np.log1p(data["instructions"]), data["vector_registers"]]
    )


def predicted(folder: Path, name: str) -> Floats | None:
    """Put together what a model said of every fold's families; ``None`` before all are there."""
    paths = [folder / f"{name.replace(' ', '-')}-{fold}.npy" for fold in range(FOLDS)]
    if not all(path.exists() for path in paths):
        return None
    parts = [np.load(path, allow_pickle=False) for path in paths]
    return np.asarray(np.nansum(parts, axis=0))


def predict(name: str, data: dict[str, Any], train: Any, test: Any) -> Floats:
    """Return a model's targets for the test rows; NaN elsewhere."""
    out = np.full(data["targets"].shape, np.nan)
    if name == "line":
        out[test] = line(data, train)[test]
    elif name in NETWORKS:
        out[test] = network(name, data, train, test)
    else:
        base = line(data, train) if name == "features over line" else np.zeros_like(out)
        out[test] = base[test] + trees(data, train, test, base)
    return out


def line(data: dict[str, Any], train: Any) -> Floats:
    """Fit a + b FLOP + c activations, none negative, to each target.

    Seconds and instructions are fitted to errors of their logarithms, as the other models are.
    """
    from scipy.optimize import least_squares

    names = list(data["feature_names"])
    columns = np.expm1(
        data["features"][:, [names.index("flop"), names.index("activations")]].astype(float)
    )
    table = np.column_stack([np.ones(len(columns)), columns / columns[train].mean(axis=0)])
    out = []
    for at, target in enumerate(data["targets"].T):
        known = train & np.isfinite(target)
        level = np.median(target[known])

        def said(slopes: Floats, at: int = at) -> Floats:
            line = table @ np.exp(slopes)
            return np.asarray(line if at == 2 else np.log(line))

        found = least_squares(
            lambda slopes, known=known, target=target, said=said: (
                said(slopes)[known] - target[known]
            ),
            np.array(
                [np.log(level) if at == 2 else level, *[np.log(level) if at == 2 else level] * 2]
            )
            - 1,
            loss="soft_l1",
        )
        out.append(said(found.x))
    return np.column_stack(out)


def trees(data: dict[str, Any], train: Any, test: Any, base: Floats) -> Floats:
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
            random_state=SEED,
        )
        model.fit(data["features"][known], target[known])
        out.append(model.predict(data["features"][test]))
    return np.column_stack(out)


def network(name: str, data: dict[str, Any], train: Any, test: Any) -> Floats:
    """Train a token network on the train rows and ask it about the test rows."""
    import torch
    from token_training import ask, fit

    torch.set_num_threads(1)
    model = fit(name, data, np.flatnonzero(train), EPOCHS, BATCH, RATE, SEED)
    return ask(model, data, np.flatnonzero(test))


if __name__ == "__main__":
    main()
