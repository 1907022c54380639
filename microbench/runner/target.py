"""The devices a run was asked for, each with its lock, its environment and its description."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import DeviceError


@dataclass(frozen=True, slots=True)
class Target:
    """A device of this machine, ready to be measured."""

    spec: DeviceSpec
    lock_key: str
    """``cpu`` or the GPU's UUID."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Environment of the child, so that it sees this device alone, as number 0."""
    index: int | None = None
    """The driver's number of a GPU."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the driver says of it, for the environment record."""


def targets(text: str) -> tuple[Target, ...]:
    """Return the devices ``--device`` stands for; ``DeviceError`` when one is not there."""
    from microbench.devices.detect import resolve

    specs = resolve(text)
    gpus = [spec for spec in specs if spec.kind is DeviceKind.GPU]
    numbers = [int(part) for part in text.split(",") if part.strip().isdigit()]
    found = iter(
        _gpu_target(spec, index)
        for spec, index in zip(gpus, numbers or range(len(gpus)), strict=True)
    )
    return tuple(
        Target(spec, "cpu") if spec.kind is DeviceKind.CPU else next(found) for spec in specs
    )


def _gpu_target(spec: DeviceSpec, index: int) -> Target:
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        raise DeviceError(f"GPU {index}: the NVIDIA driver does not answer ({error})") from error
    try:
        handle = pynvml.nvmlDeviceGetHandleByIndex(index)
        uuid = str(pynvml.nvmlDeviceGetUUID(handle))
        facts = gpu_facts(pynvml, handle)
    except pynvml.NVMLError as error:
        raise DeviceError(f"GPU {index} does not answer ({error}): see `hwprof doctor`") from error
    finally:
        pynvml.nvmlShutdown()
    facts["gpu_uuid_sha256"] = hashlib.sha256(uuid.encode()).hexdigest()[:16]
    variables = visible(uuid, index, os.environ.get("CUDA_VISIBLE_DEVICES"))
    return Target(spec, uuid, variables, index, facts)


def visible(uuid: str, index: int, given: str | None) -> dict[str, str]:
    """Return variables that show a child one GPU; a choice made outside (MIG) is kept."""
    entries = [entry.strip() for entry in (given or "").split(",") if entry.strip()]
    chosen = entries[index] if index < len(entries) else uuid
    return {"CUDA_VISIBLE_DEVICES": chosen, "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}


def gpu_facts(nvml: object, handle: object) -> dict[str, object]:
    """Return what the driver says of a GPU; what it does not support is left out."""
    facts: dict[str, object] = {}
    for name, call, arguments in _QUESTIONS:
        ask = getattr(nvml, call, None)
        if ask is None:
            continue
        try:
            answer = ask(*(() if name in _OF_DRIVER else (handle, *arguments)))
        except nvml.NVMLError:  # type: ignore[attr-defined]  # the module is passed as an object
            continue
        facts[name] = _plain(answer)
    return facts


def _plain(answer: object) -> object:
    if isinstance(answer, bytes):
        return answer.decode()
    if isinstance(answer, list | tuple):
        return [_plain(getattr(item, "pid", item)) for item in answer]
    return answer if isinstance(answer, str | int | float | bool) else str(answer)


_SM, _MEMORY = 1, 2
"""NVML_CLOCK_SM and NVML_CLOCK_MEM (nvml.h)."""
_OF_DRIVER = frozenset({"gpu_driver", "gpu_cuda_version"})
_QUESTIONS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("gpu_driver", "nvmlSystemGetDriverVersion", ()),
    ("gpu_cuda_version", "nvmlSystemGetCudaDriverVersion", ()),
    ("gpu_name", "nvmlDeviceGetName", ()),
    ("gpu_vbios", "nvmlDeviceGetVbiosVersion", ()),
    ("gpu_sm_clock_mhz", "nvmlDeviceGetClockInfo", (_SM,)),
    ("gpu_memory_clock_mhz", "nvmlDeviceGetClockInfo", (_MEMORY,)),
    ("gpu_sm_clock_max_mhz", "nvmlDeviceGetMaxClockInfo", (_SM,)),
    ("gpu_memory_clock_max_mhz", "nvmlDeviceGetMaxClockInfo", (_MEMORY,)),
    ("gpu_application_sm_clock_mhz", "nvmlDeviceGetApplicationsClock", (_SM,)),
    ("gpu_power_limit_mw", "nvmlDeviceGetEnforcedPowerLimit", ()),
    ("gpu_power_mw", "nvmlDeviceGetPowerUsage", ()),
    ("gpu_temperature_c", "nvmlDeviceGetTemperature", (0,)),
    ("gpu_throttle_reasons", "nvmlDeviceGetCurrentClocksThrottleReasons", ()),
    ("gpu_ecc", "nvmlDeviceGetEccMode", ()),
    ("gpu_mig", "nvmlDeviceGetMigMode", ()),
    ("gpu_persistence", "nvmlDeviceGetPersistenceMode", ()),
    ("gpu_pcie_generation", "nvmlDeviceGetCurrPcieLinkGeneration", ()),
    ("gpu_pcie_generation_max", "nvmlDeviceGetMaxPcieLinkGeneration", ()),
    ("gpu_pcie_width", "nvmlDeviceGetCurrPcieLinkWidth", ()),
    ("gpu_pcie_width_max", "nvmlDeviceGetMaxPcieLinkWidth", ()),
    ("gpu_compute_processes", "nvmlDeviceGetComputeRunningProcesses", ()),
)
