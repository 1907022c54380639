"""Arithmetic instructions: one chain for latency, 1 to 8 chains a thread for throughput."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.kernels.architectures import ARCHITECTURES
from microbench.kernels.cuda.inline import constraints, function
from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature, declared_on

SHORT_STEPS, LONG_STEPS = 32, 96
"""Bodies whose difference is the latency of 64 operations without a loop."""
BODY = 240
"""Operations of a throughput body: 4 KB of code, its loop under 2% of the issue slots."""
FP64_BODY = 96
"""The same in double precision: on sm_120 CUDA 13.0 puts four NOP after each, five times the code.
"""
CHAINS = (1, 2, 4, 8)
SWEPT = ("fp32_fma", "fp64_fma", "fp16x2_fma", "int32_mad", "special_ex2", "dpx_viaddmax_s32")
"""One instruction of each pipe is swept over all numbers of chains; the others run 1 and 4."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One instruction: its PTX with ``%0`` as result and ``%1`` as the value of the chain."""

    name: str
    kind: str
    """C type of the value."""
    letter: str
    """Register class of inline assembly."""
    ptx: str
    opcode: str
    flop: float = 0.0
    """FLOP (integer operations) of one lane; a packed pair counts both halves."""
    also: Mapping[str, int] = field(default_factory=dict)
    """Further instructions that belong to one operation, e.g. a range reduction."""
    architectures: tuple[str, ...] = ARCHITECTURES
    emulated_on: Mapping[str, str] = field(default_factory=dict)
    chained: bool = True

    @property
    def body(self) -> int:
        """Operations of a throughput body of it."""
        return FP64_BODY if self.kind == "double" else BODY


FROM_SM90 = ("sm_90a", "sm_100a", "sm_120a")

# Left out: a chain of reciprocals (the assembler knows that two of them cancel) and of plain 32-bit
# sums (it folds two of them into one IADD3; ``int32_add3`` is that instruction, with two sums).
# On sm_80, sm_90 and sm_100 it sends every other packed half sum to the pipe of HFMA2.
_DPX_STAND_IN = {
    **dict.fromkeys(("sm_80", "sm_86", "sm_89"), r"IMNMX"),
    "sm_120a": r"VIMNMX\.(S32|S16x2)(\.RELU)?",
}
"""DPX needs Hopper or data-centre Blackwell: elsewhere it is a sum and one or two maxima."""

OPERATIONS = (
    Operation("fp32_fma", "float", "f", "fma.rn.f32 %0, %1, %2, %3;", r"FFMA", 2),
    Operation("fp32_add", "float", "f", "add.rn.f32 %0, %1, %2;", r"FADD", 1),
    Operation("fp32_mul", "float", "f", "mul.rn.f32 %0, %1, %2;", r"FMUL", 1),
    Operation("fp64_fma", "double", "d", "fma.rn.f64 %0, %1, %2, %3;", r"DFMA", 2),
    Operation("fp64_add", "double", "d", "add.rn.f64 %0, %1, %2;", r"DADD", 1),
    Operation("fp64_mul", "double", "d", "mul.rn.f64 %0, %1, %2;", r"DMUL", 1),
    Operation("fp16x2_fma", "u32", "r", "fma.rn.f16x2 %0, %1, %2, %3;", r"HFMA2(\.MMA)?", 4),
    Operation("fp16x2_add", "u32", "r", "add.rn.f16x2 %0, %1, %2;", r"HADD2|HFMA2(\.MMA)?", 2),
    Operation(
        "bf16x2_fma", "u32", "r", "fma.rn.bf16x2 %0, %1, %2, %3;", r"HFMA2(\.MMA)?\.BF16(_V2)?", 4
    ),
    Operation("int32_mad", "u32", "r", "mad.lo.u32 %0, %1, %2, %3;", r"IMAD", 2),
    Operation("int32_mulhi", "u32", "r", "mul.hi.u32 %0, %1, %2;", r"IMAD\.HI\.U32", 1),
    Operation(
        "int32_add3",
        "u32",
        "r",
        "{.reg .u32 t; add.u32 t, %1, %2; add.u32 %0, t, %3;}",
        r"IADD3 (?!.*(0x|RZ)).*",
        2,
    ),
    Operation("int32_lop3", "u32", "r", "lop3.b32 %0, %1, %2, %3, 0x6a;", r"LOP3\.LUT", 1),
    Operation("int32_shf", "u32", "r", "shf.l.wrap.b32 %0, %1, %2, %3;", r"SHF\.L\.W\.U32.*", 1),
    Operation("int32_popc", "u32", "r", "popc.b32 %0, %1;", r"POPC", 1),
    Operation("int8_dp4a", "u32", "r", "dp4a.u32.u32 %0, %1, %2, %3;", r"IDP\.4A\.U8\.U8", 8),
    Operation("special_ex2", "float", "f", "ex2.approx.ftz.f32 %0, %1;", r"MUFU\.EX2", 1),
    Operation("special_lg2", "float", "f", "lg2.approx.ftz.f32 %0, %1;", r"MUFU\.LG2", 1),
    Operation("special_rsqrt", "float", "f", "rsqrt.approx.ftz.f32 %0, %1;", r"MUFU\.RSQ", 1),
    Operation("special_sqrt", "float", "f", "sqrt.approx.ftz.f32 %0, %1;", r"MUFU\.SQRT", 1),
    Operation("special_tanh", "float", "f", "tanh.approx.f32 %0, %1;", r"MUFU\.TANH", 1),
    Operation("warp_shfl", "u32", "r", "shfl.sync.bfly.b32 %0, %1, 1, 31, -1;", r"SHFL\.BFLY", 1),
    Operation(
        "dpx_viaddmax_s32",
        "int",
        "r",
        "__viaddmax_s32(x, a, b)",
        r"VIADDMNMX",
        2,
        emulated_on=_DPX_STAND_IN,
    ),
    Operation(
        "dpx_viaddmax_s32_relu",
        "int",
        "r",
        "__viaddmax_s32_relu(x, a, b)",
        r"VIADDMNMX\.RELU",
        3,
        emulated_on=_DPX_STAND_IN,
    ),
    Operation(
        "dpx_viaddmax_s16x2",
        "u32",
        "r",
        "__viaddmax_s16x2(x, a, b)",
        r"VIADDMNMX\.S16x2",
        4,
        emulated_on=_DPX_STAND_IN,
    ),
    Operation(
        "dpx_vimax3_s32",
        "int",
        "r",
        "__vimax3_s32(x, a, b)",
        r"VIMNMX3",
        2,
        emulated_on=_DPX_STAND_IN,
    ),
    Operation(
        "dpx_vimax3_s16x2",
        "u32",
        "r",
        "__vimax3_s16x2(x, a, b)",
        r"VIMNMX3\.S16x2",
        4,
        emulated_on=_DPX_STAND_IN,
    ),
    Operation(
        "block_barrier",
        "u32",
        "r",
        "mov.u32 %0, %1; bar.sync 0;",
        r"BAR\.SYNC(\.DEFER_BLOCKING)?",
        0,
        chained=False,
    ),
)


def wrapper(operation: Operation, chains: int, latency: bool) -> str:
    """Return ``operate_long(x, a, b)``, all operations of a trip, chain after chain.

    Assembly stands in one statement: the optimiser spends most of its time between statements. One
    that measures latency has ``operate_short`` too.
    """
    counts = {"short": SHORT_STEPS, "long": LONG_STEPS} if latency else {"long": operation.body}
    bodies = [
        _assembled(operation, chains, f"operate_{name}", count)
        if "%0" in operation.ptx
        else called(operation.ptx, chains, f"operate_{name}", count)
        for name, count in counts.items()
    ]
    return "".join((f"typedef {operation.kind} value_t;\n", *bodies))


def called(expression: str, chains: int, name: str, count: int) -> str:
    """Return operations of C++ in place of assembly, of ``x``, ``a`` and ``b``."""
    return (
        f"DEVICE void {name}(value_t (&values)[{chains}], value_t a, value_t b) {{\n"
        "#pragma unroll\n"
        f"    for (int step = 0; step < {count // chains}; ++step)\n#pragma unroll\n"
        f"        for (int chain = 0; chain < {chains}; ++chain) {{\n"
        f"            const value_t x = values[chain];\n"
        f"            values[chain] = {expression};\n        }}\n}}\n"
    )


def _assembled(operation: Operation, chains: int, name: str, count: int) -> str:
    constants = [(v, mark) for v, mark in (("a", "%2"), ("b", "%3")) if mark in operation.ptx]
    places = {mark: f"%{chains + at}" for at, (_, mark) in enumerate(constants)}

    def one(chain: int) -> str:
        put = {"%0": f"%{chain}", "%1": f"%{chain}", **places}
        return re.sub(r"%\d", lambda found: put[found[0]], operation.ptx)

    return function(
        f"void {name}(value_t (&x)[{chains}], value_t a, value_t b)",
        [one(number % chains) for number in range(count)],
        constraints(f"+{operation.letter}", "x", chains),
        ", ".join(f'"{operation.letter}"({v})' for v, _ in constants),
    )


def _latency(operation: Operation) -> CudaKernel:
    return CudaKernel(
        name=f"alu.latency.{operation.name}",
        source="alu.cu",
        wrapper=wrapper(operation, 1, latency=True),
        defines={"CHAINS": 1, "LATENCY": 1},
        signature=_signature(operation, (SHORT_STEPS, LONG_STEPS), 64),
        operations=(SHORT_STEPS, LONG_STEPS),
        flop_per_operation=32 * operation.flop,
    )


def _throughput(operation: Operation, chains: int) -> CudaKernel:
    return CudaKernel(
        name=f"alu.throughput.{operation.name}_{chains}",
        source="alu.cu",
        wrapper=wrapper(operation, chains, latency=False),
        defines={"CHAINS": chains},
        signature=_signature(operation, (operation.body,), 64, chains),
        operations=(operation.body,),
        flop_per_operation=32 * operation.flop,
    )


def _signature(
    operation: Operation, loops: tuple[int, ...], registers: int, chains: int = 1
) -> Signature:
    return Signature(
        operation.opcode,
        loops,
        overhead=6,
        also={opcode: count * loops[-1] for opcode, count in operation.also.items()},
        outside=None,
        chained=operation.chained and len(loops) == 2,
        max_registers=registers,
        architectures=declared_on(
            operation.architectures, operation.emulated_on, chains, len(loops) == 2
        ),
        emulated_on=operation.emulated_on,
    )


KERNELS = (
    *(_latency(operation) for operation in OPERATIONS),
    *(
        _throughput(operation, chains)
        for operation in OPERATIONS
        for chains in (CHAINS if operation.name in SWEPT else (1, 4))
    ),
)
