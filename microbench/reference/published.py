"""Published figures of known chips: ranges over sources, each with its method and where it stands.

The table is ``published.csv``: one row a chip, figure and method, with the lowest and highest value
published and how many figures stand behind them. Figures that ``sanity`` refuses never entered it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Published:
    """What others measured of one figure on one chip by one method."""

    chip: str
    """As the source names it: ``H100 SXM``, ``A100 40GB PCIe``."""
    figure: str
    """Dotted: ``latency.l2``, ``bandwidth.dram.copy``, ``rate.gemm.bf16``."""
    method: str
    low: float
    high: float
    unit: str
    count: int
    """Figures behind the range."""
    source: str


@cache
def load() -> tuple[Published, ...]:
    """Return the whole table. ``InputError`` names a row that cannot be read."""
    file = resources.files("microbench.reference").joinpath("published.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(_row(number, row) for number, row in enumerate(csv.DictReader(lines), 2))


def of_chip(names: Iterable[str]) -> tuple[Published, ...]:
    """Return the rows of chips by the names their sources use."""
    wanted = frozenset(names)
    return tuple(row for row in load() if row.chip in wanted)


def _row(number: int, row: dict[str, str]) -> Published:
    try:
        found = Published(
            row["chip"],
            row["figure"],
            row["method"],
            float(row["low"]),
            float(row["high"]),
            row["unit"],
            int(row["figures"]),
            row["source"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"published.csv, line {number}: {error}") from error
    if not found.low <= found.high or not found.source:
        raise InputError(f"published.csv, line {number}: low above high, or no source")
    return found
