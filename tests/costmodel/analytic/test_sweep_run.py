"""Sweeps beside predictions, read from made-up measurements."""

from __future__ import annotations

import pytest

from costmodel.analytic.sweep_run import read
from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.protocol.cpu_time import in_cpu_time
from microbench.suites.cpu_sweeps import NAME
from microbench.workloads.sweeps import find


def measured(n: int, arm: str, time_s: float) -> Measurement:
    axes = (("sweep", "long-convolution"), ("n", n), ("arm", arm))
    samples = tuple(
        Sample(time_s=time_s * wait, cpu_time_s=time_s * share)
        for wait, share in ((3, 0.9), (1, 1.0), (9, 1.1), (2, 1.0), (8, 1.0), (1, 1.0), (1, 1.0))
    )
    return Measurement(
        Point(NAME, axes),
        Quantity.LATENCY,
        Verdict.NOISY,
        value=time_s * 2,
        time_s=time_s * 2,
        samples=samples,
    )


def test_arms_are_sorted_by_value_and_failures_left_out() -> None:
    failed = Measurement(
        Point(NAME, (("sweep", "long-convolution"), ("n", 32), ("arm", "fft"))),
        Quantity.LATENCY,
        Verdict.FAILED,
    )
    run = read([measured(64, "fft", 4e-6), measured(8, "fft", 1e-6), failed])
    assert [(one.value, one.time_s) for one in run.timed("long-convolution", "fft")] == [
        (8, 2e-6),
        (64, 8e-6),
    ]
    assert run.timed("long-convolution", "windows") == []


def test_without_library_calls_nothing_is_predicted() -> None:
    run = read([measured(8, "fft", 1e-6)])
    assert run.model is None
    assert run.predicted("long-convolution", "fft") == []


def test_processor_seconds_leave_out_the_turns_of_others() -> None:
    found = in_cpu_time(measured(8, "fft", 1e-6))
    assert found.value == found.time_s == pytest.approx(1e-6)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 1e-6 <= found.high
    assert found.basis == "cpu-time"


def test_rates_keep_their_wall_time() -> None:
    rate = Measurement(
        Point("cpu.memory.bandwidth", (("size_bytes", 8),)),
        Quantity.BANDWIDTH,
        Verdict.OK,
        value=1e10,
        time_s=1e-3,
        samples=(Sample(time_s=1e-3, cpu_time_s=1e-4),),
    )
    assert in_cpu_time(rate) is rate


@pytest.mark.torch
def test_sweeps_timed_in_turns_hold_every_arm_and_value() -> None:
    from microbench.workloads.sweep_times import in_turns

    run = read(in_turns(["long-convolution"], 3))
    arms = {name: run.timed("long-convolution", name) for name in ("grouped", "windows", "fft")}
    for found in arms.values():
        assert [one.value for one in found] == list(find("long-convolution").values)
        assert all(0 < one.low_s <= one.time_s <= one.high_s for one in found)
    assert len(run.arm("long-convolution", "fft")[8].samples) == 3
    assert run.arm("long-convolution", "fft")[8].notes["shape_n"] == 8
    assert {sweep for sweep, _ in run.by_arm} == {"long-convolution"}
