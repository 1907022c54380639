"""Ops and groups like earlier ones are looked up: the graph is that of looking at every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.graph.alike import Shared, describe
from costmodel.graph.build import Graph, build
from costmodel.graph.signatures import Signatures
from costmodel.mlir.reader import read_file, read_text

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NAMES = ("gpt2_block.stablehlo", "lstm.stablehlo", "mlp.linalg", "depthwise_separable.tosa")
T = "tensor<4x4xf32>"
SAME_TEXT = f"""func.func @main(%a: {T}, %b: {T}, %n: tensor<?x4xf32>) -> {T} {{
  %0 = stablehlo.add %a, %b : {T}
  %1 = stablehlo.add %0, %a : {T}
  %2 = "stablehlo.add"(%1, %b) : ({T}, {T}) -> {T}
  %3 = "stablehlo.add"(%2, %b) : ({T}, {T}) -> {T}
  %c = stablehlo.constant dense<2> : tensor<i32>
  %d = stablehlo.constant dense<2> : tensor<i32>
  %4 = stablehlo.add %n, %n : tensor<?x4xf32>
  %5 = stablehlo.add %4, %n : tensor<?x4xf32>
  %6 = other.op %3 : {T}
  %7 = other.op %6 : {T}
  %8 = stablehlo.maximum %7, %3 : {T}
  return %8 : {T}
}}
"""


def compared(graph: Graph) -> tuple[object, ...]:
    return graph.kernels, graph.coverage, graph.ops, graph.loops, graph.dynamic, graph.calls


@pytest.mark.parametrize("stack", ["xla", "iree", "inductor", "torch-eager"])
@pytest.mark.parametrize("name", [*NAMES, ""])
def test_looking_ops_up_changes_nothing(
    name: str, stack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = read_file(EXAMPLES / f"{name}.mlir") if name else read_text(SAME_TEXT)
    quick = build(module, stack=stack)
    monkeypatch.setattr(Signatures, "remember", lambda *_: None)
    assert compared(build(module, stack=stack)) == compared(quick)
    assert quick.kernels


@pytest.mark.parametrize("stack", ["xla", "iree", "inductor", "torch-eager"])
@pytest.mark.parametrize("name", [*NAMES, "gpt2_small.stablehlo", ""])
def test_looking_groups_up_changes_nothing(
    name: str, stack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = read_file(EXAMPLES / f"{name}.mlir") if name else read_text(SAME_TEXT)
    quick = build(module, stack=stack)
    monkeypatch.setattr(Shared, "described", staticmethod(describe))
    assert compared(build(module, stack=stack)) == compared(quick)


def test_groups_that_share_values_otherwise_are_told_apart() -> None:
    """Four fused pairs of equal ops and sizes: they load 2, 3, 3 and 2 tensors, and store one."""
    pairs = ("%a, %b", "%b"), ("%a, %b", "%c"), ("%d, %e", "%f"), ("%d, %e", "%d")
    body = "".join(
        f"  %x{i} = stablehlo.add {first} : {T}\n  %y{i} = stablehlo.multiply %x{i}, {last} : {T}\n"
        for i, (first, last) in enumerate(pairs)
    )
    arguments = ", ".join(f"%{name}: {T}" for name in "abcdef")
    results = ", ".join(f"%y{i}" for i in range(len(pairs)))
    text = f"func.func @main({arguments}) {{\n{body}  return {results} : {', '.join([T] * 4)}\n}}\n"
    kernels = build(read_text(text)).kernels
    assert [kernel.bytes_moved / 64 for kernel in kernels] == [3, 4, 4, 3]
