"""Passes of the cascades in arXiv 2406.10491, and the traffic they cause."""

from __future__ import annotations

import pytest

from costmodel.analytic.passes import (
    RUNNING_ATTENTION,
    SOFTMAX_ATTENTION,
    TILED_ATTENTION,
    attention_traffic,
    count_passes,
    parse_cascade,
)
from microbench.errors import InputError


@pytest.mark.parametrize(
    ("text", "rank", "passes"),
    [(SOFTMAX_ATTENTION, "m", 3), (TILED_ATTENTION, "m1", 2), (RUNNING_ATTENTION, "m1", 1)],
)
def test_the_three_attention_cascades(text: str, rank: str, passes: int) -> None:
    assert count_passes(parse_cascade(text), rank) == passes


def test_the_small_cascade_before_and_after_reassociation() -> None:
    before = parse_cascade("Y[] = A[k] * B[k]; Z[] = Y[] * A[k]")
    after = parse_cascade("Y[] = A[k] * B[k]; X[] = sum(A[k]); Z[] = Y[] * X[]")
    assert count_passes(before, "k") == 2
    assert count_passes(after, "k") == 1


def test_dividing_after_the_product_saves_a_pass() -> None:
    deferred = SOFTMAX_ATTENTION.replace("A[m,p] = SN[m,p] / SD[p]\n", "").replace(
        "AV[f,p] = A[m,p] * V[f,m]", "N[f,p] = SN[m,p] * V[f,m]\nAV[f,p] = N[f,p] / SD[p]"
    )
    assert count_passes(parse_cascade(deferred), "m") == 2


def test_layer_norm_takes_three_passes_and_two_with_squares() -> None:
    plain = "U[] = sum(X[i]); V[] = (X[i] - U[]) * (X[i] - U[]); Y[i] = (X[i] - U[]) / V[]"
    squares = "U[] = sum(X[i]); S[] = X[i] * X[i]; V[] = S[] - U[]; Y[i] = (X[i] - U[]) / V[]"
    assert count_passes(parse_cascade(plain), "i") == 3
    assert count_passes(parse_cascade(squares), "i") == 2


def test_a_rank_nobody_has_takes_no_pass() -> None:
    assert count_passes(parse_cascade("Y[i] = A[i]"), "k") == 0


@pytest.mark.parametrize("text", ["", "A[k] * B[k]", "Y = A[k]", "Y[i] = 3"])
def test_what_is_not_a_cascade_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_cascade(text)


def test_three_kernels_move_four_score_matrices_more() -> None:
    apart = attention_traffic(1024, 1024, 64, 64, 2, 3, fused=False)
    assert apart.base_bytes == 2 * 4 * 1024 * 64
    assert apart.added_bytes == 4 * 2 * 1024 * 1024
    assert attention_traffic(1024, 1024, 64, 64, 2, 1).added_bytes == 0


def test_without_a_row_buffer_each_pass_costs() -> None:
    spilled = attention_traffic(100, 200, 64, 64, 2, 3, row_fits=False)
    assert spilled.added_bytes == 3 * 2 * 100 * 200
    again = attention_traffic(100, 200, 64, 64, 2, 3, row_fits=False, recompute=True)
    assert again.added_flop == 2 * 2 * 100 * 200 * 64
    assert again.added_bytes == 2 * 2 * 200 * 64
    assert attention_traffic(100, 200, 64, 64, 2, 1, row_fits=False).added_bytes == 0
    assert attention_traffic(100, 200, 64, 64, 2, 3).total_bytes == 2 * (6400 + 12800) * 2


def test_no_pass_is_no_cascade() -> None:
    with pytest.raises(InputError):
        attention_traffic(1, 1, 1, 1, 2, 0)
