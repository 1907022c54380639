"""IR text to running machine code, and the text of that code for ``cpu_check``."""

from __future__ import annotations

import ctypes
import functools
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from microbench.errors import DeviceError, UnsupportedError


@dataclass(frozen=True, slots=True)
class Compiled:
    """Machine code kept alive by ``engine``; ``assembly`` is the text of what runs."""

    address: int
    assembly: str
    engine: Any

    def stream(self) -> Callable[[int, int, int, int, int, int], None]:
        """Return the function as (a, b, c, d, trips, repeats); it runs without interpreter lock."""
        pointer, count = ctypes.c_void_p, ctypes.c_int64
        kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, count, count)
        return kind(self.address)

    def chase(self) -> Callable[[int, int], int]:
        """Return the function as (start address, trips) -> last address."""
        return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)(self.address)

    def windows(self) -> Callable[[int, int, int, int, int, int], int]:
        """Return the function as (start, stamps, windows, trips, multiply trips, seed) -> last."""
        pointer, count = ctypes.c_void_p, ctypes.c_int64
        kind = ctypes.CFUNCTYPE(pointer, pointer, pointer, count, count, count, ctypes.c_int32)
        return kind(self.address)

    def counter(self) -> Callable[[], int]:
        """Return the function as () -> ticks."""
        return ctypes.CFUNCTYPE(ctypes.c_uint64)(self.address)


def problem() -> str:
    """Return "" where loops can be compiled, else why not."""
    try:
        import llvmlite.binding  # noqa: F401 - only whether it loads
    except (ImportError, OSError) as error:
        return f"llvmlite does not load ({error})"
    return ""


@functools.cache
def host_features() -> frozenset[str]:
    """Return LLVM's names of this processor's features, e.g. ``avx512f``, ``fma``, ``neon``."""
    if problem():
        raise UnsupportedError(f"{problem()}: install llvmlite to measure arithmetic")
    import llvmlite.binding as llvm

    found = {name for name, on in llvm.get_host_cpu_features().items() if on}
    if "asimdhp" in _kernel_flags():  # fp16 vectors on Arm, which LLVM may leave out
        found.add("fullfp16")
    return frozenset(found)


def _kernel_flags() -> frozenset[str]:
    """Return Linux's names of an Arm processor's features; empty elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    named = (line.partition(":")[2] for line in lines if line.startswith("Features"))
    return frozenset(next(named, "").split())


def vector_bits() -> int:
    """Return the widest vector registers this processor computes in."""
    features = host_features()
    if "avx512f" in features:
        return 512
    return 256 if "avx2" in features else 128


def is_x86() -> bool:
    """Say whether x86-64 instruction names apply."""
    return platform.machine().lower() in {"x86_64", "amd64"}


@functools.cache
def compile_ir(ir: str) -> Compiled:
    """Compile ``@kernel`` for this processor; ``DeviceError`` where LLVM is missing or refuses."""
    if problem():
        raise UnsupportedError(f"{problem()}: install llvmlite to run this benchmark")
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    module = _parse(ir)
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3
    )
    assembly = machine.emit_assembly(module)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return Compiled(engine.get_function_address("kernel"), assembly, engine)


def assembly_for(ir: str, triple: str, cpu: str) -> str:
    """Return the assembly another processor would run: lets its code be checked from here."""
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(triple).create_target_machine(cpu=cpu, opt=3)
    return str(machine.emit_assembly(_parse(ir)))


def _parse(ir: str) -> Any:
    import llvmlite.binding as llvm

    try:
        module = llvm.parse_assembly(ir)
        module.verify()
    except RuntimeError as error:
        raise DeviceError(f"LLVM refused a CPU kernel: {error}") from error
    return module
