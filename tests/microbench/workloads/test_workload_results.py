"""Every variant equals its reference in double precision, at three sizes, in each format."""

from __future__ import annotations

import dataclasses

import pytest

from microbench.benchmark import Effort
from microbench.devices.detect import local_cpu
from microbench.formats import NumberFormat
from microbench.suites import cpu_workloads
from microbench.workloads import correctness
from microbench.workloads.workload import FUSED, REFERENCE, Workload
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
