"""The bound of one kernel: what sets it, what is missing, and that more never costs less."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.roofline import attainable_s, balance_flop_per_byte
from costmodel.kernel import Bound, Family, Flag, Kernel
from microbench.devices import catalogue
from microbench.formats import NumberFormat

H100 = catalogue.find("h100")
amount = st.floats(0, 1e15, allow_subnormal=False)


def kernel(work: float, moved: float, form: NumberFormat = NumberFormat.FP16) -> Kernel:
    return Kernel("k", Family.GEMM, "mm", form, work, moved)


def test_each_bound_is_named() -> None:
    assert attainable_s(kernel(989.4e12, 1), H100).time_s == pytest.approx(1.0)
    assert attainable_s(kernel(989.4e12, 1), H100).bound is Bound.COMPUTE
    assert attainable_s(kernel(1, 3.35e12), H100).time_s == pytest.approx(1.0)
    assert attainable_s(kernel(1, 3.35e12), H100).bound is Bound.MEMORY
    small = attainable_s(kernel(1e6, 1e3), H100, launch_s=5e-6)
    assert small.bound is Bound.LATENCY
    assert small.parts_s["launch"] == 5e-6


@given(amount, amount, amount, amount)
def test_more_work_or_traffic_never_takes_less(w: float, b: float, dw: float, db: float) -> None:
    assert (
        attainable_s(kernel(w + dw, b + db), H100).time_s >= attainable_s(kernel(w, b), H100).time_s
    )


def test_a_format_without_a_rate_runs_in_another_and_is_flagged() -> None:
    v100 = catalogue.find("v100")
    found = attainable_s(kernel(125e12, 1, NumberFormat.BF16), v100)
    assert found.time_s == pytest.approx(1.0)
    assert Flag.UNKNOWN_PEAK in found.flags


def test_no_bandwidth_leaves_memory_out_and_says_so() -> None:
    found = attainable_s(kernel(1e12, 1e12), replace(H100, dram_bandwidth_bytes_per_s=None))
    assert found.memory_s == 0
    assert Flag.UNKNOWN_PEAK in found.flags


def test_no_peak_at_all_leaves_compute_out() -> None:
    bare = replace(H100, peak_flop_per_s={})
    assert attainable_s(kernel(1e12, 3.35e12), bare).time_s == pytest.approx(1.0)
    assert balance_flop_per_byte(bare, NumberFormat.FP16) is None
