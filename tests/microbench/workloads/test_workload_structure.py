"""Second group: transforms, scans, windows and mixed kernels, counted and bounded."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.workloads import (
    linear_recurrence,
    long_convolution,
    lstm,
    neighbourhood_attention,
    s4d_kernel,
    separable_filters,
    toeplitz_attention,
    tunable_convolution,
)
from microbench.workloads.zoo import find


@given(st.integers(1, 10_000))
def test_factors_multiply_back(points: int) -> None:
    first, second = long_convolution.factors(points)
    assert first * second == points
    assert first <= second


def test_a_power_of_two_splits_evenly_and_costs_16n_times_the_factors() -> None:
    assert long_convolution.factors(4096) == (64, 64)
    shape = {"b": 1, "h": 1, "n": 2048}
    transforms = 3 * (16 * 2048 * (64 + 64) + 12 * 2048)
    assert long_convolution.monarch_flop(shape) == transforms + 12 * 2048


def test_fft_flop_by_hand() -> None:
    shape = {"b": 2, "h": 3, "n": 8}
    assert long_convolution.fft_flop(shape) == 5 * 3 * 5 * 16 * 4 + 2 * 3 * 6 * 16


@given(st.integers(4, 20))
def test_multi_scale_parameters_grow_with_the_logarithm(power: int) -> None:
    shape = {"b": 1, "h": 5, "n": 2**power, "taps": 8}
    assert long_convolution.parameters(shape) == 5 * 8 * (power - 3 + 1)


@given(st.integers(1, 5000))
def test_a_scan_combines_at_most_twice_the_length(length: int) -> None:
    assert linear_recurrence.combinations(length) <= 2 * length


@given(st.integers(1, 100_000))
def test_a_scan_is_as_deep_as_the_logarithm(length: int) -> None:
    depth, left = 0, length
    while left > 1:
        depth, left = depth + 1, left // 2
    assert depth == int(math.log2(length))


def test_scan_flop_by_hand() -> None:
    """Length 4: two pairs and one fill, then one pair: 3 x 3 + 2."""
    assert linear_recurrence.flop({"t": 4, "d": 1}) == 3 * 2 + 2 * 1 + 3 * 1
    assert linear_recurrence.unfused_flop({"t": 4, "d": 1}) == 6


@given(st.integers(1, 60), st.integers(0, 15), st.integers(1, 40))
def test_tiles_compute_exactly_the_keys_any_of_their_queries_needs(
    n: int, half: int, tile: int
) -> None:
    k = 2 * half + 1
    if k > n:
        return
    brute = 0
    for start in range(0, n, tile):
        queries = range(start, min(start + tile, n))
        needed = set()
        for query in queries:
            first = neighbourhood_attention.first_key(query, n, k)
            needed |= set(range(first, first + k))
        brute += len(queries) * len(needed)
    assert neighbourhood_attention.computed_scores(n, k, tile) == brute


def test_inner_tiles_waste_t_plus_k_minus_1_over_k() -> None:
    n, k, tile = 64 * 1000, 33, 64
    wasted = neighbourhood_attention.computed_scores(n, k, tile) / (n * k)
    assert wasted == pytest.approx(neighbourhood_attention.tile_waste(tile, k), rel=2e-3)


@given(st.integers(1, 12))
def test_mixing_kernels_approaches_p_for_large_maps(p: int) -> None:
    shape = {"n": 64, "c": 32, "k": 32, "h": 128, "w": 128, "r": 3, "p": p}
    saved = tunable_convolution.unfused_flop(shape) / tunable_convolution.flop(shape)
    assert saved == pytest.approx(p, rel=0.01)
    tiny = {**shape, "n": 1, "h": 1, "w": 1}
    assert tunable_convolution.unfused_flop(tiny) / tunable_convolution.flop(tiny) < 2


@given(st.sampled_from([3, 5, 7, 9, 11]))
def test_separable_filters_save_work_but_no_bytes(r: int) -> None:
    shape = {"n": 4, "c": 8, "h": 50, "w": 50, "r": r}
    saved = separable_filters.square_flop(shape) / separable_filters.flop(shape)
    assert saved == pytest.approx(r / 2)
    workload = find("separable-filters")
    assert workload.bytes_moved("square", shape, 4) == workload.bytes_moved("fused", shape, 4)


def test_s4d_bytes_fall_by_about_four_states() -> None:
    shape = {"h": 8, "states": 32, "n": 10_000}
    assert find("s4d-kernel").attainable_speedup(shape, 4) == pytest.approx(1 + 4 * 32, rel=0.02)
    assert s4d_kernel.flop(shape) == 8 * 8 * 32 * 10_000


def test_lstm_counts() -> None:
    shape = {"b": 2, "t": 3, "d": 4}
    assert lstm.flop(shape) == 2 * 3 * (16 * 16 + 9 * 4)
    assert lstm.added_bytes(shape, 2) == 2 * 2 * 2 * 4 * 16


def test_toeplitz_crossing_rises_with_features() -> None:
    crossings = [toeplitz_attention.crossing_length(d) for d in (4, 8, 16, 32)]
    assert crossings == sorted(crossings)
    for d, n in zip((4, 8, 16, 32), crossings, strict=True):
        longer, shorter = {"b": 1, "n": n, "d": d}, {"b": 1, "n": n // 2, "d": d}
        assert toeplitz_attention.flop(longer) <= toeplitz_attention.unfused_flop(longer)
        assert toeplitz_attention.flop(shorter) > toeplitz_attention.unfused_flop(shorter)
