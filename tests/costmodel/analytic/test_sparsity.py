"""Break-even densities, the bound of thresholded decoding, and layer densities."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.sparsity import (
    break_even_density,
    delta_break_even,
    delta_speed_up,
    erdos_renyi_kernel_densities,
    gated_bytes,
    gated_speed_up_bound,
    gated_work_flop,
    sparse_bytes,
    sparse_work_flop,
    token_speed_up_bound,
)
from microbench.errors import InputError


def test_half_sparse_gated_feed_forward_gains_at_most_1_5() -> None:
    assert gated_speed_up_bound(0.5) == 1.5
    assert gated_speed_up_bound(0) == 1
    assert gated_speed_up_bound(1) == 3


def test_llama_7b_token_at_half_sparsity_gains_at_most_1_28() -> None:
    feed_forward = 3 * 4096 * 11008 * 32
    others = 4 * 4096 * 4096 * 32 + 32000 * 4096
    share = feed_forward / (feed_forward + others)
    assert token_speed_up_bound(0.5, share) == pytest.approx(1.28, abs=0.005)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_token_never_gains_more_than_its_feed_forward(s: float, share: float) -> None:
    assert 1 <= token_speed_up_bound(s, share) <= gated_speed_up_bound(s) * (1 + 1e-12)


def test_gated_counts() -> None:
    assert gated_work_flop(10, 20, 0) == 3 * 2 * 200
    assert gated_bytes(10, 20, 2, 0.5) == 2 * 200 * 2
    assert gated_bytes(10, 20, 2, 0) / gated_bytes(10, 20, 2, 0.5) == gated_speed_up_bound(0.5)


def test_break_even_of_a_known_line() -> None:
    line = [(d, 1e-4 + 2e-3 * d) for d in (0.05, 0.1, 0.2, 0.3)]
    assert break_even_density(1e-3, line) == pytest.approx(0.45)
    assert break_even_density(1.0, line) == 1.0
    assert break_even_density(5e-5, line) is None


@pytest.mark.parametrize("points", [[(0.1, 1.0)], [(0.1, 2.0), (0.2, 1.0)]])
def test_points_that_are_no_rising_line_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(InputError):
        break_even_density(1.0, points)


def test_sparse_counts() -> None:
    assert sparse_work_flop(100, 7) == 1400
    assert sparse_bytes(100, 3, 5, 7, 4) == 100 * 8 + 4 * (35 + 21)


@given(st.floats(1, 20), st.floats(0, 0.9))
def test_at_break_even_delta_and_dense_take_the_same(slowdown: float, state: float) -> None:
    sparsity = delta_break_even(slowdown, state)
    if 0 < sparsity < 1:
        assert delta_speed_up(sparsity, slowdown, state) == pytest.approx(1)


shapes = st.lists(
    st.tuples(st.integers(1, 512), st.integers(1, 512), st.integers(1, 7), st.integers(1, 7)),
    min_size=1,
    max_size=12,
)


@given(shapes, st.floats(0.01, 1))
def test_layer_densities_sum_to_the_global_one_and_none_exceeds_1(
    layers: list[tuple[int, ...]], density: float
) -> None:
    found = erdos_renyi_kernel_densities(layers, density)
    sizes = [math.prod(shape) for shape in layers]
    assert all(0 <= one <= 1 for one in found)
    kept = sum(one * size for one, size in zip(found, sizes, strict=True))
    assert kept == pytest.approx(density * sum(sizes), rel=1e-9)


def test_a_share_above_1_is_refused() -> None:
    with pytest.raises(InputError):
        gated_speed_up_bound(1.5)
