"""Points measured on a device: rows as a correction sees them, and answers it corrects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from costmodel.learned import features
from costmodel.learned.correction import Correction, Points
from costmodel.learned.families import ModelFamily
from costmodel.learned.siblings import Views
from costmodel.learned.texts import Columns, factorise

Answer = dict[str, npt.NDArray[Any]]
SHAPE_UNIT, SECONDS_UNIT = 2.5, 3.0
"""Natural logs of size and of seconds at peak that count as one unit of distance. Set by eye."""
TRUSTED = 20
"""From so many points on, their own interval stands alone: with 5 it held 60 to 80% of rows."""


class Coded(Protocol):
    """What this module needs of a family's model."""

    @property
    def family(self) -> ModelFamily:
        """Its columns."""

    @property
    def codes(self) -> dict[str, dict[str, int]]:
        """Codes of its text columns."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A family's measured points on one device."""

    correction: Correction
    stacks: frozenset[str]
    """Values of ``framework`` among the points, empty text where they name none."""


def corrected(
    measured: Measured,
    model: Coded,
    table: Columns,
    device_column: str,
    found: Answer,
    views: Views | None,
) -> Answer:
    """Return predictions of one device's rows as its measured points correct them.

    Where the device was in the training (no ``views``), other stacks than the points' stay as they
    were.
    """
    rows = points(model, table, device_column, views)
    out = moved(measured, rows, found)
    if views is not None:
        return out
    stack = texts(table, "framework", len(rows.inputs))
    same = np.isin(stack, sorted(measured.stacks))
    return {name: np.where(same, out[name], found[name]) for name in found}


def moved(measured: Measured, rows: Points, found: Answer) -> Answer:
    """Return predictions moved by the correction, with its interval.

    A few points' own interval is never narrower than the one without them.
    """
    shift, half = measured.correction.apply(rows)
    latency = found["latency_s"] * np.exp(shift)
    low, high = latency * np.exp(-half), latency * np.exp(half)
    if len(measured.correction.errors) < TRUSTED:
        low = np.minimum(low, found["low_s"] * np.exp(shift))
        high = np.maximum(high, found["high_s"] * np.exp(shift))
    return {**found, "latency_s": latency, "low_s": low, "high_s": high}


def points(model: Coded, table: Columns, device_column: str, views: Views | None) -> Points:
    """Return rows of one device as a correction sees them."""
    device = features.device_columns(table, device_column)
    matrix = features.matrix(model.family, table, device, model.codes)
    shapes = len(model.family.shapes)
    inputs = np.nan_to_num(matrix[:, : shapes + 2].astype(float))
    inputs[:, :shapes] *= np.log(2) / SHAPE_UNIT
    inputs[:, shapes:] /= SECONDS_UNIT
    names = ["op", "dtype", "framework", "kv_dtype"]
    names += ["kernel"] if model.family.kernel_is_input else []
    groups = texts(table, names[0], len(inputs))
    for name in names[1:]:
        groups = np.char.add(np.char.add(groups, "|"), texts(table, name, len(inputs)))
    seen = np.empty((len(inputs), 0)) if views is None else (views.ratios - views.blended).T
    return Points(inputs, groups, seen)


def texts(table: Columns, column: str, count: int) -> npt.NDArray[np.str_]:
    """Return a text column, empty where it or the text is missing."""
    if column not in table:
        return np.full(count, "")
    names, which = factorise(table[column])
    return np.array(["" if name in {"None", "nan"} else name for name in names], dtype=str)[which]


def prefix(device: str, family: str) -> str:
    """Return the name under which a model file keeps a family's points on a device."""
    return f"calibrated.{device}.{family}"
