"""Ops written like earlier ones are looked up: the graph is that of looking at every op."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.graph.build import Graph, build
from costmodel.graph.signature import Signatures
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
