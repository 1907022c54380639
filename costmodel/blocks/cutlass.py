"""The space of a CUTLASS-like matrix product: warps in a grid, and clusters from Hopper on.

Rules: a warp's part of the tile is whole matrix instructions (16 rows, 8 columns); from Hopper on a
warp group of four works on 64 rows together, and blocks of a cluster share what they load (at most
8 blocks, the portable size: CUDA C++ Programming Guide, thread block clusters). The accumulators'
way out through shared memory shares room with nothing, as in CUTLASS's default epilogue.
"""

from __future__ import annotations

from costmodel.blocks.library import BASE_REGISTERS, BLOCK_THREADS, THREAD_REGISTERS, Limits
from costmodel.blocks.space import Space, build

CLUSTER_BLOCKS = 8
GROUP_ROWS = 64
"""Rows of a warp group's matrix instruction (PTX ISA, wgmma)."""
WARP_ROWS, WARP_COLUMNS = 16, 8
"""Rows and columns of a warp's matrix instruction (PTX ISA, mma.m16n8)."""
DEEPEST = 8
"""Most pipeline stages tried where copies run by themselves (Hopper and later)."""


def cutlass_space(limits: Limits, element_bytes: float, clusters: bool) -> Space:
    """Return the space for operands of ``element_bytes`` bytes; ``clusters``: Hopper and later.

    Tile sides, warps and stages also go by the names that the time model reads.
    """
    rows = GROUP_ROWS if clusters else WARP_ROWS
    deepest = max(16, int(128 / element_bytes))
    return build(
        "cutlass-like gemm",
        {
            "TILE_M": [64, 128, 192, 256] if clusters else [32, 64, 96, 128, 192, 256],
            "TILE_N": [16, 32, 64, 96, 128, 160, 192, 224, 256],
            "TILE_K": sorted({deepest // 4, deepest // 2, deepest, 2 * deepest}),
            "WARPS_M": [4, 8] if clusters else [1, 2, 4, 8],
            "WARPS_N": [1] if clusters else [1, 2, 4],
            "STAGES": range(2, (DEEPEST if clusters else limits.stages) + 1),
            "CLUSTER_M": [1, 2, 4] if clusters else [1],
            "CLUSTER_N": [1, 2, 4] if clusters else [1],
            "SPLIT_K": [1, 2, 4, 8],
            "GROUP_M": [1, 2, 4, 8],
        },
        (
            f"shared_bytes <= {limits.shared_bytes}",
            f"registers <= {THREAD_REGISTERS}",
            f"registers * threads <= {limits.registers_sm}",
            f"threads <= {BLOCK_THREADS}",
            f"TILE_M % ({rows} * WARPS_M // {4 if clusters else 1}) == 0",
            f"TILE_N % ({WARP_COLUMNS} * WARPS_N) == 0",
            "TILE_M * TILE_N >= 4 * threads",
            f"CLUSTER_M * CLUSTER_N <= {CLUSTER_BLOCKS}",
        ),
        {
            "BLOCK_M": "TILE_M",
            "BLOCK_N": "TILE_N",
            "BLOCK_K": "TILE_K",
            "num_warps": "WARPS_M * WARPS_N",
            "num_stages": "STAGES",
            "threads": f"num_warps * {limits.warp}",
            "shared_bytes": (
                f"STAGES * (TILE_M + TILE_N) * TILE_K * {element_bytes:g} + TILE_M * TILE_N * 2"
            ),
            "registers": f"{BASE_REGISTERS} + TILE_M * TILE_N / threads"
            + ("" if clusters else f" + (TILE_M + TILE_N) * 16 * {element_bytes:g} / 4 / threads"),
        },
    )
