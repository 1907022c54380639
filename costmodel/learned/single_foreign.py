"""One row on a device nobody measured, from plain numbers: what ``foreign.answer`` says of tables.

Trees and every relative are asked by ``Single``; formulas and their reasons are in ``siblings``.
"""

from __future__ import annotations

import math

from costmodel.learned import features
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.intervals import Intervals
from costmodel.learned.siblings import Kin
from costmodel.learned.single import Named, Said, Single
from costmodel.learned.texts import Columns


def answer(
    single: Single,
    unseen: Intervals,
    intervals: DeviceIntervals | None,
    table: Columns,
    named: Named,
    relatives: Kin,
) -> Said | None:
    """Return seconds and interval of a table's only row; ``None`` where plain numbers cannot.

    ``unseen`` is the interval of trees alone, over all left-out devices together.
    """
    trees = single.say(table, named)
    there = [single.named(table, name) for name in relatives.names]
    answers = [single.say(table, one) for one in there]
    if trees is None or None in answers:
        return None
    known = [one for one in answers if one is not None]
    shares = _shares(relatives, [one.measured for one in there])
    blended, low, high = relatives.forest * math.log(trees.latency_s / trees.bound_s), 0.0, 0.0
    for share, one in zip(shares, known, strict=True):
        blended += (1 - relatives.forest) * share * _carried(trees.bound_s, one)
        low += share * math.log(one.low_s / one.latency_s)
        high += share * math.log(one.high_s / one.latency_s)
    if intervals and not relatives.near:
        blended += intervals.shift
    least, most = features.LOG_RATIO_RANGE
    latency_s = trees.bound_s * math.exp(min(max(blended, least), most))
    low_s, high_s = _around(unseen, intervals, relatives.near, latency_s)
    return trees._replace(
        latency_s=latency_s,
        low_s=min(low_s, latency_s * math.exp(low)),
        high_s=max(high_s, latency_s * math.exp(high)),
    )


def _shares(relatives: Kin, ran: list[bool]) -> list[float]:
    """Return each relative's share, as ``siblings.weights``."""
    choose = relatives.near and any(ran)
    kept = [
        weight if own or not choose else 0.0
        for weight, own in zip(relatives.weights, ran, strict=True)
    ]
    return [one / sum(kept) for one in kept]


def _carried(bound_s: float, there: Said) -> float:
    """Carry log(latency / bound) to a device with another bound, as ``siblings.carried``."""
    ratio = math.log(there.latency_s / there.bound_s)
    above = math.expm1(ratio) * math.sqrt(there.bound_s / bound_s)
    return math.log(max(1 + above, math.exp(features.LOG_RATIO_RANGE[0])))


def _around(
    unseen: Intervals, intervals: DeviceIntervals | None, near: bool, latency_s: float
) -> tuple[float, float]:
    if intervals and near:
        return intervals.near.around_one(latency_s, 0.0)
    low_s, high_s = unseen.around_one(latency_s, 0.0)
    if intervals:
        lower_s, higher_s = intervals.far.around_one(latency_s, 0.0)
        return min(low_s, lower_s), max(high_s, higher_s)
    return low_s, high_s
