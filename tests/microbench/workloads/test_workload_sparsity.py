"""Third group: sparse, delayed, local and streamed computations, counted and bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.workloads import (
    delay_convolution,
    delta_inference,
    dictionary_update,
    locally_connected,
    log_bessel,
    pairwise_sum,
    shift_product,
    sparse_pointwise,
    sparse_product,
    spectral_convolution,
    video_convolution,
)
from microbench.workloads.zoo import find


@given(st.integers(1, 100))
def test_sparse_work_is_its_density_times_the_dense(density_percent: int) -> None:
    shape = {"k": 64, "c": 200, "p": 10, "density_percent": density_percent}
    share = sparse_pointwise.flop(shape) / sparse_pointwise.unfused_flop(shape)
    assert share == pytest.approx(density_percent / 100)


def test_sparse_bytes_by_hand() -> None:
    shape = {"k": 2, "c": 10, "p": 3, "density_percent": 20}
    assert sparse_pointwise.min_bytes(shape, 4) == 4 * 8 + 4 * 3 + 4 * 12 * 3


@pytest.mark.torch
def test_sparse_operands_hold_the_counted_weights() -> None:
    import torch

    from microbench.formats import NumberFormat
    from microbench.workloads import correctness

    workload = find("sparse-pointwise")
    for shape in workload.sizes:
        dense, starts, columns, values, _ = correctness.operands(
            workload, shape, NumberFormat.FP32, 3
        )
        nnz = shape["k"] * sparse_pointwise.kept(shape)
        assert int(torch.count_nonzero(dense)) == nnz == len(columns) == len(values)
        assert int(starts[-1]) == nnz


def test_break_even_density_is_the_ratio_of_rates() -> None:
    assert sparse_pointwise.break_even_density(100e9, 21e9) == pytest.approx(0.21)
    assert sparse_pointwise.break_even_density(10.0, 20.0) == 1


@given(st.integers(0, 99))
def test_delta_work_is_that_of_the_changes(same_percent: int) -> None:
    shape = {"d_in": 1000, "d_out": 500, "same_percent": same_percent}
    assert delta_inference.changed(shape) == 1000 - 10 * same_percent
    expected = 2 * delta_inference.changed(shape) * 500 + 1500
    assert delta_inference.flop(shape) == expected


@given(st.integers(1, 64))
def test_delay_work_ratio_is_the_kernel_length(taps: int) -> None:
    shape = {"c": 3, "t": 100, "taps": taps}
    ratio = delay_convolution.unfused_flop(shape) / delay_convolution.flop(shape)
    assert ratio == taps


@given(st.integers(1, 64), st.integers(1, 32), st.integers(1, 32))
def test_local_intensity_stays_below_two_batches_an_element(n: int, c: int, k: int) -> None:
    """Without shared weights a weight serves n products: at most 2 n / e FLOP per byte."""
    shape = {"n": n, "c": c, "h": 14, "w": 14, "k": k, "r": 3}
    work = locally_connected.flop(shape)
    assert work / locally_connected.min_bytes(shape, 4) <= 2 * n / 4
    assert locally_connected.convolution_bytes(shape, 4) < locally_connected.min_bytes(shape, 4)


def test_streamed_pairs_need_memory_linear_in_points() -> None:
    small = {"n": 1000, "m": 1000, "d": 4}
    large = {"n": 2000, "m": 2000, "d": 4}
    tiled = [pairwise_sum.peak_elements(shape, tiled=True) for shape in (small, large)]
    whole = [pairwise_sum.peak_elements(shape, tiled=False) for shape in (small, large)]
    assert tiled[1] / tiled[0] == pytest.approx(2, rel=0.02)
    assert whole[1] / whole[0] == pytest.approx(4, rel=0.02)


def test_spectral_mixing_costs_eight_a_mode_and_channel_pair() -> None:
    shape = {"b": 1, "c": 3, "k": 5, "h": 1, "w": 1, "modes": 1}
    assert spectral_convolution.unfused_flop(shape) == 8 * 15
    assert spectral_convolution.flop(shape) == 8 * (4 + 8) + 8 * 15


@pytest.mark.torch
def test_spectral_convolution_of_all_kept_modes_equals_a_circular_one() -> None:
    """One channel, modes limited to what a band-limited filter has: a product of spectra."""
    import torch

    shape = {"b": 1, "c": 1, "k": 1, "h": 8, "w": 8, "modes": 3}
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(1, 1, 8, 8, generator=generator, dtype=torch.float64)
    spectrum = torch.zeros(8, 5, dtype=torch.complex128)
    spectrum[0, 0], spectrum[0, 1], spectrum[0, 2] = 1.0, 0.5, 0.25
    filter_ = torch.fft.irfft2(spectrum, s=(8, 8))
    shifted = [[(x[0, 0].roll((i, j), (0, 1)) * filter_[i, j]) for j in range(8)] for i in range(8)]
    circular = sum(sum(row) for row in shifted)
    weights = spectrum[:3, :3]
    operands = (x, weights.real[None, None], weights.imag[None, None])
    found = find("spectral-convolution").variants["fused"](shape, operands)
    assert torch.allclose(found[0, 0], torch.as_tensor(circular), atol=1e-12)


@pytest.mark.torch
@pytest.mark.parametrize(
    ("order", "x", "expected"),
    [
        (50.0, 1.0, -183.13022425000768342),
        (500.0, 1.0, -2957.9035497383807417),
        (50.0, 1000.0, 994.37694421545868482),
        (500.0, 1000.0, 872.99954869513980019),
        (123.25, 77.5, -11.1219229189224391),
    ],
)
def test_log_bessel_is_right_where_the_naive_formula_leaves_the_range(
    order: float, x: float, expected: float
) -> None:
    """Expected values: 40-digit arithmetic (mpmath). Required: 1e-12."""
    import torch

    pair = (torch.tensor([value], dtype=torch.float64) for value in (order, x))
    assert float(log_bessel.log_bessel(*pair)) == pytest.approx(expected, rel=1e-12)


def test_the_naive_bessel_underflows_and_overflows() -> None:
    from scipy.special import iv

    assert iv(500.0, 1.0) == 0.0
    assert iv(50.0, 1000.0) == float("inf")


def test_debye_polynomials_are_the_published_ones() -> None:
    """DLMF 10.41.10: u_1 = (3p - 5p^3) / 24, u_2 = (81p^2 - 462p^4 + 385p^6) / 1152."""
    first, second = log_bessel.debye_polynomials(2)
    assert first == pytest.approx([3 / 24, -5 / 24])
    assert second == pytest.approx([81 / 1152, -462 / 1152, 385 / 1152])


def test_dictionary_rows_cost_whole_transactions() -> None:
    assert dictionary_update.row_bytes({"d": 1}, 4) == 64
    assert dictionary_update.row_bytes({"d": 16}, 4) == 64
    assert dictionary_update.row_bytes({"d": 17}, 4) == 128


@pytest.mark.torch
def test_shifts_equal_multiplications_exactly() -> None:
    import torch

    x = torch.tensor([[3, -5]], dtype=torch.int32)
    shifts = torch.tensor([[0, 3], [2, 1]], dtype=torch.int32)
    signs = torch.tensor([[1, -1], [1, 0]], dtype=torch.int32)
    found = find("shift-product").variants["fused"]({}, (x, shifts, signs))
    assert found.tolist() == [[3 - 20, -24]]
    assert shift_product.flop({"m": 1, "n": 2, "k": 2}) == 8


@pytest.mark.torch
@pytest.mark.parametrize("shape", find("sparse-product").sizes, ids=str)
def test_partial_products_are_counted_exactly(shape: dict[str, int]) -> None:
    """Sum over k of nnz(A column k) nnz(B row k), on three random pairs of matrices."""
    import numpy as np

    from microbench.formats import NumberFormat
    from microbench.workloads import correctness

    workload = find("sparse-product")
    a_places, _, b_places, _ = correctness.operands(workload, shape, NumberFormat.FP32, 5)
    columns = np.bincount(a_places.numpy().ravel(), minlength=shape["n"])
    counted = int((columns * b_places.shape[1]).sum())
    assert counted == sparse_product.partial_products(shape)


@pytest.mark.torch
def test_expected_nonzeros_are_close() -> None:
    from microbench.formats import NumberFormat
    from microbench.workloads import correctness

    workload, shape = find("sparse-product"), {"n": 500, "each": 8}
    operands = correctness.operands(workload, shape, NumberFormat.FP32, 5)
    found = len(workload.variants["fused"](shape, operands))
    assert found == pytest.approx(sparse_product.expected_nonzeros(shape), rel=0.02)


def test_video_convolution_counts() -> None:
    shape = {"n": 1, "c": 2, "t": 3, "h": 4, "w": 5, "k": 6}
    assert video_convolution.flop(shape) == 2 * 60 * 12 * 27
    assert video_convolution.squeezed_flop(shape, 6, 18) == 2 * 20 * 108 * 9
