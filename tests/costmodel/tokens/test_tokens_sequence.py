"""Tokens of a text: names in order, the numbers of their shapes, nothing else."""

from __future__ import annotations

from math import log2

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from costmodel.mlir.reader import read_text
from costmodel.tokens.sequence import MOST_TOKENS, PER_TENSOR, WIDTH, tokenise

SCAN = """\
module {
  func.func public @main(%arg0: tensor<8x16xf32>) -> tensor<8x16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0:2 = stablehlo.while(%i = %c, %x = %arg0) : tensor<i32>, tensor<8x16xf32>
    cond {
      %n = stablehlo.constant dense<7> : tensor<i32>
      %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %y = stablehlo.tanh %x : tensor<8x16xf32>
      stablehlo.return %i, %y : tensor<i32>, tensor<8x16xf32>
    }
    %t = stablehlo.custom_call @mhlo.topk(%0#1) : (tensor<8x16xf32>) -> tensor<8x4xbf16>
    return %0#1 : tensor<8x16xf32>
  }
}
"""
NAMES = """\
builtin.module func.func stablehlo.constant stablehlo.while stablehlo.constant stablehlo.compare
stablehlo.return stablehlo.tanh stablehlo.return stablehlo.custom_call func.return"""


def test_names_stand_in_the_order_of_the_text() -> None:
    names = [name.split(" ")[0] for name in tokenise(read_text(SCAN)).names]
    assert names == NAMES.split()


def test_a_custom_call_is_named_by_what_it_calls() -> None:
    assert "stablehlo.custom_call @mhlo.topk" in tokenise(read_text(SCAN)).names


def test_numbers_are_logarithms_of_sizes() -> None:
    numbers = tokenise(read_text(SCAN)).numbers
    result, source = numbers[9, :PER_TENSOR], numbers[9, PER_TENSOR : 2 * PER_TENSOR]
    assert np.allclose(result, [log2(33), log2(65), log2(5), log2(9), 0, 0])
    assert np.allclose(source, [log2(129), log2(513), log2(17), log2(9), 0, 0])


def test_nesting_counts_and_trip_counts_are_there() -> None:
    numbers = tokenise(read_text(SCAN)).numbers
    assert numbers[:, -4].tolist() == [0, 1, 2, 2, 3, 3, 3, 3, 3, 2, 2]
    assert numbers[4, -1] == log2(8)
    assert numbers[5, -3:].tolist() == [np.float32(log2(3)), 1, 0]


def test_the_same_text_gives_the_same_tokens() -> None:
    one, two = tokenise(read_text(SCAN)), tokenise(read_text(SCAN))
    assert one.names == two.names
    assert np.array_equal(one.numbers, two.numbers)


def test_a_long_text_is_cut_and_says_so() -> None:
    body = "\n".join(f"%{at + 1} = arith.addf %{at}, %{at} : f32" for at in range(MOST_TOKENS + 5))
    found = tokenise(read_text(body))
    assert (len(found.names), found.ops) == (MOST_TOKENS, MOST_TOKENS + 5)


@given(st.lists(st.one_of(st.none(), st.integers(0, 2**40)), max_size=7))
def test_any_shape_has_finite_numbers(shape: list[int | None]) -> None:
    sizes = "".join(f"{'?' if size is None else size}x" for size in shape)
    found = tokenise(read_text(f"%0 = tosa.abs %a : (tensor<{sizes}f32>) -> tensor<{sizes}f32>"))
    assert found.numbers.shape == (1, WIDTH)
    assert np.isfinite(found.numbers).all()
