"""One timed repetition on the host, and whether it was left alone.

A sample of about 1 ms is kept if the thread was never preempted (``ru_nivcsw`` unchanged) and used
at least 98% of the wall time: longer samples on a busy machine are almost never undisturbed, and
what a naive tool prints for a 5-cycle load is then twice the truth.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from microbench.benchmark import Sample

KEPT_CPU_SHARE = 0.98
REWARM = 3
REWARM_S = 0.02
"""Work this long fills the caches itself and is preempted whatever runs before it."""
PREEMPTED = "preempted"
STALLED = "off-cpu"
_company: list[bool] = []
"""Not empty in a process that measures beside loads."""


def in_company() -> bool:
    """Say whether this process measures beside loads."""
    return bool(_company)


def expect_company() -> None:
    """Keep every sample of this process from now on: waiting for a core is what is measured."""
    _company.append(True)


def host_sample(
    run: Callable[[int], object],
    threads: int = 1,
    switches: Callable[[], int] | None = None,
) -> Callable[[int], Sample]:
    """Turn ``run(iterations)`` into a sampler for work on ``threads`` threads of this process.

    One thread is judged by its own clocks. For more, the process's clocks serve: CPU time per
    thread, so that a thread kept waiting for a core shows. After a preemption the caches hold
    another program's data: the work then runs unmeasured first, until it was left alone once (at
    most ``REWARM`` times), or a 256 KiB ring would refill from memory inside the sample.
    """
    who = resource.RUSAGE_THREAD if threads == 1 else resource.RUSAGE_SELF
    count = switches or (lambda: resource.getrusage(who).ru_nivcsw)
    seen: list[int | None] = [None]
    cpu_clock = time.CLOCK_THREAD_CPUTIME_ID if threads == 1 else time.CLOCK_PROCESS_CPUTIME_ID
    least = KEPT_CPU_SHARE if threads == 1 else KEPT_CPU_SHARE / threads
    lasted_s = [0.0]

    def sample(iterations: int) -> Sample:
        before = count()
        for _ in range(REWARM):
            if _company or seen[0] in {None, before} or lasted_s[0] > REWARM_S:
                break
            seen[0] = before
            run(iterations)
            before = count()
        cpu_start = time.clock_gettime(cpu_clock)
        start = time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
        run(iterations)
        time_s = time.clock_gettime(time.CLOCK_MONOTONIC_RAW) - start
        cpu_time_s = (time.clock_gettime(cpu_clock) - cpu_start) / threads
        preempted = count() != before
        seen[0], lasted_s[0] = before, time_s
        return Sample(time_s, cpu_time_s, discarded=reason(time_s, cpu_time_s, preempted, least))

    return sample


def reason(time_s: float, cpu_time_s: float, preempted: bool, least: float) -> str:
    """Return why a sample is dropped, or "" to keep it, as all are beside loads."""
    if _company:
        return ""
    if preempted:
        return PREEMPTED
    return STALLED if cpu_time_s < least * time_s else ""
