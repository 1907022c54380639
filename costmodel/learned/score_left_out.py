"""What devices nobody measured can expect, and what 5, 20 or 100 points of their own change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import correction, features, foreign, measured_points
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.evaluate import Score
from costmodel.learned.family_model import FamilyModel
from costmodel.learned.left_out import Outsider
from costmodel.learned.measured_points import Measured

POINTS = (5, 20, 100)
DRAWS = 3
"""Random choices of the points; errors are their mean."""


@dataclass(frozen=True, slots=True)
class _Case:
    """An outsider with the answer for it, its bound and how a correction sees its rows."""

    one: Outsider
    model: FamilyModel
    answer: measured_points.Answer
    bound: npt.NDArray[Any]

    def score(self, found: measured_points.Answer, chosen: npt.NDArray[Any], split: str) -> Score:
        truth = self.one.rows.latency_s[chosen]
        error = np.abs(found["latency_s"] - truth) / truth
        inside = (found["low_s"] <= truth) & (truth <= found["high_s"])
        return Score(
            self.model.family.name,
            split,
            len(truth),
            float(error.mean()),
            float(np.median(error)),
            float(inside.mean()),
            float((np.abs(self.bound[chosen] - truth) / truth).mean()),
        )


def scores(
    outsiders: Sequence[Outsider],
    model: FamilyModel,
    counts: Sequence[int] = POINTS,
    seed: int = 20,
) -> Iterator[Score]:
    """Score every outsider without points of its own, then with each count of them.

    An outsider's scores are of the same rows, so that they tell what points change.
    The intervals of a device are those of the other outsiders, as for the next one to come.
    """
    for one in outsiders:
        kind = "sibling measured" if one.relatives.near else "no sibling measured"
        title = f"{one.device} left out, {kind}"
        if one.left_out != one.device:
            title = f"{one.device} left out with all of {one.left_out}"
        for count, score in by_count(one, outsiders, model, counts, seed).items():
            yield replace(score, split=f"{title}, {count} points" if count else title)


def by_count(
    one: Outsider,
    outsiders: Sequence[Outsider],
    model: FamilyModel,
    counts: Sequence[int] = POINTS,
    seed: int = 20,
) -> dict[int, Score]:
    """Score one of the outsiders with 0 points and with each count it has rows enough for."""
    case = _case(one, model, [other for other in outsiders if other.device != one.device])
    usable = [count for count in counts if 2 * count <= len(one.rows)]
    aside = max(usable, default=0)
    return {count: calibrated(case, count, aside, seed, one.device) for count in (0, *usable)}


def _case(one: Outsider, model: FamilyModel, others: Sequence[Outsider]) -> _Case:
    table = one.rows.columns
    intervals = DeviceIntervals.fit([other.errors for other in others]) if others else None
    found = foreign.answer(model, intervals, table, "gpu", one.relatives, one.views)
    bound = features.bound_on(table, "gpu")
    return _Case(one, model, dict(found), bound)


def calibrated(case: _Case, count: int, aside: int, seed: int, title: str) -> Score:
    """Correct by ``count`` random rows and score others; the mean over ``DRAWS`` draws.

    Rows are scored that are not among the first ``aside`` of a draw: of draws with the same
    ``aside`` they are the same rows whatever the count, and more points hold all of fewer.
    """
    found = []
    for draw in range(DRAWS):
        order = np.random.default_rng(seed + draw).permutation(len(case.one.rows))
        points, rest = order[:count], np.sort(order[aside:])
        found.append(case.score(_corrected(case, points, rest), rest, title))
    return replace(
        found[0],
        mape=float(np.mean([one.mape for one in found])),
        median=float(np.mean([one.median for one in found])),
        coverage=float(np.mean([one.coverage for one in found])),
        bound_mape=float(np.mean([one.bound_mape for one in found])),
    )


def _corrected(
    case: _Case, points: npt.NDArray[Any], rest: npt.NDArray[Any]
) -> measured_points.Answer:
    if not len(points):
        return {name: values[rest] for name, values in case.answer.items()}
    own = _seen(case, points)
    errors = np.log(case.one.rows.latency_s[points] / case.answer["latency_s"][points])
    measured = Measured(correction.fit(own, errors), frozenset())
    answer = {name: values[rest] for name, values in case.answer.items()}
    return measured_points.moved(measured, _seen(case, rest), answer)


def _seen(case: _Case, chosen: npt.NDArray[Any]) -> correction.Points:
    table = case.one.rows.take(chosen).columns
    return measured_points.points(case.model, table, "gpu", case.one.views.take(chosen))
