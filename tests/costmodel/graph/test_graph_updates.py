"""Updates of part of a tensor: in place where nothing needs it as it was, worked by hand.

The buffer is 1000x64 of fp32, 256,000 bytes; a row of it 256 bytes. XLA's own analysis of the
compiled programs (jax 0.10.2, CPU) gives the same but for the start indices, 4 bytes each.
"""

from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text

BUFFER, ROW = 256_000, 256
BIG, SMALL = "tensor<1000x64xf32>", "tensor<1x64xf32>"
DONATED = f"{BIG} {{tf.aliasing_output = 0 : i32}}"
STACKS = ["torch-eager", "inductor", "xla", "iree", "vendor"]
START = "  %c = stablehlo.constant dense<0> : tensor<i32>\n"


def update(result: str, target: str, row: str = "%r") -> str:
    return (
        f"  {result} = stablehlo.dynamic_update_slice {target}, {row}, %c, %c : "
        f"({BIG}, {SMALL}, tensor<i32>, tensor<i32>) -> {BIG}\n"
    )


def program(body: str, buffer: str = BIG, returned: str = "%0", results: str = BIG) -> str:
    return (
        f"func.func @main(%b: {buffer}, %r: {SMALL}) -> ({results}) {{\n{START}{body}"
        f"  return {returned} : {results}\n}}\n"
    )


def moved(text: str, stack: str = "xla") -> float:
    found = build(read_text(text), stack=stack)
    assert found.coverage.share == 1
    return found.bytes_moved


@pytest.mark.parametrize("stack", STACKS)
def test_a_row_into_a_donated_buffer_is_read_and_written(stack: str) -> None:
    """XLA: 516 bytes with the one index that is no constant."""
    found = build(read_text(program(update("%0", "%b"), DONATED)), stack=stack)
    assert found.bytes_moved == 2 * ROW
    assert [(k.name, dict(k.dims)) for k in found.kernels] == [
        ("dynamic_update_slice 64", {"elements": 64})
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_a_row_into_an_argument_that_must_be_kept_copies_it_once(stack: str) -> None:
    """XLA: 512,516 bytes."""
    assert moved(program(update("%0", "%b")), stack) == 2 * BUFFER + 2 * ROW


@pytest.mark.parametrize("attribute", ["tf.aliasing_output = 0 : i32", "jax.buffer_donor = true"])
def test_only_the_argument_that_is_donated_changes_in_place(attribute: str) -> None:
    def generic(first: str, second: str) -> str:
        return f"""
"func.func"() <{{arg_attrs = [{first}, {second}, {{}}], function_type = ({BIG}, {BIG}, {SMALL}) ->
{BIG}, sym_name = "main"}}> ({{
^bb0(%b: {BIG}, %other: {BIG}, %r: {SMALL}):
{START}{update("%0", "%b")}  "func.return"(%0) : ({BIG}) -> ()
}}) : () -> ()
"""

    mark = f"{{{attribute}}}"
    assert moved(generic(mark, "{}")) == 2 * ROW
    assert moved(generic("{}", mark)) == 2 * BUFFER + 2 * ROW
    pretty = program(update("%0", "%b"), f"{BIG} {mark}")
    assert moved(pretty) == 2 * ROW


def test_rows_one_after_another_share_one_copy() -> None:
    """XLA: 1,032 and 513,032 bytes."""
    two = update("%1", "%b") + update("%0", "%1")
    assert moved(program(two, DONATED), "torch-eager") == 4 * ROW
    assert moved(program(two), "torch-eager") == 2 * BUFFER + 4 * ROW
    assert moved(program(two, DONATED)) == 3 * ROW  # one kernel: it reads the row once
    assert moved(program(two)) == 2 * BUFFER + 3 * ROW


@pytest.mark.parametrize("stack", ["torch-eager", "xla"])
def test_a_buffer_that_is_read_or_returned_later_is_kept(stack: str) -> None:
    both = program(update("%0", "%b"), DONATED, "%0, %b", f"{BIG}, {BIG}")
    assert moved(both, stack) == 2 * BUFFER + 2 * ROW
    later = update("%0", "%b") + f"  %1 = stablehlo.negate %b : {BIG}\n"
    text = program(later, DONATED, "%0, %1", f"{BIG}, {BIG}")
    assert moved(text, stack) == 2 * BUFFER + 2 * ROW + 2 * BUFFER
    before = f"  %1 = stablehlo.negate %b : {BIG}\n" + update("%0", "%b")
    text = program(before, DONATED, "%0, %1", f"{BIG}, {BIG}")
    assert moved(text, stack) == 2 * ROW + 2 * BUFFER


def test_a_buffer_made_in_the_same_kernel_is_written_whole_and_once() -> None:
    made = f"  %1 = stablehlo.negate %b : {BIG}\n" + update("%0", "%1")
    assert moved(program(made)) == 2 * BUFFER + ROW
    assert moved(program(made), "torch-eager") == 2 * BUFFER + 2 * ROW
    zeros = (
        "  %z = stablehlo.constant dense<0.0> : tensor<f32>\n"
        f"  %1 = stablehlo.broadcast_in_dim %z, dims = [] : (tensor<f32>) -> {BIG}\n"
    )
    found = build(read_text(program(zeros + update("%0", "%1"))))
    assert found.bytes_moved == BUFFER + ROW
    assert dict(found.kernels[0].dims) == {"elements": 64000}


def test_a_result_that_one_kernel_takes_in_is_made_as_it_is_read() -> None:
    text = program(update("%1", "%b") + f"  %0 = stablehlo.negate %1 : {BIG}\n", DONATED)
    assert moved(text) == 2 * BUFFER + ROW
    assert moved(text, "torch-eager") == 2 * ROW + 2 * BUFFER


def scan(trips: int, target: str = "%i", buffer: str = BIG) -> str:
    body = f"""
  %0:2 = stablehlo.while(%n = %c, %i = %b) : tensor<i32>, {BIG}
  cond {{
    %t = stablehlo.constant dense<{trips}> : tensor<i32>
    %1 = stablehlo.compare LT, %n, %t : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }} do {{
    %one = stablehlo.constant dense<1> : tensor<i32>
    %2 = stablehlo.add %n, %one : tensor<i32>
  {update("%3", target)}    stablehlo.return %2, %3 : tensor<i32>, {BIG}
  }}
"""
    return program(body, buffer, "%0#1")


@pytest.mark.parametrize("stack", STACKS)
def test_a_scan_writes_a_row_a_step(stack: str) -> None:
    """XLA counts one step (512 bytes) and, where the argument must be kept, one copy before."""
    assert moved(scan(1000, buffer=DONATED), stack) == 1000 * 2 * ROW
    assert moved(scan(1000), stack) == 1000 * 2 * ROW + 2 * BUFFER


def test_what_stands_outside_a_loop_is_copied_in_every_step() -> None:
    assert moved(scan(10, "%b", DONATED)) == 10 * (2 * BUFFER + 2 * ROW)


def scatter(body: str) -> str:
    return f"""
func.func @main(%b: {DONATED}, %i: tensor<32x1xi32>, %r: tensor<32x64xf32>) -> {BIG} {{
  %0 = "stablehlo.scatter"(%b, %i, %r) <{{indices_are_sorted = false}}> ({{
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
{body}
  }}) : ({BIG}, tensor<32x1xi32>, tensor<32x64xf32>) -> {BIG}
  return %0 : {BIG}
}}
"""


def test_a_scatter_moves_its_updates_and_indices() -> None:
    """32 rows of 256 bytes read and written, 32 indices of 4; a sum reads the places too."""
    assert moved(scatter("    stablehlo.return %y : tensor<f32>")) == 2 * 8192 + 128
    summed = "    %1 = stablehlo.add %x, %y : tensor<f32>\n    stablehlo.return %1 : tensor<f32>"
    assert moved(scatter(summed)) == 3 * 8192 + 128


def _torch(op: str, names: str, kinds: str) -> str:
    return f"""
func.func @main(%a: !torch.vtensor<[1000,64],f32>, %r: !torch.vtensor<[1,64],f32>,
    %d: !torch.int) -> !torch.vtensor<[1000,64],f32> {{
  %b = torch.aten.neg %a : !torch.vtensor<[1000,64],f32> -> !torch.vtensor<[1000,64],f32>
  %0 = torch.aten.{op} {names} : {kinds} -> !torch.vtensor<[1000,64],f32>
  return %0 : !torch.vtensor<[1000,64],f32>
}}
"""


_VTENSORS = "!torch.vtensor<[1000,64],f32>, !torch.vtensor<[1,64],f32>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            _torch("slice_scatter", "%b, %r, %d, %d, %d, %d", f"{_VTENSORS}{', !torch.int' * 4}"),
            2 * ROW,
        ),
        (_torch("copy_", "%b, %r, %d", f"{_VTENSORS}, !torch.int"), ROW + BUFFER),
        (
            "func.func @main(%a: tensor<1000x64xf32>, %r: tensor<1x64xf32>) -> tensor<1000x64xf32>"
            " {\n  %b = tosa.negate %a : (tensor<1000x64xf32>) -> tensor<1000x64xf32>\n"
            "  %0 = tensor.insert_slice %r into %b[5, 0] [1, 64] [1, 1] : tensor<1x64xf32> into "
            "tensor<1000x64xf32>\n  return %0 : tensor<1000x64xf32>\n}\n",
            2 * ROW,
        ),
        (
            "func.func @main(%a: tensor<1x1000x64xf32>, %i: tensor<1x2xi32>, "
            "%r: tensor<1x2x64xf32>) -> tensor<1x1000x64xf32> {\n"
            "  %b = tosa.negate %a : (tensor<1x1000x64xf32>) -> tensor<1x1000x64xf32>\n"
            "  %0 = tosa.scatter %b, %i, %r : (tensor<1x1000x64xf32>, tensor<1x2xi32>, "
            "tensor<1x2x64xf32>) -> tensor<1x1000x64xf32>\n"
            "  return %0 : tensor<1x1000x64xf32>\n}\n",
            2 * 2 * ROW + 8,
        ),
        (
            "func.func @main(%a: tensor<1000x64xf32>, %i: tensor<2x1xi64>, %r: tensor<2x64xf32>)"
            " -> tensor<1000x64xf32> {\n"
            '  %b = "onnx.Neg"(%a) : (tensor<1000x64xf32>) -> tensor<1000x64xf32>\n'
            '  %0 = "onnx.ScatterND"(%b, %i, %r) {reduction = "none"} : (tensor<1000x64xf32>, '
            "tensor<2x1xi64>, tensor<2x64xf32>) -> tensor<1000x64xf32>\n"
            "  return %0 : tensor<1000x64xf32>\n}\n",
            2 * 2 * ROW + 16,
        ),
    ],
    ids=["slice_scatter", "copy_", "insert_slice", "tosa", "onnx"],
)
def test_every_dialect_updates_in_place_what_an_op_before_made(text: str, expected: float) -> None:
    """The negation before reads and writes the whole buffer."""
    assert moved(text, "torch-eager") == 2 * BUFFER + expected


def test_an_op_that_changes_its_operand_never_copies_it() -> None:
    arguments = "%b: !torch.vtensor<[1000,64],f32>, %r: !torch.vtensor<[1,64],f32>"
    index = "%d: !torch.int, %i: !torch.vtensor<[1],si64>"
    text = f"""
func.func @main({arguments}, {index}) -> !torch.vtensor<[1000,64],f32> {{
  %0 = torch.aten.index_copy_ %b, %d, %i, %r : !torch.vtensor<[1000,64],f32>, !torch.int,
    !torch.vtensor<[1],si64>, !torch.vtensor<[1,64],f32> -> !torch.vtensor<[1000,64],f32>
  return %b : !torch.vtensor<[1000,64],f32>
}}
"""
    assert moved(text) == 2 * ROW + 8
