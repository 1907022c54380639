"""The devices of this machine, and what a ``--device`` text stands for."""

from __future__ import annotations

import os
import platform
from dataclasses import replace
from pathlib import Path
from typing import Any

from microbench.devices import catalogue, cgroup, checks
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import DeviceError, HwprofError, InputError

CPU_CACHE = Path("/sys/devices/system/cpu/cpu0/cache")
NEWEST_LANES = 128
"""fp32 cores an SM of a generation newer than the table: as in every one since Ampere 8.6."""

LAST_GPU = 15
"""The highest number of a GPU: sixteen are the most a server holds (HGX-2, two baseboards)."""


def resolve(text: str) -> tuple[DeviceSpec, ...]:
    """Turn ``cpu``, ``0``, ``0,1`` or ``all`` into devices of this machine.

    ``all`` is the CPU and every GPU whose driver answers. Raises ``InputError`` for other text and
    ``DeviceError`` for a GPU that is not there.
    """
    if text.strip().lower() == "all":
        return (local_cpu(), *(local_gpus() if nvml_problem() == "" else ()))
    found = []
    for part in (part.strip().lower() for part in text.split(",")):
        if part == "cpu":
            found.append(local_cpu())
        elif is_local(part) and part != "all":
            found.append(_gpu(int(part)))
        else:
            raise _not_here(part)
    return tuple(found)


def is_local(name: str) -> bool:
    """Say whether a name is of this machine: ``cpu``, ``all``, or the number of a GPU.

    Digits above ``LAST_GPU`` are a catalogue's short name (``4090``), not a number.
    """
    name = name.strip().lower()
    numbered = name.isascii() and name.isdigit() and len(name) <= len(str(LAST_GPU))
    return name in {"cpu", "all"} or (numbered and int(name) <= LAST_GPU)


def _not_here(name: str) -> HwprofError:
    """Return what is wrong with a name that is no device of this machine."""
    try:
        known = catalogue.find(name) if name else None
    except InputError:
        known = None
    if known is None:
        return InputError(f"--device {name!r}: expected cpu, a GPU number, 0,1 or all")
    return DeviceError(
        f"--device {name}: {known.name} is a device of the catalogue: it can be predicted, and is "
        "measured where it is installed, by its GPU number"
    )


def local_cpu() -> DeviceSpec:
    """Describe this processor from archspec, /proc and /sys; peaks stay empty: they are measured.

    ``sm_count`` is the number of cores this process may use (affinity and cgroup quota).
    """
    import archspec.cpu

    target = archspec.cpu.host()
    caches = cpu_caches()
    last = max(caches) if caches else None
    return DeviceSpec(
        name="cpu",
        title=f"{cpu_model_name()} ({usable_cores()} cores)",
        kind=DeviceKind.CPU,
        vendor=str(target.vendor),
        arch=str(target.name),
        compute_capability=None,
        sm_count=usable_cores(),
        clock_hz=None,
        dram_bandwidth_bytes_per_s=None,
        dram_bytes=cgroup.usable_memory_bytes(),
        l2_bytes=caches.get(2),
        llc_bytes=caches[last] if last is not None and last > 2 else None,
        sources={"arch": "archspec", "l2_bytes": str(CPU_CACHE), "llc_bytes": str(CPU_CACHE)},
    )


def cpu_model_name() -> str:
    """Return the processor's own name, or the machine type where /proc does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def cpu_caches(folder: Path = CPU_CACHE) -> dict[int, int]:
    """Return the size in bytes of each data or unified cache level of the first core.

    Levels whose size the kernel does not tell (some virtual machines) are left out.
    """
    sizes = {}
    for index in sorted(folder.glob("index*")):
        try:
            kind, level, size = (
                (index / name).read_text(encoding="utf-8").strip()
                for name in ("type", "level", "size")
            )
        except OSError:
            continue
        if kind in {"Data", "Unified"} and size:
            sizes[int(level)] = _size(size)
    return sizes


def usable_cores() -> int:
    """Return cores this process may run on: affinity, cut by a control group's CPU quota."""
    cores = len(os.sched_getaffinity(0))
    quota = cgroup.quota_cores()
    return max(1, min(cores, int(quota))) if quota else cores


def nvml_problem() -> str:
    """Return "" when the NVIDIA driver answers, else why it does not."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        return str(error)
    pynvml.nvmlShutdown()
    return ""


def local_gpus() -> tuple[DeviceSpec, ...]:
    """Describe each NVIDIA GPU; ``DeviceError`` when the driver does not answer."""
    import pynvml

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        raise DeviceError(
            f"no NVIDIA driver answers ({error}): install it, or pass --device cpu"
        ) from error
    try:
        return tuple(_describe(pynvml, index) for index in range(pynvml.nvmlDeviceGetCount()))
    finally:
        pynvml.nvmlShutdown()


def _gpu(index: int) -> DeviceSpec:
    try:
        gpus = local_gpus()
    except DeviceError as error:
        raise DeviceError(f"GPU {index}: {error}") from error
    if index >= len(gpus):
        raise DeviceError(
            f"GPU {index} is not there: this machine has {len(gpus)}; "
            "see `hwprof devices --local`, or pass --device cpu"
        )
    return gpus[index]


def _describe(pynvml: Any, index: int) -> DeviceSpec:
    """Read a GPU's own attributes over the catalogue row whose chip it carries."""
    handle = pynvml.nvmlDeviceGetHandleByIndex(index)
    name = _text(pynvml.nvmlDeviceGetName(handle))
    memory_bytes = int(pynvml.nvmlDeviceGetMemoryInfo(handle).total)
    major, minor = pynvml.nvmlDeviceGetCudaComputeCapability(handle)
    clock_hz = 1e6 * pynvml.nvmlDeviceGetMaxClockInfo(handle, pynvml.NVML_CLOCK_SM)
    lanes = checks.FP32_LANES.get(f"{major}.{minor}", NEWEST_LANES)
    sm_count = int(pynvml.nvmlDeviceGetNumGpuCores(handle)) // lanes
    read = dict.fromkeys(("sm_count", "clock_hz", "dram_bytes"), "read from the driver (NVML)")
    known = match_name(name, memory_bytes)
    if known is not None:
        return replace(
            known,
            title=name,
            sm_count=sm_count,
            clock_hz=clock_hz,
            dram_bytes=memory_bytes,
            sources={**known.sources, **read},
        )
    return DeviceSpec(
        name=name,
        title=name,
        kind=DeviceKind.GPU,
        vendor="nvidia",
        arch=f"sm_{major}{minor}",
        compute_capability=f"{major}.{minor}",
        sm_count=sm_count,
        clock_hz=clock_hz,
        dram_bandwidth_bytes_per_s=None,
        dram_bytes=memory_bytes,
        l2_bytes=None,
        warp_size=32,
        sources=read,
    )


def match_name(name: str, memory_bytes: int) -> DeviceSpec | None:
    """Return the catalogue device a driver's product name and memory size stand for.

    A driver says ``NVIDIA H100 80GB HBM3`` for H100 SXM and ``NVIDIA H200`` for H200 SXM: the
    candidate whose words agree best and whose memory is within 12% wins, else ``None``.
    """
    words = set(name.lower().replace("-", " ").split())
    form = {"pcie": "pcie", "nvl": "nvl"}
    best: tuple[float, DeviceSpec] | None = None
    for spec in catalogue.load().values():
        chip = spec.name.lower().replace("rtx-", "").split("-")[0]
        if not any(word == chip for word in words) or spec.dram_bytes is None:
            continue
        off = abs(memory_bytes / spec.dram_bytes - 1)
        wanted = {mark for mark in form if mark in words}
        has = {mark for mark in form if mark in spec.name.lower()}
        score = off + (1.0 if wanted != has else 0.0)
        if off <= 0.12 and (best is None or score < best[0]):
            best = (score, spec)
    return best[1] if best else None


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _size(text: str) -> int:
    units = {"K": 1024, "M": 1024**2, "G": 1024**3}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)
