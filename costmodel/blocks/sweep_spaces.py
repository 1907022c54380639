"""Spaces small enough to measure whole: the tiles that tuned Triton kernels are found among.

Ranges follow what public tuners of Triton kernels try (vLLM's fused-experts tuner, the tutorials'
lists). Only shared memory is asked beforehand, by formula; tiles that do not compile, launch or
spill are kept, because how they fail is part of what a sweep shows.
"""

from __future__ import annotations

from costmodel.blocks.library import Limits, Operator
from costmodel.blocks.space import Space, build
from microbench.errors import InputError


def sweep_space(operator: Operator, limits: Limits, element_bytes: float, head_dim: int) -> Space:
    """Return the space of a brute-force sweep; ``InputError`` for an operator without one."""
    if operator is Operator.GEMM:
        return _gemm(limits, element_bytes)
    if operator is Operator.ATTENTION:
        return _attention(limits, element_bytes, head_dim)
    raise InputError(f"no space to sweep for {operator.value}: gemm and attention have one")


def _gemm(limits: Limits, element_bytes: float) -> Space:
    return build(
        "triton gemm",
        {
            "BLOCK_M": [16, 32, 64, 128, 256],
            "BLOCK_N": [32, 64, 128, 256],
            "BLOCK_K": [32, 64, 128],
            "num_warps": [4, 8],
            "num_stages": [2, 3, 4, 5],
            "SPLIT_K": [1, 4],
            "GROUP_M": [1, 8],
        },
        (
            f"shared_bytes <= {limits.shared_bytes}",
            "BLOCK_M * BLOCK_N <= 32768",
        ),
        {"shared_bytes": f"(num_stages - 1) * (BLOCK_M + BLOCK_N) * BLOCK_K * {element_bytes:g}"},
    )


def _attention(limits: Limits, element_bytes: float, head_dim: int) -> Space:
    return build(
        f"triton attention of heads of {head_dim}",
        {
            "BLOCK_M": [16, 32, 64, 128, 256],
            "BLOCK_N": [16, 32, 64, 128, 256],
            "num_warps": [1, 2, 4, 8, 16],
            "num_stages": [1, 2, 3, 4, 5],
        },
        (f"shared_bytes <= {limits.shared_bytes}",),
        {
            "shared_bytes": (
                f"(BLOCK_M + max(num_stages - 1, 1) * BLOCK_N) * {head_dim} * {element_bytes:g}"
            )
        },
    )
