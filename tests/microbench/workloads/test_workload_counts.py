"""Closed forms: worked by hand, monotone, without torch; bounds of the papers reproduced."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.errors import InputError
from microbench.workloads import (
    attention_passes,
    conv_blocks,
    convolution,
    decode_batching,
    gemm_gelu,
    inception_mixer,
    large_kernel,
    sparse_swiglu,
)
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Workload
from microbench.workloads.zoo import all_workloads, find

WORKLOADS = all_workloads()
each = pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)


@each
def test_every_workload_is_whole(workload: Workload) -> None:
    assert {REFERENCE, UNFUSED, FUSED} <= set(workload.variants)
    assert workload.key.startswith("Z")
    assert workload.question.endswith("?")
    assert workload.baseline
    assert workload.claimed
    for shape in (workload.preset, *workload.sizes):
        assert workload.flop(shape) >= 0
        assert workload.min_bytes(shape, 4) > 0
        assert workload.added_bytes(shape, 4) >= 0
        assert workload.min_bytes(shape, 2) <= workload.min_bytes(shape, 4)
        assert workload.attainable_speedup(shape, 4) >= 1


@each
def test_presets_take_under_a_second_on_any_cpu(workload: Workload) -> None:
    """At 2 GFLOP/s and 4 GB/s, a small core without vectors."""
    for variant in workload.variants:
        if variant != REFERENCE:
            assert workload.work_flop(variant, workload.preset) < 2e9
            assert workload.bytes_moved(variant, workload.preset, 4) < 2e9


def test_every_row_of_the_table_of_workloads_is_there() -> None:
    """Z01 to Z29; Z30, collectives over several devices, is a model without a workload."""
    assert {f"Z{row:02}" for row in range(1, 30)} <= {workload.key for workload in WORKLOADS}


def test_names_are_unique_and_unknown_ones_refused() -> None:
    assert len({workload.name for workload in WORKLOADS}) == len(WORKLOADS)
    with pytest.raises(InputError, match="attention-passes"):
        find("nothing")


def test_counting_imports_no_torch() -> None:
    code = (
        "import sys\n"
        "from microbench.workloads.zoo import all_workloads\n"
        "for w in all_workloads():\n"
        "    w.flop(w.preset), w.min_bytes(w.preset, 2), w.added_bytes(w.preset, 2)\n"
        "assert not {'torch', 'numpy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_gemm_gelu_by_hand() -> None:
    shape = {"m": 2, "n": 3, "k": 4}
    assert gemm_gelu.flop(shape) == 2 * 24 + 10 * 6
    assert gemm_gelu.min_bytes(shape, 4) == 4 * (8 + 12 + 3 + 6)
    assert gemm_gelu.added_bytes(shape, 4) == 2 * (2 * 4 * 6)


@pytest.mark.parametrize(
    ("kernel", "intensity"), [(3, 4.5), (5, 12.5), (7, 24.5)], ids=["3x3", "5x5", "7x7"]
)
def test_depthwise_intensity_approaches_the_published_limit(kernel: int, intensity: float) -> None:
    """Large-batch limit R S g / e at e = 2."""
    shape = {"n": 512, "c": 64, "h": 56, "w": 56, "k": 64, "r": kernel, "groups": 64}
    reached = convolution.flop(shape) / convolution.min_bytes(shape, 2)
    assert reached == pytest.approx(intensity, rel=1e-3)


def test_pointwise_intensity_is_ck_over_c_plus_k() -> None:
    shape = {"n": 4096, "c": 64, "h": 56, "w": 56, "k": 256, "r": 1, "groups": 1}
    reached = convolution.flop(shape) / convolution.min_bytes(shape, 2)
    assert reached == pytest.approx(51.2, rel=1e-3)


def test_conv_first_block_reproduces_the_golden_table() -> None:
    """30.01 Gop and 102.8 MB fused at N = 128, 56 x 56, C = 64, g = 8, r = 4, fp16."""
    shape = {"n": 128, "c": 64, "h": 56, "w": 56, "g": 8, "ratio": 4}
    assert conv_blocks.conv_first_flop(shape) / 1e9 == pytest.approx(30.01, abs=0.005)
    block = find("conv-first")
    assert block.min_bytes(shape, 2) / 1e6 == pytest.approx(102.8, abs=0.1)


@given(st.integers(1, 16))
def test_block_traffic_formulas(ratio: int) -> None:
    assert conv_blocks.folded_channels(ratio, mb=False) == 5 + 2 * ratio
    assert conv_blocks.folded_channels(ratio, mb=True) == 3 + 4 * ratio
    # Counted operator by operator: read + written channels of each.
    first = 2 + 2 + (1 + ratio) + 2 * ratio + (ratio + 1) + 3
    assert conv_blocks.eager_channels(ratio, mb=False) == first
    mobile = 2 + (1 + ratio) + 2 * ratio + 2 * ratio + 2 * ratio + (ratio + 1) + 3
    assert conv_blocks.eager_channels(ratio, mb=True) == mobile


def test_attention_by_hand() -> None:
    shape = {"b": 1, "heads": 2, "p": 3, "m": 5, "e": 4, "f": 6}
    assert attention_passes.flop(shape) == 2 * (2 * 15 * 10 + 5 * 15)
    assert attention_passes.min_bytes(shape, 2) == 2 * 2 * (12 + 20 + 30 + 18)
    assert attention_passes.added_bytes(shape, 2) == 4 * 2 * 2 * 15


def test_inception_mixer_costs_7_75_of_98() -> None:
    assert inception_mixer.PER_PIXEL_CHANNEL_FLOP == 7.75
    assert inception_mixer.DEPTHWISE_7X7_FLOP == 98


def test_merged_kernel_counts() -> None:
    shape = {"n": 1, "c": 1, "h": 1, "w": 1}
    assert large_kernel.flop(shape) == 338
    assert large_kernel.unfused_flop(shape) == 2 * (169 + 25 + 49 + 27) + 5
    assert large_kernel.added_bytes(shape, 4) == 4 * (5 * 2 + 5 * 3)


@given(st.integers(1, 99))
def test_sparse_swiglu_never_beats_its_bound(sparse_percent: int) -> None:
    """The bytes give at most 3 / (1 + 2 (1 - s)): 1.5 at half."""
    shape = {"d": 100, "f": 1000, "sparse_percent": sparse_percent}
    bound = 3 / (1 + 2 * (1 - sparse_percent / 100))
    reached = find("sparse-swiglu").attainable_speedup(shape, 2)
    assert 1 < reached <= bound
    assert reached == pytest.approx(bound, rel=0.01)
    if sparse_percent == 50:
        assert sparse_swiglu.flop(shape) == 4 * 100 * 1000


def test_decode_batching_counts() -> None:
    shape = {"b": 4, "layers": 2, "hidden": 8, "context": 3}
    weights, cache = 128, 4 * 2 * 3 * 8
    assert decode_batching.flop(shape) == 2 * 4 * weights + 4 * cache
    assert decode_batching.min_bytes(shape, 2) == 2 * (weights + 2 * cache + 64)
    assert decode_batching.added_bytes(shape, 2) == 2 * 3 * weights


@given(st.integers(1, 64), st.integers(1, 300), st.floats(1e-6, 1))
def test_batching_a_memory_bound_step_wins_exactly_the_number_of_requests(
    requests: int, steps: int, step_s: float
) -> None:
    found = decode_batching.batching_speedup(requests, steps, 0, lambda _: step_s)
    assert found == pytest.approx(requests)


@given(st.integers(1, 20), st.integers(1, 60), st.integers(0, 80))
def test_batching_never_wins_when_steps_cost_by_request(
    requests: int, steps: int, gap: int
) -> None:
    found = decode_batching.batching_speedup(requests, steps, gap, float)
    assert found == pytest.approx(1)
