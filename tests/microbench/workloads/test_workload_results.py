"""Every variant equals its reference in double precision, at three sizes, in each format."""

from __future__ import annotations

import dataclasses

import pytest

from microbench.benchmark import Effort
from microbench.devices.detect import local_cpu
from microbench.formats import NumberFormat
from microbench.suites import cpu_workloads
from microbench.workloads import correctness
from microbench.workloads.workload import FUSED, REFERENCE, Workload, widened
from microbench.workloads.zoo import all_workloads, find

pytestmark = pytest.mark.torch

PAIRS = [
    (workload, variant)
    for workload in all_workloads()
    for variant in workload.variants
    if variant != REFERENCE
]


@pytest.mark.parametrize(
    ("workload", "variant"), PAIRS, ids=[f"{w.name}-{variant}" for w, variant in PAIRS]
)
def test_variant_equals_reference(workload: Workload, variant: str) -> None:
    assert NumberFormat.FP32 in workload.tolerance
    for number_format in workload.tolerance:
        assert correctness.problem(workload, variant, number_format) == ""


@pytest.mark.parametrize("workload", all_workloads(), ids=lambda workload: workload.name)
def test_every_workload_is_held_to_an_error_in_three_formats(workload: Workload) -> None:
    """Shifts work on integers: exact, whatever the format of other workloads."""
    expected = {NumberFormat.FP32, NumberFormat.FP16, NumberFormat.BF16}
    if workload.name == "shift-product":
        assert workload.tolerance == {NumberFormat.FP32: 0.0}
    else:
        assert expected <= set(workload.tolerance)
        assert workload.tolerance[NumberFormat.FP32] <= 1e-4


def test_widened_variants_round_16_bit_results_once() -> None:
    import torch

    seen: list[torch.dtype] = []

    def double(_shape: object, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        seen.append(operands[0].dtype)
        return operands[0] * 2

    call = widened({FUSED: double})[FUSED]
    for given, inside in (
        (torch.float16, torch.float32),
        (torch.bfloat16, torch.float32),
        (torch.float32, torch.float32),
        (torch.float64, torch.float64),
    ):
        operands = (torch.ones(2, dtype=given), torch.ones(2, dtype=torch.int32))
        assert call({}, operands).dtype is given
        assert seen.pop() is inside


def test_a_wrong_variant_is_found() -> None:
    right = find("gemm-bias-gelu")
    call = right.variants[FUSED]
    wrong = dataclasses.replace(
        right, variants={**right.variants, FUSED: lambda s, x: call(s, x) * 1.0001}
    )
    assert "allowed" in correctness.problem(wrong, FUSED, NumberFormat.FP32)


def test_a_result_that_is_not_finite_is_an_infinite_error() -> None:
    right = find("gemm-bias-gelu")
    wrong = dataclasses.replace(
        right,
        variants={**right.variants, FUSED: lambda s, x: right.variants[FUSED](s, x) / 0},
    )
    error = correctness.largest_error(wrong, FUSED, right.sizes[0], NumberFormat.FP32)
    assert error == float("inf")


def test_a_prepared_point_carries_its_baseline_and_bounds() -> None:
    point = cpu_workloads.points(local_cpu(), Effort.QUICK)[0]
    prepared = cpu_workloads.prepare(point, local_cpu(), 1)
    assert prepared.check_result is not None
    assert prepared.check_result() == ""
    assert prepared.notes["workload"] == "Z01"
    assert prepared.notes["baseline"]
    assert float(prepared.notes["attainable_speedup"]) > 1
    assert float(prepared.notes["error_fp32"]) < 1e-5
    assert prepared.sample(1).time_s > 0
