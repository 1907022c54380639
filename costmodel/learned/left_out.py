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
from costmodel.learned.family_model import FamilyModel
from costmodel.learned.texts import Columns
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
        predicted = blended_s(self.rows.columns, self.views)
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
        hidden = frozenset(name for name in specs if groups[name] == group)
        part = rows.take(_share(known, TREE_ROWS * 5 // 4))
        system = Without(model, _trees(part, model, settings, say), hidden)
        for name in out:
            own = rows.take(order[name][:OWN_ROWS])
            yield Outsider(group, name, own, *system.look(own.columns))


@dataclass(frozen=True, slots=True)
class Without:
    """A family's model as if nobody had measured the ``hidden`` devices."""

    model: FamilyModel
    trees: FamilyModel
    hidden: frozenset[str]

    def look(self, table: Columns) -> tuple[siblings.Kin, siblings.Views]:
        """Return the relatives of a hidden device, and what they say of a table of its rows."""
        found = self.trees.predict(table, "gpu")
        return foreign.look(self.model, table, "gpu", found, self.hidden)

    def latency_s(self, table: Columns) -> npt.NDArray[np.float64]:
        """Return the blended prediction in seconds."""
        return blended_s(table, self.look(table)[1])


def without(
    rows: dataset.Rows,
    model: FamilyModel,
    hidden: frozenset[str],
    settings: training.Settings,
    say: Callable[[str], None],
) -> Without:
    """Hide devices from a family's model; ``rows`` train the trees that stand in for its own."""
    gpus = np.asarray(rows.columns["gpu"], dtype=str)
    rng = np.random.default_rng(settings.seed)
    known = [
        rng.permutation(np.flatnonzero(gpus == name)) for name in sorted({*gpus.tolist()} - hidden)
    ]
    part = rows.take(_share(known, TREE_ROWS * 5 // 4))
    return Without(model, _trees(part, model, settings, say), hidden)


def blended_s(table: Columns, views: siblings.Views) -> npt.NDArray[np.float64]:
    """Return the views' weighted mean in seconds."""
    bound = features.bound_on(table, "gpu")
    return np.asarray(bound * np.exp(np.clip(views.blended, *features.LOG_RATIO_RANGE)))


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
