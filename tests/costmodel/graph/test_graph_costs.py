"""Costs of single ops, worked by hand, in every dialect that can say them."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.graph.affine import affine_trips
from costmodel.graph.build import Graph, build
from costmodel.graph.cost import valid_taps
from costmodel.kernel import Family, Flag, Kernel
from costmodel.mlir.reader import read_text


def graph(body: str, arguments: str = "", prefix: str = "", **options: object) -> Graph:
    text = f"{prefix}func.func @main({arguments}) {{\n{body}\nreturn\n}}\n"
    return build(read_text(text), stack="torch-eager", **options)  # type: ignore[arg-type]


def only(found: Graph) -> Kernel:
    assert not found.coverage.unknown
    (kernel,) = found.kernels
    return kernel


A, B = "%a: tensor<8x16x32xf32>", "%b: tensor<8x32x64xf32>"
_PRODUCT_TYPES = "(tensor<8x16x32xf32>, tensor<8x32x64xf32>) -> tensor<8x16x64xf32>"
_BATCHED = [
    f"%0 = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1] : {_PRODUCT_TYPES}",
    '%0 = "stablehlo.dot_general"(%a, %b) <{dot_dimension_numbers = #stablehlo.dot<'
    "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], "
    f"rhs_contracting_dimensions = [1]>}}> : {_PRODUCT_TYPES}",
    '%0 = "mhlo.dot_general"(%a, %b) {dot_dimension_numbers = #mhlo.dot<'
    "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], "
    f"rhs_contracting_dimensions = [1]>}} : {_PRODUCT_TYPES}",
    "%0 = linalg.batch_matmul ins(%a, %b : tensor<8x16x32xf32>, tensor<8x32x64xf32>) "
    "outs(%e : tensor<8x16x64xf32>) -> tensor<8x16x64xf32>",
    f"%0 = tosa.matmul %a, %b : {_PRODUCT_TYPES}",
    "%0 = torch.aten.bmm %a, %b : tensor<8x16x32xf32>, tensor<8x32x64xf32> -> tensor<8x16x64xf32>",
    f'%0 = "onnx.MatMul"(%a, %b) : {_PRODUCT_TYPES}',
]


@pytest.mark.parametrize("text", _BATCHED, ids=lambda text: text.split()[2].strip('"(%a,'))
def test_batched_product(text: str) -> None:
    kernel = only(graph(text, f"{A}, {B}, %e: tensor<8x16x64xf32>"))
    assert kernel.family is Family.GEMM
    assert dict(kernel.dims) == {"b": 8, "m": 16, "n": 64, "k": 32}
    assert kernel.work_flop == 2 * 8 * 16 * 64 * 32
    reads_output = 8 * 16 * 64 * 4 if "linalg" in text else 0
    assert kernel.bytes_moved == 4 * (8 * 16 * 32 + 8 * 32 * 64 + 8 * 16 * 64) + reads_output


IMAGE, WEIGHT = "%x: tensor<2x8x8x4xf32>", "%w: tensor<3x3x4x16xf32>"


def convolution(attributes: str, groups: int = 1) -> str:
    return (
        "%0 = stablehlo.convolution(%x, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], "
        f"window = {{{attributes}}} {{batch_group_count = 1 : i64, feature_group_count = {groups} : i64}}"
    )


def test_convolution_without_padding_counts_every_tap() -> None:
    text = convolution("stride = [1, 1], pad = [[0, 0], [0, 0]]")
    found = graph(
        f"{text} : (tensor<2x8x8x4xf32>, tensor<3x3x4x16xf32>) -> tensor<2x6x6x16xf32>",
        f"{IMAGE}, {WEIGHT}",
    )
    assert only(found).work_flop == 2 * 2 * 6 * 6 * 16 * 9 * 4
    assert found.padding_flop == 0


def test_convolution_offers_both_padding_conventions() -> None:
    text = convolution("stride = [1, 1], pad = [[1, 1], [1, 1]]")
    text += " : (tensor<2x8x8x4xf32>, tensor<3x3x4x16xf32>) -> tensor<2x8x8x16xf32>"
    inside = 2 * 2 * 16 * 4 * (3 * 8 - 2) ** 2
    full = 2 * 2 * 16 * 4 * (3 * 8) ** 2
    found = graph(text, f"{IMAGE}, {WEIGHT}")
    assert (found.work_flop, found.padding_flop) == (inside, full - inside)
    counted = graph(text, f"{IMAGE}, {WEIGHT}", count_padding=True)
    assert (counted.work_flop, counted.padding_flop) == (full, 0)


def test_depthwise_convolution_in_three_dialects() -> None:
    flop = 2 * 1 * 6 * 6 * 4 * 9
    hlo = (
        convolution("stride = [1, 1], pad = [[0, 0], [0, 0]]", groups=4)
        + " : (tensor<1x8x8x4xf32>, tensor<3x3x1x4xf32>) -> tensor<1x6x6x4xf32>"
    )
    linalg = (
        "%0 = linalg.depthwise_conv_2d_nhwc_hwc ins(%x, %w : tensor<1x8x8x4xf32>, tensor<3x3x4xf32>)"
        " outs(%e : tensor<1x6x6x4xf32>) -> tensor<1x6x6x4xf32>"
    )
    torch = (
        "%0 = torch.aten.convolution %x, %w, %n, %n, %n, %n, %n, %n, %n : tensor<1x4x8x8xf32>, "
        "tensor<4x1x3x3xf32>, i1, i1, i1, i1, i1, i1, i1 -> tensor<1x4x6x6xf32>"
    )
    image, filters = "%x: tensor<1x8x8x4xf32>", "%w: tensor<3x3x4xf32>"
    planar = "%x: tensor<1x4x8x8xf32>, %w: tensor<4x1x3x3xf32>, %n: i1"
    for text, arguments in (
        (hlo, f"{image}, %w: tensor<3x3x1x4xf32>"),
        (linalg, f"{image}, {filters}, %e: tensor<1x6x6x4xf32>"),
        (torch, planar),
    ):
        kernel = only(graph(text, arguments))
        assert (kernel.family, kernel.work_flop) == (Family.CONVOLUTION, flop)
        assert (kernel.dims["groups"], kernel.dims["c_in"], kernel.dims["c_out"]) == (4, 4, 4)


@pytest.mark.parametrize(
    "form", ["{{pad = array<i64: {}>, stride = array<i64: 2, 2>}}", "pad([{}]) stride([2, 2])"]
)
def test_tosa_convolution_in_both_printed_forms(form: str) -> None:
    text = (
        "%0 = tosa.conv2d %x, %w, %b " + form.format("0, 1, 0, 1") + " : (tensor<1x8x8x4xf32>, "
        "tensor<16x3x3x4xf32>, tensor<16xf32>) -> tensor<1x4x4x16xf32>"
    )
    taps = (3 * 4 - 1) ** 2
    found = graph(text, "%x: tensor<1x8x8x4xf32>, %w: tensor<16x3x3x4xf32>, %b: tensor<16xf32>")
    assert only(found).work_flop == 2 * 16 * 4 * taps


@given(
    *(st.integers(1, 12), st.integers(1, 12), st.integers(1, 6), st.integers(1, 4)),
    *(st.integers(-3, 5), st.integers(1, 3), st.integers(1, 4)),
)
def test_valid_taps_are_those_inside_the_image(
    size: int, out: int, kernel: int, stride: int, low: int, dilation: int, base: int
) -> None:
    span = (size - 1) * base + 1
    positions = (o * stride + t * dilation - low for o in range(out) for t in range(kernel))
    expected = sum(1 for at in positions if 0 <= at < span and at % base == 0)
    assert valid_taps(size, out, kernel, stride, low, dilation, base) == expected


def test_elementwise_reduction_movement_and_free_ops() -> None:
    add = only(
        graph(
            "%0 = stablehlo.add %a, %a2 : tensor<4x8xf32>",
            "%a: tensor<4x8xf32>, %a2: tensor<4x8xf32>",
        )
    )
    assert (add.work_flop, add.bytes_moved, add.dims["inputs"]) == (32, 3 * 128, 2)
    reduce = only(
        graph(
            "%c = stablehlo.constant dense<0.0> : tensor<f32>\n%0 = stablehlo.reduce(%a init: %c) "
            "applies stablehlo.add across dimensions = [1] : (tensor<4x8xf32>, tensor<f32>) -> tensor<4xf32>",
            "%a: tensor<4x8xf32>",
        )
    )
    assert (reduce.family, reduce.work_flop, reduce.bytes_moved) == (Family.ROWWISE, 32, 128 + 16)
    assert (reduce.dims["rows"], reduce.dims["cols"]) == (4, 8)
    transpose = only(
        graph(
            "%0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<4x8xf32>) -> tensor<8x4xf32>",
            "%a: tensor<4x8xf32>",
        )
    )
    assert (transpose.work_flop, transpose.bytes_moved) == (0, 256)
    reshape = graph(
        "%0 = stablehlo.reshape %a : (tensor<4x8xf32>) -> tensor<32xf32>", "%a: tensor<4x8xf32>"
    )
    assert (reshape.kernels, reshape.coverage.free) == ((), 2)


def test_slice_reads_what_it_selects() -> None:
    text = "%0 = stablehlo.slice %a [0:2, 0:8] : (tensor<1024x8xf32>) -> tensor<2x8xf32>"
    assert only(graph(text, "%a: tensor<1024x8xf32>")).bytes_moved == 2 * 64


def test_fft_sort_and_cholesky() -> None:
    fft = "%0 = stablehlo.fft %a, type = FFT, length = [256] : (tensor<4x256xcomplex<f32>>) -> tensor<4x256xcomplex<f32>>"
    assert only(graph(fft, "%a: tensor<4x256xcomplex<f32>>")).work_flop == 5 * 256 * 8 * 4
    sort = '%0 = "stablehlo.sort"(%a) : (tensor<4x256xf32>) -> tensor<4x256xf32>'
    assert only(graph(sort, "%a: tensor<4x256xf32>")).work_flop == 1024 * 8
    cholesky = "%0 = stablehlo.cholesky %a : tensor<6x6xf32>"
    assert only(graph(cholesky, "%a: tensor<6x6xf32>")).work_flop == pytest.approx(6**3 / 3)


def test_linalg_generic_through_indexing_maps() -> None:
    maps = "affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>"
    text = (
        f'%0 = linalg.generic {{indexing_maps = [{maps}], iterator_types = ["parallel", "parallel", "reduction"]}} '
        "ins(%a, %b : tensor<4x16xf32>, tensor<8x16xf32>) outs(%c : tensor<4x8xf32>) {\n"
        "^bb0(%x: f32, %y: f32, %z: f32):\n %p = arith.mulf %x, %y : f32\n %s = arith.addf %p, %z : f32\n"
        " linalg.yield %s : f32\n} -> tensor<4x8xf32>"
    )
    kernel = only(graph(text, "%a: tensor<4x16xf32>, %b: tensor<8x16xf32>, %c: tensor<4x8xf32>"))
    assert dict(kernel.dims) == {"b": 1, "m": 4, "n": 8, "k": 16}


def test_unknown_ops_are_named_with_the_bytes_they_could_hide() -> None:
    found = graph(
        '%0 = "my.mystery"(%a) : (tensor<4xf32>) -> tensor<1000xf32>', "%a: tensor<4xf32>"
    )
    assert dict(found.coverage.unknown) == {"my.mystery": 1}
    assert found.coverage.hidden_bytes == 4000
    assert found.coverage.share == 0.5
    assert [(k.op, k.flags) for k in found.kernels] == [("my.mystery", {Flag.UNKNOWN_OP})]
    call = graph(
        "%0 = stablehlo.custom_call @Mystery(%a) : (tensor<4xf32>) -> tensor<4xf32>",
        "%a: tensor<4xf32>",
    )
    assert dict(call.coverage.unknown) == {"stablehlo.custom_call @Mystery": 1}


def test_result_of_an_unreadable_type_is_unknown_not_zero() -> None:
    found = graph("%0 = stablehlo.add %a, %a : !other.thing")
    assert found.coverage.unknown["stablehlo.add"] == 1


def test_dynamic_dimensions_by_argument_by_place_and_assumed() -> None:
    text, argument = "%0 = stablehlo.add %a, %a : tensor<?x?xf32>", "%a: tensor<?x?xf32>"
    given_both = graph(text, argument, shapes={"arg0.0": 8, "arg0.1": 16})
    assert only(given_both).work_flop == 128
    assert not only(given_both).flags
    assert only(graph(text, argument, batch=4, shapes={"1": 5})).work_flop == 20
    assumed = graph(text, argument)
    assert only(assumed).work_flop == 1
    assert Flag.ASSUMED_SHAPE in only(assumed).flags
    assert set(assumed.dynamic) == {"arg0.0", "arg0.1"}


def test_while_and_for_loops_multiply_and_unknown_trips_are_flagged() -> None:
    loop = (
        "%c0 = arith.constant 0 : index\n%c1 = arith.constant 2 : index\n%n = arith.constant 10 : index\n"
        "scf.for %i = %c0 to {} step %c1 {{\n %0 = stablehlo.add %a, %a : tensor<4xf32>\n}}"
    )
    known = graph(loop.format("%n"), "%a: tensor<4xf32>")
    assert (only(known).count, known.work_flop, known.loops[0].trips) == (5, 20, 5)
    unknown = graph(loop.format("%m"), "%a: tensor<4xf32>, %m: index")
    assert Flag.ASSUMED_TRIP_COUNT in only(unknown).flags
    assert unknown.loops[0].assumed
    named = graph(loop.format("%m"), "%a: tensor<4xf32>, %m: index", shapes={"m": 20})
    assert only(named).count == 10


def test_affine_nest_over_memrefs_is_one_matrix_product() -> None:
    body = """affine.for %i = 0 to 16 {
  affine.for %j = 0 to 32 {
    affine.for %k = 0 to 64 {
      %0 = affine.load %a[%i, %k] : memref<16x64xf32>
      %1 = affine.load %b[%k, %j] : memref<64x32xf32>
      %2 = affine.load %c[%i, %j] : memref<16x32xf32>
      %3 = arith.mulf %0, %1 : f32
      %4 = arith.addf %2, %3 : f32
      affine.store %4, %c[%i, %j] : memref<16x32xf32>
    }
  }
}"""
    found = graph(body, "%a: memref<16x64xf32>, %b: memref<64x32xf32>, %c: memref<16x32xf32>")
    kernel = only(found)
    assert (kernel.family, kernel.work_flop) == (Family.GEMM, 2 * 16 * 32 * 64)
    assert dict(kernel.dims) == {"b": 1, "m": 16, "n": 32, "k": 64}
    assert kernel.bytes_moved == 4 * (16 * 64 + 64 * 32 + 2 * 16 * 32)
    assert [loop.trips for loop in found.loops] == [16, 32, 64]


def test_a_loop_over_registers_alone_is_work_too() -> None:
    body = """%x = affine.for %i = 0 to 1000 iter_args(%y = %s) -> (f32) {
  %0 = arith.mulf %y, %y : f32
  %1 = math.exp %0 : f32
  affine.yield %1 : f32
}"""
    kernel = only(graph(body, "%s: f32"))
    assert (kernel.work_flop, kernel.bytes_moved) == (2000, 0)


@pytest.mark.parametrize(
    ("header", "trips"),
    [
        ("%i = 0 to 10", 10),
        ("%i = 3 to 10 step 2", 4),
        ("%i = #id(%j) to #plus(%j)", 32),
        ("%i = #id(%j) to min #least(%j)", 32),
        ("%i = affine_map<(d0) -> (d0 * 4)>(%j) to affine_map<(d0) -> (d0 * 4 + 8)>(%j) step 4", 2),
        ("%i = 0 to %n", 7),
        ("%i = 0 to %unknown", None),
        ("%i = 0 to affine_map<(d0) -> (d0 floordiv 2)>(%n)", None),
    ],
)
def test_affine_trips(header: str, trips: int | None) -> None:
    aliases = {
        "#id": "affine_map<(d0) -> (d0)>",
        "#plus": "affine_map<(d0) -> (d0 + 32)>",
        "#least": "affine_map<(d0) -> (d0 + 32, 100)>",
    }
    assert affine_trips(header, aliases, {"%n": 7}) == trips


def test_gpu_launch_multiplies_by_its_grid_and_counts_mma() -> None:
    body = """%c4 = arith.constant 4 : index
%c32 = arith.constant 32 : index
%c1 = arith.constant 1 : index
gpu.launch blocks(%bx, %by, %bz) in (%gx = %c4, %gy = %c4, %gz = %c1) threads(%tx, %ty, %tz) in (%x = %c32, %y = %c1, %z = %c1) {
  %0 = memref.load %m[%tx] : memref<32xf32>
  %1 = arith.addf %0, %0 : f32
  memref.store %1, %m[%tx] : memref<32xf32>
  %2 = nvgpu.mma.sync(%a, %b, %d) {mmaShape = [16, 8, 16]} : (vector<4x2xf16>, vector<2x2xf16>, vector<2x2xf32>) -> vector<2x2xf32>
  gpu.terminator
}"""
    kernel = only(graph(body, "%m: memref<32xf32>"))
    assert kernel.work_flop == 16 * (32 * 1 + 2 * 16 * 8 * 16)
    assert kernel.bytes_moved == 2 * 128


def test_triton_kernel_takes_its_grid_from_the_caller() -> None:
    text = """tt.func public @k(%p: !tt.ptr<f16>) {
  %x = tt.load %q : tensor<64x32x!tt.ptr<f16>>
  %d = tt.dot %x, %y, %z : tensor<64x32xf16> * tensor<32x16xf16> -> tensor<64x16xf32>
  tt.store %r, %d : tensor<64x16x!tt.ptr<f32>>
  tt.return
}
"""
    assumed = only(build(read_text(text)))
    assert (assumed.op, assumed.work_flop) == ("k", 2 * 64 * 32 * 16)
    assert assumed.bytes_moved == 64 * 32 * 2 + 64 * 16 * 4
    assert Flag.ASSUMED_TRIP_COUNT in assumed.flags
    assert only(build(read_text(text), shapes={"grid": 100})).work_flop == 100 * 2 * 64 * 32 * 16


@pytest.mark.parametrize(
    "location",
    [
        'loc("m.py":3:4)',
        "loc(#loc7)",
        'loc("add"("m.py":3:4))',
        '"add"(#loc7)',
        '"m.py":3:4',
        "[unknown]",
    ],
)
def test_locations_change_nothing(location: str) -> None:
    plain = "%0 = stablehlo.add %a, %a : tensor<4xf32>"
    argument = "%a: tensor<4xf32>"
    located = graph(f"{plain} {location}", f"{argument} {location}")
    assert not located.coverage.unknown
    assert (located.work_flop, located.bytes_moved) == (4, 32)
    assert located.kernels[0].dims == graph(plain, argument).kernels[0].dims


def test_calls_into_nested_modules_and_private_functions_are_multiplied_out() -> None:
    text = """flow.executable private @exe {
  builtin.module {
    func.func @inner(%a: tensor<4xf32>) -> tensor<4xf32> {
      %0 = stablehlo.add %a, %a : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
  }
}
func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = flow.dispatch @exe::@inner(%a) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @inner(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
"""
    found = build(read_text(text), stack="torch-eager")
    assert (found.work_flop, dict(found.calls)) == (8, {"inner": 2})


@pytest.mark.parametrize(
    ("attribute", "returned", "megabytes"),
    [("", "%0", 3), ("", "%a", 2), ("", "%0, %0", 3), (" {tf.aliasing_output = 0 : i32}", "%0", 2)],
)
def test_memory_holds_arguments_and_results_each_once(
    attribute: str, returned: str, megabytes: int
) -> None:
    kind = "tensor<500x500xf32>"
    kinds = ", ".join([kind] * (returned.count(",") + 1))
    text = (
        f"func.func @main(%a: {kind}{attribute}, %b: {kind}) -> ({kinds}) {{\n"
        f"%0 = stablehlo.add %a, %b : {kind}\nreturn {returned} : {kinds}\n}}\n"
    )
    assert build(read_text(text)).resident_bytes == megabytes * 1e6


def test_memory_of_several_programs_is_that_of_the_largest() -> None:
    one = "func.func @{0}(%a: tensor<{1}xf32>) -> tensor<{1}xf32> {{\nreturn %a : tensor<{1}xf32>\n}}\n"
    text = one.format("f", 10) + one.format("g", 100)
    assert build(read_text(text)).resident_bytes == 400
