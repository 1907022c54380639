"""What a benchmark is and what is kept of it: shared by suites, protocol, runner and store.

A benchmark is a frozen description. It never loops, times, prints or saves: the runner starts a
child process, the protocol draws samples from ``Prepared.sample`` and the store keeps them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from microbench.devices.spec import DeviceKind, DeviceSpec

AxisValue = str | int | float


class Effort(StrEnum):
    """How much of a sweep runs and how long each point may take."""

    QUICK = "quick"
    DEFAULT = "default"
    THOROUGH = "thorough"


class Quantity(StrEnum):
    """What a point's samples are turned into. Samples themselves are always seconds."""

    LATENCY = "latency_s"  # seconds per operation
    BANDWIDTH = "bandwidth_bytes_per_s"  # bytes_moved / seconds
    THROUGHPUT = "throughput_flop_per_s"  # work_flop / seconds (integer formats: operations)
    FREQUENCY = "clock_hz"  # cycles / seconds


class Verdict(StrEnum):
    """What became of a point. Only ``OK`` and ``NOISY`` carry a number to use."""

    OK = "ok"
    NOISY = "noisy"
    THROTTLED = "throttled"
    EMULATED = "emulated"  # a number of the emulation, never of the instruction
    WRONG_CODE = "wrong code"
    WRONG_RESULT = "wrong result"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"  # crash, out of memory, device fault: reason says which
    TIMED_OUT = "timed out"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Point:
    """One benchmark at one setting of its axes; the unit that is planned, acknowledged, resumed."""

    benchmark: str
    axes: tuple[tuple[str, AxisValue], ...] = ()

    @property
    def key(self) -> str:
        """Stable text id, e.g. ``cpu.memory.latency[size_bytes=4096,page_bytes=4096]``."""
        if not self.axes:
            return self.benchmark
        return f"{self.benchmark}[{','.join(f'{name}={value}' for name, value in self.axes)}]"

    def __getitem__(self, name: str) -> AxisValue:
        return dict(self.axes)[name]


@dataclass(frozen=True, slots=True)
class Sample:
    """One timed repetition, per operation (``Prepared.operations`` divided out)."""

    time_s: float
    cpu_time_s: float | None = None
    clock_hz: float | None = None
    discarded: str = ""
    """Empty when kept; else the reason: ``preempted``, ``contended``, ``clock-shift``, ..."""


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """Whether the machine code about to run holds the instructions the benchmark claims."""

    ok: bool
    signature: str
    """What was required and found, e.g. ``20 x vfmadd, 0 stack accesses``."""
    code_sha256: str = ""
    emulated: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A point made ready in the child process.

    ``sample(iterations)`` runs the body that many times and returns the raw sample in seconds for
    ALL iterations; the protocol calibrates ``iterations`` and divides. Work and traffic are per
    iteration. ``check_result`` returns "" or what is wrong and runs once before timing.
    """

    sample: Callable[[int], Sample]
    operations: float = 1
    """Operations of ``Quantity.LATENCY`` (loads, multiplies, launches) in one iteration."""
    work_flop: float = 0.0
    bytes_moved: float = 0.0
    check_code: Callable[[], CodeCheck] | None = None
    check_result: Callable[[], str] | None = None
    relative_half_width: float = 0.005
    """Stop when the 95% interval's half-width falls below this share of the median."""
    cpu_time_valid: bool = False
    """Whether CPU time may stand in for wall time when too few samples are undisturbed."""
    one_clock: Callable[[], float | None] | None = None
    """For times made of core cycles, on machines whose clock moves: the clock in Hz at which they
    are told (samples carry ``clock_hz``); ``None`` while too little is known of it."""
    contention_adds: bool = False
    """Whether what shares the core can only lengthen a sample: those slower than the fastest level
    held are dropped as ``contended``, and the value is that of the core left alone."""
    sample_s: float | None = None
    """Length of a sample where it is another than the protocol's 1 ms."""
    least_kept: float = 0.0
    """Share of undisturbed samples below which a figure is noisy whatever its interval says."""
    settle_s: float = 0.0
    """Seconds of load before the samples of a thorough run, for devices whose power limit takes
    hold only then; what the first 100 ms gave goes into the notes."""
    notes: Mapping[str, AxisValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A frozen description of one question about a device."""

    name: str
    """Dotted: device kind, subject, detail: ``cpu.memory.latency``, ``gpu.tensor.wgmma``."""
    question: str
    """One line, ends with a question mark."""
    kind: DeviceKind
    suite: str
    """``memory``, ``compute``, ``gemm``, ``fusion``, ``tensor``, ``workloads``, ..."""
    quantity: Quantity
    points: Callable[[DeviceSpec, Effort], tuple[Point, ...]]
    """Cheap and pure: listing and dry runs call it; no heavy import."""
    prepare: Callable[[Point, DeviceSpec, int], Prepared]
    """(point, device, seed) -> Prepared; runs in the child only."""
    source: str = ""
    """Where method and expected range come from."""
    architectures: tuple[str, ...] = ()
    seconds_per_point: Mapping[Effort, float] = field(default_factory=dict)
    """Estimate for dry runs and the default time limit, all visits of a point together."""
    visits: Mapping[Effort, int] = field(default_factory=dict)
    """How often each point is measured, round-robin with the others, its samples pooled; 1 if
    absent. For figures that drift over seconds with what else the machine does."""
    often: Callable[[Point, DeviceSpec], bool] | None = None
    """Which points are visited twice as often, for the same time in all: cheap to prepare, and
    disturbed for seconds at a time."""
    on_request: bool = False
    """Whether it runs only when its name or its suite is asked for: long, or no question about the
    device itself."""


def visits_of(benchmark: Benchmark, point: Point, effort: Effort, device: DeviceSpec) -> int:
    """Return how often a run measures a point."""
    often = benchmark.often is not None and benchmark.often(point, device)
    return benchmark.visits.get(effort, 1) * (2 if often else 1)


INTERLEAVED: Mapping[Effort, int] = {Effort.THOROUGH: 2}
"""Visits of what is quick to prepare: a thorough run goes round the points of a benchmark twice."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that is kept of a point. Summaries are in ``Quantity`` units; samples in seconds."""

    point: Point
    quantity: Quantity
    verdict: Verdict
    reason: str = ""
    value: float | None = None
    """Median of the kept samples, turned into ``quantity``; ``None`` without a number."""
    low: float | None = None
    high: float | None = None
    """Distribution-free 95% interval of the median (order statistics)."""
    time_s: float | None = None
    """Median seconds per operation behind ``value``."""
    operations: float = 1
    work_flop: float = 0.0
    bytes_moved: float = 0.0
    clock_hz: float | None = None
    stopped_by: str = ""
    """``interval``, ``time``, ``samples``."""
    basis: str = "wall"
    """``wall`` or ``cpu-time`` (fallback on a loaded machine, always said aloud)."""
    code: CodeCheck | None = None
    samples: tuple[Sample, ...] = ()
    notes: Mapping[str, AxisValue] = field(default_factory=dict)

    @property
    def kept_fraction(self) -> float:
        """Share of samples not discarded; 0 without samples."""
        kept = sum(1 for sample in self.samples if not sample.discarded)
        return kept / len(self.samples) if self.samples else 0.0
