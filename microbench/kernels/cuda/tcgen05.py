"""``tcgen05.mma`` of data-centre Blackwell: 128 x N of one SM, 256 x N of two.

Format codes of the instruction descriptor are those of the PTX ISA's tables for ``.kind::f16``,
``.kind::tf32``, ``.kind::f8f6f4``, ``.kind::i8``, ``.kind::mxf8f6f4``, ``.kind::mxf4`` and
``.kind::mxf4nvf4``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from microbench.formats import NumberFormat
from microbench.kernels.cuda.inline import function
from microbench.kernels.cuda.mma import ONE_UE4M3, ONE_UE8M0
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

ROWS = 128
COLUMNS = (64, 128, 256)
ROW_BYTES = 32
BODY = 16
SHORT_STEPS, LONG_STEPS = 4, 12
SETS = 4
"""Pairs of A and B that take turns in a throughput loop, where 48 KiB of shared memory allow."""
SHARED_LIMIT_BYTES = 47 << 10
MOVES = 18
"""Instructions of an awaited product besides itself: commit, wait, phase, and the descriptors that
the assembler moves into uniform registers anew behind each wait: part of the latency."""
DENSE, SPARSE, PAIR = "dense", "sparse", "pair"
LATENCY_COLUMNS = (64, 256)


@dataclass(frozen=True, slots=True)
class Format:
    """Kind, opcode and descriptor codes of one number format."""

    name: str
    kind: str
    opcode: str
    number_format: NumberFormat
    c_code: int
    """0 fp16, 1 fp32, 2 int32."""
    ab_code: int
    scale: str = ""
    """PTX after the kind, where the instruction takes block scales."""
    scale_word: int = 0
    """Four scales of one."""

    @property
    def in_bytes(self) -> bool:
        """Whether 16 elements take 16 bytes of shared memory whatever their bits."""
        return self.kind in {"f8f6f4", "mxf8f6f4"}


_F = NumberFormat
FORMATS = (
    Format("fp16", "f16", r"UTCHMMA", _F.FP16, 1, 0),
    Format("bf16", "f16", r"UTCHMMA", _F.BF16, 1, 1),
    Format("tf32", "tf32", r"UTCHMMA", _F.TF32, 1, 2),
    Format("fp8_e4m3", "f8f6f4", r"UTCQMMA", _F.FP8_E4M3, 1, 0),
    Format("fp8_e5m2", "f8f6f4", r"UTCQMMA", _F.FP8_E5M2, 1, 1),
    Format("fp6_e2m3", "f8f6f4", r"UTCQMMA", _F.FP6_E2M3, 1, 3),
    Format("fp6_e3m2", "f8f6f4", r"UTCQMMA", _F.FP6_E3M2, 1, 4),
    Format("fp4", "f8f6f4", r"UTCQMMA", _F.FP4, 1, 5),
    Format("int8", "i8", r"UTCIMMA", _F.INT8, 2, 1),
    Format(
        "mxfp8_e4m3",
        "mxf8f6f4",
        r"UTCQMMA",
        _F.FP8_E4M3,
        1,
        0,
        "block_scale.scale_vec::1X",
        ONE_UE8M0,
    ),
    Format("mxfp4", "mxf4", r"UTCOMMA", _F.FP4, 1, 1, "block_scale.scale_vec::2X", ONE_UE8M0),
    Format("nvfp4", "mxf4nvf4", r"UTCOMMA", _F.FP4, 1, 1, "block_scale.scale_vec::4X", ONE_UE4M3),
)
SPARSE_FORMATS = tuple(form for form in FORMATS if not form.scale)
LATENCY_FORMATS = ("bf16", "tf32", "fp8_e4m3", "int8", "nvfp4")


def depth(form: Format, pattern: str = DENSE) -> int:
    """Return K of one instruction as products are written: 32 bytes of A, doubled if sparse."""
    size_bytes = 1.0 if form.in_bytes else form.number_format.size_bytes
    return int(ROW_BYTES / size_bytes) * (2 if pattern == SPARSE else 1)


def bytes_of(columns: int, pattern: str) -> tuple[int, int]:
    """Return bytes of A and of B that a block holds."""
    held = columns // 2 if pattern == PAIR else columns
    return ROWS * ROW_BYTES, held * ROW_BYTES * (2 if pattern == SPARSE else 1)


def sets_of(columns: int, pattern: str, latency: bool) -> int:
    """Return how many pairs of A and B a kernel holds."""
    if latency:
        return 1
    return SETS if SETS * sum(bytes_of(columns, pattern)) <= SHARED_LIMIT_BYTES else SETS // 2


def turns(products: int, sets: int) -> tuple[int, ...]:
    """Return how often each pair is multiplied: in a trip, and once before for the first."""
    return tuple(products // sets + (number == 0) for number in range(sets))


def wrapper(form: Format, pattern: str, sets: int, products: int) -> str:
    """Return ``multiply_first``, which sets the sum, and ``multiply_long``, which adds to it."""
    return _multiplies(form, pattern, sets, "multiply_first", (0,), add=False) + _multiplies(
        form, pattern, sets, "multiply_long", [n % sets for n in range(products)], add=True
    )


def _multiplies(
    form: Format, pattern: str, sets: int, name: str, order: Sequence[int], add: bool
) -> str:
    sparse, group = pattern == SPARSE, 2 if pattern == PAIR else 1
    kind = f"tcgen05.mma{'.sp' if sparse else ''}.cta_group::{group}.kind::{form.kind}"
    kind += f".{form.scale}" if form.scale else ""
    indices = "[%2], " if sparse else ""
    scales = "[%2], [%2], " if form.scale else ""
    lines = [f"{{.reg .pred p; setp.ne.u32 p, {int(add)}, 0;"]
    for number in order:
        a, b = f"%{3 + 2 * number}", f"%{4 + 2 * number}"
        lines.append(f"{kind} [%0], {a}, {b}, {indices}%1, {scales}p;")
    pairs = ", ".join(f'"l"(a[{s}]), "l"(b[{s}])' for s in range(sets))
    return function(
        f"void {name}(u32 sum, const u64 (&a)[{sets}], const u64 (&b)[{sets}], u32 kind, "
        "u32 extra)",
        (*lines, "}"),
        "",
        f'"r"(sum), "r"(kind), "r"(extra), {pairs}',
        "memory",
    )


def _instruction(form: Format, columns: int, pattern: str) -> str:
    rows = 2 * ROWS if pattern == PAIR else ROWS
    if form.scale:
        exponents = int(form.scale_word == ONE_UE8M0)
        return f"tcgen05_scaled_instruction({form.ab_code}, {exponents}, {rows}, {columns})"
    dense = f"tcgen05_instruction({form.c_code}, {form.ab_code}, {form.ab_code}, {rows}, {columns})"
    return f"({dense} | 1 << 2)" if pattern == SPARSE else dense


def _kernel(form: Format, columns: int, pattern: str = DENSE, latency: bool = False) -> CudaKernel:
    family = "latency" if latency else f"throughput{'' if pattern == DENSE else f'_{pattern}'}"
    sets = sets_of(columns, pattern, latency)
    a_bytes, b_bytes = bytes_of(columns, pattern)
    loops = (SHORT_STEPS, LONG_STEPS) if latency else (BODY,)
    opcode = form.opcode + (r"\.2CTA" if pattern == PAIR else "")
    opcode += r"\.4X" if "4X" in form.scale else ""
    return CudaKernel(
        name=f"tcgen05.{family}.{form.name}_n{columns}",
        source="tcgen05.cu",
        wrapper=wrapper(form, pattern, sets, 1 if latency else BODY),
        defines={
            "ROWS": ROWS,
            "COLUMNS": columns,
            "B_ROWS": columns // 2 if pattern == PAIR else columns,
            "A_BYTES": a_bytes,
            "B_BYTES": b_bytes,
            "SETS": sets,
            "INSTRUCTION": _instruction(form, columns, pattern),
            **({"EXTRA": 1} if form.scale or pattern == SPARSE else {}),
            **({"PAIR": 1} if pattern == PAIR else {}),
            **(
                {"LATENCY": 1, "SHORT_STEPS": SHORT_STEPS, "LONG_STEPS": LONG_STEPS}
                if latency
                else {}
            ),
        },
        signature=Signature(
            opcode,
            loops,
            overhead=24 + (MOVES * loops[-1] if latency else 0),
            outside=1,
            max_registers=96,
            architectures=("sm_100a",),
        ),
        operations=loops,
        flop_per_operation=2.0
        * ROWS
        * columns
        * depth(form, pattern)
        * (2 if pattern == PAIR else 1),
    )


KERNELS = (
    *(
        _kernel(form, columns, latency=True)
        for form in FORMATS
        if form.name in LATENCY_FORMATS
        for columns in LATENCY_COLUMNS
    ),
    *(_kernel(form, columns) for form in FORMATS for columns in COLUMNS),
    *(_kernel(form, max(COLUMNS), SPARSE) for form in SPARSE_FORMATS),
    *(_kernel(form, max(COLUMNS), PAIR) for form in FORMATS),
)
