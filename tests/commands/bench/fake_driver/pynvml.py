"""A driver made of Python, found before the real one: two GPUs, one of which may get lost."""

# ruff: noqa: N802 - NVML's own names

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

NVML_CLOCK_SM, NVML_CLOCK_MEM, NVML_TEMPERATURE_GPU = 1, 2, 0
NVML_ERROR_NOT_SUPPORTED, NVML_ERROR_NO_PERMISSION, NVML_ERROR_GPU_IS_LOST = 3, 4, 15


class NVMLError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__({15: "GPU is lost"}.get(value, "Not Supported"))
        self.value = value


def _alive() -> None:
    marker = os.environ.get("FAKE_GPU_LOST")
    if marker and Path(marker).exists():
        raise NVMLError(NVML_ERROR_GPU_IS_LOST)


def nvmlInit() -> None: ...
def nvmlShutdown() -> None: ...
def nvmlDeviceGetCount() -> int:
    return 2


def nvmlDeviceGetHandleByIndex(index: int) -> int:
    return index


def nvmlDeviceGetUUID(handle: int) -> str:
    return f"GPU-0000-{handle}"


def nvmlDeviceGetName(_handle: int) -> str:
    return "NVIDIA H200"


def nvmlDeviceGetMemoryInfo(_handle: int) -> SimpleNamespace:
    return SimpleNamespace(total=150_754_820_096)


def nvmlDeviceGetCudaComputeCapability(_handle: int) -> tuple[int, int]:
    return (9, 0)


def nvmlDeviceGetNumGpuCores(_handle: int) -> int:
    return 132 * 128


def nvmlDeviceGetMaxClockInfo(_handle: int, _kind: int) -> int:
    return 1980


def nvmlDeviceGetClockInfo(_handle: int, kind: int) -> int:
    _alive()
    return 1755 if kind == NVML_CLOCK_SM else 3201


def nvmlDeviceGetPowerUsage(_handle: int) -> int:
    _alive()
    return 345_000


def nvmlDeviceGetTemperature(_handle: int, _sensor: int) -> int:
    raise NVMLError(NVML_ERROR_NOT_SUPPORTED)


def nvmlDeviceGetCurrentClocksThrottleReasons(_handle: int) -> int:
    return int(os.environ.get("FAKE_THROTTLE", "0"))


def nvmlDeviceGetComputeRunningProcesses(_handle: int) -> list[SimpleNamespace]:
    return [SimpleNamespace(pid=pid) for pid in range(int(os.environ.get("FAKE_USERS", "1")))]


def nvmlSystemGetDriverVersion() -> str:
    return "580.65.06"
