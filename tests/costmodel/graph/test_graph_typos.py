"""A typo in a model is named with its place, never costed as if it were right."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text
from microbench.errors import InputError

MODEL = """module {
  func.func public @main(%arg0: tensor<8x16xf32>, %arg1: tensor<16x4xf32>) -> tensor<8x4xf32> {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0]
      : (tensor<8x16xf32>, tensor<16x4xf32>) -> tensor<8x4xf32>
    %1 = stablehlo.add %0, %0 : tensor<8x4xf32>
    return %1 : tensor<8x4xf32>
  }
}
"""


def test_the_model_itself_is_sound() -> None:
    assert build(read_text(MODEL)).coverage.share == 1.0


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensor<8x4Sxf32>", r"m:5:\d+: '4Sxf32' is neither"),
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensr<8x4xf32>", r"m:5:\d+: .*mean 'tensor'"),
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensor<8x4xf99>", r"m:5:\d+: 'f99' is neither"),
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensor<-8x4xf32>", r"m:5:\d+: '-8' is not a dim"),
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensor<8x-4xf32>", r"m:5:\d+: '-4' is not a dim"),
        ("%0, %0 : tensor<8x4xf32>", "%0, %0 : tensor<8.5x4xf32>", r"m:5:\d+: '8.5' is not a dim"),
        ("%0, %0 : tensor<8x4xf32>", f"%0, %0 : tensor<{'9' * 5000}xf32>", r"m:5:\d+: .*digits"),
        ("add %0, %0", "add %0, %nope", r"m:5:28: %nope is used, but nothing defines it"),
    ],
)
def test_a_typo_is_named_with_its_place(right: str, wrong: str, message: str) -> None:
    broken = MODEL.replace(right, wrong)
    assert broken != MODEL
    with pytest.raises(InputError, match=message):
        build(read_text(broken, "m"))


@pytest.mark.parametrize(
    "kind",
    [
        "tensor<*xf32>",
        "tensor<4x!quant.uniform<i8:f32, 0.5>>",
        "tensor<4x!acme.thing>",
        "vector<[4]xf32>",
        "memref<?x4xf32, strided<[4, 1]>>",
        "tensor<4xf8E4M3FN>",
        "tensor<2xcomplex<f32>>",
        "!acme.tensr<4>",
        "acme<4x4>",
    ],
)
def test_types_of_any_dialect_are_never_judged(kind: str) -> None:
    text = f"func.func @f(%a: {kind}) {{\n  %0 = acme.op %a : {kind}\n  return %0 : {kind}\n}}\n"
    assert build(read_text(text)).coverage.unknown == {"acme.op": 1}


def test_names_bound_by_a_form_of_the_op_itself_are_no_typo() -> None:
    body = "acme.each %i in %a : f32 {\n    acme.use %i : f32\n  }"
    text = f"func.func @f(%a: f32) {{\n  {body}\n  return\n}}\n"
    build(read_text(text))


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "examples").glob("*.mlir")), ids=lambda p: p.stem
)
def test_one_line_costs_the_same(path: Path) -> None:
    text = "\n".join(line.partition("//")[0] for line in path.read_text().splitlines())
    joined = " ".join(text.split())
    lines, line = build(read_text(text)), build(read_text(joined))
    assert line.coverage == lines.coverage
    assert [(k.name, k.count, k.work_flop) for k in line.kernels] == [
        (k.name, k.count, k.work_flop) for k in lines.kernels
    ]
