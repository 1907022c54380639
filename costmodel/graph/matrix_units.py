"""Matrix-unit instructions of gpu, nvgpu, nvvm and Triton dialects: FLOP by their shapes.

A warp-wide instruction stands in code that each of its 32 threads executes (a warpgroup-wide one:
128), so one thread's share is returned. Source: PTX ISA, "Warp-level matrix instructions" and
"Asynchronous warpgroup-level matrix instructions".
"""

from __future__ import annotations

import re

from costmodel.mlir.ir import Op

_WARP, _WARPGROUP = 32, 128
_MMA_SHAPE = re.compile(r"mmaShape\s*=\s*\[(\d+)\s*(?::\s*i64)?,\s*(\d+)\s*(?::\s*i64)?,\s*(\d+)")
_NVVM_SHAPE = re.compile(r"<\s*m\s*=\s*(\d+),\s*n\s*=\s*(\d+),\s*k\s*=\s*(\d+)\s*>")
_MMA_MATRIX = re.compile(r"!gpu\.mma_matrix<(\d+)x(\d+)x")
_TILE = re.compile(r"tensor<(\d+)x(\d+)x")


def mma_flop(op: Op) -> float | None:
    """Return one thread's FLOP of a matrix instruction, ``None`` for any other op."""
    name, text = op.name, op.header
    if name == "nvgpu.mma.sync" or name == "nvgpu.mma.sp.sync":
        found = _MMA_SHAPE.search(text)
        return _flop(found, _WARP)
    if name.startswith(("nvvm.mma", "nvvm.wgmma.mma_async")):
        found = _NVVM_SHAPE.search(text)
        return _flop(found, _WARPGROUP if "wgmma" in name else _WARP)
    if name == "gpu.subgroup_mma_compute":
        tiles = [(int(a), int(b)) for a, b in _MMA_MATRIX.findall(text)]
        if len(tiles) < 2:
            return None
        (m, k), (_, n) = tiles[0], tiles[1]
        return 2.0 * m * n * k / _WARP
    if name in {"tt.dot", "ttng.warp_group_dot", "triton_nvidia_gpu.warp_group_dot"}:
        tiles = [(int(a), int(b)) for a, b in _TILE.findall(text)]
        if len(tiles) < 2:
            return None
        (m, k), (_, n) = tiles[0], tiles[1]
        return 2.0 * m * n * k
    return None


def _flop(found: re.Match[str] | None, threads: int) -> float | None:
    if found is None:
        return None
    m, n, k = (int(size) for size in found.groups())
    return 2.0 * m * n * k / threads
