"""Optimal intervals against every possible split, and planted breaks found again."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.regimes import Regimes, split, split_lines
from microbench.errors import InputError


def brute_force(values: list[float], count: int) -> float:
    best = np.inf
    for cuts in itertools.combinations(range(1, len(values)), count - 1):
        edges = [0, *cuts, len(values)]
        pieces = [np.array(values[a:b]) for a, b in itertools.pairwise(edges)]
        best = min(best, sum(float(((p - p.mean()) ** 2).sum()) for p in pieces))
    return best


@given(st.lists(st.floats(-100, 100, allow_subnormal=False), min_size=1, max_size=12), st.data())
def test_the_cost_is_that_of_the_best_of_all_splits(
    values: list[float], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(values)))
    found = split(values, count)
    assert found.cost == pytest.approx(brute_force(values, count), abs=1e-6)
    assert found.starts[0] == 0
    assert list(found.starts) == sorted(set(found.starts))


def test_planted_levels_are_found() -> None:
    rng = np.random.default_rng(2)
    levels = np.repeat([1.0, 4.0, 2.0], [10, 25, 15]) + rng.normal(0, 0.1, 50)
    assert split(levels.tolist(), 3).starts == (0, 10, 35)


def test_a_roofline_sweep_breaks_where_memory_meets_compute() -> None:
    size = np.arange(0, 20, 0.5)
    time = np.where(size < 12, 0.2 * size, 0.2 * 12 + (size - 12))
    found = split_lines(size.tolist(), time.tolist(), 2)
    assert size[found.starts[1]] == pytest.approx(12, abs=0.5)
    assert found.cost == pytest.approx(0, abs=1e-9)


def test_as_many_intervals_as_values_cost_nothing() -> None:
    assert split([3.0, 1.0, 2.0], 3) == Regimes((0, 1, 2), 0.0)


@pytest.mark.parametrize(("values", "count"), [([], 1), ([1.0], 2), ([1.0], 0)])
def test_impossible_splits_are_refused(values: list[float], count: int) -> None:
    with pytest.raises(InputError):
        split(values, count)
