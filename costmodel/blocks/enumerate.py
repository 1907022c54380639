"""Every feasible configuration, by vectorised progressive joins.

One parameter is bound after the other. The constraints that become decidable at a level are turned
into a table over the parameters they name (their product is small even where the space is not), and
each row is joined with the values its table entry allows: work follows the rows that survive, not
those tried. Rows are indices into domains, streamed in blocks that fit the processor's cache;
values are looked up once, at the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from costmodel.blocks.expression import Column, Expression
from costmodel.blocks.space import Space, Value
from microbench.errors import InputError

BLOCK_ROWS = 1 << 17
"""Rows of a block: its index columns stay in a level-2 cache."""
TABLE_CELLS = 1 << 20
"""Largest table made of a level's constraints; larger ones are checked row by row."""
TABLE_SHARE = 5
"""A table may have this many times the cells that trying every value in every row would take."""
MOST_ROWS = 20_000_000
"""Rows kept in memory at most: 11 parameters take 0.5 GB."""
Columns = dict[str, Column]
Indices = npt.NDArray[np.intp]


class TooManyError(InputError):
    """More feasible configurations than may be listed: ``prove`` handles such spaces."""


class InfeasibleError(InputError):
    """No configuration satisfies a space's constraints."""


def feasible(space: Space, most: int = MOST_ROWS) -> Columns:
    """Return every feasible configuration, one column a parameter, in the space's order.

    Columns have the narrowest type that holds their values. Raises ``InfeasibleError`` when there
    is no configuration, naming a smallest set of conflicting constraints, and ``TooManyError`` as
    soon as there are more than ``most``.
    """
    plan = _Plan.of(space, space.inlined())
    blocks, listed = list[_Block](), 0
    for block in _blocks(plan):
        blocks.append(block)
        listed += block.rows
        if listed > most:
            raise TooManyError(f"space {space.name}: more than {most:,} feasible configurations")
    if not blocks:
        from costmodel.blocks.conflict import conflict

        texts = " and ".join(repr(text) for text in conflict(space))
        raise InfeasibleError(f"space {space.name}: no configuration satisfies {texts}")
    rows = sum(block.rows for block in blocks)
    found = {name: np.empty(rows, plan.domains[name].dtype) for name in space.parameters}
    start = 0
    for block in blocks:
        stop = start + block.rows
        _decode(plan, block, {name: column[start:stop] for name, column in found.items()})
        start = stop
    return found


def count(space: Space) -> int:
    """Return the number of feasible configurations without keeping them."""
    return sum(block.rows for block in _blocks(_Plan.of(space, space.inlined())))


def stream(space: Space) -> Iterator[Columns]:
    """Yield feasible configurations in blocks, in an order that is the same every time."""
    plan = _Plan.of(space, space.inlined())
    for block in _blocks(plan):
        types = {name: plan.domains[name].dtype for name in space.parameters}
        found = {name: np.empty(block.rows, kind) for name, kind in types.items()}
        _decode(plan, block, found)
        yield found


def satisfiable(space: Space, constraints: Sequence[Expression]) -> bool:
    """Return whether some configuration satisfies these constraints."""
    return next(_blocks(_Plan.of(space, constraints)), None) is not None


@dataclass(slots=True)
class _Block:
    """Rows bound so far: per level the row of the level before, and the value."""

    rows: int
    chain: tuple[tuple[Indices, Column], ...]
    live: dict[str, Column]
    """Index columns of the parameters that later constraints name."""


@dataclass(slots=True)
class _Level:
    """One parameter, the constraints it makes decidable, and their table once it is made."""

    name: str
    domain: Column
    constraints: tuple[Expression, ...]
    scope: tuple[str, ...]
    """The bound parameters that the constraints name."""
    sizes: tuple[int, ...]
    live_after: tuple[str, ...]
    table: _Table | None = None

    @property
    def cells(self) -> int:
        return math.prod(self.sizes) * len(self.domain)


@dataclass(slots=True)
class _Table:
    """Allowed value indices for each combination of the scope, one after the other."""

    counts: Indices
    starts: Indices
    allowed: Column


@dataclass(slots=True)
class _Plan:
    """Levels in binding order, with every domain already cut by one-parameter constraints."""

    levels: list[_Level]
    domains: dict[str, Column]
    impossible: bool = False

    @classmethod
    def of(cls, space: Space, constraints: Sequence[Expression]) -> _Plan:
        domains = {name: _column(values) for name, values in space.parameters.items()}
        several, impossible = [], False
        for constraint in constraints:
            names = sorted(constraint.names)
            if len(names) == 1:
                domain = domains[names[0]]
                domains[names[0]] = domain[constraint.holds({names[0]: domain}, len(domain))]
            elif not names:
                impossible |= not constraint.holds({}, 1)[0]
            else:
                several.append(constraint)
        impossible |= any(not len(domain) for domain in domains.values())
        if impossible:
            return cls([], domains, True)
        order = binding_order({name: len(domain) for name, domain in domains.items()}, several)
        return cls(_levels(order, domains, several), domains)


def _levels(
    order: Sequence[str], domains: Mapping[str, Column], constraints: Sequence[Expression]
) -> list[_Level]:
    place = {name: index for index, name in enumerate(order)}
    at: list[list[Expression]] = [[] for _ in order]
    for constraint in constraints:
        at[max(place[name] for name in constraint.names)].append(constraint)
    scopes = [
        tuple(sorted({n for c in found for n in c.names} - {name}, key=place.__getitem__))
        for name, found in zip(order, at, strict=True)
    ]
    return [
        _Level(
            name,
            domains[name],
            tuple(sorted(at[index], key=lambda c: (len(c.names), len(c.text)))),
            scopes[index],
            tuple(len(domains[other]) for other in scopes[index]),
            tuple(n for n in order[: index + 1] if any(n in s for s in scopes[index + 1 :])),
        )
        for index, name in enumerate(order)
    ]


def _blocks(plan: _Plan) -> Iterator[_Block]:
    """Yield finished blocks, depth first; a block that would grow too large is cut."""
    if plan.impossible:
        return
    stack = [_Block(1, (), {})]
    while stack:
        block = stack.pop()
        if len(block.chain) == len(plan.levels):
            yield block
            continue
        level = plan.levels[len(block.chain)]
        most = max(1, BLOCK_ROWS // len(level.domain))
        if block.rows > 2 * most:
            cuts = range(0, block.rows, most)
            stack.extend(_cut(block, start, start + most) for start in reversed(cuts))
            continue
        grown = _grow(plan, level, block)
        if grown.rows:
            stack.append(grown)


def _cut(block: _Block, start: int, stop: int) -> _Block:
    parent, values = block.chain[-1]
    last = (parent[start:stop], values[start:stop])
    live = {name: column[start:stop] for name, column in block.live.items()}
    return _Block(len(last[1]), (*block.chain[:-1], last), live)


def _grow(plan: _Plan, level: _Level, block: _Block) -> _Block:
    """Bind one more parameter in every row."""
    size = len(level.domain)
    if not level.constraints:
        parent = np.repeat(np.arange(block.rows), size)
        values = np.tile(np.arange(size, dtype=_index_type(size)), block.rows)
    elif level.table is not None or level.cells <= min(
        TABLE_CELLS, TABLE_SHARE * block.rows * size
    ):
        parent, values = _join(plan, level, block)
    else:
        parent, values = _filter(plan, level, block)
    live = {
        name: values if name == level.name else block.live[name][parent]
        for name in level.live_after
    }
    return _Block(len(values), (*block.chain, (parent, level.domain[values])), live)


def _join(plan: _Plan, level: _Level, block: _Block) -> tuple[Indices, Column]:
    """Join rows with the values their entry of the level's table allows."""
    table = level.table
    if table is None:
        table = level.table = _tabulate(plan, level)
    if not level.scope:
        entry = np.zeros(block.rows, np.intp)
    else:
        entry = block.live[level.scope[0]].astype(np.intp)
        for name, size in zip(level.scope[1:], level.sizes[1:], strict=True):
            entry = entry * size + block.live[name]
    counts = table.counts[entry]
    parent = np.repeat(np.arange(block.rows), counts)
    shift = table.starts[entry] - (np.cumsum(counts) - counts)
    return parent, table.allowed[np.arange(len(parent)) + shift[parent]]


def _tabulate(plan: _Plan, level: _Level) -> _Table:
    """Decide the level's constraints for every combination of the parameters they name."""
    names = (*level.scope, level.name)
    shape = (*level.sizes, len(level.domain))
    holds = np.ones(shape, bool)
    for constraint in level.constraints:
        own = [name for name in names if name in constraint.names]
        domains = [plan.domains[name] for name in own]
        axes = dict(zip(own, np.meshgrid(*domains, indexing="ij", sparse=True), strict=True))
        found = constraint.holds_on_grid(axes, tuple(len(domain) for domain in domains))
        holds &= found.reshape([s if n in own else 1 for n, s in zip(names, shape, strict=True)])
    # on flat cells: twice as fast as counting and finding along the short last axis
    entry, value = np.divmod(np.flatnonzero(holds), len(level.domain))
    counts = np.bincount(entry, minlength=math.prod(level.sizes))
    return _Table(counts, np.cumsum(counts) - counts, value.astype(_index_type(len(level.domain))))


def _filter(plan: _Plan, level: _Level, block: _Block) -> tuple[Indices, Column]:
    """Try every value in every row: for few rows, or constraints over too many parameters."""
    size = len(level.domain)
    parent = np.repeat(np.arange(block.rows), size)
    values = np.tile(np.arange(size, dtype=_index_type(size)), block.rows)
    for constraint in level.constraints:
        columns = {
            name: level.domain[values]
            if name == level.name
            else plan.domains[name][block.live[name][parent]]
            for name in constraint.names
        }
        keep = constraint.holds(columns, len(values))
        parent, values = parent[keep], values[keep]
    return parent, values


def _decode(plan: _Plan, block: _Block, out: Columns) -> None:
    """Write a finished block's values, each level's looked up through the rows after it."""
    row: Indices | None = None
    for level, (parent, values) in zip(reversed(plan.levels), reversed(block.chain), strict=True):
        if row is None:
            out[level.name][:] = values
            row = parent
            continue
        # the indices are in range; "clip" spares take() a checked copy of its output
        np.take(values, row, out=out[level.name], mode="clip")
        row = parent.take(row)


def binding_order(sizes: Mapping[str, int], constraints: Sequence[Expression]) -> list[str]:
    """Return the order that decides most constraints per value bound, narrowest domains first."""
    left, bound, order = dict(sizes), set[str](), list[str]()
    scopes = [constraint.names for constraint in constraints]
    while left:
        ranks = {name: _rank(name, left[name], bound | {name}, scopes) for name in left}
        chosen = min(left, key=ranks.__getitem__)
        order.append(chosen)
        bound.add(chosen)
        del left[chosen]
        scopes = [names for names in scopes if not names <= bound]
    return order


def _rank(
    name: str, size: int, after: set[str], scopes: Sequence[frozenset[str]]
) -> tuple[float, float, int]:
    decided = sum(1 for names in scopes if name in names and names <= after)
    touched = sum(len(names & after) / len(names) for names in scopes if name in names)
    bits = math.log2(size + 1)
    return -decided / bits, -touched / bits, size


def _index_type(size: int) -> npt.DTypeLike:
    return np.uint8 if size <= 256 else np.uint16 if size <= 65536 else np.int64


def _column(values: Sequence[Value]) -> Column:
    column = np.asarray(values)
    if column.dtype.kind != "i":
        return column
    for narrow in (np.int8, np.int16, np.int32):
        if np.iinfo(narrow).min <= column.min() and column.max() <= np.iinfo(narrow).max:
            return column.astype(narrow)
    return column
