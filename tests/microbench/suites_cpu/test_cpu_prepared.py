"""Prepared points on this machine: code and result checks pass, planted faults do not."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator

import pytest

from microbench.benchmark import AxisValue, Effort, Point, Prepared, Quantity, Verdict
from microbench.devices.detect import local_cpu
from microbench.errors import DeviceError, UnsupportedError
from microbench.formats import NumberFormat
from microbench.kernels import cpu_ir, cpu_jit, cpu_windows
from microbench.protocol.measure import measure
from microbench.suites import (
    cpu_arithmetic,
    cpu_bandwidth,
    cpu_clock,
    cpu_latency,
    cpu_tlb,
    find,
)

pytestmark = pytest.mark.filterwarnings("error")


def point(name: str, **axes: AxisValue) -> Point:
    return Point(name, tuple(axes.items()))


STREAMS = [
    point(
        cpu_bandwidth.NAME,
        operation=operation,
        stores=stores,
        level="l2",
        size_bytes=2**18,
        cores=cores,
    )
    for operation in cpu_bandwidth.ARRAYS
    for stores in ("plain", "nontemporal")
    for cores in (1, 2)
    if operation != "read" or stores == "plain"
]
OTHERS = [
    point("cpu.clock"),
    point(cpu_latency.NAME, size_bytes=4096, page_bytes=4096),
    point(cpu_latency.NAME, size_bytes=65536, page_bytes=4096),
    point(cpu_latency.NAME, size_bytes=2**20, page_bytes=4096),
    point(cpu_tlb.NAME, spans=64, page_bytes=4096),
    point(cpu_arithmetic.NAME, number_format="fp32", vector_bits="widest", cores=1),
    point(cpu_arithmetic.NAME, number_format="fp64", vector_bits="widest", cores=2),
    point(cpu_arithmetic.NAME, number_format="bf16", vector_bits="widest", cores=1),
    point(cpu_arithmetic.NAME, number_format="fp16", vector_bits="widest", cores=1),
    point(cpu_arithmetic.NAME, number_format="int8", vector_bits="widest", cores=1),
]


@pytest.mark.parametrize("chosen", STREAMS + OTHERS, ids=lambda chosen: chosen.key)
def test_checks_pass_and_a_sample_has_time(chosen: Point) -> None:
    try:
        prepared = find(chosen.benchmark).prepare(chosen, local_cpu(), 1)
    except DeviceError as error:
        pytest.skip(str(error))
    assert prepared.check_code is not None
    assert prepared.check_result is not None
    check = prepared.check_code()
    assert check.ok, check.signature
    assert len(check.code_sha256) == 64
    assert prepared.check_result() == ""
    sample = prepared.sample(3)
    assert sample.time_s > 0
    assert prepared.contention_adds or sample.cpu_time_s is not None


def latency(size_bytes: int) -> Prepared:
    chosen = point(cpu_latency.NAME, size_bytes=size_bytes, page_bytes=4096)
    return cpu_latency.prepare(chosen, local_cpu(), 1)


def test_rings_in_private_caches_are_timed_in_windows_of_whole_passes() -> None:
    if cpu_windows.counter_problem():
        pytest.skip(cpu_windows.counter_problem())
    for size_bytes in (4096, 46336, 65536):
        prepared = latency(size_bytes)
        loads, lines = prepared.operations, size_bytes // 64
        assert prepared.contention_adds
        assert prepared.notes["loads_a_window"] == loads
        assert loads >= cpu_latency.LONG_RING_LOADS
        assert loads % lines < cpu_ir.CHASE_UNROLL
        sample = prepared.sample(3)
        assert sample.clock_hz is not None
        assert 2e8 < sample.clock_hz < 8e9
    beyond = latency(4 * (local_cpu().l2_bytes or cpu_latency.UNKNOWN_L2_BYTES))
    assert not beyond.contention_adds
    assert beyond.one_clock is None


def test_without_a_counter_or_beside_loads_calls_are_timed_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cpu_windows, "counter_problem", lambda: "no counter")
        assert not latency(4096).contention_adds
    monkeypatch.setattr(cpu_latency, "in_company", lambda: True)
    assert not latency(4096).contention_adds


def test_a_planted_wrong_window_gets_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    if cpu_windows.counter_problem():
        pytest.skip(cpu_windows.counter_problem())
    right = cpu_windows.chase_windows()
    planted = right.replace("mul i32 %x7, %x7", "add i32 %x7, 1")
    monkeypatch.setattr(cpu_windows, "chase_windows", lambda: planted)
    chosen = point(cpu_latency.NAME, size_bytes=4096, page_bytes=4096)
    found = measure(chosen, Quantity.LATENCY, latency(4096), Effort.QUICK, 5)
    assert found.verdict is Verdict.WRONG_CODE
    assert found.value is None


def test_every_level_of_memory_checks_its_result() -> None:
    spec = local_cpu()
    for chosen in cpu_bandwidth.points(spec, Effort.QUICK):
        if chosen["level"] == "dram" and chosen["operation"] == "triad":
            small = tuple(
                (name, 2**23 if name == "size_bytes" else value) for name, value in chosen.axes
            )
            prepared = cpu_bandwidth.prepare(Point(cpu_bandwidth.NAME, small), spec, 1)
            assert prepared.check_result is not None
            assert prepared.check_result() == ""


def test_a_planted_wrong_kernel_gets_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """19 chains claimed as 20: the gate refuses before anything is timed."""
    right = cpu_ir.multiply_add
    monkeypatch.setattr(cpu_ir, "multiply_add", lambda dot, chains: right(dot, chains - 1))
    chosen = point(cpu_arithmetic.NAME, number_format="fp32", vector_bits="widest", cores=1)
    prepared = cpu_arithmetic.prepare(chosen, local_cpu(), 1)
    found = measure(chosen, Quantity.THROUGHPUT, prepared, Effort.QUICK, 5)
    assert found.verdict is Verdict.WRONG_CODE
    assert found.value is None
    assert found.samples == ()


def test_a_planted_wrong_constant_is_a_wrong_result(monkeypatch: pytest.MonkeyPatch) -> None:
    right = cpu_ir.stream
    monkeypatch.setattr(cpu_ir, "stream", lambda *args: right(*args).replace("3.0", "2.0"))
    chosen = STREAMS[-2]
    prepared = cpu_bandwidth.prepare(chosen, local_cpu(), 1)
    found = measure(chosen, Quantity.BANDWIDTH, prepared, Effort.QUICK, 5)
    assert found.verdict is Verdict.WRONG_RESULT
    assert "elements are not" in found.reason


def test_a_width_this_processor_lacks_is_refused() -> None:
    if cpu_jit.vector_bits() == 512:
        pytest.skip("this processor has every width")
    chosen = point(cpu_arithmetic.NAME, number_format="fp32", vector_bits=512, cores=1)
    with pytest.raises(DeviceError, match="not 512"):
        cpu_arithmetic.prepare(chosen, local_cpu(), 1)


@pytest.mark.parametrize("number_format", ["bf16", "fp16", "int8"])
def test_a_processor_without_dot_products_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, number_format: str
) -> None:
    """An AVX2 laptop: the point is ``unsupported`` and the command ends with 0."""
    monkeypatch.setattr(cpu_jit, "host_features", lambda: frozenset({"avx2", "fma"}))
    chosen = point(cpu_arithmetic.NAME, number_format=number_format, vector_bits="widest", cores=1)
    with pytest.raises(UnsupportedError, match="needs avx512"):
        cpu_arithmetic.prepare(chosen, local_cpu(), 1)


@pytest.fixture
def without_llvm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation whose llvmlite does not load, caches of compiled code emptied."""
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    cpu_jit.compile_ir.cache_clear()
    cpu_jit.host_features.cache_clear()
    yield
    monkeypatch.undo()
    cpu_jit.compile_ir.cache_clear()
    cpu_jit.host_features.cache_clear()


@pytest.mark.usefixtures("without_llvm")
@pytest.mark.parametrize("chosen", [s for s in STREAMS if s["stores"] == "plain"])
def test_without_llvm_streams_are_marked_upper_bounds_on_one_core(chosen: Point) -> None:
    if chosen["cores"] != 1:
        with pytest.raises(DeviceError, match="one core"):
            cpu_bandwidth.prepare(chosen, local_cpu(), 1)
        return
    prepared = cpu_bandwidth.prepare(chosen, local_cpu(), 1)
    assert prepared.notes["meaning"] == "upper bound on cost"
    assert prepared.sample(2).time_s > 0


@pytest.mark.usefixtures("without_llvm")
@pytest.mark.parametrize("chosen", OTHERS, ids=lambda chosen: chosen.key)
def test_without_llvm_the_rest_is_refused_with_the_reason(chosen: Point) -> None:
    with pytest.raises(DeviceError, match="install llvmlite"):
        find(chosen.benchmark).prepare(chosen, local_cpu(), 1)


def test_clock_lies_where_processors_run() -> None:
    try:
        prepared = cpu_clock.prepare(point("cpu.clock"), local_cpu(), 1)
    except DeviceError as error:
        pytest.skip(str(error))
    found = measure(point("cpu.clock"), Quantity.FREQUENCY, prepared, Effort.QUICK, 20)
    assert found.value is not None
    assert 2e8 < found.value < 8e9


def test_operands_multiply_exactly() -> None:
    from microbench.kernels import cpu_memory

    block = cpu_memory.allocate(16384)
    for number_format in cpu_arithmetic.FORMATS:
        added = cpu_arithmetic.fill(block, number_format, 256, 5)
        lanes = {NumberFormat.FP64: 4, NumberFormat.FP16: 16}.get(number_format, 8)
        assert added.shape == (lanes,)
        assert (added > 0).all()
    assert dataclasses.is_dataclass(block)
