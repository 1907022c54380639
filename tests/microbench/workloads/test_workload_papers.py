"""Acceptance checks of single papers: counts, identities and probes that need no clock."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.workloads import (
    attention_passes,
    convolution,
    correctness,
    depthwise_size,
    elastic,
    large_kernel,
    low_rank_solve,
    neighbourhood_plane,
    precision_ladder,
    random_features,
    sparse_blocks,
    sparse_product,
    time_embedding,
)
from microbench.workloads.neighbourhood_attention import first_key
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED
from microbench.workloads.zoo import find


@pytest.mark.parametrize("k", range(3, 33, 2))
def test_depthwise_intensity_is_r_squared_over_e(k: int) -> None:
    """Large-batch limit, e = 2: filters are then a small share of the bytes."""
    shape = {"n": 512, "c": 8, "h": 56, "w": 56, "k": k}
    intensity = depthwise_size.flop(shape) / depthwise_size.min_bytes(shape, 2)
    assert intensity == pytest.approx(k * k / 2, rel=1e-3)


def test_depthwise_counts_by_hand() -> None:
    shape = {"n": 2, "c": 3, "h": 4, "w": 5, "k": 3}
    assert depthwise_size.flop(shape) == 2 * 9 * 120
    assert depthwise_size.min_bytes(shape, 4) == 4 * (240 + 27)
    assert depthwise_size.added_bytes(shape, 4) == 4 * 2 * 9 * 120


@given(st.sampled_from([3, 7, 13]), st.integers(1, 3), st.integers(1, 8))
def test_fft_work_hardly_depends_on_the_filter(k: int, n: int, c: int) -> None:
    shape = {"n": n, "c": c, "h": 64, "w": 64, "k": k}
    larger = {**shape, "k": k + 6}
    grown = depthwise_size.fft_flop(larger) / depthwise_size.fft_flop(shape)
    assert grown < depthwise_size.flop(larger) / depthwise_size.flop(shape)


@pytest.mark.torch
def test_merged_branches_equal_separate_ones_to_1e_4() -> None:
    for shape in large_kernel.WORKLOAD.sizes:
        error = correctness.largest_error(large_kernel.WORKLOAD, FUSED, shape, NumberFormat.FP32)
        assert error < 1e-4


def test_merged_bytes_are_two_passes_and_separate_ones_two_a_branch_and_three_an_add() -> None:
    shape = {"n": 100, "c": 8, "h": 56, "w": 56}
    passes = shape["n"] * shape["c"] * shape["h"] * shape["w"] * 4.0
    weights = large_kernel.min_bytes(shape, 4) - 2 * passes
    assert 0 < weights < 0.001 * passes
    separate = large_kernel.WORKLOAD.bytes_moved(UNFUSED, shape, 4) - weights
    assert separate == pytest.approx((2 * 6 + 3 * 5) * passes)


@given(st.integers(3, 14), st.integers(3, 14), st.sampled_from([1, 3]))
def test_plane_tiles_compute_the_pairs_that_a_mask_counts(h: int, w: int, k: int) -> None:
    """Every key any query of a tile needs, counted on the plane."""
    brute = 0
    for top, left in itertools.product(range(0, h, 8), range(0, w, 8)):
        rows_asked, columns_asked = range(top, min(top + 8, h)), range(left, min(left + 8, w))
        queries = list(itertools.product(rows_asked, columns_asked))
        rows = {first_key(row, h, k) + step for row, _ in queries for step in range(k)}
        columns = {first_key(column, w, k) + step for _, column in queries for step in range(k)}
        brute += len(queries) * len(rows) * len(columns)
    shape = {"b": 1, "heads": 1, "h": h, "w": w, "d": 1, "k": k}
    assert neighbourhood_plane.flop(shape) == 9 * brute
    assert neighbourhood_plane.unfused_flop(shape) == 9 * h * w * k * k


def test_training_products_by_hand() -> None:
    shape = {"m": 2, "n": 3, "k": 4}
    assert precision_ladder.training_flop(shape) == 3 * 2 * 24
    assert precision_ladder.training_bytes(shape, 4) == 3 * 4 * (8 + 12 + 6)
    assert precision_ladder.training_added(shape, 4) == 2 * 4 * ((8 + 12) + (6 + 8 + 12))


def test_low_bit_weights_move_a_byte_each() -> None:
    shape = {"m": 1, "n": 4096, "k": 4096}
    moved = precision_ladder.low_bit_bytes(shape, 4)
    assert moved == 4096 * 4096 + 4 * 3 * 4096
    unfused = precision_ladder.LOW_BIT.bytes_moved(UNFUSED, shape, 4)
    assert unfused / moved == pytest.approx(1 + 16, rel=0.01)


def test_macs_per_clock_by_hand_and_held_to_the_instruction_set() -> None:
    """A core with two 16-lane fp32 fused multiply-add units does 32 MAC/clk at most."""
    rate = precision_ladder.macs_per_clock(work_flop=64e9, time_s=1.0, clock_hz=1e9)
    assert rate == 32
    assert precision_ladder.rate_problem(rate, 32) == ""
    assert "more than the 32" in precision_ladder.rate_problem(32.1, 32)
    with pytest.raises(InputError):
        precision_ladder.macs_per_clock(1, 0, 1e9)


@pytest.mark.torch
@pytest.mark.parametrize("shape", time_embedding.WORKLOAD.sizes, ids=str)
def test_a_table_of_time_embeddings_is_bit_equal(shape: dict[str, int]) -> None:
    import torch

    workload = time_embedding.WORKLOAD
    operands = correctness.operands(workload, shape, NumberFormat.FP32, 3)
    computed, read = (workload.variants[name](shape, operands) for name in (UNFUSED, FUSED))
    assert torch.equal(computed, read)


@given(st.integers(1, 1000))
def test_a_table_saves_the_networks_flop_for_every_step(count: int) -> None:
    shape = {"d": 256, "inner": 1024, "steps": 1000, "count": count}
    assert time_embedding.network_flop(shape) == 4 * 256 * 1024 + 4 * 1024 + 1.5 * 256
    assert time_embedding.saved_flop(shape) == count * time_embedding.network_flop(shape)
    workload = time_embedding.WORKLOAD
    saved = workload.work_flop(UNFUSED, shape) - workload.work_flop(FUSED, shape)
    assert saved == time_embedding.saved_flop(shape)


@given(st.integers(8, 4096), st.integers(8, 4096))
def test_random_features_break_even_where_both_layers_cost_the_same(d_in: int, d_out: int) -> None:
    m = random_features.break_even_features(d_in, d_out)
    assert m * (d_in + d_out) == pytest.approx(d_in * d_out)
    dense = random_features.DENSE_LAYER.flop({"rows": 10, "d_in": d_in, "d_out": d_out})
    for features, sign in ((int(m * 0.9), -1), (int(m * 1.1) + 1, 1)):
        shape = {"rows": 10, "d_in": d_in, "d_out": d_out, "m": features}
        products = random_features.flop(shape) - 10 * features
        assert (products - dense) * sign > 0


@given(st.integers(1, 5000), st.integers(1, 500), st.integers(1, 500), st.sampled_from([2.0, 4.0]))
def test_hyper_product_saves_two_passes_over_z(
    rows: int, d_in: int, d_out: int, element_bytes: float
) -> None:
    shape = {"rows": rows, "d_in": d_in, "d_out": d_out}
    workload = find("hyper-product")
    saved = workload.bytes_moved(UNFUSED, shape, element_bytes) - workload.bytes_moved(
        FUSED, shape, element_bytes
    )
    assert saved == pytest.approx(2 * element_bytes * rows * d_out)


@pytest.mark.torch
def test_naive_fp16_softmax_is_flagged_above_logits_of_11_and_the_fused_one_passes() -> None:
    """Exp of 11.09 is 65504, the largest fp16: a logit of 11.2 overflows alone, 10 does not."""
    softmax, alone = find("stable-softmax"), {"rows": 1, "d": 2}
    for largest, expected in ((10.0, False), (11.2, True), (1000.0, True)):
        naive, fused = (
            correctness.collapses(softmax, variant, NumberFormat.FP16, largest, alone)
            for variant in (UNFUSED, FUSED)
        )
        assert (naive, fused) == (expected, False)
    assert not correctness.collapses(softmax, UNFUSED, NumberFormat.FP32, 11.2)
    assert correctness.collapses(softmax, UNFUSED, NumberFormat.BF16, 100.0)


@pytest.mark.torch
def test_stablemax_holds_where_the_exponential_collapses() -> None:
    for variant in (UNFUSED, FUSED):
        assert not correctness.collapses(find("stablemax"), variant, NumberFormat.FP16, 200.0)


@pytest.mark.torch
def test_stablemax_sums_to_one_and_keeps_the_order() -> None:
    import torch

    x = torch.tensor([[-3.0, 0.0, 2.0]], dtype=torch.float64)
    found = find("stablemax").variants[REFERENCE]({}, (x,))
    assert found[0].tolist() == pytest.approx([0.25 / 4.25, 1 / 4.25, 3 / 4.25])


@given(st.integers(64, 4000), st.integers(1, 32))
def test_inducing_points_turn_cubic_into_linear(n: int, m: int) -> None:
    small, large = {"n": n * 1000, "m": m}, {"n": n * 2000, "m": m}
    cubic = low_rank_solve.unfused_flop(large) / low_rank_solve.unfused_flop(small)
    linear = low_rank_solve.flop(large) / low_rank_solve.flop(small)
    assert cubic == pytest.approx(8, rel=0.01)
    assert linear == pytest.approx(2, rel=0.01)


@given(st.integers(1, 100))
def test_block_sparse_work_is_that_of_its_blocks(density_percent: int) -> None:
    shape = {"k": 64, "c": 1600, "p": 10, "block": 16, "density_percent": density_percent}
    assert sparse_blocks.nonzeros(shape) == 64 * 1600 * density_percent // 100
    assert sparse_blocks.flop(shape) == 2 * sparse_blocks.nonzeros(shape) * 10


@pytest.mark.torch
def test_block_sparse_operands_hold_the_counted_weights() -> None:
    import torch

    workload = find("sparse-blocks")
    for shape in workload.sizes:
        dense, *_ = correctness.operands(workload, shape, NumberFormat.FP32, 3)
        assert int(torch.count_nonzero(dense)) == sparse_blocks.nonzeros(shape)


def test_sparse_products_at_density_one_in_a_thousand_rank_row_outer_inner() -> None:
    for n in (1000, 2000, 4000):
        shape = {"n": n, "each": n // 1000}
        traffic = [
            model(shape, 4)
            for model in (
                sparse_product.row_traffic,
                sparse_product.outer_traffic,
                sparse_product.inner_traffic,
            )
        ]
        assert traffic == sorted(traffic)


@given(st.integers(8, 512), st.integers(8, 512))
def test_attention_over_variates_saves_t_over_v(t: int, v: int) -> None:
    """Score products: 2 T^2 V over time steps, 2 V^2 T over variates."""
    over_time = {"b": 1, "heads": 1, "p": t, "m": t, "e": v, "f": v}
    over_variates = {"b": 1, "heads": 1, "p": v, "m": v, "e": t, "f": t}

    def scores(shape: dict[str, int]) -> float:
        return attention_passes.flop(shape) - 5.0 * shape["p"] * shape["m"]

    assert scores(over_time) / scores(over_variates) == pytest.approx(t / v)


def test_ten_thousand_elastic_networks_are_valid_unique_and_cover_the_ranges() -> None:
    ranges = elastic.Ranges()
    networks = list(itertools.islice(elastic.sample(ranges, seed=1), 10_000))
    assert len(set(networks)) == 10_000
    depths = {len(stage) for network in networks for stage in network}
    blocks = {block for network in networks for stage in network for block in stage}
    assert depths == set(ranges.depths)
    assert {block.kernel for block in blocks} == set(ranges.kernels)
    assert {block.expansion for block in blocks} == set(ranges.expansions)
    whole = {round(width * share) for width in ranges.widths for share in ranges.shares}
    assert {block.channels for block in blocks} == whole
    for block in blocks:
        expand, depthwise, project = block.shapes
        assert expand["k"] == depthwise["c"] == depthwise["groups"] == project["c"]
        for shape in block.shapes:
            assert min(shape.values()) >= 1
            assert shape["c"] % shape["groups"] == 0
            assert convolution.flop(shape) > 0


def test_elastic_networks_repeat_for_a_seed_and_even_kernels_are_refused() -> None:
    first, again, other = (
        list(itertools.islice(elastic.sample(elastic.Ranges(), seed), 5)) for seed in (1, 1, 2)
    )
    assert first == again != other
    with pytest.raises(InputError, match="odd"):
        elastic.Ranges(kernels=(3, 4))
