"""``mma.sync``: every format and shape of Ampere to Blackwell, dense and 2:4 sparse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.formats import NumberFormat
from microbench.kernels.architectures import ARCHITECTURES
from microbench.kernels.cuda.inline import constraints, function, places
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import (
    CONVERSIONS,
    USUAL_CHAINS,
    WAITS,
    Signature,
    declared_on,
)

SHORT_STEPS, LONG_STEPS = 16, 48
BODY = 64
CHAINS = (1, 2, 4, 8)
ONE_UE8M0, ONE_UE4M3 = 0x7F7F7F7F, 0x38383838
"""Four scales of one: an exponent biased by 127, and e4m3 without a sign (OCP MX 1.0; PTX ISA)."""
FROM_SM89 = ("sm_89", "sm_90a", "sm_100a", "sm_120a")


@dataclass(frozen=True, slots=True)
class Shape:
    """One ``mma.sync``: the warp multiplies an m x k by a k x n matrix."""

    name: str
    instruction: str
    """PTX after ``mma.``: modifiers, shape, layouts and types."""
    opcode: str
    number_format: NumberFormat
    m: int
    n: int
    k: int
    """Products summed as written; a sparse A holds half of them."""
    parts: tuple[int, int, int]
    """Registers of A, B and C in one thread."""
    acc: str = "f"
    """Register class of the accumulator: ``f`` fp32, ``r`` packed or int32, ``d`` fp64."""
    sparse: bool = False
    architectures: tuple[str, ...] = ARCHITECTURES
    emulated_on: Mapping[str, str] = field(default_factory=dict)
    scales: int = 0
    """A word of four block scales of one (1.0), where the instruction takes scales."""
    in_bytes: bool = False
    """Whether elements of fewer than 8 bits take a byte each (``kind::f8f6f4`` and mxf8f6f4)."""
    chains: tuple[int, ...] = CHAINS
    """Numbers of chains a warp that throughput is measured with."""

    @property
    def work_flop(self) -> float:
        """FLOP of one instruction as a dense product of this shape; a multiply-add is 2."""
        return 2.0 * self.m * self.n * self.k


def _f(
    name: str,
    k: int,
    types: str,
    opcode: str,
    number_format: NumberFormat,
    parts: tuple[int, int, int],
    **more: object,
) -> Shape:
    sparse = bool(more.get("sparse"))
    kind = "sp::ordered_metadata.sync" if sparse else "sync"
    return Shape(
        name,
        f"{kind}.aligned.m16n8k{k}.row.col.{types}",
        opcode,
        number_format,
        16,
        8,
        k,
        parts,
        **more,  # type: ignore[arg-type]
    )


def _small(
    name: str,
    k: int,
    types: str,
    opcode: str,
    number_format: NumberFormat,
    parts: tuple[int, int, int],
    **more: object,
) -> Shape:
    """Return a shape that is not swept over chains: half of a larger one, or its other type."""
    return _f(name, k, types, opcode, number_format, parts, chains=(USUAL_CHAINS,), **more)


def _narrow(name: str, k: int, types: str, opcode: str, number_format: NumberFormat) -> Shape:
    """Return an 8-, 6- or 4-bit shape of consumer Blackwell, elements a byte each, no scales."""
    return Shape(
        f"{name}_m16n8k{k}",
        f"sync.aligned.m16n8k{k}.row.col.kind::f8f6f4.f32.{types}.f32",
        opcode,
        number_format,
        16,
        8,
        k,
        (4, 2, 4),
        in_bytes=True,
        architectures=("sm_120a",),
        chains=(USUAL_CHAINS,),
    )


def _scaled(
    name: str, k: int, kind: str, types: str, opcode: str, number_format: NumberFormat
) -> Shape:
    """Return a block-scaled shape of consumer Blackwell; every scale is one."""
    return Shape(
        f"{name}_m16n8k{k}",
        f"sync.aligned.m16n8k{k}.row.col.kind::{kind}.f32.{types}",
        opcode,
        number_format,
        16,
        8,
        k,
        (4, 2, 4),
        scales=ONE_UE4M3 if types.endswith("ue4m3") else ONE_UE8M0,
        in_bytes=kind.startswith("mxf8f6f4"),
        architectures=("sm_120a",),
        chains=CHAINS if k == 64 else (USUAL_CHAINS,),
    )


def _fp64(k: int, parts: tuple[int, int, int]) -> Shape:
    return Shape(
        f"fp64_m16n8k{k}",
        f"sync.aligned.m16n8k{k}.row.col.f64.f64.f64.f64",
        rf"DMMA\.168{k}|DMMA\.16x8x{k}",
        NumberFormat.FP64,
        16,
        8,
        k,
        parts,
        acc="d",
        architectures=("sm_90a",),
        chains=(USUAL_CHAINS,),
    )


_HALF_STAND_IN = {"sm_90a": r"HMMA\.16816\.F32", "sm_100a": r"HMMA\.16816\.F32"}
_HALF_ACC_STAND_IN = {"sm_90a": r"HMMA\.16816\.F16", "sm_100a": r"HMMA\.16816\.F16"}
_INT8_STAND_IN = dict.fromkeys(("sm_90a", "sm_100a", "sm_120a"), r"IMMA\.16832\.S8\.S8")
_BOOL_STAND_IN = dict.fromkeys(("sm_100a", "sm_120a"), r"IMMA\.\d+\.U8\.U8")
# sm_120 has DMMA too, but the assembler pads each with some fifty fillers: a loop of them outgrows
# the instruction cache, and the chip's fp64 rate is 1/64 of fp32 in any case.
NOT_SM120 = tuple(arch for arch in ARCHITECTURES if arch != "sm_120a")
_F = NumberFormat

SHAPES = (
    _f("bf16_m16n8k16", 16, "f32.bf16.bf16.f32", r"HMMA\.16816\.F32\.BF16", _F.BF16, (4, 2, 4)),
    _f("bf16_m16n8k8", 8, "f32.bf16.bf16.f32", r"HMMA\.1688\.F32\.BF16", _F.BF16, (2, 1, 4)),
    _f("fp16_m16n8k16", 16, "f32.f16.f16.f32", r"HMMA\.16816\.F32", _F.FP16, (4, 2, 4)),
    _f("fp16_m16n8k8", 8, "f32.f16.f16.f32", r"HMMA\.1688\.F32", _F.FP16, (2, 1, 4)),
    _f("fp16acc_m16n8k16", 16, "f16.f16.f16.f16", r"HMMA\.16816\.F16", _F.FP16, (4, 2, 2), acc="r"),
    _f("tf32_m16n8k8", 8, "f32.tf32.tf32.f32", r"HMMA\.1688\.F32\.TF32", _F.TF32, (4, 2, 4)),
    _f("tf32_m16n8k4", 4, "f32.tf32.tf32.f32", r"HMMA\.1684\.F32\.TF32", _F.TF32, (2, 1, 4)),
    _f("int8_m16n8k32", 32, "s32.s8.s8.s32", r"IMMA\.16832\.S8\.S8", _F.INT8, (4, 2, 4), acc="r"),
    _f("int8_m16n8k16", 16, "s32.s8.s8.s32", r"IMMA\.16816\.S8\.S8", _F.INT8, (2, 1, 4), acc="r"),
    _f(
        "int4_m16n8k64",
        64,
        "s32.s4.s4.s32",
        r"IMMA\.16864\.S4\.S4",
        _F.INT4,
        (4, 2, 4),
        acc="r",
        emulated_on=_INT8_STAND_IN,
    ),
    Shape(
        "bool_m16n8k256",
        "sync.aligned.m16n8k256.row.col.s32.b1.b1.s32.and.popc",
        r"BMMA\.168256\.AND\.POPC",
        _F.BOOL,
        16,
        8,
        256,
        (4, 2, 4),
        acc="r",
        emulated_on=_BOOL_STAND_IN,
    ),
    Shape(
        "fp64_m8n8k4",
        "sync.aligned.m8n8k4.row.col.f64.f64.f64.f64",
        r"DMMA\.(884|8x8x4)",
        _F.FP64,
        8,
        8,
        4,
        (1, 1, 2),
        acc="d",
        architectures=NOT_SM120,
    ),
    Shape(
        "fp64_m16n8k16",
        "sync.aligned.m16n8k16.row.col.f64.f64.f64.f64",
        r"DMMA\.16816|DMMA\.16x8x16",
        _F.FP64,
        16,
        8,
        16,
        (8, 4, 4),
        acc="d",
        architectures=("sm_90a",),
    ),
    _f(
        "fp8_e4m3_m16n8k32",
        32,
        "f32.e4m3.e4m3.f32",
        r"QMMA\.16832\.F32\.E4M3\.E4M3",
        _F.FP8_E4M3,
        (4, 2, 4),
        architectures=FROM_SM89,
        emulated_on=_HALF_STAND_IN,
    ),
    _f(
        "fp8_e5m2_m16n8k32",
        32,
        "f32.e5m2.e5m2.f32",
        r"QMMA\.16832\.F32\.E5M2\.E5M2",
        _F.FP8_E5M2,
        (4, 2, 4),
        architectures=FROM_SM89,
        emulated_on=_HALF_STAND_IN,
    ),
    _f(
        "fp8acc16_e4m3_m16n8k32",
        32,
        "f16.e4m3.e4m3.f16",
        r"QMMA\.16832\.F16\.E4M3\.E4M3",
        _F.FP8_E4M3,
        (4, 2, 2),
        acc="r",
        architectures=FROM_SM89,
        emulated_on=_HALF_ACC_STAND_IN,
    ),
    _f(
        "bf16_sparse_m16n8k32",
        32,
        "f32.bf16.bf16.f32",
        r"HMMA\.SP\.16832\.F32\.BF16.*",
        _F.BF16,
        (4, 4, 4),
        sparse=True,
    ),
    _f(
        "fp16_sparse_m16n8k32",
        32,
        "f32.f16.f16.f32",
        r"HMMA\.SP\.16832\.F32",
        _F.FP16,
        (4, 4, 4),
        sparse=True,
    ),
    _f(
        "fp16acc_sparse_m16n8k32",
        32,
        "f16.f16.f16.f16",
        r"HMMA\.SP\.16832\.F16",
        _F.FP16,
        (4, 4, 2),
        acc="r",
        sparse=True,
    ),
    _f(
        "tf32_sparse_m16n8k16",
        16,
        "f32.tf32.tf32.f32",
        r"HMMA\.SP\.16816\.F32\.TF32",
        _F.TF32,
        (4, 4, 4),
        sparse=True,
    ),
    _f(
        "int8_sparse_m16n8k64",
        64,
        "s32.s8.s8.s32",
        r"IMMA\.SP\.16864\.S8\.S8",
        _F.INT8,
        (4, 4, 4),
        acc="r",
        sparse=True,
    ),
    _f(
        "fp8_e4m3_sparse_m16n8k64",
        64,
        "f32.e4m3.e4m3.f32",
        r"QMMA\.SP\.16864\.F32\.E4M3\.E4M3",
        _F.FP8_E4M3,
        (4, 4, 4),
        sparse=True,
        architectures=("sm_89", "sm_120a"),
    ),
    _small(
        "fp16acc_m16n8k8", 8, "f16.f16.f16.f16", r"HMMA\.1688\.F16", _F.FP16, (2, 1, 2), acc="r"
    ),
    Shape(
        "int8_m8n8k16",
        "sync.aligned.m8n8k16.row.col.s32.s8.s8.s32",
        r"IMMA\.8816\.S8\.S8",
        _F.INT8,
        8,
        8,
        16,
        (1, 1, 2),
        acc="r",
        emulated_on=dict.fromkeys(("sm_100a", "sm_120a"), r"IMMA\.\d+\.S8\.S8"),
        chains=(USUAL_CHAINS,),
    ),
    _small(
        "int4_m16n8k32",
        32,
        "s32.s4.s4.s32",
        r"IMMA\.16832\.S4\.S4",
        _F.INT4,
        (2, 1, 4),
        acc="r",
        emulated_on=dict.fromkeys(("sm_90a", "sm_100a", "sm_120a"), r"IMMA\.16816\.S8\.S8"),
    ),
    Shape(
        "bool_m16n8k128",
        "sync.aligned.m16n8k128.row.col.s32.b1.b1.s32.and.popc",
        r"BMMA\.168128\.AND\.POPC",
        _F.BOOL,
        16,
        8,
        128,
        (2, 1, 4),
        acc="r",
        emulated_on=_BOOL_STAND_IN,
        chains=(USUAL_CHAINS,),
    ),
    _fp64(4, (2, 1, 4)),
    _fp64(8, (4, 2, 4)),
    _small(
        "bf16_sparse_m16n8k16",
        16,
        "f32.bf16.bf16.f32",
        r"HMMA\.SP\.16816\.F32\.BF16.*",
        _F.BF16,
        (2, 2, 4),
        sparse=True,
    ),
    _small(
        "fp16_sparse_m16n8k16",
        16,
        "f32.f16.f16.f32",
        r"HMMA\.SP\.16816\.F32",
        _F.FP16,
        (2, 2, 4),
        sparse=True,
    ),
    _small(
        "tf32_sparse_m16n8k8",
        8,
        "f32.tf32.tf32.f32",
        r"HMMA\.SP\.1688\.F32\.TF32",
        _F.TF32,
        (2, 2, 4),
        sparse=True,
    ),
    _small(
        "int8_sparse_m16n8k32",
        32,
        "s32.s8.s8.s32",
        r"IMMA\.SP\.16832\.S8\.S8",
        _F.INT8,
        (2, 2, 4),
        acc="r",
        sparse=True,
    ),
    _small(
        "fp8_e4m3_m16n8k16",
        16,
        "f32.e4m3.e4m3.f32",
        r"QMMA\.16816\.F32\.E4M3\.E4M3",
        _F.FP8_E4M3,
        (2, 1, 4),
        architectures=("sm_89", "sm_120a"),
    ),
    _small(
        "fp8_e5m2_sparse_m16n8k64",
        64,
        "f32.e5m2.e5m2.f32",
        r"QMMA\.SP\.16864\.F32\.E5M2\.E5M2",
        _F.FP8_E5M2,
        (4, 4, 4),
        sparse=True,
        architectures=("sm_89", "sm_120a"),
    ),
    _narrow("fp6_e3m2", 32, "e3m2.e3m2", r"QMMA\.16832\.F32\.E3M2\.E3M2", _F.FP6_E3M2),
    _narrow("fp6_e2m3", 32, "e2m3.e2m3", r"QMMA\.16832\.F32\.E2M3\.E2M3", _F.FP6_E2M3),
    _narrow("fp4", 32, "e2m1.e2m1", r"QMMA\.16832\.F32\.E2M1\.E2M1", _F.FP4),
    _scaled(
        "mxfp8_e4m3",
        32,
        "mxf8f6f4.block_scale.scale_vec::1X",
        "e4m3.e4m3.f32.ue8m0",
        r"QMMA\.SF\.16832\.F32\.E4M3\.E4M3\.E8",
        _F.FP8_E4M3,
    ),
    _scaled(
        "mxfp6_e3m2",
        32,
        "mxf8f6f4.block_scale.scale_vec::1X",
        "e3m2.e3m2.f32.ue8m0",
        r"QMMA\.SF\.16832\.F32\.E3M2\.E3M2\.E8",
        _F.FP6_E3M2,
    ),
    _scaled(
        "mxfp4",
        64,
        "mxf4.block_scale.scale_vec::2X",
        "e2m1.e2m1.f32.ue8m0",
        r"OMMA\.SF\.16864\.F32\.E2M1\.E2M1\.E8",
        _F.FP4,
    ),
    _scaled(
        "nvfp4",
        64,
        "mxf4nvf4.block_scale.scale_vec::4X",
        "e2m1.e2m1.f32.ue4m3",
        r"OMMA\.SF\.16864\.F32\.E2M1\.E2M1\.UE4M3\.4X",
        _F.FP4,
    ),
)

_TYPES = {"f": "float", "r": "u32", "d": "double"}


SETS = 4
"""Pairs of A and B that take turns in a throughput loop, where registers allow."""


def sets_of(shape: Shape, latency: bool) -> int:
    """Return how many pairs of A and B a kernel holds: one in a chain, half for fp64.

    A thread of 512 in a block has 128 registers; fp64 takes two for each part.
    """
    return 1 if latency else (SETS // 2 if shape.acc == "d" else SETS)


def turns(chains: int, products: int, sets: int) -> tuple[tuple[int, ...], ...]:
    """Return how often each chain multiplies each pair in a trip (chains x sets)."""
    order = [(number % chains, number % sets) for number in range(products)]
    return tuple(tuple(order.count((chain, s)) for s in range(sets)) for chain in range(chains))


def wrapper(shape: Shape, chains: int, latency: bool, sets: int) -> str:
    """Return ``multiply(c, a, b, e)``: c += a x b, ``e`` sparse indices or scales; whole bodies.

    A body is one statement: the optimiser spends most of its time between statements.
    """
    letter = "d" if shape.acc == "d" else "r"
    lengths = {"short": SHORT_STEPS, "long": LONG_STEPS} if latency else {"long": BODY}
    bodies = [
        _multiplies(shape, f"multiply_{name}", chains, sets, count)
        for name, count in lengths.items()
    ]
    return (
        f"typedef {_TYPES[shape.acc]} acc_t;\ntypedef {_TYPES[letter]} part_t;\n"
        "#ifdef EMULATED\n" + _multiplies(shape, "multiply", 0, 0, 1) + "#else\n"
    ) + "".join((*bodies, "#endif\n"))


def _multiplies(shape: Shape, name: str, chains: int, sets: int, products: int) -> str:
    """Return products in turn over chains and pairs; no chains: one product of plain arrays."""
    in_a, in_b, in_c = shape.parts
    letter = "d" if shape.acc == "d" else "r"
    of_c, of_pair = (f"[{n}]" if n else "" for n in (chains, sets))
    places_ = places((*[in_c] * max(chains, 1), *[in_a, in_b] * max(sets, 1), 1))
    sums, pairs, meta = places_[: max(chains, 1)], places_[max(chains, 1) : -1], places_[-1]
    word = meta[1:-1]
    indices = f", {word}, 0x0" if shape.sparse else ""
    if shape.scales:
        indices = f", {word}, {{0, 0}}, {word}, {{0, 0}}"
    lines = []
    for number in range(products):
        c = sums[number % len(sums)]
        pair = 2 * (number % sets if sets else 0)
        a, b = pairs[pair : pair + 2]
        lines.append(f"mma.{shape.instruction} {c}, {a}, {b}, {c}{indices};")
    inputs = [
        constraints(letter, f"{array}{f'[{s}]' if sets else ''}", size)
        for s in range(max(sets, 1))
        for array, size in (("a", in_a), ("b", in_b))
    ]
    outputs = [
        constraints(f"+{shape.acc}", f"c{f'[{k}]' if chains else ''}", in_c)
        for k in range(max(chains, 1))
    ]
    return function(
        f"void {name}(acc_t (&c){of_c}[{in_c}], const part_t (&a){of_pair}[{in_a}], "
        f"const part_t (&b){of_pair}[{in_b}], u32 e)",
        lines,
        ", ".join(outputs),
        ", ".join(inputs) + (', "r"(e)' if indices else ""),
    )


def _kernel(shape: Shape, chains: int, latency: bool) -> CudaKernel:
    in_a, in_b, in_c = shape.parts
    steps = LONG_STEPS if latency else BODY // chains
    sets = sets_of(shape, latency)
    loops = (SHORT_STEPS, LONG_STEPS) if latency else (BODY,)
    return CudaKernel(
        name=f"mma.latency.{shape.name}" if latency else f"mma.throughput.{shape.name}_{chains}",
        source="mma.cu",
        wrapper=wrapper(shape, chains, latency, sets),
        defines={
            "A_PARTS": in_a,
            "B_PARTS": in_b,
            "C_PARTS": in_c,
            "CHAINS": chains,
            "SETS": sets,
            "STEPS": steps,
            **({"SHORT_STEPS": SHORT_STEPS} if latency else {}),
        },
        signature=Signature(
            shape.opcode,
            loops,
            overhead=8,
            forbidden=(*WAITS, *CONVERSIONS),
            chained=latency,
            outside=0,
            max_registers=128,
            architectures=declared_on(shape.architectures, shape.emulated_on, chains, latency),
            emulated_on=shape.emulated_on,
        ),
        operations=loops,
        flop_per_operation=shape.work_flop,
    )


KERNELS = (
    *(_kernel(shape, 1, True) for shape in SHAPES),
    *(
        _kernel(shape, chains, False)
        for shape in SHAPES
        for chains in shape.chains
        if chains * shape.parts[2] <= (16 if shape.acc == "d" else 32)
    ),
)
