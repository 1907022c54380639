"""The process that measures: ``python -m microbench.runner.child``, started by the runner alone.

It reads a task and then one point at a time from standard input, and answers on the task's
descriptor. It ends when its input ends, when its parent dies, and after a point that raised, since
a fault may have left the device unusable for this process.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from microbench import suites
from microbench.benchmark import Benchmark, Measurement, Point, Verdict
from microbench.errors import HwprofError, UnsupportedError
from microbench.protocol.sampling import expect_company
from microbench.runner.contend import beside_loads
from microbench.runner.messages import (
    Request,
    Task,
    measured_line,
    ready_line,
    request_of,
    task_of,
)

VISITS = "visits"
PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""
FIRST_TO_DIE = "1000"
"""oom_score_adj(5): when memory runs out, the kernel takes the child, not the run."""


def main() -> int:
    """Serve one task; return the exit code."""
    faulthandler.enable()
    task = task_of(sys.stdin.buffer.readline())
    if not _die_with(task.parent_pid):
        return 1
    benchmark = suites.find(task.benchmark, [*suites.all_benchmarks(), *suites.load(task.modules)])
    if task.contended:
        expect_company()
    visited: dict[Point, Measurement] = {}
    with os.fdopen(task.event_fd, "wb", buffering=0) as answers:
        _send(answers.fileno(), ready_line())
        for line in sys.stdin.buffer:
            answer, usable = _answer(task, benchmark, request_of(line), visited)
            _send(answers.fileno(), answer)
            if not usable:
                break
    return 0


def _answer(
    task: Task, benchmark: Benchmark, request: Request, visited: dict[Point, Measurement]
) -> tuple[bytes, bool]:
    """Measure a point; return its line, and whether this process may go on.

    ``visited`` holds what earlier visits to points made and gains this one's, pooled. Whatever a
    benchmark raises becomes the point's recorded reason.
    """
    from microbench.protocol.measure import FIRST_100MS, SETTLED, measure

    before = visited.get(request.point)
    try:
        prepared = benchmark.prepare(request.point, task.device, task.seed)
        if task.contended:
            prepared = beside_loads(prepared)
        measurement = measure(
            request.point,
            benchmark.quantity,
            prepared,
            task.effort,
            request.time_limit_s,
            visits=request.visits,
            earlier=before.samples if before else (),
        )
        if request.visits > 1:
            count = int(before.notes[VISITS]) + 1 if before else 1
            told = before.notes if before else {}
            begun = {key: told[key] for key in (SETTLED, FIRST_100MS) if key in told}
            measurement = replace(measurement, notes={**measurement.notes, **begun, VISITS: count})
            visited[request.point] = measurement
        return measured_line(measurement), measurement.verdict is not Verdict.FAILED
    except UnsupportedError as error:
        return _without_number(benchmark, request, Verdict.UNSUPPORTED, error), True
    except Exception as error:
        return _without_number(benchmark, request, Verdict.FAILED, error), False


def _without_number(
    benchmark: Benchmark, request: Request, verdict: Verdict, error: Exception
) -> bytes:
    return measured_line(
        Measurement(request.point, benchmark.quantity, verdict, reason=fault_text(error))
    )


def fault_text(error: Exception) -> str:
    """Return one line that names a fault: hwprof's own words, or a type and its first line."""
    first = (str(error).strip().splitlines() or [""])[0][:500]
    if isinstance(error, HwprofError):
        return first
    name = "out of memory" if isinstance(error, MemoryError) else type(error).__name__
    return f"{name}: {first}" if first else name


def _die_with(parent_pid: int) -> bool:
    """Ask for SIGKILL at the parent's death; ``False`` if it died before we asked."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    with contextlib.suppress(OSError):  # a sandbox may forbid it; the run is only less safe
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_DIE)
    return os.getppid() == parent_pid


def _send(descriptor: int, line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[os.write(descriptor, view) :]


if __name__ == "__main__":
    raise SystemExit(main())
