"""Products that StableHLO asks to run in another format than their operands'."""

from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.mlir.reader import read_text
from microbench.formats import NumberFormat

MATRIX = "tensor<64x64xf32>"
ALGORITHM = (
    "{0}<lhs_precision_type = {1}, rhs_precision_type = {1}, accumulation_type = f32, "
    "lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = {2}, "
    "allow_imprecise_accumulation = false>"
)


@pytest.mark.parametrize(
    ("asked", "number_format", "products"),
    [
        ("precision = [DEFAULT, DEFAULT]", NumberFormat.FP32, 1),
        ("precision = [HIGHEST, HIGHEST]", NumberFormat.FP32, 1),
        (f"algorithm = {ALGORITHM.format('', 'f32', 1)}", NumberFormat.FP32, 1),
        (f"algorithm = {ALGORITHM.format('', 'tf32', 1)}", NumberFormat.TF32, 1),
        (f"algorithm = {ALGORITHM.format('', 'tf32', 3)}", NumberFormat.TF32, 3),
        (
            f"algorithm = {ALGORITHM.format('#stablehlo.dot_algorithm', 'bf16', 3)}",
            NumberFormat.BF16,
            3,
        ),
        (f"algorithm = {ALGORITHM.format('', 'f99', 1)}", NumberFormat.FP32, 1),
    ],
)
def test_a_product_runs_in_the_format_of_its_algorithm(
    asked: str, number_format: NumberFormat, products: int
) -> None:
    found = build(
        read_text(f"""
func.func @main(%a: {MATRIX}, %b: {MATRIX}) -> {MATRIX} {{
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0], {asked}
    : ({MATRIX}, {MATRIX}) -> {MATRIX}
  return %0 : {MATRIX}
}}
""")
    )
    (kernel,) = found.kernels
    assert kernel.number_format is number_format
    assert kernel.work_flop == products * 2 * 64**3
    assert kernel.dims["b"] == products
    assert kernel.bytes_moved == 3 * 64 * 64 * 4
