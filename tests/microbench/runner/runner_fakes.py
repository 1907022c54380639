"""Benchmarks that behave as their name says, for children of the real runner."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity, Sample
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import UnsupportedError

POINTS = int(os.environ.get("FAKE_POINTS", "3"))
LIMITS = {Effort.QUICK: 0.05, Effort.DEFAULT: 0.05, Effort.THOROUGH: 0.05}


FACTORS = itertools.cycle((1.0, 3.0))
VISITED: list[bool] = []


def steady(iterations: int) -> Sample:
    """Claim one millisecond an iteration without waiting for it."""
    return Sample(1e-3 * iterations, 1e-3 * iterations)


def shaky(iterations: int) -> Sample:
    """Be three times slower every other time."""
    return Sample(1e-3 * iterations * next(FACTORS))


def behave(
    name: str, behaviour: Callable[[], Prepared], bad: int = 1, visits: int = 1
) -> Benchmark:
    """A benchmark of POINTS points whose point number ``bad`` behaves badly."""

    def points(_device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
        return tuple(Point(name, (("number", number),)) for number in range(POINTS))

    def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
        log = os.environ.get("FAKE_LOG")
        if log:
            with Path(log).open("a") as file:
                file.write(f"{point.key} {os.getpid()}\n")
        return behaviour() if point["number"] == bad else Prepared(sample=steady)

    return Benchmark(
        name=name,
        question=f"What becomes of a run with {name}?",
        kind=DeviceKind.CPU,
        suite="fake",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        seconds_per_point=LIMITS,
        visits=dict.fromkeys(Effort, visits),
    )


def crash() -> Prepared:
    ctypes.string_at(0)
    raise AssertionError("a null pointer was read")


def hang() -> Prepared:
    time.sleep(3600)
    raise AssertionError("woke up")


def hang_hard() -> Prepared:
    """Ignore SIGTERM, and leave a grandchild that would outlive its parent."""
    import subprocess

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    started = subprocess.Popen(["sleep", "3600"])
    Path(os.environ["FAKE_GRANDCHILD"]).write_text(str(started.pid))
    time.sleep(3600)
    raise AssertionError("woke up")


def garbage() -> Prepared:
    for descriptor in range(3, 500):
        try:
            os.write(descriptor, b"\x00\xff{]not json\n")
        except OSError:
            continue
    time.sleep(3600)
    raise AssertionError("woke up")


def chatter() -> Prepared:
    """Print 20 MB on both streams, some of it looking like an answer, then measure well."""
    for _ in range(200):
        sys.stdout.write('{"event":"ready"}\n' * 3000)
        sys.stderr.write("x" * 50_000 + "\n")
    return Prepared(sample=steady)


def out_of_memory() -> Prepared:
    return Prepared(sample=steady, notes={"size": len(bytearray(2**62))})


def unsupported() -> Prepared:
    raise UnsupportedError("this needs sm_90a")


def leave() -> Prepared:
    sys.stderr.write("driver says: device lost\n")
    sys.stderr.flush()
    os._exit(7)


def killed() -> Prepared:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("survived")


def kill_parent() -> Prepared:
    """Take the process that asked along, as a machine that goes."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(3600)
    raise AssertionError("woke up")


def killed_next_time() -> Prepared:
    """Measure well once, then die."""
    if VISITED:
        killed()
    VISITED.append(True)
    return Prepared(sample=steady)


def hang_next_time() -> Prepared:
    """Measure well once, then hang."""
    if VISITED:
        hang()
    VISITED.append(True)
    return Prepared(sample=steady)


def infinite() -> Prepared:
    return Prepared(sample=steady, notes={"ratio": float("inf")})


def wrong_code() -> Prepared:
    return Prepared(sample=steady, check_code=lambda: CodeCheck(False, "0 x vfmadd, wanted 20"))


def wrong_result() -> Prepared:
    return Prepared(sample=steady, check_result=lambda: "sum is 3, wanted 4")


BENCHMARKS = (
    behave("fake.fast", lambda: Prepared(sample=steady)),
    behave("fake.noisy", lambda: Prepared(sample=shaky)),
    behave("fake.crash", crash),
    behave("fake.hang", hang),
    behave("fake.hang_hard", hang_hard),
    behave("fake.garbage", garbage),
    behave("fake.chatter", chatter),
    behave("fake.out_of_memory", out_of_memory),
    behave("fake.unsupported", unsupported),
    behave("fake.leave", leave),
    behave("fake.killed", killed),
    behave("fake.kill_parent", kill_parent),
    behave("fake.infinite", infinite),
    behave("fake.wrong_code", wrong_code),
    behave("fake.wrong_result", wrong_result),
    behave("fake.twice", lambda: Prepared(sample=steady), visits=2),
    behave("fake.killed_next_time", killed_next_time, visits=2),
    behave("fake.hang_next_time", hang_next_time, visits=2),
)
