"""Products whose operands contradict each other are told by place and counted as assumed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from costmodel.graph.build import Graph, build
from costmodel.kernel import Flag
from costmodel.mlir.reader import read_text
from hwprof.cli import app


def dot(left: str, right: str, out: str, dims: str = "contracting_dims = [1] x [0]") -> str:
    return (
        f"func.func @main(%a: tensor<{left}xf32>, %b: tensor<{right}xf32>)"
        f" -> tensor<{out}xf32> {{\n"
        f"  %0 = stablehlo.dot_general %a, %b, {dims} : "
        f"(tensor<{left}xf32>, tensor<{right}xf32>) -> tensor<{out}xf32>\n"
        f"  return %0 : tensor<{out}xf32>\n}}\n"
    )


def read(text: str) -> Graph:
    return build(read_text(text, "m.mlir"))


BATCHED = "batching_dims = [0] x [0], contracting_dims = [2] x [1]"
BAD = {
    "stablehlo": (dot("8x16", "32x8", "8x8"), "contracted dimensions differ: 16 and 32"),
    "batch": (dot("2x8x16", "4x16x8", "2x8x8", BATCHED), "batch dimensions differ: 2 and 4"),
    "linalg": (
        "func.func @main(%a: tensor<8x16xf32>, %b: tensor<32x8xf32>, %c: tensor<8x8xf32>)"
        " -> tensor<8x8xf32> {\n"
        "  %0 = linalg.matmul ins(%a, %b : tensor<8x16xf32>, tensor<32x8xf32>)"
        " outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>\n  return %0 : tensor<8x8xf32>\n}\n",
        "contracted dimensions differ: 16 and 32",
    ),
    "tosa": (
        "func.func @main(%a: tensor<1x8x16xf32>, %b: tensor<1x32x8xf32>) -> tensor<1x8x8xf32> {\n"
        "  %0 = tosa.matmul %a, %b : (tensor<1x8x16xf32>, tensor<1x32x8xf32>)"
        " -> tensor<1x8x8xf32>\n  return %0 : tensor<1x8x8xf32>\n}\n",
        "contracted dimensions differ: 16 and 32",
    ),
    "torch": (
        "func.func @main(%a: !torch.vtensor<[8,16],f32>, %b: !torch.vtensor<[32,8],f32>)"
        " -> !torch.vtensor<[8,8],f32> {\n"
        "  %0 = torch.aten.mm %a, %b : !torch.vtensor<[8,16],f32>, !torch.vtensor<[32,8],f32>"
        " -> !torch.vtensor<[8,8],f32>\n  return %0 : !torch.vtensor<[8,8],f32>\n}\n",
        "contracted dimensions differ: 16 and 32",
    ),
}


@pytest.mark.parametrize("form", BAD)
def test_a_contradiction_is_told_with_its_place_and_counts_as_assumed(form: str) -> None:
    text, problem = BAD[form]
    graph = read(text)
    (line,) = graph.coverage.contradictions
    place, _, told = line.partition(": ")
    assert place.startswith("m.mlir:2:")
    assert told == problem
    assert (graph.coverage.assumed, graph.coverage.costed) == (1, 0)
    assert all(Flag.ASSUMED_SHAPE in kernel.flags for kernel in graph.kernels)


def test_every_execution_of_the_same_text_is_counted() -> None:
    text = dot("8x16", "32x8", "8x8")
    (line,) = [one for one in text.splitlines() if "dot_general" in one]
    graph = read(text.replace(line, f"{line}\n{line.replace('%0', '%1')}"))
    assert len(graph.coverage.contradictions) == 2
    assert graph.coverage.assumed == 2


@pytest.mark.parametrize(
    ("left", "right", "out"),
    [("8x16", "16x8", "8x8"), ("8x?", "32x8", "8x8"), ("?x?", "?x8", "?x8")],
)
def test_sizes_that_agree_or_are_not_stated_contradict_nothing(
    left: str, right: str, out: str
) -> None:
    assert not read(dot(left, right, out)).coverage.contradictions


@pytest.mark.parametrize("command", [["inspect"], ["predict", "--device", "t4"]])
def test_commands_warn_in_text_and_json(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text(BAD["stablehlo"][0])
    told = "m.mlir:2:3: contracted dimensions differ: 16 and 32"
    found = CliRunner().invoke(app, [*command, str(file)])
    assert found.exit_code == 0
    assert told in " ".join(found.output.split())
    assert told in CliRunner().invoke(app, [*command, str(file), "--json"]).output
