"""The token model against the feature model and a line, on model families none of them saw.

    python benchmarks/token_model.py ARRAYS.npz --predictions FOLDER [--only convolution]
    python benchmarks/token_model.py ARRAYS.npz --predictions FOLDER --table
    python benchmarks/token_model.py ARRAYS.npz --write convolution --weights FILE

The first form trains each model on every fold and stores what it says of the families left out
(done ones are not done again); the second prints the tables; the third trains on every family and
writes the weights. ARRAYS.npz is from ``token_labels.py``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from token_baselines import line, trees

Floats = npt.NDArray[np.float64]
FOLDS, SEED = 5, 7
EPOCHS, BATCH, RATE = 6, 64, 4e-3
NETWORKS = ("convolution", "transformer")
MODELS = ("constant", "line", "features", "features over line", *NETWORKS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--predictions", type=Path, default=Path("predictions"))
    parser.add_argument("--only", choices=MODELS, action="append")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), action="append")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--write", choices=NETWORKS)
    parser.add_argument("--weights", type=Path, default=Path("tokens.safetensors"))
    given = parser.parse_args()
    with np.load(given.arrays, allow_pickle=False) as archive:
        data = dict(archive)
    data["targets"] = targets_of(data)
    if given.write:
        write(given.write, data, given.weights)
    elif given.table:
        from token_tables import tables

        said = {name: predicted(given.predictions, name) for name in MODELS}
        print(tables(data, said, folds(data)))
    else:
        train(data, given.predictions, given.only or MODELS, given.fold or range(FOLDS))


def train(data: dict[str, Any], folder: Path, names: Sequence[str], chosen: Sequence[int]) -> None:
    """Train models on every fold and store what they say of the families left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for fold in chosen:
        held = np.isin(data["family"], folds(data)[fold])
        for name in names:
            path = folder / f"{name.replace(' ', '-')}-{fold}.npy"
            if not path.exists():
                start_s = time.process_time()
                np.save(path, predict(name, data, ~held, held))
                print(f"{name}, fold {fold}: {time.process_time() - start_s:.0f} s", flush=True)


def write(name: str, data: dict[str, Any], path: Path) -> None:
    """Train a network on every family and write its weights."""
    import torch
    from token_training import fit

    from costmodel.tokens.weights import save

    torch.set_num_threads(1)
    rows = np.arange(len(data["lengths"]))
    model = fit(name, data, rows, EPOCHS, BATCH, RATE, SEED)
    words = [str(word) for word in data["words"]]
    source = "benchmarks/token_programs.py and token_torch.py, XLA-CPU, x86-64"
    save(path, model, words, f"{len(rows)} programs of {source}")


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
    if name == "constant":
        out[test] = np.nanmedian(data["targets"][train], axis=0)
    elif name == "line":
        out[test] = line(data, train)[test]
    elif name in NETWORKS:
        out[test] = network(name, data, train, test)
    else:
        base = line(data, train) if name == "features over line" else np.zeros_like(out)
        out[test] = base[test] + trees(data, train, test, base, SEED)
    return out


def network(name: str, data: dict[str, Any], train: Any, test: Any) -> Floats:
    """Train a token network on the train rows and ask it about the test rows."""
    import torch
    from token_training import ask, fit

    torch.set_num_threads(1)
    model = fit(name, data, np.flatnonzero(train), EPOCHS, BATCH, RATE, SEED)
    return ask(model, data, np.flatnonzero(test))


if __name__ == "__main__":
    main()
