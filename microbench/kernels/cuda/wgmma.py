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


SETS = 4
"""Pairs of A and B that take turns in a throughput loop, where 48 KiB of shared memory allow."""
SHARED_LIMIT_BYTES = 48 << 10


def bytes_of(columns: int, sparse: bool) -> tuple[int, int]:
    """Return bytes of A and of B as shared memory holds them."""
    return ROWS * ROW_BYTES, columns * ROW_BYTES * (2 if sparse else 1)


def sets_of(columns: int, sparse: bool, latency: bool) -> int:
    """Return how many pairs of A and B a kernel holds."""
    if latency:
        return 1
    return SETS if SETS * sum(bytes_of(columns, sparse)) <= SHARED_LIMIT_BYTES else SETS // 2


def wrapper(form: Format, columns: int, registers: bool, sparse: bool, latency: bool) -> str:
    """Return ``multiply_long(c, a, b, e)``: c += a x b for pair after pair, as one statement.

    One that measures latency awaits each product, and has ``multiply_short`` too.
    """
    kinds = {"f": "float", "r": "u32"}
    counts = {"short": SHORT_STEPS, "long": LONG_STEPS} if latency else {"long": BODIES[columns]}
    bodies = [
        _multiplies(form, columns, registers, sparse, latency, f"multiply_{name}", count)
        for name, count in counts.items()
    ]
    return "".join((f"typedef {kinds[form.letter]} acc_t;\n", *bodies))


def _multiplies(
    form: Format, columns: int, registers: bool, sparse: bool, latency: bool, name: str, count: int
) -> str:
    k, in_c = depth(form.number_format, sparse), accumulators(form, columns)
    sets, in_a = sets_of(columns, sparse, latency), 4 if registers else 1
    c, *pairs, e = places((in_c, *[in_a, 1] * sets, 1))
    selected = f", {e[1:-1]}, 0" if sparse else ""
    flags = ", 0" * (form.transposes * (1 if registers else 2))
    kind = "wgmma.mma_async.sp" if sparse else "wgmma.mma_async"
    operation = f"{kind}.sync.aligned.m64n{columns}k{k}.{form.types} {c}, "
    arrive, commit = "wgmma.fence.sync.aligned;", "wgmma.commit_group.sync.aligned;"
    lines = ["{.reg .pred p; setp.eq.u32 p, 1, 1;"]
    for number in range(count):
        a, b = pairs[2 * (number % sets) : 2 * (number % sets) + 2]
        left = a if registers else a[1:-1]
        product = f"{operation}{left}, {b[1:-1]}{selected}, p{form.scales}{flags};"
        lines += [arrive] if latency or number == 0 else []
        lines += [product]
        lines += [commit, "wgmma.wait_group.sync.aligned 0;"] if latency else []
    lines += [] if latency else [commit]
    inputs = [
        (constraints("r", f"a[{s}]", 4) if registers else f'"l"(a[{s}])') + f', "l"(b[{s}])'
        for s in range(sets)
    ]
    argument = f"const u32 (&a)[{sets}][4]" if registers else f"const u64 (&a)[{sets}]"
    return function(
        f"void {name}(acc_t (&c)[{in_c}], {argument}, const u64 (&b)[{sets}], u32 e)",
        (*lines, "}"),
        constraints(f"+{form.letter}", "c", in_c),
        ", ".join(inputs) + (', "r"(e)' if sparse else ""),
    )


def _kernel(form: Format, columns: int, registers: bool, sparse: bool, latency: bool) -> CudaKernel:
    k = depth(form.number_format, sparse)
    source = "rs" if registers else "ss"
    kind = "latency" if latency else "throughput"
    loops = (SHORT_STEPS, LONG_STEPS) if latency else (BODIES[columns],)
    opcode = form.opcode.format(sp=r"\.SP" if sparse else "", n=columns, k=k)
    waits = r"WARPGROUP\.DEPBAR.*"
    a_bytes, b_bytes = bytes_of(columns, sparse)
    return CudaKernel(
        name=f"wgmma.{kind}{'_sparse' if sparse else ''}.{form.name}_n{columns}_{source}",
        source="wgmma.cu",
        wrapper=wrapper(form, columns, registers, sparse, latency),
        defines={
            "COLUMNS": columns,
            "A_BYTES": a_bytes,
            "B_BYTES": b_bytes,
            "C_PARTS": accumulators(form, columns),
            "SETS": sets_of(columns, sparse, latency),
            "MAX_THREADS": 256 if columns == 256 else 512,
            **({"A_PARTS": 4} if registers else {}),
            **({"LATENCY": 1} if latency else {}),
        },
        signature=Signature(
            opcode,
            loops,
            overhead=4 * loops[-1] + 8,
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
    if not latency or (not sparse and _latency_measured(form, columns, registers))
    if not (form.name == "fp16acc" and columns == min(COLUMNS))
)
