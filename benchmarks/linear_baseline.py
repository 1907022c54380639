"""The baseline every learned model has to beat: time as a line through FLOPs and bytes.

For every device, op, format and stack of a family its own line t = a + b FLOP + c bytes, fitted to
relative errors on the shapes the shipped model was trained on and scored on those held back. At the
level of one kernel, bytes are what activations are at the level of a network.

    python benchmarks/linear_baseline.py --data DATA
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset
from costmodel.learned.families import FAMILIES, ModelFamily
from costmodel.learned.texts import factorise
from microbench.errors import InputError

SEED = 20
"""Of the folds of the shipped model (``docs/accuracy.md``)."""
LEAST_ROWS = 8
GROUPS = ("gpu", "op", "dtype", "framework", "kernel", "kv_dtype", "distribution")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    print("| family | lines | rows | mean error | median error |")
    print("| --- | --: | --: | --: | --: |")
    for family in FAMILIES:
        try:
            rows = dataset.load(folder, family)
        except InputError as error:
            print(f"| {family.name} | {error} | | | |")
            continue
        lines, errors = scored(rows, family)
        print(
            f"| {family.name} | {lines} | {len(errors):,} | {np.mean(errors):.1%} "
            f"| {np.median(errors):.1%} |"
        )


def scored(rows: dataset.Rows, family: ModelFamily) -> tuple[int, npt.NDArray[np.float64]]:
    """Return how many lines were fitted and the relative errors on held-back shapes."""
    held = dataset.shape_fold(rows, family, SEED) == 0
    features = np.column_stack(
        [np.ones(len(rows)), *(_numbers(rows, name) for name in ("flops", "bytes"))]
    )
    times, lines, errors = rows.latency_s, 0, []
    which = _group_of(rows)
    for group in range(int(which.max()) + 1):
        inside = which == group
        train, test = inside & ~held, inside & held
        if train.sum() < LEAST_ROWS or not test.any():
            continue
        lines += 1
        scale = features[train].max(axis=0)
        scale[scale == 0] = 1
        weighted = features[train] / scale / times[train, None]
        solved, *_ = np.linalg.lstsq(weighted, np.ones(int(train.sum())), rcond=None)
        errors.append(np.abs(features[test] / scale @ solved / times[test] - 1))
    return lines, np.concatenate(errors)


def _numbers(rows: dataset.Rows, name: str) -> npt.NDArray[np.float64]:
    numbers = np.asarray(rows.columns[name], dtype=float)
    return np.where(np.isnan(numbers), 0.0, numbers)


def _group_of(rows: dataset.Rows) -> npt.NDArray[Any]:
    combined = np.zeros(len(rows), dtype=np.intp)
    for name in GROUPS:
        names, which = factorise(rows.columns[name])
        combined = combined * len(names) + which
    groups: npt.NDArray[Any] = np.unique(combined, return_inverse=True)[1]
    return groups


if __name__ == "__main__":
    main()
