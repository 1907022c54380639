"""Which ops share a kernel: the agreement's arithmetic, XLA's rules by hand, compilers as oracle.

The oracles need an interpreter with jax in ``HWPROF_JAX_PYTHON`` and one with iree-base-compiler in
``HWPROF_STRICT_PYTHON``.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.graph.boundaries import Agreement, agreement, kernel_lines
from costmodel.graph.build import build
from costmodel.graph.cost import Typed, transpose
from costmodel.mlir.ir import Op
from costmodel.mlir.reader import read_text

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks" / "fusion_boundaries.py"
KERNELS = st.lists(st.frozensets(st.integers(0, 12), min_size=1), max_size=8)
T = "tensor<64x64xf32>"


def lines(body: str, stack: str = "xla") -> list[list[int]]:
    """Kernels of a function by the lines of their ops; the body's first line is line 2."""
    text = f"func.func @main(%a: {T}, %b: {T}) -> {T} {{\n{body}\n}}\n"
    return sorted(sorted(kernel) for kernel in kernel_lines(read_text(text), stack))


@given(KERNELS, KERNELS)
def test_agreement_is_symmetric_and_within_bounds(
    ours: list[set[int]], theirs: list[set[int]]
) -> None:
    found, back = agreement(ours, theirs), agreement(theirs, ours)
    assert 0 <= found.f1 <= 1
    assert 0 <= found.rand <= 1
    assert (found.precision, found.recall) == (back.recall, back.precision)
    assert found.f1 == pytest.approx(back.f1)


@given(KERNELS)
def test_whoever_agrees_with_himself_agrees_fully(ours: list[set[int]]) -> None:
    found = agreement(ours, ours)
    assert found.f1 == found.rand == found.precision == found.recall == 1


def test_agreement_by_hand_and_pooled() -> None:
    found = agreement([{1, 2, 3}, {4}], [{1, 2}, {3, 4}, {9}])
    assert (found.ops, found.pairs) == (4, 6)
    assert (found.together_both, found.together_ours, found.together_theirs) == (1, 3, 2)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == 0.5
    assert found.rand == pytest.approx(1 - 3 / 6)
    assert (found + Agreement(2, 1, 1, 1)).f1 == pytest.approx(2 * 2 / (4 + 3))


def test_xla_moves_an_op_into_its_only_user_past_a_slice() -> None:
    body = f"""%0 = stablehlo.exponential %a : {T}
%1 = stablehlo.slice %0 [0:32, 0:64] : ({T}) -> tensor<32x64xf32>
%2 = stablehlo.negate %1 : tensor<32x64xf32>
return %2 : tensor<32x64xf32>"""
    assert lines(body) == [[2, 3, 4]]


def test_xla_repeats_cheap_ops_and_stores_expensive_ones() -> None:
    body = f"""%0 = stablehlo.{{}} %a : {T}
%1 = stablehlo.tanh %0 : {T}
%2 = stablehlo.dot %1, %b : ({T}, {T}) -> {T}
%3 = stablehlo.multiply %0, %2 : {T}
return %3 : {T}"""
    assert lines(body.replace("{}", "negate")) == [[2, 3], [2, 5], [4]]
    assert lines(body.replace("{}", "exponential")) == [[2], [3], [4], [5]]


def test_xla_stores_a_sum_whose_next_sum_waits_for_a_product_of_it() -> None:
    """As XLA for CPU (jaxlib 0.10.2) does, with and without more pointwise work on the way."""
    body = f"""%0 = stablehlo.add %a, %b : {T}
%1 = stablehlo.tanh %0 : {T}
%2 = stablehlo.dot %1, %b : ({T}, {T}) -> {T}
%3 = stablehlo.add %0, %2 : {T}
%4 = stablehlo.tanh %3 : {T}
%5 = stablehlo.dot %4, %b : ({T}, {T}) -> {T}
%6 = stablehlo.abs %3 : {T}
%7 = stablehlo.add %5, %6 : {T}
%8 = stablehlo.add %3, %7 : {T}
return %8 : {T}"""
    assert lines(body) == [[2], [3], [4], [5], [6], [7], [8, 9, 10]]


def test_xla_repeats_sums_that_nothing_between_them_waits_for() -> None:
    body = f"""%0 = stablehlo.add %a, %b : {T}
%1 = stablehlo.tanh %0 : {T}
%2 = stablehlo.add %0, %b : {T}
%3 = stablehlo.tanh %2 : {T}
%4 = stablehlo.add %2, %b : {T}
return %1, %3, %4 : {T}, {T}, {T}"""
    assert lines(body) == [[2, 3], [2, 4, 5], [2, 4, 6]]


def test_xla_repeats_a_sum_beside_a_bias() -> None:
    """A sum and a row added to it: but one large input is the residual sum's own."""
    row = "tensor<64xf32>"
    body = f"""%c = stablehlo.slice %b [0:1, 0:64] : ({T}) -> tensor<1x64xf32>
%r = stablehlo.reshape %c : (tensor<1x64xf32>) -> {row}
%w = stablehlo.broadcast_in_dim %r, dims = [1] : ({row}) -> {T}
%0 = stablehlo.add %a, %b : {T}
%1 = stablehlo.add %0, %w : {T}
%2 = stablehlo.tanh %1 : {T}
%3 = stablehlo.dot %2, %b : ({T}, {T}) -> {T}
%4 = stablehlo.add %1, %3 : {T}
return %4 : {T}"""
    kernels = lines(body)
    assert [5, 6, 7] in [[n for n in kernel if n > 2] for kernel in kernels]
    assert [5, 6, 9] in [[n for n in kernel if n > 2] for kernel in kernels]


def test_xla_computes_no_expensive_op_again_for_every_column() -> None:
    row = "tensor<64xf32>"
    body = f"""%r = stablehlo.reshape %a : ({T}) -> tensor<4096xf32>
%s = stablehlo.slice %r [0:64] : (tensor<4096xf32>) -> {row}
%0 = stablehlo.{{}} %s : {row}
%1 = stablehlo.broadcast_in_dim %0, dims = [0] : ({row}) -> {T}
%2 = stablehlo.add %1, %b : {T}
return %2 : {T}"""
    assert lines(body.replace("{}", "rsqrt")) == [[3, 4], [6]]
    assert lines(body.replace("{}", "abs")) == [[3, 4, 6]]


@pytest.mark.parametrize("stack", ["torch-eager", "inductor", "xla", "iree", "vendor"])
def test_products_read_a_transposed_matrix_as_it_lies(stack: str) -> None:
    body = f"""%0 = stablehlo.tanh %b : {T}
%1 = stablehlo.transpose %0, dims = [1, 0] : ({T}) -> {T}
%2 = stablehlo.dot %a, %1 : ({T}, {T}) -> {T}
return %2 : {T}"""
    assert lines(body, stack) == [[2], [4]]
    moved = body.replace("stablehlo.dot %a, %1", "stablehlo.add %a, %1")
    assert any(3 in kernel for kernel in lines(moved, stack))
    text = f"func.func @main(%a: {T}, %b: {T}) -> {T} {{\n{body}\n}}\n"
    sizes = [k.bytes_moved / (4 * 64 * 64) for k in build(read_text(text), stack=stack).kernels]
    assert sizes == [2, 3]


@pytest.mark.parametrize(
    ("text", "swaps"),
    [
        ("stablehlo.transpose %a, dims = [0, 2, 1]", True),
        ("stablehlo.transpose %a, dims = [0, 1, 2]", False),
        ("stablehlo.transpose %a, dims = [1, 0, 2]", False),
        ('"stablehlo.transpose"(%a) <{permutation = array<i64: 0, 2, 1>}>', True),
        ('"mhlo.transpose"(%a) {permutation = dense<[0, 2, 1]> : tensor<3xi64>}', True),
        ("tosa.transpose %a {perms = array<i32: 0, 2, 1>}", True),
        ('"onnx.Transpose"(%a) {perm = [0, 2, 1]}', True),
        ("torch.operator (%a) {torch.onnx.perm = [0 : si64, 2 : si64, 1 : si64]}", True),
        ("ins(%a : tensor<2x4xf32>) outs(%b : tensor<4x2xf32>) permutation = [1, 0]", True),
        ("stablehlo.transpose %a", False),
    ],
)  # fmt: skip
def test_which_permutations_swap_the_last_two_axes(text: str, swaps: bool) -> None:
    typed = Typed(Op("transpose", ("%0",), 0, "", text), [None], [None])
    assert transpose(typed).swaps_last is swaps


def test_work_counts_once_however_often_an_op_is_repeated() -> None:
    body = f"""%0 = stablehlo.negate %a : {T}
%1 = stablehlo.tanh %0 : {T}
%2 = stablehlo.dot %1, %b : ({T}, {T}) -> {T}
%3 = stablehlo.multiply %0, %2 : {T}
return %3 : {T}"""
    text = f"func.func @main(%a: {T}, %b: {T}) -> {T} {{\n{body}\n}}\n"
    found = build(read_text(text), stack="xla")
    assert found.work_flop == 3 * 64 * 64 + 2 * 64**3
    sizes = sorted(kernel.bytes_moved / (4 * 64 * 64) for kernel in found.kernels)
    assert sizes == [2, 3, 3]  # %0 is never stored: both of its users read %a


def test_a_long_chain_of_residuals_takes_linear_time() -> None:
    layers = "".join(
        f"%d{i} = stablehlo.dot %x{i}, %b : ({T}, {T}) -> {T}\n"
        f"%x{i + 1} = stablehlo.add %x{i}, %d{i} : {T}\n"
        for i in range(3000)
    )
    found = lines(f"%x0 = stablehlo.negate %a : {T}\n{layers}return %x3000 : {T}")
    assert max(map(len, found)) < 200


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fusion_boundaries", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python_with(variable: str, package: str) -> str:
    python = os.environ.get(variable) or sys.executable
    found = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False)
    if found.returncode:
        pytest.skip(f"no {package} here, nor in {variable}")
    return python


@pytest.mark.parametrize(("name", "least"), [("convfirst_block", 0.99), ("gpt2_block", 0.85)])
def test_xla_draws_the_same_boundaries(script: ModuleType, name: str, least: float) -> None:
    jax = python_with("HWPROF_JAX_PYTHON", "jax")
    found, _, _ = script.compare(name, jax)["xla"]
    assert found.ops > 10
    assert found.f1 >= least


def test_iree_draws_nearly_the_same_boundaries(script: ModuleType) -> None:
    jax = python_with("HWPROF_JAX_PYTHON", "jax")
    iree = python_with("HWPROF_STRICT_PYTHON", "iree.compiler")
    found, _, _ = script.compare("gpt2_block", jax, iree)["iree"]
    assert found.ops > 10
    assert found.f1 >= 0.75


def test_kernels_are_read_from_optimised_hlo(script: ModuleType) -> None:
    text = """HloModule m

%fused_computation (p: f32[4]) -> f32[4] {
  %p = f32[4]{0} parameter(0), metadata={source_line=1}
  %e = f32[4]{0} exponential(%p), metadata={source_line=2}
  ROOT %b = f32[4]{0} bitcast(%e), metadata={source_line=9}
}

ENTRY %main (a: f32[4]) -> f32[4] {
  %a = f32[4]{0} parameter(0)
  %t = f32[4]{0} tanh(%a), metadata={source_line=3}
  ROOT %f = f32[4]{0} fusion(%t), kind=kLoop, calls=%fused_computation, metadata={source_line=9}
}
"""
    assert script.xla_kernels(text) == [{3}, {2}]
