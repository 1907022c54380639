"""Loads that run beside a measurement: what a kernel takes when it does not have the machine alone.

Each load is a process in a group of its own. It announces itself once it works, is killed with its
group when the block ends however it ends, and dies with its parent. What ran beside a run stands in
the run's environment record, and such a run is never taken for what the device does alone.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from microbench.benchmark import Prepared, Sample
from microbench.devices.detect import usable_cores
from microbench.errors import DeviceError, InputError

ENVIRONMENT = "contention"
"""Name of the loads in a run's environment record."""
START_LIMIT_S = 60.0
"""A GPU's load imports torch first."""
GONE_S = 10.0
MOST_A_CORE = 16
"""Loads a core, set by eye: more only fill memory and the process table."""
WINDOW_S = 0.05
"""A sample's least length beside loads, set by eye: several of the scheduler's time slices, so that
a sample holds its share of waiting. Alone, samples are short to escape preemption."""


class Pressure(StrEnum):
    """What a load wants of the machine."""

    NONE = "none"  # nothing: the reference the others are compared with, sampled as they are
    CPU = "cpu"  # integer arithmetic: cores and their clock
    MEMORY = "mem"  # copies between arrays beyond any cache: DRAM bandwidth and cache
    GPU = "gpu"  # products on the GPU measured, the first one on a CPU run


@dataclass(frozen=True, slots=True)
class Load:
    """So many processes of one pressure."""

    pressure: Pressure
    count: int = 1

    def __str__(self) -> str:
        return self.pressure.value if self.count == 1 else f"{self.pressure}:{self.count}"


def loads_of(text: str) -> tuple[Load, ...]:
    """Read ``cpu,mem:2,gpu`` or ``none``; the same pressure twice adds up.

    ``InputError`` names what is odd.
    """
    counts: Counter[Pressure] = Counter()
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, mark, number = part.partition(":")
        if name not in {*Pressure} or (mark and not (number.isdecimal() and int(number[:9]) > 0)):
            known = ", ".join(Pressure)
            raise InputError(f"--contend {part!r}: expected {known}, or a number of them as mem:2")
        counts[Pressure(name)] += int(number[:9] or 1)
    if counts[Pressure.NONE] and len(counts) > 1:
        raise InputError(f"--contend {text!r}: none goes with nothing else")
    most = MOST_A_CORE * usable_cores()
    if counts.total() > most:
        raise InputError(
            f"--contend {text!r}: at most {most} processes on this machine, {MOST_A_CORE} a core"
        )
    return tuple(Load(pressure, counts[pressure]) for pressure in Pressure if counts[pressure])


def written(loads: Sequence[Load]) -> str:
    """Return loads as the environment record keeps them: ``cpu,mem:2``; "" for none."""
    return ",".join(map(str, loads))


@contextmanager
def contend(loads: Sequence[Load], variables: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run loads while the block runs. ``DeviceError`` when one does not start, or ended early.

    ``variables`` are set in their environment: they show the GPU that is measured.
    """
    running: list[tuple[Load, subprocess.Popen[bytes]]] = []
    try:
        for load in (load for load in loads if load.pressure is not Pressure.NONE):
            running += [(load, _started(load, variables or {})) for _ in range(load.count)]
        for load, process in running:
            _wait_ready(load, process)
        yield
        for load, process in running:
            if process.poll() is not None:
                raise DeviceError(f"the {load.pressure} load ended by itself: measure again")
    finally:
        for _, process in running:
            _end(process)


def _started(load: Load, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
    places = os.pathsep.join(place or "." for place in sys.path)
    command = [sys.executable, "-P", "-m", "microbench.runner.contender", load.pressure.value]
    return subprocess.Popen(
        [*command, str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": places, **variables},
    )


def _wait_ready(load: Load, process: subprocess.Popen[bytes]) -> None:
    """Wait for the one line a load prints when it works."""
    said = [stream for stream in (process.stdout,) if stream is not None]
    ready = select.select(said, [], [], START_LIMIT_S)[0]
    if any(stream.readline() for stream in ready):
        return
    if not ready:
        raise DeviceError(f"the {load.pressure} load did not start in {START_LIMIT_S:.0f} s")
    _, printed = process.communicate()
    last = (printed.decode(errors="replace").strip().splitlines() or ["it printed nothing"])[-1]
    raise DeviceError(f"the {load.pressure} load did not start: {last[:300]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a load's group and reap it; an ended leader's number is held until it is reaped."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    try:
        process.wait(GONE_S)
    except subprocess.TimeoutExpired as error:
        raise DeviceError(f"pid {process.pid} does not die: its driver holds it") from error
    finally:
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def beside_loads(prepared: Prepared, window_s: float = WINDOW_S) -> Prepared:
    """Return the point with samples long enough to hold their share of waiting.

    A sample is the mean of consecutive ones that fill the window, waiting included; CPU time never
    stands in for it.
    """

    def sample(iterations: int) -> Sample:
        drawn = [prepared.sample(iterations)]
        while sum(one.time_s for one in drawn) < window_s:
            drawn.append(prepared.sample(iterations))
        cpu_times = [one.cpu_time_s for one in drawn if one.cpu_time_s is not None]
        return replace(
            drawn[0],
            time_s=sum(one.time_s for one in drawn) / len(drawn),
            cpu_time_s=sum(cpu_times) / len(drawn) if len(cpu_times) == len(drawn) else None,
            discarded=next((one.discarded for one in drawn if one.discarded), ""),
        )

    return replace(prepared, sample=sample, cpu_time_valid=False)
