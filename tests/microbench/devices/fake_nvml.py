"""A stand-in for pynvml with GPUs whose readings a test sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace


class NVMLError(Exception):
    def __init__(self, value: int) -> None:
        super().__init__(f"nvml fault {value}")
        self.value = value


@dataclass
class FakeNvml:
    NVMLError = NVMLError
    NVML_CLOCK_SM, NVML_CLOCK_MEM, NVML_TEMPERATURE_GPU = 1, 2, 0
    NVML_ERROR_NOT_SUPPORTED, NVML_ERROR_NO_PERMISSION = 3, 4
    LOST = 15

    names: tuple[str, ...] = ("NVIDIA H100 80GB HBM3",)
    memory_bytes: int = 81559 * 2**20
    cores: int = 132 * 128
    capability: tuple[int, int] = (9, 0)
    sm_mhz: list[int] = field(default_factory=lambda: [1980])
    reason_bits: int = 0
    pids: tuple[int, ...] = ()
    unsupported: frozenset[str] = frozenset()
    driver_missing: bool = False
    lost_after: int | None = None
    open_handles: int = 0
    looks: int = 0
    persistence: int = 1

    def nvmlInit(self) -> None:  # noqa: N802 - the library's name
        if self.driver_missing:
            raise NVMLError(12)
        self.open_handles += 1

    def nvmlShutdown(self) -> None:  # noqa: N802 - the library's name
        self.open_handles -= 1

    def __getattr__(self, name: str) -> object:
        answers = {
            "nvmlDeviceGetCount": lambda: len(self.names),
            "nvmlSystemGetDriverVersion": lambda: "580.1",
            "nvmlDeviceGetHandleByIndex": self._handle,
            "nvmlDeviceGetName": lambda h: self.names[h],
            "nvmlDeviceGetMemoryInfo": lambda h: SimpleNamespace(total=self.memory_bytes),
            "nvmlDeviceGetCudaComputeCapability": lambda h: self.capability,
            "nvmlDeviceGetNumGpuCores": lambda h: self.cores,
            "nvmlDeviceGetMaxClockInfo": lambda h, kind: 1980,
            "nvmlDeviceGetClockInfo": self._clock,
            "nvmlDeviceGetPowerUsage": lambda h: 350_500,
            "nvmlDeviceGetTemperature": lambda h, sensor: 61,
            "nvmlDeviceGetCurrentClocksThrottleReasons": lambda h: self.reason_bits,
            "nvmlDeviceGetPersistenceMode": lambda h: self.persistence,
            "nvmlDeviceGetComputeRunningProcesses": lambda h: [
                SimpleNamespace(pid=pid) for pid in self.pids
            ],
        }
        if name not in answers:
            raise AttributeError(name)
        if name in self.unsupported:
            return self._refuse
        return answers[name]

    def _refuse(self, *_: object) -> object:
        raise NVMLError(self.NVML_ERROR_NOT_SUPPORTED)

    def _handle(self, index: int) -> int:
        if index >= len(self.names):
            raise NVMLError(2)
        return index

    def _clock(self, _handle: int, kind: int) -> int:
        self.looks += 1
        if self.lost_after is not None and self.looks > self.lost_after:
            raise NVMLError(self.LOST)
        if kind == self.NVML_CLOCK_MEM:
            return 2619
        return self.sm_mhz[min(self.looks // 2, len(self.sm_mhz) - 1)]
