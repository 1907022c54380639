"""Parallel loops: reductions at their end count each iteration, inserted tiles move alone."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text

FORALL = """func.func @main(%a: tensor<128x16xf32>) -> tensor<128x16xf32> {
  %e = tensor.empty() : tensor<128x16xf32>
  %r = scf.forall (%i) in (32) shared_outs(%o = %e) -> (tensor<128x16xf32>) {
    %k = affine.apply affine_map<(d0) -> (d0 * 4)>(%i)
    %t = tensor.extract_slice %a[%k, 0] [4, 16] [1, 1] : tensor<128x16xf32> to tensor<4x16xf32>
    %u = math.exp %t : tensor<4x16xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %u into %o[%k, 0] [4, 16] [1, 1] : tensor<4x16xf32> into tensor<128x16xf32>
    }
  }
  return %r : tensor<128x16xf32>
}
"""


@pytest.mark.parametrize(
    ("stack", "kernels"),
    [("inductor", 1), ("iree", 1), ("vendor", 1), ("xla", 1), ("torch-eager", 3)],
)
def test_an_inserted_tile_is_written_once_and_the_rest_stays(stack: str, kernels: int) -> None:
    found = build(read_text(FORALL), stack=stack)
    assert not found.coverage.unknown
    assert found.coverage.share == 1
    assert [kernel.count for kernel in found.kernels] == [32] * kernels
    assert found.work_flop == 128 * 16
    assert found.bytes_moved == kernels * 2 * 128 * 16 * 4  # a tile in and a tile out, 32 times


PARALLEL = """func.func @main(%a: memref<64x32xf32>, %b: memref<64x32xf32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %c32 = arith.constant 32 : index
  %z = arith.constant 0.0 : f32
  {loop}
  return
}}
"""
BOUNDS = "scf.parallel (%i, %j) = (%c0, %c0) to (%c64, %c32) step (%c1, %c1)"
LOAD = "%x = memref.load %a[%i, %j] : memref<64x32xf32>"
STORE = "memref.store %x, %b[%i, %j] : memref<64x32xf32>"
REDUCE = """scf.reduce(%x : f32) {
    ^bb0(%p: f32, %q: f32):
      %s = arith.addf %p, %q : f32
      scf.reduce.return %s : f32
    }"""


@pytest.mark.parametrize(
    ("loop", "flop", "size_bytes"),
    [
        (f"{BOUNDS} {{\n{LOAD}\n{STORE}\nscf.reduce\n}}", 0, 2 * 64 * 32 * 4),
        (f"%r = {BOUNDS} init (%z) -> f32 {{\n{LOAD}\n{REDUCE}\n}}", 64 * 32, 64 * 32 * 4),
    ],
)
def test_what_ends_a_parallel_loop_is_understood(loop: str, flop: int, size_bytes: int) -> None:
    found = build(read_text(PARALLEL.format(loop=loop)))
    assert not found.coverage.unknown
    assert (found.work_flop, found.bytes_moved) == (flop, size_bytes)


def test_a_reduction_of_tensors_counts_each_iteration() -> None:
    found = build(
        read_text(
            """func.func @main(%a: tensor<8xf32>, %z: tensor<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %r = scf.parallel (%i) = (%c0) to (%c5) step (%c1) init (%z) -> tensor<8xf32> {
    %x = math.exp %a : tensor<8xf32>
    scf.reduce(%x : tensor<8xf32>) {
    ^bb0(%p: tensor<8xf32>, %q: tensor<8xf32>):
      %s = arith.addf %p, %q : tensor<8xf32>
      scf.reduce.return %s : tensor<8xf32>
    }
  }
  return
}
"""
        ),
        stack="torch-eager",
    )
    assert not found.coverage.unknown
    assert found.work_flop == 5 * (8 + 8)
