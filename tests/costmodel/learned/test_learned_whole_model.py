"""A model's time from its kernels: launches hidden behind work, unless there is too little work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.kernel import Bound, Family, Kernel, Launch, Prediction
from costmodel.learned import siblings
from costmodel.learned.predictor import Predictor
from costmodel.learned.whole_model import HOST_LAUNCH_S, KERNEL_S, eager_s, queued_s, total
from microbench.devices import catalogue
from microbench.formats import NumberFormat

GAP_S = 23e-6


def test_large_kernels_lose_the_gap_once_each() -> None:
    latency, count = np.array([1e-3, 2e-3]), np.array([10.0, 5.0])
    hidden = GAP_S - KERNEL_S
    assert eager_s(latency, count, GAP_S) == pytest.approx(20e-3 - 15 * hidden)


def test_a_host_slower_than_the_gpu_sets_the_time() -> None:
    assert eager_s(np.array([GAP_S]), np.array([1000.0]), GAP_S) == 1000 * HOST_LAUNCH_S


@given(st.floats(1e-7, 1.0), st.floats(0.0, 1e-4))
def test_a_queued_kernel_never_takes_longer_nor_nothing(latency_s: float, gap_s: float) -> None:
    found = float(queued_s(np.array([latency_s]), gap_s)[0])
    assert 0 < found <= latency_s


def prediction(latency_s: float, count: float, launch: Launch | None) -> Prediction:
    kernel = Kernel("k", Family.ELEMENTWISE, "add", NumberFormat.FP32, 1.0, 4.0, count=count)
    low_s, high_s, attainable_s = latency_s / 2, latency_s * 2, latency_s / 10
    return Prediction(
        kernel, "X", "torch-eager", latency_s, low_s, high_s, attainable_s, Bound.MEMORY,
        launch=launch,
    )  # fmt: skip


def test_a_total_hides_the_gap_of_kernels_timed_as_eager_calls_alone() -> None:
    found = total(
        [prediction(1e-3, 10, Launch.EAGER), prediction(2e-3, 5, Launch.ALONE)], gap_s=GAP_S
    )
    hidden = 10 * (GAP_S - KERNEL_S)
    assert found.kernels_s == pytest.approx(20e-3)
    assert found.hidden_s == pytest.approx(hidden)
    assert found.latency_s == pytest.approx(20e-3 - hidden)
    assert found.low_s == pytest.approx(10e-3 - hidden)
    assert found.high_s == pytest.approx(40e-3 - hidden)
    assert found.host_s == pytest.approx(15 * HOST_LAUNCH_S)


def test_many_small_kernels_take_what_the_host_takes() -> None:
    found = total([prediction(GAP_S, 1000, Launch.EAGER)], gap_s=GAP_S)
    assert found.latency_s == found.host_s == pytest.approx(1000 * HOST_LAUNCH_S)
    assert found.low_s < found.latency_s < found.high_s


kernels = st.tuples(st.floats(1e-6, 1e-2), st.integers(1, 1000), st.sampled_from([None, *Launch]))


@given(st.lists(kernels, min_size=1), st.floats(0, 1e-4))
def test_a_total_is_between_the_attainable_time_and_sum_or_launches(
    rows: list[tuple[float, int, Launch | None]], gap_s: float
) -> None:
    predictions = [prediction(*row) for row in rows]
    found = total(predictions, gap_s)
    least = sum(one.attainable_s * one.kernel.count for one in predictions)
    assert least <= found.latency_s * (1 + 1e-9)
    assert found.latency_s <= max(found.kernels_s, found.host_s) * (1 + 1e-9)
    assert found.low_s <= found.latency_s <= found.high_s
    assert found.hidden_s >= -1e-12


def test_a_larger_model_never_takes_less() -> None:
    some = [prediction(3e-5, 10, Launch.EAGER)]
    more = [*some, prediction(1e-5, 1, None)]
    assert total(more, GAP_S).latency_s > total(some, GAP_S).latency_s


@pytest.mark.parametrize("device", ["v100-pcie-32gb", "h200", "t4"])
def test_the_gap_of_a_gpu_is_some_ten_microseconds(device: str) -> None:
    gap_s = Predictor.load().eager_gap_s(catalogue.find(device))
    assert 5e-6 < gap_s < 60e-6


def test_only_siblings_that_ran_the_stack_answer_where_there_are_any() -> None:
    kin = siblings.Kin(("a", "b"), (0.25, 0.75), 0.1, True)
    ran = np.array([[True, True, False], [True, False, False]])
    assert siblings.weights(kin, ran).T.tolist() == [[0.25, 0.75], [1.0, 0.0], [0.25, 0.75]]
    far = siblings.Kin(("a", "b"), (0.5, 0.5), 0.1, False)
    assert (siblings.weights(far, ran) == 0.5).all()
