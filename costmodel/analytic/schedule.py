"""A graph of ops over several devices: the HEFT schedule, and what noise does to it.

H. Topcuoglu, S. Hariri, M.-Y. Wu, "Performance-Effective and Low-Complexity Task Scheduling for
Heterogeneous Computing", IEEE TPDS 13(3), 2002: rank tasks by the longest way to the end, then give
each to the device that finishes it first, gaps included. After "DeepSoCS" (the baseline there).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class TaskGraph:
    """Tasks by number: seconds on each device, and seconds a result takes between devices."""

    times_s: tuple[tuple[float, ...], ...]
    transfers_s: Mapping[tuple[int, int], float]
    """(producer, consumer) to seconds when they run on different devices; 0 on the same one."""

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.times_s}
        if len(widths) != 1 or 0 in widths:
            raise InputError("every task needs one time for each device")
        count = len(self.times_s)
        for edge in self.transfers_s:
            if not all(0 <= end < count for end in edge):
                raise InputError(f"edge {edge} leads to a task that is not there")

    def consumers(self, task: int) -> list[int]:
        """Return the tasks that need this one's result."""
        return [after for before, after in self.transfers_s if before == task]

    def producers(self, task: int) -> list[int]:
        """Return the tasks whose results this one needs."""
        return [before for before, after in self.transfers_s if after == task]


@dataclass(frozen=True, slots=True)
class Placement:
    """One task's device and times in a schedule."""

    task: int
    device: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """Placements in the order they were decided."""

    placements: tuple[Placement, ...]

    @property
    def makespan_s(self) -> float:
        """When the last task ends."""
        return max((one.end_s for one in self.placements), default=0.0)


def upward_ranks(graph: TaskGraph) -> tuple[float, ...]:
    """Return rank(i) = mean time + max over consumers of (transfer + rank); the critical path.

    ``InputError`` when the graph has a cycle.
    """
    ranks: dict[int, float] = {}
    for task in reversed(topological_order(graph)):
        tail = [graph.transfers_s[task, after] + ranks[after] for after in graph.consumers(task)]
        own = graph.times_s[task]
        ranks[task] = sum(own) / len(own) + max(tail, default=0.0)
    return tuple(ranks[task] for task in range(len(graph.times_s)))


def topological_order(graph: TaskGraph) -> list[int]:
    """Return tasks with every producer before its consumers; ``InputError`` on a cycle."""
    waiting = {task: len(graph.producers(task)) for task in range(len(graph.times_s))}
    ready = [task for task, count in waiting.items() if not count]
    order = []
    while ready:
        task = ready.pop(0)
        order.append(task)
        for after in graph.consumers(task):
            waiting[after] -= 1
            if not waiting[after]:
                ready.append(after)
    if len(order) < len(waiting):
        raise InputError("the task graph has a cycle")
    return order


def heft(graph: TaskGraph) -> Schedule:
    """Return the HEFT schedule: by falling rank, each task where it ends first, gaps used."""
    ranks = upward_ranks(graph)
    position = {task: at for at, task in enumerate(topological_order(graph))}
    order = sorted(range(len(ranks)), key=lambda task: (-round(ranks[task], 12), position[task]))
    placed: dict[int, Placement] = {}
    for task in order:
        options = [_place(graph, task, device, placed) for device in range(len(graph.times_s[0]))]
        placed[task] = min(options, key=lambda one: (one.end_s, one.device))
    return Schedule(tuple(placed.values()))


def replay(graph: TaskGraph, plan: Schedule, actual_s: Sequence[Sequence[float]]) -> float:
    """Return the makespan when each device keeps the plan's order but tasks take ``actual_s``."""
    done: dict[int, Placement] = {}
    free_s: dict[int, float] = {}
    for one in sorted(plan.placements, key=lambda p: (p.start_s, p.end_s)):
        start_s = max(_ready_s(graph, one.task, one.device, done), free_s.get(one.device, 0.0))
        end_s = start_s + actual_s[one.task][one.device]
        done[one.task] = Placement(one.task, one.device, start_s, end_s)
        free_s[one.device] = end_s
    return max((one.end_s for one in done.values()), default=0.0)


def noise_sweep(
    graph: TaskGraph, spreads: Sequence[float], repeats: int = 100, seed: int = 0
) -> tuple[float, ...]:
    """Return, for each relative spread, mean makespan of the fixed plan over one planned knowing.

    Times are multiplied by log-normal noise of that standard deviation (of the logarithm). 1 means
    that knowing the noise beforehand would not have helped.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    plan, times = heft(graph), np.asarray(graph.times_s)
    found = []
    for spread in spreads:
        fixed_s = informed_s = 0.0
        for _ in range(repeats):
            actual = (times * np.exp(rng.normal(0, spread, times.shape))).tolist()
            fixed_s += replay(graph, plan, actual)
            known = TaskGraph(tuple(tuple(row) for row in actual), graph.transfers_s)
            informed_s += min(heft(known).makespan_s, replay(graph, plan, actual))
        found.append(fixed_s / informed_s)
    return tuple(found)


def _place(graph: TaskGraph, task: int, device: int, placed: Mapping[int, Placement]) -> Placement:
    length_s = graph.times_s[task][device]
    start_s = _ready_s(graph, task, device, placed)
    busy = sorted((p.start_s, p.end_s) for p in placed.values() if p.device == device)
    for begin_s, end_s in busy:
        if start_s + length_s <= begin_s:
            break
        start_s = max(start_s, end_s)
    return Placement(task, device, start_s, start_s + length_s)


def _ready_s(graph: TaskGraph, task: int, device: int, placed: Mapping[int, Placement]) -> float:
    arrivals = [
        placed[before].end_s
        + (0.0 if placed[before].device == device else graph.transfers_s[before, task])
        for before in graph.producers(task)
    ]
    return max(arrivals, default=0.0)
