"""Measured rows by model family, cleaned as their sources say, split by whole shapes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.families import ModelFamily
from microbench.errors import InputError

COMMON = ("gpu", "op", "dtype", "flops", "bytes", "latency_s", "framework", "source")
OPTIONAL = ("kernel", "kv_dtype", "distribution")


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of equal length; every row has a positive measured ``latency_s``."""

    columns: Mapping[str, npt.NDArray[Any]]

    def __len__(self) -> int:
        return len(self.columns["latency_s"])

    def take(self, chosen: npt.NDArray[Any]) -> Rows:
        """Return the rows a mask or index array selects."""
        return Rows({name: values[chosen] for name, values in self.columns.items()})

    @property
    def latency_s(self) -> npt.NDArray[np.float64]:
        """Measured seconds per kernel call."""
        return np.asarray(self.columns["latency_s"], dtype=float)


def load(folder: Path, family: ModelFamily) -> Rows:
    """Read every pack of a family; ``InputError`` when none of its files is there."""
    parts = [part for file in family.files if (part := _read(folder / f"{file}.parquet", family))]
    if not parts:
        names = ", ".join(f"{file}.parquet" for file in family.files)
        raise InputError(f"{folder}: no data for {family.name}: none of {names} is there")
    columns = {
        name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns
    }
    return Rows(columns)


def _read(path: Path, family: ModelFamily) -> Rows | None:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if not path.is_file():
        return None
    table = pq.read_table(path)
    keep = pc.is_in(table["op"], value_set=_values(family.ops))
    if family.dtypes is not None:
        keep = pc.and_(keep, pc.is_in(table["dtype"], value_set=_values(family.dtypes)))
    table = table.filter(pc.and_(keep, pc.greater(table["latency_s"], 0)))
    if not table.num_rows:
        return None
    columns: dict[str, npt.NDArray[Any]] = {}
    for name in (*COMMON, *OPTIONAL, *family.shapes):
        if name in table.column_names and not (name == "kernel" and not family.kernel_is_input):
            columns[name] = table[name].to_numpy()
        elif name in OPTIONAL:
            columns[name] = np.full(table.num_rows, "", dtype=object)
        else:
            raise InputError(f"{path}: no column {name!r}")
    for name in family.options:
        known = name in table.column_names
        columns[name] = np.asarray(
            table[name].to_numpy() if known else np.full(table.num_rows, np.nan), dtype=float
        )
    rows = Rows(columns)
    return rows.take(~_defects(table, rows))


def _values(texts: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.array(texts)


def _defects(table: Any, rows: Rows) -> npt.NDArray[np.bool_]:
    """Mark rows their source calls defective: aliased key-value blocks on A100 decode.

    TRT-LLM 1.0.0 decode at batch >= 512 and kv <= 255 reads up to 1.7 times the DRAM bandwidth
    (aiconfigurator notes): such rows say nothing about the device.
    """
    bad = np.zeros(len(rows), dtype=bool)
    if "faster_than_roofline" in table.column_names and "kv_len" in table.column_names:
        faster = np.asarray(table["faster_than_roofline"].to_numpy(), dtype=bool)
        gpu = np.asarray(rows.columns["gpu"], dtype=str)
        framework = np.asarray(rows.columns["framework"], dtype=str)
        bad |= faster & (gpu == "A100-SXM-80GB") & (framework == "trtllm-1.0.0")
    return bad


def shape_fold(rows: Rows, family: ModelFamily, seed: int, folds: int = 10) -> npt.NDArray[Any]:
    """Return a fold number per row; a shape has one fold on every device, op and format.

    Fold 0 is held back for evaluation, fold 1 calibrates intervals, the rest trains.
    """
    keys = np.column_stack([np.asarray(rows.columns[name], dtype=float) for name in family.shapes])
    shapes, which = np.unique(keys, axis=0, return_inverse=True)
    salt = int.from_bytes(hashlib.sha256(f"{family.name}:{seed}".encode()).digest()[:8], "big")
    fold = np.random.default_rng(salt).integers(0, folds, size=len(shapes))
    return np.asarray(fold[np.ravel(which)])
