"""Sweeps: every arm is right, every value gives a shape, every point can be prepared."""

from __future__ import annotations

import pytest

from microbench.benchmark import Effort
from microbench.devices.detect import local_cpu
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.suites import cpu_sweeps
from microbench.workloads import correctness, ordered_convolution
from microbench.workloads.sweeps import SWEEPS, Arm, Sweep, find
from microbench.workloads.workload import UNFUSED
from microbench.workloads.zoo import all_workloads

IN_ZOO = {workload.name for workload in all_workloads()}
ARMS = {
    f"{arm.workload.name}-{arm.variant}-{arm.number_format}": arm
    for sweep in SWEEPS
    for arm in sweep.arms
    if arm.workload.name not in IN_ZOO
}


@pytest.mark.torch
@pytest.mark.parametrize("arm", ARMS.values(), ids=ARMS)
def test_arms_beside_the_zoo_are_right(arm: Arm) -> None:
    assert correctness.problem(arm.workload, arm.variant, arm.number_format) == ""


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_every_value_gives_a_shape_that_can_be_counted(sweep: Sweep) -> None:
    assert list(sweep.values) == sorted(set(sweep.values))
    assert len({arm.name for arm in sweep.arms}) == len(sweep.arms)
    for arm in sweep.arms:
        for value in sweep.values:
            shape = arm.shape(value)
            assert arm.number_format in arm.workload.tolerance
            assert arm.workload.work_flop(arm.variant, shape) >= 0
            assert arm.workload.bytes_moved(arm.variant, shape, 4) > 0


def test_quick_measures_ends_and_middles_only() -> None:
    quick, whole = (
        cpu_sweeps.points(local_cpu(), effort) for effort in (Effort.QUICK, Effort.DEFAULT)
    )
    assert set(quick) < set(whole)
    assert len(whole) == sum(len(sweep.values) * len(sweep.arms) for sweep in SWEEPS)


@pytest.mark.torch
def test_a_point_of_a_sweep_can_be_prepared() -> None:
    point = next(
        point
        for point in cpu_sweeps.points(local_cpu(), Effort.QUICK)
        if point["sweep"] == "delta" and point["arm"] == "delta"
    )
    prepared = cpu_sweeps.prepare(point, local_cpu(), 1)
    assert prepared.check_result is not None
    assert prepared.check_result() == ""
    assert prepared.sample(1).time_s > 0
    assert prepared.notes["shape_same_percent"] == 0


def test_unknown_sweeps_are_refused_with_the_names() -> None:
    with pytest.raises(InputError, match="filter-size"):
        find("nothing")


@pytest.mark.parametrize(("points", "order"), [(16, 4), (512, 2), (4096, 3), (2**18, 4)])
def test_sides_multiply_back(points: int, order: int) -> None:
    import math

    found = ordered_convolution.sides(points, order)
    assert math.prod(found) == points
    assert max(found) <= 2 * min(found)


def test_order_flop_by_hand() -> None:
    """64 = 8 x 8: 8 x 64 x 16 a transform and 6 x 64 a twiddle; three transforms, one product."""
    shape = {"b": 1, "h": 1, "n": 64}
    assert ordered_convolution.order_flop(shape, 2) == 3 * (8 * 64 * 16 + 6 * 64) + 6 * 64
    assert ordered_convolution.fft_flop(shape) == 3 * 2.5 * 64 * 6 + 3 * 64


@pytest.mark.torch
def test_orders_agree_with_a_convolution_written_out() -> None:
    import torch

    shape = {"b": 1, "h": 1, "n": 16}
    x, kernel = correctness.operands(ordered_convolution.WORKLOAD, shape, NumberFormat.FP64, 2)
    circular = sum(x[0, 0].roll(step) * kernel[0, step] for step in range(16))
    for variant in (UNFUSED, "fused", "order-3", "order-4"):
        found = ordered_convolution.WORKLOAD.variants[variant](shape, (x, kernel))
        assert torch.allclose(found[0, 0], torch.as_tensor(circular), atol=1e-12)
