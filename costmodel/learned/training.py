"""Fit one model a family: boosted trees on log(latency / bound), intervals on rows kept aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, features
from costmodel.learned.families import ModelFamily
from costmodel.learned.intervals import Intervals
from costmodel.learned.trees import Forest, from_sklearn

MASK_SHARE = 0.05
"""Share of training rows whose text columns are hidden, so that missing ones are understood."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How much to train; the defaults fit everything in under 30 minutes on 2 cores."""

    seed: int = 20
    iterations: int = 400
    leaves: int = 127
    learning_rate: float = 0.08
    max_rows: int = 400_000
    folds: int = 10
    unseen_rows: int = 60_000
    unseen_iterations: int = 120


@dataclass(frozen=True, slots=True)
class Fitted:
    """A family's model, with what prediction and provenance need."""

    family: ModelFamily
    forest: Forest
    codes: dict[str, dict[str, int]]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    """Range of each feature in training."""
    known: Intervals
    unseen: Intervals
    gpus: tuple[str, ...]
    sources: tuple[str, ...]
    rows: int


def fit(
    folder: Path, family: ModelFamily, settings: Settings, say: Callable[[str], None]
) -> Fitted:
    """Fit a family on the packs in ``folder``; progress goes to ``say``."""
    return fit_rows(dataset.load(folder, family), family, settings, say)


def fit_rows(
    rows: dataset.Rows, family: ModelFamily, settings: Settings, say: Callable[[str], None]
) -> Fitted:
    """Fit a family on rows at hand: folds above 1 train, fold 1 calibrates, fold 0 is not read."""
    fold = dataset.shape_fold(rows, family, settings.seed, settings.folds)
    rng = np.random.default_rng(settings.seed)
    codes = _categories(rows)
    train = _sample(np.flatnonzero(fold > 1), settings.max_rows, rng)
    calibrate = _sample(np.flatnonzero(fold == 1), settings.max_rows // 4, rng)
    table = _Table(rows, family, codes)
    x = table.matrix(train)
    forest = _grow(table.masked(x, rng), table.target(train), settings, settings.iterations)
    predicted = table.predict(forest, calibrate)
    known = Intervals.fit(predicted, rows.latency_s[calibrate])
    say(f"{family.name}: {len(train):,} rows, MAPE {_mape(predicted, rows, calibrate):.1%}")
    unseen = _unseen(table, train, calibrate, settings, rng) or known
    return Fitted(
        family,
        forest,
        codes,
        np.nanmin(x, axis=0, initial=np.inf, where=~np.isnan(x)).astype(float),
        np.nanmax(x, axis=0, initial=-np.inf, where=~np.isnan(x)).astype(float),
        known,
        unseen,
        tuple(sorted(set(rows.columns["gpu"]))),
        tuple(sorted(set(rows.columns["source"]))),
        len(train),
    )


class _Table:
    """Rows with their bound and features, computed once per selection."""

    def __init__(
        self, rows: dataset.Rows, family: ModelFamily, codes: dict[str, dict[str, int]]
    ) -> None:
        self.rows, self.family, self.codes = rows, family, codes

    def matrix(self, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        part = self.rows.take(chosen).columns
        return features.matrix(self.family, part, features.device_columns(part, "gpu"), self.codes)

    def bound(self, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        part = self.rows.take(chosen).columns
        return features.bound_s(part, features.device_columns(part, "gpu"))

    def target(self, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        return np.asarray(np.log(self.rows.latency_s[chosen] / self.bound(chosen)))

    def predict(self, forest: Forest, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        ratio = np.clip(forest.predict(self.matrix(chosen)), *features.LOG_RATIO_RANGE)
        return np.asarray(self.bound(chosen) * np.exp(ratio))

    def masked(
        self, x: npt.NDArray[np.float32], rng: np.random.Generator
    ) -> npt.NDArray[np.float32]:
        names = features.feature_names(self.family)
        hidden = x.copy()
        for name in ("framework", "kernel", "kv_dtype", "distribution"):
            hidden[rng.random(len(x)) < MASK_SHARE, names.index(name)] = np.nan
        return hidden


def _grow(
    x: npt.NDArray[np.float32],
    y: npt.NDArray[np.float64],
    settings: Settings,
    iterations: int,
) -> Forest:
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        loss="absolute_error" if len(y) < 5000 else "squared_error",
        max_iter=iterations,
        learning_rate=settings.learning_rate if len(y) > 20_000 else 0.05,
        max_leaf_nodes=settings.leaves if len(y) > 20_000 else 31,
        min_samples_leaf=10,
        max_bins=255,
        early_stopping=False,
        random_state=settings.seed,
    )
    empty = np.isnan(x).all(axis=0)
    model.fit(np.where(empty, np.float32(0), x), y)
    return from_sklearn(model)


def _unseen(
    table: _Table,
    train: npt.NDArray[Any],
    calibrate: npt.NDArray[Any],
    settings: Settings,
    rng: np.random.Generator,
) -> Intervals | None:
    """Leave each device out in turn; its residuals say how far an unknown one can be trusted."""
    gpu = np.asarray(table.rows.columns["gpu"], dtype=str)
    names = sorted(set(gpu))
    if len(names) < 2:
        return None
    predicted, measured = [], []
    for name in names:
        others = _sample(train[gpu[train] != name], settings.unseen_rows, rng)
        own = _sample(calibrate[gpu[calibrate] == name], 2000, rng)
        if len(others) < 100 or not len(own):
            continue
        x = table.masked(table.matrix(others), rng)
        forest = _grow(x, table.target(others), settings, settings.unseen_iterations)
        predicted.append(table.predict(forest, own))
        measured.append(table.rows.latency_s[own])
    if not predicted:
        return None
    return Intervals.fit(np.concatenate(predicted), np.concatenate(measured))


def _categories(rows: dataset.Rows) -> dict[str, dict[str, int]]:
    found = {}
    for name in features.CATEGORIES:
        if name in rows.columns:
            texts = sorted({str(text) for text in set(rows.columns[name])} - {"", "None", "nan"})
            found[name] = {text: code for code, text in enumerate(texts)}
    return found


def _sample(
    indices: npt.NDArray[Any], most: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    if len(indices) <= most:
        return np.asarray(indices)
    return np.sort(rng.choice(indices, most, replace=False))


def _mape(predicted: npt.NDArray[Any], rows: dataset.Rows, chosen: npt.NDArray[Any]) -> float:
    measured = rows.latency_s[chosen]
    return float(np.mean(np.abs(predicted - measured) / measured))
