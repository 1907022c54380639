"""A CUDA kernel as declared: source, variant, claim, and what one trip of its loop does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from microbench.errors import InputError
from microbench.kernels.cuda_signature import Signature

FAMILIES = (
    "chase",
    "bandwidth",
    "alu",
    "mma",
    "wgmma",
    "tcgen05",
    "cluster",
    "copy",
    "atomic",
    "launch",
    "support",
)
"""Modules of ``microbench.kernels.cuda``, each with its ``KERNELS``."""
LARGE_FAMILIES = frozenset({"alu", "mma", "wgmma", "tcgen05"})
"""Families of seconds of compilation, each in machine code of its own; the others share one."""


@dataclass(frozen=True, slots=True)
class CudaKernel:
    """One variant of one family; ``name`` is ``family.variant``."""

    name: str
    source: str
    """File under ``microbench/kernels/cuda``."""
    signature: Signature
    defines: Mapping[str, str | int] = field(default_factory=dict)
    wrapper: str = ""
    """The one inline instruction as a tiny function; the source includes it as ``WRAPPER``."""
    operations: tuple[int, ...] = (1,)
    """Measured instructions one warp (one warpgroup for wgmma) runs in a trip of each loop."""
    flop_per_operation: float = 0.0
    """FLOP (or integer operations) of one such instruction; a multiply-add is 2."""
    bytes_per_operation: float = 0.0

    @property
    def entry(self) -> str:
        """Name of the function in the machine code."""
        return self.name.replace(".", "_")

    @property
    def module(self) -> str:
        """Kernels of one module share one cubin: nvdisasm takes half a second to start."""
        family = self.name.partition(".")[0]
        if family == "wgmma":
            return self.name.rpartition(".")[0]
        return family if family in LARGE_FAMILIES else "memory"

    def on(self, arch: str) -> bool:
        """Return whether the kernel is claimed for an architecture (emulated ones included)."""
        return arch in self.signature.architectures


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
