"""The order-p model: its published shape, its crossings, and constants found again from times."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.analytic.fftconv import (
    A100_40GB,
    best_order,
    cost_per_token_s,
    cost_s,
    crossings,
    factors,
    fit_machine,
)
from microbench.errors import InputError

PICOSECONDS = {
    256: (3.0, 19, 16),
    1024: (5.2, 17, 24),
    4096: (9.6, 4.55, 31),
    8192: (14, 5.6, 25),
    32768: (27, 7.8, 12),
    65536: (38, 12.6, 8.6),
    2**20: (143, 26, 13),
    2**22: (283, 39, 17),
}


@pytest.mark.parametrize("length", PICOSECONDS)
def test_cost_per_token(length: int) -> None:
    for order, expected in zip((2, 3, 4), PICOSECONDS[length], strict=True):
        assert cost_per_token_s(length, order) * 1e12 == pytest.approx(expected, rel=0.03)


def test_order_3_wins_from_4k_and_order_4_above_32k() -> None:
    assert crossings() == {2: 256, 3: 4096, 4: 65536}
    assert [best_order(n) for n in (2048, 4096, 32768, 65536)] == [2, 3, 3, 4]


def test_the_whole_cost_is_per_token_times_tokens() -> None:
    assert cost_s(64, 768, 4096, 3) == pytest.approx(64 * 768 * 4096 * cost_per_token_s(4096, 3))


def test_factors_are_near_equal_and_multiply_back() -> None:
    assert factors(65536, 3) == (64, 32, 32)
    assert factors(256, 3) == (8, 8, 4)
    for bits in range(4, 23):
        for order in (2, 3, 4):
            assert np.prod(factors(1 << bits, order)) == 1 << bits


@pytest.mark.parametrize(("length", "order"), [(1000, 2), (4, 3), (0, 1), (16, 0)])
def test_lengths_that_cannot_be_split_are_refused(length: int, order: int) -> None:
    with pytest.raises(InputError):
        factors(length, order)


def test_constants_are_found_again_from_noisy_times() -> None:
    rng = np.random.default_rng(1)
    samples = [
        (1 << bits, order, cost_per_token_s(1 << bits, order) * float(np.exp(rng.normal(0, 0.1))))
        for bits in range(8, 21)
        for order in (2, 3, 4)
    ]
    fitted = fit_machine(samples)
    errors = [
        abs(cost_per_token_s(n, p, fitted) / cost_per_token_s(n, p) - 1) for n, p, _ in samples
    ]
    assert max(errors) < 0.3
    assert fitted.matrix_flop_per_s == pytest.approx(A100_40GB.matrix_flop_per_s, rel=0.15)


def test_short_sequences_alone_do_not_tell_dram() -> None:
    samples = [(1 << b, p, cost_per_token_s(1 << b, p)) for b in (8, 10, 12) for p in (2, 3, 4)]
    with pytest.raises(InputError, match="DRAM"):
        fit_machine(samples)
