"""Hostile text: bounded time and memory, and nothing but ``InputError``."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.graph.build import Graph, build
from costmodel.mlir.reader import read_text
from microbench.errors import InputError

DEPTH = 100_000


def graph(text: str) -> Graph:
    return build(read_text(text))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("module {\n", "}\n"),
        ("module {", "}"),
        ("scf.if %c {\n", "}\n"),
        ("scf.for %i = %a to %b step %c {\n", "}\n"),
        ('"a.b"() ({\n', "}) : () -> ()\n"),
    ],
)
def test_nesting_100_000_deep_is_read(opening: str, closing: str) -> None:
    found = graph(opening * DEPTH + closing * DEPTH)
    assert sum(found.ops.values()) == DEPTH


def test_nesting_that_is_cut_short_is_one_line() -> None:
    with pytest.raises(InputError, match=f"x:{DEPTH}:9: the file ends inside a region"):
        read_text("module {\n" * DEPTH, "x")


@pytest.mark.parametrize(
    "text",
    [
        '"a.b"(' + "(" * DEPTH + ")" * DEPTH + ") : () -> ()\n",
        '%0 = "a.b"() : () -> ' + "tensor<" * DEPTH + ">" * DEPTH + "\n",
        '%0 = "a.b"() {x = ' + "[" * DEPTH + "]" * DEPTH + "} : () -> i32\n",
        '%0:99999999999 = "a.b"() : () -> f32\n',
        "a.b /" * DEPTH,
        "!a = !a\nfunc.func @main(%x: !a) {\nreturn\n}\n",
        "func.func @f(%a: f32) {\ncall @f(%a) : (f32) -> ()\nreturn\n}\n"
        "func.func @main(%a: f32) {\ncall @f(%a) : (f32) -> ()\nreturn\n}\n",
    ],
    ids=["parens", "angles", "brackets", "results", "slashes", "alias", "recursion"],
)
def test_strange_but_balanced_text_is_read(text: str) -> None:
    assert sum(graph(text).ops.values()) >= 1


def test_functions_that_only_call_one_another_are_one_line() -> None:
    with pytest.raises(InputError, match="x:1:1: every function is called by another"):
        build(read_text("func.func @f(%a: f32) {\ncall @f(%a) : (f32) -> ()\nreturn\n}\n", "x"))


def test_dense_of_1e12_elements_and_large_blobs() -> None:
    huge = "tensor<1000000x1000000xf32>"
    text = f"func.func @main() {{\n%0 = stablehlo.constant dense<1.0> : {huge}\nreturn\n}}\n"
    assert graph(text).coverage.share == 1
    blob = 'dense<"0x' + "AB" * 2_000_000 + '">'
    module = read_text(f"%0 = stablehlo.constant {blob} : tensor<1000000xf32>\n")
    assert len(module.ops[0].header) < 100


def test_dimension_of_1e23_is_one_line_with_its_place() -> None:
    with pytest.raises(InputError, match=r"m:1:21: dimension 1e\+23 is larger than MLIR allows"):
        build(read_text(f"func.func @main(%a: tensor<1{'0' * 23}xf32>) {{\nreturn\n}}\n", "m"))


def test_a_type_over_several_lines_is_told_in_one() -> None:
    text = "func.func @main(%a: tensor<3f32>) {\n%0 = a.b %a : tensor<3f32\n  >\nreturn\n}\n"
    with pytest.raises(InputError) as caught:
        build(read_text(text, "m"))
    assert "\n" not in str(caught.value)
    body = "func.func @main(%a: tensor<4xf32>) {\n%0 = a.b %a : tensor<3f32\n  >\nreturn\n}\n"
    with pytest.raises(InputError) as caught:
        build(read_text(body, "m"))
    assert "\n" not in str(caught.value)


def test_work_beyond_all_numbers_is_one_line() -> None:
    nested = "scf.for %i = %c0 to %n step %c1 {\n" * 40
    text = (
        "func.func @main(%a: tensor<4xf32>) {\n%c0 = arith.constant 0 : index\n"
        "%c1 = arith.constant 1 : index\n%n = arith.constant 1000000000000000000 : index\n"
        + nested
        + "%0 = stablehlo.add %a, %a : tensor<4xf32>\n"
        + "}\n" * 40
        + "return\n}\n"
    )
    with pytest.raises(InputError, match="more work than a number can hold"):
        graph(text)


def test_200_000_arguments() -> None:
    listed = ", ".join(f"%a{i}: tensor<4xf32>" for i in range(200_000))
    found = graph(
        f"func.func @main({listed}) -> tensor<4xf32> {{\n"
        "%0 = stablehlo.add %a0, %a199999 : tensor<4xf32>\nreturn %0 : tensor<4xf32>\n}\n"
    )
    assert found.bytes_moved == 3 * 16


def test_functions_that_call_the_next_twice_do_not_explode() -> None:
    functions = "".join(
        f"func.func private @f{i}(%a: tensor<4xf32>) -> tensor<4xf32> {{\n"
        f"%0 = call @f{i + 1}(%a) : (tensor<4xf32>) -> tensor<4xf32>\n"
        f"%1 = call @f{i + 1}(%0) : (tensor<4xf32>) -> tensor<4xf32>\n"
        "return %1 : tensor<4xf32>\n}\n"
        for i in range(50)
    )
    last = (
        "func.func @f50(%a: tensor<4xf32>) -> tensor<4xf32> {\n"
        "%0 = stablehlo.add %a, %a : tensor<4xf32>\nreturn %0 : tensor<4xf32>\n}\n"
    )
    entry = "func.func @main(%a: tensor<4xf32>) {\ncall @f0(%a) : (tensor<4xf32>) -> tensor<4xf32>\nreturn\n}\n"
    assert graph(functions + last + entry).work_flop == pytest.approx(4.0 * 2**50, rel=1e-9)


@pytest.mark.parametrize(
    "attributes",
    ["stride = [0]", "stride = [1], lhs_dilate = [0]", "stride = [1], pad = [[9, 9, 9]]"],
)
def test_contradicting_attributes_are_unknown_not_a_crash(attributes: str) -> None:
    found = graph(
        "func.func @main(%a: tensor<1x8x8xf32>, %b: tensor<3x8x8xf32>) {\n"
        "%0 = stablehlo.convolution(%a, %b) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], "
        f"window = {{{attributes}}} {{batch_group_count = 1 : i64, feature_group_count = 1 : i64}}"
        " : (tensor<1x8x8xf32>, tensor<3x8x8xf32>) -> tensor<1x8x8xf32>\nreturn\n}\n"
    )
    assert found.coverage.costed + sum(found.coverage.unknown.values()) == 1


_WORDS = """module { } ( ) [ ] < > ({ }) func.func @f return %0 %1:2 = , : -> "a.b" stablehlo.add ^bb0
    tensor<4xf32> tensor<?x2xf32> dense<1> loc("x") // /* #a !t {-# #-} " \\ scf.for to step call
    stablehlo.convolution dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f] linalg.generic affine_map<
    stablehlo.while cond do iterArg affine.for 0 10 memref.load gpu.launch blocks in threads
    stablehlo.dot_general contracting_dims = [1] x [0] torch.aten.mm onnx.Conv tosa.conv2d"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n", " ", "\r\n", "\ufeff", "\x00", "é"])


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_any_text_gives_a_graph_or_an_input_error(text: str) -> None:
    try:
        found = graph(text)
    except InputError:
        return
    assert 0 <= found.coverage.share <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_unicode_gives_a_graph_or_an_input_error(text: str) -> None:
    try:
        assert graph(text).coverage.share >= 0
    except InputError:
        return


@st.composite
def _printed(draw: st.DrawFn, depth: int = 3) -> tuple[str, list[str]]:
    """Print random ops, pretty or generic, with regions; return the text and names in order."""
    text, names = "", []
    for index in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(["a.op", "b.other", "long_dialect.name_2", "c.x.y"]))
        generic, attributes = draw(st.booleans()), draw(st.sampled_from(["", " {k = 1 : i32}"]))
        indent = "  " * (3 - depth)
        inner, inside = draw(_printed(depth - 1)) if depth and draw(st.booleans()) else (None, [])
        names += [name, *inside]
        if generic:
            region = f" ({{\n{inner}{indent}}})" if inner is not None else ""
            text += f'{indent}%{index} = "{name}"(%a, %b){region}{attributes} : (f32, f32) -> f32\n'
        else:
            region = f" {{\n{inner}{indent}}}" if inner is not None else ""
            text += f"{indent}%{index} = {name} %a, [%b]{attributes}{region or ' : f32'}\n"
    return text, names


@settings(max_examples=300, deadline=None)
@given(_printed())
def test_printed_modules_are_read_back(printed: tuple[str, list[str]]) -> None:
    text, names = printed
    module = read_text(f"module {{\n{text}}}\n")
    assert [op.name for op in module.walk()] == ["builtin.module", *names]


@pytest.mark.parametrize(
    "text",
    [
        "%0 = a.b %x\n" + "\n// c\n" * DEPTH,
        "module {\n" + "// c\n" * DEPTH + "}\n",
        "a.b\n  c\n" + "\n" * DEPTH + " x\n",
        "a.b\n" + "x [\n]\n" * DEPTH,
        '"a.b"() : () -> () ' * DEPTH + "\n",
    ],
    ids=["comments-after", "comments-within", "blank", "continued", "one-line"],
)
def test_long_runs_of_comments_blanks_and_continuations_take_linear_time(text: str) -> None:
    assert sum(graph(text).ops.values()) in {1, DEPTH}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#a = " + '\\"' * 100_000 + "\nmodule {}\n", ""),
        ("func.func @f() {\n^bb0(" + '\\"' * 100_000 + "):\n return\n}\n", ""),
        (
            'module { func.func @f() { %0 = a.b "' + '\\"' * 100_000 + " %1 = a.c }}\n",
            "never closed",
        ),
        ("func.func @f() {\n" + "%a\n," * 50_000 + "\n}\n", ""),
        ("func.func @f() {\n" + "%a,\n" * 50_000 + "\n}\n", ""),
    ],
    ids=["alias", "label", "one line", "commas before", "commas behind"],
)
def test_nothing_is_looked_at_again_from_every_place(text: str, told: str) -> None:
    """Each took time that grew with the square of its size: minutes at these."""
    if not told:
        read_text(text)
        return
    with pytest.raises(InputError, match=told):
        read_text(text)


def test_results_may_stand_on_lines_of_their_own() -> None:
    (op,) = read_text("%a,\n  %b:2,\n%c = a.b : f32\n").ops
    assert op.results == ("%a", "%b#0", "%b#1", "%c")
