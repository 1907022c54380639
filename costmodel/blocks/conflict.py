"""Why a space has no configuration: a smallest set of constraints that clash."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from costmodel.blocks.enumerate import satisfiable
from costmodel.blocks.expression import Expression
from costmodel.blocks.space import Space
from microbench.errors import InputError

MOST_SETS = 300
"""Sets of constraints tried for a conflict smaller than the first one found."""


def conflict(space: Space) -> list[str]:
    """Return a smallest set of constraints that no configuration satisfies.

    Leaving out one constraint after the other gives a set without a smaller part (deletion filter);
    then all smaller sets are tried, up to ``MOST_SETS`` of them.
    """
    every = list(space.inlined())
    kept = list(every)
    for constraint in every:
        without = [other for other in kept if other is not constraint]
        if _clash(space, without):
            kept = without
    smaller = (
        tried for size in range(1, len(kept)) for tried in itertools.combinations(every, size)
    )
    for tried in itertools.islice(smaller, MOST_SETS):
        if _clash(space, tried):
            kept = list(tried)
            break
    return [constraint.text for constraint in kept]


def _clash(space: Space, constraints: Sequence[Expression]) -> bool:
    """Say whether no configuration satisfies these.

    One that divides by zero because its guard was left out does not count as clashing.
    """
    try:
        return not satisfiable(space, constraints)
    except InputError:
        return False
