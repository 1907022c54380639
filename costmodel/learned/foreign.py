"""Predictions on devices a family was not trained on: siblings first, trees beside them.

Points measured on a device, where the model file has some, correct these and any other answers.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from costmodel.learned import features, siblings
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.families import ModelFamily
from costmodel.learned.intervals import Intervals
from costmodel.learned.measured_points import Measured, corrected
from costmodel.learned.siblings import Kin, Views
from costmodel.learned.texts import Columns, factorise, first, take
from microbench.devices import catalogue

Answer = dict[str, npt.NDArray[Any]]


class Model(Protocol):
    """What this module needs of a family's model."""

    @property
    def family(self) -> ModelFamily:
        """Its columns."""

    @property
    def codes(self) -> dict[str, dict[str, int]]:
        """Codes of its text columns."""

    @property
    def gpus(self) -> frozenset[str]:
        """Devices of its training."""

    @property
    def unseen(self) -> Intervals:
        """Intervals over all left-out devices together, for files without those by device."""

    def predict(self, table: Columns, device_column: str) -> Answer:
        """Predict rows."""

    def measured(self, table: Columns, device_column: str) -> npt.NDArray[np.bool_]:
        """Say whether a row's formats, stack and kernel were measured on the device it names."""


def refine(
    model: Model,
    intervals: DeviceIntervals | None,
    table: Columns,
    device_column: str,
    found: Answer,
    measured: Mapping[str, Measured] | None = None,
) -> Answer:
    """Replace the predictions of rows on devices that are not among ``model.gpus``.

    Then correct those of devices in ``measured``, known or not.
    """
    names, which = factorise(table[device_column])
    devices = [catalogue.find(name).name for name in names]
    measured = measured or {}
    changed = [at for at, name in enumerate(devices) if name not in model.gpus or name in measured]
    if not changed or not model.gpus:
        return found
    out = {name: values.copy() for name, values in found.items()}
    for index in changed:
        chosen = np.flatnonzero(which == index)
        if not len(chosen):
            continue
        part = take(table, chosen)
        own = {name: values[chosen] for name, values in found.items()}
        views = None
        if devices[index] not in model.gpus:
            kin, views = look(model, part, device_column, own)
            own.update(answer(model, intervals, part, device_column, kin, views))
        if devices[index] in measured:
            own = corrected(measured[devices[index]], model, part, device_column, own, views)
        for name, values in own.items():
            out[name][chosen] = values
    return out


def look(
    model: Model,
    table: Columns,
    device_column: str,
    found: Answer,
    hidden: frozenset[str] = frozenset(),
) -> tuple[Kin, Views]:
    """Return the relatives of the one device a table names, and what they say of its rows.

    ``found`` is what the trees say; devices that are ``hidden`` are no relatives.
    """
    kin = relatives(first(table[device_column]), model.gpus, hidden)
    return kin, siblings.views(table, device_column, kin, model, found)


@functools.lru_cache(maxsize=1024)
def relatives(device: str, measured: frozenset[str], hidden: frozenset[str] = frozenset()) -> Kin:
    """Return the measured devices that stand for one that is not; ``hidden`` ones are none."""
    return siblings.kin(catalogue.find(device), measured - hidden)


def answer(
    model: Model,
    intervals: DeviceIntervals | None,
    table: Columns,
    device_column: str,
    kin: Kin,
    views: Views,
) -> Mapping[str, npt.NDArray[Any]]:
    """Return seconds and interval; the interval also holds what the relatives are unsure of."""
    bound = features.bound_on(table, device_column)
    far_shift = intervals.shift if intervals and not kin.near else 0.0
    ratio = np.clip(views.blended + far_shift, *features.LOG_RATIO_RANGE)
    latency = bound * np.exp(ratio)
    inside = np.zeros(len(latency))
    low, high = model.unseen.around(latency, inside)
    if intervals and kin.near:
        low, high = intervals.near.around(latency, inside)
    elif intervals:
        lower, higher = intervals.far.around(latency, inside)
        low, high = np.minimum(low, lower), np.maximum(high, higher)
    return {
        "latency_s": latency,
        "low_s": np.minimum(low, latency * np.exp(views.low)),
        "high_s": np.maximum(high, latency * np.exp(views.high)),
    }
