"""The reader: structure of any dialect, and one clear line for anything that is not MLIR."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.graph.functions import Survey
from costmodel.mlir.ir import split_top
from costmodel.mlir.reader import read_file, read_text
from costmodel.mlir.types import parse_type
from microbench.errors import InputError
from microbench.formats import NumberFormat


def names(text: str) -> list[str]:
    return [op.name for op in read_text(text).walk()]


def test_pretty_and_generic_forms_give_the_same_ops() -> None:
    pretty = """func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.add %a, %a : tensor<4xf32>
  return %0 : tensor<4xf32>
}
"""
    generic = """"func.func"() <{function_type = (tensor<4xf32>) -> tensor<4xf32>, sym_name = "f"}> ({
^bb0(%a: tensor<4xf32>):
  %0 = "stablehlo.add"(%a, %a) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  "func.return"(%0) : (tensor<4xf32>) -> ()
}) : () -> ()
"""
    assert names(pretty) == names(generic) == ["func.func", "stablehlo.add", "func.return"]


def test_results_operands_types_and_symbol() -> None:
    op = read_text('%5:2, %x = "d.op"(%a, %b#1) {k = "%no"} : (f32, i8) -> (f32, i8, index)\n').ops[
        0
    ]
    assert op.results == ("%5#0", "%5#1", "%x")
    assert op.operands[:2] == ("%a", "%b#1")
    assert op.type_lists == (["f32", "i8"], ["f32", "i8", "index"])
    assert read_text("func.call @callee(%a) : (f32) -> f32\n").ops[0].symbol == "callee"


def test_unknown_dialects_blocks_successors_and_multi_line_ops() -> None:
    text = """module @m attributes {a.b = {c = 1 : i32, d = ["x", {y}]}} {
  llvm.func @f(%arg0: !llvm.ptr {llvm.noalias}) attributes {x} {
    llvm.br ^bb1(%arg0 : !llvm.ptr)
  ^bb1(%p: !llvm.ptr):  // pred: ^bb0
    %9 = my.op %p
        with [%p, %p]
        : !llvm.ptr -> !my.type<{a, b}, "s}">
    weird.thing %p {
      nested.op %p } -> !my.type
    llvm.return
  }
}
"""
    assert names(text) == [
        *("builtin.module", "llvm.func", "llvm.br", "my.op", "weird.thing", "nested.op"),
        "llvm.return",
    ]
    module = read_text(text)
    body = module.ops[0].regions[0].blocks[0].ops[0].regions[0]
    assert [len(block.arguments) for block in body.blocks] == [0, 1]
    assert body.blocks[1].ops[0].header.endswith('!my.type<{a, b}, "s}">')


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_byte_order_mark_splits_and_comments(newline: str, mark: str) -> None:
    lines = [
        "// a comment with } and {",
        "#map = affine_map<(d0) -> (d0)>",
        "!t = tensor<4xf32>",
        'module { "a.b"() : () -> () loc("x.py":1:2) } // end }',
        "// -----",
        "module {",
        "}",
        '{-# dialect_resources: { builtin: { w: "0x00" } } #-}',
    ]
    module = read_text(mark + newline.join(lines) + newline)
    assert [op.name for op in module.walk()] == ["builtin.module", "a.b", "builtin.module"]
    assert module.aliases == {"#map": "affine_map<(d0) -> (d0)>", "!t": "tensor<4xf32>"}


def test_long_literals_are_not_stored() -> None:
    values = ", ".join(["1.5"] * 10_000)
    text = f"%0 = stablehlo.constant dense<[{values}]> : tensor<10000xf32>\n"
    op = read_text(text).ops[0]
    assert len(op.header) < 100
    assert op.type_lists[1] == ["tensor<10000xf32>"]


def test_survey_counts_combiners_that_printers_write_as_a_name() -> None:
    text = """%1 = stablehlo.reduce(%0 init: %c) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
"""
    assert Survey.of(read_text(text)).ops == {"stablehlo.reduce": 1, "stablehlo.add": 1}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("module {\n  func.func @f() {\n", ":2:19: ", "cut short"),
        ("module {\n}\n}\n", ":3:1: ", "'}' closes nothing"),
        ('"a.b"() {x = "never\n', ":1:14: ", "never closed"),
        ("%0 = a.b (%x\n", ":1:10: ", "'(' is never closed"),
        ("{-# dialect_resources: {\n", ":1:1: ", "never closed"),
        ("dear diary\n", ":1:1: ", "no MLIR operation"),
    ],
)
def test_errors_say_file_line_column_and_what_is_wrong(text: str, place: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(text, "model.mlir")
    assert str(caught.value).startswith("model.mlir" + place)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ML\xefR\x0dMLIR", "bytecode"),
        (b"", "empty"),
        (b"  \n\t\n", "empty"),
        (b"\x00\x01\x02module", "binary"),
        (b"\xff\xfe\x00m", "binary"),
        (b"module {\n \xff\xfe }", ":2:1: not UTF-8"),
    ],
)
def test_files_that_are_not_mlir_text(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "m.mlir"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_file(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "none.mlir")
    with pytest.raises(InputError, match="a folder"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("text", "shape", "number_format", "size_bytes"),
    [
        ("tensor<2x3xf32>", (2, 3), NumberFormat.FP32, 24),
        ("tensor<2x?xbf16>", (2, None), NumberFormat.BF16, 4),
        ("memref<4x8xi8, strided<[8, 1], offset: ?>, 3>", (4, 8), NumberFormat.INT8, 32),
        ("vector<[4]x2xf64>", (4, 2), NumberFormat.FP64, 64),
        ("tensor<3xi4>", (3,), NumberFormat.INT4, 1.5),
        ("tensor<5xi1>", (5,), NumberFormat.BOOL, 5),
        ("tensor<4xcomplex<f32>>", (4,), NumberFormat.COMPLEX64, 32),
        ("tensor<8xf8E4M3FN>", (8,), NumberFormat.FP8_E4M3, 8),
        ("!torch.vtensor<[1,3],f32>", (1, 3), NumberFormat.FP32, 12),
        ("tensor<2x!quant.uniform<i8:f32, 0.1:128>>", (2,), NumberFormat.INT8, 2),
        ("f16", (), NumberFormat.FP16, 2),
    ],
)
def test_types(
    text: str, shape: tuple[int | None, ...], number_format: NumberFormat, size_bytes: float
) -> None:
    kind = parse_type(text)
    assert kind is not None
    assert (kind.shape, kind.number_format, kind.size_bytes) == (shape, number_format, size_bytes)


def test_a_dimension_beyond_64_bits_is_refused() -> None:
    with pytest.raises(InputError, match=r"larger than MLIR allows"):
        parse_type("tensor<100000000000000000000000xf32>")


@pytest.mark.parametrize(
    "line",
    [
        "stablehlo.reduce(%80 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<4x2xf32>, tensor<f32>) -> tensor<4xf32>",
        "stablehlo.add %a, %b#1 : tensor<4xf32>",
        '"d.op"(%a, %b) {k = "%no"} : (f32, i8) -> f32',
        "memref.load %m[%i, %j] : memref<4x4xf32>",
        "stablehlo.constant dense<1.0> : tensor<f32>",
    ],
)
def test_headers_keep_every_character(line: str) -> None:
    op = read_text(f"%r = {line}\n").ops[0]
    written = line.removeprefix('"d.op"') if line.startswith('"') else line.removeprefix(op.name)
    assert op.header == written.strip()


def test_split_top_looks_into_no_bracket_and_no_string() -> None:
    assert split_top('a, (b, c) -> d, "x,\\",y", {e, [f]}', ",") == [
        "a",
        " (b, c) -> d",
        ' "x,\\",y"',
        " {e, [f]}",
    ]
    assert split_top("(A -> B) -> (C) -> D", "->") == ["(A -> B) ", " (C) ", " D"]
    assert split_top('a, "never closed, b', ",") == ["a", ' "never closed, b']


def test_pretty_call_sites_of_location_aliases_take_two_lines() -> None:
    module = read_text(
        '#loc1 = "f"(#loc9)\n#loc2 = #loc1\n at #loc9\n#loc3 = f.py:3:4 to :9\n'
        ' at f.py:1:2\nmodule {\n  func.func @main() {\n    return "f"(#loc2)\n  }\n}\n'
    )
    assert [op.name for op in module.walk()] == ["builtin.module", "func.func", "func.return"]
    assert module.aliases["#loc2"] == "#loc1\n at #loc9"
