"""Distributed shared memory of Hopper and Blackwell clusters."""

from __future__ import annotations

from microbench.kernels.architectures import CLUSTER_ARCHITECTURES
from microbench.kernels.cuda.bandwidth import ACCESS_BYTES, vector_load
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

SIZES = (2, 4, 8, 16)
"""Blocks in a cluster; 16 is beyond the portable 8 and needs the launch's consent."""
STEPS = 32
IN_FLIGHT = (1, 4)

_RANKS = r"""DEVICE u32 rank_in_cluster() {
    u32 value;
    asm volatile("mov.u32 %0, %%cluster_ctarank;" : "=r"(value));
    return value;
}
DEVICE u32 blocks_in_cluster() {
    u32 value;
    asm volatile("mov.u32 %0, %%cluster_nctarank;" : "=r"(value));
    return value;
}
DEVICE u32 address_in(u32 address, u32 rank) {
    u32 value;
    asm volatile("mapa.shared::cluster.u32 %0, %1, %2;" : "=r"(value) : "r"(address), "r"(rank));
    return value;
}
DEVICE void cluster_barrier() {
    asm volatile("barrier.cluster.arrive.aligned;\nbarrier.cluster.wait.aligned;" ::: "memory");
}
"""
_CHASE = """DEVICE u32 load(u32 node) {
    u32 next;
    asm volatile("ld.shared::cluster.u32 %0, [%1];" : "=r"(next) : "r"(node) : "memory");
    return next;
}
"""


def _reader(in_flight: int) -> CudaKernel:
    return CudaKernel(
        name=f"cluster.dsm.read_{in_flight}",
        source="cluster.cu",
        wrapper=_RANKS + vector_load("u32 at", "ld.shared::cluster.v4.u32", "r"),
        defines={"IN_FLIGHT": in_flight},
        signature=Signature(
            r"LD\.E\.128",
            (in_flight,),
            overhead=16 + 10 * in_flight,
            architectures=CLUSTER_ARCHITECTURES,
            max_registers=64,
        ),
        operations=(in_flight,),
        bytes_per_operation=32 * ACCESS_BYTES,
    )


KERNELS = (
    CudaKernel(
        name="cluster.dsm.latency",
        source="cluster.cu",
        wrapper=_RANKS + _CHASE,
        defines={"LATENCY": 1, "STEPS": STEPS},
        signature=Signature(
            r"LD\.E",
            (STEPS,),
            overhead=2 * STEPS + 12,
            architectures=CLUSTER_ARCHITECTURES,
            max_registers=64,
        ),
        operations=(STEPS,),
    ),
    *(_reader(in_flight) for in_flight in IN_FLIGHT),
)
