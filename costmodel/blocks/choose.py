"""The block sizes of a kernel on a device: every feasible configuration scored, the best one taken.

NumPy only, and the feasible set of an operator is listed once per device and element size, so that
a model's kernels cost a millisecond or so each.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from costmodel.analytic.roofline import peak_flop_per_s
from costmodel.blocks import tile_cost, tuned_products, tuned_tiles
from costmodel.blocks.enumerate import feasible
from costmodel.blocks.library import Limits, Operator
from costmodel.blocks.recurrent_cost import recurrent_s
from costmodel.blocks.space import Space, Value
from costmodel.blocks.tile_cost import Array, Chip
from costmodel.blocks.tile_usage import usages
from costmodel.blocks.tiled import Problem, problem_of, space_for
from costmodel.kernel import Kernel, Resources
from costmodel.resources.tiles import Target, TileUsages, target_of
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError

NVIDIA_ONLY = (Operator.CUTLASS_GEMM, Operator.RECURRENT)
LITE = 64
"""Most candidates of a lite space."""
WIDER = 4
"""Where every candidate spills, so many times as many tiles as before are looked at next."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best configuration of a kernel, what it would take, and what keeps it from growing."""

    blocks: Mapping[str, int]
    predicted_s: float
    runner_up: Mapping[str, int]
    """The best configuration that the model tells apart from the choice."""
    margin: float
    """Runner-up's predicted time over the choice's, less 1; where published tiles are known, times
    are weighed by how likely a tuner takes each tile."""
    resources: Resources
    feasible_count: int
    table: Table = field(repr=False, compare=False)
    order: tuple[int, ...] = field(repr=False)
    """Rows of the table, best predicted first; those predicted to spill behind all others."""
    interval_s: tuple[float, float] | None = None
    """Ends of a 90% interval of the time, where errors on measured products are known."""
    every_spills: bool = False
    """Every feasible tile is predicted to spill or not to launch: the choice is the fastest."""

    @property
    def binding(self) -> tuple[str, ...]:
        """Constraints that forbid the next larger value of a parameter."""
        return binding(self.table.space, self.blocks)

    @property
    def lite(self) -> tuple[Mapping[str, int], ...]:
        """Up to 64 candidates, best predicted first: measure these."""
        return tuple(self.table.row(index) for index in self.order)


@dataclass(frozen=True, slots=True)
class Table:
    """The feasible configurations of a space with their derived quantities, column by column."""

    space: Space
    columns: Mapping[str, Array]
    count: int
    resident: dict[Limits, Array] = field(default_factory=dict, repr=False, compare=False)
    """``blocks_per_sm`` of the rows, by the device's limits."""

    def row(self, index: int) -> dict[str, int]:
        """Return the parameters of one configuration."""
        return {name: int(self.columns[name][index]) for name in self.space.parameters}


def choose(kernel: Kernel, spec: DeviceSpec) -> Choice | None:
    """Return the block sizes for a kernel, or ``None`` where its family has no tiled kernel.

    Also ``None`` for a device whose catalogue row lacks shared memory, registers or a peak.
    """
    chip = chip_for(spec, kernel)
    problem = problem_of(kernel)
    if chip is None or problem is None or not problem.has_work:
        return None
    if problem.operator in NVIDIA_ONLY and spec.vendor != "nvidia":
        raise InputError(f"{kernel.name}: {problem.operator} has a space on NVIDIA GPUs only")
    return _chosen(problem, chip, target_of(spec, kernel.number_format))


def space_of(kernel: Kernel, spec: DeviceSpec) -> Space:
    """Return the space a kernel's block sizes come from; ``InputError`` where it has none."""
    problem, limits = problem_of(kernel), Limits.of(spec)
    if problem is None or limits is None:
        raise InputError(f"{kernel.name}: no ready-made space on {spec.name}")
    return space_for(problem, limits, spec.sm_count or 1, spec.arch)


def chip_for(spec: DeviceSpec, kernel: Kernel) -> Chip | None:
    """Return the rates a tile of this kernel sees, or ``None`` where one is unknown."""
    limits = Limits.of(spec)
    peak, _ = peak_flop_per_s(spec, kernel.number_format)
    bandwidth, clock = spec.dram_bandwidth_bytes_per_s, spec.clock_hz
    if limits is None or not peak or not bandwidth or not clock or not spec.sm_count:
        return None
    per_clock = peak / clock / spec.sm_count
    cache = float(spec.l2_bytes or 1 << 20)
    return Chip(spec.sm_count, clock, per_clock, bandwidth, cache, limits, spec.arch)


@functools.lru_cache(maxsize=4096)
def _chosen(problem: Problem, chip: Chip, target: Target | None = None) -> Choice:
    table = table_of(problem, chip)
    times = score(problem, chip, table)
    ranks = ranked(problem, chip, table, times)
    order = np.argsort(ranks, kind="stable") if table.count <= LITE else _best(ranks)
    order, used = _sound_first(problem, target, table, ranks, order)
    first = int(order[0])
    slower = order[ranks[order] > ranks[first] * (1 + 1e-9)]
    second = int(slower[0]) if len(slower) else int(order[-1])
    return Choice(
        blocks=table.row(first),
        predicted_s=float(times[first]),
        runner_up=table.row(second),
        margin=float(ranks[second] / ranks[first] - 1),
        resources=_estimated(table, first, chip) if used is None else used.resources(0),
        feasible_count=table.count,
        table=table,
        order=tuple(order[:LITE].tolist()),
        interval_s=_interval(problem, chip, float(times[first])),
        every_spills=used is not None and not used.sound[0],
    )


def _sound_first(
    problem: Problem, target: Target | None, table: Table, ranks: Array, order: Array
) -> tuple[Array, TileUsages | None]:
    """Return candidates, those that launch and do not spill first, and what they take.

    Where all spill, the tiles behind them are looked at until some do not. ``None`` where no labels
    stand for the kernel: the space's own count of registers is its only limit.
    """
    rows, used, seen = order, _usages(problem, target, table, order), len(order)
    while used is not None and not used.sound.any() and seen < table.count:
        rows = np.argsort(ranks, kind="stable")[seen : seen * (1 + WIDER)]
        seen += len(rows)
        used = _usages(problem, target, table, rows)
    if used is not None and not used.sound.any():
        rows, used = order, _usages(problem, target, table, order)
    if used is None:
        return order, None
    first = np.argsort(~used.sound, kind="stable")[:LITE]
    return rows[first], used.take(first)


def _usages(
    problem: Problem, target: Target | None, table: Table, rows: Array
) -> TileUsages | None:
    blocks = {name: table.columns[name][rows] for name in table.space.parameters}
    return usages(problem.operator, problem.sizes, target, blocks)


def _speaks(problem: Problem, chip: Chip) -> bool:
    """Return whether times of such products were learned from measured ones."""
    plain = problem.operator is Operator.GEMM
    return plain and tuned_products.speaks_for(problem.element_bytes, problem.sizes[0], chip)


def _interval(problem: Problem, chip: Chip, time_s: float) -> tuple[float, float] | None:
    if not _speaks(problem, chip):
        return None
    low, high = tuned_products.interval(problem.sizes[1])
    return low * time_s, high * time_s


def _estimated(table: Table, row: int, chip: Chip) -> Resources:
    """Return a tile's resources by the space's own formulas."""
    occupancy = _resident(table, chip.limits)[row]
    warps = float(table.columns["num_warps"][row])
    return Resources(
        registers_per_thread=int(np.ceil(table.columns["registers"][row])),
        shared_bytes=int(table.columns["shared_bytes"][row]),
        occupancy=float(min(1.0, occupancy * warps / chip.limits.warps_sm)),
    )


def ranked(problem: Problem, chip: Chip, table: Table, times: Array) -> Array:
    """Return the times weighed by how likely a tuner takes each tile, where that is known."""
    known = tuned_tiles.log_likelihood(
        problem.operator, problem.element_bytes, problem.sizes, problem.tokens, chip, table.columns
    )
    return times if known is None else np.asarray(times * np.exp(-known))


def predicted_s(kernel: Kernel, spec: DeviceSpec, row: Mapping[str, Value]) -> float:
    """Return the predicted time of one configuration that a kernel's space holds, in seconds."""
    chip, problem = chip_for(spec, kernel), problem_of(kernel)
    if chip is None or problem is None:
        raise InputError(f"{kernel.name}: no ready-made space on {spec.name}")
    table = table_of(problem, chip)
    match = np.ones(table.count, bool)
    for name, value in row.items():
        match &= table.columns[name] == value
    return float(score(problem, chip, table)[int(np.argmax(match))])


def _best(times: Array) -> Array:
    few = np.argpartition(times, LITE)[:LITE]
    return np.asarray(few[np.lexsort((few, times[few]))])


def score(problem: Problem, chip: Chip, table: Table) -> Array:
    """Return the predicted time of every configuration, in seconds.

    Where measured times of tuned products are known, the best tile takes what they say.
    """
    size, sizes = problem.element_bytes, problem.sizes
    if problem.operator is Operator.REDUCTION:
        return tile_cost.reduction_s(table.columns, sizes[0], sizes[1], size, chip)
    if problem.operator in (Operator.ATTENTION, Operator.DECODE):
        heads, kv_heads, seq, kv_len, head_dim, causal = sizes
        return tile_cost.attention_s(
            table.columns, heads, kv_heads, seq, kv_len, head_dim, bool(causal), size, chip
        )
    if problem.operator is Operator.RECURRENT:
        batch, hidden, timesteps, gates = sizes
        return recurrent_s(table.columns, batch, hidden, timesteps, gates, size, chip)
    b, m, n, k = sizes
    grouped = problem.operator is Operator.GROUPED_GEMM
    resident = _resident(table, chip.limits)
    found = tile_cost.gemm_s(table.columns, b, m, n, k, size, chip, grouped, resident)
    if not _speaks(problem, chip):
        return found
    best = int(np.argmin(ranked(problem, chip, table, found)))
    return np.asarray(found * (tuned_products.seconds(m, n, k, chip) / found[best]))


def table_of(problem: Problem, chip: Chip) -> Table:
    """Return the feasible configurations of a problem's operator, listed once and kept."""
    return listed(space_for(problem, chip.limits, chip.sm_count, chip.arch))


def listed(given: Space) -> Table:
    """Return the feasible configurations of a space with derived quantities, listed once."""
    found = _TABLES.get(id(given))
    if found is None or found.space is not given:
        columns = {name: column.astype(np.int64) for name, column in feasible(given).items()}
        count = len(next(iter(columns.values())))
        for name, expression in given.derived.items():
            columns[name] = expression.evaluate(columns, count)
        found = _TABLES[id(given)] = Table(given, columns, count)
    return found


_TABLES: dict[int, Table] = {}


def _resident(table: Table, limits: Limits) -> Array:
    """Return resident blocks per multiprocessor of a table's rows, worked out once."""
    found = table.resident.get(limits)
    if found is None:
        found = table.resident[limits] = tile_cost.blocks_per_sm(table.columns, limits)
    return found


def binding(given: Space, row: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the constraints that forbid a parameter's next larger value."""
    found: dict[str, None] = {}
    for name, values in given.parameters.items():
        now = row[name]
        if isinstance(now, str):
            continue
        larger = sorted(v for v in values if not isinstance(v, str) and v > now)
        if not larger:
            continue
        columns: dict[str, Array] = {key: np.asarray([value]) for key, value in row.items()}
        columns[name] = np.asarray([larger[0]])
        for key, expression in given.derived.items():
            columns[key] = expression.evaluate(columns, 1)
        for constraint in given.constraints:
            if not constraint.holds(columns, 1)[0]:
                found[constraint.text] = None
    return tuple(found)
