"""Fit the forests of ``costmodel/blocks/tuned_tiles.npz`` on published tables of tuned tiles.

    python benchmarks/fit_tuned_tiles.py TABLES                  # match of tiles, left out in turn
    python benchmarks/fit_tuned_tiles.py TABLES --out FILE.npz   # fit on all rows and write

``TABLES`` holds ``triton_w8a8_block_gemm.parquet`` and ``triton_fused_moe.parquet`` (vLLM at
017e9f4, SGLang at 6ed5780, both Apache-2.0). Left out in turn: every device (rows of one
architecture and number of multiprocessors together), and every eighth of the shapes. Beside the
forests stand the tuners' default rules, recalled from their sources.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from costmodel.blocks import tuned_tiles as tiles
from costmodel.blocks.choose import choose
from costmodel.blocks.library import Operator
from costmodel.blocks.problems import parse_kernel
from microbench.devices import catalogue

NAMES = {
    "NVIDIA_A100-SXM4-40GB": "A100-SXM-40GB",
    "NVIDIA_A100-SXM4-80GB": "a100",
    "NVIDIA_A800-SXM4-80GB": "a100",
    "NVIDIA_H100": "h100",
    "NVIDIA_H100_80GB_HBM3": "h100",
    "NVIDIA_H100_PCIe": "h100-pcie",
    "NVIDIA_H800": "h100",
    "NVIDIA_H20": "h20",
    "NVIDIA_H20-3e": "h20",
    "NVIDIA_L40": "l40",
    "NVIDIA_L40S": "l40s",
    "NVIDIA_B200": "b200",
    "NVIDIA_GB200": "gb200",
    "NVIDIA_B300_SXM6_AC": "b300",
    "NVIDIA_RTX_PRO_6000_Blackwell_Server_Edition": "rtx-pro-6000",
}
"""Devices of the tables and the catalogue's nearest."""
TREES, DEPTH, LEAST = 20, 9, 3
PARTS = 8
SHOWN = 400
"""Rows that the whole choice, solver and all, is tried on."""


@dataclass(frozen=True)
class Table:
    """Rows of one operator: features and tiles."""

    operator: Operator
    rows: pd.DataFrame
    features: np.ndarray
    tiles: np.ndarray

    def groups(self, by: str) -> np.ndarray:
        if by == "device":
            return np.asarray([catalogue.find(NAMES[name]).name for name in self.rows["device"]])
        other = "E" if self.operator is Operator.GROUPED_GEMM else "K"
        shapes = self.rows["N"].astype(str) + "x" + self.rows[other].astype(str)
        return np.asarray(pd.util.hash_array(shapes.to_numpy().astype(object)) % PARTS)


def read(folder: Path, operator: Operator) -> Table:
    grouped = operator is Operator.GROUPED_GEMM
    name = "triton_fused_moe" if grouped else "triton_w8a8_block_gemm"
    rows = pd.read_parquet(folder / f"{name}.parquet")
    rows = rows[rows["device"].isin(list(NAMES))]
    if grouped:
        rows = rows[~rows["down_proj"].astype(bool)]
    rows = rows.reset_index(drop=True)
    features = [_features(row, grouped) for row in rows.to_dict("records")]
    labels = rows[["BLOCK_SIZE_M", "BLOCK_SIZE_N", "BLOCK_SIZE_K"]].to_numpy(int)
    return Table(operator, rows, np.stack(features), labels)


def _features(row: Mapping[Any, Any], grouped: bool) -> np.ndarray:
    spec = catalogue.find(NAMES[row["device"]])
    device = tiles.device_features(
        spec.sm_count,
        spec.dram_bandwidth_bytes_per_s or 0.0,
        spec.shared_bytes_per_sm or 0,
        spec.l2_bytes or 0,
    )
    if not grouped:
        return tiles.gemm_features(row["M"], row["N"], row["K"], device)
    return tiles.grouped_features(row["M"], row["N"], row["E"], element_bytes(row), device)


def element_bytes(row: Mapping[Any, Any]) -> float:
    return 1.0 if row["dtype"] in ("fp8_w8a8", "int8_w8a8", "float8") else 2.0


def fitted(features: np.ndarray, labels: np.ndarray) -> tiles.Forest:
    from sklearn.ensemble import ExtraTreesClassifier

    forest = ExtraTreesClassifier(
        TREES, max_depth=DEPTH, min_samples_leaf=LEAST, random_state=0
    ).fit(features, labels)
    trees = [one.tree_ for one in forest.estimators_]
    starts = np.cumsum([0, *(tree.node_count for tree in trees)])

    def joined(name: str, shift: bool = False) -> np.ndarray:
        parts = [getattr(tree, name) + (start if shift else 0)
                 for tree, start in zip(trees, starts, strict=False)]  # fmt: skip
        return np.concatenate(parts)

    votes = np.concatenate([tree.value[:, 0, :] for tree in trees])
    leaf = joined("children_left") < 0
    return tiles.Forest(
        classes=forest.classes_.astype(np.int16),
        roots=starts[:-1].astype(np.int32),
        feature=np.where(leaf, -1, joined("feature")).astype(np.int8),
        threshold=joined("threshold").astype(np.float32),
        left=np.where(leaf, 0, joined("children_left", shift=True)).astype(np.int32),
        right=np.where(leaf, 0, joined("children_right", shift=True)).astype(np.int32),
        votes=np.round(255 * votes / votes.sum(axis=1, keepdims=True)).astype(np.uint8),
    )


def forests_of(table: Table, rows: np.ndarray) -> dict[tuple[Operator, str], tiles.Forest]:
    return {
        (table.operator, side): fitted(table.features[rows], table.tiles[rows, place])
        for place, side in enumerate(tiles.SIDES)
    }


def defaults(table: Table) -> np.ndarray:
    """Return the tuners' tiles for a shape that no table names."""
    m = table.rows["M"].to_numpy()
    if table.operator is Operator.GEMM:
        return np.tile([64, 128, 128], (len(m), 1))
    few = m <= table.rows["E"].to_numpy()
    plain = np.where(few[:, None], [16, 32, 64], [64, 64, 32])
    scaled = (table.rows["block_shape"] != "").to_numpy()
    return np.where(scaled[:, None], [64, 128, 128], plain)


def chosen(table: Table, row: int) -> list[int]:
    """Return the tile of the whole choice: solver, time model and forests."""
    r = table.rows.iloc[row]
    form = (
        "fp8_e4m3" if table.operator is Operator.GEMM or element_bytes(r.to_dict()) == 1 else "bf16"
    )
    if table.operator is Operator.GEMM:
        text = f"gemm:{r.M},{r.N},{r.K},{form}"
    else:
        text = f"grouped_gemm:{r.E},{r.M},{min(8, r.E)},4096,{r.N},{form}"
    found = choose(parse_kernel(text), catalogue.find(NAMES[r.device]))
    return [0, 0, 0] if found is None else [found.blocks[side] for side in tiles.SIDES]


def scores(found: np.ndarray, labels: np.ndarray) -> str:
    same = found == labels
    sides = " ".join(f"{share:.3f}" for share in same.mean(axis=0))
    return f"M N K {sides}  whole tile {same.all(axis=1).mean():.3f}"


def evaluate(table: Table) -> None:
    print(f"{table.operator.value}: {len(table.rows):,} rows")
    print("  default rules                ", scores(defaults(table), table.tiles))
    random = np.random.default_rng(0)
    for by in ("device", "shape"):
        groups = table.groups(by)
        alone, rows, whole = np.zeros_like(table.tiles), [], []
        shown = random.permutation(len(groups))[:SHOWN]
        for group in np.unique(groups):
            inside = groups == group
            made = forests_of(table, ~inside)
            for place, side in enumerate(tiles.SIDES):
                for row in np.flatnonzero(inside):
                    shares = made[table.operator, side].likelihood(table.features[row])
                    alone[row, place] = max(shares, key=shares.__getitem__)
            tiles.forests = lambda made=made: made  # type: ignore[assignment]
            choose_fresh()
            for row in shown[inside[shown]]:
                rows.append(row)
                whole.append(chosen(table, row))
        print(f"  {by} left out, forests    ", scores(alone, table.tiles))
        print(f"  {by} left out, whole choice", scores(np.asarray(whole), table.tiles[rows]))


def choose_fresh() -> None:
    from costmodel.blocks import choose as module

    module._chosen.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    both = [read(given.tables, op) for op in (Operator.GEMM, Operator.GROUPED_GEMM)]
    if given.out is None:
        for table in both:
            evaluate(table)
        return
    header = {
        "made_by": "benchmarks/fit_tuned_tiles.py",
        "sources": "vLLM (fork at 017e9f4) and SGLang (fork at 6ed5780), Apache-2.0",
        "rows": {table.operator.value: len(table.rows) for table in both},
        "settings": {"trees": TREES, "depth": DEPTH, "least_rows_of_a_leaf": LEAST},
    }
    arrays: dict[str, Any] = {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)}
    for table in both:
        for (op, side), forest in forests_of(table, np.ones(len(table.rows), bool)).items():
            for name in tiles.Forest.__dataclass_fields__:
                arrays[f"{op.value}.{side}.{name}"] = getattr(forest, name)
    np.savez_compressed(given.out, **arrays)


if __name__ == "__main__":
    main()
