"""The surroundings of a run: what a reader needs to judge or repeat its numbers.

A registry of small readers, each giving named JSON values; what this machine does not tell is left
out, never guessed.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Fact = str | int | float | bool | None | list[str] | dict[str, str]

LIBRARIES = (
    *("hwprof", "numpy", "llvmlite", "torch", "cuda-core", "cuda-bindings", "nvidia-cuda-nvrtc"),
    *("nvidia-cuda-nvrtc-cu12", "nvidia-ml-py", "cupy-cuda12x", "cupy-cuda13x", "triton", "ray"),
)
ROOT = Path("/")
VARIABLES = ("OMP_", "MKL_", "KMP_", "GOMP_", "CUDA_", "NVIDIA_", "TORCH_", "PYTORCH_", "HWPROF_")


def record(argv: Sequence[str], root: Path = ROOT) -> dict[str, object]:
    """Return every fact of this machine, process and software that stays as it is."""
    facts: dict[str, object] = {"argv": list(argv), "source_sha256": source_sha256()}
    readers: tuple[Callable[[Path], Mapping[str, Fact]], ...] = (
        *(software, processor, memory, confinement),
    )
    for reader in readers:
        facts.update(reader(root))
    facts["at_start"] = load(root)
    return facts


def software(_root: Path) -> dict[str, Fact]:
    """Return versions of kernel, Python and the libraries a measurement may stand on."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    chosen = {name: value for name, value in os.environ.items() if name.startswith(VARIABLES)}
    return {
        "kernel": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "host_sha256": hashlib.sha256(platform.node().encode()).hexdigest()[:16],
        "python": platform.python_version(),
        "libraries": found,
        "variables": dict(sorted(chosen.items())),
    }


def processor(root: Path) -> dict[str, Fact]:
    """Return what /proc/cpuinfo and cpufreq say of the processor and how it is driven."""
    info = _first_processor(root / "proc/cpuinfo")
    cpu = root / "sys/devices/system/cpu"
    flags = info.get("flags", info.get("Features", "")).split()
    return _known(
        cpu_model=info.get("model name"),
        cpu_stepping=" ".join(info.get(k, "") for k in ("cpu family", "model", "stepping")).strip(),
        cpu_microcode=info.get("microcode"),
        cpu_online=_text(cpu / "online"),
        cpu_affinity=_ranges(sorted(os.sched_getaffinity(0))),
        governor=_text(cpu / "cpu0/cpufreq/scaling_governor"),
        cpu_frequency_driver=_text(cpu / "cpu0/cpufreq/scaling_driver"),
        cpu_max_khz=_text(cpu / "cpu0/cpufreq/cpuinfo_max_freq"),
        turbo_off=_text(cpu / "intel_pstate/no_turbo"),
        boost=_text(cpu / "cpufreq/boost"),
        smt=_text(cpu / "smt/control"),
        isolated_cpus=_text(cpu / "isolated"),
        numa_nodes=_text(root / "sys/devices/system/node/online"),
        virtual_machine="hypervisor" in flags,
        hypervisor=_text(root / "sys/class/dmi/id/sys_vendor"),
    )


def memory(root: Path) -> dict[str, Fact]:
    """Return memory size and how its pages are given out."""
    sizes = _pairs(root / "proc/meminfo")
    pages = root / "sys/kernel/mm/transparent_hugepage"
    return _known(
        memory_total=sizes.get("MemTotal"),
        huge_pages_total=sizes.get("HugePages_Total"),
        transparent_huge_pages=_chosen(_text(pages / "enabled")),
        huge_page_defrag=_chosen(_text(pages / "defrag")),
        address_randomisation=_text(root / "proc/sys/kernel/randomize_va_space"),
        swappiness=_text(root / "proc/sys/vm/swappiness"),
    )


def confinement(root: Path) -> dict[str, Fact]:
    """Return limits set from outside: container and cgroup."""
    group = root / "sys/fs/cgroup"
    marks = [root / ".dockerenv", root / "run/.containerenv"]
    own = (_text(root / "proc/1/cgroup") or "").lower()
    words = ("docker", "kubepods", "containerd", "lxc", "podman")
    return _known(
        container=any(mark.exists() for mark in marks) or any(word in own for word in words),
        cgroup_cpu_max=_text(group / "cpu.max"),
        cgroup_cpu_weight=_text(group / "cpu.weight"),
        cgroup_memory_max=_text(group / "memory.max"),
        cgroup_cpuset=_text(group / "cpuset.cpus.effective"),
        nice=os.getpriority(os.PRIO_PROCESS, 0),
    )


def load(root: Path = ROOT) -> dict[str, Fact]:
    """Return how busy the machine is now; read at the start and at the end of a run."""
    ticks = (_text(root / "proc/stat") or "cpu 0 0 0 0 0 0 0 0").splitlines()[0].split()
    return _known(
        load_average=_text(root / "proc/loadavg"),
        pressure_cpu=_line(root / "proc/pressure/cpu"),
        pressure_memory=_line(root / "proc/pressure/memory"),
        steal_ticks=int(ticks[8]) if len(ticks) > 8 else None,
        memory_available=_pairs(root / "proc/meminfo").get("MemAvailable"),
        cpu_now_khz=_text(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq"),
    )


def source_sha256(folder: Path | None = None) -> str:
    """Return a hash over every source file of a folder (this package), names included."""
    folder = folder or Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".cu", ".cuh", ".csv"}:
            digest.update(f"{file.relative_to(folder)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _known(**facts: Fact) -> dict[str, Fact]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _line(file: Path) -> str | None:
    text = _text(file)
    return text.splitlines()[0] if text else None


def _pairs(file: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in (_text(file) or "").splitlines())
    return {name.strip(): value.strip() for name, mark, value in lines if mark}


def _first_processor(file: Path) -> dict[str, str]:
    block = (_text(file) or "").partition("\n\n")[0]
    lines = (line.partition(":") for line in block.splitlines())
    return {name.strip(): value.strip() for name, mark, value in lines if mark}


def _chosen(text: str | None) -> str | None:
    """Return the word in brackets: ``madvise`` of ``always [madvise] never``."""
    return text.partition("[")[2].partition("]")[0] if text and "[" in text else text


def _ranges(numbers: Sequence[int]) -> str:
    """Write ``0-3,8`` for 0, 1, 2, 3, 8."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ",".join("-".join(str(end) for end in part) for part in parts)
