"""Order statistics: known answers, exact coverage, and properties no summary may break."""

from __future__ import annotations

import math
import random
import statistics as standard

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microbench.protocol.statistics import (
    MIN_SAMPLES,
    median_interval,
    modes,
    quantile,
    summarise,
)

times = st.lists(st.floats(1e-9, 1e3), min_size=1, max_size=200)


def binomial_cdf(successes: int, count: int) -> float:
    return sum(math.comb(count, k) for k in range(successes + 1)) / 2**count


@given(times)
def test_summary_is_ordered_and_does_not_depend_on_sample_order(values: list[float]) -> None:
    summary = summarise(values)
    assert summary == summarise(sorted(values, reverse=True))
    assert summary.minimum <= summary.low <= summary.median <= summary.high
    assert summary.p10 <= summary.median <= summary.p90
    assert summary.median == pytest.approx(standard.median(values))
    assert summary.mad >= 0


@given(times, st.floats(1e-3, 1e3))
@example([1.0, 408.41126406259843, *[1.0000000000000003e-09] * 4], 3.0)
def test_summary_scales_with_the_unit(values: list[float], factor: float) -> None:
    summary, scaled = summarise(values), summarise([value * factor for value in values])
    assert scaled.median == pytest.approx(summary.median * factor)
    assert scaled.high == pytest.approx(summary.high * factor)
    if summary.count >= MIN_SAMPLES:
        width = pytest.approx(summary.relative_half_width, rel=1e-9, abs=1e-9)
        assert scaled.relative_half_width == width


@pytest.mark.parametrize(
    ("count", "first"), [(6, 1), (9, 2), (12, 3), (15, 4), (20, 6), (30, 10), (100, 40)]
)
def test_interval_takes_the_tabulated_order_statistics(count: int, first: int) -> None:
    """Ranks of the textbook table (Conover 1999, table A3, p = 0.5, 95%)."""
    assert median_interval(range(1, count + 1)) == (first, count + 1 - first)


@given(st.integers(MIN_SAMPLES, 600))
def test_interval_is_the_tightest_with_95_percent(count: int) -> None:
    low, high = median_interval(range(1, count + 1))
    assert low + high == count + 1
    assert 1 - 2 * binomial_cdf(low - 1, count) >= 0.95
    assert 1 - 2 * binomial_cdf(low, count) < 0.95


def test_interval_covers_the_median_of_skewed_samples() -> None:
    rng = random.Random(7)
    truth = math.log(2)
    covered = 0
    for _ in range(1000):
        low, high = median_interval(sorted(rng.expovariate(1) for _ in range(40)))
        covered += low <= truth <= high
    assert 0.94 <= covered / 1000 <= 0.99


@pytest.mark.parametrize("count", range(1, MIN_SAMPLES))
def test_too_few_samples_have_no_finite_interval(count: int) -> None:
    assert summarise([1.0] * count).relative_half_width == math.inf


def test_nothing_to_summarise_is_an_error() -> None:
    with pytest.raises(ValueError, match="no samples"):
        summarise([])


def test_quantile_interpolates_like_numpy() -> None:
    import numpy as np

    values = sorted([3.0, 1.0, 4.0, 1.5, 9.0, 2.6])
    for share in (0, 0.1, 0.25, 0.5, 0.9, 1):
        assert quantile(values, share) == pytest.approx(float(np.quantile(values, share)))


def test_two_clusters_are_two_modes_and_a_tail_is_not() -> None:
    fast, slow = [39.0 + i / 100 for i in range(30)], [125.0 + i / 100 for i in range(30)]
    assert modes(sorted(fast + slow)) == pytest.approx((39.145, 125.145))
    assert len(modes(sorted([*fast, 200.0, 300.0]))) == 1
    assert len(modes([5.0] * 40)) == 1
