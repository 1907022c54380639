"""Device functions in Triton's, the GPU's and LLVM's dialects, work and traffic worked by hand."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest

from costmodel.graph.build import Graph, build
from costmodel.graph.matrix_units import mma_flop
from costmodel.kernel import Flag
from costmodel.mlir.reader import read_text


def graph(text: str, **shapes: int) -> Graph:
    return build(read_text(text), stack="torch-eager", shapes=shapes)


def test_hopper_triton_ir_counts_descriptors_and_warp_group_dots() -> None:
    found = graph(
        """tt.func public @k(%p: !tt.ptr<f16>, %d: !tt.tensordesc<tensor<128x64xf16>>) {
  ttng.async_tma_copy_global_to_local %d[%a, %b] %buf, %bar, %t : !tt.tensordesc<tensor<128x64xf16>>, !ttg.memdesc<1xi64, #s, #smem> -> !ttg.memdesc<128x64xf16, #s, #smem, mutable>
  %r = ttng.warp_group_dot %x, %y, %z {inputPrecision = 0 : i32} : !ttg.memdesc<64x128xf16, #shared, #smem> * !ttg.memdesc<128x32xf16, #shared1, #smem> -> tensor<64x32xf32, #mma>
  %e = math.exp %r : tensor<64x32xf32, #mma>
  %q = tt.fp_to_fp %e : tensor<64x32xf32, #mma> -> tensor<64x32xf16, #mma>
  tt.store %o, %q : tensor<64x32x!tt.ptr<f16>, #mma>
  tt.return
}
""",
        grid=10,
    )
    assert found.work_flop == 10 * (2 * 64 * 32 * 128 + 2 * 64 * 32)
    # one product of 128 by 160 outputs (2 by 5 tiles), k = 128: its operands are read once
    assert found.bytes_moved == 2 * 128 * (128 + 160) + 10 * 2 * 64 * 32
    assert not found.coverage.unknown


def test_copies_to_shared_memory_are_read_once_and_shared_memory_is_no_traffic() -> None:
    found = graph(
        """gpu.func @k(%m: memref<1024xf16>, %s: memref<64xf16, 3>) kernel {
  nvgpu.device_async_copy %m[%i], %s[%j], 8 : memref<1024xf16> to memref<64xf16, 3>
  %0 = memref.load %s[%j] : memref<64xf16, #gpu.address_space<workgroup>>
  %1 = arith.mulf %0, %0 : f16
  memref.store %1, %s[%j] : memref<64xf16, 3>
  gpu.return
}
""",
        grid=16,
    )
    assert (found.work_flop, found.bytes_moved) == (16, 16 * 8 * 2)


def test_llvm_loops_are_flagged_and_pointers_to_shared_memory_are_free() -> None:
    found = graph(
        """llvm.func @k(%p: !llvm.ptr, %s: !llvm.ptr<3>, %n: i32) attributes {nvvm.kernel} {
  %0 = nvvm.read.ptx.sreg.tid.x : i32
  llvm.br ^bb1(%0 : i32)
^bb1(%i: i32):
  %1 = llvm.getelementptr %p[%i] : (!llvm.ptr, i32) -> !llvm.ptr, f32
  %2 = llvm.load %1 : !llvm.ptr -> f32
  %3 = llvm.fmul %2, %2 : f32
  %4 = llvm.intr.fma(%3, %2, %2) : (f32, f32, f32) -> f32
  llvm.store %4, %1 : f32, !llvm.ptr
  llvm.store %4, %s : f32, !llvm.ptr<3>
  %5 = llvm.icmp "slt" %i, %n : i32
  llvm.cond_br %5, ^bb1(%i : i32), ^bb2
^bb2:
  llvm.return
}
""",
        grid=128,
    )
    assert (found.work_flop, found.bytes_moved) == (128 * 3, 128 * 8)
    assert [loop.assumed for loop in found.loops] == [True]
    assert Flag.ASSUMED_TRIP_COUNT in found.kernels[0].flags


def test_a_branch_back_is_a_loop_of_unknown_trips() -> None:
    text = """func.func @main(%a: tensor<4xf32>, %c: i1) -> tensor<4xf32> {{
  cf.br ^bb1(%a : tensor<4xf32>)
^bb1(%x: tensor<4xf32>):
  %0 = stablehlo.add %x, %x : tensor<4xf32>
  cf.cond_br %c, ^{}(%0 : tensor<4xf32>), ^bb2
^bb2:
  return %0 : tensor<4xf32>
^bb3(%y: tensor<4xf32>):
  return %y : tensor<4xf32>
}}
"""
    back = graph(text.format("bb1"))
    assert [loop.assumed for loop in back.loops] == [True]
    assert Flag.ASSUMED_TRIP_COUNT in back.kernels[0].flags
    assert not graph(text.format("bb3")).loops


@pytest.mark.parametrize(
    ("text", "flop"),
    [
        (
            "%d = nvgpu.warpgroup.mma %a, %b, %c {transposeB} : <tensor = memref<128x64xf16, 3>>, <tensor = memref<64x32xf16, 3>>, <fragmented = vector<128x32xf32>> -> <fragmented = vector<128x32xf32>>",
            2 * 128 * 32 * 64 / 128,
        ),
        (
            "%d = nvvm.wgmma.mma_async %a, %b, %c, <m = 64, n = 32, k = 16>, D [<f32>, <zero>], A [<f16>, <neg>, <col>], B [<f16>, <neg>, <col>] : !llvm.struct<(f32)> -> !llvm.struct<(f32)>",
            2 * 64 * 32 * 16 / 128,
        ),
        (
            "%d = amdgpu.mfma %a * %b + %c { abid = 0 : i32, cbsz = 0 : i32, k = 4 : i32, m = 32 : i32, n = 16 : i32 } blgp = none : f32, f32, vector<32xf32>",
            2 * 32 * 16 * 4 / 64,
        ),
        (
            "%d = rocdl.mfma.f32.32x32x8f16 %a, %b, %c, %z, %z, %z : (vector<4xf16>, vector<4xf16>, vector<16xf32>, i32, i32, i32) -> vector<16xf32>",
            2 * 32 * 32 * 8 / 64,
        ),
        (
            "%d = tt.dot %a, %b, %c, inputPrecision = tf32 : tensor<2x16x32xf16> * tensor<2x32x64xf16> -> tensor<2x16x64xf32>",
            2 * 2 * 16 * 64 * 32,
        ),
        (
            "%d = tt.dot_scaled %a scale %s, %b scale %t, %c lhs = e2m1 rhs = e2m1 {fastMath = false} : tensor<128x32xi8>, tensor<128x2xi8> * tensor<32x64xi8>, tensor<64x2xi8> -> tensor<128x64xf32>",
            2 * 128 * 64 * 64,
        ),
        (
            "ttng.tc_gen5_mma %a, %b, %d, %t, %t : !ttg.memdesc<128x64xf16, #s, #smem>, !ttg.memdesc<64x256xf16, #s, #smem>, !ttg.memdesc<128x256xf32, #tmem, #ttng.tensor_memory, mutable>",
            2 * 128 * 256 * 64,
        ),
    ],
    ids=lambda value: value.split()[2 if "=" in value[:4] else 0] if isinstance(value, str) else "",
)
def test_matrix_instructions_by_their_shapes(text: str, flop: float) -> None:
    (op,) = read_text(text + "\n").ops
    assert mma_flop(op) == flop


def test_a_matrix_instruction_of_unknown_shape_is_unknown_not_free() -> None:
    found = graph("gpu.func @k() kernel {\n%0 = nvgpu.mma.sync(%a, %b, %c) : f32\ngpu.return\n}\n")
    assert dict(found.coverage.unknown) == {"nvgpu.mma.sync": 1}
