"""``wgmma`` of Hopper: m64, N 8 to 256, A from shared memory or registers, dense and sparse."""

from __future__ import annotations

from dataclasses import dataclass

from microbench.formats import NumberFormat
from microbench.kernels.cuda.inline import constraints, function, places
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import CONVERSIONS, WAITS, Signature

COLUMNS = (8, 16, 32, 64, 128, 256)
LATENCY_COLUMNS = (64, 256)
LATENCY_FORMATS = ("bf16", "tf32", "fp8_e4m3", "int8")
SHORT_STEPS, LONG_STEPS = 4, 8
BODIES = {8: 32, 16: 32, 32: 32, 64: 16, 128: 8, 256: 8}
"""Products of a throughput trip by columns: 500 to 1000 cycles of the tensor cores each."""
ROWS = 64
ROW_BYTES = 32
"""Bytes of K in one instruction of any format (twice that for B of a sparse one)."""


@dataclass(frozen=True, slots=True)
class Format:
    """Types of one wgmma and the instruction that stands for it in machine code."""

    name: str
    types: str
    """PTX: accumulator, A, B."""
    opcode: str
    """After the shape: ``HGMMA`` name and trailing types."""
    number_format: NumberFormat
    letter: str = "f"
    scales: str = ", 1, 1"
    """Immediate operands after the predicate (signs; none for integers)."""
    transposes: int = 0
    """Immediate transposition flags of 16-bit formats: of A (shared only) and B."""


FORMATS = (
    Format(
        "bf16",
        "f32.bf16.bf16",
        r"HGMMA{sp}\.64x{n}x{k}\.F32\.BF16",
        NumberFormat.BF16,
        transposes=1,
    ),
    Format("fp16", "f32.f16.f16", r"HGMMA{sp}\.64x{n}x{k}\.F32", NumberFormat.FP16, transposes=1),
    Format(
        "fp16acc",
        "f16.f16.f16",
        r"HGMMA{sp}\.64x{n}x{k}\.F16",
        NumberFormat.FP16,
        "r",
        transposes=1,
    ),
    Format("tf32", "f32.tf32.tf32", r"HGMMA{sp}\.64x{n}x{k}\.F32\.TF32", NumberFormat.TF32),
    Format(
        "fp8_e4m3",
        "f32.e4m3.e4m3",
        r"QGMMA{sp}\.64x{n}x{k}\.F32\.E4M3\.E4M3",
        NumberFormat.FP8_E4M3,
    ),
    Format(
        "fp8_e5m2",
        "f32.e5m2.e5m2",
        r"QGMMA{sp}\.64x{n}x{k}\.F32\.E5M2\.E5M2",
        NumberFormat.FP8_E5M2,
    ),
    Format("int8", "s32.s8.s8", r"IGMMA{sp}\.64x{n}x{k}\.S8\.S8", NumberFormat.INT8, "r", ""),
)


def depth(number_format: NumberFormat, sparse: bool) -> int:
    """Return K of one instruction as products are written: 32 bytes of A, doubled if sparse."""
    return int(ROW_BYTES / number_format.size_bytes) * (2 if sparse else 1)


def accumulators(form: Format, columns: int) -> int:
    """Return accumulator registers a thread holds of a 64 x columns product."""
    packed = 2 if form.name == "fp16acc" else 1
    return ROWS * columns // 128 // packed


def wrapper(form: Format, columns: int, registers: bool, sparse: bool) -> str:
    """Return the instruction as ``multiply(c, a, b, e)``: c += a x b."""
    k, in_c = depth(form.number_format, sparse), accumulators(form, columns)
    c, a, b, e = places((in_c, 4 if registers else 1, 1, 1))
    left = a if registers else a[1:-1]
    selected = f", {e[1:-1]}, 0" if sparse else ""
    flags = ", 0" * (form.transposes * (1 if registers else 2))
    shape = f"m64n{columns}k{k}.{form.types}"
    kind = "wgmma.mma_async.sp" if sparse else "wgmma.mma_async"
    argument = "const u32 (&a)[4]" if registers else "u64 a"
    inputs = constraints("r", "a", 4) if registers else '"l"(a)'
    kinds = {"f": "float", "r": "u32"}
    return f"typedef {kinds[form.letter]} acc_t;\n" + function(
        f"void multiply(acc_t (&c)[{in_c}], {argument}, u64 b, u32 e)",
        (
            "{.reg .pred p; setp.eq.u32 p, 1, 1;",
            f"{kind}.sync.aligned.{shape} {c}, {left}, {b[1:-1]}{selected}, p{form.scales}{flags};",
            "}",
        ),
        constraints(f"+{form.letter}", "c", in_c),
        f'{inputs}, "l"(b)' + (', "r"(e)' if sparse else ""),
    )


def _kernel(form: Format, columns: int, registers: bool, sparse: bool, latency: bool) -> CudaKernel:
    k = depth(form.number_format, sparse)
    source = "rs" if registers else "ss"
    kind = "latency" if latency else "throughput"
    steps = LONG_STEPS if latency else BODIES[columns]
    loops = (SHORT_STEPS, LONG_STEPS) if latency else (BODIES[columns],)
    opcode = form.opcode.format(sp=r"\.SP" if sparse else "", n=columns, k=k)
    waits = r"WARPGROUP\.DEPBAR.*"
    return CudaKernel(
        name=f"wgmma.{kind}{'_sparse' if sparse else ''}.{form.name}_n{columns}_{source}",
        source="wgmma.cu",
        wrapper=wrapper(form, columns, registers, sparse),
        defines={
            "COLUMNS": columns,
            "A_BYTES": ROWS * ROW_BYTES,
            "B_BYTES": columns * ROW_BYTES * (2 if sparse else 1),
            "C_PARTS": accumulators(form, columns),
            "STEPS": steps,
            "MAX_THREADS": 256 if columns == 256 else 512,
            **({"A_PARTS": 4} if registers else {}),
            **({"SHORT_STEPS": SHORT_STEPS} if latency else {}),
        },
        signature=Signature(
            opcode,
            loops,
            overhead=4 * steps + 8,
            also={waits: LONG_STEPS} if latency else {},
            forbidden=CONVERSIONS if latency else (*WAITS, *CONVERSIONS),
            max_registers=255 if columns == 256 else 128,
            architectures=("sm_90a",),
        ),
        operations=loops,
        flop_per_operation=2.0 * ROWS * columns * k,
    )


def _latency_measured(form: Format, columns: int, registers: bool) -> bool:
    return (
        form.name in LATENCY_FORMATS
        and columns in LATENCY_COLUMNS
        and not (registers and columns == max(COLUMNS))
    )


KERNELS = tuple(
    _kernel(form, columns, registers, sparse, latency)
    for latency in (True, False)
    for form in FORMATS
    for sparse in (False, True)
    for columns in COLUMNS
    for registers in (False, True)
    if not latency or _latency_measured(form, columns, registers)
    if not (form.name == "fp16acc" and columns == min(COLUMNS))
)
