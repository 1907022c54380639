"""Kernels that are not timed: fill memory, flush the cache, hold the stream.

After a fill, word ``i`` is ``i * factor + offset`` modulo 2**32.
"""

from __future__ import annotations

from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

KERNELS = (
    CudaKernel(
        name="support.memory.fill",
        source="support.cu",
        signature=Signature(r"STG\.E\.128", (1,), overhead=30, outside=None, max_registers=40),
    ),
    CudaKernel(
        name="support.memory.gate",
        source="gate.cu",
        signature=Signature(
            r"LDG?\.E(\.STRONG\.SYS)?", (1,), overhead=20, outside=None, max_registers=40
        ),
    ),
)
