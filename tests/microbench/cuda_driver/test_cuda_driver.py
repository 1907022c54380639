"""Our driver module and the kernels' own C++ on a driver made of C++, through cuda.bindings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
FAULTY = "atomic_latency_global_add"


def results(python, imports: str, made: str, **more: str) -> dict[str, str]:
    """Return what the result check of each named, prepared point says."""
    done = python(
        "import json\n"
        f"{imports}\n"
        f"made = {{{made}}}\n"
        "def answer(make):\n"
        "    prepared = make()\n"
        "    problem = prepared.check_result()\n"
        "    assert prepared.sample(2).time_s > 0\n"
        "    return problem\n"
        "print(json.dumps({name: answer(make) for name, make in made.items()}))\n",
        **more,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def all_right(found: dict[str, str], count: int) -> None:
    assert {name: problem for name, problem in found.items() if problem} == {}
    assert len(found) == count


def test_what_the_driver_says_of_the_gpu(python):
    done = python(
        "from microbench.kernels.cuda_device import fresh_gpu\n"
        "f = fresh_gpu().facts\n"
        "print(f.name, f.uuid, f.compute_capability, f.sm_count, f.l2_bytes, f.memory_bytes,"
        " f.clock_hz, f.shared_bytes_per_block, sep='|')"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == (
        f"Made of C++|{bytes(range(16)).hex()}|9.0|2|{1 << 20}|{2 << 30}|1000000000.0|{227 << 10}"
    )


def test_walks_end_where_their_rings_say(python):
    found = results(
        python,
        "from microbench.kernels import cuda_chase as c",
        "'shared': lambda: c.ladder(('shared', 4096), 7), 'l1': lambda: c.ladder(('l1', 8192), 7),"
        "'l2': lambda: c.ladder(('l2', 1 << 18), 7), 'pages': lambda: c.pages(16, 2 << 20, 7),"
        "'distance': lambda: c.distance(64, 7)",
    )
    all_right(found, 5)


def test_arrays_are_read_and_written_once_each(python):
    found = results(
        python,
        "from functools import partial\nfrom microbench.kernels import cuda_streams as s",
        "**{f'{way}{n}': partial(s.device_wide, 'l2', way, n, 2, 7)"
        " for way in ('read', 'write', 'copy', 'triad') for n in (1, 8)},"
        "**{f'{level}{n}': partial(s.onchip, level, n, 7)"
        " for level in ('l1', 'shared') for n in (1, 4)}",
    )
    all_right(found, 12)


def test_copies_and_clusters_bring_the_right_bytes(python, tmp_path):
    found = results(
        python,
        "from functools import partial\n"
        "from microbench.kernels import cuda_copies as c, cuda_clusters as d",
        "**{f'{kind}{stages}': partial(c.copies, kind, stages, 4096, 'l2', 7)"
        " for kind in ('groups', 'bulk', 'tensor') for stages in (1, 4)},"
        "'chase': lambda: d.latency(16, 1, 7), 'far': lambda: d.latency(4, 3, 7),"
        "'read': lambda: d.bandwidth(2, 4, 7)",
    )
    all_right(found, 9)
    launches = (tmp_path / "launches").read_text()
    assert "cluster_dsm_latency grid=16 block=1 shared=16384 cluster=16 cooperative=0" in launches
    assert "cluster_dsm_read_4 grid=2 block=1024 shared=65536 cluster=2" in launches


def test_chains_of_arithmetic_compute_what_they_should(python):
    found = results(
        python,
        "from functools import partial\nfrom microbench.kernels import cuda_arithmetic as a\n"
        "names = ('fp32_fma', 'fp64_fma', 'int32_mad', 'int32_add3', 'int32_shf')",
        "**{f'{name} latency': partial(a.latency, name, 1, 7) for name in names},"
        "**{f'{name} rate': partial(a.throughput, name, 4, 1, 7) for name in names}",
    )
    all_right(found, 10)


def test_atomics_and_grid_barriers_count_every_thread(python, tmp_path):
    found = results(
        python,
        "from functools import partial\n"
        "from microbench.kernels import cuda_atomics as t, cuda_launches as g",
        "**{f'{space}{spread}': partial(t.throughput, space, spread)"
        " for space in ('shared', 'global') for spread in (0, 1)},"
        "**{f'{space} {kind}': partial(t.latency, space, kind)"
        " for space in ('shared', 'global') for kind in ('add', 'cas')},"
        "'grid': lambda: g.grid_barrier(2)",
    )
    all_right(found, 9)
    launches = (tmp_path / "launches").read_text().splitlines()
    assert "launch_kernels_grid_barrier grid=4 block=256 shared=0 cluster=1 cooperative=1" in (
        launches
    )


def test_no_kernel_is_loaded_behind_a_closed_gate(python, tmp_path):
    done = python(
        "from microbench.kernels import cuda_launches as g, cuda_chase as c\n"
        "for way in ('stream', 'queued', 'awaited', 'graph'):\n"
        "    assert g.empty_kernels(way).sample(2).time_s\n"
        "assert c.ladder(('l1', 8192), 7).sample(1).time_s"
    )
    assert done.returncode == 0, done.stderr
    assert "waits for the stream" not in (tmp_path / "launches").read_text()


@pytest.fixture
def bench(driver, tmp_path):
    """``hwprof bench`` on this GPU; its NVML is the one made of Python."""
    fake_nvml = TESTS / "commands" / "bench" / "fake_driver"
    places = [str(fake_nvml), os.environ.get("PYTHONPATH", "")]

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        variables = {
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
            "HWPROF_STORE": str(tmp_path / "store.sqlite"),
            "HWPROF_LOCK_FOLDER": str(tmp_path),
        }
        start = [sys.executable, "-P", "-m", "hwprof", "bench", "--device", "0", "--json", "-q"]
        return subprocess.run(
            [*start, *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, **driver, **variables, **more},
        )

    return run


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (f"illegal:{FAULTY}", "CUDA_ERROR_ILLEGAL_ADDRESS"),
        (f"lost:{FAULTY}", "CUDA_ERROR_UNKNOWN"),
    ],
)
def test_a_fault_of_a_kernel_costs_its_point_alone(bench, fault, reason):
    done = bench("--only", "gpu.sync.atomic.latency", FAKE_CUDA_FAULT=fault)
    assert done.returncode == 1, done.stderr
    points = json.loads(done.stdout)["points"]
    lost = [point for point in points if point["verdict"] == "failed"]
    assert len(points) == 4
    assert [point["axes"] for point in lost] == [{"space": "global", "operation": "add"}]
    assert lost[0]["reason"].endswith(reason)
    assert lost[0]["value"] is None


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("busy", "CUDA_ERROR_DEVICE_UNAVAILABLE"), ("memory", "out of memory: cuMemAlloc")],
)
def test_a_gpu_in_use_or_full_is_said_at_each_point(bench, fault, reason):
    done = bench("--only", "gpu.memory.onchip", "--quick", FAKE_CUDA_FAULT=fault)
    assert done.returncode == 1, done.stderr
    points = json.loads(done.stdout)["points"]
    assert {point["verdict"] for point in points} == {"failed"}
    assert all(reason in point["reason"] for point in points)


def test_a_kernel_that_never_ends_is_killed_at_the_time_limit(bench):
    done = bench(
        "--only", "gpu.sync.atomic.latency", "--timeout", "20", FAKE_CUDA_FAULT=f"hang:{FAULTY}"
    )
    assert done.returncode == 124, done.stderr
    verdicts = [point["verdict"] for point in json.loads(done.stdout)["points"]]
    assert "interrupted" in verdicts


def test_a_session_on_a_gpu_checks_every_point_of_a_benchmark(driver, tmp_path):
    """The first half of the one call that collects everything, in the process it starts for it."""
    places = [TESTS / "commands" / "bench" / "fake_driver", TESTS.parent]
    session = TESTS.parent / "benchmarks" / "gpu_session.py"
    done = subprocess.run(
        [sys.executable, str(session), "--check", "gpu.sync.atomic.latency", "--skip", "1"],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **driver, "PYTHONPATH": os.pathsep.join(map(str, places))},
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [said for _, said in lines] == ["ok"] * 3
    assert all(key.startswith("gpu.sync.atomic.latency[") for key, _ in lines)
