"""A run ends when it promised to, however noisy the machine is."""

from __future__ import annotations

import random

import pytest
import runner_fakes
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Effort
from microbench.devices.spec import DeviceKind
from microbench.runner.pace import BESIDE_S, LEAST_S, SHARES, Pace, end_of_run
from microbench.runner.plan import Group

INFINITE = float("inf")


def group(seconds_per_point: float) -> Group:
    return Group(runner_fakes.BENCHMARKS[0], (), seconds_per_point)


def test_promises_and_deadlines() -> None:
    assert end_of_run(DeviceKind.GPU, Effort.THOROUGH, 1, INFINITE, 100.0) == 610.0
    assert end_of_run(DeviceKind.GPU, Effort.THOROUGH, 5, INFINITE, 0.0) == 2550.0
    assert end_of_run(DeviceKind.CPU, Effort.THOROUGH, 1, INFINITE, 0.0) == INFINITE
    assert end_of_run(DeviceKind.CPU, Effort.DEFAULT, 1, 100.0, 0.0) == pytest.approx(95.0)


def test_without_an_end_a_point_has_its_own_limit() -> None:
    assert Pace(INFINITE, 10, lambda: 0.0).limit_s(group(10.0)) == 40.0


@given(points=st.integers(1, 600), seed=st.integers(0, 99), end=st.floats(60.0, 600.0))
def test_the_run_ends_in_time_whatever_points_use(points: int, seed: int, end: float) -> None:
    """Points may use all they are given; only the least a point needs can carry past the end."""
    clock, uses = [0.0], random.Random(seed)
    pace = Pace(end, points, lambda: clock[0])
    for _ in range(points):
        clock[0] += pace.limit_s(group(10.0)) * uses.choice((0.0, 0.3, 1.0, 1.0))
        pace.point_done()
    assert clock[0] <= end + LEAST_S * points + 1e-6


@given(points=st.integers(1, 400), seed=st.integers(0, 99), beside_s=st.floats(0.0, 0.5))
def test_points_to_come_keep_their_least(points: int, seed: int, beside_s: float) -> None:
    """Greedy points first leave room for the least of all others, and for what they take beside."""
    clock, uses = [0.0], random.Random(seed)
    end = points * (LEAST_S + max(beside_s, BESIDE_S)) + 60.0
    pace = Pace(end, points, lambda: clock[0])
    for _ in range(points):
        clock[0] += pace.limit_s(group(10.0)) * uses.choice((0.3, 1.0, 1.0)) + beside_s
        pace.point_done(beside_s)
    assert clock[0] <= end + SHARES * max(beside_s - BESIDE_S, 0.0) + 1e-6


@given(took_s=st.floats(0.1, 2.0), benchmarks=st.integers(2, 10))
def test_starts_to_come_are_kept_back(took_s: float, benchmarks: int) -> None:
    """Points that use their fair share end in time, whatever starting the rest takes."""
    clock, end = [0.0], 100.0
    pace = Pace(end, 10 * benchmarks, lambda: clock[0], starts_left=benchmarks)
    for _ in range(benchmarks):
        clock[0] += took_s
        pace.started(took_s)
        for _ in range(10):
            shares = min(SHARES, pace.points_left)
            fair = LEAST_S + (pace.limit_s(group(100.0)) - LEAST_S) / shares
            clock[0] += fair
            pace.point_done()
    assert clock[0] == pytest.approx(end, abs=SHARES * BESIDE_S)
    assert pace.starts_left == 0


def test_before_any_start_the_usual_time_is_kept_back() -> None:
    left = Pace(60.0, 1, lambda: 40.0, starts_left=5).limit_s(group(10.0))
    assert left == pytest.approx(16.0 - BESIDE_S)


def test_slow_starts_leave_points_most_of_the_time() -> None:
    pace = Pace(60.0, 1, lambda: 40.0, starts_left=5)
    pace.started(30.0)
    assert pace.limit_s(group(10.0)) == pytest.approx(15.0 - BESIDE_S)


def test_the_last_point_gets_what_is_left() -> None:
    assert Pace(60.0, 1, lambda: 50.0).limit_s(group(10.0)) == pytest.approx(10.0 - BESIDE_S)
    assert Pace(60.0, 1, lambda: 70.0).limit_s(group(10.0)) == LEAST_S
