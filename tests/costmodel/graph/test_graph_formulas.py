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


ROW = "tensor<100xcomplex<f32>>"


@pytest.mark.parametrize(
    ("op", "each"),
    [
        ("add", 2),
        ("subtract", 2),
        ("multiply", 6),
        ("divide", 6 + 3 + 2),
        ("negate", 2),
        ("abs", 2 + 1 + 1),
        ("exponential", 3 + 2),
        ("log", 4 + 1 + 1),
        ("cosine", 4 + 2),
        ("real", 1),
        ("tanh", 1),
    ],
)
def test_an_op_on_complex_numbers_counts_that_of_their_parts(op: str, each: int) -> None:
    """(a + ib)(c + id) = (ac - bd) + i (ad + bc); a quotient multiplies by (c - id) / (cc + dd)."""
    two = op in {"add", "subtract", "multiply", "divide"}
    out = "tensor<100xf32>" if op in {"abs", "real"} else ROW
    text = f"""
func.func @main(%a: {ROW}, %b: {ROW}) -> {out} {{
  %0 = stablehlo.{op} %a{", %b" if two else ""} : ({ROW}{f", {ROW}" if two else ""}) -> {out}
  return %0 : {out}
}}
"""
    assert build(read_text(text)).work_flop == 100 * each
    if op not in {"abs", "real"}:
        assert build(read_text(text.replace("complex<f32>", "f32"))).work_flop == 100


def test_complex_sums_factors_and_bodies() -> None:
    text = f"""
func.func @main(%a: {ROW}) -> tensor<complex<f32>> {{
  %c = stablehlo.constant dense<(0.0,0.0)> : tensor<complex<f32>>
  %0 = stablehlo.reduce(%a init: %c) applies stablehlo.add across dimensions = [0]
    : ({ROW}, tensor<complex<f32>>) -> tensor<complex<f32>>
  return %0 : tensor<complex<f32>>
}}
"""
    assert build(read_text(text)).work_flop == 2 * 100
    matrix = "tensor<30x30xcomplex<f64>>"
    text = f"""
func.func @main(%a: {matrix}) -> {matrix} {{
  %0 = stablehlo.cholesky %a, lower = true : {matrix}
  return %0 : {matrix}
}}
"""
    assert build(read_text(text)).work_flop == 4 * 30**3 / 3
    text = f"""
#map = affine_map<(d0) -> (d0)>
func.func @main(%a: {ROW}, %b: {ROW}, %o: {ROW}) -> {ROW} {{
  %0 = linalg.generic {{indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]}}
    ins(%a, %b : {ROW}, {ROW}) outs(%o : {ROW}) {{
  ^bb0(%x: complex<f32>, %y: complex<f32>, %z: complex<f32>):
    %1 = complex.mul %x, %y : complex<f32>
    %2 = complex.add %1, %x : complex<f32>
    linalg.yield %2 : complex<f32>
  }} -> {ROW}
  return %0 : {ROW}
}}
"""
    assert build(read_text(text)).work_flop == 100 * (6 + 2)


def test_a_complex_product_as_a_body_of_linalg() -> None:
    a, b, c = (f"tensor<{shape}xcomplex<f32>>" for shape in ("16x32", "32x8", "16x8"))
    maps = ", ".join(f"affine_map<(m, n, k) -> ({at})>" for at in ("m, k", "k, n", "m, n"))
    text = f"""
func.func @main(%a: {a}, %b: {b}, %o: {c}) -> {c} {{
  %0 = linalg.generic {{indexing_maps = [{maps}],
    iterator_types = ["parallel", "parallel", "reduction"]}}
    ins(%a, %b : {a}, {b}) outs(%o : {c}) {{
  ^bb0(%x: complex<f32>, %y: complex<f32>, %z: complex<f32>):
    %1 = complex.mul %x, %y : complex<f32>
    %2 = complex.add %1, %z : complex<f32>
    linalg.yield %2 : complex<f32>
  }} -> {c}
  return %0 : {c}
}}
"""
    (kernel,) = build(read_text(text)).kernels
    assert kernel.work_flop == 8 * 16 * 8 * 32
    assert [kernel.dims[name] for name in "bmnk"] == [1, 16, 8, 32]


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
