"""``tcgen05.mma`` of data-centre Blackwell, one SM: 128 x N, A and B in shared memory.

Format codes of the instruction descriptor are those of the PTX ISA's tables for ``.kind::f16``,
``.kind::tf32``, ``.kind::f8f6f4`` and ``.kind::i8``.
"""

from __future__ import annotations

from dataclasses import dataclass

from microbench.formats import NumberFormat
from microbench.kernels.cuda.inline import function
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

ROWS = 128
COLUMNS = (64, 128, 256)
ROW_BYTES = 32
BODY = 16


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


FORMATS = (
    Format("fp16", "f16", r"UTCHMMA", NumberFormat.FP16, 1, 0),
    Format("bf16", "f16", r"UTCHMMA", NumberFormat.BF16, 1, 1),
    Format("tf32", "tf32", r"UTCHMMA", NumberFormat.TF32, 1, 2),
    Format("fp8_e4m3", "f8f6f4", r"UTCQMMA", NumberFormat.FP8_E4M3, 1, 0),
    Format("fp8_e5m2", "f8f6f4", r"UTCQMMA", NumberFormat.FP8_E5M2, 1, 1),
    Format("int8", "i8", r"UTCIMMA", NumberFormat.INT8, 2, 1),
)


def depth(form: Format) -> int:
    """Return K of one instruction: 32 bytes of a row."""
    return int(ROW_BYTES / form.number_format.size_bytes)


def _kernel(form: Format, columns: int) -> CudaKernel:
    head = "void multiply(u32 sum, u64 a, u64 b, u32 kind, u32 accumulate)"
    wrapper = function(
        head,
        (
            "{.reg .pred p; setp.ne.u32 p, %4, 0;",
            f"tcgen05.mma.cta_group::1.kind::{form.kind} [%0], %1, %2, %3, p;",
            "}",
        ),
        "",
        '"r"(sum), "l"(a), "l"(b), "r"(kind), "r"(accumulate)',
        "memory",
    )
    return CudaKernel(
        name=f"tcgen05.throughput.{form.name}_n{columns}",
        source="tcgen05.cu",
        wrapper=wrapper,
        defines={
            "ROWS": ROWS,
            "COLUMNS": columns,
            "A_BYTES": ROWS * ROW_BYTES,
            "B_BYTES": columns * ROW_BYTES,
            "C_FORMAT": form.c_code,
            "AB_FORMAT": form.ab_code,
            "STEPS": BODY,
        },
        signature=Signature(
            form.opcode,
            (BODY,),
            overhead=12 + 2 * BODY,
            outside=1,
            max_registers=80,
            architectures=("sm_100a",),
        ),
        operations=(BODY,),
        flop_per_operation=2.0 * ROWS * columns * depth(form),
    )


KERNELS = tuple(_kernel(form, columns) for form in FORMATS for columns in COLUMNS)
