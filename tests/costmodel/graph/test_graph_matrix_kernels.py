"""Kernels written in matrix instructions: operands' format, b m n k of the launch, held to peak."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest

from costmodel.graph.build import Graph, build
from costmodel.graph.matrix_units import matrix_tile
from costmodel.kernel import Family, Flag
from costmodel.learned.predictor import Predictor
from costmodel.mlir.reader import read_text
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat

PROGRAM = """tt.func public @matmul(%a: !tt.ptr<bf16>, %c: !tt.ptr<bf16>) {{
  %zero = arith.constant dense<0.0> : tensor<128x64xf32>
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %n = arith.constant 16 : i32
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %zero) -> (tensor<128x64xf32>) : i32 {{
    %x = tt.load %pa : tensor<128x32x!tt.ptr<bf16>>
    %y = tt.load %pb : tensor<32x64x!tt.ptr<bf16>>
{body}
    scf.yield %d : tensor<128x64xf32>
  }}
  %o = arith.truncf %r : tensor<128x64xf32> to tensor<128x64xbf16>
  tt.store %pc, %o : tensor<128x64x!tt.ptr<bf16>>
  tt.return
}}
"""
DOT = "tensor<128x32xbf16> * tensor<32x64xbf16> -> tensor<128x64xf32>"
CARRIED = f"    %d = tt.dot %x, %y, %acc, inputPrecision = tf32 : {DOT}"
SCALED = f"""    %f = tt.dot %x, %y, %cst : {DOT}
    %d = arith.addf %acc, %f : tensor<128x64xf32>"""


def graph(text: str, **shapes: int) -> Graph:
    return build(read_text(text), stack="torch-eager", shapes=shapes)


@pytest.mark.parametrize("body", [CARRIED, SCALED], ids=["carried", "added"])
def test_a_triton_product_has_the_operands_format_and_the_launch_sizes(body: str) -> None:
    (kernel,) = graph(PROGRAM.format(body=body), grid=32).kernels
    assert (kernel.family, kernel.number_format) == (Family.GEMM, NumberFormat.BF16)
    # 32 tiles of 128 by 64: 4 by 8 of them are 512 by 512, depth 16 steps of 32
    assert dict(kernel.dims) == {"b": 1, "m": 512, "n": 512, "k": 512}
    extra = 32 * 16 * 128 * 64 if body is SCALED else 0
    assert kernel.work_flop == 2 * 512**3 + 32 * 128 * 64 + extra
    assert kernel.bytes_moved == 3 * 2 * 512 * 512
    assert Flag.ASSUMED_SHAPE in kernel.flags


def test_one_program_reads_no_more_than_it_loads() -> None:
    (kernel,) = graph(PROGRAM.format(body=CARRIED), grid=1).kernels
    assert dict(kernel.dims) == {"b": 1, "m": 128, "n": 64, "k": 512}
    assert kernel.bytes_moved == 2 * (512 * (128 + 64) + 128 * 64)


WARPS = """func.func @main(%A: memref<256x64xf16>, %B: memref<64x128xf16>, %C: memref<256x128xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  gpu.launch blocks(%bx, %by, %bz) in (%gx = %c8, %gy = %c16, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %c32, %sy = %c1, %sz = %c1) {
    %z = gpu.subgroup_mma_load_matrix %C[%i, %j] {leadDimension = 128 : index} : memref<256x128xf32> -> !gpu.mma_matrix<16x16xf32, "COp">
    %r = scf.for %k = %c0 to %c64 step %c16 iter_args(%acc = %z) -> (!gpu.mma_matrix<16x16xf32, "COp">) {
      %x = gpu.subgroup_mma_load_matrix %A[%i, %k] {leadDimension = 64 : index} : memref<256x64xf16> -> !gpu.mma_matrix<16x16xf16, "AOp">
      %y = gpu.subgroup_mma_load_matrix %B[%k, %j] {leadDimension = 128 : index} : memref<64x128xf16> -> !gpu.mma_matrix<16x16xf16, "BOp">
      %d = gpu.subgroup_mma_compute %x, %y, %acc : !gpu.mma_matrix<16x16xf16, "AOp">, !gpu.mma_matrix<16x16xf16, "BOp"> -> !gpu.mma_matrix<16x16xf32, "COp">
      scf.yield %d : !gpu.mma_matrix<16x16xf32, "COp">
    }
    %e = gpu.subgroup_mma_elementwise mulf %r, %r : (!gpu.mma_matrix<16x16xf32, "COp">, !gpu.mma_matrix<16x16xf32, "COp">) -> !gpu.mma_matrix<16x16xf32, "COp">
    gpu.subgroup_mma_store_matrix %e, %C[%i, %j] {leadDimension = 128 : index} : !gpu.mma_matrix<16x16xf32, "COp">, memref<256x128xf32>
    gpu.terminator
  }
  return
}
"""


def test_buffers_tell_the_sizes_of_a_warps_product() -> None:
    found = graph(WARPS)
    (kernel,) = found.kernels
    assert (kernel.family, kernel.number_format) == (Family.GEMM, NumberFormat.FP16)
    assert dict(kernel.dims) == {"b": 1, "m": 256, "n": 128, "k": 64}
    assert kernel.work_flop == 2 * 256 * 128 * 64 + 256 * 128
    assert kernel.bytes_moved == 2 * (256 * 64 + 64 * 128) + 4 * 2 * 256 * 128
    assert not kernel.flags
    assert not found.coverage.unknown


ATTENTION = """tt.func public @flash(%q: !tt.ptr<f16>) {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c32 = arith.constant 32 : i32
  %r = scf.for %i = %c0 to %c32 step %c1 iter_args(%acc = %zero) -> (tensor<64x64xf32>) : i32 {
    %s = tt.dot %qt, %x, %z : tensor<64x64xf16> * tensor<64x32xf16> -> tensor<64x32xf32>
    %p = math.exp2 %s : tensor<64x32xf32>
    %h = arith.truncf %p : tensor<64x32xf32> to tensor<64x32xf16>
    %d = tt.dot %h, %y, %acc : tensor<64x32xf16> * tensor<32x64xf16> -> tensor<64x64xf32>
    scf.yield %d : tensor<64x64xf32>
  }
  tt.return
}
"""


def test_two_products_of_unlike_depth_are_no_one_product_but_matrix_work() -> None:
    (kernel,) = graph(ATTENTION, grid=2048).kernels
    matrix_flop = 2048 * 32 * 2 * (2 * 64 * 32 * 64)
    assert (kernel.family, kernel.number_format) == (Family.OTHER, NumberFormat.FP16)
    assert dict(kernel.dims) == {"matrix_flop": matrix_flop}
    assert kernel.work_flop == matrix_flop + 2048 * 32 * 2 * 64 * 32


@pytest.mark.parametrize("device", ["h100-sxm", "a100-sxm-80gb", "mi300x"])
@pytest.mark.parametrize(
    ("text", "grid"), [(ATTENTION, 2**16), (PROGRAM.format(body=CARRIED), 2**14)]
)
def test_no_interval_of_matrix_work_reaches_below_the_peak_of_its_format(
    device: str, text: str, grid: int
) -> None:
    spec = catalogue.find(device)
    (kernel,) = graph(text, grid=grid).kernels
    (found,) = Predictor.load().predict([kernel], spec)
    peak = spec.peak(kernel.number_format)
    assert peak
    assert found.low_s >= kernel.work_flop / peak
    assert found.latency_s <= 4 * max(kernel.work_flop / peak, found.attainable_s)
    if kernel.family is Family.OTHER:
        assert Flag.ANALYTIC_ONLY in found.flags


def test_a_kernel_mostly_of_other_work_is_no_matrix_kernel() -> None:
    body = f"{CARRIED}\n" + "    %w = math.exp %wide : tensor<2048x2048xf32>"
    (kernel,) = graph(PROGRAM.format(body=body), grid=32).kernels
    assert (kernel.family, kernel.number_format) == (Family.OTHER, NumberFormat.FP32)


def test_instructions_of_one_accumulator_add_up_along_k() -> None:
    chain = f"""    %e = tt.dot %x, %y, %acc : {DOT}
    %d = tt.dot %x, %y, %e : {DOT}"""
    (kernel,) = graph(PROGRAM.format(body=chain), grid=32).kernels
    assert dict(kernel.dims) == {"b": 1, "m": 512, "n": 512, "k": 1024}


def test_vector_contractions_in_loops_are_a_product() -> None:
    (kernel,) = graph(
        """func.func @main(%a: memref<64x32xbf16>, %b: memref<32x48xbf16>, %c: memref<64x48xf32>) {
  affine.for %i = 0 to 64 step 8 {
    affine.for %j = 0 to 48 step 16 {
      %z = vector.transfer_read %c[%i, %j], %p : memref<64x48xf32>, vector<8x16xf32>
      %x = vector.transfer_read %a[%i, %k], %q : memref<64x32xbf16>, vector<8x32xbf16>
      %y = vector.transfer_read %b[%k, %j], %q : memref<32x48xbf16>, vector<32x16xbf16>
      %d = vector.contract {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"], kind = #vector.kind<add>} %x, %y, %z : vector<8x32xbf16>, vector<32x16xbf16> into vector<8x16xf32>
      vector.transfer_write %d, %c[%i, %j] : vector<8x16xf32>, memref<64x48xf32>
    }
  }
  return
}
"""
    ).kernels
    assert (kernel.family, kernel.number_format) == (Family.GEMM, NumberFormat.BF16)
    assert dict(kernel.dims) == {"b": 1, "m": 64, "n": 48, "k": 32}
    assert kernel.work_flop == 2 * 64 * 48 * 32


FORMATS = [
    (
        "%d = tt.dot %a, %b, %c, inputPrecision = tf32x3 : tensor<16x32xf32> * tensor<32x64xf32> -> tensor<16x64xf32>",
        NumberFormat.TF32,
    ),
    (
        "%d = tt.dot %a, %b, %c : tensor<16x32xf32> * tensor<32x64xf32> -> tensor<16x64xf32>",
        NumberFormat.FP32,
    ),
    (
        "%d = tt.dot %a, %b, %c : tensor<16x32xf8E5M2> * tensor<32x64xf8E5M2> -> tensor<16x64xf32>",
        NumberFormat.FP8_E5M2,
    ),
    (
        "%d = tt.dot %a, %b, %c : tensor<16x32xi8> * tensor<32x64xi8> -> tensor<16x64xi32>",
        NumberFormat.INT8,
    ),
    (
        "%d = tt.dot_scaled %a scale %s, %b scale %t, %c lhs = e2m1 rhs = e4m3 {fastMath = false} : tensor<128x32xi8>, tensor<128x2xi8> * tensor<64x64xf8E4M3FN>, tensor<64x2xi8> -> tensor<128x64xf32>",
        NumberFormat.FP8_E4M3,
    ),
    (
        "ttng.tc_gen5_mma %a, %b, %d, %t, %t : !ttg.memdesc<128x64xf16, #s, #smem>, !ttg.memdesc<64x256xf16, #s, #smem>, !ttg.memdesc<128x256xf32, #tmem, #ttng.tensor_memory, mutable>",
        NumberFormat.FP16,
    ),
    (
        "%d = nvgpu.mma.sync(%a, %b, %c) {mmaShape = [16, 8, 8], tf32Enabled} : (vector<4x1xf32>, vector<2x1xf32>, vector<2x2xf32>) -> vector<2x2xf32>",
        NumberFormat.TF32,
    ),
    (
        "%d = nvgpu.mma.sync(%a, %b, %c) {mmaShape = [16, 8, 32]} : (vector<4x4xi8>, vector<2x4xi8>, vector<2x2xi32>) -> vector<2x2xi32>",
        NumberFormat.INT8,
    ),
    (
        "%d = nvgpu.warpgroup.mma %a, %b, %c {transposeB} : <tensor = memref<128x64xbf16, 3>>, <tensor = memref<64x32xbf16, 3>>, <fragmented = vector<128x32xf32>> -> <fragmented = vector<128x32xf32>>",
        NumberFormat.BF16,
    ),
    (
        "%d = nvvm.mma.sync A[%a0, %a1] B[%b0] C[%c0, %c1] {layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<col>, shape = #nvvm.shape<m = 16, n = 8, k = 8>} : (vector<2xf16>, vector<2xf16>, vector<2xf16>) -> !llvm.struct<(vector<2xf16>, vector<2xf16>)>",
        NumberFormat.FP16,
    ),
    (
        "%d = nvvm.mma.sync A[%a0] B[%b0] C[%c0] {multiplicandAPtxType = #nvvm.mma_type<e4m3>, multiplicandBPtxType = #nvvm.mma_type<e4m3>, shape = #nvvm.shape<m = 16, n = 8, k = 32>} : (i32, i32, f32) -> !llvm.struct<(f32, f32)>",
        NumberFormat.FP8_E4M3,
    ),
    (
        "%d = nvvm.wgmma.mma_async %a, %b, %c, <m = 64, n = 32, k = 16>, D [<f32>, <zero>], A [<bf16>, <neg>, <col>], B [<bf16>, <neg>, <col>] : !llvm.struct<(f32)> -> !llvm.struct<(f32)>",
        NumberFormat.BF16,
    ),
    (
        "%d = nvvm.wmma.mma %a, %b, %c {eltypeA = #nvvm.mma_type<tf32>, eltypeB = #nvvm.mma_type<f32>, k = 8 : i32, layoutA = #nvvm.mma_layout<row>, layoutB = #nvvm.mma_layout<row>, m = 16 : i32, n = 16 : i32} : (i32, i32, f32) -> !llvm.struct<(f32)>",
        NumberFormat.TF32,
    ),
    (
        "%d = amdgpu.mfma %a * %b + %c { abid = 0 : i32, k = 16 : i32, m = 16 : i32, n = 16 : i32 } blgp = none : vector<4xbf16>, vector<4xbf16>, vector<4xf32>",
        NumberFormat.BF16,
    ),
    (
        "%d = amdgpu.mfma 16x16x32 %a * %b + %c blgp = none : vector<8xf8E4M3FNUZ>, vector<8xf8E4M3FNUZ>, vector<4xf32>",
        NumberFormat.FP8_E4M3,
    ),
    (
        "%d = amdgpu.wmma %a * %b + %c : vector<16xf16>, vector<16xf16>, vector<8xf32>",
        NumberFormat.FP16,
    ),
    (
        "%d = rocdl.mfma.f32.32x32x8bf16.1k %a, %b, %c, %z, %z, %z : (vector<4xi16>, vector<4xi16>, vector<16xf32>, i32, i32, i32) -> vector<16xf32>",
        NumberFormat.BF16,
    ),
    (
        "%d = rocdl.mfma.i32.16x16x32.i8 %a, %b, %c, %z, %z, %z : (i64, i64, vector<4xi32>, i32, i32, i32) -> vector<4xi32>",
        NumberFormat.INT8,
    ),
]


@pytest.mark.parametrize(("text", "number_format"), FORMATS)
def test_formats_are_those_of_the_operands(text: str, number_format: NumberFormat) -> None:
    (op,) = read_text(text + "\n").ops
    tile = matrix_tile(op)
    assert tile is not None
    assert tile.number_format is number_format


@pytest.mark.parametrize(
    ("text", "flop"),
    [
        (
            "%d = amdgpu.wmma %a * %b + %c : vector<16xf16>, vector<16xf16>, vector<8xf32>",
            2 * 16**3 / 32,
        ),
        (
            "%d = amdgpu.mfma %a * %b + %c { abid = 0 : i32, k = 1 : i32, m = 32 : i32, n = 32 : i32, blocks = 2 : i32 } blgp = none : f32, f32, vector<32xf32>",
            2 * 2 * 32 * 32 / 64,
        ),
    ],
)
def test_work_of_amd_instructions(text: str, flop: float) -> None:
    (op,) = read_text(text + "\n").ops
    tile = matrix_tile(op)
    assert tile is not None
    assert tile.flop == flop


def test_more_work_than_a_number_holds_is_one_line_and_empty_tiles_are_no_product() -> None:
    huge = PROGRAM.format(body=CARRIED).replace("constant 16", f"constant {10**300}")
    with pytest.raises(InputError, match="more work than a number can hold"):
        graph(huge, grid=2**62)
    empty = (
        "    %e = tt.dot %x, %y, %z : tensor<0x32xbf16> * tensor<32x64xbf16> -> tensor<0x64xf32>\n"
    )
    (kernel,) = graph(PROGRAM.format(body=empty + CARRIED), grid=32).kernels
    assert kernel.work_flop == 2 * 512**3 + 32 * 128 * 64
