"""One row on a device nobody measured, from plain numbers: what ``foreign.answer`` says of tables.

All relatives are asked at once: they differ in a third of a row's features, and a product of six
rows takes the time of three. Formulas and their reasons are in ``siblings``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from costmodel.kernel import Bound
from costmodel.learned import features, sustained
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.intervals import Intervals
from costmodel.learned.siblings import Kin
from costmodel.learned.single import Named, Said, bound_of, held
from costmodel.learned.single_features import Asked, asked
from costmodel.learned.single_kernel import ROWS
from costmodel.learned.single_layers import Tables
from costmodel.learned.texts import Columns
from microbench.devices import catalogue

if TYPE_CHECKING:
    from costmodel.learned.family_model import FamilyModel

_REMEMBERED = 200
"""Combinations of texts kept: 12 kB each."""
_LEAST = math.exp(features.LOG_RATIO_RANGE[0])


@dataclass(frozen=True, slots=True)
class _Relatives:
    """What a row's texts alone say of it on its device's relatives."""

    asked: Asked
    """The device, its relatives, and the first of these again on lines to spare."""
    devices: tuple[Named, ...]
    shares: tuple[float, ...]
    """Each relative's part of the answer but for the trees, as ``siblings.weights``."""
    held: tuple[tuple[Mapping[str, float], ...], ...]
    """Figures of the device and of each relative at the rates they hold, where that is known."""
    tables: Tables
    """What devices and codes add to the network, a line a relative and lines to spare."""


class SingleForeign:
    """A family's model with what single rows on unmeasured devices need laid out for them."""

    def __init__(self, model: FamilyModel, intervals: DeviceIntervals | None) -> None:
        """Take a model, and its intervals for devices nobody measured if the file has them."""
        self._model, self._single = model, model.single()
        self._shift = intervals.shift if intervals else 0.0
        self._near = intervals.near if intervals else model.unseen
        self._far = Intervals.widest([model.unseen, *([intervals.far] if intervals else [])])
        self._known: dict[tuple[str, ...], _Relatives] = {}

    def answer(self, table: Columns, named: Named, kin: Kin) -> Said | None:
        """Return seconds and interval of a table's only row; ``None`` where numbers cannot."""
        relatives = self._known.get(named.texts)
        if relatives is None:
            relatives = self._look_up(named, kin)
            if len(self._known) < _REMEMBERED:
                self._known[named.texts] = relatives
        rows = self._single.features.rows(table, relatives.asked)
        if rows is None:
            return None
        flop, moved = rows.flop, rows.bytes_moved
        bound_s, bound = bound_of(flop, moved, named.figures)
        trees, *there = self._single.ratios(rows, relatives.tables)
        far = self._single.distances(rows.values[1 : len(relatives.devices) + 1])
        blended, low, high = kin.forest * trees, 0.0, 0.0
        for share, one, rates, ratio, distance in zip(
            relatives.shares, relatives.devices, relatives.held, there, far, strict=False
        ):
            there_s, _ = bound_of(flop, moved, one.figures)
            lower, higher = one.interval.offsets(there_s * math.exp(ratio), distance)
            if rates:
                own, other = (bound_of(flop, moved, device)[0] for device in rates)
                ratio = _carried(own, other, ratio + math.log(there_s / other))
                ratio += math.log(own / bound_s)
            else:
                ratio = _carried(bound_s, there_s, ratio)
            blended += (1 - kin.forest) * share * ratio
            low, high = low + share * lower, high + share * higher
        return self._said(bound_s, bound, blended, (low, high), kin.near)

    def _said(
        self, bound_s: float, bound: Bound, ratio: float, unsure: tuple[float, float], near: bool
    ) -> Said:
        """Return the answer; ``unsure`` are the relatives' own intervals, as offsets."""
        ratio += 0.0 if near else self._shift
        latency_s = bound_s * math.exp(held(ratio))
        low_s, high_s = (self._near if near else self._far).around_one(latency_s, 0.0)
        low_s = min(low_s, latency_s * math.exp(unsure[0]))
        high_s = max(high_s, latency_s * math.exp(unsure[1]))
        return Said(latency_s, low_s, high_s, bound_s, bound, True)

    def _look_up(self, named: Named, kin: Kin) -> _Relatives:
        devices = tuple(self._single.by_texts((name, *named.texts[1:])) for name in kin.names)
        shares = _shares(kin, [one.measured for one in devices])
        spare = [devices[0]] * (-len(devices) % ROWS if len(devices) > 1 else 0)
        lines = [([*one.figures.values()], one.codes) for one in (named, *devices, *spare)]
        where = asked(self._model.family, lines)
        every = [one.tables for one in (*devices, *spare)]
        tables = Tables.of([one.bases[0] for one in every], [one.heads[0] for one in every])
        held = tuple(self._held(named.device, one.device) for one in devices)
        return _Relatives(where, devices, shares, held, tables)

    def _held(self, asked: str, there: str) -> tuple[Mapping[str, float], ...]:
        both = (asked, there)
        if not sustained.applies(self._model.family, *map(catalogue.find, both)):
            return ()
        return tuple(sustained.figures(name, asked) for name in both)


def _shares(kin: Kin, ran: list[bool]) -> tuple[float, ...]:
    """Return each relative's share, as ``siblings.weights``."""
    choose = kin.near and any(ran)
    kept = [
        weight if own or not choose else 0.0 for weight, own in zip(kin.weights, ran, strict=True)
    ]
    return tuple(one / sum(kept) for one in kept)


def _carried(bound_s: float, bound_there_s: float, ratio_there: float) -> float:
    """Carry log(latency / bound) to a device with another bound, as ``siblings.carried``."""
    above = math.expm1(ratio_there) * math.sqrt(bound_there_s / bound_s)
    return math.log(max(1 + above, _LEAST))
