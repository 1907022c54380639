"""Labels of the token model's corpus: which times stand, and the features it is held against."""

from __future__ import annotations

import importlib.util
from math import expm1
from pathlib import Path
from types import ModuleType

import pytest

from costmodel.mlir.reader import read_text

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks" / "token_labels.py"
LOOP = """\
func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>) -> tensor<4x8xf32> {
  %c = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.while(%i = %c, %y = %x) : tensor<i32>, tensor<4x8xf32>
  cond {
    %n = stablehlo.constant dense<5> : tensor<i32>
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %one = stablehlo.constant dense<1> : tensor<i32>
    %j = stablehlo.add %i, %one : tensor<i32>
    %z = stablehlo.dot_general %y, %w, contracting_dims = [1] x [0]
      : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
    stablehlo.return %j, %z : tensor<i32>, tensor<4x8xf32>
  }
  return %0#1 : tensor<4x8xf32>
}
"""


@pytest.fixture(scope="module")
def labels() -> ModuleType:
    spec = importlib.util.spec_from_file_location("token_labels", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_time_stands_if_its_two_least_samples_agree(labels: ModuleType) -> None:
    assert labels.settled({"samples_s": [9.0, 1.2, 1.0]})
    assert not labels.settled({"samples_s": [9.0, 1.3, 1.0]})


def test_a_slow_core_is_taken_out_of_a_time(labels: ModuleType) -> None:
    row = {"samples_s": [6.0, 3.0, 4.0], "control_s": [1.0, 2.0]}
    assert labels.run_s(row, quiet_s=1.0) == pytest.approx(2.0)


def test_features_multiply_loops_out(labels: ModuleType) -> None:
    found = labels.features_of(read_text(LOOP))
    products = 5 * 2 * 4 * 8 * 8
    assert expm1(found["gemm flop"]) == pytest.approx(products)
    assert expm1(found["stablehlo.dot_general elements"]) == pytest.approx(5 * 4 * 8)
    assert expm1(found["trips"]) == pytest.approx(5)
    assert expm1(found["activations"]) >= 5 * 4 * 8
