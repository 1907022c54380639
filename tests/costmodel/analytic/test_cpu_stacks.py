"""Compilers on CPU: one call's cost over all kernels, a slowdown, an interval never narrower."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from costmodel.analytic.cpu_stacks import FITTED, Unit, amount, fitted, on_stack
from costmodel.kernel import Bound, Family, Kernel, Prediction
from microbench.formats import NumberFormat

OVERHEAD_S = 2e-6


def prediction(latency_s: float, count: float, spread: float = 0.1) -> Prediction:
    kernel = Kernel("add", Family.ELEMENTWISE, "add", NumberFormat.FP32, 1e6, 1e6, count=count)
    low_s, high_s = latency_s * math.exp(-spread), latency_s * math.exp(spread)
    args = ("cpu", "torch-eager", latency_s, low_s, high_s, 1e-6, Bound.MEMORY)
    return Prediction(kernel, *args)


@pytest.mark.parametrize("name", ["xla", "iree"])
def test_a_module_is_one_call_and_slower_loops(name: str) -> None:
    stack = fitted()[name]
    found = on_stack([prediction(12e-6, 3), prediction(102e-6, 1)], name, OVERHEAD_S)
    total_s = sum(p.total_s for p in found)
    looped_s = 3 * stack.seconds_per[Unit.LOOP_LAUNCH]
    beyond_s = stack.slowdown * (3 * 10e-6 + 100e-6)
    assert total_s == pytest.approx(stack.call_s + looped_s + beyond_s)
    assert {p.stack for p in found} == {name}
    for p in found:
        assert p.high_s / p.latency_s == pytest.approx(math.exp(stack.spread))
        assert p.latency_s / p.low_s == pytest.approx(math.exp(stack.spread))


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
DEPTHWISE = kernel(Family.CONVOLUTION, "conv2d", 900.0, c_in=16, groups=16)
GROUPED = kernel(Family.CONVOLUTION, "conv2d", 900.0, c_in=16, groups=4)


@pytest.mark.parametrize(
    ("one", "unit", "units"),
    [
        (SORT, Unit.SORT_COMPARISON, 48),
        (SORT, Unit.SORT_PAIR, 2 * 8 * 8),
        (TOP_4, Unit.TOP_K_COMPARISON, 48),
        (TOP_4, Unit.TOP_K_INSERTION, 2 * 8 * 4),
        (TOP_1, Unit.TOP_1_ELEMENT, 16),
        (DEPTHWISE, Unit.DEPTHWISE_FLOP, 900),
    ],
)
def test_units_of_a_compilers_own_algorithms(one: Kernel, unit: Unit, units: float) -> None:
    assert amount(unit, one) == units
    kind = unit.value.split()[0]
    others = [Unit.LOOP_LAUNCH, *(other for other in Unit if not other.value.startswith(kind))]
    assert not any(amount(other, one) for other in others)


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
        assert row["modules"] >= 40
        assert row["families"] >= 10
        assert 0 < row["call_s"] < 1e-3
        assert 1 < row["slowdown"] < 10
        assert all(0 < seconds < 1e-5 for seconds in row["seconds_per"].values())
