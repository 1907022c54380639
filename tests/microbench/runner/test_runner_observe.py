"""Telemetry travels with each point and lowers its verdict when the driver interfered."""

from __future__ import annotations

import pytest
from runner_support import DEVICE

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.devices.telemetry import Reading
from microbench.runner.observe import observed, telemetry_of
from microbench.runner.target import Target


def reading(power_w: float, *reasons: str, pids: tuple[int, ...] = (1,)) -> Reading:
    return Reading(0.0, 1.5e9 + power_w, 2.6e9, power_w, None, frozenset(reasons), pids)


def point(verdict: Verdict = Verdict.OK) -> Measurement:
    return Measurement(Point("a"), Quantity.LATENCY, verdict, value=1.0, notes={"n": 1})


def test_figures_are_noted_and_missing_ones_left_out() -> None:
    one = observed(point(), [reading(100.0), reading(300.0)])
    assert one.verdict is Verdict.OK
    assert one.notes == {
        "n": 1,
        "power_w_mean": 200.0,
        "power_w_max": 300.0,
        "sm_clock_hz_min": 1.5e9 + 100,
        "sm_clock_hz_max": 1.5e9 + 300,
        "memory_clock_hz_min": 2.6e9,
    }


def test_the_power_limit_is_noted_not_held_against_a_point() -> None:
    one = observed(point(), [reading(700.0, "software-power-cap")])
    assert one.verdict is Verdict.OK
    assert one.notes["throttle_reasons"] == "software-power-cap"


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.NOISY])
def test_heat_makes_a_point_throttled(verdict: Verdict) -> None:
    one = observed(point(verdict), [reading(1.0), reading(1.0, "hardware-thermal")])
    assert one.verdict is Verdict.THROTTLED
    assert "hardware-thermal" in one.reason


def test_others_on_the_gpu_make_a_point_noisy() -> None:
    one = observed(point(), [reading(1.0, pids=(1, 2))])
    assert one.verdict is Verdict.NOISY
    assert one.reason == "2 processes were on the GPU"


def test_others_on_the_gpu_are_expected_beside_loads() -> None:
    one = observed(point(), [reading(1.0, pids=(1, 2))], contended=True)
    assert one.verdict is Verdict.OK
    assert one.notes["gpu_processes"] == 2
    hot = observed(point(), [reading(1.0, "hardware-thermal", pids=(1, 2))], contended=True)
    assert hot.verdict is Verdict.THROTTLED


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.WRONG_CODE, Verdict.EMULATED])
def test_a_fault_stays_what_it_is(verdict: Verdict) -> None:
    one = observed(point(verdict), [reading(1.0, "hardware-thermal", pids=(1, 2))])
    assert one.verdict is verdict


def test_a_cpu_has_none() -> None:
    assert observed(point(), []) == point()
    with telemetry_of(Target(DEVICE, "cpu")) as telemetry:
        assert telemetry is None
