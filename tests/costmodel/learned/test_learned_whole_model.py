"""A model's time from its kernels: launches hidden behind work, unless there is too little work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.learned import siblings
from costmodel.learned.whole_model import HOST_LAUNCH_S, KERNEL_S, eager_s, queued_s

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


def test_only_siblings_that_ran_the_stack_answer_where_there_are_any() -> None:
    kin = siblings.Kin(("a", "b"), (0.25, 0.75), 0.1, True)
    ran = np.array([[True, True, False], [True, False, False]])
    assert siblings.weights(kin, ran).T.tolist() == [[0.25, 0.75], [1.0, 0.0], [0.25, 0.75]]
    far = siblings.Kin(("a", "b"), (0.5, 0.5), 0.1, False)
    assert (siblings.weights(far, ran) == 0.5).all()
