"""Compilers on CPU: a call's cost over all kernels, code of their own, an interval."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from costmodel.analytic.cpu_stacks import (
    CALLS,
    FITTED,
    Code,
    CpuStack,
    Unit,
    amount,
    code_of,
    fitted,
    on_stack,
    steps,
)
from costmodel.graph.build import build
from costmodel.kernel import Bound, Family, Kernel, Prediction
from costmodel.mlir.reader import read_text
from microbench.formats import NumberFormat

OVERHEAD_S = 2e-6
PRODUCT_DIMS = {"b": 1.0, "m": 64.0, "n": 64.0, "k": 64.0}


def prediction(latency_s: float, count: float, spread: float = 0.1) -> Prediction:
    kernel = Kernel(
        "g", Family.GEMM, "matmul", NumberFormat.FP32, 1e6, 1e6, PRODUCT_DIMS, count=count
    )
    low_s, high_s = latency_s * math.exp(-spread), latency_s * math.exp(spread)
    parts_s = {"launch": OVERHEAD_S, "memory": 4e-6, "compute": 1e-6}
    return Prediction(
        kernel, "cpu", "torch-eager", latency_s, low_s, high_s, 1e-6, Bound.MEMORY, parts_s
    )


@pytest.mark.parametrize("name", ["xla", "iree"])
def test_a_module_is_one_call_its_launches_and_slower_products(name: str) -> None:
    stack = fitted()[name]
    found = on_stack([prediction(12e-6, 3), prediction(102e-6, 1)], name, OVERHEAD_S)
    total_s = sum(p.total_s for p in found)
    looped_s = 3 * stack.seconds_per[Unit.LOOP_LAUNCH]
    inside_s = stack.slowdown[Code.PRODUCT] * 10e-6
    alone_s = stack.slowdown[Code.PRODUCT] * 100e-6 + stack.launch_s[Code.PRODUCT]
    works_s = [
        one_s * (1 + (stack.scale - 1) / (1 + one_s / 1e-3)) for one_s in (inside_s, alone_s)
    ]
    expected_s = stack.call_s + looped_s + 3 * works_s[0] + works_s[1]
    assert total_s == pytest.approx(expected_s)
    assert {p.stack for p in found} == {name}
    for p in found:
        assert p.high_s / p.latency_s == pytest.approx(math.exp(stack.spread))
        assert p.latency_s / p.low_s == pytest.approx(math.exp(stack.spread))


def test_what_arrives_cold_is_little_of_a_long_kernel() -> None:
    stack = CpuStack(0.0, 0.0, scale=1.4)
    assert stack.in_module_s(1e-6) == pytest.approx(1.4e-6, rel=1e-3)
    assert stack.in_module_s(1e-3) == pytest.approx(1.2e-3)
    assert stack.in_module_s(1.0) == pytest.approx(1.0, rel=1e-3)


def test_a_loop_takes_its_traffic_its_elements_and_the_functions_it_evaluates() -> None:
    stack = CpuStack(
        0.0,
        0.0,
        launch_s={Code.POINTWISE: 1e-6},
        seconds_per_element={Code.POINTWISE: 1e-9},
        seconds_per_evaluation={"cos": 7e-9},
    )
    dims = {"rows": 1.0, "cols": 1000.0}
    one = Kernel("c", Family.ELEMENTWISE, "cosine", NumberFormat.FP32, 1e3, 8e3, dims)
    waves = replace(one, evaluations={"cos": 2000.0, "nobody's": 5.0})
    assert stack.kernel_s(one, 99.0, 3e-6) == pytest.approx(1e-6 + 3e-6 + 1e-6)
    assert stack.kernel_s(waves, 99.0, 3e-6) == pytest.approx(5e-6 + 14e-6)
    assert stack.kernel_s(replace(one, count=5), 99.0, 3e-6) == pytest.approx(4e-6)


def test_code_without_a_rate_takes_the_librarys_time() -> None:
    other = Kernel("o", Family.OTHER, "o", NumberFormat.FP32, 1e3, 8e3)
    assert code_of(other) is None
    assert CpuStack(0.0, 0.0).kernel_s(other, 5e-6, 1e-6) == 5e-6


def test_a_kernel_counts_the_functions_its_ops_evaluate() -> None:
    text = """func.func @main(%a: tensor<8x4xf32>) -> tensor<8x4xf32> {
%0 = stablehlo.cosine %a : tensor<8x4xf32>
%1 = stablehlo.divide %0, %a : tensor<8x4xf32>
%2 = stablehlo.cosine %1 : tensor<8x4xf32>
%3 = stablehlo.add %2, %a : tensor<8x4xf32>
return %3 : tensor<8x4xf32>
}"""
    (kernel,) = build(read_text(text), stack="xla").kernels
    assert kernel.evaluations == {"cos": 64.0, "divide": 32.0}


def test_a_wider_interval_of_a_kernel_stays_and_other_stacks_are_untouched() -> None:
    wide = [prediction(12e-6, 1, spread=5.0)]
    assert on_stack(wide, "iree", OVERHEAD_S)[0].high_s == pytest.approx(
        on_stack(wide, "iree", OVERHEAD_S)[0].latency_s * math.exp(5.0)
    )
    for name in ("torch-eager", "inductor", "vendor"):
        assert on_stack(wide, name, OVERHEAD_S) == wide
    assert on_stack([], "xla", OVERHEAD_S) == []


def kernel(family: Family, op: str, work_flop: float, **dims: float) -> Kernel:
    return Kernel(op, family, op, NumberFormat.FP32, work_flop, 1e3, dims)


SORT = kernel(Family.SORT, "sort", 2 * 8 * 3, rows=2, cols=8)
TOP_4 = kernel(Family.SORT, "top_k", 2 * 8 * 3, rows=2, cols=8)
TOP_1 = kernel(Family.SORT, "top_k", 2 * 8, rows=2, cols=8)
DEPTHWISE = kernel(
    Family.CONVOLUTION, "conv2d", 900.0, c_in=16, groups=16, batch=2, c_out=16, h_out=3, w_out=4
)
GROUPED = kernel(Family.CONVOLUTION, "conv2d", 900.0, c_in=16, groups=4)


@pytest.mark.parametrize(
    ("one", "unit", "units"),
    [
        (SORT, Unit.SORT_COMPARISON, 48),
        (SORT, Unit.SORT_PAIR, 2 * 8 * 8),
        (TOP_4, Unit.TOP_K_COMPARISON, 48),
        (TOP_4, Unit.TOP_K_INSERTION, 2 * 8 * 4),
        (TOP_1, Unit.TOP_1_ELEMENT, 16),
        (DEPTHWISE, Unit.DEPTHWISE_ELEMENT, 2 * 16 * 3 * 4),
    ],
)
def test_units_of_a_compilers_own_algorithms(one: Kernel, unit: Unit, units: float) -> None:
    assert amount(unit, one) == units
    kind = unit.value.split()[0]
    others = [Unit.LOOP_LAUNCH, *(other for other in Unit if not other.value.startswith(kind))]
    assert not any(amount(other, one) for other in others)


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (DEPTHWISE, Code.DEPTHWISE_CONVOLUTION),
        (GROUPED, Code.GROUPED_CONVOLUTION),
        (kernel(Family.CONVOLUTION, "conv2d", 9.0, c_in=3, c_out=64), Code.THIN_CONVOLUTION),
        (kernel(Family.CONVOLUTION, "conv2d", 9.0, c_in=64, c_out=8), Code.THIN_CONVOLUTION),
        (kernel(Family.CONVOLUTION, "conv2d", 9.0, c_in=64, c_out=64), Code.CONVOLUTION),
        (kernel(Family.DATA_MOVEMENT, "transpose", 0.0, elements=9), Code.TRANSPOSE),
        (kernel(Family.DATA_MOVEMENT, "slice", 0.0, elements=9), Code.MOVEMENT),
        (kernel(Family.ROWWISE, "softmax", 9.0, rows=1, cols=9), Code.SOFTMAX),
        (kernel(Family.ROWWISE, "pool", 9.0, rows=1, cols=9), Code.WINDOW),
        (kernel(Family.ROWWISE, "reduce", 9.0, rows=1, cols=9), Code.REDUCTION),
        (SORT, None),
    ],
)
def test_kinds_of_code(one: Kernel, code: Code | None) -> None:
    assert code_of(one) is code


def test_a_loop_goes_over_no_fewer_elements_than_its_traffic_has() -> None:
    slices = kernel(Family.DATA_MOVEMENT, "slice", 0.0, elements=3)  # 1,000 bytes of fp32
    assert steps(slices) == 125
    assert steps(kernel(Family.ELEMENTWISE, "add", 9.0, rows=1, cols=9)) == pytest.approx(250 / 3)
    assert steps(kernel(Family.ROWWISE, "reduce", 9.0, rows=3, cols=9)) == 27


@pytest.mark.parametrize("name", ["xla", "iree"])
def test_a_sort_costs_what_the_compilers_own_sort_takes(name: str) -> None:
    stack = fitted()[name]
    library = prediction(1e-3, 1)
    unit = Unit.SORT_COMPARISON if name == "xla" else Unit.SORT_PAIR
    own_s = stack.seconds_per[unit] * amount(unit, SORT)
    found = on_stack([replace(library, kernel=SORT)], name, OVERHEAD_S)
    assert found[0].latency_s == pytest.approx(stack.call_s + own_s)
    assert stack.own_s(GROUPED) is None


def test_the_shipped_factors_say_where_they_come_from() -> None:
    document = json.loads(FITTED.read_text())
    assert {"measured_by", "device", "date", "versions", "library_rates"} <= set(document)
    for row in document["stacks"].values():
        assert row["modules"] >= 90
        assert row["families"] >= 20
        assert row["probes"] >= 200
        assert 0 < row["call_s"] < 1e-4
        assert 0.5 < row["scale"] < 2
        assert {Code(code) for code in row["slowdown"]} >= CALLS - {Code.DEPTHWISE_CONVOLUTION}
        assert set(row["slowdown"]) | set(row["seconds_per_element"]) == set(row["launch_s"])
        assert all(0 < seconds < 1e-5 for seconds in row["seconds_per"].values())
        assert all(0 < seconds < 1e-6 for seconds in row["seconds_per_evaluation"].values())
