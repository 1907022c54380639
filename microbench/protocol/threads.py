"""The same native loop on several cores at once, each thread timing itself.

Waking a thread takes tens of microseconds, so threads meet at a gate in native code and start
within a few hundred nanoseconds of each other. A round is kept only if no thread was disturbed and
all ran side by side: one late thread would measure the others alone.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from microbench.benchmark import Sample
from microbench.protocol.sampling import KEPT_CPU_SHARE, reason

LEAST_OVERLAP = 0.9
"""Share of a round during which all threads must have been running."""
UNEVEN = "uneven"


@dataclass(frozen=True, slots=True)
class Job:
    """One thread's native work: its address and its six arguments for a number of iterations."""

    function: int
    arguments: Callable[[int], tuple[int, int, int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Lap:
    """What one thread saw of a round, in seconds on the shared raw clock."""

    start_s: float
    end_s: float
    cpu_s: float
    preempted: bool


class _Record(ctypes.Structure):
    """The words ``cpu_gate_ir.gate`` reads and writes."""

    _fields_ = (
        ("function", ctypes.c_int64),
        ("arguments", ctypes.c_int64 * 6),
        ("gate", ctypes.c_int64),
        ("target", ctypes.c_int64),
        ("stamps", ctypes.c_int64 * 8),
        ("usage_before", ctypes.c_int64 * 18),
        ("usage_after", ctypes.c_int64 * 18),
    )


class Team:
    """Threads, one a core, that run a round of jobs together."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        from microbench.kernels import cpu_gate_ir, cpu_jit

        self._jobs = jobs
        self._compiled = cpu_jit.compile_ir(cpu_gate_ir.gate())
        self._native = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(self._compiled.address)
        self._gate = ctypes.c_int64(0)
        self._records = [_Record(function=job.function) for job in jobs]
        self._rounds = 0
        self._begin = threading.Barrier(len(jobs) + 1)
        self._end = threading.Barrier(len(jobs) + 1)
        cores = sorted(os.sched_getaffinity(0))
        for index, record in enumerate(self._records):
            core = cores[index % len(cores)]
            threading.Thread(target=self._serve, args=(record, core), daemon=True).start()

    def sample(self, iterations: int) -> Sample:
        """Run one round and return it as a sample."""
        return combine(self.round(iterations))

    def round(self, iterations: int) -> list[Lap]:
        """Run every job ``iterations`` times and return each thread's lap."""
        self._rounds += 1
        for job, record in zip(self._jobs, self._records, strict=True):
            record.arguments[:] = job.arguments(iterations)
            record.gate = ctypes.addressof(self._gate)
            record.target = self._rounds * len(self._jobs)
        self._begin.wait()
        self._end.wait()
        return [_lap(record) for record in self._records]

    def _serve(self, record: _Record, core: int) -> None:
        os.sched_setaffinity(0, {core})
        while True:
            self._begin.wait()
            self._native(ctypes.addressof(record))
            self._end.wait()


def combine(laps: Sequence[Lap]) -> Sample:
    """Return a round as one sample: first start to last end, the longest thread's CPU time."""
    start_s, end_s = min(lap.start_s for lap in laps), max(lap.end_s for lap in laps)
    together_s = min(lap.end_s for lap in laps) - max(lap.start_s for lap in laps)
    reasons = [
        reason(lap.end_s - lap.start_s, lap.cpu_s, lap.preempted, KEPT_CPU_SHARE) for lap in laps
    ]
    if together_s < LEAST_OVERLAP * (end_s - start_s):
        reasons.append(UNEVEN)
    return Sample(
        end_s - start_s,
        max(lap.cpu_s for lap in laps),
        discarded=next(filter(None, reasons), ""),
    )


def _lap(record: _Record) -> Lap:
    seconds = [record.stamps[2 * i] + 1e-9 * record.stamps[2 * i + 1] for i in range(4)]
    wall_start_s, cpu_start_s, wall_end_s, cpu_end_s = seconds
    return Lap(
        wall_start_s,
        wall_end_s,
        cpu_end_s - cpu_start_s,
        record.usage_before[17] != record.usage_after[17],
    )
