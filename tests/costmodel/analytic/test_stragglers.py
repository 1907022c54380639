"""Order statistics against simulation, and the outlier rule on clean and sick logs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.stragglers import (
    expected_round_exponential_s,
    normal_false_alarm_rate,
    outliers,
    redundancy_saving,
    round_time_s,
)
from microbench.errors import InputError


@pytest.mark.parametrize(("workers", "ignored"), [(16, 0), (16, 1), (256, 0), (256, 16)])
def test_exponential_times_match_simulation_to_2_percent(workers: int, ignored: int) -> None:
    rng = np.random.default_rng(3)
    rounds = np.sort(rng.exponential(2.0, (20_000, workers)), axis=1)
    simulated = float(rounds[:, workers - 1 - ignored].mean())
    assert expected_round_exponential_s(workers, ignored, 2.0) == pytest.approx(simulated, rel=0.02)


def test_the_closed_form_by_hand() -> None:
    assert expected_round_exponential_s(3, 0, 6.0) == pytest.approx(6 * (1 + 1 / 2 + 1 / 3))
    assert expected_round_exponential_s(3, 2, 6.0) == pytest.approx(2.0)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=20), st.data())
def test_ignoring_more_never_ends_later(times: list[float], data: st.DataObject) -> None:
    ignored = data.draw(st.integers(0, len(times) - 1))
    assert round_time_s(times, ignored) <= round_time_s(times)


def test_what_redundancy_would_save() -> None:
    assert redundancy_saving([[1, 1, 4], [1, 2, 2]], 1) == pytest.approx(1 - 3 / 6)
    with pytest.raises(InputError):
        redundancy_saving([[1.0]], 1)


def log(seed: int, ranks: int = 32, sick: int | None = None) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    times = 0.1 * np.exp(rng.normal(0, 0.02, (ranks, 50)))
    if sick is not None:
        times[sick] *= 3
    return list(times)


def test_a_rank_three_times_slower_is_named() -> None:
    for sick in (0, 17, 31):
        found = outliers(log(sick, sick=sick))
        assert [one.index for one in found] == [sick]
        assert found[0].time_s == pytest.approx(0.3, rel=0.05)


def test_a_thousand_clean_runs_give_no_alarm() -> None:
    assert normal_false_alarm_rate(6.0) * 32 * 1000 < 1e-3
    assert sum(len(outliers(log(seed))) for seed in range(1000)) == 0


def test_two_sick_ranks_come_slowest_first() -> None:
    times = log(5, sick=3)
    times[9] = times[9] * 2
    assert [one.index for one in outliers(times)] == [3, 9]


def test_ranks_that_agree_exactly_still_show_the_slow_one() -> None:
    found = outliers([[1.0], [1.0], [1.0], [1.0], [1.2]])
    assert [one.index for one in found] == [4]
    assert math.isinf(found[0].z)


def test_three_ranks_are_too_few() -> None:
    with pytest.raises(InputError, match="at least 4"):
        outliers([[1.0], [1.0], [3.0]])
