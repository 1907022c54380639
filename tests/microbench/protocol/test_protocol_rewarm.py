"""After a preemption the work runs unmeasured first: caches held another program's data."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from microbench.protocol.sampling import PREEMPTED, REWARM, REWARM_S, host_sample


def sampler(counts: Iterator[int]):  # type: ignore[no-untyped-def]
    runs: list[int] = []
    return host_sample(runs.append, switches=lambda: next(counts)), runs


def test_an_undisturbed_sampler_runs_the_work_once_a_sample() -> None:
    sample, runs = sampler(iter([5, 5, 5, 5, 5, 5]))
    assert [sample(7).discarded for _ in range(3)].count(PREEMPTED) == 0
    assert runs == [7, 7, 7]


def test_a_preempted_sample_is_followed_by_one_unmeasured_run() -> None:
    sample, runs = sampler(iter([5, 6, 6, 6, 6, 6, 6]))
    assert sample(1).discarded == PREEMPTED
    assert sample(1).discarded != PREEMPTED
    assert sample(1).discarded != PREEMPTED
    assert len(runs) == 1 + 2 + 1


def test_a_preemption_between_samples_counts_too() -> None:
    sample, runs = sampler(iter([5, 5, 9, 9, 9]))
    sample(1)
    sample(1)
    assert len(runs) == 1 + 2


def test_a_machine_that_never_rests_does_not_stop_the_sampling() -> None:
    sample, runs = sampler(iter(range(1000)))
    assert sample(1).discarded == PREEMPTED
    assert sample(1).discarded == PREEMPTED
    assert len(runs) == 1 + REWARM + 1


def test_work_that_is_long_is_not_run_again_for_warmth() -> None:
    """A product of seconds is preempted in every sample: it must not take four times as long."""
    runs: list[int] = []

    def long(iterations: int) -> None:
        runs.append(iterations)
        time.sleep(1.5 * REWARM_S)

    sample = host_sample(long, switches=itertools.count().__next__)
    assert [sample(1).discarded for _ in range(3)] == [PREEMPTED] * 3
    assert len(runs) == 3
