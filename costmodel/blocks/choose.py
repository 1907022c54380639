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
from costmodel.blocks import tile_cost, tuned_tiles
from costmodel.blocks.enumerate import feasible
from costmodel.blocks.library import Limits, Operator, space
from costmodel.blocks.space import Space, Value
from costmodel.blocks.tile_cost import Array, Chip
from costmodel.kernel import Family, Kernel, Resources
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError

LITE = 64
"""Most candidates of a lite space."""


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
    binding: tuple[str, ...]
    """Constraints that forbid the next larger value of a parameter."""
    resources: Resources
    feasible_count: int
    lite: tuple[Mapping[str, int], ...] = field(default=(), repr=False)
    """Up to 64 candidates, best predicted first: measure these."""


@dataclass(frozen=True, slots=True)
class Table:
    """The feasible configurations of a space with their derived quantities, column by column."""

    space: Space
    columns: Mapping[str, Array]
    count: int

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
    return _chosen(problem, chip)


def space_of(kernel: Kernel, spec: DeviceSpec) -> Space:
    """Return the space a kernel's block sizes come from; ``InputError`` where it has none."""
    problem, limits = problem_of(kernel), Limits.of(spec)
    if problem is None or limits is None:
        raise InputError(f"{kernel.name}: no ready-made space on {spec.name}")
    return table_of(problem, limits).space


@dataclass(frozen=True, slots=True)
class Problem:
    """What decides a kernel's block sizes, and nothing else: equal problems share one choice."""

    operator: Operator
    element_bytes: float
    sizes: tuple[float, ...]
    """GEMM: b, m, n, k. Attention: heads, kv_heads, seq, kv_len, head_dim, causal. Rows: rows,
    cols."""
    tokens: float = 0.0
    """Tokens that a grouped product's experts share."""

    @property
    def has_work(self) -> bool:
        """Whether no size is zero; the causal flag does not count."""
        attends = self.operator in (Operator.ATTENTION, Operator.DECODE)
        return all(size > 0 for size in (self.sizes[:5] if attends else self.sizes))


def problem_of(kernel: Kernel) -> Problem | None:
    """Return the tiled problem a kernel is, or ``None``."""
    size = kernel.number_format.size_bytes
    d = {name: float(value) for name, value in kernel.dims.items()}
    try:
        if kernel.family is Family.GEMM:
            return Problem(Operator.GEMM, size, (d.get("b", 1.0), d["m"], d["n"], d["k"]))
        if kernel.family is Family.CONVOLUTION:
            return Problem(Operator.CONVOLUTION, size, _implicit_gemm(d))
        if kernel.family is Family.MIXTURE_OF_EXPERTS:
            experts = max(1.0, d["experts"] / max(d.get("ep", 1.0), 1.0))
            rows = max(1.0, d["tokens"] * d["topk"] / max(d["experts"], 1.0))
            width = 2 * d["inter"] / max(d.get("tp", 1.0), 1.0)
            sizes = (experts, rows, width, d["hidden"])
            return Problem(Operator.GROUPED_GEMM, size, sizes, d["tokens"])
        if kernel.family in _ATTENTION:
            return _attention(kernel, size)
        if kernel.family is Family.ROWWISE:
            return Problem(Operator.REDUCTION, size, (d["rows"], d["cols"]))
    except KeyError:
        return None
    return None


_ATTENTION = {Family.ATTENTION_PREFILL, Family.ATTENTION_DECODE, Family.ATTENTION_ENCODER}


def _attention(kernel: Kernel, size: float) -> Problem:
    d = kernel.dims
    decode = kernel.family is Family.ATTENTION_DECODE
    kv_len = min(d["kv_len"], d.get("window", 0) or d["kv_len"])
    causal = float(kernel.family is Family.ATTENTION_PREFILL)
    heads, kv_heads = d["batch"] * d["heads"], d["batch"] * d.get("kv_heads", d["heads"])
    sizes = (heads, kv_heads, 1.0 if decode else d["seq"], kv_len, d["head_dim"], causal)
    return Problem(Operator.DECODE if decode else Operator.ATTENTION, size, sizes)


def _implicit_gemm(d: Mapping[str, float]) -> tuple[float, float, float, float]:
    groups = max(d.get("groups", 1.0), 1.0)
    return (
        groups,
        d["batch"] * d["h_out"] * d["w_out"],
        max(1.0, d["c_out"] / groups),
        max(1.0, d["c_in"] / groups) * d["kh"] * d["kw"],
    )


def chip_for(spec: DeviceSpec, kernel: Kernel) -> Chip | None:
    """Return the rates a tile of this kernel sees, or ``None`` where one is unknown."""
    limits = Limits.of(spec)
    peak, _ = peak_flop_per_s(spec, kernel.number_format)
    bandwidth, clock = spec.dram_bandwidth_bytes_per_s, spec.clock_hz
    if limits is None or not peak or not bandwidth or not clock or not spec.sm_count:
        return None
    per_clock = peak / clock / spec.sm_count
    cache = float(spec.l2_bytes or 1 << 20)
    return Chip(spec.sm_count, clock, per_clock, bandwidth, cache, limits)


@functools.lru_cache(maxsize=4096)
def _chosen(problem: Problem, chip: Chip) -> Choice:
    table = table_of(problem, chip.limits)
    times = score(problem, chip, table)
    ranks = ranked(problem, chip, table, times)
    order = np.argsort(ranks, kind="stable") if table.count <= LITE else _best(ranks)
    first = int(order[0])
    slower = order[ranks[order] > ranks[first] * (1 + 1e-9)]
    second = int(slower[0]) if len(slower) else int(order[-1])
    occupancy = tile_cost.blocks_per_sm(table.columns, chip.limits)[first]
    warps = float(table.columns["num_warps"][first])
    return Choice(
        blocks=table.row(first),
        predicted_s=float(times[first]),
        runner_up=table.row(second),
        margin=float(ranks[second] / ranks[first] - 1),
        binding=binding(table.space, table.row(first)),
        resources=Resources(
            registers_per_thread=int(np.ceil(table.columns["registers"][first])),
            shared_bytes=int(table.columns["shared_bytes"][first]),
            occupancy=float(min(1.0, occupancy * warps / chip.limits.warps_sm)),
        ),
        feasible_count=table.count,
        lite=tuple(table.row(int(index)) for index in order[:LITE]),
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
    table = table_of(problem, chip.limits)
    match = np.ones(table.count, bool)
    for name, value in row.items():
        match &= table.columns[name] == value
    return float(score(problem, chip, table)[int(np.argmax(match))])


def _best(times: Array) -> Array:
    few = np.argpartition(times, LITE)[:LITE]
    return np.asarray(few[np.lexsort((few, times[few]))])


def score(problem: Problem, chip: Chip, table: Table) -> Array:
    """Return the predicted time of every configuration, in seconds."""
    size, sizes = problem.element_bytes, problem.sizes
    if problem.operator is Operator.REDUCTION:
        return tile_cost.reduction_s(table.columns, sizes[0], sizes[1], size, chip)
    if problem.operator in (Operator.ATTENTION, Operator.DECODE):
        heads, kv_heads, seq, kv_len, head_dim, causal = sizes
        return tile_cost.attention_s(
            table.columns, heads, kv_heads, seq, kv_len, head_dim, bool(causal), size, chip
        )
    b, m, n, k = sizes
    grouped = problem.operator is Operator.GROUPED_GEMM
    return tile_cost.gemm_s(table.columns, b, m, n, k, size, chip, grouped)


def table_of(problem: Problem, limits: Limits) -> Table:
    """Return the feasible configurations of a problem's operator, listed once and kept."""
    attends = problem.operator in (Operator.ATTENTION, Operator.DECODE)
    head_dim = int(problem.sizes[4]) if attends else 64
    return listed(space(problem.operator, limits, problem.element_bytes, head_dim))


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
