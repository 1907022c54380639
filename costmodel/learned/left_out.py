"""The system without one device or one architecture, and what it says of what was left out.

As for a device nobody measured: trees, fitted here on the other devices alone, stand beside the
times of measured relatives carried over. The relatives answer through the model's own networks.
Their layers have seen the left-out device too, but each answers with the weights of its own
configurations for rows it was measured on; what that changes is in docs/accuracy.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, features, foreign, siblings, training
from costmodel.learned.device_intervals import LeftOut
from costmodel.learned.evaluate import lighter, model_of
from costmodel.learned.predictor import FamilyModel
from microbench.devices import catalogue

TREE_ROWS = 30_000
"""Training rows of the trees, the same share from each device."""
OWN_ROWS = 1_500
"""Rows of a left-out device that are scored."""
LEAST_ROWS = 60
"""A device with fewer rows of a family is not scored."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Rows of a left-out device, and what its relatives and the trees say of them."""

    left_out: str
    """The device or the architecture that was left out."""
    device: str
    rows: dataset.Rows
    relatives: siblings.Kin
    views: siblings.Views

    @property
    def errors(self) -> LeftOut:
        """Return the blended prediction beside the measurement, in seconds."""
        table = self.rows.columns
        bound = features.bound_s(table, features.device_columns(table, "gpu"))
        predicted = bound * np.exp(np.clip(self.views.blended, *features.LOG_RATIO_RANGE))
        return LeftOut(self.device, self.relatives.near, predicted, self.rows.latency_s)


def outsiders(
    rows: dataset.Rows,
    model: FamilyModel,
    column: str,
    settings: training.Settings,
    say: Callable[[str], None],
    only: Sequence[str] = (),
) -> Iterator[Outsider]:
    """Leave out one ``gpu`` or ``arch`` at a time and ask for what was left."""
    gpus = np.asarray(rows.columns["gpu"], dtype=str)
    specs = {name: catalogue.find(name) for name in sorted(set(gpus))}
    rng = np.random.default_rng(settings.seed)
    order = {name: rng.permutation(np.flatnonzero(gpus == name)) for name in specs}
    groups = {name: spec.arch if column == "arch" else name for name, spec in specs.items()}
    for group in sorted(set(groups.values())):
        out = [n for n in specs if groups[n] == group and len(order[n]) >= LEAST_ROWS]
        known = [order[name] for name in specs if groups[name] != group]
        if not out or not known or (only and group not in only):
            continue
        trees = _trees(rows.take(_share(known, TREE_ROWS * 5 // 4)), model, settings, say)
        hidden = frozenset(name for name in specs if groups[name] == group)
        for name in out:
            own = rows.take(order[name][:OWN_ROWS])
            found = trees.predict(own.columns, "gpu")
            relatives, views = foreign.look(model, own.columns, "gpu", found, hidden)
            yield Outsider(group, name, own, relatives, views)


def _trees(
    rows: dataset.Rows,
    model: FamilyModel,
    settings: training.Settings,
    say: Callable[[str], None],
) -> FamilyModel:
    light = replace(lighter(settings), max_rows=TREE_ROWS, iterations=150, unseen_rows=1)
    return model_of(training.fit_rows(rows, model.family, light, say))


def errors(
    rows: dataset.Rows,
    model: FamilyModel,
    settings: training.Settings,
    say: Callable[[str], None],
) -> list[LeftOut]:
    """Return the errors of every device left out, alone and with all of its architecture.

    An architecture of one device is left out once: both ways are the same.
    """
    found = [one.errors for one in outsiders(rows, model, "gpu", settings, say)]
    archs = [catalogue.find(one.device).arch for one in found]
    several = sorted({arch for arch in archs if archs.count(arch) > 1})
    if several:
        whole = outsiders(rows, model, "arch", settings, say, several)
        found += [one.errors for one in whole if not one.relatives.near]
    return found


def _share(orders: Sequence[npt.NDArray[Any]], most: int) -> npt.NDArray[Any]:
    """Return up to ``most`` indices, as evenly from each list as their lengths allow."""
    taken: list[npt.NDArray[Any]] = []
    room = most
    for left, order in enumerate(sorted(orders, key=len)):
        taken.append(order[: room // (len(orders) - left)])
        room -= len(taken[-1])
    return np.sort(np.concatenate(taken))
