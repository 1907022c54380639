"""After a preemption the work runs unmeasured first: caches held another program's data."""

from __future__ import annotations

from collections.abc import Iterator

from microbench.protocol.sampling import PREEMPTED, REWARM, host_sample


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
