"""Which kernels are labelled: a fixed list, drawn from every family's space by a hash.

Names in capitals are the macros of the template of the same name under ``cuda``.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

ARCHITECTURES = ("sm_80", "sm_90a", "sm_100a")
MOST_REGISTERS = 255
REGISTERS_SM = 65536
MOST_PRODUCTS = 64
"""Most matrix instructions a loop's body holds for each of its products: 64 x 64 x 64 bytes is a
usual warp's tile, and larger bodies take long to compile."""
SHARED_LIMIT_BYTES = {"sm_80": 166912, "sm_90a": 232448, "sm_100a": 232448}
"""Most shared memory of one block (CUDA C++ Programming Guide, technical specifications)."""
Settings = Mapping[str, int]


class KernelFamily(StrEnum):
    """Templates; the label table and the accuracy table are split by them."""

    GEMM_MMA = "gemm_mma"
    GEMM_SIMT = "gemm_simt"
    CONV_MMA = "conv_mma"
    CONV_SIMT = "conv_simt"
    CONV_DIRECT = "conv_direct"
    ATTENTION_MMA = "attention_mma"
    ATTENTION_SIMT = "attention_simt"
    REDUCTION = "reduction"
    NORM = "norm"
    SOFTMAX = "softmax"
    ELEMENTWISE = "elementwise"
    SCAN = "scan"
    GEMV = "gemv"
    STENCIL = "stencil"
    POOL = "pool"
    BAG = "bag"
    TOPK = "topk"
    TRITON_GEMM = "triton_gemm"
    TRITON_ATTENTION = "triton_attention"
    TRITON_NORM = "triton_norm"
    TRITON_CONV = "triton_conv"
    TRITON_NORM_GEMM = "triton_norm_gemm"


@dataclass(frozen=True, slots=True)
class Sample:
    """One kernel to compile."""

    family: KernelFamily
    arch: str
    settings: Settings

    @property
    def key(self) -> str:
        """Name that says everything: family, architecture, settings."""
        told = " ".join(f"{name}={value}" for name, value in sorted(self.settings.items()))
        return f"{self.family.value} {self.arch} {told}"


ELEMENT_BYTES = {"f16": 2, "bf16": 2, "tf32": 4, "s8": 1, "float": 4}
ELEMENTS = tuple(ELEMENT_BYTES)
"""``ELEMENT`` of a sample is an index into this."""
F16, BF16, TF32, S8, FLOAT = range(5)
OPS = ("Add", "Most")


def element_bytes(settings: Settings) -> int:
    """Return the bytes of a sample's element; 4 where its template knows only floats."""
    return ELEMENT_BYTES[ELEMENTS[settings.get("ELEMENT", FLOAT)]]


def cap(settings: Settings) -> int:
    """Return the most registers a thread may get under a kernel's launch bounds.

    ``MINIMUM`` blocks of ``THREADS`` lie on one multiprocessor, whose four schedulers have a
    quarter of its registers each and give them out in eights (CUDA C++ Programming Guide, launch
    bounds; the quarters are seen in kernels whose warps are no multiple of four).
    """
    warps = -(-settings["THREADS"] // 32) * max(settings.get("MINIMUM", 1), 1)
    share = REGISTERS_SM // 4 // (32 * -(-warps // 4))
    return min(MOST_REGISTERS, share // 8 * 8)


def shared_bytes(family: KernelFamily, settings: Settings) -> int:
    """Return the dynamic shared memory a CUDA template asks for at launch (see its first lines)."""
    s = settings
    if family in (KernelFamily.GEMM_MMA, KernelFamily.CONV_MMA):
        return s["STAGES"] * (s["BM"] + s["BN"]) * (s["BK"] + 16)
    if family in (KernelFamily.GEMM_SIMT, KernelFamily.CONV_SIMT):
        return s["STAGES"] * (s["BM"] + s["BN"]) * s["BK"] * 4
    if family is KernelFamily.ATTENTION_MMA:
        rows = s["THREADS"] // 32 * s["ROWS"] + 2 * s["BN"] * s["STAGES"]
        return rows * (s["DIM"] + 8) * 2
    return 0


def samples(counts: Mapping[KernelFamily, int] | None = None) -> Iterator[Sample]:
    """Yield the kernels of the list: so many different ones of each family and architecture."""
    for family, wanted in (counts or COUNTS).items():
        for arch in ARCHITECTURES:
            yield from itertools.islice(_drawn(family, arch), wanted)


def _drawn(family: KernelFamily, arch: str) -> Iterator[Sample]:
    """Yield different settings without end, picked by the bytes of a hash of their number."""
    space, seen = SPACES[family], set()
    for number in itertools.count():
        digest = hashlib.sha256(f"{family.value} {arch} {number}".encode()).digest()
        picked = zip(space.axes.items(), digest, strict=False)
        settings = {name: values[byte % len(values)] for (name, values), byte in picked}
        settings |= {name: find(settings) for name, find in space.derived.items()}
        sample = Sample(family, arch, settings)
        if sample.key in seen or not _fits(sample) or not space.allows(settings):
            continue
        seen.add(sample.key)
        yield sample


def _fits(sample: Sample) -> bool:
    threads = sample.settings["THREADS"]
    if threads % 32 or not 32 <= threads <= 1024 or cap(sample.settings) < 24:
        return False
    return shared_bytes(sample.family, sample.settings) <= SHARED_LIMIT_BYTES[sample.arch]


@dataclass(frozen=True, slots=True)
class SampleSpace:
    """What a template may be given."""

    axes: Mapping[str, Sequence[int]]
    allows: Callable[[Settings], bool]
    derived: Mapping[str, Callable[[Settings], int]] = field(default_factory=dict)


def _mma_allows(s: Settings) -> bool:
    """Whether copies divide evenly among the threads, and the tile is neither tiny nor absurd."""
    if s["BM"] % s["WM"] or s["BN"] % s["WN"] or s["THREADS"] > 512:
        return False
    a, b = s["BM"] * s["BK"] // 16, s["BN"] * s["BK"] // 16
    if a % s["THREADS"] or b % s["THREADS"] or (a + b) // s["THREADS"] > 24:
        return False
    sums, products = s["WM"] * s["WN"] // 32, s["WM"] * s["WN"] * s["BK"] // 4096
    return 4 <= sums <= 256 and products <= MOST_PRODUCTS and not (s["AHEAD"] and s["BK"] == 32)


def _simt_allows(s: Settings) -> bool:
    if s["BM"] % s["TM"] or s["BN"] % s["TN"]:
        return False
    a, b = s["BM"] * s["BK"] // 4, s["BN"] * s["BK"] // 4
    if a % s["THREADS"] or b % s["THREADS"] or (a + b) // s["THREADS"] > 16:
        return False
    return s["TM"] * s["TN"] * s["UNROLL"] <= 512


_MMA: Mapping[str, Sequence[int]] = {
    "BM": (32, 64, 128, 192, 256), "BN": (32, 64, 96, 128, 256), "BK": (32, 64, 128),
    "WM": (16, 32, 64, 128), "WN": (8, 16, 32, 64, 96, 128), "STAGES": (1, 2, 3, 4),
    "AHEAD": (0, 1), "EPILOGUE": (0, 1), "MINIMUM": (1, 1, 1, 2, 3),
    "ELEMENT": (F16, BF16, TF32, S8),
}  # fmt: skip
_SIMT: Mapping[str, Sequence[int]] = {
    "BM": (32, 64, 128, 256), "BN": (32, 64, 128, 256), "BK": (8, 16, 32),
    "TM": (1, 2, 4, 8, 12, 16), "TN": (2, 4, 8, 16), "STAGES": (1, 2, 3), "UNROLL": (1, 2, 4, 8),
    "EPILOGUE": (0, 1), "MINIMUM": (1, 1, 1, 2, 3),
}  # fmt: skip
_PATCHES: Mapping[str, Sequence[int]] = {"KERNEL": (1, 3, 5), "STRIDE": (1, 2)}
_ROWS: Mapping[str, Sequence[int]] = {
    "ITEMS": (1, 2, 3, 4, 6, 8, 12, 16), "VECTOR": (1, 2, 4, 8),
    "THREADS": (32, 64, 128, 256, 512, 1024), "MINIMUM": (1, 1, 1, 2, 4),
    "ELEMENT": (F16, BF16, FLOAT),
}  # fmt: skip
_MMA_THREADS: Mapping[str, Callable[[Settings], int]] = {
    "THREADS": lambda s: s["BM"] // s["WM"] * (s["BN"] // s["WN"]) * 32
}
_SIMT_THREADS: Mapping[str, Callable[[Settings], int]] = {
    "THREADS": lambda s: s["BM"] // s["TM"] * (s["BN"] // s["TN"])
}


_TRITON: Mapping[str, Sequence[int]] = {
    "num_warps": (2, 4, 4, 8, 8, 16), "num_stages": (1, 2, 3, 4, 5),
}  # fmt: skip
_TRITON_TILE: Mapping[str, Sequence[int]] = {
    "BLOCK_M": (16, 32, 64, 128, 256), "BLOCK_N": (16, 32, 64, 128, 256),
    "BLOCK_K": (16, 32, 64, 128),
}  # fmt: skip
_TRITON_THREADS: Mapping[str, Callable[[Settings], int]] = {
    "THREADS": lambda s: s["num_warps"] * 32
}


def _tile_allows(s: Settings) -> bool:
    """Whether a tile is neither tiny nor absurd; scalar lanes unroll all of BLOCK_K."""
    work = s["BLOCK_M"] * s["BLOCK_N"] // s["THREADS"]
    if s["ELEMENT"] == FLOAT:
        return 1 <= work <= 64 and work * s["BLOCK_K"] <= 1024
    return 1 <= work <= 256 and (s["BLOCK_M"] + s["BLOCK_N"]) * s["BLOCK_K"] <= 32768


def _rows_allow(s: Settings) -> bool:
    return s["ITEMS"] * s["VECTOR"] <= 128


SPACES: Mapping[KernelFamily, SampleSpace] = {
    KernelFamily.GEMM_MMA: SampleSpace(_MMA, _mma_allows, _MMA_THREADS),
    KernelFamily.GEMM_SIMT: SampleSpace(_SIMT, _simt_allows, _SIMT_THREADS),
    KernelFamily.CONV_MMA: SampleSpace({**_MMA, **_PATCHES}, _mma_allows, _MMA_THREADS),
    KernelFamily.CONV_SIMT: SampleSpace({**_SIMT, **_PATCHES}, _simt_allows, _SIMT_THREADS),
    KernelFamily.CONV_DIRECT: SampleSpace(
        {
            "TX": (1, 2, 4, 8, 16), "TC": (1, 2, 4, 8, 16), "KERNEL": (1, 3, 5, 7),
            "STRIDE": (1, 2), "UNROLL": (1, 2, 4), "THREADS": (64, 128, 256, 512),
            "MINIMUM": (1, 1, 1, 2, 4), "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["TX"] * s["TC"] * s["KERNEL"] ** 2 * s["UNROLL"] <= 512
        and s["TC"] * s["KERNEL"] ** 2 * s["UNROLL"] <= 400,
    ),
    KernelFamily.ATTENTION_MMA: SampleSpace(
        {
            "ROWS": (16, 32), "BN": (16, 32, 64, 96, 128), "DIM": (32, 64, 96, 128, 256),
            "THREADS": (32, 64, 128, 256), "CAUSAL": (0, 1), "HELD": (0, 1), "STAGES": (1, 2),
            "MINIMUM": (1, 1, 1, 2, 3), "ELEMENT": (F16, BF16),
        },
        lambda s: s["ROWS"] * (s["BN"] + s["DIM"]) <= 8192
        and s["ROWS"] * s["BN"] * s["DIM"] // 1024 <= 2 * MOST_PRODUCTS,
    ),
    KernelFamily.ATTENTION_SIMT: SampleSpace(
        {
            "DIM": (32, 64, 128), "SPLIT": (1, 2, 4, 8), "BN": (1, 2, 4, 8, 16),
            "CAUSAL": (0, 1), "THREADS": (64, 128, 256), "MINIMUM": (1, 1, 1, 2, 4),
            "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["DIM"] // s["SPLIT"] * s["BN"] <= 256,
    ),
    KernelFamily.REDUCTION: SampleSpace(
        {"OVER_COLUMNS": (0, 1), "MOMENTS": (1, 2), "OP": (0, 1), **_ROWS}, _rows_allow
    ),
    KernelFamily.NORM: SampleSpace({"CENTRED": (0, 1), "RESIDUAL": (0, 1), **_ROWS}, _rows_allow),
    KernelFamily.SOFTMAX: SampleSpace({"HELD": (0, 1), **_ROWS}, _rows_allow),
    KernelFamily.ELEMENTWISE: SampleSpace(
        {
            "INPUTS": (1, 2, 3, 4), "LENGTH": (1, 2, 3, 5, 8), "CODE": (0, 7, 43, 271, 1597),
            **_ROWS,
        },
        lambda s: s["ITEMS"] * s["VECTOR"] * s["INPUTS"] <= 128
        and s["ITEMS"] * s["VECTOR"] * s["INPUTS"] * s["LENGTH"] <= 256,
    ),
    KernelFamily.SCAN: SampleSpace({"EXCLUSIVE": (0, 1), **_ROWS}, _rows_allow),
    KernelFamily.GEMV: SampleSpace(
        {
            "ROWS": (1, 2, 4, 8, 16), "VECTOR": (1, 2, 4, 8), "UNROLL": (1, 2, 4),
            "THREADS": (64, 128, 256, 512, 1024), "MINIMUM": (1, 1, 1, 2, 4),
            "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["ROWS"] * s["VECTOR"] * s["UNROLL"] <= 256,
    ),
    KernelFamily.STENCIL: SampleSpace(
        {
            "RADIUS": (1, 2, 3, 4), "COLUMNS": (1, 2, 4, 8),
            "THREADS": (64, 128, 256, 512, 1024), "MINIMUM": (1, 1, 1, 2, 4),
            "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: True,  # noqa: ARG005 - all of them
    ),
    KernelFamily.POOL: SampleSpace(
        {
            "KERNEL": (2, 3, 5), "STRIDE": (1, 2), "TX": (1, 2, 4, 8), "VECTOR": (1, 2, 4, 8),
            "PADDED": (0, 1), "OP": (0, 1), "THREADS": (64, 128, 256, 512, 1024),
            "MINIMUM": (1, 1, 1, 2, 4), "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["TX"] * s["VECTOR"] * s["KERNEL"] ** 2 <= 512,
    ),
    KernelFamily.BAG: SampleSpace(
        {
            "ITEMS": (1, 2, 4, 8), "VECTOR": (1, 2, 4, 8), "UNROLL": (1, 2, 4, 8),
            "WEIGHTED": (0, 1), "MEAN": (0, 1), "THREADS": (32, 64, 128, 256, 512, 1024),
            "MINIMUM": (1, 1, 1, 2, 4), "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["ITEMS"] * s["VECTOR"] * s["UNROLL"] <= 256,
    ),
    KernelFamily.TOPK: SampleSpace(
        {
            "KEPT": (1, 2, 4, 8, 16, 32), "ITEMS": (1, 2, 4), "VECTOR": (1, 2, 4, 8),
            "GUARDED": (0, 1), "THREADS": (32, 64, 128, 256, 512, 1024),
            "MINIMUM": (1, 1, 1, 2, 4), "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: s["KEPT"] * s["ITEMS"] * s["VECTOR"] <= 256,
    ),
    KernelFamily.TRITON_GEMM: SampleSpace(
        {
            **_TRITON, **_TRITON_TILE, "GROUP_M": (1, 8), "SPLIT_K": (1, 1, 4),
            "ELEMENT": (F16, BF16, F16, BF16, FLOAT),
        },
        _tile_allows,
        _TRITON_THREADS,
    ),
    KernelFamily.TRITON_ATTENTION: SampleSpace(
        {
            **_TRITON, "BLOCK_M": (16, 32, 64, 128, 256), "BLOCK_N": (16, 32, 64, 128, 256),
            "DIM": (32, 64, 128, 256), "CAUSAL": (0, 1), "ELEMENT": (F16, BF16),
        },
        lambda s: (s["BLOCK_M"] + s["BLOCK_N"]) * s["DIM"] <= 65536,
        _TRITON_THREADS,
    ),
    KernelFamily.TRITON_NORM: SampleSpace(
        {
            "num_warps": (1, 2, 4, 8, 16), "ROWS": (1, 1, 2, 4, 8),
            "BLOCK": (64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384), "WHOLE": (0, 1),
            "ELEMENT": (F16, BF16, FLOAT),
        },
        lambda s: 1 <= s["ROWS"] * s["BLOCK"] // s["THREADS"] <= 128,
        _TRITON_THREADS,
    ),
    KernelFamily.TRITON_CONV: SampleSpace(
        {**_TRITON, **_TRITON_TILE, "KH": (1, 3), "GROUP_M": (1, 8), "ELEMENT": (F16, BF16)},
        _tile_allows,
        {**_TRITON_THREADS, "KW": lambda s: s["KH"]},
    ),
    KernelFamily.TRITON_NORM_GEMM: SampleSpace(
        {**_TRITON, **_TRITON_TILE, "ELEMENT": (F16, BF16)}, _tile_allows, _TRITON_THREADS
    ),
}  # fmt: skip

TRITON = tuple(family for family in SPACES if family.value.startswith("triton_"))
"""Families that Triton compiles; NVRTC compiles the others."""

COUNTS: Mapping[KernelFamily, int] = {
    KernelFamily.GEMM_MMA: 170,
    KernelFamily.GEMM_SIMT: 105,
    KernelFamily.CONV_MMA: 85,
    KernelFamily.CONV_SIMT: 70,
    KernelFamily.CONV_DIRECT: 90,
    KernelFamily.ATTENTION_MMA: 110,
    KernelFamily.ATTENTION_SIMT: 60,
    KernelFamily.REDUCTION: 630,
    KernelFamily.NORM: 630,
    KernelFamily.SOFTMAX: 630,
    KernelFamily.ELEMENTWISE: 610,
    KernelFamily.SCAN: 50,
    KernelFamily.GEMV: 50,
    KernelFamily.STENCIL: 50,
    KernelFamily.POOL: 60,
    KernelFamily.BAG: 60,
    KernelFamily.TOPK: 60,
    KernelFamily.TRITON_GEMM: 75,
    KernelFamily.TRITON_ATTENTION: 60,
    KernelFamily.TRITON_NORM: 45,
    KernelFamily.TRITON_CONV: 45,
    KernelFamily.TRITON_NORM_GEMM: 45,
}
"""Kernels of each family on each architecture."""
