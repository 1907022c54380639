"""What a run will measure, and about how long that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from microbench.benchmark import Benchmark, Effort, Point
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError

START_S = 0.8
"""Starting a process and importing numpy and llvmlite (measured: 0.4 to 1.2 s; torch adds 2)."""
UNKNOWN_S = {Effort.QUICK: 0.5, Effort.DEFAULT: 1.5, Effort.THOROUGH: 10.0}
"""Seconds for a point of a benchmark that gives no estimate of its own."""
LIBRARY_SUITES = frozenset({"gemm", "library", "fusion", "workloads"})
SLACK = 4.0
LEAST_LIMIT_S = 5.0
PREPARE_LIMIT_S = 60.0
"""Room for compiling, allocating and filling on a busy machine, over the sampling limit."""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one benchmark, measured in one process as long as nothing fails."""

    benchmark: Benchmark
    points: tuple[Point, ...]
    seconds_per_point: float

    @property
    def estimate_s(self) -> float:
        """Seconds the group should take in one process."""
        return START_S + self.seconds_per_point * len(self.points)

    @property
    def sampling_limit_s(self) -> float:
        """Seconds after which sampling stops by itself, keeping what it has."""
        return max(LEAST_LIMIT_S, SLACK * self.seconds_per_point)

    @property
    def hard_limit_s(self) -> float:
        """Seconds after which the process is killed and the point timed out."""
        return PREPARE_LIMIT_S + 2 * self.sampling_limit_s


@dataclass(frozen=True, slots=True)
class Plan:
    """The groups of a run, in order."""

    groups: tuple[Group, ...]
    processes: int = 1

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point, once."""
        return tuple(point for group in self.groups for point in group.points)

    @property
    def estimate_s(self) -> float:
        """Seconds the whole should take."""
        return self.processes * sum(group.estimate_s for group in self.groups)


def make_plan(
    benchmarks: Iterable[Benchmark], device: DeviceSpec, effort: Effort, processes: int = 1
) -> Plan:
    """Return all points of the benchmarks on a device; ``InputError`` when there are none."""
    groups = tuple(
        Group(benchmark, points, seconds_per_point(benchmark, effort))
        for benchmark in sorted(benchmarks, key=_late)
        if (points := benchmark.points(device, effort))
    )
    if not groups:
        raise InputError(f"no benchmark asked for has a point on {device.title}")
    return Plan(groups, processes)


def _late(benchmark: Benchmark) -> bool:
    """Say whether a time limit should rather cut this off: a GPU's library calls, not its kernels.

    What torch does can be timed anywhere; our kernels are what a visit to a GPU is for.
    """
    return benchmark.kind is DeviceKind.GPU and benchmark.suite in LIBRARY_SUITES


def group_points(
    points: Sequence[Point], benchmarks: Iterable[Benchmark], effort: Effort
) -> tuple[Group, ...]:
    """Return points in groups of consecutive ones of the same benchmark.

    Raises ``InputError`` for a point whose benchmark this version does not have.
    """
    known = {benchmark.name: benchmark for benchmark in benchmarks}
    groups = []
    for name, members in groupby(points, key=lambda point: point.benchmark):
        if name not in known:
            raise InputError(
                f"the run holds benchmark {name!r}, which is not known here: add it with --module, "
                "or start a new run"
            )
        benchmark = known[name]
        groups.append(Group(benchmark, tuple(members), seconds_per_point(benchmark, effort)))
    return tuple(groups)


def seconds_per_point(benchmark: Benchmark, effort: Effort) -> float:
    """Return a benchmark's own estimate, or a usual one."""
    return benchmark.seconds_per_point.get(effort, UNKNOWN_S[effort])
