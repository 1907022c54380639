"""The runner's small parts: lock, environment record, plan, messages, ways to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import runner_fakes
from runner_support import DEVICE

from microbench.benchmark import (
    Benchmark,
    Effort,
    Measurement,
    Point,
    Prepared,
    Quantity,
    Sample,
)
from microbench.devices.spec import DeviceKind
from microbench.errors import DeviceError, InputError
from microbench.runner import child, environment
from microbench.runner.lock import device_lock
from microbench.runner.messages import (
    Request,
    Task,
    answer_of,
    ready_line,
    request_line,
    request_of,
    task_line,
    task_of,
)
from microbench.runner.plan import group_points, make_plan
from microbench.runner.process import ending
from microbench.runner.sweep import _round_robin
from microbench.runner.target import gpu_facts, visible


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HWPROF_LOCK_FOLDER", str(tmp_path))
    return tmp_path


HOLD = """
import sys
from microbench.runner.lock import device_lock
with device_lock(sys.argv[1], "that GPU"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_held_device_names_its_holder_and_is_free_after_a_kill(locks: Path) -> None:
    key = "GPU-6b29fc40-ca47-1067-b31d-00dd010662da"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, key],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    message = rf"GPU 0 is being measured by pid {holder.pid} "
    with pytest.raises(DeviceError, match=message), device_lock(key, "GPU 0"):
        pass
    with device_lock("cpu", "another device"):
        pass
    holder.kill()
    holder.communicate()
    with device_lock(key, "GPU 0") as path:
        assert path.read_text().startswith(f"{os.getpid()}\n")


def test_a_lock_is_never_followed_elsewhere(locks: Path) -> None:
    victim = locks / "victim"
    victim.write_text("precious")
    (locks / "hwprof-cpu.lock").symlink_to(victim)
    message = "cannot open the device lock"
    with pytest.raises(DeviceError, match=message), device_lock("cpu", "cpu"):
        pass
    assert victim.read_text() == "precious"


def test_the_record_says_what_a_reader_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    record = environment.record(["hwprof", "bench"])
    assert json.loads(json.dumps(record)) == record
    assert record["argv"] == ["hwprof", "bench"]
    assert record["variables"]["OMP_NUM_THREADS"] == "1"  # type: ignore[index]
    assert {"kernel", "libraries", "cpu_affinity", "source_sha256", "at_start"} <= set(record)
    assert len(str(record["source_sha256"])) == 64
    assert os.uname().nodename not in json.dumps(record["host_sha256"])


def test_a_known_machine_is_read_right(tmp_path: Path) -> None:
    write(
        tmp_path / "proc/cpuinfo",
        "model name\t: A CPU\nflags\t\t: fpu hypervisor\n\nmodel name: B\n",
    )
    write(tmp_path / "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n")
    write(tmp_path / "sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n")
    write(tmp_path / "sys/fs/cgroup/cpu.max", "200000 100000\n")
    write(tmp_path / "proc/stat", "cpu  1 2 3 4 5 6 7 88 9 10\n")
    write(tmp_path / "proc/pressure/cpu", "some avg10=1.50 avg60=0 avg300=0 total=1\nfull x\n")
    write(tmp_path / ".dockerenv", "")
    assert environment.processor(tmp_path)["cpu_model"] == "A CPU"
    assert environment.processor(tmp_path)["governor"] == "powersave"
    assert environment.processor(tmp_path)["virtual_machine"] is True
    assert environment.memory(tmp_path) == {"transparent_huge_pages": "madvise"}
    assert environment.confinement(tmp_path)["cgroup_cpu_max"] == "200000 100000"
    assert environment.confinement(tmp_path)["container"] is True
    assert environment.load(tmp_path)["steal_ticks"] == 88
    assert environment.load(tmp_path)["pressure_cpu"] == "some avg10=1.50 avg60=0 avg300=0 total=1"


def test_a_machine_that_tells_nothing_gets_no_guess(tmp_path: Path) -> None:
    assert "governor" not in environment.processor(tmp_path)
    assert environment.memory(tmp_path) == {}
    assert set(environment.load(tmp_path)) <= {"steal_ticks"}


def test_source_hash_sees_every_change(tmp_path: Path) -> None:
    write(tmp_path / "a.py", "x = 1")
    before = environment.source_sha256(tmp_path)
    write(tmp_path / "notes.txt", "ignored")
    assert environment.source_sha256(tmp_path) == before
    write(tmp_path / "a.py", "x = 2")
    assert environment.source_sha256(tmp_path) != before


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([3], "3"), ([0, 1, 2, 8, 10, 11], "0-2,8,10-11")]
)
def test_core_lists_are_short(numbers: list[int], text: str) -> None:
    assert environment._ranges(numbers) == text


@pytest.mark.parametrize(
    ("code", "output", "out_of_memory", "text"),
    [
        (-11, "", False, "the process died of SIGSEGV"),
        (-9, "", False, "the process died of SIGKILL"),
        (-9, "", True, "out of memory: the kernel killed the process"),
        (3, "a\nlast words", False, "the process ended with code 3: last words"),
        (0, "", False, "the process ended with code 0: it printed nothing"),
    ],
)
def test_endings_in_words(code: int, output: str, out_of_memory: bool, text: str) -> None:
    assert ending(code, output, out_of_memory) == text


def test_messages_read_back() -> None:
    task = Task("a.b", ("m",), DEVICE, Effort.QUICK, 7, 5, 4711)
    assert task_of(task_line(task)) == task
    request = Request(Point("a.b", (("n", 1), ("x", 0.1), ("s", "ü\n"))), 1.5, visits=3)
    assert request_of(request_line(request)) == request
    assert request_line(request).count(b"\n") == 1
    assert answer_of(ready_line()) is None


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"event":"other"}', b'{"event":"measured"}'],
)
def test_what_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(InputError):
        answer_of(line)


def test_a_plan_counts_points_and_seconds() -> None:
    plan = make_plan(runner_fakes.BENCHMARKS[:2], DEVICE, Effort.QUICK, processes=2)
    assert len(plan.points) == 6
    assert plan.estimate_s == pytest.approx(2 * 2 * (0.8 + 3 * 0.05))


def test_a_plan_without_points_is_refused() -> None:
    empty = Benchmark(
        *("e", "?", DeviceKind.CPU, "s", Quantity.LATENCY),
        points=lambda _device, _effort: (),
        prepare=runner_fakes.BENCHMARKS[0].prepare,
    )
    with pytest.raises(InputError, match="no benchmark asked for has a point on a test"):
        make_plan([empty], DEVICE, Effort.QUICK)


def test_a_benchmark_that_is_gone_is_named() -> None:
    with pytest.raises(InputError, match=r"'gone'.*--module"):
        group_points([Point("gone")], runner_fakes.BENCHMARKS, Effort.QUICK)


@pytest.mark.parametrize(
    ("given", "index", "chosen"),
    [(None, 1, "GPU-u"), ("", 0, "GPU-u"), ("3", 0, "3"), ("MIG-a", 0, "MIG-a"), ("2,5", 1, "5")],
)
def test_a_child_sees_one_gpu(given: str | None, index: int, chosen: str) -> None:
    assert visible("GPU-u", index, given)["CUDA_VISIBLE_DEVICES"] == chosen


def test_what_a_driver_does_not_tell_is_left_out() -> None:
    class FakeNvml:
        NVMLError = RuntimeError

        @staticmethod
        def nvmlSystemGetDriverVersion() -> bytes:  # noqa: N802 - NVML's own name
            return b"580.1"

        @staticmethod
        def nvmlDeviceGetPowerUsage(_handle: object) -> int:  # noqa: N802 - NVML's own name
            raise RuntimeError("not supported")

        @staticmethod
        def nvmlDeviceGetEccMode(_handle: object) -> list[int]:  # noqa: N802 - NVML's own name
            return [1, 1]

    assert gpu_facts(FakeNvml, "handle") == {"gpu_driver": "580.1", "gpu_ecc": [1, 1]}


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_later_visit_keeps_what_the_first_told_of_settling() -> None:
    """The load's first 100 ms happen once; its notes must not vanish with the second visit."""

    def sample(iterations: int) -> Sample:
        end = time.perf_counter() + iterations * 1e-4
        while time.perf_counter() < end:
            pass
        return Sample(iterations * 1e-4)

    def prepare(*_: object) -> Prepared:
        return Prepared(sample=sample, settle_s=0.02)

    benchmark = Benchmark(
        name="fake.settles",
        question="?",
        kind=DeviceKind.CPU,
        suite="fake",
        quantity=Quantity.LATENCY,
        points=lambda *_: (),
        prepare=prepare,
    )
    task = Task("fake.settles", (), DEVICE, Effort.THOROUGH, 0, -1, os.getpid(), False)
    visited: dict[Point, Measurement] = {}
    request = Request(Point("fake.settles"), 5.0, visits=2)
    for _ in range(2):
        line, usable = child._answer(task, benchmark, request, visited)
        assert usable
    notes = answer_of(line).notes
    assert notes["visits"] == 2
    assert {"settled_s", "value_first_100ms"} <= notes.keys()


def test_points_visited_twice_as_often_go_round_between_the_others() -> None:
    few, often = Point("a", (("n", 1),)), Point("a", (("n", 2),))
    assert list(_round_robin({few: 2, often: 4})) == [
        *((1, often), (1, few), (2, often)),
        *((3, often), (2, few), (4, often)),
    ]
    assert list(_round_robin({few: 2, often: 2})) == [(1, few), (1, often), (2, few), (2, often)]
