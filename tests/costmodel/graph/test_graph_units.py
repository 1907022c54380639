"""A file that holds several programs costs all of them, however they are set apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.graph.build import Graph, build
from costmodel.mlir.reader import read_text
from microbench.errors import InputError

EXAMPLES = Path(__file__).parents[3] / "examples"
MLP = (EXAMPLES / "mlp.linalg.mlir").read_text(encoding="utf-8")
RESNET = (EXAMPLES / "resnet50.stablehlo.mlir").read_text(encoding="utf-8")


def add(size: int, name: str = "main") -> str:
    kind = f"tensor<{size}xf32>"
    return f"""func.func @{name}(%a: {kind}) -> {kind} {{
  %0 = arith.addf %a, %a : {kind}
  return %0 : {kind}
}}
"""


def graph(text: str, **sizes: int) -> Graph:
    return build(read_text(text, "m"), shapes=sizes)


@pytest.mark.parametrize("between", ["", "\n", "\n// -----\n"])
def test_top_level_modules_add_up(between: str) -> None:
    first, second, both = graph(MLP), graph(RESNET), graph(MLP + between + RESNET)
    assert both.work_flop == first.work_flop + second.work_flop
    assert both.bytes_moved == first.bytes_moved + second.bytes_moved
    assert len(both.kernels) == len(first.kernels) + len(second.kernels)
    assert both.ops == first.ops + second.ops
    assert both.coverage.costed == first.coverage.costed + second.coverage.costed
    last_line = int(both.kernels[-1].location.split(":")[1])
    assert last_line > MLP.count("\n")


def test_functions_apart_add_up_and_side_by_side_are_refused_by_place() -> None:
    assert graph(add(8) + "// -----\n" + add(16)).work_flop == 24
    assert graph(add(8, "f") + add(16, "g")).work_flop == 24
    with pytest.raises(InputError, match="m:5:1: @main is defined a second time"):
        graph(add(8) + add(16))


def test_each_program_has_the_aliases_before_it() -> None:
    text = "".join(
        f"!t = tensor<{size}xf32>\nmodule {{\n"
        "func.func @main(%a: !t) -> !t {\n  %0 = arith.addf %a, %a : !t\n  return %0 : !t\n}\n}\n"
        for size in (8, 16, 32)
    )
    assert [kernel.work_flop for kernel in graph(text).kernels] == [8, 16, 32]


def test_a_size_may_belong_to_any_program() -> None:
    text = add(8) + "// -----\n" + add(8).replace("tensor<8x", "tensor<?x")
    assert graph(text, **{"arg0.0": 5}).work_flop == 13


def test_modules_that_name_each_other_are_one_program() -> None:
    inner = "module @lib {\n" + add(8, "f") + "}\n"
    call = "%0 = func.call @lib::@f(%a) : (tensor<8xf32>) -> tensor<8xf32>"
    caller = (
        f"module {{\nfunc.func @main(%a: tensor<8xf32>) -> tensor<8xf32> {{\n  {call}\n"
        "  return %0 : tensor<8xf32>\n}\n}\n"
    )
    found = graph(inner + caller)
    assert (found.work_flop, found.coverage.unknown) == (8, {})
