"""Passes counted from MLIR text: the three attention softmaxes people write, and small cascades."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.analytic.cascade_reader import passes_of
from costmodel.mlir.reader import read_file, read_text
from microbench.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

ATTENTION = """
func.func @main(%q: tensor<32x16xf32>, %k: tensor<48x16xf32>, %v: tensor<48x24xf32>) -> tensor<32x24xf32> {
  %s = stablehlo.dot_general %q, %k, contracting_dims = [1] x [1] : (tensor<32x16xf32>, tensor<48x16xf32>) -> tensor<32x48xf32>
  %i = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %m = stablehlo.reduce(%s init: %i) applies stablehlo.maximum across dimensions = [1] : (tensor<32x48xf32>, tensor<f32>) -> tensor<32xf32>
  %mb = stablehlo.broadcast_in_dim %m, dims = [0] : (tensor<32xf32>) -> tensor<32x48xf32>
  %d = stablehlo.subtract %s, %mb : tensor<32x48xf32>
  %n = stablehlo.exponential %d : tensor<32x48xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %t = stablehlo.reduce(%n init: %z) applies stablehlo.add across dimensions = [1] : (tensor<32x48xf32>, tensor<f32>) -> tensor<32xf32>
"""  # noqa: E501 - MLIR lines are as long as tools print them
DIVIDE_BEFORE = """
  %tb = stablehlo.broadcast_in_dim %t, dims = [0] : (tensor<32xf32>) -> tensor<32x48xf32>
  %a = stablehlo.divide %n, %tb : tensor<32x48xf32>
  %o = stablehlo.dot_general %a, %v, contracting_dims = [1] x [0] : (tensor<32x48xf32>, tensor<48x24xf32>) -> tensor<32x24xf32>
  return %o : tensor<32x24xf32>
}
"""  # noqa: E501 - MLIR lines are as long as tools print them
DIVIDE_AFTER = """
  %u = stablehlo.dot_general %n, %v, contracting_dims = [1] x [0] : (tensor<32x48xf32>, tensor<48x24xf32>) -> tensor<32x24xf32>
  %tb = stablehlo.broadcast_in_dim %t, dims = [0] : (tensor<32xf32>) -> tensor<32x24xf32>
  %o = stablehlo.divide %u, %tb : tensor<32x24xf32>
  return %o : tensor<32x24xf32>
}
"""  # noqa: E501 - MLIR lines are as long as tools print them


def passes(text: str, size: int) -> list[int]:
    return [one.passes for one in passes_of(read_text(text)) if one.size == size]


def test_softmax_attention_takes_three_passes_over_the_keys() -> None:
    assert max(passes(ATTENTION + DIVIDE_BEFORE, 48)) == 3
    assert max(passes(ATTENTION + DIVIDE_BEFORE, 32)) == 1


def test_dividing_after_the_product_takes_two() -> None:
    assert max(passes(ATTENTION + DIVIDE_AFTER, 48)) == 2


def test_the_small_cascade_before_and_after_reassociation() -> None:
    start = """
    func.func @main(%a: tensor<64xf32>, %b: tensor<64xf32>) -> tensor<f32> {
      %z = stablehlo.constant dense<0.0> : tensor<f32>
      %y = stablehlo.dot_general %a, %b, contracting_dims = [0] x [0]
        : (tensor<64xf32>, tensor<64xf32>) -> tensor<f32>
    """
    before = """
      %w = stablehlo.broadcast_in_dim %y, dims = [] : (tensor<f32>) -> tensor<64xf32>
      %p = stablehlo.multiply %w, %a : tensor<64xf32>
      %r = stablehlo.reduce(%p init: %z) applies stablehlo.add across dimensions = [0]
        : (tensor<64xf32>, tensor<f32>) -> tensor<f32>
      return %r : tensor<f32>
    }
    """
    after = """
      %x = stablehlo.reduce(%a init: %z) applies stablehlo.add across dimensions = [0]
        : (tensor<64xf32>, tensor<f32>) -> tensor<f32>
      %r = stablehlo.multiply %y, %x : tensor<f32>
      return %r : tensor<f32>
    }
    """
    assert passes(start + before, 64) == [2]
    assert passes(start + after, 64) == [1]


LINALG = """
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
func.func @main(%x: tensor<64x128xf32>, %i: tensor<64xf32>, %o: tensor<64x128xf32>)
    -> tensor<64x128xf32> {
  %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<64x128xf32>) outs(%i : tensor<64xf32>) {
  ^bb0(%a: f32, %b: f32):
    %r = arith.maximumf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<64xf32>
  %e = linalg.generic {indexing_maps = [#id, #row, #id],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<64x128xf32>, tensor<64xf32>) outs(%o : tensor<64x128xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %s = arith.subf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<64x128xf32>
  return %e : tensor<64x128xf32>
}
"""


def test_linalg_generic_follows_its_indexing_maps() -> None:
    assert passes(LINALG, 128) == [2]
    assert passes(LINALG, 64) == [1]


def test_linalg_matmul_ties_its_contracted_axes() -> None:
    text = """
    func.func @main(%a: tensor<4x8xf32>, %b: tensor<8x16xf32>, %c: tensor<4x16xf32>)
        -> tensor<4x16xf32> {
      %0 = linalg.matmul ins(%a, %b : tensor<4x8xf32>, tensor<8x16xf32>)
        outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>
      return %0 : tensor<4x16xf32>
    }
    """
    assert passes(text, 8) == [1]


def test_a_real_transformer_block_has_three_pass_attention() -> None:
    found = passes_of(read_file(EXAMPLES / "gpt2_block.stablehlo.mlir"))
    assert any(one.size == 1024 and one.passes == 3 for one in found)


def test_a_file_without_tensor_functions_is_refused() -> None:
    with pytest.raises(InputError, match="no function"):
        passes_of(read_text("module { func.func @main() { return } }"))
