"""Points measured on a device, as corrections that travel in a model file beside the model.

A device nobody measured is answered by its relatives, a measured one by its network; either answer
is corrected by the points, family by family (``costmodel.learned.correction``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import correction, foreign, measured_points, model_file
from costmodel.learned.correction import Correction
from costmodel.learned.family_model import FamilyModel
from costmodel.learned.predictor import Predictor
from costmodel.learned.siblings import Views
from costmodel.learned.texts import Columns, factorise
from microbench.devices import catalogue
from microbench.errors import InputError

FARTHEST = 1000
"""Times a point may be off the prediction; emulated formats are off by up to a hundred."""
MOST_POINTS = 1000
"""Points a family keeps: the fit's time grows with their cube. More are thinned with the seed."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a family's points on one device say."""

    family: str
    correction: Correction
    stacks: tuple[str, ...]
    """Values of ``framework`` among the points; empty text where they name none."""


def fit(
    predictor: Predictor,
    device: str,
    table: Columns,
    seed: int,
    say: Callable[[str], None],
) -> list[Calibrated]:
    """Return corrections from rows with the data packs' columns and measured ``latency_s``.

    ``InputError`` where columns are missing or no row is of a family the model has.
    """
    name = catalogue.find(device).name
    rows = _rows_on(table, name)
    found = []
    for family, chosen in predictor.families_of(rows).items():
        model = predictor.model(family)
        if model is None:
            say(f"{family}: no model to correct, {len(chosen)} points left out")
            continue
        if len(chosen) > MOST_POINTS:
            rng = np.random.default_rng(seed)
            chosen = np.sort(rng.choice(chosen, MOST_POINTS, replace=False))
        part = {column: values[chosen] for column, values in rows.items()}
        found.append(_fit_family(predictor, model, part, say))
    if not found:
        raise InputError(f"no point on {name} is of a family the model covers")
    return found


def _fit_family(
    predictor: Predictor, model: FamilyModel, rows: Columns, say: Callable[[str], None]
) -> Calibrated:
    answer = predictor.answer(model, rows, "gpu", corrected=False)["latency_s"]
    measured_s = np.asarray(rows["latency_s"], dtype=float)
    errors = np.log(measured_s / answer)
    worst = int(np.abs(errors).argmax())
    if abs(errors[worst]) > np.log(FARTHEST):
        raise InputError(
            f"a point of {model.family.name} took {measured_s[worst]:g} s where "
            f"{answer[worst]:.2g} s are predicted: latency_s is in seconds, and no device is "
            f"{FARTHEST:,} times off: leave the point out"
        )
    points = measured_points.points(model, rows, "gpu", _views(model, rows))
    made = correction.fit(points, errors)
    stacks = sorted(set(measured_points.texts(rows, "framework", len(errors)).tolist()))
    before = np.abs(np.expm1(-errors)).mean()
    state = "corrected" if made.helps else "left as it was: the points agree on no correction"
    say(f"{model.family.name}: {len(errors)} points, off by {before:.1%} in the mean; {state}")
    return Calibrated(model.family.name, made, tuple(stacks))


def _views(model: FamilyModel, rows: Columns) -> Views | None:
    name = catalogue.find(str(rows["gpu"][0])).name
    if name in model.gpus:
        return None
    return foreign.look(model, rows, "gpu", model.predict(rows, "gpu"))[1]


def _rows_on(table: Columns, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return the measured rows of one device."""
    for column in ("gpu", "op", "dtype", "flops", "bytes", "latency_s"):
        if column not in table:
            raise InputError(f"the points have no column {column!r}")
    gpus, which = factorise(table["gpu"])
    same = np.array([catalogue.find(gpu).name == name for gpu in gpus])[which]
    if not same.any():
        raise InputError(f"no measured row names {name}: it names {', '.join(gpus[:5])}")
    latency = np.asarray(table["latency_s"], dtype=float)
    chosen = np.flatnonzero(same & np.isfinite(latency) & (latency > 0))
    if not len(chosen):
        raise InputError(f"no row of {name} has a latency_s above 0: it is measured seconds")
    return {column: np.asarray(values)[chosen] for column, values in table.items()}


def write(
    base: Predictor,
    out: Path,
    device: str,
    corrections: list[Calibrated],
    origin: str,
) -> None:
    """Write the base model with corrections of one device beside those it already has."""
    name = catalogue.find(device).name
    header = {key: value for key, value in base.header.items() if key not in {"schema", "sha256"}}
    arrays = base.everything()
    known = {key: dict(value) for key, value in header.get("calibrated", {}).items()}
    about = known.setdefault(name, {})
    for one in corrections:
        prefix = measured_points.prefix(name, one.family)
        arrays = {key: array for key, array in arrays.items() if not key.startswith(f"{prefix}/")}
        arrays.update({f"{prefix}/{key}": array for key, array in one.correction.arrays().items()})
        about[one.family] = {
            "points": len(one.correction.errors),
            "stacks": list(one.stacks),
            "from": origin,
        }
    model_file.write(out, {**header, "calibrated": known}, arrays)
