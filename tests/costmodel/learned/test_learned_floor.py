"""No prediction from a file is faster than the hardware, and a format without units says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.analytic.roofline import peak_flop_per_s
from costmodel.kernel import Bound, Family, Flag, Kernel, Prediction
from costmodel.learned.floor import emulated, floor_s, held
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.formats import NumberFormat

H100 = catalogue.find("h100-sxm")
GPUS = sorted(name for name, spec in catalogue.load().items() if spec.kind is DeviceKind.GPU)


def transpose(elements: float) -> Kernel:
    dims = {"elements": elements}
    fp32 = NumberFormat.FP32
    return Kernel("transpose", Family.DATA_MOVEMENT, "transpose", fp32, 0, 8 * elements, dims)


def gemm(size: float, kind: NumberFormat) -> Kernel:
    dims = {"b": 1.0, "m": size, "n": size, "k": size}
    moved = 3 * kind.size_bytes * size**2
    return Kernel("g", Family.GEMM, "matmul", kind, 2 * size**3, moved, dims)


def one_tap(channels: float, tap: float = 1.0) -> Kernel:
    dims = {"batch": 64.0, "c_in": channels, "c_out": channels, "groups": 1.0, "kh": tap, "kw": tap}
    dims |= {"h_in": 56.0, "w_in": 56.0, "h_out": 56.0, "w_out": 56.0}
    dims |= {"stride_h": 1.0, "stride_w": 1.0}
    work = 2 * 64 * channels**2 * 56**2 * tap**2
    moved = 4 * (2 * 64 * channels * 56**2 + channels**2 * tap**2)
    return Kernel("c", Family.CONVOLUTION, "conv2d", NumberFormat.FP32, work, moved, dims)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 2**34), st.sampled_from(GPUS))
def test_data_is_never_moved_faster_than_memory_can(elements: int, device: str) -> None:
    spec = catalogue.find(device)
    (found,) = Predictor.load().predict([transpose(elements)], spec)
    assert spec.dram_bandwidth_bytes_per_s is not None
    assert found.low_s >= 8 * elements / spec.dram_bandwidth_bytes_per_s
    assert found.low_s <= found.latency_s <= found.high_s


def test_traffic_a_cache_holds_and_unread_experts_have_no_floor() -> None:
    assert H100.l2_bytes is not None
    assert H100.dram_bandwidth_bytes_per_s is not None
    small = replace(transpose(H100.l2_bytes / 8), family=Family.ELEMENTWISE)
    large = replace(small, bytes_moved=small.bytes_moved + 1)
    assert floor_s(small, H100) == 0
    assert floor_s(large, H100) == large.bytes_moved / H100.dram_bandwidth_bytes_per_s
    assert floor_s(replace(large, family=Family.MIXTURE_OF_EXPERTS), H100) == 0


def test_a_product_is_held_to_its_peak_and_a_convolution_is_not() -> None:
    product = gemm(8192, NumberFormat.BF16)
    assert floor_s(product, H100) == pytest.approx(2 * 8192**3 / 989.4e12)
    fewer_s = floor_s(replace(product, family=Family.CONVOLUTION), H100)
    assert fewer_s == pytest.approx(product.bytes_moved / 3.35e12, rel=0.01)


def test_a_time_below_the_floor_is_raised_flagged_and_no_narrower_above() -> None:
    kernel = transpose(1e9)
    least_s = floor_s(kernel, H100)
    answer = Prediction(
        kernel, H100.name, "xla", least_s / 2, least_s / 8, least_s * 3, least_s, Bound.MEMORY
    )
    found = held(answer, H100)
    assert (found.low_s, found.latency_s) == (least_s, least_s)
    assert found.high_s / found.latency_s == answer.high_s / answer.latency_s
    assert found.flags == {Flag.ABOVE_PEAK}
    low_only = held(replace(answer, latency_s=least_s * 2), H100)
    assert (low_only.low_s, low_only.latency_s) == (least_s, least_s * 2)
    assert low_only.flags == frozenset()


@pytest.mark.parametrize("device", ["v100-sxm2-16gb", "t4"])
def test_a_format_without_units_is_flagged_and_reaches_to_its_emulation(device: str) -> None:
    spec = catalogue.find(device)
    bf16, fp16 = (
        Predictor.load().predict([gemm(4096, kind)], spec)[0]
        for kind in (NumberFormat.BF16, NumberFormat.FP16)
    )
    assert Flag.NO_HARDWARE_FORMAT in bf16.flags
    assert Flag.NO_HARDWARE_FORMAT not in fp16.flags
    assert bf16.high_s > 2 * 4096**3 / spec.peak_flop_per_s[NumberFormat.FP32]
    assert emulated(fp16, spec) == fp16


@pytest.mark.parametrize("device", ["k20", "v100", "h100", "rtx-4090"])
def test_a_convolution_of_one_tap_is_held_to_the_peak_it_may_run_at(device: str) -> None:
    spec = catalogue.find(device)
    peaks = spec.peak_flop_per_s
    best = max(peaks[NumberFormat.FP32], peaks.get(NumberFormat.TF32, 0.0))
    kernel = one_tap(2048)
    assert floor_s(kernel, spec) == pytest.approx(kernel.work_flop / best)
    (found,) = Predictor.load().predict([kernel], spec)
    assert found.low_s >= kernel.work_flop / best
    wide = one_tap(2048, 3)
    assert floor_s(wide, spec) < wide.work_flop / best


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(GPUS),
    st.sampled_from([NumberFormat.BF16, NumberFormat.FP16, NumberFormat.FP32, NumberFormat.FP64]),
    st.sampled_from([512, 2048, 8192]),
)
def test_no_low_end_of_a_product_beats_its_bound(device: str, kind: NumberFormat, n: int) -> None:
    spec = catalogue.find(device)
    (found,) = Predictor.load().predict([gemm(n, kind)], spec)
    unlisted = NumberFormat.FP16 not in spec.peak_flop_per_s and device.startswith("RTX")
    if not unlisted:  # an RTX card without rates of its tensor cores may beat the stand-in's
        assert found.low_s >= found.kernel.work_flop / peak_flop_per_s(spec, kind)[0]
    assert found.low_s <= found.latency_s <= found.high_s


@pytest.mark.parametrize(
    ("device", "ratio"),
    [("l4", 64), ("rtx-4090", 64), ("t4", 32), ("v100", 2), ("b200", 2), ("mi210", 1)],
)
def test_fp64_stands_on_its_own_rate_and_reaches_the_slowest(device: str, ratio: int) -> None:
    spec = catalogue.find(device)
    at_fp32_s = 2 * 8192**3 / spec.peak_flop_per_s[NumberFormat.FP32]
    (found,) = Predictor.load().predict([gemm(8192, NumberFormat.FP64)], spec)
    named = {Flag.NO_HARDWARE_FORMAT, Flag.UNKNOWN_PEAK, Flag.OUTSIDE_TRAINING}
    assert named <= found.flags
    assert at_fp32_s <= found.low_s
    assert found.latency_s >= ratio * at_fp32_s
    assert found.high_s >= 64 * at_fp32_s


def test_fp64_on_t4_takes_seconds() -> None:
    (found,) = Predictor.load().predict([gemm(8192, NumberFormat.FP64)], catalogue.find("t4"))
    assert found.latency_s == pytest.approx(2 * 8192**3 / 0.253e12, rel=0.02)  # 8.1 / 32 TFLOP/s
