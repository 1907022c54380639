"""A run ends when it promised to, however noisy the machine is."""

from __future__ import annotations

import random

import pytest
import runner_fakes
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Effort
from microbench.devices.spec import DeviceKind
from microbench.runner.pace import LEAST_S, Pace, end_of_run
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


def test_the_last_point_gets_its_share() -> None:
    assert Pace(60.0, 1, lambda: 50.0).limit_s(group(10.0)) == 10.0
    assert Pace(60.0, 1, lambda: 70.0).limit_s(group(10.0)) == LEAST_S
