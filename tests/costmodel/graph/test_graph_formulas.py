"""Work by the formulas of families: products of complex numbers in real FLOP, softmax as one op."""

from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text


def product(left: str, right: str, out: str) -> float:
    a, b, c = f"tensor<16x32x{left}>", f"tensor<32x8x{right}>", f"tensor<16x8x{out}>"
    text = f"""
func.func @main(%a: {a}, %b: {b}) -> {c} {{
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : ({a}, {b}) -> {c}
  return %0 : {c}
}}
"""
    found = build(read_text(text))
    assert found.coverage.share == 1
    return found.work_flop


@pytest.mark.parametrize("width", [32, 64])
def test_a_complex_multiply_add_is_four_multiplications_and_four_additions(width: int) -> None:
    """(a + ib)(c + id) + (e + if): ac, bd, ad, bc; ac - bd, ad + bc and the two sums."""
    real, both = f"f{width}", f"complex<f{width}>"
    assert product(real, real, real) == 2 * 16 * 8 * 32
    assert product(both, both, both) == 8 * 16 * 8 * 32
    assert product(real, both, both) == 4 * 16 * 8 * 32


def test_a_complex_product_of_torch_and_a_complex_convolution() -> None:
    kinds = [f"!torch.vtensor<[{shape}],complex<f32>>" for shape in ("16,32", "32,8", "16,8")]
    text = f"""
func.func @main(%a: {kinds[0]}, %b: {kinds[1]}) -> {kinds[2]} {{
  %0 = torch.aten.mm %a, %b : {kinds[0]}, {kinds[1]} -> {kinds[2]}
  return %0 : {kinds[2]}
}}
"""
    assert build(read_text(text)).work_flop == 8 * 16 * 8 * 32
    image, kernel, out = (
        f"tensor<{shape}xcomplex<f32>>" for shape in ("1x8x8x4", "3x3x4x2", "1x6x6x2")
    )
    text = f"""
func.func @main(%a: {image}, %b: {kernel}) -> {out} {{
  %0 = stablehlo.convolution(%a, %b) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
    window = {{}} {{batch_group_count = 1 : i64, feature_group_count = 1 : i64}} :
    ({image}, {kernel}) -> {out}
  return %0 : {out}
}}
"""
    assert build(read_text(text)).work_flop == 8 * 6 * 6 * 2 * 3 * 3 * 4


def test_a_softmax_of_linalg_is_5_flop_an_element_over_its_rows() -> None:
    kind = "tensor<4x16x64xf32>"
    text = f"""
func.func @main(%a: {kind}, %o: {kind}) -> {kind} {{
  %0 = linalg.softmax dimension(2) ins(%a : {kind}) outs(%o : {kind}) -> {kind}
  return %0 : {kind}
}}
"""
    (kernel,) = build(read_text(text)).kernels
    assert (kernel.work_flop, dict(kernel.dims)) == (5 * 4 * 16 * 64, {"rows": 64, "cols": 64})
