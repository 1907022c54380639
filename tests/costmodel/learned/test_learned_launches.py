"""A predicted time says whether the host's launches were in what it was learned from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.kernel import Family, Flag, Kernel, Launch
from costmodel.learned.launches import PACKS, launch_of
from costmodel.learned.predictor import Predictor
from costmodel.learned.whole_model import total
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.formats import NumberFormat

PRODUCT = {"b": 1.0, "m": 16.0, "n": 16.0, "k": 16.0}
ROWS = {"rows": 64.0, "cols": 64.0, "inputs": 2.0}


@pytest.mark.parametrize(
    ("family", "op", "dims", "kind", "launch"),
    [
        (Family.GEMM, "linear", PRODUCT, NumberFormat.FP32, Launch.EAGER),
        (Family.GEMM, "linear", PRODUCT, NumberFormat.TF32, Launch.EAGER),
        (Family.GEMM, "linear", PRODUCT, NumberFormat.BF16, Launch.ALONE),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.FP32, Launch.EAGER),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.FP16, Launch.ALONE),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.BF16, Launch.MIXED),
        (Family.FFT, "fft", {"batch": 1.0, "n": 64.0}, NumberFormat.FP32, None),
    ],
)
def test_the_launch_is_that_of_the_data_behind(
    family: Family, op: str, dims: dict[str, float], kind: NumberFormat, launch: Launch | None
) -> None:
    kernel = Kernel("k", family, op, kind, 8192.0, 3072.0, dims)
    (found,) = Predictor.load().predict([kernel], catalogue.find("h100-sxm"))
    assert found.launch is launch


def test_every_pack_of_the_shipped_models_is_known_or_says_nothing() -> None:
    families = Predictor.load().header["families"]
    used = {source for about in families.values() for source in about["sources"]}
    assert used - set(PACKS) == {"deepbench"}


def test_runs_of_ones_own_say_nothing_of_launches() -> None:
    assert launch_of(["r1", "deepbench"], "fp32") is None
    assert launch_of([], "fp32") is None


GPUS = sorted(name for name, spec in catalogue.load().items() if spec.kind is DeviceKind.GPU)
COMPILED = ("inductor", "xla", "iree")
ULP = 1e-6
"""Rounding by which two calls may differ: machine code takes over from NumPy in between."""


def pointwise(name: str, elements: float, inputs: int, kind: NumberFormat) -> Kernel:
    dims = {"elements": elements, "inputs": float(inputs)}
    moved = (inputs + 1) * elements * kind.size_bytes
    return Kernel(name, Family.ELEMENTWISE, name, kind, elements, moved, dims)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(GPUS),
    st.integers(2**10, 2**27),
    st.sampled_from([NumberFormat.FP32, NumberFormat.BF16, NumberFormat.FP16]),
    st.sampled_from(COMPILED),
)
def test_a_fused_kernel_is_no_slower_than_the_kernels_it_replaces(
    device: str, elements: int, kind: NumberFormat, stack: str
) -> None:
    spec = catalogue.find(device)
    parts = [pointwise(*one, kind) for one in (("add", elements, 2), ("multiply", elements, 2))]
    parts.append(pointwise("tanh", elements, 1, kind))
    fused = replace(pointwise("add", elements, 2, kind), work_flop=3.0 * elements)
    (one,) = Predictor.load().predict([fused], spec, stack)
    apart = sum(found.latency_s for found in Predictor.load().predict(parts, spec, stack))
    called = Predictor.load().predict(parts, spec, "torch-eager")
    queued = total(called, Predictor.load().eager_gap_s(spec))
    assert one.latency_s <= apart * (1 + ULP)
    assert one.latency_s <= queued.latency_s * (1 + ULP)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GPUS), st.integers(2**10, 2**26), st.sampled_from(COMPILED))
def test_a_compiled_kernel_loses_the_launch_of_the_call_that_was_measured(
    device: str, elements: int, stack: str
) -> None:
    spec = catalogue.find(device)
    kernel = pointwise("tanh", elements, 1, NumberFormat.FP32)
    (call,), (kept,) = (
        Predictor.load().predict([kernel], spec, one) for one in ("torch-eager", stack)
    )
    assert (call.launch, kept.launch) == (Launch.EAGER, Launch.TAKEN_OUT)
    assert Flag.LAUNCH_TAKEN_OUT in kept.flags - call.flags
    assert kept.latency_s <= call.latency_s * (1 + ULP)
    assert min(call.low_s, kept.attainable_s) <= kept.low_s * (1 + ULP)
    assert kept.low_s <= kept.latency_s
    assert kept.high_s == pytest.approx(call.high_s, rel=ULP)


def test_kernels_that_were_measured_alone_keep_their_times() -> None:
    kernel = pointwise("tanh", 2.0**20, 1, NumberFormat.FP16)
    called, compiled = (
        Predictor.load().predict([kernel], catalogue.find("h100"), stack)[0]
        for stack in ("vendor", "xla")
    )
    ends = ("latency_s", "low_s", "high_s")
    same = {name: getattr(called, name) for name in ends}
    assert replace(compiled, **same) == replace(called, stack="xla")
    for name in ends:
        assert getattr(compiled, name) == pytest.approx(same[name], rel=ULP)
