"""Every feasible configuration, by vectorised progressive filtering.

One parameter is bound after the other; each constraint is checked as soon as all it names is bound,
on whole columns. The order binds early what lets constraints be checked early. Work is streamed in
chunks, so memory follows the feasible set and not the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from costmodel.blocks.expression import Expression
from costmodel.blocks.space import Space
from microbench.errors import InputError

CHUNK = 1 << 18
Columns = dict[str, npt.NDArray[np.generic]]


def feasible(space: Space) -> Columns:
    """Return every feasible configuration, one column a parameter, in the space's order.

    Raises ``InputError`` when there is none, naming the smallest conflicting constraints.
    """
    blocks = list(stream(space))
    if not blocks:
        texts = " and ".join(repr(text) for text in conflict(space))
        raise InputError(f"space {space.name}: no configuration satisfies {texts}")
    return {name: np.concatenate([block[name] for block in blocks]) for name in space.parameters}


def count(space: Space) -> int:
    """Return the number of feasible configurations without keeping them."""
    return sum(len(next(iter(block.values()))) for block in stream(space))


def stream(space: Space) -> Iterator[Columns]:
    """Yield feasible configurations in blocks."""
    constraints = space.inlined()
    order = binding_order(space, constraints)
    domains = {name: _column(space.parameters[name]) for name in order}
    ready = _schedule(order, constraints)
    yield from _bind({}, 1, order, domains, ready)


def _bind(
    bound: Columns,
    rows: int,
    order: Sequence[str],
    domains: Columns,
    ready: Sequence[tuple[Expression, ...]],
) -> Iterator[Columns]:
    """Bind parameters one by one; a table that outgrows a chunk is split and each part finished."""
    stack = [(bound, rows, 0)]
    while stack:
        table, rows, level = stack.pop()
        if level == len(order):
            yield table
            continue
        name = order[level]
        domain = domains[name]
        step = max(1, CHUNK // len(domain))
        if rows > step:
            for start in range(0, rows, step):
                part = {key: column[start : start + step] for key, column in table.items()}
                stack.append((part, min(step, rows - start), level))
            continue
        wide = {key: np.repeat(column, len(domain)) for key, column in table.items()}
        wide[name] = np.tile(domain, rows)
        size = rows * len(domain)
        for constraint in ready[level]:
            keep = constraint.holds(wide, size)
            if not keep.all():
                wide = {key: column[keep] for key, column in wide.items()}
                size = int(keep.sum())
        if size:
            stack.append((wide, size, level + 1))


def binding_order(space: Space, constraints: Sequence[Expression]) -> list[str]:
    """Return the order that checks most constraints per value bound, narrowest domains first."""
    left = dict(space.parameters)
    bound: set[str] = set()
    open_constraints = [c.names & set(space.parameters) for c in constraints]
    order = []
    while left:

        def rank(name: str) -> tuple[float, float, int]:
            after = bound | {name}
            checked = sum(1 for names in open_constraints if name in names and names <= after)
            touched = sum(
                len(names & after) / len(names) for names in open_constraints if name in names
            )
            size = len(space.parameters[name])
            return (-checked / np.log2(size + 1), -touched / np.log2(size + 1), size)

        chosen = min(left, key=rank)
        order.append(chosen)
        bound.add(chosen)
        del left[chosen]
        open_constraints = [names for names in open_constraints if not names <= bound]
    return order


def conflict(space: Space) -> list[str]:
    """Return a smallest set of constraints no configuration satisfies (deletion, one by one)."""
    kept = list(space.inlined())
    for constraint in list(kept):
        without = [other for other in kept if other is not constraint]
        trial = Space(space.name, space.parameters, tuple(without))
        if next(stream(trial), None) is None:
            kept = without
    return [constraint.text for constraint in kept]


def _schedule(
    order: Sequence[str], constraints: Sequence[Expression]
) -> list[tuple[Expression, ...]]:
    place = {name: index for index, name in enumerate(order)}
    at: list[list[Expression]] = [[] for _ in order]
    for constraint in constraints:
        named = [place[name] for name in constraint.names]
        at[max(named, default=0)].append(constraint)
    return [tuple(sorted(found, key=lambda c: len(c.text))) for found in at]


def _column(values: Sequence[object]) -> npt.NDArray[np.generic]:
    return np.asarray(values)
