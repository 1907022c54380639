"""One cubin of many kernels: built, disassembled and checked as a whole.

Variants of a family are the same source under other macros, so a module includes each source once
per variant inside a namespace. nvdisasm takes half a second to start whatever it prints, so modules
are few; its text is kept beside the cubin, and read only when a kernel of it is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from microbench.benchmark import CodeCheck
from microbench.errors import InputError
from microbench.kernels.cuda_compile import Cubin, compile_cubin, kept_text, source_text
from microbench.kernels.cuda_kernel import CudaKernel, all_kernels, find_kernel
from microbench.kernels.cuda_sass import (
    Function,
    Usage,
    disassemble,
    disassembler_name,
    parse,
    usage,
)
from microbench.kernels.cuda_signature import check_function

SHARED_HEADERS = ("common.cuh", "descriptor.cuh")


@dataclass(frozen=True)
class Module:
    """A cubin and what its machine code holds."""

    cubin: Cubin

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """Kernels by name, as nvdisasm shows this very code."""
        text = kept_text(
            f"{self.cubin.sha256}-{disassembler_name()}", lambda: disassemble(self.cubin.code)
        )
        return parse(text)

    @cached_property
    def usages(self) -> Mapping[str, Usage]:
        """What the assembler said each kernel takes."""
        return usage(self.cubin.log)

    def check(self, kernel: CudaKernel) -> CodeCheck:
        """Hold one kernel's machine code against its claim."""
        function = self.functions.get(kernel.entry)
        if function is None:
            return CodeCheck(False, f"no function {kernel.entry} in the code", self.cubin.sha256)
        return check_function(
            function,
            self.usages.get(kernel.entry),
            kernel.signature,
            self.cubin.arch,
            self.cubin.log,
            self.cubin.sha256,
        )


def modules(arch: str) -> dict[str, tuple[CudaKernel, ...]]:
    """Return the kernels claimed for an architecture by the module they are compiled in."""
    found: dict[str, list[CudaKernel]] = {}
    for kernel in all_kernels().values():
        if kernel.on(arch):
            found.setdefault(kernel.module, []).append(kernel)
    return {name: tuple(kernels) for name, kernels in found.items()}


@cache
def load_module(name: str, arch: str) -> Module:
    """Compile one module or take it from the cache. ``InputError`` if unknown."""
    kernels = modules(arch).get(name)
    if not kernels:
        raise InputError(f"no CUDA kernels named {name}.* exist for {arch}")
    return build(kernels, arch)


def module_of(kernel: str, arch: str) -> Module:
    """Return the module a kernel is in."""
    return load_module(find_kernel(kernel).module, arch)


def build(kernels: Iterable[CudaKernel], arch: str) -> Module:
    """Compile kernels into one cubin."""
    source, headers = compose(tuple(kernels), arch)
    return Module(compile_cubin(source, arch, headers))


def compose(kernels: tuple[CudaKernel, ...], arch: str) -> tuple[str, dict[str, str]]:
    """Return the text that includes every variant, and the headers it includes by name.

    A kernel that an architecture emulates is compiled with ``EMULATED`` defined: its operands then
    change in every trip, so that the assembler cannot fold the emulation away.
    """
    headers = {name: source_text(name) for name in SHARED_HEADERS}
    lines = [f'#include "{name}"' for name in SHARED_HEADERS]
    for kernel in kernels:
        wrapper = f"{kernel.entry}.cuh"
        headers[wrapper] = kernel.wrapper
        headers[kernel.source] = source_text(kernel.source)
        emulated = {"EMULATED": 1} if arch in kernel.signature.emulated_on else {}
        defines = {**kernel.defines, **emulated, "KERNEL": kernel.entry, "WRAPPER": f'"{wrapper}"'}
        lines += [f"#define {name} {value}" for name, value in defines.items()]
        lines += [f"namespace in_{kernel.entry} {{", f'#include "{kernel.source}"', "}"]
        lines += [f"#undef {name}" for name in defines]
    return "\n".join(lines) + "\n", headers
