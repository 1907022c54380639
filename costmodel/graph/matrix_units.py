"""Matrix-unit instructions of gpu, nvgpu, nvvm, amdgpu and Triton dialects: shapes and formats.

A warp-wide instruction stands in code that each of its 32 threads executes (a warpgroup-wide one:
128, an AMD wavefront 64, 32 for WMMA), so work is one thread's share; Triton's stand in code that a
program executes once. Source: PTX ISA, "Warp-level matrix instructions" and "Asynchronous
warpgroup-level matrix instructions"; AMD's matrix instruction calculator for MFMA and WMMA.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from costmodel.mlir.ir import Op
from costmodel.mlir.types import element_of
from microbench.formats import NumberFormat

_WARP, _WARPGROUP, _WAVEFRONT = 32, 128, 64
_MMA_SHAPE = re.compile(r"mmaShape\s*=\s*\[(\d+)\s*(?::\s*i64)?,\s*(\d+)\s*(?::\s*i64)?,\s*(\d+)")
_NVVM_SHAPE = re.compile(r"<\s*m\s*=\s*(\d+),\s*n\s*=\s*(\d+),\s*k\s*=\s*(\d+)\s*>")
_NAMED_SIZES = [re.compile(rf"\b{name}\s*=\s*(\d+)") for name in "mnk"]
_BLOCKS = re.compile(r"\bblocks\s*=\s*(\d+)")
_IN_NAME = re.compile(r"\.(\d+)x(\d+)x(\d+)")
_IN_FRONT = re.compile(r"^\s*(\d+)x(\d+)x(\d+)\b")
_MMA_MATRIX = re.compile(r"!gpu\.mma_matrix<(\d+)x(\d+)x(\w+)")
_WARPGROUP_TILES = re.compile(
    r"memref<(\d+)x(\d+)x(\w+).*?fragmented\s*=\s*vector<(\d+)x(\d+)x", re.S
)
_TILE = re.compile(r"(?:tensor|memdesc)<((?:\d+x)+)(\w+)")
_ELEMENT = re.compile(r"\(?\s*(?:(?:vector|memref|tensor)<(?:\d+x)*)?([a-z]\w*)")
_PTX_TYPE = re.compile(
    r"(?:multiplicandAPtxType|eltypeA|\bA)\s*(?:=\s*#nvvm\.mma_type|\[)\s*<(\w+)>"
)
_ROCDL_TYPE = re.compile(r"\d+x\d+x\d+\.?((?:bf|xf|f|i|iu)\d+|bf8|fp8)")
_SCALED = re.compile(r"\b([lr])hs\s*=\s*(\w+)")
_TILE_DOTS = frozenset(
    """tt.dot tt.dot_scaled ttng.warp_group_dot triton_nvidia_gpu.warp_group_dot
    ttng.tc_gen5_mma ttng.tc_gen5_mma_scaled nvidia_gpu.warp_group_dot""".split()
)
_WORDS = dict(
    word.split("=")
    for word in """s8=i8 u8=i8 iu8=i8 s4=i4 u4=i4 iu4=i4 b1=i1 xf32=tf32 fp16=f16 e4m3=f8E4M3FN
    e5m2=f8E5M2 fp8=f8E4M3FN bf8=f8E5M2 e3m2=f8E5M2 e2m3=f8E4M3FN e2m1=f4E2M1FN""".split()
)
"""What PTX, ROCDL and Triton call element types; six bits run at the rate of eight (PTX ISA,
``kind::f8f6f4``)."""
_NO_PRODUCT = ("load", "store", "constant", "fence", "commit", "wait", "init", "extract", "insert")
"""Parts of names of ops that set up, move or await fragments."""


@dataclass(frozen=True, slots=True)
class MatrixTile:
    """What one matrix instruction multiplies: ``b`` times (m, k) by (k, n), by ``threads``."""

    b: float
    m: float
    n: float
    k: float
    threads: int = 1
    number_format: NumberFormat | None = None
    """Format of the operands (the wider one's where they differ); ``None`` where none is told."""

    @property
    def flop(self) -> float:
        """One thread's share of the work: a multiply-add is 2 FLOP."""
        return 2.0 * self.b * self.m * self.n * self.k / self.threads


def mma_flop(op: Op) -> float | None:
    """Return one thread's FLOP of a matrix instruction, ``None`` for any other op."""
    tile = matrix_tile(op)
    return tile.flop if tile else None


def matrix_tile(op: Op) -> MatrixTile | None:
    """Return what a matrix instruction multiplies; ``None`` for other ops and unstated shapes."""
    name = op.name
    if name in _TILE_DOTS:
        return _triton(name, op.header)
    if not is_matrix(name):
        return None
    if name == "gpu.subgroup_mma_compute":
        return _subgroup(op.header)
    if name == "nvgpu.warpgroup.mma":
        return _warpgroup(op.header)
    if name.startswith(("nvgpu.mma.", "nvvm.")):
        return _nvidia(op)
    if name.startswith(("amdgpu.", "rocdl.")):
        return _amd(op)
    return None


def is_matrix(name: str) -> bool:
    """Say whether a name is that of a matrix instruction: never free, known or not."""
    if name in _TILE_DOTS or name.endswith("dot"):
        return True
    multiplies = "mma" in name or "mfma" in name
    return multiplies and not any(part in name for part in _NO_PRODUCT)


def fragment_elements(text: str) -> float | None:
    """Return one thread's share of a warp's fragment, the last a header names."""
    tiles = _MMA_MATRIX.findall(text)
    return float(tiles[-1][0]) * float(tiles[-1][1]) / _WARP if tiles else None


def accumulator(op: Op) -> str:
    """Return the SSA name a matrix instruction adds to, or "" where the text does not tell."""
    names = [name for name in op.operands if name.startswith("%")]
    if "_scaled" in op.name or "scaled_" in op.name:
        return names[-1] if names else ""
    if "wgmma" in op.name:
        return names[0] if names else ""
    return names[2] if len(names) > 2 else ""


def _triton(name: str, text: str) -> MatrixTile | None:
    """Return a program's tile: (..., m, k) by (..., k, n), two fp4 numbers packed in a byte."""
    found = _TILE.findall(text)
    tiles = [[int(size) for size in shape.split("x")[:-1]] for shape, _ in found]
    if len(tiles) < 3 or len(tiles[0]) < 2:
        return None
    out = tiles[2] if "gen5" in name else tiles[-1]
    if len(out) < 2:
        return None
    scaled = dict(_SCALED.findall(text))
    packed = 2 if scaled.get("l") == "e2m1" else 1
    if scaled:
        kind = _widest(*scaled.values())
    else:
        kind = _format(found[0][1], re.search(r"inputPrecision\s*=\s*(\w+)", text))
        if kind is NumberFormat.FP32 and re.search(r"allowTF32\s*=\s*true", text):
            kind = NumberFormat.TF32
    return MatrixTile(math.prod(out[:-2]), out[-2], out[-1], tiles[0][-1] * packed, 1, kind)


def _subgroup(text: str) -> MatrixTile | None:
    tiles = _MMA_MATRIX.findall(text)
    if len(tiles) < 2:
        return None
    (m, k, element), (_, n, _) = tiles[0], tiles[1]
    kind = _format("tf32" if element == "f32" else element)  # no fp32 fragments but TF32's
    return MatrixTile(1, int(m), int(n), int(k), _WARP, kind)


def _warpgroup(text: str) -> MatrixTile | None:
    found = _WARPGROUP_TILES.search(text)
    if found is None:
        return None
    _, k, element, m, n = found.groups()
    kind = _format("tf32" if element == "f32" else element)
    return MatrixTile(1, int(m), int(n), int(k), _WARPGROUP, kind)


def _nvidia(op: Op) -> MatrixTile | None:
    name, text = op.name, op.header
    threads = _WARPGROUP if "wgmma" in name else _WARP
    if name == "nvvm.wmma.mma":
        sizes = _named_sizes(text)
    else:
        found = (_MMA_SHAPE if name.startswith("nvgpu") else _NVVM_SHAPE).search(text)
        sizes = _three(found)
    if sizes is None:
        return None
    told = _PTX_TYPE.search(text)
    kind = _format(told.group(1)) if told else _format(_first_element(op))
    if kind is NumberFormat.FP32 and "tf32Enabled" in text:
        kind = NumberFormat.TF32
    if kind is NumberFormat.INT32:  # packed narrow integers, told apart by attributes alone
        kind = NumberFormat.INT8
    m, n, k = sizes
    return MatrixTile(1, m, n, k, threads, kind)


def _amd(op: Op) -> MatrixTile | None:
    name, text = op.name, op.header
    threads = _WARP if "wmma" in name else _WAVEFRONT
    if name.startswith("rocdl"):
        sizes = _three(_IN_NAME.search(name))
        told = _ROCDL_TYPE.search(name)
        kind = _format(told.group(1)) if told else None
    else:
        sizes = _three(_IN_FRONT.search(text)) or _named_sizes(text)
        kind = _format(_first_element(op))
    if sizes is None and name == "amdgpu.wmma":
        sizes = (16, 16, 16)  # all of RDNA 3's
    if sizes is None:
        return None
    m, n, k = sizes
    blocks = _BLOCKS.search(text)
    return MatrixTile(int(blocks.group(1)) if blocks else 1, m, n, k, threads, kind)


def _named_sizes(text: str) -> tuple[int, int, int] | None:
    m, n, k = (size.search(text) for size in _NAMED_SIZES)
    if m is None or n is None or k is None:
        return None
    return int(m.group(1)), int(n.group(1)), int(k.group(1))


def _three(found: re.Match[str] | None) -> tuple[int, int, int] | None:
    if found is None:
        return None
    m, n, k = (int(size) for size in found.groups())
    return m, n, k


def _first_element(op: Op) -> str:
    """Return the element type of the first operand, as the trailing types tell it."""
    found = _ELEMENT.match(op.split_types[1])
    return found.group(1) if found else ""


def _format(element: str, precision: re.Match[str] | None = None) -> NumberFormat | None:
    """Return the format products of an element type run in; fp32 may be split into narrower."""
    kind = element_of(_WORDS.get(element, element))
    found = kind[0] if kind else None
    if found is NumberFormat.FP32 and precision:
        split = precision.group(1)
        if split.startswith("tf32"):
            return NumberFormat.TF32
        if split.startswith("bf16"):
            return NumberFormat.BF16
    return found


def _widest(*words: str) -> NumberFormat | None:
    """Return the widest of some operands' formats: the narrower are converted to it."""
    kinds = [kind for kind in map(_format, words) if kind is not None]
    return max(kinds, key=lambda kind: kind.bits) if kinds else None
