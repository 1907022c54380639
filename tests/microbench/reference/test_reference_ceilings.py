"""No figure far above what a chip can do is kept, for any tensor format, pipe or memory level."""

from __future__ import annotations

from itertools import product

import pytest

from microbench import suites
from microbench.benchmark import Effort, Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.kernels.architectures import supported_arch
from microbench.kernels.cuda import alu, mma, tcgen05
from microbench.reference import ceilings
from microbench.reference.own import impossible

CHIPS = [spec for spec in catalogue.load().values() if supported_arch(spec.compute_capability)]
H200, B200, RTX5090 = (catalogue.find(name) for name in ("H200-SXM", "B200", "RTX-5090"))
RATES = ("gpu.tensor.", "gpu.arithmetic.throughput")


def rate(point: Point, value: float, clock_hz: float, quantity=Quantity.THROUGHPUT) -> Measurement:
    return Measurement(
        point, quantity, Verdict.OK, value=value, low=value, high=value, clock_hz=clock_hz
    )


def at(benchmark: str, /, **axes: object) -> Point:
    return Point(benchmark, tuple(axes.items()))  # type: ignore[arg-type]


def test_every_rate_a_kernel_claims_has_a_ceiling_or_is_named_unknown():
    unknown = set()
    for spec, benchmark in product(CHIPS, suites.all_benchmarks()):
        if benchmark.kind is not DeviceKind.GPU or benchmark.quantity is not Quantity.THROUGHPUT:
            continue
        if not benchmark.name.startswith(RATES):
            continue
        for point in benchmark.points(spec, Effort.THOROUGH):
            absurd = rate(point, 1e18, spec.clock_hz)
            if not impossible(absurd, spec):
                name = str(dict(point.axes).get("shape", point.key))
                unknown.add((spec.compute_capability, name))
    assert {name.split("_")[0] for _, name in unknown} == {"bool"}
    assert {capability for capability, _ in unknown} == {"8.6", "8.9", "9.0"}


@pytest.mark.parametrize("spec", CHIPS, ids=lambda spec: spec.name)
def test_three_times_the_datasheet_is_refused_for_every_tensor_format(spec):
    clock_hz = spec.clock_hz
    for shape in mma.SHAPES:
        if supported_arch(spec.compute_capability) not in shape.architectures:
            continue
        per_cycle = ceilings.shape_flop_per_cycle(shape.name, spec)
        if per_cycle is None:
            assert shape.name.startswith("bool")
            continue
        peak = spec.peak(shape.number_format)
        if peak is not None:
            # Sparse operands double a rate, sums of halves double it once more on GeForce.
            assert per_cycle * spec.sm_count * clock_hz <= 2.3 * peak * (1 + shape.sparse)
        point = at("gpu.tensor.mma.throughput", shape=shape.name)
        share = 0.6 if spec.compute_capability == "9.0" else 0.97
        sound = share * per_cycle * spec.sm_count * clock_hz
        assert impossible(rate(point, sound, clock_hz), spec) == ""
        assert impossible(rate(point, 3 * sound, clock_hz), spec)


@pytest.mark.parametrize("form", tcgen05.FORMATS, ids=lambda form: form.name)
def test_fifth_generation_formats_have_the_rate_of_their_datasheet(form):
    clock_hz = 1.9e9
    point = at("gpu.tensor.tcgen05.throughput", format=form.name, columns=256, pattern="dense")
    full = 148 * clock_hz * ceilings.fifth_flop_per_cycle(form.name, False, B200)
    bits = 8 if form.in_bytes else form.number_format.bits
    if form.name == "tf32":
        bits = 32
    assert full == 148 * clock_hz * 8192 * 16 / bits
    assert impossible(rate(point, 0.98 * full, clock_hz), B200) == ""
    assert "above SMs" in impossible(rate(point, 1.05 * full, clock_hz), B200)


def test_narrow_formats_of_consumer_blackwell_know_block_scales_run_at_the_full_rate():
    per_cycle = {s.name: ceilings.shape_flop_per_cycle(s.name, RTX5090) for s in mma.SHAPES}
    assert per_cycle["fp8_e4m3_m16n8k32"] == per_cycle["fp6_e3m2_m16n8k32"] == 1024
    assert per_cycle["fp4_m16n8k32"] == 1024
    assert per_cycle["fp8acc16_e4m3_m16n8k32"] == per_cycle["mxfp8_e4m3_m16n8k32"] == 2048
    assert per_cycle["mxfp6_e3m2_m16n8k32"] == 2048
    assert per_cycle["mxfp4_m16n8k64"] == per_cycle["nvfp4_m16n8k64"] == 4096
    assert per_cycle["fp16_m16n8k16"] == 512
    assert per_cycle["fp16acc_m16n8k16"] == 1024


def test_published_rates_of_blackwell_stay_under_their_ceilings():
    """mmapeak on an RTX 5090: 731.5 TFLOP/s of mxf8, 369.9 of f6 with fp32 sums, 740.9 of s8."""
    highest = 1.29 * RTX5090.clock_hz * RTX5090.sm_count
    found = {"mxfp8_e4m3": 731.5, "fp6_e3m2": 369.9, "int8": 740.9, "mxfp4": 1462.4}
    for name, rate in found.items():
        shape = f"{name}_m16n8k{64 if name == 'mxfp4' else 32}"
        assert rate * 1e12 < highest * ceilings.shape_flop_per_cycle(shape, RTX5090)


@pytest.mark.parametrize(
    ("capability", "fp32", "fp64"),
    [
        ("8.0", 64, 32),
        ("8.6", 128, 2),
        ("8.9", 128, 2),
        ("9.0", 128, 64),
        ("10.0", 128, 64),
        ("12.0", 128, 2),
    ],
)
def test_lanes_of_single_and_double_precision(capability, fp32, fp64):
    spec = next(one for one in CHIPS if one.compute_capability == capability)
    assert ceilings.operation_flop_per_cycle("fp32_fma", spec) == 2 * fp32
    assert ceilings.operation_flop_per_cycle("fp64_fma", spec) == 2 * fp64


def test_no_instruction_starts_more_often_than_schedulers_start_it():
    for spec, operation in product(CHIPS, alu.OPERATIONS):
        found = ceilings.operation_flop_per_cycle(operation.name, spec)
        assert found is not None
        assert found <= ceilings.ISSUE_LANES * operation.flop


@pytest.mark.parametrize(
    ("benchmark", "axes"),
    [
        ("gpu.memory.onchip", {"level": "shared"}),
        ("gpu.memory.onchip", {"level": "l1"}),
        ("gpu.memory.bandwidth", {"level": "l2", "direction": "read"}),
        ("gpu.cluster.bandwidth", {"cluster": 2}),
        ("gpu.copy.bandwidth", {"level": "l2", "kind": "bulk"}),
    ],
)
def test_no_level_feeds_an_sm_faster_than_its_port(benchmark, axes):
    clock_hz, point = 1.755e9, at(benchmark, **axes)
    full = 132 * 128 * clock_hz
    assert impossible(rate(point, full, clock_hz, Quantity.BANDWIDTH), H200) == ""
    told = impossible(rate(point, 1.1 * full, clock_hz, Quantity.BANDWIDTH), H200)
    assert "B/s is above SMs" in told


def test_copies_from_memory_and_the_host_are_held_to_their_links():
    def bandwidth(benchmark, value, **axes):
        return rate(at(benchmark, **axes), value, 1.755e9, Quantity.BANDWIDTH)

    copied = {"kind": "bulk", "level": "dram"}
    assert impossible(bandwidth("gpu.copy.bandwidth", 4.5e12, **copied), H200) == ""
    assert "carries" in impossible(bandwidth("gpu.copy.bandwidth", 5.2e12, **copied), H200)
    moved = {"direction": "h2d", "memory": "pinned"}
    assert impossible(bandwidth("gpu.transfer", 55e9, **moved), H200) == ""
    assert "16 lanes" in impossible(bandwidth("gpu.transfer", 75e9, **moved), H200)
    pageable = {"direction": "d2h", "memory": "pageable"}
    assert "16 lanes" in impossible(bandwidth("gpu.transfer", 75e9, **pageable), H200)
    assert impossible(bandwidth("gpu.transfer", 400e9, **moved), catalogue.find("GH200")) == ""


def library(benchmark: str, seconds: float, work: float, moved: float, **axes: object):
    return Measurement(
        at(benchmark, **axes),
        Quantity.LATENCY,
        Verdict.OK,
        value=seconds,
        work_flop=work,
        bytes_moved=moved,
    )


def test_library_calls_do_no_more_than_the_chip():
    gemm = {"op": "bmm", "number_format": "bf16", "cache": "cold"}
    assert impossible(rate(at("gpu.gemm", **gemm), 0.8e15, None), H200) == ""
    assert "above SMs" in impossible(rate(at("gpu.gemm", **gemm), 1.5e15, None), H200)
    double = {"op": "mm", "number_format": "fp64", "cache": "hot"}
    assert impossible(rate(at("gpu.gemm", **double), 66e12, None), H200) == ""
    assert "above SMs" in impossible(rate(at("gpu.gemm", **double), 90e12, None), H200)
    attention = {"op": "sdpa", "number_format": "bf16"}
    assert impossible(library("gpu.library", 1e-3, 6e11, 1e8, **attention), H200) == ""
    assert impossible(library("gpu.library", 1e-3, 2e12, 1e8, **attention), H200)


def test_a_convolution_may_do_less_work_than_it_is_counted_with():
    axes = {"op": "conv2d", "number_format": "fp32"}
    assert impossible(library("gpu.library", 1e-3, 2e11, 1e6, **axes), H200) == ""


def test_what_a_cache_can_hold_is_no_traffic():
    axes = {"op": "softmax", "number_format": "fp32"}
    held = 2 * H200.l2_bytes
    assert impossible(library("gpu.library", 1e-5, 0.0, held, **axes), H200) == ""
    assert "carries" in impossible(library("gpu.library", 1e-4, 0.0, held + 6e8, **axes), H200)


def test_hopper_s_mma_sync_is_held_to_its_share_at_the_highest_clock_alone():
    """62.9% of the datasheet's rate was published, at no stated clock: a slow clock may do more."""
    point, slow_hz = at("gpu.tensor.mma.throughput", shape="bf16_m16n8k16"), 1.4e9
    full = 132 * 4096 * slow_hz
    assert impossible(rate(point, 0.85 * full, slow_hz), H200) == ""
    assert "above SMs" in impossible(rate(point, 1.05 * full, slow_hz), H200)
    assert "this path reaches" in impossible(rate(point, 0.85e15, 1.98e9), H200)
