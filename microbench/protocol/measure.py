"""From a prepared point to a measurement: check, warm up, calibrate, sample, stop, judge.

The loop takes its clock from the samples' maker and from ``now``, so that recorded samples replay
through the very same code.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from microbench.benchmark import (
    CodeCheck,
    Effort,
    Measurement,
    Point,
    Prepared,
    Quantity,
    Sample,
    Verdict,
)
from microbench.protocol.clock_level import CONTENDED, told_at, undisturbed
from microbench.protocol.statistics import MIN_SAMPLES, Summary, half_width, summarise, too_wide
from microbench.units import seconds

SAMPLE_S = 1e-3
"""Target length of one sample: short enough to escape preemption on a busy machine."""
WARM_UP_S = 0.02
ENOUGH_SAMPLES = 30
BUDGET_S = {Effort.QUICK: 0.2, Effort.DEFAULT: 1.0, Effort.THOROUGH: 10.0}
"""Sampling time after which a point stops, precise or not."""
LEAST_S = {Effort.QUICK: 0.03, Effort.DEFAULT: 0.2, Effort.THOROUGH: 0.2}
"""Sampling time before which a point never stops."""
PATIENCE = {Effort.QUICK: 2.0, Effort.DEFAULT: 4.0, Effort.THOROUGH: 4.0}
"""How many budgets a point may wait for ``MIN_SAMPLES`` undisturbed samples."""
WARN_KEPT = 0.5
FALLBACK_KEPT = 0.1
NOISY_HALF_WIDTH = 0.02
CLOCK_SHIFT = 0.05
POWER_LIMITED = "power_limited"
"""Note of a load that ran at the device's power limit: its clock moves, and that is its state."""
SETTLED, FIRST_100MS = "settled_s", "value_first_100ms"
"""Notes of a load's way to the steady state, taken at its first visit."""
EARLY_S = 0.1
SETTLE_SHARE = 0.75
"""Most of a point's time that may go into settling."""


def measure(
    point: Point,
    quantity: Quantity,
    prepared: Prepared,
    effort: Effort,
    time_limit_s: float,
    now: Callable[[], float] = time.monotonic,
    visits: int = 1,
    earlier: Sequence[Sample] = (),
) -> Measurement:
    """Measure one point. A failed check yields its verdict and no number, never an exception.

    A point visited several times gets its share of the sampling time at each visit; ``earlier`` are
    the samples of the visits before, and the summary is of all.
    """
    code = prepared.check_code() if prepared.check_code else None
    blank = Measurement(
        point,
        quantity,
        Verdict.FAILED,
        operations=prepared.operations,
        work_flop=prepared.work_flop,
        bytes_moved=prepared.bytes_moved,
        code=code,
        notes=prepared.notes,
    )
    if code is not None and not code.ok:
        return replace(blank, verdict=Verdict.WRONG_CODE, reason=code.signature)
    wrong = prepared.check_result() if prepared.check_result else ""
    if wrong:
        return replace(blank, verdict=Verdict.WRONG_RESULT, reason=wrong)
    deadline = now() + time_limit_s
    sample_s = prepared.sample_s or SAMPLE_S
    iterations = calibrate(prepared.sample, now, deadline, sample_s)
    settled_s, early = 0.0, tuple[float, ...]()
    if effort is Effort.THOROUGH and prepared.settle_s:
        settled_s, early = settle(prepared, iterations, now, deadline, visits)
    samples, stopped_by = collect(prepared, effort, iterations, now, deadline, visits, earlier)
    found = judge(blank, prepared, (*earlier, *samples), stopped_by)
    if not early or earlier:
        return found
    first = _convert(blank, summarise(early))[0]
    notes = {**found.notes, SETTLED: settled_s, FIRST_100MS: first}
    return replace(found, notes=notes)


def settle(
    prepared: Prepared,
    iterations: int,
    now: Callable[[], float],
    deadline: float,
    visits: int = 1,
) -> tuple[float, tuple[float, ...]]:
    """Keep the device under load; return for how long, and the times of the first 100 ms.

    Visits share the time: the points between them keep the device warm.

    Times are seconds per operation, disturbed or not: they tell of the way to the steady state.
    """
    start, early = now(), []
    until = start + min(prepared.settle_s / visits, SETTLE_SHARE * (deadline - start))
    while (at := now()) < until:
        drawn = _per_operation(prepared.sample(iterations), iterations, prepared.operations)
        if at - start < EARLY_S:
            early.append(drawn.time_s)
    return now() - start, tuple(early)


def calibrate(
    sample: Callable[[int], Sample],
    now: Callable[[], float],
    deadline: float,
    sample_s: float = SAMPLE_S,
) -> int:
    """Warm up and return the iterations that make a sample of about ``sample_s``."""
    iterations, warm_until = 1, now() + WARM_UP_S
    while True:
        shortest = _shortest(sample, iterations, now, deadline)
        grown = iterations * sample_s / max(shortest, 1e-9)
        if (grown < 2 * iterations and now() >= warm_until) or now() >= deadline:
            return max(1, round(grown))
        iterations = max(1, min(round(grown), iterations * 100))


def _shortest(
    sample: Callable[[int], Sample], iterations: int, now: Callable[[], float], deadline: float
) -> float:
    """Return the shortest of 3 runs; of one where a single iteration is long enough.

    A disturbed run counts with its CPU time: three in a row would otherwise calibrate samples so
    short that reading the clocks is what they measure.
    """
    shortest = math.inf
    for _ in range(3):
        drawn = sample(iterations)
        busy_s = drawn.time_s
        if drawn.discarded:
            busy_s = min(busy_s, drawn.cpu_time_s or 0.0)
        shortest = min(shortest, busy_s or drawn.time_s)
        if (iterations == 1 and busy_s >= SAMPLE_S) or now() >= deadline:
            break
    return shortest


def collect(
    prepared: Prepared,
    effort: Effort,
    iterations: int,
    now: Callable[[], float],
    deadline: float,
    visits: int = 1,
    earlier: Sequence[Sample] = (),
) -> tuple[tuple[Sample, ...], str]:
    """Draw one visit's samples until the interval is tight or the time is up; say which it was.

    Where neighbours lengthened most of a visit's samples beyond the level held in it and in the
    visits ``earlier``, its interval says nothing of that level: the visit takes all its time.
    """
    samples: list[Sample] = []
    start = now()
    budget = min(BUDGET_S[effort] / visits, deadline - start)
    least = LEAST_S[effort] / visits
    check_at = ENOUGH_SAMPLES
    while True:
        samples.append(_per_operation(prepared.sample(iterations), iterations, prepared.operations))
        spent = now() - start
        kept = sum(1 for sample in samples if not sample.discarded)
        if spent >= budget and (kept >= MIN_SAMPLES or spent >= PATIENCE[effort] * budget):
            return tuple(samples), "time"
        if now() >= deadline:
            return tuple(samples), "time"
        if kept >= check_at and spent >= least:
            usable = _as_told([*earlier, *samples], prepared)[len(earlier) :]
            values = [sample.time_s for sample in usable if not sample.discarded]
            mostly = len(values) >= WARN_KEPT * len(usable) or not prepared.contention_adds
            if mostly and settled(values, prepared.relative_half_width):
                return tuple(samples), "interval"
            check_at = kept + max(10, kept // 4)


def _as_told(samples: Sequence[Sample], prepared: Prepared) -> tuple[Sample, ...]:
    """Return samples at the one clock they are told at, those a neighbour lengthened marked."""
    told = told_at(samples, prepared.one_clock()) if prepared.one_clock else tuple(samples)
    return undisturbed(told) if prepared.contention_adds else told


def settled(values: Sequence[float], relative_half_width: float) -> bool:
    """Say whether the median is known well enough, and not only of a passing disturbance.

    The interval must be tight and the medians of the earlier and the later half must agree within
    twice its allowed half-width: a busy phase shorter than half of the sampling shows as a step.
    """
    if summarise(values).relative_half_width >= relative_half_width:
        return False
    middle = len(values) // 2
    earlier, later = summarise(values[:middle]).median, summarise(values[middle:]).median
    return abs(later - earlier) <= 2 * relative_half_width * min(earlier, later)


def judge(
    blank: Measurement, prepared: Prepared, samples: tuple[Sample, ...], stopped_by: str
) -> Measurement:
    """Turn samples into median, interval and verdict; falls back to CPU time only aloud.

    Where times are told at one clock, that clock stands beside them, and the samples as told.
    """
    samples = _as_told(samples, prepared)
    kept = [sample for sample in samples if not sample.discarded]
    share = len(kept) / len(samples)
    basis, reasons = "wall", []
    if share < WARN_KEPT:
        drawn = f"{len(samples)} samples were" if len(samples) != 1 else "1 sample was"
        reasons.append(f"only {share:.0%} of {drawn} undisturbed{_dropped_shares(samples)}")
    times = [sample.time_s for sample in kept]
    if share < FALLBACK_KEPT or len(kept) < MIN_SAMPLES:
        cpu_times = [s.cpu_time_s for s in samples if s.cpu_time_s is not None]
        if prepared.cpu_time_valid and cpu_times:
            basis, times = "cpu-time", cpu_times
            reasons.append("CPU time stands in for wall time")
        elif not times:
            times = [sample.time_s for sample in samples]
            reasons.append("all samples were disturbed: an upper bound of the time")
    summary = summarise(times)
    clocks = [sample.clock_hz for sample in kept if sample.clock_hz]
    verdict, why = _verdict(blank, summary, clocks, prepared, share, basis)
    if len(summary.modes) > 1:
        reasons.append("two modes: " + " and ".join(map(seconds, summary.modes)))
    value, low, high = _as_quantity(blank, summary)
    return replace(
        blank,
        verdict=Verdict.EMULATED if _emulated(blank.code) else verdict,
        reason="; ".join(filter(None, [why, *reasons])),
        value=value,
        low=low,
        high=high,
        time_s=summary.median,
        clock_hz=summarise(clocks).median if clocks else None,
        stopped_by=stopped_by,
        basis=basis,
        samples=samples,
    )


def _dropped_shares(samples: Sequence[Sample]) -> str:
    """Say what share of the samples was dropped for which reason, where the core was shared."""
    reasons = Counter(one.discarded for one in samples if one.discarded)
    if CONTENDED not in reasons:
        return ""
    return "".join(f", {n / len(samples):.0%} {reason}" for reason, n in reasons.most_common())


def _verdict(
    blank: Measurement,
    summary: Summary,
    clocks: list[float],
    prepared: Prepared,
    share: float,
    basis: str,
) -> tuple[Verdict, str]:
    limited = prepared.notes.get(POWER_LIMITED)
    shift = clock_shift(clocks)
    if shift > CLOCK_SHIFT and not limited:
        return Verdict.THROTTLED, f"the clock moved by {shift:.0%} between samples"
    limit = max(NOISY_HALF_WIDTH, 2 * prepared.relative_half_width)
    if math.isinf(summary.relative_half_width):
        few = f"{summary.count} usable sample{'s' * (summary.count != 1)}"
        return Verdict.NOISY, f"only {few}, too few for an interval"
    width = half_width(*_convert(blank, summary))
    if width > limit:
        return Verdict.NOISY, too_wide(width, limit)
    if share < max(FALLBACK_KEPT, prepared.least_kept) and basis == "wall":
        return Verdict.NOISY, "too few undisturbed samples"
    return Verdict.OK, ""


def clock_shift(clocks: Sequence[float]) -> float:
    """Return how far the clocks' 90th percentile lies above their 10th, as a share of the latter.

    A tenth of the readings, and at least one, is left out at each end: one preempted half-way may
    be wrong by any factor and says nothing of the clock. Fewer than ``MIN_SAMPLES`` cannot tell
    that from a clock that moved: 0, and the point is noisy for want of samples.
    """
    if len(clocks) < MIN_SAMPLES:
        return 0.0
    ordered, out = sorted(clocks), max(1, len(clocks) // 10)
    return ordered[-1 - out] / ordered[out] - 1


def _as_quantity(blank: Measurement, summary: Summary) -> tuple[float, float | None, float | None]:
    """Return value, low and high in the point's quantity; rates fall as times rise.

    Low and high are ``None`` where too few samples allow no 95% interval.
    """
    value, low, high = _convert(blank, summary)
    return (value, low, high) if summary.count >= MIN_SAMPLES else (value, None, None)


def _convert(blank: Measurement, summary: Summary) -> tuple[float, float, float]:
    if blank.quantity is Quantity.LATENCY:
        return summary.median, summary.low, summary.high
    amount = {
        Quantity.BANDWIDTH: blank.bytes_moved,
        Quantity.THROUGHPUT: blank.work_flop,
        Quantity.FREQUENCY: float(blank.notes.get("cycles", 0.0)),
    }[blank.quantity] / blank.operations
    return amount / summary.median, amount / summary.high, amount / summary.low


def _per_operation(sample: Sample, iterations: int, operations: float) -> Sample:
    share = 1 / (iterations * operations)
    cpu_time_s = None if sample.cpu_time_s is None else sample.cpu_time_s * share
    return replace(sample, time_s=sample.time_s * share, cpu_time_s=cpu_time_s)


def _emulated(code: CodeCheck | None) -> bool:
    return code is not None and code.emulated
