"""Several processes' measurements of one point as one measurement: the process is the unit.

Samples of one process share its memory layout, its clock state and its neighbours, so that their
spread understates the truth (up to 9% between processes against under 1% within, for DRAM
latency on a shared machine). The interval is therefore a bootstrap over process medians.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from microbench.benchmark import Measurement, Verdict
from microbench.protocol.measure import NOISY_HALF_WIDTH
from microbench.protocol.statistics import half_width, too_wide

EXACT_LIMIT = 6
"""Up to this many processes all resamples are listed (6**6 = 46,656): no random error."""
RESAMPLES = 20_000
_WORST_FIRST = (
    *(Verdict.WRONG_CODE, Verdict.WRONG_RESULT, Verdict.FAILED, Verdict.TIMED_OUT),
    *(Verdict.INTERRUPTED, Verdict.UNSUPPORTED, Verdict.EMULATED, Verdict.THROTTLED),
    *(Verdict.NOISY, Verdict.OK),
)


def combine(measurements: Sequence[Measurement]) -> Measurement:
    """Return one measurement: median of process medians, bootstrap interval, worst verdict.

    A point counts as certified only if every process gave a number; a wrong result in one process
    is never outvoted by the others. ``notes`` gains ``processes`` and ``process_spread``, the range
    of the processes' values over their median: the A/A spread of this machine for this point.
    """
    if len(measurements) == 1:
        return measurements[0]
    worst = min(measurements, key=lambda one: _WORST_FIRST.index(one.verdict))
    samples = tuple(sample for one in measurements for sample in one.samples)
    values = [one.value for one in measurements if one.value is not None]
    notes = {**worst.notes, "processes": len(measurements)}
    if values:
        notes["process_spread"] = (max(values) - min(values)) / abs(median(values))
    if len(values) < len(measurements):
        return replace(
            worst, value=None, low=None, high=None, time_s=None, samples=samples, notes=notes
        )
    low, high = interval(values)
    middle = median(values)
    width = half_width(middle, low, high) if middle else 0.0
    noisy = worst.verdict is Verdict.OK and width > NOISY_HALF_WIDTH
    differ = f"processes differ: {too_wide(width, NOISY_HALF_WIDTH)}"
    return replace(
        worst,
        verdict=Verdict.NOISY if noisy else worst.verdict,
        reason=differ if noisy else worst.reason,
        value=middle,
        low=low,
        high=high,
        time_s=median(one.time_s for one in measurements if one.time_s is not None),
        samples=samples,
        notes=notes,
        stopped_by=", ".join(dict.fromkeys(one.stopped_by for one in measurements)),
        basis=", ".join(dict.fromkeys(one.basis for one in measurements)),
    )


def interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """Return the percentile-bootstrap interval of the median over processes.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. For five processes
    it is their whole range, which covers the true median with probability 1 - 2 * 0.5**5 = 94%.
    """
    count = len(values)
    if count <= EXACT_LIMIT:
        medians = sorted(median(draw) for draw in itertools.product(values, repeat=count))
    else:
        source = random.Random(0)  # noqa: S311 - resampling, not secrets; fixed so reports agree
        medians = sorted(median(source.choices(values, k=count)) for _ in range(RESAMPLES))
    tail = (1 - level) / 2
    last = len(medians) - 1
    return medians[round(tail * last)], medians[round((1 - tail) * last)]
