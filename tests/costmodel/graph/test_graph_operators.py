"""Operators that few exporters write: ONNX's recurrent and quantised ones, equations, contractions."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest

from costmodel.graph.build import Graph, build
from costmodel.kernel import Family
from costmodel.mlir.reader import read_text


def graph(body: str, arguments: str) -> Graph:
    text = f"func.func @main({arguments}) {{\n{body}\nreturn\n}}\n"
    return build(read_text(text), stack="torch-eager")


_ROWS = "%x: tensor<10x2x8xf32>, %n: none"


@pytest.mark.parametrize(("name", "gates"), [("LSTM", 4), ("GRU", 3), ("RNN", 1)])
def test_onnx_recurrent_layers_count_every_gate_and_step(name: str, gates: int) -> None:
    rows = gates * 16
    text = (
        f'%y, %h = "onnx.{name}"(%x, %w, %r, %n, %n, %n) {{hidden_size = 16 : si64}} : (tensor<10x2x8xf32>, '
        f"tensor<1x{rows}x8xf32>, tensor<1x{rows}x16xf32>, none, none, none) -> (tensor<10x1x2x16xf32>, tensor<1x2x16xf32>)"
    )
    found = graph(text, f"{_ROWS}, %w: tensor<1x{rows}x8xf32>, %r: tensor<1x{rows}x16xf32>")
    (kernel,) = found.kernels
    assert kernel.family is Family.RECURRENT
    assert kernel.work_flop == 2 * 10 * 2 * rows * (8 + 16)
    weights, state = rows * (8 + 16), 10 * 2 * 16 + 2 * 16
    assert kernel.bytes_moved == 4 * (10 * 2 * 8 + weights + state)
    assert kernel.dims["gates"] == gates


def test_onnx_quantised_products_skip_scales_and_versions_are_ignored() -> None:
    product = (
        '%0 = "onnx.QLinearMatMul"(%a, %s, %z, %b, %s, %z, %s, %z) : (tensor<4x8xi8>, tensor<f32>, tensor<i8>, '
        "tensor<8x16xi8>, tensor<f32>, tensor<i8>, tensor<f32>, tensor<i8>) -> tensor<4x16xi8>"
    )
    arguments = "%a: tensor<4x8xi8>, %b: tensor<8x16xi8>, %s: tensor<f32>, %z: tensor<i8>"
    assert graph(product, arguments).work_flop == 2 * 4 * 8 * 16
    reduce = '%0 = "onnx.ReduceMeanV13"(%a) {axes = [1]} : (tensor<4x8xf32>) -> tensor<4x1xf32>'
    found = graph(reduce, "%a: tensor<4x8xf32>")
    assert (found.work_flop, found.coverage.share) == (32, 1)
    view = '%0 = "onnx.UnsqueezeV11"(%a) {axes = [0]} : (tensor<4x8xf32>) -> tensor<1x4x8xf32>'
    assert graph(view, "%a: tensor<4x8xf32>").kernels == ()


@pytest.mark.parametrize(
    "text",
    [
        '%0 = "stablehlo.einsum"(%a, %b) {einsum_config = "bij,bjk->bik"} : (tensor<4x8x16xf32>, tensor<4x16x32xf32>) -> tensor<4x8x32xf32>',
        '%0 = "onnx.Einsum"(%a, %b) {equation = "bij, bjk -> bik"} : (tensor<4x8x16xf32>, tensor<4x16x32xf32>) -> tensor<4x8x32xf32>',
    ],
)
def test_equations_are_products(text: str) -> None:
    (kernel,) = graph(text, "%a: tensor<4x8x16xf32>, %b: tensor<4x16x32xf32>").kernels
    assert dict(kernel.dims) == {"b": 4, "m": 8, "n": 32, "k": 16}
    assert kernel.work_flop == 2 * 4 * 8 * 16 * 32


def test_an_equation_beyond_two_operands_is_unknown() -> None:
    text = '%0 = "onnx.Einsum"(%a, %a, %a) {equation = "ij,jk,kl->il"} : (tensor<8x8xf32>, tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>'
    found = graph(text, "%a: tensor<8x8xf32>")
    assert dict(found.coverage.unknown) == {"onnx.Einsum": 1}
    assert found.coverage.hidden_flop == 2 * 8**3
    assert found.coverage.hidden_bytes == 8 * 8 * 4


_MAPS = "affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d2, d1)>, affine_map<(d0, d1, d2) -> (d0, d1)>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            f'%0 = vector.contract {{indexing_maps = [{_MAPS}], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>}} %a, %b, %c : vector<4x8xf32>, vector<8x16xf32> into vector<4x16xf32>',
            "vector",
        ),
        (
            f"%0 = linalg.contract indexing_maps = [{_MAPS}] ins(%a, %b : tensor<4x8xf32>, tensor<8x16xf32>) outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>",
            "tensor",
        ),
    ],
    ids=["vector", "linalg"],
)
def test_contractions_through_indexing_maps(text: str, kind: str) -> None:
    arguments = f"%a: {kind}<4x8xf32>, %b: {kind}<8x16xf32>, %c: {kind}<4x16xf32>"
    (kernel,) = graph(text, arguments).kernels
    assert (kernel.family, kernel.work_flop) == (Family.GEMM, 2 * 4 * 8 * 16)
    assert kernel.bytes_moved == 4 * (4 * 8 + 8 * 16 + 2 * 4 * 16)


def test_batch_reduce_matmul_contracts_its_batch() -> None:
    text = "%0 = linalg.batch_reduce_matmul ins(%a, %b : tensor<3x4x8xf32>, tensor<3x8x16xf32>) outs(%c : tensor<4x16xf32>) -> tensor<4x16xf32>"
    arguments = "%a: tensor<3x4x8xf32>, %b: tensor<3x8x16xf32>, %c: tensor<4x16xf32>"
    (kernel,) = graph(text, arguments).kernels
    assert dict(kernel.dims) == {"b": 1, "m": 4, "n": 16, "k": 24}


def test_every_operator_of_the_dialects_has_a_cost() -> None:
    from costmodel.graph.rules import rule_of

    names = """stablehlo.batch_norm_training stablehlo.send chlo.erfc chlo.ragged_dot mhlo.einsum
    tosa.matmul_t_block_scaled tosa.mul_shape linalg.conv_3d linalg.conv_2d_nhwgc_gfhwc_q
    torch.aten.topk torch.aten.rms_norm torch.aten.conv_transpose3d torch.aten.cumsum
    torch.aten._scaled_dot_product_flash_attention_for_cpu onnx.LRN onnx.TopK onnx.DFT
    onnx.RMSLayerNormalization onnx.SqueezeV11 vector.outerproduct vector.maskedload
    memref.atomic_rmw math.isnan arith.convertf tt.clampf llvm.intr.fma llvm.mlir.constant"""
    assert [name for name in names.split() if rule_of(name) is None] == []


@pytest.mark.parametrize(("k", "comparisons"), [(1, 1), (8, 4), (256, 8)])
def test_top_k_is_a_heap_and_never_dearer_than_a_sort(k: int, comparisons: int) -> None:
    text = f"%v, %i = chlo.top_k(%a, k = {k}) : tensor<4x256xf32> -> (tensor<4x{k}xf32>, tensor<4x{k}xi32>)"
    assert graph(text, "%a: tensor<4x256xf32>").work_flop == 4 * 256 * comparisons


@pytest.mark.parametrize("stack", ["torch-eager", "xla", "inductor"])
def test_a_returned_broadcast_is_written(stack: str) -> None:
    text = (
        "func.func @main(%a: tensor<8xf32>) -> (tensor<4x8xf32>, tensor<8xf32>) {\n"
        "%0 = stablehlo.broadcast_in_dim %a, dims = [1] : (tensor<8xf32>) -> tensor<4x8xf32>\n"
        "return %0, %a : tensor<4x8xf32>, tensor<8xf32>\n}\n"
    )
    found = build(read_text(text), stack=stack)
    assert (len(found.kernels), found.bytes_moved, found.work_flop) == (1, 8 * 4 + 32 * 4, 0)


@pytest.mark.parametrize(
    ("text", "flop"),
    [
        ("%0 = math.fma %a, %a, %a : tensor<4x8xf32>", 2),
        ("%0 = llvm.intr.fmuladd(%a, %a, %a) : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>", 2),
        ("%0 = spirv.GL.Fma %a, %a, %a : tensor<4x8xf32>", 2),
        ("%0 = spirv.CL.mad %a, %a, %a : tensor<4x8xf32>", 2),
        ("%0 = math.powf %a, %a : tensor<4x8xf32>", 1),
        ('%0 = tt.extern_elementwise %a, %a, %a {libname = "", libpath = "", pure = true, symbol = "__nv_fmaf"} : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>', 2),
        ('%0 = tt.extern_elementwise %a {libname = "", libpath = "", pure = true, symbol = "__nv_expf"} : (tensor<4x8xf32>) -> tensor<4x8xf32>', 1),
        ("%0 = torch.aten.addcmul %a, %a, %a, %i : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, !torch.int -> tensor<4x8xf32>", 2),
        ("%0 = torch.aten.addcdiv %a, %a, %a, %i : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, !torch.int -> tensor<4x8xf32>", 2),
        ("%0 = torch.aten.lerp.Tensor %a, %a, %a : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32> -> tensor<4x8xf32>", 3),
    ],
    ids=lambda value: value.split()[2] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_multiply_add_in_one_op_is_two_flop(text: str, flop: int) -> None:
    assert graph(text, "%a: tensor<4x8xf32>, %i: !torch.int").work_flop == flop * 4 * 8


def test_a_fused_multiply_add_in_a_body_counts_two_and_makes_a_product() -> None:
    text = """%0 = linalg.generic {{indexing_maps = [{maps}], iterator_types = [{kinds}]}} ins(%a, %a : tensor<4x4xf32>, tensor<4x4xf32>) outs(%a : tensor<4x4xf32>) {{
^bb0(%x: f32, %y: f32, %z: f32):
  %1 = math.fma %x, %y, %z : f32
  linalg.yield %1 : f32
}} -> tensor<4x4xf32>"""
    square = "affine_map<(i, j) -> (i, j)>"
    alike = text.format(maps=", ".join([square] * 3), kinds='"parallel", "parallel"')
    assert graph(alike, "%a: tensor<4x4xf32>").work_flop == 2 * 16
    maps = ", ".join(f"affine_map<(m, n, k) -> ({d})>" for d in ("m, k", "k, n", "m, n"))
    summed = text.format(maps=maps, kinds='"parallel", "parallel", "reduction"')
    (kernel,) = graph(summed, "%a: tensor<4x4xf32>").kernels
    assert (kernel.family.value, kernel.work_flop) == ("gemm", 2 * 4**3)


def test_loops_over_a_fused_multiply_add_are_a_product() -> None:
    text = """affine.for %i = 0 to 16 {
  affine.for %j = 0 to 32 {
    affine.for %k = 0 to 64 {
      %0 = affine.load %a[%i, %k] : memref<16x64xf32>
      %1 = affine.load %b[%k, %j] : memref<64x32xf32>
      %2 = affine.load %c[%i, %j] : memref<16x32xf32>
      %3 = math.fma %0, %1, %2 : f32
      affine.store %3, %c[%i, %j] : memref<16x32xf32>
    }
  }
}"""
    arguments = "%a: memref<16x64xf32>, %b: memref<64x32xf32>, %c: memref<16x32xf32>"
    (kernel,) = graph(text, arguments).kernels
    assert (kernel.family.value, kernel.work_flop) == ("gemm", 2 * 16 * 32 * 64)
