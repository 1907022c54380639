"""Pointer chases: shared memory, L1 (``ld.ca``), L2 and beyond (``ld.cg``)."""

from __future__ import annotations

from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

STEPS = 32
"""Loads in one trip; the shortest, 23 cycles each, hides the loop's own few instructions."""

_LOADS = {
    "shared": ("u32", "ld.volatile.shared.u32 %0, [%1];", "r", r"LDS"),
    "l1": ("u64", "ld.global.ca.u64 %0, [%1];", "l", r"LDG\.E\.64(\.STRONG\.SM)?"),
    "l2": ("u64", "ld.global.cg.u64 %0, [%1];", "l", r"LDG\.E\.64\.STRONG\.GPU"),
}


def _kernel(space: str) -> CudaKernel:
    kind, instruction, letter, opcode = _LOADS[space]
    wrapper = (
        f"typedef {kind} address_t;\n"
        "DEVICE address_t load(address_t node) {\n"
        "    address_t next;\n"
        f'    asm volatile("{instruction}" : "={letter}"(next) : "{letter}"(node) : "memory");\n'
        "    return next;\n}\n"
    )
    return CudaKernel(
        name=f"chase.{space}",
        source="chase.cu",
        wrapper=wrapper,
        defines={"STEPS": STEPS, **({"SHARED": 1} if space == "shared" else {})},
        signature=Signature(opcode, (STEPS, STEPS), chained=True, max_registers=40),
        operations=(STEPS,),
    )


KERNELS = tuple(_kernel(space) for space in _LOADS)
