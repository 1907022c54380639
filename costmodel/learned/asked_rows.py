"""Rows that a person asks about: each refused where no prediction could mean anything."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Family
from costmodel.learned import features, rows
from costmodel.learned.families import BY_NAME, BY_OP, OF_KERNEL, ModelFamily
from costmodel.learned.texts import Columns, Texts, factorise, first
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat

OP_NAMES: Mapping[str, str] = {
    "matmul": "gemm",
    **{
        family.value: BY_NAME[model].ops[0]
        for family, model in OF_KERNEL.items()
        if len(BY_NAME[model].ops) == 1
    },
}
"""Names that MLIR and our own JSON give an op, and the one it has in the tables."""
OPS = (*BY_OP, *(family.value for family in Family))
"""A kernel family without measurements is answered by the analytic bound, and flagged."""
DTYPES = features.known_dtypes()
FULL = "window"
"""The one shape that may be 0: attention without a window."""
FLOP_TOLERANCE = 0.01
"""A product's own count may differ by what else its kernel does: a bias, a scale."""


NEEDED = ("op", "dtype", "flops", "bytes")
"""Columns of every row beside the device's."""


def checked(table: Columns, device_column: str) -> dict[str, Any]:
    """Return a table with ops and number formats under the tables' own names.

    Raises ``InputError`` with the first row (1 is the first) and column that cannot be: a device
    or op nobody knows, a size that is no whole number or below its least, or FLOPs that are not
    2 m n k.
    """
    _check_columns(table, device_column)
    found: dict[str, Any] = dict(table)
    if len(table["op"]) == 1 and _plain(table, device_column):
        return found
    found[device_column] = _known(table[device_column], device_column, _device)
    found["op"] = ops = _known(table["op"], "op", _op)
    found["dtype"] = dtypes = _known(table["dtype"], "dtype", _dtype)
    for name in ("flops", "bytes"):
        found[name] = _numbers(table[name], name)
        _refuse(found[name], name, ~(np.isfinite(found[name]) & (found[name] >= 0)), "number")
    for family, chosen in _families(ops, dtypes):
        features.check(family, found)
        _check_shapes(found, family, chosen)
        if {"m", "n", "k"} <= set(family.shapes) & set(found):
            _check_work(found, chosen)
    return found


def _check_columns(table: Columns, device_column: str) -> None:
    """Refuse a table that lacks a column or whose columns differ in length."""
    for name in (device_column, *NEEDED):
        if name not in table:
            raise InputError(f"the table has no column {name!r}")
    for name, values in table.items():
        if not isinstance(values, Texts) and np.ndim(values) != 1:
            raise InputError(f"column {name}: not a list of one value a row")
    for name, values in table.items():
        if len(values) != len(table["op"]):
            raise InputError(f"column {name} has {len(values)} rows, op has {len(table['op'])}")


def _plain(table: Columns, device_column: str) -> bool:
    """Say whether a table's only row is one that the data packs themselves could hold.

    A table's checks take half as long as such a row's prediction; this takes a tenth of them.
    """
    op, dtype = first(table["op"]), first(table["dtype"])
    family = BY_NAME.get(rows.family_of(op, dtype))
    if family is None or family.options or dtype not in DTYPES:
        return False
    if first(table[device_column]) not in catalogue.load():
        return False
    try:
        sizes = [float(table[name].item(0)) for name in family.shapes]  # type: ignore[union-attr]
        flop, moved = (float(table[name].item(0)) for name in ("flops", "bytes"))  # type: ignore[union-attr]
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    whole = all(size >= 1 and size.is_integer() for size in sizes)
    work = 2 * math.prod(sizes) if "m" in family.shapes else flop
    counts = 0 <= flop < math.inf and 0 <= moved < math.inf
    return whole and counts and abs(flop - work) <= FLOP_TOLERANCE * work


def _known(values: Any, column: str, name: Callable[[str], str]) -> Texts:
    """Return a text column under the names that ``name`` gives; it refuses with ``InputError``."""
    texts, which = factorise(values)
    present = np.unique(which)
    names = list(texts)
    faults = {}
    for at in present.tolist():
        try:
            names[at] = name(texts[at])
        except InputError as error:
            faults[int(np.argmax(which == at))] = error
    if faults:
        row = min(faults)
        raise InputError(f"row {row + 1}, column {column}: {faults[row]}") from faults[row]
    merged = {name: at for at, name in enumerate(dict.fromkeys(names))}
    return Texts(list(merged), np.array([merged[name] for name in names], dtype=np.intp)[which])


def _device(text: str) -> str:
    return catalogue.find(text).name


def _op(text: str) -> str:
    if OP_NAMES.get(text, text) not in OPS:
        raise InputError(f"unknown op {text!r}: choose from {', '.join(sorted(BY_OP))}")
    return OP_NAMES.get(text, text)


def _dtype(text: str) -> str:
    own = rows.DTYPE_NAMES.get(text, text)
    if own not in DTYPES and own not in {known.value for known in NumberFormat}:
        raise InputError(f"unknown number format {text!r}: choose from {', '.join(DTYPES)}")
    return own


def _numbers(values: Any, column: str) -> npt.NDArray[np.float64]:
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(f"column {column}: not numbers") from error


def _families(ops: Texts, dtypes: Texts) -> Iterable[tuple[ModelFamily, npt.NDArray[np.bool_]]]:
    """Yield each family of a table that has a model, with the mask of its rows."""
    owners = [[rows.family_of(op, dtype) for dtype in dtypes.names] for op in ops.names]
    if not len(ops):
        return
    of_row = np.array(owners, dtype=object)[ops.which, dtypes.which]
    for name in dict.fromkeys(of_row.tolist()):
        if name in BY_NAME:
            yield BY_NAME[name], of_row == name


def _check_shapes(
    table: dict[str, Any], family: ModelFamily, chosen: npt.NDArray[np.bool_]
) -> None:
    """Refuse a size that is none; the columns become numbers. Absent ones the model refuses."""
    batch = (features.BATCH,) if "m" in family.shapes else ()  # of narrow products, folded into m
    names = dict.fromkeys((*family.shapes, *family.options, *batch))
    for name in filter(table.__contains__, names):
        values = table[name] = _numbers(table[name], name)
        least = 0 if name == FULL else 1
        size = np.isfinite(values) & (values >= least) & (np.floor(values) == values)
        missing = np.isnan(values) if name in (features.BATCH, *family.options) else False
        _refuse(values, name, chosen & ~(size | missing), "whole number", least)


def _check_work(table: dict[str, Any], chosen: npt.NDArray[np.bool_]) -> None:
    """Refuse a product whose FLOPs are not those of its sizes: the answer would be of neither."""
    batch, formula = 1.0, "2 m n k"
    if features.BATCH in table:
        batch, formula = np.nan_to_num(table[features.BATCH], nan=1.0), "2 b m n k"
    with np.errstate(over="ignore", invalid="ignore"):  # rows of other families hold anything
        work = 2.0 * batch * table["m"] * table["n"] * table["k"]
        wrong = chosen & ~(np.abs(table["flops"] - work) <= FLOP_TOLERANCE * work)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            f"row {row + 1}, column flops: {table['flops'][row]:g} is not {formula}, "
            f"{work[row]:g} for the sizes beside it"
        )


def _refuse(
    values: npt.NDArray[np.float64],
    column: str,
    wrong: npt.NDArray[np.bool_],
    wanted: str,
    least: int = 0,
) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            f"row {row + 1}, column {column}: {values[row]:.15g} is no {wanted} from {least} up"
        )
