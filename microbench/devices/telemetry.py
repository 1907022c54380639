"""What a GPU did while it was measured: clocks, power, heat, throttling, other users, at 10 Hz.

A thread reads NVML between two moments of the measuring process; a figure the driver does not
give is ``None``. Source of the reason bits: nvml.h, NVML clocks event reasons.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from microbench.errors import DeviceError

PERIOD_S = 0.1
NOBODY = -1
"""``own_pid`` of a process that uses no GPU itself."""
REASONS = {
    0x0000000000000001: "idle",
    0x0000000000000002: "application-clocks",
    0x0000000000000004: "software-power-cap",
    0x0000000000000008: "hardware-slowdown",
    0x0000000000000010: "sync-boost",
    0x0000000000000020: "software-thermal",
    0x0000000000000040: "hardware-thermal",
    0x0000000000000080: "hardware-power-brake",
    0x0000000000000100: "display-clocks",
}
THROTTLING = frozenset(
    {"software-power-cap", "hardware-slowdown", "software-thermal", "hardware-thermal"}
    | {"hardware-power-brake"}
)
"""Reasons that lower the clock below what was asked for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the GPU; ``at_s`` is ``time.monotonic``."""

    at_s: float
    sm_clock_hz: float | None
    memory_clock_hz: float | None
    power_w: float | None
    temperature_c: float | None
    reasons: frozenset[str]
    foreign_pids: tuple[int, ...]
    """Other processes with a context on this GPU."""

    @property
    def throttled(self) -> bool:
        """Whether a reason holds the clock down."""
        return bool(self.reasons & THROTTLING)


@dataclass(slots=True)
class Telemetry:
    """Readings of one GPU, oldest first; filled by ``watch`` while its block runs."""

    readings: list[Reading] = field(default_factory=list)
    fault: str = ""
    """Why reading stopped early, or empty."""

    def between(self, start_s: float, end_s: float) -> tuple[Reading, ...]:
        """Return the readings of a span of ``time.monotonic``."""
        return tuple(one for one in self.readings if start_s <= one.at_s <= end_s)

    def throttled_between(self, start_s: float, end_s: float) -> bool:
        """Return whether the clock was held down in a span, its neighbouring readings included."""
        span = self.between(start_s - PERIOD_S, end_s + PERIOD_S)
        return any(reading.throttled for reading in span)

    def reasons(self) -> frozenset[str]:
        """Return every throttling reason seen."""
        return frozenset().union(*(one.reasons & THROTTLING for one in self.readings))

    def foreign_pids(self) -> tuple[int, ...]:
        """Return every other process seen on the GPU."""
        return tuple(sorted({pid for one in self.readings for pid in one.foreign_pids}))

    def clock_hz(self) -> float | None:
        """Return the median SM clock, or ``None`` where the driver does not tell."""
        known = sorted(one.sm_clock_hz for one in self.readings if one.sm_clock_hz is not None)
        return known[len(known) // 2] if known else None


@contextmanager
def watch(
    index: int, nvml: Any | None = None, period_s: float = PERIOD_S, own_pid: int | None = None
) -> Iterator[Telemetry]:
    """Read a GPU every ``period_s`` while the block runs, once before and once after it.

    The process ``own_pid`` (this one unless given) is expected to use the GPU; ``NOBODY``: none is.
    ``nvml`` is ``pynvml`` unless given. Raises ``DeviceError`` when the driver does not answer; a
    fault during the block ends the readings and stands in ``Telemetry.fault``.
    """
    module = _pynvml() if nvml is None else nvml
    try:
        module.nvmlInit()
        handle = module.nvmlDeviceGetHandleByIndex(index)
    except module.NVMLError as error:
        raise DeviceError(f"GPU {index}: the NVIDIA driver does not answer ({error})") from error
    telemetry, stop = Telemetry(), threading.Event()
    pid = os.getpid() if own_pid is None else own_pid

    def read() -> bool:
        try:
            telemetry.readings.append(reading(module, handle, pid))
        except module.NVMLError as error:
            telemetry.fault = str(error)
            return False
        return True

    def loop() -> None:
        while not stop.wait(period_s) and read():
            pass

    read()
    thread = threading.Thread(target=loop, name=f"telemetry-{index}", daemon=True)
    thread.start()
    try:
        yield telemetry
    finally:
        stop.set()
        thread.join()
        if not telemetry.fault:
            read()
        module.nvmlShutdown()


def reading(nvml: Any, handle: Any, own_pid: int) -> Reading:
    """Read one GPU now; figures it does not support are ``None``, a lost GPU raises."""

    def ask(function: Callable[..., T], *arguments: Any) -> T | None:
        try:
            return function(handle, *arguments)
        except nvml.NVMLError as error:
            if getattr(error, "value", None) in _absent(nvml):
                return None
            raise

    sm_mhz = ask(nvml.nvmlDeviceGetClockInfo, nvml.NVML_CLOCK_SM)
    memory_mhz = ask(nvml.nvmlDeviceGetClockInfo, nvml.NVML_CLOCK_MEM)
    power_mw = ask(nvml.nvmlDeviceGetPowerUsage)
    bits = ask(nvml.nvmlDeviceGetCurrentClocksThrottleReasons) or 0
    processes = ask(nvml.nvmlDeviceGetComputeRunningProcesses) or []
    return Reading(
        at_s=time.monotonic(),
        sm_clock_hz=None if sm_mhz is None else sm_mhz * 1e6,
        memory_clock_hz=None if memory_mhz is None else memory_mhz * 1e6,
        power_w=None if power_mw is None else power_mw / 1e3,
        temperature_c=ask(nvml.nvmlDeviceGetTemperature, nvml.NVML_TEMPERATURE_GPU),
        reasons=frozenset(name for bit, name in REASONS.items() if bits & bit),
        foreign_pids=foreign(tuple(one.pid for one in processes), own_pid),
    )


def foreign(pids: tuple[int, ...], own_pid: int) -> tuple[int, ...]:
    """Return the processes on a GPU that are not this one; ``NOBODY`` has none there.

    Inside a container NVML numbers processes as the host does: where our own number is not among
    them, one of them is ours under another, the newest as a rule.
    """
    if own_pid == NOBODY:
        return pids
    if own_pid in pids:
        return tuple(pid for pid in pids if pid != own_pid)
    return pids[:-1]


def _absent(nvml: Any) -> frozenset[int]:
    return frozenset({nvml.NVML_ERROR_NOT_SUPPORTED, nvml.NVML_ERROR_NO_PERMISSION})


def _pynvml() -> Any:
    import pynvml

    return pynvml
