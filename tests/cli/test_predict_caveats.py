"""What ``hwprof predict`` says of networks and of the rate of fp32 products."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from costmodel.graph.build import Graph
from costmodel.kernel import Bound, Family, Kernel, Prediction
from hwprof.prediction import ModelPrediction
from hwprof.prediction_caveats import collectives, fp32_rates
from hwprof.prediction_tables import basis, warnings_of
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.formats import NumberFormat

PEAKS = {NumberFormat.FP32: 67e12, NumberFormat.TF32: 495e12}
SPEC = DeviceSpec(
    "X1", "X1", DeviceKind.GPU, "acme", "x", None, 4, 1e9, 1e12, 1, 1, peak_flop_per_s=PEAKS
)


def predicted(family: Family, op: str, number_format: NumberFormat, count: int = 1) -> Prediction:
    kernel = Kernel(op, family, op, number_format, 1e9, 1e6, count=count)
    return Prediction(kernel, "X1", "xla", 1e-6, 1e-6, 2e-6, 1e-6, Bound.COMPUTE)


def model(*predictions: Prediction, stack: str = "xla", spec: DeviceSpec = SPEC) -> ModelPrediction:
    return ModelPrediction(Path("m.mlir"), spec, stack, Graph("m"), predictions)


SUM = predicted(Family.ELEMENTWISE, "add", NumberFormat.FP32)
PRODUCT = predicted(Family.GEMM, "matmul", NumberFormat.FP32, count=3)


def test_collectives_are_told_by_name_in_one_line() -> None:
    found = model(
        predicted(Family.COLLECTIVE, "stablehlo.all_reduce", NumberFormat.BF16, 2),
        predicted(Family.COLLECTIVE, "stablehlo.all_gather", NumberFormat.BF16),
        SUM,
    )
    told = collectives(found)
    assert told.startswith("X1: 3 collectives (all_gather, all_reduce) priced as")
    assert "links and networks" in told
    assert told in warnings_of(found)
    assert collectives(model(SUM)) == ""


@pytest.mark.parametrize(
    ("stack", "when"),
    [("xla", "DEFAULT and HIGH"), ("inductor", "set_float32_matmul"), ("vendor", "may run")],
)
def test_the_rate_of_fp32_products_is_told_where_another_could_be_theirs(
    stack: str, when: str
) -> None:
    found = model(PRODUCT, SUM, stack=stack)
    told = fp32_rates(found)
    assert told.startswith("3 products in fp32 (75.0% of the time) priced at fp32's rate (67.0 T")
    assert when in told
    assert "495 TFLOP/s" in told
    assert told in basis(found)


def test_products_in_tf32_are_told_as_such() -> None:
    told = fp32_rates(model(predicted(Family.GEMM, "matmul", NumberFormat.TF32)))
    assert told.startswith("1 product in TF32, as the module says, priced by the model of fp32")


def test_nothing_is_said_where_there_is_one_rate_or_little_time_in_products() -> None:
    few = predicted(Family.ELEMENTWISE, "add", NumberFormat.FP32, count=100)
    older = replace(SPEC, peak_flop_per_s={NumberFormat.FP32: 16e12})
    processor = replace(SPEC, kind=DeviceKind.CPU)
    assert fp32_rates(model(PRODUCT, few)) == ""
    assert fp32_rates(model(PRODUCT, spec=older)) == ""
    assert fp32_rates(model(PRODUCT, spec=processor)) == ""
    assert fp32_rates(model(predicted(Family.GEMM, "matmul", NumberFormat.BF16))) == ""
