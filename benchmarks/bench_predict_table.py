"""Rows a second of bulk prediction on one core, native trees beside NumPy's.

Run: OMP_NUM_THREADS=1 python benchmarks/bench_predict_table.py [rows]
"""

from __future__ import annotations

import sys
import time

import numpy as np

from costmodel.learned.predictor import Predictor


def table(count: int) -> dict[str, np.ndarray]:
    """Return random GEMM rows on two devices."""
    rng = np.random.default_rng(0)
    m, n, k = (2.0 ** rng.uniform(3, 14, count) for _ in range(3))
    gpus = np.array(["H100-SXM-80GB", "L40S"], dtype=object)[rng.integers(0, 2, count)]
    return {
        "gpu": gpus,
        "op": np.full(count, "gemm", dtype=object),
        "dtype": np.full(count, "bf16", dtype=object),
        "m": m,
        "n": n,
        "k": k,
        "flops": 2 * m * n * k,
        "bytes": 2 * (m * k + k * n + m * n),
    }


def main() -> None:
    """Print processor seconds and rows a second of each path."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    predictor = Predictor.load()
    predictor.predict_table(table(5000))
    for name, rows in (("native", count), ("numpy", 1500)):
        columns = table(rows)
        start = time.process_time()
        predictor.predict_table(columns)
        spent = time.process_time() - start
        print(f"{name}: {rows:,} rows in {spent:.2f} s, {rows / spent:,.0f} rows/s")


if __name__ == "__main__":
    main()
