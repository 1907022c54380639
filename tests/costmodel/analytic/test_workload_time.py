"""Workloads predicted operator by operator, on a made-up processor."""

from __future__ import annotations

import pytest

from costmodel.analytic.cpu_evidence import Envelope
from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.workload_time import predicted
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.workloads.workload import FUSED, UNFUSED
from microbench.workloads.zoo import find

pytestmark = pytest.mark.torch
CALL_S, PEAK, BANDWIDTH = 1e-6, 1e11, 1e10


@pytest.fixture
def model() -> CpuModel:
    """Every operator takes a call and its bound; with no siblings measured, exactly that."""
    import numpy as np

    from costmodel.analytic.cpu_siblings import Group
    from costmodel.kernel import Family

    rates = Envelope({NumberFormat.FP32: PEAK}, (1.0,), (BANDWIDTH,), CALL_S)
    one = np.ones(1)
    group = Group(np.zeros((1, 3)), *[np.array(["x"])] * 3, one, one, np.zeros(1), one)
    return CpuModel(rates, {Family.OTHER: group}, {}, 0.5)


def test_a_product_with_bias_and_gelu_is_three_operators(model: CpuModel) -> None:
    workload, shape = find("gemm-bias-gelu"), {"m": 64, "n": 32, "k": 16}
    found = predicted(model, workload, UNFUSED, shape)
    assert found.operators == 3
    product_s = max(2 * 64 * 32 * 16 / PEAK, 4 * (64 * 16 + 16 * 32 + 64 * 32) / BANDWIDTH)
    add_s = 4 * (2 * 64 * 32 + 32) / BANDWIDTH
    gelu_s = max(10 * 64 * 32 / PEAK, 8 * 64 * 32 / BANDWIDTH)
    assert found.latency_s == pytest.approx(3 * CALL_S + product_s + add_s + gelu_s)
    assert found.low_s < found.latency_s < found.high_s
    assert found.holds(found.latency_s)
    assert not found.holds(2 * found.high_s)


def test_fewer_passes_are_predicted_faster(model: CpuModel) -> None:
    """At sizes where calls do not matter."""
    workload = find("attention-passes")
    shape = {"b": 1, "heads": 2, "p": 512, "m": 512, "e": 32, "f": 32}
    times = [predicted(model, workload, way, shape).latency_s for way in (FUSED, UNFUSED)]
    assert times[0] < times[1]


def test_work_outside_torch_is_refused(model: CpuModel) -> None:
    with pytest.raises(InputError, match="sparse-product"):
        predicted(model, find("sparse-product"), FUSED, find("sparse-product").sizes[-1])
