"""Fit one family: a network for devices at hand, trees for others, intervals on rows kept aside.

Both learn log(latency / bound). Folds of whole shapes: fold 0 is never read, fold 1 calibrates the
intervals of large families; small ones are calibrated by leaving out every fold in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, features, network_inputs
from costmodel.learned.families import ModelFamily
from costmodel.learned.intervals import LEAST, Intervals
from costmodel.learned.network import Network
from costmodel.learned.network_inputs import STACK
from costmodel.learned.network_plans import PLANS
from costmodel.learned.texts import factorise
from costmodel.learned.trees import Forest, from_sklearn

MASK_SHARE = 0.05
"""Share of training rows whose text columns are hidden, so that missing ones are understood."""

LEAST_UNSEEN_ROWS = 5000
"""Rows of a fit without one device, at least; a tenth of the family's rows otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How much to train; the defaults fit everything in under 30 minutes on 2 cores."""

    seed: int = 20
    iterations: int = 200
    leaves: int = 63
    learning_rate: float = 0.08
    max_rows: int = 200_000
    """Rows the trees see; the network sees all."""
    folds: int = 10
    unseen_rows: int = 60_000
    unseen_iterations: int = 120
    effort: float = 1.0
    """Factor on the epochs of each network; 0 fits trees only."""
    cross_rows: int = 40_000
    """Families with fewer rows calibrate on all their training shapes, left out by turns."""
    cross_folds: int = 3


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
    network: Network | None = None
    unnamed: tuple[Intervals, ...] = ()
    """Where the device is known and the stack is not: by code of ``dtype``, then for any other."""
    blend: float = 0.0
    """Share of the trees in the mean of both answers on devices of the training."""


def fit(
    folder: Path, family: ModelFamily, settings: Settings, say: Callable[[str], None]
) -> Fitted:
    """Fit a family on the packs in ``folder``; progress goes to ``say``."""
    return fit_rows(dataset.load(folder, family), family, settings, say)


def fit_rows(
    rows: dataset.Rows, family: ModelFamily, settings: Settings, say: Callable[[str], None]
) -> Fitted:
    """Fit a family on rows at hand; fold 0 is not read."""
    fold = dataset.shape_fold(rows, family, settings.seed, settings.folds)
    rng = np.random.default_rng(settings.seed)
    codes = _categories(rows)
    train, calibrate = np.flatnonzero(fold > 1), np.flatnonzero(fold == 1)
    table = _Table(rows, family, codes)
    few = _sample(train, settings.max_rows, rng)
    x = table.matrix(few)
    forest = _grow(table.masked(x, rng), table.target(few), settings, settings.iterations)
    tested = _sample(calibrate, settings.max_rows // 4, rng)
    network: Network | None = None
    named, unnamed = table.predict(forest, tested), tuple[Intervals, ...]()
    if settings.effort:
        network, tested, named, stackless = _networks(table, fold, forest, settings)
        unnamed = table.by_format(stackless, tested)
    say(f"{family.name}: {(fold > 0).sum():,} rows, MAPE {_mape(named, rows, tested):.1%}")
    known = Intervals.fit(named, rows.latency_s[tested])
    most = min(settings.unseen_rows, max(LEAST_UNSEEN_ROWS, len(train) // 10))
    unseen = _unseen(table, few, calibrate, replace(settings, unseen_rows=most), rng) or known
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
        network,
        unnamed,
        PLANS[family.name].trees if network else 0.0,
    )


def _networks(
    table: _Table, fold: npt.NDArray[Any], forest: Forest, settings: Settings
) -> tuple[Network, npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the network, rows no network trained on had seen, and their predictions.

    The predictions are those with the stack's name and those without.
    """
    if (fold > 0).sum() >= settings.cross_rows:
        network = table.network(np.flatnonzero(fold > 1), settings)
        tested = np.flatnonzero(fold == 1)
        first, second = (table.ask(network, forest, tested, known) for known in (True, False))
        return network, tested, first, second
    named, unnamed = np.empty(len(fold)), np.empty(len(fold))
    for turn in range(settings.cross_folds):
        aside = np.flatnonzero((fold > 0) & (fold % settings.cross_folds == turn))
        others = np.flatnonzero((fold > 0) & (fold % settings.cross_folds != turn))
        network, trees = table.network(others, settings), forest
        if PLANS[table.family.name].trees:
            trees = _grow(table.matrix(others), table.target(others), settings, settings.iterations)
        named[aside] = table.ask(network, trees, aside, True)
        unnamed[aside] = table.ask(network, trees, aside, False)
    tested = np.flatnonzero(fold > 0)
    return table.network(tested, settings), tested, named[tested], unnamed[tested]


class _Table:
    """Rows with their bound and features, computed once per selection."""

    def __init__(
        self, rows: dataset.Rows, family: ModelFamily, codes: dict[str, dict[str, int]]
    ) -> None:
        self.rows, self.family, self.codes = rows, family, codes
        self.gpus = sorted(set(rows.columns["gpu"]))
        names, which = factorise(rows.columns["gpu"])
        self.gpu = np.array([self.gpus.index(name) for name in names])[which]

    def network(self, chosen: npt.NDArray[Any], settings: Settings) -> Network:
        """Train a network on rows."""
        from costmodel.learned.network_training import train

        plan = PLANS[self.family.name]
        plan = replace(plan, epochs=max(1, round(plan.epochs * settings.effort)))
        x, gpu = self.matrix(chosen), self.gpu[chosen]
        inputs = network_inputs.plan(self.family, x, gpu, len(self.gpus), self.codes)
        return train(inputs, x, gpu, self.target(chosen), plan, settings.seed)

    def ask(
        self, network: Network, forest: Forest, chosen: npt.NDArray[Any], named: bool
    ) -> npt.NDArray[np.float64]:
        """Predict rows as on a known device, with or without the name of their stack."""
        x = self.matrix(chosen)
        if not named:
            names = features.feature_names(self.family)
            x[:, [names.index(name) for name in STACK]] = np.nan
        (ratio, _), trees = network.predict(x, self.gpu[chosen]), PLANS[self.family.name].trees
        if trees:
            ratio = (1 - trees) * ratio + trees * forest.predict(x)
        return np.asarray(self.bound(chosen) * np.exp(np.clip(ratio, *features.LOG_RATIO_RANGE)))

    def by_format(
        self, predicted: npt.NDArray[Any], chosen: npt.NDArray[Any]
    ) -> tuple[Intervals, ...]:
        """Return intervals of predictions of some rows, by code of ``dtype``, then of all rows."""
        measured = self.rows.latency_s[chosen]
        everything = Intervals.fit(predicted, measured)
        kind = np.asarray(self.rows.columns["dtype"], dtype=str)[chosen]
        own = [kind == name for name in self.codes["dtype"]]
        return (
            *(
                Intervals.fit(predicted[one], measured[one]) if one.sum() >= LEAST else everything
                for one in own
            ),
            everything,
        )

    def matrix(self, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        part = self.rows.take(chosen).columns
        return features.matrix(self.family, part, features.device_columns(part, "gpu"), self.codes)

    def bound(self, chosen: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        part = self.rows.take(chosen).columns
        return features.bound_on(part, "gpu")

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
