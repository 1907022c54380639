"""Models made without one device or one architecture, and their errors on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, foreign, training
from costmodel.learned.device_intervals import LeftOut
from costmodel.learned.evaluate import lighter
from costmodel.learned.families import ModelFamily
from costmodel.learned.predictor import FamilyModel
from microbench.devices import catalogue

ROWS = 30_000
"""Training rows of a model made only to be scored, the same share from each device."""
OWN_ROWS = 1_500
"""Rows of a left-out device that are scored."""
LEAST_ROWS = 60
"""A device with fewer rows of a family is not scored."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A model that never saw ``devices``, and rows of theirs to score it on."""

    left_out: str
    model: FamilyModel
    devices: tuple[str, ...]
    rows: dataset.Rows

    def of(self, device: str) -> dataset.Rows:
        """Return the rows of one left-out device."""
        return self.rows.take(np.asarray(self.rows.columns["gpu"], dtype=str) == device)


def folds(
    rows: dataset.Rows,
    family: ModelFamily,
    column: str,
    settings: training.Settings,
    say: Callable[[str], None],
    only: Sequence[str] = (),
) -> Iterator[Fold]:
    """Leave out one ``gpu`` or ``arch`` at a time and fit light trees on the rest."""
    light = replace(lighter(settings), max_rows=ROWS, iterations=150, unseen_rows=1)
    gpus = np.asarray(rows.columns["gpu"], dtype=str)
    specs = {name: catalogue.find(name) for name in sorted(set(gpus))}
    groups = {name: spec.arch if column == "arch" else name for name, spec in specs.items()}
    rng = np.random.default_rng(settings.seed)
    order = {name: rng.permutation(np.flatnonzero(gpus == name)) for name in specs}
    for group in sorted(set(groups.values())):
        out = tuple(n for n in specs if groups[n] == group and len(order[n]) >= LEAST_ROWS)
        known = [name for name in specs if groups[name] != group]
        if not out or not known or (only and group not in only):
            continue
        train = rows.take(_share([order[name] for name in known], ROWS * 5 // 4))
        fitted = training.fit_rows(train, family, light, say)
        own = rows.take(np.concatenate([order[name][:OWN_ROWS] for name in out]))
        yield Fold(group, _model(fitted), out, own)


def left_out(fold: Fold) -> Iterator[LeftOut]:
    """Yield each left-out device's rows as its relatives and the trees predict them."""
    for device in fold.devices:
        rows = fold.of(device)
        table = dict(rows.columns)
        relatives, views = foreign.look(fold.model, table, "gpu", fold.model.predict(table, "gpu"))
        found = foreign.answer(fold.model, None, table, "gpu", relatives, views)
        yield LeftOut(device, relatives.near, np.asarray(found["latency_s"]), rows.latency_s)


def errors(
    rows: dataset.Rows,
    family: ModelFamily,
    settings: training.Settings,
    say: Callable[[str], None],
) -> list[LeftOut]:
    """Return the errors of every device left out, alone and with all of its architecture.

    An architecture of one device is left out once: both ways are the same.
    """
    found = [one for fold in folds(rows, family, "gpu", settings, say) for one in left_out(fold)]
    several = [
        arch
        for arch in sorted({catalogue.find(one.device).arch for one in found})
        if sum(catalogue.find(one.device).arch == arch for one in found) > 1
    ]
    if several:
        for fold in folds(rows, family, "arch", settings, say, several):
            found += [one for one in left_out(fold) if not one.near]
    return found


def _share(orders: Sequence[npt.NDArray[Any]], most: int) -> npt.NDArray[Any]:
    """Return up to ``most`` indices, as evenly from each list as their lengths allow."""
    taken: list[npt.NDArray[Any]] = []
    room = most
    for left, order in enumerate(sorted(orders, key=len)):
        taken.append(order[: room // (len(orders) - left)])
        room -= len(taken[-1])
    return np.sort(np.concatenate(taken))


def _model(fitted: training.Fitted) -> FamilyModel:
    return FamilyModel(
        family=fitted.family,
        forest=fitted.forest,
        codes=fitted.codes,
        low=fitted.low,
        high=fitted.high,
        known=fitted.known,
        unseen=fitted.unseen,
        gpus=frozenset(fitted.gpus),
    )
