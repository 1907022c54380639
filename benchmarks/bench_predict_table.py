"""Time to load the shipped models, to predict one row, and rows a second in bulk on one core.

With a folder of data packs every family's own rows are predicted, else random products.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from costmodel.learned import dataset
from costmodel.learned.families import FAMILIES
from costmodel.learned.predictor import Predictor, shipped_path

SINGLE, CALLS = 60, 30
"""Rows asked for alone, and calls of each: its best call is what a busy machine disturbed least."""
DEVICES = {
    "measured": ("H100-SXM-80GB", "L40S"),
    "a sibling measured": ("H200-SXM", "H200-SXM"),
    "no sibling measured": ("L4", "A30"),
}


def table(count: int, gpus: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Return random GEMM rows on devices."""
    rng = np.random.default_rng(0)
    m, n, k = (np.round(2.0 ** rng.uniform(3, 14, count)) for _ in range(3))
    return {
        "gpu": np.array(gpus, dtype=object)[rng.integers(0, len(gpus), count)],
        "op": np.full(count, "gemm", dtype=object),
        "dtype": np.full(count, "bf16", dtype=object),
        "m": m,
        "n": n,
        "k": k,
        "flops": 2 * m * n * k,
        "bytes": 2 * (m * k + k * n + m * n),
    }


def rate(predictor: Predictor, title: str, columns: dict[str, np.ndarray]) -> None:
    """Print processor time and rows a second of one table, best of three."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        predictor.predict_table(columns)
        spent.append(time.process_time() - start)
    count = len(columns["gpu"])
    print(f"{title}: {count:,} rows in {min(spent):.2f} s, {count / min(spent):,.0f} rows/s")


def alone(predictor: Predictor, title: str, columns: dict[str, np.ndarray]) -> None:
    """Print the time of a call with one row: the mean of the first rows' best calls."""
    best = np.full(SINGLE, np.inf)
    for _ in range(CALLS):  # trees are compiled once they were asked often enough
        for at in range(SINGLE):
            row = {name: values[at : at + 1] for name, values in columns.items()}
            start = time.perf_counter()
            predictor.predict_table(row)
            best[at] = min(best[at], time.perf_counter() - start)
    print(f"one row, {title}: {1e3 * best.mean():.3f} ms")


def main() -> None:
    """Print load, single-row and bulk times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("data", nargs="?", type=Path, help="folder of data packs")
    arguments = parser.parse_args()
    count = arguments.rows
    start = time.process_time()
    predictor = Predictor.load(shipped_path())
    predictor.model("gemm")
    print(f"load, with the model of products: {1e3 * (time.process_time() - start):.1f} ms")
    for title, gpus in DEVICES.items():
        rows = table(count, gpus)
        alone(predictor, title, rows)
        rate(predictor, f"random products, {title}", rows)
    if arguments.data:
        rng = np.random.default_rng(0)
        for family in FAMILIES:
            measured = dataset.load(arguments.data, family)
            chosen = dict(measured.take(rng.choice(len(measured), count)).columns)
            alone(predictor, family.name, chosen)
            rate(predictor, family.name, chosen)


if __name__ == "__main__":
    with threadpool_limits(1):  # a second thread would count twice in processor time
        main()
