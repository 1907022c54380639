"""Fit the forests of ``costmodel/blocks/tuned_products.npz`` on a table of tuned products.

    python benchmarks/fit_tuned_products.py TABLE.parquet                 # errors, left out in turn
    python benchmarks/fit_tuned_products.py TABLE.parquet --out FILE.npz  # fit on all rows, write

``TABLE`` is ``aiter_gemm_timed.parquet`` (ROCm/aiter at e404860, MIT): the best kernel of a GEMM
shape, its tile and its measured time. Used are 8-bit products on gfx942 with 304 multiprocessors
(MI300X). Left out in turn: every eighth of the rows, drawn at random, and every eighth of the
weight shapes (N x K) with all their rows. Beside the forests stands the tile that most rows have.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from fit_tuned_tiles import choose_fresh, fitted, scores

from costmodel.blocks import tuned_products as products
from costmodel.blocks import tuned_tiles as tiles
from costmodel.blocks.choose import chip_for, choose
from costmodel.blocks.library import Operator
from costmodel.blocks.problems import parse_kernel
from costmodel.learned.trees import from_sklearn
from microbench.devices import catalogue

DEVICE = "mi300x"
USUAL = (128, 128, 128)
TREES, LEAVES, LEAST, RATE = 100, 15, 20, 0.15
PARTS = 8
SHOWN = 300
"""Rows that the whole choice is tried on."""


def read(path: Path) -> pd.DataFrame:
    rows = pd.read_parquet(path)
    mi300x = (rows["gfx"] == "gfx942") & (rows["cu_num"] == 304)
    return rows[mi300x & rows["family"].str.contains("a8w8")].reset_index(drop=True)


def asked(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return features and the roofline's seconds of each row."""
    chip = chip_for(catalogue.find(DEVICE), parse_kernel("gemm:64,64,64,fp8_e4m3"))
    assert chip is not None
    shapes = rows[["M", "N", "K"]].to_numpy(int).tolist()
    found = [products.features(*shape, chip.sm_count) for shape in shapes]
    return np.stack(found), np.asarray([products.bound_s(*shape, chip) for shape in shapes])


def labels_of(rows: pd.DataFrame) -> np.ndarray:
    """Return the tiles; 0 where the kernel's name does not say."""
    return rows[["tile_m", "tile_n", "tile_k"]].fillna(0).to_numpy(int)


def time_trees(features: np.ndarray, ratio: np.ndarray) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST,
        learning_rate=RATE,
        random_state=0,
    )
    return from_sklearn(model.fit(features, np.log(ratio)))


def side_trees(features: np.ndarray, labels: np.ndarray) -> dict[tuple[Operator, str], Any]:
    made = {}
    for place, side in enumerate(tiles.SIDES):
        known = labels[:, place] > 0
        made[Operator.GEMM, side] = fitted(features[known], labels[known, place])
    return made


def parts_of(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    shapes = pd.factorize(rows["N"].astype(str) + "x" + rows["K"].astype(str))[0]
    return {
        "rows": random.integers(0, PARTS, len(rows)),
        "shapes": random.permutation(shapes.max() + 1)[shapes] % PARTS,
    }


def errors(found: np.ndarray, measured: np.ndarray) -> str:
    off = np.abs(found / measured - 1)
    ratio = float(np.median(found / measured))
    low, high = np.quantile(measured / found, (0.05, 0.95))
    return (
        f"median {np.median(off):.3f}, within 5% {(off < 0.05).mean():.3f}, ratio {ratio:.2f}, "
        f"90% of measured over found in {low:.3f} to {high:.3f}"
    )


def evaluate(rows: pd.DataFrame) -> None:
    features, bounds = asked(rows)
    labels, measured = labels_of(rows), rows["time_s"].to_numpy(float)
    named = (labels > 0).all(axis=1)
    print(
        f"{len(rows):,} rows; the usual tile       ",
        scores(np.tile(USUAL, (len(rows), 1))[named], labels[named]),
    )
    shown = np.random.default_rng(1).permutation(np.flatnonzero(named))[:SHOWN]
    for by, part in parts_of(rows).items():
        found, whole = np.zeros(len(rows)), {}
        for one in range(PARTS):
            inside = part == one
            trees = time_trees(features[~inside], measured[~inside] / bounds[~inside])
            sides = side_trees(features[~inside], labels[~inside])
            found[inside] = bounds[inside] * np.exp(trees.predict_numpy(features[inside]))
            products.times = lambda trees=trees: trees  # type: ignore[assignment]
            tiles.products = lambda sides=sides: sides  # type: ignore[assignment]
            choose_fresh()
            for row in shown[inside[shown]]:
                whole[row] = chosen(rows.iloc[row])
        small = rows["M"].to_numpy(int) < 1024
        print(f"{by} left out")
        print("  time               ", errors(found, measured))
        print("  time, M below 1,024", errors(found[small], measured[small]))
        print("  time, M from 1,024 ", errors(found[~small], measured[~small]))
        tried = [whole[row][0] for row in shown]
        print("  tile, whole choice ", scores(np.asarray(tried), labels[shown]))
        said = np.asarray([whole[row][1] for row in shown])
        print("  time, whole choice ", errors(said, measured[shown]))


def chosen(row: pd.Series) -> tuple[list[int], float]:
    kernel = parse_kernel(f"gemm:{row.M},{row.N},{row.K},fp8_e4m3")
    found = choose(kernel, catalogue.find(DEVICE))
    assert found is not None
    return [found.blocks[side] for side in tiles.SIDES], found.predicted_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = read(given.table)
    if given.out is None:
        evaluate(rows)
        return
    features, bounds = asked(rows)
    trees = time_trees(features, rows["time_s"].to_numpy(float) / bounds)
    header = {
        "made_by": "benchmarks/fit_tuned_products.py",
        "sources": "ROCm/aiter at e404860 (MIT), tables of tuned 8-bit products on MI300X",
        "rows": len(rows),
        "settings": {"trees": TREES, "leaves": LEAVES, "least_rows_of_a_leaf": LEAST},
    }
    kept: dict[str, Any] = {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)}
    kept |= {f"time.{name}": array for name, array in trees.arrays().items()}
    for (op, side), forest in side_trees(features, labels_of(rows)).items():
        for name in tiles.Forest.__dataclass_fields__:
            kept[f"{op.value}.{side}.{name}"] = getattr(forest, name)
    np.savez_compressed(given.out, **kept)


if __name__ == "__main__":
    main()
