"""Loops whose bounds vary with the loops around them: mean trips over the exact iterations.

Only the loops that a bound depends on are enumerated, as arrays, up to ``MOST_POINTS`` iterations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from costmodel.graph.affine import Term, bound_terms, evaluated, uniform_trips
from costmodel.graph.arithmetic import combined, extreme
from costmodel.graph.integers import Integers
from costmodel.graph.loops import trip_count
from costmodel.mlir.ir import Op

if TYPE_CHECKING:
    from costmodel.graph.arithmetic import Value

MOST_AROUND = 64
"""Loops around one whose trips are worked out."""
MOST_POINTS = 2**21
"""Iterations enumerated for one bound; beyond them its trips are unknown."""
_FOR = re.compile(
    r"(%[\w$.\-]+)\s*=\s*([^\s,()]+)\s+to\s+([^\s,()]+)(?:\s+step\s+([^\s,()]+))?(?:\s|$)"
)
_PARALLEL = re.compile(
    r"\(([^)]*)\)\s*=\s*\(([^)]*)\)\s*to\s*\(([^)]*)\)(?:\s*step\s*\(([^)]*)\))?"
)
_INDEX = re.compile(r"(%[\w$.\-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One loop: its variable, lower bounds (the most counts), upper bounds (the least), step."""

    variable: str
    lows: Sequence[Term]
    highs: Sequence[Term]
    step: Term

    @property
    def names(self) -> set[str]:
        """SSA names its bounds are of."""
        terms = (*self.lows, *self.highs, self.step)
        return {name for _, names in terms for name in names.values()}


def dimensions(op: Op, aliases: Mapping[str, str]) -> list[Dimension]:
    """Return the dimensions of a loop with induction variables; none for other loops."""
    text = op.header
    if op.name == "affine.for":
        bounds, index = bound_terms(text, aliases), _INDEX.search(text)
        if bounds is None or index is None or not bounds[0] or not bounds[1]:
            return []
        lows, highs, step = bounds
        return [Dimension(index.group(1), lows, highs, (str(step), {}))]
    if op.name in {"scf.for", "for"}:
        found = _FOR.search(text)
        if found is None:
            return []
        low, high, by = (_term(found.group(at)) for at in (2, 3, 4))
        return [Dimension(found.group(1), [low], [high], by)]
    if op.name in {"scf.parallel", "affine.parallel", "scf.forall"}:
        found = _PARALLEL.search(text)
        if found is None:
            return []
        parts = [found.group(at).split(",") if found.group(at) else [] for at in (1, 2, 3, 4)]
        steps = parts[3] or ["1"] * len(parts[0])
        if len({len(part) for part in (*parts[:3], steps)}) > 1:
            return []
        return [
            Dimension(index.strip(), [_term(low)], [_term(high)], _term(step))
            for index, low, high, step in zip(*parts[:3], steps, strict=True)
        ]
    return []


def turns(
    op: Op, own: Sequence[Dimension], around: Sequence[Dimension], integers: Integers
) -> tuple[float, bool]:
    """Return how often a loop runs each time it is reached, on average, and whether it is assumed.

    ``own`` are its dimensions, ``around`` those of the loops it stands in, outer first. A loop of
    unknown trips runs once; one of which only the most is known runs that often.
    """
    most: int | None = None
    if op.name == "affine.for":
        uniform = uniform_trips(op.header, integers.aliases, integers)
        if uniform and uniform[1]:
            return uniform[0], False
        most = uniform[0] if uniform else None
    else:
        trips = trip_count(op, integers, integers.aliases)
        if trips is not None:
            return trips, False
    mean = mean_trips(around, own, integers) if own and (around or most is not None) else None
    if mean is None:
        return (1 if most is None else most), True
    return mean, False


def _term(text: str | None) -> Term:
    text = (text or "1").strip().rstrip(",{").strip()
    return ("d0", {"d0": text}) if text.startswith("%") else (text, {})


def mean_trips(
    around: Sequence[Dimension], inner: Sequence[Dimension], integers: Integers
) -> float | None:
    """Return how often a loop runs at each iteration of those ``around``, outer first, on average.

    Exact: the sum over their iterations, over how many these are. ``None`` where a bound is not
    told by constants and variables of ``around``, or where too many iterations decide.
    """
    import numpy as np

    if len(around) > MOST_AROUND:
        return None
    needed, deciding = _needed(around, inner, integers)
    values: dict[str, Value] = {}
    weights: Any = np.ones(1)
    for one in deciding:
        turns = _trips(one, integers, values)
        if turns is None:
            return None
        trips = np.broadcast_to(np.asarray(turns, dtype=np.int64), weights.shape)
        if one.variable not in needed:
            weights = weights * trips
            continue
        total = int(trips.sum(dtype=float))
        if total > MOST_POINTS:
            return None
        low, step = _low(one, integers, values), _whole(_of(one.step, integers, values))
        starts = np.repeat(np.cumsum(trips) - trips, trips)
        weights = np.repeat(weights, trips)
        values = {
            name: value if isinstance(value, int) else np.repeat(value, trips)
            for name, value in values.items()
        }
        first = low if isinstance(low, int) else np.repeat(low, trips)
        values[one.variable] = first + (np.arange(total) - starts) * step
    executed: Any = weights
    for one in inner:
        turns = _trips(one, integers, values)
        if turns is None:
            return None
        executed = executed * turns
    reached = float(weights.sum())
    return float(np.sum(executed)) / reached if reached else 0.0


def _needed(
    around: Sequence[Dimension], inner: Sequence[Dimension], integers: Integers
) -> tuple[set[str], list[Dimension]]:
    """Return the variables that decide, and the loops around that have to be looked at."""
    variables = frozenset(one.variable for one in around)
    depends = [integers.leaves(one.names, variables) for one in around]
    needed = integers.leaves({name for one in inner for name in one.names}, variables)
    while True:
        more = set(needed)
        for one, others in zip(around, depends, strict=True):
            if one.variable in needed or others & needed:
                more |= others
        if more == needed:
            break
        needed = more
    deciding = [
        one
        for one, others in zip(around, depends, strict=True)
        if one.variable in needed or others & needed
    ]
    return needed, deciding


def _of(term: Term, integers: Integers, values: Mapping[str, Value]) -> Value | None:
    text, names = term
    return evaluated(text, {d: integers.value(name, values) for d, name in names.items()})


def _whole(value: Value | None) -> int:
    return value if isinstance(value, int) else 1


def _low(one: Dimension, integers: Integers, values: Mapping[str, Value]) -> Any:
    return extreme("most", (_of(term, integers, values) for term in one.lows))


def _trips(one: Dimension, integers: Integers, values: Mapping[str, Value]) -> Value | None:
    low = _low(one, integers, values)
    high = extreme("least", (_of(term, integers, values) for term in one.highs))
    step = _of(one.step, integers, values)
    if low is None or high is None or not isinstance(step, int) or step < 1:
        return None
    trips: Value | None = combined("most", combined("ceiling", combined("sub", high, low), step), 0)
    return trips
