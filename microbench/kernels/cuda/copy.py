"""Copies that run beside the threads: ``cp.async``, bulk copies and tensor copies (TMA)."""

from __future__ import annotations

from microbench.kernels.architectures import ARCHITECTURES, CLUSTER_ARCHITECTURES
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

STAGES = (1, 2, 4)
"""Copies under way; one is the latency of a single copy, waited for each time."""

_GROUPS = """DEVICE void copy(u32 to, const char *from) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" :: "r"(to), "l"(from) : "memory");
}
"""
_BULK = """DEVICE void copy(u32 to, const char *from, u32 bytes, u32 barrier) {
    asm volatile("cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes "
                 "[%0], [%1], %2, [%3];"
                 :: "r"(to), "l"(from), "r"(bytes), "r"(barrier) : "memory");
}
"""
_TENSOR = """DEVICE void copy(u32 to, const void *map, u32 column, u32 row, u32 barrier) {
    asm volatile("cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes "
                 "[%0], [%1, {%2, %3}], [%4];"
                 :: "r"(to), "l"(map), "r"(column), "r"(row), "r"(barrier) : "memory");
}
"""


def _kernel(kind: str, stages: int) -> CudaKernel:
    wrapper, opcode = {
        "groups": (_GROUPS, r"LDGSTS\.E\.BYPASS\.128"),
        "bulk": (_BULK, r"UBLKCP(\.S\.G)?"),
        "tensor": (_TENSOR, r"UTMALDG\.2D"),
    }[kind]
    everywhere = kind == "groups"
    return CudaKernel(
        name=f"copy.{kind}.stages_{stages}",
        source="copy.cu",
        wrapper=wrapper,
        defines={kind.upper(): 1, "STAGES": stages},
        signature=Signature(
            opcode,
            # One thread starts the copies: the assembler wraps each in a loop over the lanes that
            # may want a different one, which runs once.
            (stages,) if everywhere else (1,) * stages,
            overhead=24 + 24 * stages,
            max_registers=64,
            stack_bytes=8 if kind == "tensor" else 0,
            architectures=ARCHITECTURES if everywhere else CLUSTER_ARCHITECTURES,
        ),
        operations=(stages,),
        bytes_per_operation=32 * 16 if everywhere else 0.0,
    )


KERNELS = tuple(_kernel(kind, stages) for kind in ("groups", "bulk", "tensor") for stages in STAGES)
