"""Processes are combined by a bootstrap whose unit is the process."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.store.combine import combine, interval

VALUES = st.lists(st.floats(1.0, 100.0), min_size=2, max_size=5)


def measurements(
    values: Sequence[float | None], verdict: Verdict = Verdict.OK
) -> list[Measurement]:
    return [
        Measurement(Point("a"), Quantity.LATENCY, verdict, value=value, time_s=value)
        for value in values
    ]


def test_one_process_is_left_as_it_is() -> None:
    (one,) = measurements([3.0])
    assert combine([one]) is one


def test_five_processes_give_their_range() -> None:
    """By hand: of 5**5 resamples the median is the least value in 5.8% > 2.5%."""
    assert interval([5.0, 1.0, 4.0, 2.0, 3.0]) == (1.0, 5.0)


def test_the_interval_agrees_with_scipy() -> None:
    from scipy.stats import bootstrap

    values = [10.0, 10.1, 9.9, 10.2, 9.8, 10.05, 9.95, 10.4, 9.7, 10.15, 10.0, 9.85]
    import numpy as np

    theirs = bootstrap(
        (values,), np.median, method="percentile", n_resamples=20_000, rng=np.random.default_rng(1)
    ).confidence_interval
    ours = interval(values)
    assert ours[0] == pytest.approx(theirs.low, abs=0.06)
    assert ours[1] == pytest.approx(theirs.high, abs=0.06)


@given(VALUES)
def test_the_median_lies_inside_and_inside_the_range(values: list[float]) -> None:
    one = combine(measurements(values))
    assert one.value is not None
    assert one.low is not None
    assert one.high is not None
    assert min(values) <= one.low <= one.value <= one.high <= max(values)
    assert one.notes["process_spread"] == pytest.approx(
        (max(values) - min(values)) / abs(one.value)
    )


def test_a_wrong_result_is_never_outvoted() -> None:
    good = measurements([1.0, 1.0, 1.0, 1.0])
    bad = measurements([None], Verdict.WRONG_RESULT)
    one = combine([*good, *bad])
    assert one.verdict is Verdict.WRONG_RESULT
    assert one.value is None


def test_processes_that_differ_are_noisy() -> None:
    one = combine(measurements([1.0, 1.1, 1.2, 1.0, 1.1]))
    assert one.verdict is Verdict.NOISY
    assert "processes differ" in one.reason
    assert combine(measurements([1.0, 1.01, 1.0, 1.01, 1.0])).verdict is Verdict.OK
