"""Matrix-unit instructions of gpu, nvgpu, nvvm and Triton dialects: FLOP by their shapes.

A warp-wide instruction stands in code that each of its 32 threads executes (a warpgroup-wide one:
128, an AMD wavefront 64), so one thread's share is returned; Triton's stand in code that a program
executes once. Source: PTX ISA, "Warp-level matrix instructions" and
"Asynchronous warpgroup-level matrix instructions".
"""

from __future__ import annotations

import math
import re

from costmodel.mlir.ir import Op

_WARP, _WARPGROUP, _WAVEFRONT = 32, 128, 64
_MMA_SHAPE = re.compile(r"mmaShape\s*=\s*\[(\d+)\s*(?::\s*i64)?,\s*(\d+)\s*(?::\s*i64)?,\s*(\d+)")
_NVVM_SHAPE = re.compile(r"<\s*m\s*=\s*(\d+),\s*n\s*=\s*(\d+),\s*k\s*=\s*(\d+)\s*>")
_NAMED_SIZES = [re.compile(rf"\b{name}\s*=\s*(\d+)") for name in "mnk"]
_IN_NAME = re.compile(r"mfma\.\w+\.(\d+)x(\d+)x(\d+)")
_MMA_MATRIX = re.compile(r"!gpu\.mma_matrix<(\d+)x(\d+)x")
_WARPGROUP_TILES = re.compile(r"memref<(\d+)x(\d+)x.*?fragmented\s*=\s*vector<(\d+)x(\d+)x", re.S)
_TILE = re.compile(r"(?:tensor|memdesc)<((?:\d+x)+)")
_TILE_DOTS = frozenset(
    """tt.dot tt.dot_scaled ttng.warp_group_dot triton_nvidia_gpu.warp_group_dot
    ttng.tc_gen5_mma ttng.tc_gen5_mma_scaled nvidia_gpu.warp_group_dot""".split()
)


def mma_flop(op: Op) -> float | None:
    """Return one thread's FLOP of a matrix instruction, ``None`` for any other op."""
    name, text = op.name, op.header
    if name == "nvgpu.mma.sync" or name == "nvgpu.mma.sp.sync":
        return _flop(_MMA_SHAPE.search(text), _WARP)
    if name == "nvgpu.warpgroup.mma":
        found = _WARPGROUP_TILES.search(text)
        if found is None:
            return None
        _, k, m, n = (int(size) for size in found.groups())
        return 2.0 * m * n * k / _WARPGROUP
    if name.startswith(("nvvm.mma", "nvvm.wgmma.mma_async")):
        return _flop(_NVVM_SHAPE.search(text), _WARPGROUP if "wgmma" in name else _WARP)
    if name in {"nvvm.wmma.mma", "amdgpu.mfma"}:
        sizes = [found for found in (size.search(text) for size in _NAMED_SIZES) if found]
        if len(sizes) < 3:
            return None
        m, n, k = (int(size.group(1)) for size in sizes)
        return 2.0 * m * n * k / (_WARP if name.startswith("nvvm") else _WAVEFRONT)
    if name.startswith("rocdl.mfma"):
        return _flop(_IN_NAME.search(name), _WAVEFRONT)
    if name == "gpu.subgroup_mma_compute":
        tiles = [(int(a), int(b)) for a, b in _MMA_MATRIX.findall(text)]
        if len(tiles) < 2:
            return None
        (m, k), (_, n) = tiles[0], tiles[1]
        return 2.0 * m * n * k / _WARP
    return _tile_flop(name, text) if name in _TILE_DOTS else None


def is_matrix(name: str) -> bool:
    """Say whether a name is that of a matrix instruction: never free, known or not."""
    return name in _TILE_DOTS or name.endswith("dot") or ("mma" in name and "load" not in name)


def _tile_flop(name: str, text: str) -> float | None:
    """FLOP of a program's tile: (..., m, k) by (..., k, n), two fp4 numbers packed in a byte."""
    tiles = [[int(size) for size in shape.split("x")[:-1]] for shape in _TILE.findall(text)]
    if len(tiles) < 3 or len(tiles[0]) < 2:
        return None
    out = tiles[2] if "gen5" in name else tiles[-1]
    packed = 2 if re.search(r"lhs\s*=\s*e2m1", text) else 1
    return 2.0 * math.prod(out) * tiles[0][-1] * packed


def _flop(found: re.Match[str] | None, threads: int) -> float | None:
    if found is None:
        return None
    m, n, k = (int(size) for size in found.groups())
    return 2.0 * m * n * k / threads
