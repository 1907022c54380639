"""Packed instructions in numpy against exact fractions, one value at a time."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.kernels.cuda.alu import OPERATIONS
from microbench.kernels.cuda_arithmetic import check_chain, operands, reference_step
from microbench.kernels.cuda_packed import from_bf16, packed_steps, to_float64

WORD = st.integers(0, 2**32 - 1)
STEPS = packed_steps()


def words(*values: int) -> np.ndarray:
    return np.array(values, np.uint32)


def nearest(value: Fraction, codes: np.ndarray, values: np.ndarray) -> int:
    """The code nearest to a value, the even one of two."""
    distance = [
        (abs(Fraction(float(one)) - value), int(code) & 1)
        for code, one in zip(codes, values, strict=True)
    ]
    return int(codes[min(range(len(codes)), key=distance.__getitem__)])


CODES = np.arange(0x3000, 0x7C00, dtype=np.uint16)
HALVES = CODES.view(np.float16).astype(np.float64)


@pytest.mark.parametrize("seed", range(20))
def test_a_half_fma_rounds_once_and_to_even(seed):
    x, a, b = np.random.default_rng(seed).uniform(0.5, 1.5, 3).astype(np.float16)
    exact = Fraction(float(x)) * Fraction(float(a)) + Fraction(float(b))
    pair = [words(int(one.view(np.uint16)) | int(one.view(np.uint16)) << 16) for one in (x, a, b)]
    found = int(STEPS["fp16x2_fma"](*pair)[0])
    assert found & 0xFFFF == found >> 16 == nearest(exact, CODES, HALVES)


@given(st.floats(2.0**-100, 2.0**100), st.floats(2.0**-100, 2.0**100))
def test_bf16_rounds_to_the_nearest(low, high):
    back = to_float64(from_bf16(np.array([low, high])))
    for got, value in zip(back, (low, high), strict=True):
        assert abs(Fraction(float(got)) - Fraction(value)) <= Fraction(value) / 256


def test_bf16_ties_go_to_even_and_too_large_is_infinite():
    values = np.array([1 + 2.0**-8, 1 + 3 * 2.0**-8, 3.4e38, 1.0])
    assert to_float64(from_bf16(values)).tolist() == [1.0, 1 + 2.0**-6, np.inf, 1.0]


@given(WORD, WORD, WORD)
def test_a_funnel_shift_takes_the_upper_word(x, a, b):
    expected = ((a << 32 | x) << (b & 31)) >> 32 & 0xFFFFFFFF
    assert int(STEPS["int32_shf"](words(x), words(a), words(b))[0]) == expected


@given(WORD, WORD, WORD)
def test_four_byte_products_are_added(x, a, b):
    products = sum((x >> 8 * i & 255) * (a >> 8 * i & 255) for i in range(4))
    found = STEPS["int8_dp4a"](words(x), words(a), words(b))
    assert int(found[0]) == (products + b) % 2**32


@given(WORD, WORD, WORD)
def test_the_largest_of_three_in_each_half(x, a, b):
    def signed(word: int) -> int:
        return (word & 0x7FFF) - (word & 0x8000)

    found = int(STEPS["dpx_vimax3_s16x2"](words(x), words(a), words(b))[0])
    for shift in (0, 16):
        assert signed(found >> shift) == max(signed(one >> shift) for one in (x, a, b))


def test_neighbouring_lanes_change_places():
    lanes = np.arange(32, dtype=np.uint32)
    assert STEPS["warp_shfl"](lanes, lanes, lanes).tolist() == [i ^ 1 for i in range(32)]


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_chain_is_checked_over_all_its_steps(name):
    operation = next(one for one in OPERATIONS if one.name == name)
    start = operands(operation, 32 * 3, 5)
    step, x = reference_step(name), start[:32]
    assert step is not None
    for _ in range(60):
        x = step(x, start[-64:-32], start[-32:])
    assert check_chain(name, start, x, 60) == ""
    assert "lane 3" in check_chain(name, start, x ^ (np.arange(32) == 3).astype(np.uint32), 60)
