"""How good a model is on rows it never saw: error and interval coverage, by family and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, features, training
from costmodel.learned.families import FAMILIES, ModelFamily
from costmodel.learned.family_model import FamilyModel
from costmodel.learned.predictor import Predictor

DECADES_S = (0.0, 1e-5, 1e-4, 1e-3, np.inf)
DECADE_NAMES = ("under 10 us", "10 to 100 us", "0.1 to 1 ms", "over 1 ms")
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Score:
    """Errors on one set of rows, as shares; ``coverage`` of the 90% interval."""

    family: str
    split: str
    rows: int
    mape: float
    median: float
    coverage: float
    bound_mape: float
    """Mean error of the analytic bound alone on the same rows: the baseline."""


def unseen_shapes(
    predictor: Predictor, folder: Path, families: Sequence[ModelFamily] = FAMILIES
) -> Iterator[Score]:
    """Score each family on fold 0, the shapes its file says it was never trained on."""
    settings = predictor.header["settings"]
    for family in families:
        model = predictor.model(family.name)
        if model is None:
            continue
        rows = dataset.load(folder, family)
        fold = dataset.shape_fold(rows, family, settings["seed"], settings["folds"])
        held = rows.take(_sample(np.flatnonzero(fold == 0), settings["seed"]))
        yield from score(model, held, "unseen shapes")


def score(model: FamilyModel, rows: dataset.Rows, split: str) -> Iterator[Score]:
    """Yield the score of all rows, then of each latency decade that has at least 50."""
    if not len(rows):
        return
    found = model.predict(rows.columns, "gpu")
    device = features.device_columns(rows.columns, "gpu")
    bound = features.bound_s(rows.columns, device)
    measured = rows.latency_s
    everything = np.ones(len(rows), dtype=bool)
    yield _score(model.family.name, split, everything, found, bound, measured)
    decade = np.digitize(measured, DECADES_S) - 1
    for index, name in enumerate(DECADE_NAMES):
        if (decade == index).sum() >= 50:
            yield _score(
                model.family.name, f"{split}, {name}", decade == index, found, bound, measured
            )


def _score(
    family: str,
    split: str,
    chosen: npt.NDArray[np.bool_],
    found: dict[str, npt.NDArray[Any]],
    bound: npt.NDArray[Any],
    measured: npt.NDArray[Any],
) -> Score:
    truth = measured[chosen]
    error = np.abs(found["latency_s"][chosen] - truth) / truth
    inside = (found["low_s"][chosen] <= truth) & (truth <= found["high_s"][chosen])
    return Score(
        family,
        split,
        int(chosen.sum()),
        float(error.mean()),
        float(np.median(error)),
        float(inside.mean()),
        float((np.abs(bound[chosen] - truth) / truth).mean()),
    )


def model_of(fitted: training.Fitted) -> FamilyModel:
    """Return a fitted family as a model that predicts, without a file between."""
    return FamilyModel(
        fitted.family,
        fitted.forest,
        fitted.codes,
        fitted.low,
        fitted.high,
        fitted.known,
        fitted.unseen,
        frozenset(fitted.gpus),
        fitted.network,
        fitted.unnamed,
        fitted.blend,
    )


def _sample(indices: npt.NDArray[Any], seed: int) -> npt.NDArray[Any]:
    if len(indices) <= MOST_ROWS:
        return indices
    return np.sort(np.random.default_rng(seed).choice(indices, MOST_ROWS, replace=False))


def lighter(settings: training.Settings) -> training.Settings:
    """Return settings for fits that are made only to be scored."""
    return replace(
        settings, max_rows=100_000, iterations=200, leaves=63, unseen_rows=20_000, effort=0
    )
