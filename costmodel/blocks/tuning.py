"""One tuning: a space, a device, what is known, a budget; the choice, its margin and the curve."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from costmodel.blocks.choose import binding
from costmodel.blocks.enumerate import InfeasibleError, TooManyError, feasible, stream
from costmodel.blocks.expression import Column
from costmodel.blocks.heuristic import axes, expected, objective
from costmodel.blocks.history import Evidence, Told, prior_of, told_by
from costmodel.blocks.lite import lite_rows
from costmodel.blocks.prove import conflict, solve
from costmodel.blocks.results import Recording
from costmodel.blocks.search import Step, search
from costmodel.blocks.space import Space, Value
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError

Row = dict[str, Value]
TIME_LIMIT_S = 60.0
"""Time CP-SAT has for a space too large to list."""
SEEN_S = 10.0
"""Time to list a part of it where CP-SAT finds nothing."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """The outcome. Times are ``None`` where nothing was measured."""

    space: Space
    device: str
    feasible_count: int | None
    """``None``: too many to list; the choice is then one feasible point, compared with no other."""
    choice: Row
    measured_s: float | None
    runner_up: Row | None
    margin: float | None
    """Runner-up over choice, less 1: of measured times, else of expected ones."""
    binding: tuple[str, ...]
    weights: Mapping[str, float]
    """Devices of the history and how much each counted."""
    measured: tuple[tuple[Row, float], ...]
    """Configurations in the order measured; ``nan`` where one failed."""
    listing: Callable[[], tuple[Row, ...]] = field(repr=False, compare=False)
    """Makes ``lite``, which takes longer than the choice."""
    proven: bool | None = None
    """Of a space too large to list: no other point has better threads and work a thread, or a
    better one may exist (``False``); ``None`` where points were not compared."""

    @property
    def lite(self) -> tuple[Row, ...]:
        """At most 64 candidates that together are near the best on any device like this one."""
        return self.listing()

    @property
    def curve_s(self) -> tuple[float, ...]:
        """Best time after each measurement: the time-to-quality curve (infinite before one)."""
        best, found = math.inf, []
        for _, time_s in self.measured:
            best = min(best, time_s) if math.isfinite(time_s) else best
            found.append(best)
        return tuple(found)


def tune(
    space: Space,
    device: str,
    spec: DeviceSpec | None,
    history: Sequence[Recording] = (),
    measure: Callable[[Row], float] | None = None,
    budget: int = 0,
    recorded: Recording | None = None,
    done: Sequence[tuple[Row, float]] = (),
    believed: Callable[[Mapping[str, Column]], Column] | None = None,
) -> Tuning:
    """Choose a configuration; measure up to ``budget`` of them through ``measure``.

    ``recorded`` limits the choice to configurations that a replay can time. ``done`` are
    measurements of an earlier run of the same tuning, counted in the budget. ``believed`` gives the
    log time a cost model expects, up to a constant; without it, and without history, threads and
    work a thread are judged.
    """
    try:
        known = _known(space, tuple(history), believed)
    except TooManyError as error:
        if budget > 0:
            raise InputError(f"{error}: constrain the space before measuring in it") from error
        return _one_point(space, device)
    columns = known.columns
    evidence = known.alone or prior_of(known.told, spec)
    allowed = recorded.on(columns)[1] if recorded is not None else None
    if allowed is not None and not allowed.any():
        raise InputError(
            f"space {space.name}: the results of {device} hold none of its feasible set"
        )
    steps: tuple[Step, ...] = ()
    if measure is not None and budget > 0:
        earlier = _steps(columns, done)

        def timed(index: int) -> float:
            return measure(_row(columns, index))

        steps = search(evidence.prior, timed, budget, allowed, earlier)
    return _outcome(space, device, columns, evidence, allowed, steps)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a space before measuring, with the inputs it follows from."""

    inputs: tuple[object, ...]
    """The space, the cost model and the history, in this order."""
    columns: Mapping[str, Column]
    told: Told
    alone: Evidence | None
    """The prior where there is no history: the same on every device."""


_KEPT: list[_Known] = []
"""The last space: a second tuning of it starts with its feasible set and its history."""


def _known(
    space: Space,
    history: tuple[Recording, ...],
    believed: Callable[[Mapping[str, Column]], Column] | None,
) -> _Known:
    """Return the feasible set and the history; those of the same objects as last time are kept."""
    inputs = (space, believed, *history)
    if _KEPT and len(_KEPT[0].inputs) == len(inputs):
        kept = zip(_KEPT[0].inputs, inputs, strict=True)
        if all(before is now for before, now in kept):
            return _KEPT[0]
    columns = _KEPT[0].columns if _KEPT and _KEPT[0].inputs[0] is space else feasible(space)
    told = told_by(columns, history)
    alone = None
    if not told.names:
        mean = believed(columns) if believed else expected(space, columns)
        position = replace(told.position, more=lambda: axes(space, columns))
        evidence = prior_of(told, None)
        prior = replace(evidence.prior, mean=mean, first=mean, position=position)
        alone = replace(evidence, prior=prior)
    _KEPT[:] = [_Known(inputs, columns, told, alone)]
    return _KEPT[0]


def _best_seen(space: Space, seconds: float) -> Row | None:
    """Return the best expected configuration among those that can be listed in time."""
    best, least, ends = None, math.inf, time.monotonic() + seconds
    for columns in stream(space):
        mean = expected(space, columns)
        index = int(np.argmin(mean))
        if mean[index] < least:
            best, least = _row(columns, index), float(mean[index])
        if time.monotonic() > ends:
            break
    return best


def _one_point(space: Space, device: str) -> Tuning:
    """Return the best point CP-SAT finds in a space too large to list, as far as names tell."""
    wanted, found = objective(space), None
    with contextlib.suppress(InputError):  # constraints too wide for tables
        found = solve(space, wanted, TIME_LIMIT_S)
    if found is not None and found.row is not None:
        row, proven = dict(found.row), found.proven
    elif found is not None and found.proven:
        clash = " and ".join(repr(text) for text in conflict(space))
        raise InfeasibleError(f"space {space.name}: no configuration satisfies {clash}")
    else:
        seen = _best_seen(space, SEEN_S)
        if seen is None:
            raise InputError(f"space {space.name}: no configuration found in time, none ruled out")
        row, proven = seen, False
    certain = proven if wanted is not None else None
    bound = binding(space, row)
    only = (row,)
    return Tuning(space, device, None, row, None, None, None, bound, {}, (), lambda: only, certain)


def _outcome(
    space: Space,
    device: str,
    columns: Mapping[str, Column],
    evidence: Evidence,
    allowed: Column | None,
    steps: tuple[Step, ...],
) -> Tuning:
    first = evidence.prior.first
    best_two = _best_two(first, allowed)
    timed = sorted((s for s in steps if math.isfinite(s.time_s)), key=lambda s: s.time_s)
    order = [s.row for s in timed] or list(best_two)
    second = order[1] if len(order) > 1 else None
    margin = None
    if len(timed) > 1:
        margin = timed[1].time_s / timed[0].time_s - 1
    elif not timed and second is not None and evidence.weights:
        margin = math.exp(first[second] - first[order[0]]) - 1
    choice = _row(columns, order[0])
    return Tuning(
        space=space,
        device=device,
        feasible_count=len(first),
        choice=choice,
        measured_s=timed[0].time_s if timed else None,
        runner_up=None if second is None else _row(columns, second),
        margin=margin,
        binding=binding(space, choice),
        weights=evidence.weights,
        measured=tuple((_row(columns, s.row), s.time_s) for s in steps),
        listing=lambda: tuple(
            _row(columns, index) for index in lite_rows(evidence.prior, allowed).tolist()
        ),
    )


def _best_two(first: Column, allowed: Column | None) -> list[int]:
    """Return the rows of the two least values, of equal ones the earlier row."""
    values = first.copy() if allowed is None else np.where(allowed, first, np.inf)
    best = int(np.argmin(values))
    if (len(values) if allowed is None else np.count_nonzero(allowed)) < 2:
        return [best]
    values[best] = np.inf
    return [best, int(np.argmin(values))]


def _row(columns: Mapping[str, Column], index: int) -> Row:
    return {name: column[index].item() for name, column in columns.items()}


def _steps(columns: Mapping[str, Column], done: Sequence[tuple[Row, float]]) -> tuple[Step, ...]:
    steps = []
    for row, time_s in done:
        match = np.ones(len(next(iter(columns.values()))), bool)
        for name, value in row.items():
            match &= columns[name] == value
        if match.any():
            steps.append(Step(int(np.argmax(match)), time_s))
    return tuple(steps)
