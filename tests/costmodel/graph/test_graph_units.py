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


def nest(*parts: str, name: str = "") -> str:
    return f"module {name} {{\n{''.join(parts)}}}\n"


def test_nested_modules_with_entries_of_their_own_add_up() -> None:
    """One FLOP an element: 8 + 16, and 32 of functions of equal names that are no usual entry."""
    two = nest(nest(add(8), name="@a"), nest(add(16), name="@b"))
    assert graph(two).work_flop == 24
    assert graph(nest(nest(add(8)), nest(add(16)))).work_flop == 24
    assert graph(nest(two)).work_flop == 24
    assert graph(nest(nest(add(16, "f")), nest(add(16, "f")))).work_flop == 32
    assert graph(nest(add(4), nest(add(8)), nest(add(16)))).work_flop == 28
    assert graph(two + "// -----\n" + add(2)).work_flop == 26


def test_nested_modules_that_are_named_stay_with_what_names_them() -> None:
    call = "%0 = func.call @lib::@main(%a) : (tensor<8xf32>) -> tensor<8xf32>"
    caller = (
        f"func.func @main(%a: tensor<8xf32>) -> tensor<8xf32> {{\n  {call}\n"
        "  return %0 : tensor<8xf32>\n}\n"
    )
    lone = nest(nest(add(8, "f"), name="@lib"), caller.replace("@lib::@main", "@lib::@f"))
    assert (graph(lone).work_flop, graph(lone).coverage.unknown) == (8, {})


def calling(name: str, callee: str, visibility: str = "") -> str:
    call = f"%0 = func.call @{callee}(%a) : (tensor<8xf32>) -> tensor<8xf32>"
    return (
        f"func.func {visibility} @{name}(%a: tensor<8xf32>) -> tensor<8xf32> {{\n  {call}\n"
        "  return %0 : tensor<8xf32>\n}\n"
    )


def test_public_functions_beside_an_entry_are_told_and_their_calls_are_not_listed() -> None:
    text = calling("main", "f") + add(8, "f") + calling("other", "g") + add(8, "g")
    text += calling("hidden", "g", "private")
    found = graph(text)
    assert (found.work_flop, dict(found.calls)) == (8, {"f": 1})
    assert found.coverage.left_out == ["other", "g"]
    (line,) = found.coverage.warnings()
    assert line.startswith("not costed, for no entry calls them: @other, @g;")


def test_functions_without_a_usual_entry_are_all_costed_and_told_nowhere() -> None:
    found = graph(calling("one", "g") + calling("two", "g") + add(8, "g"))
    assert (found.work_flop, dict(found.calls)) == (16, {"g": 2})
    assert found.coverage.warnings() == []
