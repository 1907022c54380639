"""IR text to running machine code, and the check of that code before anything is timed."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import platform
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from microbench.benchmark import CodeCheck
from microbench.errors import DeviceError

STACK_ACCESS = r"\((%rsp|%rbp)[,)]|\[sp\b"


@dataclass(frozen=True, slots=True)
class LoopClaim:
    """What the hot loop must hold: opcode pattern to exact count, and patterns that must not."""

    exactly: Mapping[str, int]
    at_least: Mapping[str, int] = field(default_factory=dict)
    forbidden: tuple[str, ...] = (STACK_ACCESS,)


@dataclass(frozen=True, slots=True)
class Compiled:
    """Machine code kept alive by ``engine``; ``assembly`` is the text of what runs."""

    address: int
    assembly: str
    engine: Any

    def stream(self) -> Callable[[int, int, int, int, int], None]:
        """Return the function as (a, b, c, d, trips); the interpreter lock is released in it."""
        pointer = ctypes.c_void_p
        kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, ctypes.c_int64)
        return kind(self.address)

    def chase(self) -> Callable[[int, int], int]:
        """Return the function as (start address, trips) -> last address."""
        return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)(self.address)


@functools.cache
def host_features() -> frozenset[str]:
    """Return LLVM's names of this processor's features, e.g. ``avx512f``, ``fma``, ``neon``."""
    import llvmlite.binding as llvm

    return frozenset(name for name, on in llvm.get_host_cpu_features().items() if on)


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
    """Compile ``@kernel`` for this processor; ``DeviceError`` when LLVM refuses the text."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    try:
        module = llvm.parse_assembly(ir)
        module.verify()
    except RuntimeError as error:
        raise DeviceError(f"LLVM refused a CPU kernel: {error}") from error
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3
    )
    assembly = machine.emit_assembly(module)
    engine = llvm.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return Compiled(engine.get_function_address("kernel"), assembly, engine)


def hot_loop(assembly: str) -> list[str]:
    """Return the instructions from a label to the jump back to it: the longest such run."""
    lines = [line.split("#")[0].strip() for line in assembly.splitlines()]
    labels = {line[:-1]: at for at, line in enumerate(lines) if line.endswith(":")}
    best: list[str] = []
    for at, line in enumerate(lines):
        jump = re.match(r"(?:j\w+|b\.\w+|cbnz\s+\w+,)\s+(\S+)$", line)
        start = labels.get(jump.group(1)) if jump else None
        if start is not None and start < at:
            body = [text for text in lines[start + 1 : at] if text and not text.endswith(":")]
            best = max(best, [text for text in body if not text.startswith(".")], key=len)
    return best


def check_loop(compiled: Compiled, claim: LoopClaim) -> CodeCheck:
    """Count the claimed instructions in the code that will run; ``ok`` only if all counts hold."""
    body = hot_loop(compiled.assembly)
    found = {
        pattern: sum(1 for line in body if re.search(pattern, line))
        for pattern in (*claim.exactly, *claim.at_least, *claim.forbidden)
    }
    wrong = [f"{found[p]} x {p}, wanted {n}" for p, n in claim.exactly.items() if found[p] != n]
    wrong += [
        f"{found[p]} x {p}, wanted at least {n}" for p, n in claim.at_least.items() if found[p] < n
    ]
    wrong += [f"{found[p]} x {p}, wanted none" for p in claim.forbidden if found[p]]
    held = ", ".join(f"{found[p]} x {p}" for p in (*claim.exactly, *claim.at_least))
    digest = hashlib.sha256(compiled.assembly.encode()).hexdigest()
    return CodeCheck(not wrong, "; ".join(wrong) or f"{held}; no stack access", digest)
