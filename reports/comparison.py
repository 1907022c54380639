"""Two runs side by side: faster, slower, same or cannot tell, point by point.

A difference is believed when three things agree: the 95% interval of the ratio of medians lies
beyond the smallest effect worth naming, a Mann-Whitney test finds the samples apart (false
discoveries among all points held to 5%, Benjamini and Hochberg 1995), and, where both runs know
their clock, the difference is there in cycles too.
"""

from __future__ import annotations

import fnmatch
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from microbench.errors import InputError
from reports.comparison_side import Side, Timed

LEAST_EFFECT = 0.01
"""Differences below 1% are not worth naming, however sure (nvbench, pyperf use the same order)."""
SPREADS = 3.0
"""An effect must be this many times what two runs of the same thing differ by."""
FALSE_DISCOVERIES = 0.05
LEAST_SAMPLES = 8
"""Mann-Whitney needs about this many a side to be able to say anything across 100 points."""
UNKNOWN_SPREAD = (
    "each run is one process and no --again was given: what two runs of the same thing differ by "
    "is unknown, and changes of a few percent may be just that"
)
FORMAT_AXES = ("number_format", "format", "dtype")
CLOCK_TOLERANCE = 0.05
"""Two runs whose clocks differ by more were not in the same clock state."""


class Change(StrEnum):
    """What became of a point from run A to run B."""

    SLOWER = "slower"
    FASTER = "faster"
    SAME = "same"
    UNCLEAR = "cannot tell"
    LOST = "lost"  # A has a number, B tried and has none
    GAINED = "gained"  # B has a number, A tried and has none
    ONLY_A = "only in A"
    ONLY_B = "only in B"


@dataclass(frozen=True, slots=True)
class Compared:
    """A point of both runs. ``ratio`` is time B over time A: above 1 is slower."""

    key: str
    benchmark: str
    change: Change
    time_a_s: float | None = None
    time_b_s: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    cycles_ratio: float | None = None
    remark: str = ""
    frequency_a_hz: float | None = None
    """What A measured, where that is a frequency; ``ratio`` and interval are of its cycle time."""
    frequency_b_hz: float | None = None

    @property
    def at_stake_s(self) -> float:
        """Seconds per operation between the two medians; infinite where one was lost."""
        if self.time_a_s is None or self.time_b_s is None:
            return math.inf if self.change is Change.LOST else 0.0
        return abs(self.time_b_s - self.time_a_s)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every point of two runs, most time at stake first, sure changes before the rest."""

    a: str
    b: str
    device: str
    points: tuple[Compared, ...]
    warnings: tuple[str, ...] = ()

    def counts(self) -> dict[Change, int]:
        """Return how many points became what, in the order of ``Change``."""
        return {c: n for c in Change if (n := sum(p.change is c for p in self.points))}


def refusal(a: Side, b: Side) -> str:
    """Say why the two must not be compared as they are, or ""."""
    if a.device != b.device:
        return f"A ran on {a.device}, B on {b.device}"
    for name in sorted(set(a.clock_state) | set(b.clock_state)):
        before, after = a.clock_state.get(name, "unknown"), b.clock_state.get(name, "unknown")
        if before != after:
            return f"clock states differ: {name} was {before} in A and is {after} in B"
    clocks = _clock_ratio(a, b)
    if clocks is not None and abs(clocks - 1) > CLOCK_TOLERANCE:
        return f"clock states differ: B's clock is {clocks:.1%} of A's"
    for benchmark, formats in _formats(a).items():
        others = _formats(b).get(benchmark)
        if formats and others and not formats & others:
            return (
                f"{benchmark} ran in {', '.join(sorted(formats))} in A and in "
                f"{', '.join(sorted(others))} in B"
            )
    return ""


def compare_sides(
    a: Side,
    b: Side,
    least_effect: float = LEAST_EFFECT,
    again: Side | None = None,
    force: bool = False,
) -> Comparison:
    """Compare run B with run A; ``again`` is a second run of A's state (A/A) for the spread.

    Raises ``InputError`` when the runs share no point, or differ in device, number format or clock
    state without ``force``.
    """
    reason = refusal(a, b)
    if reason and not force:
        raise InputError(f"{reason}: pass --force to compare all the same")
    before, after = {p.key: p for p in a.points}, {p.key: p for p in b.points}
    if not set(before) & set(after):
        raise InputError(f"{a.name} and {b.name} have no point in common")
    spread = _spreads(before, after, again)
    keys = [*before, *(key for key in after if key not in before)]
    p_values = _p_values(
        [(before[key], after[key]) for key in keys if key in before and key in after]
    )
    found = [
        _compared(before.get(key), after.get(key), p_values.get(key),
                  max(least_effect, SPREADS * spread.get(key, 0.0)))
        for key in keys
    ]  # fmt: skip
    ranked = sorted(found, key=lambda p: (_rank(p.change), -p.at_stake_s, p.key))
    warnings = [reason] if reason else []
    if a.run and a.run == b.run:
        warnings.append(f"A and B are the same run ({a.run}): nothing can differ")
    elif again is not None and a.run and again.run == a.run:
        warnings.append(f"--again is run A itself ({a.run}): it tells no spread")
    elif again is None and not any(spread.values()):
        warnings.append(UNKNOWN_SPREAD)
    return Comparison(a.name, b.name, a.device, tuple(ranked), tuple(warnings))


def regressions(
    compared: Comparison, percent: float | None, limits: Mapping[str, float] | None = None
) -> tuple[Compared, ...]:
    """Return points that are surely slower by more than their limit, or lost.

    ``limits`` maps patterns of benchmark names or point keys to percent; the longest that fits
    wins over ``percent``. A point no limit fits cannot regress.
    """
    return tuple(p for p in compared.points if _regressed(p, limit_of(p, percent, limits or {})))


def limit_of(point: Compared, percent: float | None, limits: Mapping[str, float]) -> float | None:
    """Return the slowdown in percent a point is allowed, or ``None`` for any."""
    fitting = [
        pattern
        for pattern in limits
        if point.key == pattern
        or fnmatch.fnmatchcase(point.benchmark, pattern)
        or fnmatch.fnmatchcase(point.key, pattern)
    ]
    return limits[max(fitting, key=len)] if fitting else percent


def _regressed(point: Compared, limit: float | None) -> bool:
    if limit is None:
        return False
    if point.change is Change.LOST:
        return True
    return point.change is Change.SLOWER and (point.ratio or 0.0) > 1 + limit / 100


def _rank(change: Change) -> int:
    return 0 if change in (Change.SLOWER, Change.FASTER, Change.LOST) else 1


def _compared(a: Timed | None, b: Timed | None, p_value: float | None, effect: float) -> Compared:
    if a is None or b is None:
        one = a or b
        assert one is not None  # noqa: S101 - every key comes from one of the two
        change = Change.ONLY_B if a is None else Change.ONLY_A
        return Compared(
            one.key, one.benchmark, change, a.time_s if a else None, b.time_s if b else None,
            frequency_a_hz=a.frequency_hz if a else None,
            frequency_b_hz=b.frequency_hz if b else None,
        )  # fmt: skip
    if a.time_s is None or b.time_s is None:
        return _without_number(a, b)
    ratio = b.time_s / a.time_s
    low, high = _interval(a, b, ratio)
    cycles = ratio * b.clock_hz / a.clock_hz if a.clock_hz and b.clock_hz else None
    found = Compared(
        a.key, a.benchmark, Change.UNCLEAR, a.time_s, b.time_s, ratio, low, high, p_value, cycles,
        frequency_a_hz=a.frequency_hz, frequency_b_hz=b.frequency_hz,
    )  # fmt: skip
    change, remark = _change(found, effect)
    doubted = "noisy" in (a.verdict, b.verdict) or a.disturbed or b.disturbed
    if doubted and change in (Change.SLOWER, Change.FASTER):
        change, remark = _if_noisy(a, b, change, remark)
    if a.frequency_hz and b.frequency_hz:
        remark = "; ".join(filter(None, [remark, "ratio of cycle times"]))
    sides = (("A", a), ("B", b))
    doubtful = [f"{side} {one.verdict}" for side, one in sides if one.verdict != "ok"]
    doubtful += [f"{side} {one.disturbed}" for side, one in sides if one.disturbed]
    return replace(found, change=change, remark="; ".join(filter(None, [remark, *doubtful])))


def _change(point: Compared, effect: float) -> tuple[Change, str]:
    """Decide on a point from its interval, its p-value and its cycles."""
    ratio, low, high = point.ratio or 1.0, point.low, point.high
    if low is None or high is None:
        return Change.UNCLEAR, "no interval"
    if low >= 1 / (1 + effect) and high <= 1 + effect:
        return Change.SAME, ""
    apart = (ratio > 1 + effect and low > 1) or (ratio < 1 / (1 + effect) and high < 1)
    if not apart:
        return Change.UNCLEAR, f"interval reaches across {effect:.1%}"
    if point.p_value is not None and point.p_value > FALSE_DISCOVERIES:
        return Change.UNCLEAR, "samples overlap"
    change = Change.SLOWER if ratio > 1 else Change.FASTER
    if point.cycles_ratio is not None:
        cycles = point.cycles_ratio
        same_way = cycles > 1 + effect if ratio > 1 else cycles < 1 / (1 + effect)
        if not same_way:
            return Change.UNCLEAR, f"{change} in time, not in cycles: the clock changed"
        return change, "confirmed in cycles"
    return change, ""


def _if_noisy(a: Timed, b: Timed, change: Change, remark: str) -> tuple[Change, str]:
    """Believe a doubtful point only where nearly all samples of one run lie beyond the other's."""
    less, more = (a, b) if change is Change.SLOWER else (b, a)
    if not less.samples_s or not more.samples_s:
        return Change.UNCLEAR, "no samples to tell from"
    highest = sorted(less.samples_s)[int(0.95 * (len(less.samples_s) - 1))]
    lowest = sorted(more.samples_s)[math.ceil(0.05 * (len(more.samples_s) - 1))]
    return (change, remark) if highest < lowest else (Change.UNCLEAR, "samples overlap")


def _without_number(a: Timed, b: Timed) -> Compared:
    remark = f"A {a.verdict}, B {b.verdict}"
    change = Change.UNCLEAR
    if a.time_s is not None:
        change = Change.LOST
    elif b.time_s is not None:
        change = Change.GAINED
    return Compared(
        a.key, a.benchmark, change, a.time_s, b.time_s, remark=remark,
        frequency_a_hz=a.frequency_hz, frequency_b_hz=b.frequency_hz,
    )  # fmt: skip


def _interval(a: Timed, b: Timed, ratio: float) -> tuple[float | None, float | None]:
    """Return the 95% interval of the ratio: the two medians' intervals in quadrature, in logs."""
    if None in (a.low_s, a.high_s, b.low_s, b.high_s):
        return None, None
    down = math.hypot(_log(b.time_s, b.low_s), _log(a.high_s, a.time_s))
    up = math.hypot(_log(b.high_s, b.time_s), _log(a.time_s, a.low_s))
    return ratio * math.exp(-down), ratio * math.exp(up)


def _log(larger: float | None, smaller: float | None) -> float:
    return math.log(larger / smaller) if larger and smaller and larger > smaller else 0.0


def _p_values(pairs: Sequence[tuple[Timed, Timed]]) -> dict[str, float]:
    """Return adjusted Mann-Whitney p-values of the points that have enough samples."""
    usable = [
        (a, b)
        for a, b in pairs
        if min(len(a.samples_s), len(b.samples_s)) >= LEAST_SAMPLES
        and a.time_s is not None and b.time_s is not None
    ]  # fmt: skip
    if not usable:
        return {}
    from scipy.stats import false_discovery_control, mannwhitneyu

    raw = [float(mannwhitneyu(a.samples_s, b.samples_s).pvalue) for a, b in usable]
    adjusted = false_discovery_control(raw)
    return {a.key: float(p) for (a, _), p in zip(usable, adjusted, strict=True)}


def _spreads(
    before: Mapping[str, Timed], after: Mapping[str, Timed], again: Side | None
) -> dict[str, float]:
    """Return what runs of the same thing differ by, as a share, point by point."""
    found = {
        key: max(point.spread, after[key].spread) for key, point in before.items() if key in after
    }
    for point in again.points if again is not None else ():
        first = before.get(point.key)
        if first is not None and first.time_s and point.time_s:
            repeated = abs(math.log(point.time_s / first.time_s))
            found[point.key] = max(found.get(point.key, 0.0), repeated)
    return found


def _clock_ratio(a: Side, b: Side) -> float | None:
    """Return the median over shared points of B's clock over A's; ``None`` where unknown."""
    before = {p.key: p.clock_hz for p in a.points if p.clock_hz}
    ratios = sorted(p.clock_hz / before[p.key] for p in b.points if p.clock_hz and p.key in before)
    return ratios[len(ratios) // 2] if ratios else None


def _formats(side: Side) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for point in side.points:
        for axis in FORMAT_AXES:
            if axis in point.axes:
                found.setdefault(point.benchmark, set()).add(str(point.axes[axis]))
    return found
