"""The findings ``hwprof doctor`` prints: each reads one fact and judges it for measuring."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from microbench.devices import cgroup, detect
from microbench.errors import DeviceError, HwprofError
from microbench.store import default_path, refuse_scheme
from microbench.store.connection import refuse_unusable
from microbench.store.postgres import is_url, unfolded, without_password

ROOT = Path("/")
BUSY = 0.5
"""Load average a core above which preemption costs more than half of 1 ms samples."""
LIBRARIES = (
    ("numpy", "predictions", True),
    ("llvmlite", "CPU kernels", True),
    ("torch", "library benchmarks", True),
    ("nvidia-ml-py", "GPU detection", True),
    ("cuda-bindings", "GPU kernels: pip install 'hwprof[kernels]'", False),
)


class State(StrEnum):
    """How a finding stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about this machine and what to do about it."""

    subject: str
    state: State
    found: str
    advice: str = ""
    of_device: bool = False
    """Whether a failure means that the device asked for cannot be used."""


def checkup(device: str, store: Path | None = None, root: Path = ROOT) -> tuple[Finding, ...]:
    """Check software, machine and the device asked for; ``InputError`` for a malformed device."""
    return (
        python(),
        *(library(*named) for named in LIBRARIES),
        *(compiler("NVRTC", "cuda.bindings.nvrtc"), disassembler()),
        huge_pages(root),
        governor(root),
        quota(root),
        load(root),
        writable(store or default_path()),
        *requested(device),
    )


def python() -> Finding:
    """Judge the interpreter's version: 3.11 to 3.13 are tested."""
    found = platform.python_version()
    tested = (3, 11) <= tuple(int(part) for part in found.split(".")[:2]) <= (3, 13)
    state = State.OK if tested else State.WARN
    return Finding("python", state, found, "tested with Python 3.11 to 3.13")


def library(name: str, purpose: str, needed: bool) -> Finding:
    """Return a library's version, or what is lost without it."""
    try:
        return Finding(name, State.OK, version(name))
    except PackageNotFoundError:
        if needed:
            return Finding(name, State.FAIL, "missing", f"needed for {purpose}: reinstall hwprof")
        return Finding(name, State.WARN, "missing", f"needed for {purpose}")


def compiler(subject: str, module: str) -> Finding:
    """Say whether CUDA sources can be compiled here (no GPU needed)."""
    try:
        there = find_spec(module) is not None and _folder_of("libnvrtc.so*") is not None
    except ModuleNotFoundError:
        there = False
    if there:
        return Finding(subject, State.OK, "present")
    return Finding(
        subject, State.WARN, "missing", "GPU kernels need it: pip install 'hwprof[kernels]'"
    )


def disassembler() -> Finding:
    """Say whether machine code can be checked for the instructions a benchmark claims."""
    found = _folder_of("nvdisasm")
    if found is not None:
        return Finding("nvdisasm", State.OK, "present")
    return Finding(
        "nvdisasm",
        State.WARN,
        "missing",
        "GPU kernels are checked with it before timing: pip install 'hwprof[kernels]'",
    )


def huge_pages(root: Path = ROOT) -> Finding:
    """Judge transparent huge pages: without them DRAM latency includes page walks."""
    text = _text(root / "sys/kernel/mm/transparent_hugepage/enabled")
    if text is None:
        return Finding("huge pages", State.WARN, "unknown", "this kernel does not say")
    chosen = text.partition("[")[2].partition("]")[0]
    if chosen == "never":
        advice = "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"
        return Finding("huge pages", State.WARN, "never", advice)
    return Finding("huge pages", State.OK, chosen)


def governor(root: Path = ROOT) -> Finding:
    """Judge the CPU frequency governor; a virtual machine shows none."""
    found = _text(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
    if found is None:
        return Finding("governor", State.OK, "not shown (virtual machine): the clock is measured")
    if found == "performance":
        return Finding("governor", State.OK, found)
    advice = "clocks move with load: sudo cpupower frequency-set -g performance"
    return Finding("governor", State.WARN, found, advice)


def quota(root: Path = ROOT) -> Finding:
    """Judge the cgroup CPU quota: a fraction of a core means throttling inside samples."""
    cores = cgroup.quota_cores(root)
    usable = f"{detect.usable_cores()} cores usable"
    if cores is None:
        return Finding("cpu quota", State.OK, f"none, {usable}")
    state = State.OK if cores >= 1 and cores == int(cores) else State.WARN
    advice = "whole cores measure steadier: ask for a whole number of CPUs"
    return Finding("cpu quota", state, f"{cores:g} cores, {usable}", advice)


def load(root: Path = ROOT) -> Finding:
    """Judge how busy the machine is right now."""
    text = _text(root / "proc/loadavg")
    if text is None:
        return Finding("load", State.WARN, "unknown", "no /proc/loadavg here")
    busy = float(text.split()[0])
    cores = os.cpu_count() or 1
    state = State.OK if busy <= BUSY * cores else State.WARN
    advice = "disturbed samples are dropped, so points take longer: wait, or expect noisy verdicts"
    return Finding("load", state, f"{busy:g} on {cores} cores", advice)


def writable(store: Path) -> Finding:
    """Say whether measurements can be kept at this path, without creating the store."""
    if is_url(str(store)):
        return Finding("store", State.OK, f"{without_password(unfolded(str(store)))}, not asked")
    if store.is_dir():
        return Finding("store", State.FAIL, f"{store} is a folder", "pass a file: --store FILE")
    try:
        refuse_scheme(store)
        refuse_unusable(store)
    except HwprofError as error:
        found, _, advice = str(error).partition(": ")
        return Finding("store", State.FAIL, found, advice)
    folder = store.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        if store.is_file():
            with store.open("ab"):
                pass
        else:
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        advice = "pass --store FILE in a folder you may write to, or set HWPROF_STORE"
        return Finding("store", State.FAIL, f"{store}: {error.strerror}", advice)
    return Finding("store", State.OK, str(store))


def requested(device: str) -> tuple[Finding, ...]:
    """Judge the device asked for; for a GPU also its settings."""
    try:
        specs = detect.resolve(device)
    except DeviceError as error:
        return (Finding(f"device {device}", State.FAIL, str(error), _GPU_ADVICE, of_device=True),)
    findings = [
        Finding(f"device {spec.name}", State.OK, spec.title, of_device=True) for spec in specs
    ]
    problem = detect.nvml_problem()
    if problem:
        note = f"does not answer ({problem})"
        state = State.WARN if device != "cpu" else State.OK
        advice = "GPUs of the catalogue can still be predicted: hwprof predict --device h100-sxm"
        findings.append(Finding("NVIDIA driver", state, note, advice))
    else:
        findings += _with_nvml(gpu_settings)
    return tuple(findings)


def gpu_settings(nvml: Any) -> list[Finding]:
    """Judge each GPU's persistence, clock control and other users."""
    found = [Finding("NVIDIA driver", State.OK, _word(nvml.nvmlSystemGetDriverVersion()))]
    for index in range(nvml.nvmlDeviceGetCount()):
        handle = nvml.nvmlDeviceGetHandleByIndex(index)
        found += [_persistence(nvml, handle, index), _users(nvml, handle, index)]
        found.append(_clocks(nvml, handle, index))
    return found


def _persistence(nvml: Any, handle: Any, index: int) -> Finding:
    try:
        on = bool(nvml.nvmlDeviceGetPersistenceMode(handle))
    except nvml.NVMLError as error:
        return Finding(f"GPU {index} persistence", State.WARN, str(error))
    advice = f"the first launch is slow: sudo nvidia-smi -i {index} -pm 1"
    state = State.OK if on else State.WARN
    return Finding(f"GPU {index} persistence", state, "on" if on else "off", advice)


def _users(nvml: Any, handle: Any, index: int) -> Finding:
    try:
        pids = [process.pid for process in nvml.nvmlDeviceGetComputeRunningProcesses(handle)]
    except nvml.NVMLError as error:
        return Finding(f"GPU {index} users", State.WARN, str(error))
    others = [str(pid) for pid in pids if pid != os.getpid()]
    if not others:
        return Finding(f"GPU {index} users", State.OK, "none")
    advice = "other work shares the GPU: wait, or choose another with --device"
    return Finding(f"GPU {index} users", State.WARN, f"pid {', '.join(others)}", advice)


def _clocks(nvml: Any, handle: Any, index: int) -> Finding:
    subject = f"GPU {index} clocks"
    try:
        now = nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_SM)
        highest = nvml.nvmlDeviceGetMaxClockInfo(handle, nvml.NVML_CLOCK_SM)
    except nvml.NVMLError as error:
        return Finding(subject, State.WARN, str(error))
    text = f"{now} of {highest} MHz now"
    if os.geteuid() == 0:
        return Finding(subject, State.OK, f"{text}; you may lock them (nvidia-smi -lgc)")
    advice = f"locking needs root: sudo nvidia-smi -i {index} -lgc MHZ; throttled samples are named"
    return Finding(subject, State.WARN, text, advice)


def _with_nvml(read: Callable[[Any], list[Finding]]) -> list[Finding]:
    import pynvml

    pynvml.nvmlInit()
    try:
        return read(pynvml)
    finally:
        pynvml.nvmlShutdown()


def _folder_of(pattern: str) -> Path | None:
    """Return the first file of this name in the CUDA wheels, wherever they were installed."""
    package = find_spec("nvidia")
    for folder in (package.submodule_search_locations or ()) if package else ():
        found = next(iter(Path(folder).glob(f"**/{pattern}")), None)
        if found is not None:
            return found
    return None


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _word(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


_GPU_ADVICE = "`--device cpu` works on this machine; catalogue GPUs can be predicted without one"
