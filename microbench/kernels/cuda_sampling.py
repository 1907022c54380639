"""A CUDA kernel made ready to be sampled: its code, its memory, its stamps, its checks.

``KernelBench`` is what every suite of GPU kernels builds. It times ``iterations`` trips of the
kernel's own loop in one launch and turns the stamps into a sample by the rule of the suite:
cycles of one chain (latency) or the span over all blocks (rates).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, CodeCheck, Prepared, Sample
from microbench.kernels.architectures import arch_of
from microbench.kernels.cuda_device import U64, Argument, Gpu, Launch
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_module import load_module
from microbench.kernels.cuda_residency import WARP, resident_blocks
from microbench.kernels.cuda_stamps import (
    STAMP_WORDS,
    ClockGuard,
    Span,
    clock_note,
    disagreement,
    read_stamps,
    slope_cycles,
)
from microbench.protocol.measure import POWER_LIMITED
from microbench.protocol.sampling import in_company

if TYPE_CHECKING:
    import numpy as np

    from microbench.devices.telemetry import Telemetry

THROTTLED = "throttled"
SHARED_GPU = "other-process"
POWER_CAP = "software-power-cap"
LEAST_KEPT = 0.5
"""No figure of a GPU that was throttled, shared or changing its clock in most of its samples."""
SETTLE_S = 2.0
"""Load after which a GPU at its power limit holds a steady clock."""


class Basis(StrEnum):
    """Which clock a sample's seconds come from."""

    SLOPE = "slope of two loops in SM cycles"
    CYCLES = "SM cycles of one block"
    TIMER = "globaltimer over all blocks"
    EVENTS = "events around the launch"


@dataclass(slots=True)
class Surroundings:
    """What the driver said of the GPU while a sample was taken."""

    telemetry: Telemetry | None
    notes: dict[str, AxisValue]
    """Power, clock remarks and power limits are written here."""

    def judge(self, started: float, ended: float, clock_hz: float | None = None) -> str:
        """Note what was seen in a span of ``time.monotonic``; return why to drop it, or ""."""
        if self.telemetry is None:
            return ""
        seen = self.telemetry.between(started - 0.1, ended + 0.1)
        told = [one.sm_clock_hz for one in seen if one.sm_clock_hz]
        remark = clock_note(clock_hz, told[-1] if told else None)
        if remark:
            self.notes["clock_remark"] = remark
        powers = [one.power_w for one in seen if one.power_w]
        if powers:
            self.notes["power_w"] = powers[-1]
            self.notes["power_w_max"] = max(powers[-1], float(self.notes.get("power_w_max", 0.0)))
        if any(one.foreign_pids for one in seen) and not in_company():
            return SHARED_GPU
        return self._throttling(frozenset().union(*(one.reasons for one in seen)))

    def _throttling(self, reasons: frozenset[str]) -> str:
        """Power-capped samples stay: that is the state of a tensor load, and it is said aloud."""
        from microbench.devices.telemetry import THROTTLING

        if POWER_CAP in reasons:
            self.notes[POWER_LIMITED] = "yes"
        return THROTTLED if (reasons & THROTTLING) - {POWER_CAP} else ""


@dataclass(slots=True)
class KernelBench:
    """One kernel on one GPU with its launch; ``sample`` fits ``Prepared.sample``."""

    gpu: Gpu
    kernel: CudaKernel
    launch: Launch
    arguments: Callable[[int], Sequence[Argument]]
    """Arguments after the stamps for a number of trips."""
    basis: Basis
    before: Callable[[], None] | None = None
    """Runs before each launch, untimed: flush or reset."""
    notes: dict[str, AxisValue] = field(default_factory=dict)
    stamps: int = 0
    surroundings: Surroundings | None = None
    guard: ClockGuard = field(default_factory=ClockGuard)
    _function: Any = None

    def __post_init__(self) -> None:
        module = load_module(self.kernel.module, self.arch)
        self._function = self.gpu.function(module.cubin.code, self.kernel.entry)
        self.stamps = self.gpu.allocate(8 * STAMP_WORDS * self.launch.grid)
        self.surroundings = Surroundings(watching(self.gpu.facts.uuid), self.notes)
        registers = module.usages[self.kernel.entry].registers
        self.notes |= {
            "basis": self.basis.value,
            "kernel": self.kernel.name,
            "arch": self.arch,
            "compiler": module.cubin.compiler,
            "grid": self.launch.grid,
            "block": self.launch.block,
            "registers": registers,
            "resident_warps_per_sm": self._resident_warps(registers),
        }

    def _resident_warps(self, registers: int) -> int:
        """Return the warps of a launch that run on one SM at once."""
        facts, block = self.gpu.facts, self.launch.block
        most = resident_blocks(facts.compute_capability, block, registers)
        return min(most, -(-self.launch.grid // facts.sm_count)) * -(-block // WARP)

    @property
    def arch(self) -> str:
        """Architecture the code is compiled for."""
        return arch_of(self.gpu.facts.compute_capability)

    def check_code(self) -> CodeCheck:
        """Check the very cubin that is loaded."""
        return load_module(self.kernel.module, self.arch).check(self.kernel)

    def run(self, trips: int) -> tuple[float, Span]:
        """Launch once; return seconds between events and what the kernel's clocks saw."""
        import numpy as np

        if self.before is not None:
            self.before()
        arguments = [(self.stamps, U64), *self.arguments(trips)]
        event_s = self.gpu.timed([(self._function, self.launch, arguments)])
        words = np.zeros((self.launch.grid, STAMP_WORDS), np.uint64)
        self.gpu.download(self.stamps, words)
        return event_s, read_stamps(words)

    def sample(self, iterations: int) -> Sample:
        """Time ``iterations`` trips; the reason says why a sample is not to be used."""
        started = time.monotonic()
        event_s, span = self.run(iterations)
        ended = time.monotonic()
        clock_hz = span.clock_hz or self.gpu.facts.clock_hz
        reason, moved = disagreement(event_s, span.timer_s), self.guard.judge(span.clock_hz)
        if self.surroundings is not None:
            reason = self.surroundings.judge(started, ended, span.clock_hz) or reason
        # At the power limit the clock moves all the time: that is the load's state, no disturbance.
        reason = reason or ("" if self.notes.get(POWER_LIMITED) else moved)
        seconds = {
            Basis.SLOPE: slope_cycles(span) / clock_hz,
            Basis.CYCLES: span.cycles / clock_hz,
            Basis.TIMER: span.timer_s,
            Basis.EVENTS: event_s,
        }[self.basis]
        self.notes["event_s_last"] = event_s
        self.notes["globaltimer_s_last"] = span.timer_s
        self.notes["cycles_last"] = span.cycles
        if span.alone_on is not None:
            self.notes["sm_last"] = span.alone_on
        return Sample(max(seconds, 1e-12), clock_hz=span.clock_hz, discarded=reason)

    def prepared(
        self,
        operations: float = 1,
        work_flop: float = 0.0,
        bytes_moved: float = 0.0,
        check_result: Callable[[], str] | None = None,
        relative_half_width: float = 0.005,
        settle_s: float = 0.0,
    ) -> Prepared:
        """Return the point as the protocol takes it; amounts are those of one trip."""
        return Prepared(
            sample=self.sample,
            operations=operations,
            work_flop=work_flop,
            bytes_moved=bytes_moved,
            check_code=self.check_code,
            check_result=check_result,
            relative_half_width=relative_half_width,
            least_kept=LEAST_KEPT,
            settle_s=settle_s,
            notes=self.notes,
        )


_WATCHES: list[AbstractContextManager[Telemetry]] = []
_WATCHED: dict[str, Telemetry | None] = {}


def watching(uuid: str) -> Telemetry | None:
    """Return the readings of the GPU with this identity, taken at 10 Hz from the first call on.

    ``None`` where NVML knows no GPU of this identity (a slice of one, or a stand-in in tests).
    """
    if uuid not in _WATCHED:
        _WATCHED[uuid] = _start_watch(uuid)
    return _WATCHED[uuid]


def _start_watch(uuid: str) -> Telemetry | None:
    import pynvml

    from microbench.devices.telemetry import watch

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    for index in range(pynvml.nvmlDeviceGetCount()):
        told = pynvml.nvmlDeviceGetUUID(pynvml.nvmlDeviceGetHandleByIndex(index))
        text = told.decode() if isinstance(told, bytes) else told
        if text.removeprefix("GPU-").replace("-", "") == uuid:
            watcher = watch(index)
            _WATCHES.append(watcher)
            return watcher.__enter__()
    return None


def upload_new(gpu: Gpu, data: np.ndarray[Any, Any]) -> int:
    """Return the address of a copy of an array on the GPU."""
    import numpy as np

    flat = np.ascontiguousarray(data)
    address = gpu.allocate(max(flat.nbytes, 16))
    gpu.upload(address, flat)
    return address
