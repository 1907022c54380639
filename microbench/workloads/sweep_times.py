"""Sweeps timed in turns, in processor seconds: for machines too busy for one point at a time.

Every round calls every arm at every value once, in a new random order, so that a busy minute falls
on all of them alike; a point is the median of its rounds.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.protocol.statistics import summarise
from microbench.suites.cpu_sweeps import NAME
from microbench.workloads import correctness
from microbench.workloads.sweeps import SWEEPS, Arm, Sweep

LEAST_S = 2e-4
"""A sample repeats a call for at least this long."""


def in_turns(names: Sequence[str], rounds: int, seed: int = 0) -> list[Measurement]:
    """Time the named sweeps (all if none is named) on one thread; results are checked elsewhere."""
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    chosen = [sweep for sweep in SWEEPS if not names or sweep.name in names]
    cases = [
        (_point(sweep, value, arm), arm, dict(arm.shape(value)), _call(arm, value, seed))
        for sweep in chosen
        for value in sweep.values
        for arm in sweep.arms
    ]
    counts = [max(1, int(LEAST_S / max(_seconds(call, 1), 1e-7))) for *_, call in cases]
    samples: list[list[Sample]] = [[] for _ in cases]
    order = list(range(len(cases)))
    draw = random.Random(seed)  # noqa: S311 - an order, not a secret
    for _ in range(rounds):
        draw.shuffle(order)
        for at in order:
            call = cases[at][-1]
            call()
            time_s = _seconds(call, counts[at]) / counts[at]
            samples[at].append(Sample(time_s=time_s, cpu_time_s=time_s))
    return [
        _measurement(point, arm, shape, tuple(found))
        for (point, arm, shape, _), found in zip(cases, samples, strict=True)
    ]


def _point(sweep: Sweep, value: int, arm: Arm) -> Point:
    return Point(NAME, (("sweep", sweep.name), (sweep.axis, value), ("arm", arm.name)))


def _call(arm: Arm, value: int, seed: int) -> Callable[[], Any]:
    shape = arm.shape(value)
    operands = correctness.operands(arm.workload, shape, arm.number_format, seed)
    variant = arm.workload.variants[arm.variant]
    return lambda: variant(shape, operands)


def _seconds(call: Callable[[], Any], count: int) -> float:
    start_s = time.thread_time()
    for _ in range(count):
        call()
    return time.thread_time() - start_s


def _measurement(
    point: Point, arm: Arm, shape: dict[str, int], samples: tuple[Sample, ...]
) -> Measurement:
    found = summarise([sample.time_s for sample in samples])
    size_bytes = arm.number_format.size_bytes
    return Measurement(
        point,
        Quantity.LATENCY,
        Verdict.OK,
        value=found.median,
        low=found.low,
        high=found.high,
        time_s=found.median,
        work_flop=arm.workload.work_flop(arm.variant, shape),
        bytes_moved=arm.workload.bytes_moved(arm.variant, shape, size_bytes),
        basis="cpu-time",
        samples=samples,
        notes={f"shape_{name}": size for name, size in shape.items()},
    )
