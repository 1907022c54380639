"""What the CPU suites plan: unique, cheap to list, sized by the device, honest bytes."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Benchmark, Effort, visits_of
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import DeviceError
from microbench.runner.plan import START_S
from microbench.suites import (
    all_benchmarks,
    cpu_arithmetic,
    cpu_bandwidth,
    cpu_clock,
    cpu_fusion,
    cpu_gemm,
    cpu_latency,
    cpu_library,
    cpu_tlb,
)

MODULES = (
    *(cpu_arithmetic, cpu_bandwidth, cpu_clock, cpu_fusion),
    *(cpu_gemm, cpu_latency, cpu_library, cpu_tlb),
)
BENCHMARKS = tuple(benchmark for module in MODULES for benchmark in module.BENCHMARKS)


def device(
    cores: int = 2, llc_mib: int | None = 32, dram_gib: int = 24, arch: str = "zen4"
) -> DeviceSpec:
    return DeviceSpec(
        name="cpu",
        title="test",
        kind=DeviceKind.CPU,
        vendor="test",
        arch=arch,
        compute_capability=None,
        sm_count=cores,
        clock_hz=None,
        dram_bandwidth_bytes_per_s=None,
        dram_bytes=dram_gib * 2**30,
        l2_bytes=2**20,
        llc_bytes=llc_mib * 2**20 if llc_mib else None,
    )


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.name)
@pytest.mark.parametrize("effort", list(Effort))
def test_points_are_unique_and_the_same_each_time(benchmark: Benchmark, effort: Effort) -> None:
    keys = [point.key for point in benchmark.points(device(), effort)]
    assert keys
    assert len(keys) == len(set(keys))
    assert keys == [point.key for point in benchmark.points(device(), effort)]
    assert benchmark.question.endswith("?")
    assert benchmark.source


def test_estimates_keep_the_promised_times() -> None:
    """About a minute for quick, 300 s for default, 3 s of start-up a benchmark included."""
    for effort, limit_s in ((Effort.QUICK, 90), (Effort.DEFAULT, 300)):
        planned_s = sum(
            3 + len(benchmark.points(device(), effort)) * benchmark.seconds_per_point[effort]
            for benchmark in BENCHMARKS
        )
        assert planned_s < limit_s, f"{effort}: {planned_s:.0f} s"


def test_a_quick_estimate_is_what_a_run_took() -> None:
    """94 points took 64.5 s on two cores of a shared EPYC; each benchmark's part in seconds."""
    taken_s = {
        "cpu.compute.fma": (10, 3.5), "cpu.memory.bandwidth": (18, 9.1), "cpu.clock": (1, 1.2),
        "cpu.fusion": (6, 8.7), "cpu.gemm": (10, 6.8), "cpu.memory.latency": (19, 18.6),
        "cpu.library": (19, 7.5), "cpu.memory.tlb": (5, 3.0), "cpu.workloads": (6, 5.2),
    }  # fmt: skip
    by_name = {benchmark.name: benchmark for benchmark in all_benchmarks()}
    for name, (points, seconds) in taken_s.items():
        planned_s = START_S + points * by_name[name].seconds_per_point[Effort.QUICK]
        assert 0.75 * seconds <= planned_s <= 1.35 * seconds, name


def test_listing_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from microbench.suites import all_benchmarks\n"
        "assert all_benchmarks()\n"
        "heavy = {'torch', 'numpy', 'llvmlite', 'scipy', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_point_says_of_arm_what_only_x86_was_asked() -> None:
    formats = {
        arch: {point["number_format"] for point in cpu_arithmetic.points(device(arch=arch), effort)}
        for arch in ("zen4", "neoverse_v1", "unheard of")
        for effort in Effort
    }
    assert formats["zen4"] == formats["unheard of"] == {"fp64", "fp32", "bf16", "fp16", "int8"}
    assert formats["neoverse_v1"] == {"fp64", "fp32", "fp16"}


@given(
    st.integers(1, 512),
    st.sampled_from([None, 4, 8, 32, 256, 1024]),
    st.sampled_from([1, 4, 24, 512]),
    st.sampled_from(list(Effort)),
)
def test_working_sets_fit_memory_and_rise(
    cores: int, llc_mib: int | None, dram_gib: int, effort: Effort
) -> None:
    spec = device(cores, llc_mib, dram_gib)
    sizes = cpu_latency.sizes(spec, effort)
    assert sizes[0] == 4096
    assert all(later > earlier for earlier, later in itertools.pairwise(sizes))
    assert sizes[-1] <= (spec.dram_bytes or 0) // 4
    largest = max(cpu_bandwidth.levels(spec).values())
    assert largest * cores <= (spec.dram_bytes or 0) // 4


def test_default_ladder_has_six_sizes_a_level_and_passes_four_times_the_last_cache() -> None:
    sizes = cpu_latency.sizes(device(), Effort.DEFAULT)
    edges = [4096, 32 * 1024, 2**20, 32 * 2**20, 8 * 32 * 2**20]
    for low, high in itertools.pairwise(edges):
        assert sum(low <= size <= high for size in sizes) >= 5
    assert sizes[-1] >= 4 * 32 * 2**20
    assert cpu_latency.sizes(device(), Effort.QUICK)[-1] == 4 * 32 * 2**20


def test_every_page_size_and_core_count_is_an_axis() -> None:
    pages = {p["page_bytes"] for p in cpu_latency.points(device(), Effort.QUICK)}
    assert pages == {4096, 2 * 2**20}
    cores = {p["cores"] for p in cpu_bandwidth.points(device(8), Effort.DEFAULT)}
    assert cores == {1, 8}
    assert {p["cores"] for p in cpu_bandwidth.points(device(1), Effort.DEFAULT)} == {1}


def test_rings_in_half_of_l2_are_visited_twice_as_often() -> None:
    (benchmark,) = cpu_latency.BENCHMARKS
    for effort in Effort:
        visits = {
            int(one["size_bytes"]): visits_of(benchmark, one, effort, device())
            for one in benchmark.points(device(), effort)
        }
        usual = benchmark.visits[effort]
        assert set(visits.values()) == {usual, 2 * usual}
        assert max(size for size, count in visits.items() if count > usual) == 2**19


@pytest.mark.parametrize(("arch", "x86", "cycles"), [("zen4", True, 3), ("neoverse_v1", False, 2)])
def test_clock_states_its_assumption(arch: str, x86: bool, cycles: int) -> None:
    assert cpu_clock.multiply_cycles(arch, x86) == cycles


def test_clock_is_refused_where_no_source_states_the_latency() -> None:
    with pytest.raises(DeviceError, match="no source states"):
        cpu_clock.multiply_cycles("some_new_core", False)


@given(st.integers(1, 200), st.lists(st.integers(1, 500), min_size=1, max_size=30))
def test_windows_stay_inside_and_account_for_every_iteration(slices: int, asked: list[int]) -> None:
    window = cpu_bandwidth.Window(slices)
    for iterations in asked:
        first, count, passes = window.advance(iterations)
        assert first >= 0
        assert first + count <= slices
        scale = iterations / (slices * window.passes(iterations)) if iterations >= slices else 1
        assert count * passes * scale == pytest.approx(iterations)


def test_windows_visit_all_slices_before_any_again() -> None:
    window = cpu_bandwidth.Window(64)
    firsts = [window.advance(16)[0] for _ in range(8)]
    assert firsts == [0, 16, 32, 48, 0, 16, 32, 48]
