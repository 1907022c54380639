"""What a run on each known GPU would measure, decided without one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from microbench import suites
from microbench.benchmark import Effort
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.kernels.architectures import arch_of, supported_arch
from microbench.kernels.cuda_kernel import all_kernels
from microbench.runner.plan import make_plan
from microbench.suites.gpu_latency import LADDER

GPU = suites.select(kind=DeviceKind.GPU)


def points(name, effort, benchmark):
    found = next(one for one in GPU if one.name == benchmark)
    return found.points(catalogue.find(name), effort)


@pytest.mark.parametrize(
    "name", ["H100-SXM-80GB", "H200-SXM", "A100-SXM-80GB", "RTX-4090", "B200", "RTX-5090"]
)
def test_everything_thorough_takes_under_nine_minutes(name):
    """With some time to spare for kernels compiled for the first time."""
    assert make_plan(GPU, catalogue.find(name), Effort.THOROUGH).estimate_s < 520


def test_our_own_kernels_come_before_library_calls():
    groups = make_plan(GPU, catalogue.find("H200-SXM"), Effort.THOROUGH).groups
    late = [group.benchmark.suite in {"gemm", "library", "fusion", "workloads"} for group in groups]
    assert late == sorted(late)
    assert (late[0], late[-1]) == (False, True)


def test_a_thorough_run_goes_round_the_points_of_our_own_kernels_twice():
    """Library calls are dear to prepare: they are visited once."""
    for one in GPU:
        library = one.suite in {"gemm", "library", "fusion", "workloads"}
        once = library or one.name == "gpu.transfer"
        assert (one.visits.get(Effort.THOROUGH, 1) >= 2) != once, one.name
        assert one.visits.get(Effort.DEFAULT, 1) == 1


@pytest.mark.parametrize("effort", list(Effort))
@pytest.mark.parametrize("benchmark", GPU, ids=lambda one: one.name)
def test_points_are_distinct_and_of_their_benchmark(benchmark, effort):
    for name in ("H200-SXM", "A100-SXM-80GB", "B200", "RTX-5090", "MI300X", "M40"):
        found = benchmark.points(catalogue.find(name), effort)
        assert len({point.key for point in found}) == len(found)
        assert {point.benchmark for point in found} <= {benchmark.name}


@pytest.mark.parametrize("benchmark", GPU, ids=lambda one: one.name)
def test_more_effort_never_measures_less(benchmark):
    spec = catalogue.find("H200-SXM")
    counts = [len(benchmark.points(spec, effort)) for effort in Effort]
    assert counts == sorted(counts)


def test_chips_without_kernels_have_no_points():
    for name in ("MI300X", "M40", "V100-SXM2-16GB"):
        assert all(one.points(catalogue.find(name), Effort.THOROUGH) == () for one in GPU)


def test_instructions_stand_only_on_chips_that_have_them():
    wgmma, tcgen05 = "gpu.tensor.wgmma.throughput", "gpu.tensor.tcgen05.throughput"
    assert points("H200-SXM", Effort.DEFAULT, wgmma)
    assert not points("A100-SXM-80GB", Effort.DEFAULT, wgmma)
    assert not points("B200", Effort.DEFAULT, wgmma)
    assert points("B200", Effort.DEFAULT, tcgen05)
    assert not points("RTX-5090", Effort.DEFAULT, tcgen05)
    assert not points("A100-SXM-80GB", Effort.DEFAULT, "gpu.cluster.latency")


def test_every_benchmark_asks_a_question_and_names_its_source():
    for one in GPU:
        assert one.question.endswith("?")
        assert one.source
        assert one.name.startswith("gpu.")
        assert set(one.seconds_per_point) == set(Effort)


def kernel_of(point):
    """The declared kernel a point runs, by the rule of its suite."""
    axes = dict(point.axes)
    name = point.benchmark
    if name == "gpu.memory.latency":
        return f"chase.{axes['space']}"
    if name == "gpu.memory.bandwidth":
        return f"bandwidth.{axes['level']}.{axes['direction']}_{axes['in_flight']}"
    if name == "gpu.memory.onchip":
        return f"bandwidth.onchip.{axes['level']}_{axes['in_flight']}"
    if name == "gpu.arithmetic.latency":
        return f"alu.latency.{axes['operation']}"
    if name == "gpu.arithmetic.throughput":
        return f"alu.throughput.{axes['operation']}_{axes['chains']}"
    if name == "gpu.tensor.mma.latency":
        return f"mma.latency.{axes['shape']}"
    if name == "gpu.tensor.mma.throughput":
        return f"mma.throughput.{axes['shape']}_{axes['chains']}"
    if name.startswith("gpu.tensor.wgmma"):
        sparse = "_sparse" if axes["pattern"] == "sparse" else ""
        form = f"{axes['format']}_n{axes['columns']}_{axes['source']}"
        return f"wgmma.{name.rpartition('.')[2]}{sparse}.{form}"
    if name.startswith("gpu.tensor.tcgen05"):
        pattern = axes.get("pattern", "dense")
        family = name.rpartition(".")[2] + ("" if pattern == "dense" else f"_{pattern}")
        return f"tcgen05.{family}.{axes['format']}_n{axes['columns']}"
    if name == "gpu.copy.bandwidth":
        return f"copy.{axes['kind']}.stages_{axes['stages']}"
    if name == "gpu.cluster.bandwidth":
        return f"cluster.dsm.read_{axes['in_flight']}"
    return None


@pytest.mark.parametrize(
    "name", ["A100-SXM-80GB", "A40", "RTX-4090", "H200-SXM", "B200", "RTX-5090"]
)
def test_every_planned_point_has_a_checked_kernel(name):
    spec = catalogue.find(name)
    arch = supported_arch(spec.compute_capability)
    kernels = all_kernels()
    for benchmark in GPU:
        for point in benchmark.points(spec, Effort.THOROUGH):
            wanted = kernel_of(point)
            if wanted is not None:
                assert wanted in kernels, point.key
                assert kernels[wanted].on(arch), point.key


def test_architectures_carry_their_suffix():
    assert [arch_of(one) for one in ("8.0", "8.9", "9.0", "12.0")] == [
        "sm_80",
        "sm_89",
        "sm_90a",
        "sm_120a",
    ]
    assert supported_arch("gfx90a") is None
    assert supported_arch(None) is None
    assert supported_arch("7.0") is None


def test_listing_imports_nothing_heavy():
    code = (
        "import sys; from microbench import suites; suites.all_benchmarks();"
        "print([m for m in ('torch','numpy','cuda','triton','pynvml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["H200-SXM", "A100-SXM-80GB", "RTX-4090", "B200"])
def test_a_thorough_ladder_has_six_sizes_of_each_level(name):
    """Shared memory, L1, L2 and DRAM: beyond four times L2, and at most 45% of it."""
    spec = catalogue.find(name)
    found = [(p["space"], p["size_bytes"]) for p in points(name, Effort.THOROUGH, LADDER)]
    levels = {
        "shared": [size for space, size in found if space == "shared"],
        "l1": [size for space, size in found if space == "l1" and size <= 128 << 10],
        "l2": [size for space, size in found if space == "l2" and size <= 0.45 * spec.l2_bytes],
        "dram": [size for space, size in found if space == "l2" and size >= 4 * spec.l2_bytes],
    }
    assert {level: len(sizes) >= 5 for level, sizes in levels.items()} == dict.fromkeys(
        levels, True
    )
    assert all(len(levels[level]) >= 6 for level in ("shared", "l1"))
