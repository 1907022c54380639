"""Atomic operations on shared and global memory."""

from __future__ import annotations

from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

SHORT_STEPS, LONG_STEPS = 8, 24
BODY = 32

SWAPPED = 7
"""What a compare-and-swap writes: a constant, for the answer of the one before it would have to be
copied into the second of two neighbouring registers, a move in the chain."""
CONSTANT_MOVES = 8
"""That constant beside each register the answers take turns in: off the chain, once a trip."""

_SPACES = {"shared": ("u32", "r"), "global": ("u64", "l")}
_CHAINED = {
    ("shared", "add"): ("atom.shared.add.u32 %0, [%1], %2;", r"ATOMS\.ADD"),
    ("global", "add"): ("atom.global.add.u32 %0, [%1], %2;", r"ATOMG\.E\.ADD\.STRONG\.GPU"),
    ("shared", "cas"): (f"atom.shared.cas.b32 %0, [%1], %2, {SWAPPED};", r"ATOMS\.CAS"),
    ("global", "cas"): (
        f"atom.global.cas.b32 %0, [%1], %2, {SWAPPED};",
        r"ATOMG\.E\.CAS\.STRONG\.GPU",
    ),
}
_SENT = {
    ("shared", "add"): ("red.shared.add.u32 [%0], 1;", r"ATOMS\.(ADD|POPC\.INC\.32)"),
    ("global", "add"): ("red.global.add.u32 [%0], 1;", r"RED(G)?\.E\.ADD\.STRONG\.GPU"),
}


def _wrapper(space: str, instruction: str, chained: bool) -> str:
    kind, letter = _SPACES[space]
    if chained:
        body = (
            "    u32 before;\n"
            f'    asm volatile("{instruction}" : "=r"(before) : "{letter}"(at), "r"(value)'
            ' : "memory");\n    return before;\n'
        )
    else:
        body = (
            f'    asm volatile("{instruction}" :: "{letter}"(at) : "memory");\n    return value;\n'
        )
    return f"typedef {kind} address_t;\nDEVICE u32 operate(address_t at, u32 value) {{\n{body}}}\n"


def _kernel(space: str, operation: str, chained: bool) -> CudaKernel:
    instruction, opcode = (_CHAINED if chained else _SENT)[space, operation]
    loops = (SHORT_STEPS, LONG_STEPS) if chained else (BODY,)
    return CudaKernel(
        name=f"atomic.{'latency' if chained else 'throughput'}.{space}_{operation}",
        source="atomic.cu",
        wrapper=_wrapper(space, instruction, chained),
        defines={
            "STEPS": LONG_STEPS if chained else BODY,
            **({"SHORT_STEPS": SHORT_STEPS} if chained else {}),
            **({"SHARED": 1} if space == "shared" else {}),
        },
        signature=Signature(
            opcode,
            loops,
            overhead=8 + (CONSTANT_MOVES if operation == "cas" else 0),
            outside=None,
            max_registers=40,
        ),
        operations=loops,
    )


KERNELS = (
    *(_kernel(space, operation, True) for space, operation in _CHAINED),
    *(_kernel(space, operation, False) for space, operation in _SENT),
)
