"""A CUDA kernel as declared: source, variant, claim, and what one trip of its loop does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from microbench.benchmark import CodeCheck
from microbench.errors import InputError
from microbench.kernels.cuda_compile import Cubin, compile_cubin, source_text
from microbench.kernels.cuda_signature import Signature
from microbench.kernels.cuda_signature import check as check_signature

FAMILIES = ("chase", "bandwidth", "alu", "mma")
"""Modules of ``microbench.kernels.cuda``, each with its ``KERNELS``."""
ENTRY = "kernel"


@dataclass(frozen=True, slots=True)
class CudaKernel:
    """One variant of one family; ``name`` is ``family.variant``."""

    name: str
    source: str
    """File under ``microbench/kernels/cuda``."""
    signature: Signature
    defines: Mapping[str, str | int] = field(default_factory=dict)
    wrapper: str = ""
    """Text of the header ``wrapper.cuh``: the one inline instruction, as the source includes it."""
    operations: tuple[int, ...] = (1,)
    """Measured instructions one warp (one warpgroup for wgmma) runs in a trip of each loop."""
    flop_per_operation: float = 0.0
    """FLOP (or integer operations) of one such instruction; a multiply-add is 2."""
    bytes_per_operation: float = 0.0

    def cubin(self, arch: str) -> Cubin:
        """Compile for an architecture (or take from the cache)."""
        headers = {"common.cuh": source_text("common.cuh"), "wrapper.cuh": self.wrapper}
        return compile_cubin(source_text(self.source), arch, self.defines, headers)

    def check(self, arch: str) -> CodeCheck:
        """Compile and hold the machine code against the claim."""
        return check_signature(self.cubin(arch), ENTRY, self.signature)


@cache
def all_kernels() -> Mapping[str, CudaKernel]:
    """Return every declared kernel by name."""
    kernels: dict[str, CudaKernel] = {}
    for family in FAMILIES:
        for kernel in import_module(f"microbench.kernels.cuda.{family}").KERNELS:
            if kernel.name in kernels:
                raise InputError(f"two CUDA kernels are named {kernel.name}")
            kernels[kernel.name] = kernel
    return kernels


def find_kernel(name: str) -> CudaKernel:
    """Return a kernel by name."""
    try:
        return all_kernels()[name]
    except KeyError:
        raise InputError(f"no CUDA kernel is named {name!r}") from None
