"""Launch overhead and a barrier over the whole grid."""

from __future__ import annotations

from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

_GRID_BARRIER = """DEVICE void add_release(u32 *at) {
    asm volatile("red.release.gpu.global.add.u32 [%0], 1;" :: "l"(at) : "memory");
}
DEVICE u32 load_acquire(u32 *at) {
    u32 value;
    asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(value) : "l"(at) : "memory");
    return value;
}
"""

KERNELS = (
    CudaKernel(
        name="launch.kernels.empty",
        source="launch.cu",
        defines={"EMPTY": 1},
        signature=Signature("EXIT", (), outside=1, max_registers=16),
    ),
    CudaKernel(
        name="launch.kernels.grid_barrier",
        source="launch.cu",
        wrapper=_GRID_BARRIER,
        signature=Signature(r"RED(G)?\.E\.ADD\.STRONG\.GPU", (1,), overhead=40, max_registers=40),
    ),
)
