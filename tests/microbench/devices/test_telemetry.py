"""Telemetry over a fake driver: what is read, what throttling is, what a fault leaves."""

from __future__ import annotations

import threading
import time

import pytest
from fake_nvml import FakeNvml

from microbench.devices.telemetry import NOBODY, Reading, Telemetry, watch
from microbench.errors import DeviceError


def wait_for(telemetry: Telemetry, count: int) -> None:
    limit_s = time.monotonic() + 10
    while len(telemetry.readings) < count and time.monotonic() < limit_s and not telemetry.fault:
        time.sleep(0.001)


def test_readings_carry_si_units_and_one_stands_before_and_after() -> None:
    nvml = FakeNvml()
    with watch(0, nvml, period_s=100) as telemetry:
        assert len(telemetry.readings) == 1
    first, last = telemetry.readings
    assert first.sm_clock_hz == 1.98e9
    assert first.memory_clock_hz == 2.619e9
    assert first.power_w == 350.5
    assert first.temperature_c == 61
    assert first.at_s <= last.at_s
    assert nvml.open_handles == 0


def test_it_samples_until_the_block_ends_and_leaves_no_thread() -> None:
    with watch(0, FakeNvml(), period_s=0.001) as telemetry:
        wait_for(telemetry, 4)
    count = len(telemetry.readings)
    assert count >= 4
    assert not [one for one in threading.enumerate() if one.name.startswith("telemetry")]


def test_a_power_cap_is_throttling_and_idle_is_not() -> None:
    nvml = FakeNvml(reason_bits=0x4 | 0x1)
    with watch(0, nvml, period_s=100) as telemetry:
        pass
    assert telemetry.reasons() == {"software-power-cap"}
    assert telemetry.throttled_between(telemetry.readings[0].at_s, telemetry.readings[1].at_s)
    with watch(0, FakeNvml(reason_bits=0x1), period_s=100) as idle:
        pass
    assert idle.reasons() == frozenset()


def test_other_processes_are_named_and_this_one_is_not() -> None:
    with watch(0, FakeNvml(pids=(41, 7, 99)), period_s=100, own_pid=41) as telemetry:
        pass
    assert telemetry.foreign_pids() == (7, 99)


def test_inside_a_container_one_of_the_hosts_numbers_is_ours() -> None:
    with watch(0, FakeNvml(pids=(70_001,)), period_s=100, own_pid=41) as alone:
        pass
    assert alone.foreign_pids() == ()
    with watch(0, FakeNvml(pids=(60_000, 70_001)), period_s=100, own_pid=41) as shared:
        pass
    assert shared.foreign_pids() == (60_000,)
    with watch(0, FakeNvml(pids=(7,)), period_s=100, own_pid=NOBODY) as looking_on:
        pass
    assert looking_on.foreign_pids() == (7,)


def test_a_figure_the_driver_does_not_give_is_none() -> None:
    nvml = FakeNvml(unsupported=frozenset({"nvmlDeviceGetPowerUsage"}))
    with watch(0, nvml, period_s=100) as telemetry:
        pass
    assert telemetry.readings[0].power_w is None
    assert telemetry.fault == ""


def test_a_lost_gpu_ends_the_readings_with_its_reason() -> None:
    nvml = FakeNvml(lost_after=4)
    with watch(0, nvml, period_s=0.001) as telemetry:
        wait_for(telemetry, 99)
    assert len(telemetry.readings) == 2
    assert "15" in telemetry.fault
    assert nvml.open_handles == 0


def test_an_exception_in_the_block_still_closes_the_driver() -> None:
    nvml = FakeNvml()
    with pytest.raises(RuntimeError, match="planted"), watch(0, nvml, period_s=100):
        raise RuntimeError("planted")
    assert nvml.open_handles == 0


def test_no_driver_is_a_device_error() -> None:
    with pytest.raises(DeviceError, match="GPU 0"), watch(0, FakeNvml(driver_missing=True)):
        pass


def test_the_clock_is_the_median_of_what_was_read() -> None:
    def at(clock_hz: float | None) -> Reading:
        return Reading(0.0, clock_hz, None, None, None, frozenset(), ())

    assert Telemetry([at(3.0), at(None), at(1.0), at(2.0)]).clock_hz() == 2.0
    assert Telemetry([at(None)]).clock_hz() is None


def test_a_span_takes_its_readings_only() -> None:
    readings = [Reading(t, None, None, None, None, frozenset(), ()) for t in (0.0, 1.0, 2.0)]
    assert [one.at_s for one in Telemetry(readings).between(0.5, 2.0)] == [1.0, 2.0]
