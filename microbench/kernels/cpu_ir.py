"""LLVM IR of the CPU loops: pointer chase, multiply chain, multiply-add, streams, fused chains.

Every function is ``void(ptr, ptr, ptr, ptr, i64, i64)`` or ``ptr(ptr, i64)`` and holds one hot loop
whose machine code ``cpu_check.check_loop`` reads back. IR text is portable: only vector widths
change between x86-64 and aarch64, except the two x86 dot-product instructions.
"""

from __future__ import annotations

from dataclasses import dataclass

CHASE_UNROLL = 16
"""Loads per loop trip: hides the loop counter behind a 4-cycle load (measuring practice)."""
MULTIPLY_UNROLL = 32
CLOCK_RAW, CLOCK_THREAD_CPU, RUSAGE_THREAD = 4, 3, 1
"""Linux's numbers of CLOCK_MONOTONIC_RAW, CLOCK_THREAD_CPUTIME_ID and RUSAGE_THREAD."""
RUSAGE_WORDS = 18
"""64-bit words of ``struct rusage`` (getrusage(2)); the last is ``ru_nivcsw``."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An instruction that multiplies and adds: IR types, name and FLOP per lane group."""

    accumulator: str
    operand: str
    call: str
    declaration: str
    flop: int
    """FLOP (integer formats: operations) of one instruction, a multiply-add counted as 2."""


def fma(element: str, lanes: int) -> Dot:
    """Fused multiply-add of ``lanes`` elements (``float`` or ``double``)."""
    short = {"float": "f32", "double": "f64", "half": "f16"}[element]
    vector = f"<{lanes} x {element}>"
    name = f"@llvm.fma.v{lanes}{short}"
    return Dot(
        vector,
        vector,
        f"call {vector} {name}({vector} %y, {vector} %x, {vector} {{acc}})",
        f"declare {vector} {name}({vector}, {vector}, {vector})",
        2 * lanes,
    )


def bf16_dot(bits: int) -> Dot:
    """``VDPBF16PS``: pairs of bf16 products added to fp32 (Intel SDM vol. 2, AVX512_BF16)."""
    lanes = bits // 32
    acc, pair = f"<{lanes} x float>", f"<{2 * lanes} x bfloat>"
    name = f"@llvm.x86.avx512bf16.dpbf16ps.{bits}"
    return Dot(
        acc,
        pair,
        f"call {acc} {name}({acc} {{acc}}, {pair} %x, {pair} %y)",
        f"declare {acc} {name}({acc}, {pair}, {pair})",
        4 * lanes,
    )


def int8_dot(bits: int) -> Dot:
    """``VPDPBUSD``: fours of u8 x s8 products added to int32 (Intel SDM vol. 2, AVX512_VNNI)."""
    lanes = bits // 32
    acc = f"<{lanes} x i32>"
    name = f"@llvm.x86.avx512.vpdpbusd.{bits}"
    return Dot(
        acc,
        acc,
        f"call {acc} {name}({acc} {{acc}}, {acc} %x, {acc} %y)",
        f"declare {acc} {name}({acc}, {acc}, {acc})",
        8 * lanes,
    )


def chase() -> str:
    """``ptr kernel(ptr start, i64 trips)``: each load's address is the previous load's value."""
    loads = [f"  %p{i + 1} = load ptr, ptr %p{i}, align 8" for i in range(CHASE_UNROLL)]
    return "\n".join(
        [
            "define ptr @kernel(ptr %start, i64 %trips) {",
            "entry:",
            "  br label %loop",
            "loop:",
            f"  %p0 = phi ptr [ %start, %entry ], [ %p{CHASE_UNROLL}, %loop ]",
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            *loads,
            *_close("%i"),
            "exit:",
            f"  ret ptr %p{CHASE_UNROLL}",
            "}",
        ]
    )


def multiply_chain() -> str:
    """Dependent 32-bit multiplies, each value squared: a constant factor would be reassociated."""
    steps = [f"  %x{i + 1} = mul i32 %x{i}, %x{i}" for i in range(MULTIPLY_UNROLL)]
    return "\n".join(
        [
            _HEAD,
            "  %x = load i32, ptr %b",
            "  br label %loop",
            "loop:",
            f"  %x0 = phi i32 [ %x, %entry ], [ %x{MULTIPLY_UNROLL}, %loop ]",
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            *steps,
            *_close("%i"),
            "exit:",
            f"  store i32 %x{MULTIPLY_UNROLL}, ptr %a",
            "  ret void",
            "}",
        ]
    )


def multiply_add(dot: Dot, chains: int) -> str:
    """Independent accumulator chains in registers, ``chains`` instructions a trip."""
    acc = dot.accumulator
    phis = [
        f"  %c{i} = phi {acc} [ zeroinitializer, %entry ], [ %d{i}, %loop ]" for i in range(chains)
    ]
    body = [f"  %d{i} = " + dot.call.format(acc=f"%c{i}") for i in range(chains)]
    stores = []
    for i in range(chains):
        stores.append(f"  %q{i} = getelementptr {acc}, ptr %a, i64 {i}")
        stores.append(f"  store {acc} %d{i}, ptr %q{i}, align 64")
    return "\n".join(
        [
            dot.declaration,
            _HEAD,
            f"  %x = load {dot.operand}, ptr %b, align 64",
            f"  %y = load {dot.operand}, ptr %c, align 64",
            "  br label %loop",
            "loop:",
            *phis,
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            *body,
            *_close("%i"),
            "exit:",
            *stores,
            "  ret void",
            "}",
        ]
    )


def stream(operation: str, lanes: int, unroll: int, nontemporal: bool) -> str:
    """Move fp32 vectors: ``read`` a; ``write`` a; ``copy`` a = b; ``triad`` a = b + 3 c.

    ``trips`` counts groups of ``unroll`` vectors, ``repeats`` the passes over them: a pass over a
    small working set is shorter than the call. ``read`` adds into ``unroll`` accumulators.
    """
    vector = f"<{lanes} x float>"
    hint = ", !nontemporal !0" if nontemporal else ""
    align = 4 * lanes
    lines: list[str] = []
    phis = []
    for i in range(unroll):
        lines.append(f"  %o{i} = add i64 %base, {i}")
        for name in ("a", "b", "c"):
            lines.append(f"  %{name}{i} = getelementptr {vector}, ptr %{name}, i64 %o{i}")
        if operation == "read":
            phis.append(f"  %s{i} = phi {vector} [ %r{i}, %pass ], [ %t{i}, %loop ]")
            lines.append(f"  %v{i} = load {vector}, ptr %a{i}, align {align}")
            lines.append(f"  %t{i} = fadd {vector} %s{i}, %v{i}")
            continue
        value = "%fill"
        if operation in {"copy", "triad"}:
            lines.append(f"  %v{i} = load {vector}, ptr %b{i}, align {align}")
            value = f"%v{i}"
        if operation == "triad":
            lines.append(f"  %w{i} = load {vector}, ptr %c{i}, align {align}")
            lines.append(
                f"  %m{i} = call {vector} @llvm.fma.v{lanes}f32"
                f"({vector} %w{i}, {vector} %fill, {vector} %v{i})"
            )
            value = f"%m{i}"
        lines.append(f"  store {vector} {value}, ptr %a{i}, align {align}{hint}")
    ends, kept = [], []
    if operation == "read":
        for i in range(unroll):
            kept.append(f"  %r{i} = phi {vector} [ zeroinitializer, %entry ], [ %t{i}, %again ]")
            ends.append(f"  %e{i} = getelementptr {vector}, ptr %d, i64 {i}")
            ends.append(f"  store {vector} %t{i}, ptr %e{i}, align {align}")
    return "\n".join(
        [
            f"declare {vector} @llvm.fma.v{lanes}f32({vector}, {vector}, {vector})",
            _HEAD,
            "  %three = insertelement " + f"{vector} poison, float 3.0, i32 0",
            f"  %fill = shufflevector {vector} %three, {vector} poison, "
            f"<{lanes} x i32> zeroinitializer",
            "  br label %pass",
            "pass:",
            "  %p = phi i64 [ %repeats, %entry ], [ %passes, %again ]",
            *kept,
            "  br label %loop",
            "loop:",
            *phis,
            "  %i = phi i64 [ %trips, %pass ], [ %left, %loop ]",
            "  %base = phi i64 [ 0, %pass ], [ %next, %loop ]",
            *lines,
            f"  %next = add i64 %base, {unroll}",
            *_close("%i", "%again"),
            "again:",
            "  %passes = sub i64 %p, 1",
            "  %over = icmp eq i64 %passes, 0",
            "  br i1 %over, label %exit, label %pass",
            "exit:",
            *ends,
            "  ret void",
            "}",
            "!0 = !{i32 1}",
        ]
    )


def fused_chain(activation: str, lanes: int) -> str:
    """Compute ``a = activation(b * c + d)`` in one pass; ``activation`` is ``relu`` or ``silu``."""
    vector, integer = f"<{lanes} x float>", f"<{lanes} x i32>"
    body = _RELU if activation == "relu" else _SILU
    text = body.replace("VEC", vector).replace("LANES", integer)
    for token, value in sorted(_CONSTANTS.items(), key=lambda item: -len(item[0])):
        lane = f"{'i32' if token.startswith('I_') else 'float'} {value}"
        text = text.replace(f"${token}", f"<{', '.join([lane] * lanes)}>")
    names = "\n".join(
        f"  %{name}p = getelementptr {vector}, ptr %{name}, i64 %base" for name in "abcd"
    )
    kinds = {"fma": 3, "maxnum": 2, "minnum": 2, "rint": 1}
    declares = "\n".join(
        f"declare {vector} @llvm.{kind}.v{lanes}f32({', '.join([vector] * count)})"
        for kind, count in kinds.items()
    )
    return "\n".join(
        [
            declares,
            _HEAD,
            "  br label %loop",
            "loop:",
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            "  %base = phi i64 [ 0, %entry ], [ %next, %loop ]",
            names,
            f"  %x = load {vector}, ptr %bp, align 4",
            f"  %w = load {vector}, ptr %cp, align 4",
            f"  %k = load {vector}, ptr %dp, align 4",
            f"  %z = call {vector} @llvm.fma.v{lanes}f32({vector} %x, {vector} %w, {vector} %k)",
            text.replace("@llvm.FMA", f"@llvm.fma.v{lanes}f32")
            .replace("@llvm.MAX", f"@llvm.maxnum.v{lanes}f32")
            .replace("@llvm.MIN", f"@llvm.minnum.v{lanes}f32")
            .replace("@llvm.ROUND", f"@llvm.rint.v{lanes}f32"),
            f"  store {vector} %r, ptr %ap, align 4",
            "  %next = add i64 %base, 1",
            *_close("%i"),
            "exit:",
            "  ret void",
            "}",
        ]
    )


def gate() -> str:
    """``void kernel(ptr job)``: wait for the other threads, then run and time a kernel natively.

    The job's words: function, its six arguments, the gate's address, the count it must reach; then
    wall and CPU clock before and after (two words each); then ``struct rusage`` before and after.
    Clock and ``RUSAGE_THREAD`` numbers are Linux's.
    """
    cells = ["fn", "a", "b", "c", "d", "trips", "repeats", "gate", "target"]
    reads = []
    for index, name in enumerate(cells):
        kind = "i64" if name in {"trips", "repeats", "target"} else "ptr"
        reads.append(f"  %{name}_at = getelementptr i64, ptr %job, i64 {index}")
        reads.append(f"  %{name} = load {kind}, ptr %{name}_at")
    stamps = ("wall0", "cpu0", "wall1", "cpu1")
    for index, name in enumerate(stamps):
        reads.append(f"  %{name} = getelementptr i64, ptr %job, i64 {len(cells) + 2 * index}")
    for index in range(2):
        word = len(cells) + 2 * len(stamps) + RUSAGE_WORDS * index
        reads.append(f"  %usage{index} = getelementptr i64, ptr %job, i64 {word}")
    return "\n".join(
        [
            "declare i32 @clock_gettime(i32, ptr)",
            "declare i32 @getrusage(i32, ptr)",
            "define void @kernel(ptr %job) {",
            "entry:",
            *reads,
            "  %arrived = atomicrmw add ptr %gate, i64 1 seq_cst",
            "  br label %spin",
            "spin:",
            "  %here = load atomic i64, ptr %gate acquire, align 8",
            "  %ready = icmp sge i64 %here, %target",
            "  br i1 %ready, label %go, label %spin",
            "go:",
            f"  call i32 @getrusage(i32 {RUSAGE_THREAD}, ptr %usage0)",
            f"  call i32 @clock_gettime(i32 {CLOCK_THREAD_CPU}, ptr %cpu0)",
            f"  call i32 @clock_gettime(i32 {CLOCK_RAW}, ptr %wall0)",
            "  call void %fn(ptr %a, ptr %b, ptr %c, ptr %d, i64 %trips, i64 %repeats)",
            f"  call i32 @clock_gettime(i32 {CLOCK_RAW}, ptr %wall1)",
            f"  call i32 @clock_gettime(i32 {CLOCK_THREAD_CPU}, ptr %cpu1)",
            f"  call i32 @getrusage(i32 {RUSAGE_THREAD}, ptr %usage1)",
            "  ret void",
            "}",
        ]
    )


_HEAD = "define void @kernel(ptr %a, ptr %b, ptr %c, ptr %d, i64 %trips, i64 %repeats) {\nentry:"

_RELU = "  %r = call VEC @llvm.MAX(VEC %z, VEC zeroinitializer)"

_CONSTANTS = {
    "F_LO": "-87.0",
    "F_HI": "87.0",
    "F_LOG2E": "0x3FF7154760000000",
    "F_LN2": "0xBFE62E4300000000",
    "F_C6": "0x3F56C16C20000000",
    "F_C5": "0x3F81111120000000",
    "F_C4": "0x3FA5555560000000",
    "F_C3": "0x3FC5555560000000",
    "F_C2": "0.5",
    "F_ONE": "1.0",
    "I_BIAS": "127",
    "I_SHIFT": "23",
}
"""exp(y) = 2^n exp(f), |f| <= ln2/2, by the Taylor polynomial of degree 6: relative error 2e-7."""

_SILU = """\
  %neg = fneg VEC %z
  %lo = call VEC @llvm.MAX(VEC %neg, VEC $F_LO)
  %y = call VEC @llvm.MIN(VEC %lo, VEC $F_HI)
  %t = fmul VEC %y, $F_LOG2E
  %n = call VEC @llvm.ROUND(VEC %t)
  %f = call VEC @llvm.FMA(VEC %n, VEC $F_LN2, VEC %y)
  %h5 = call VEC @llvm.FMA(VEC $F_C6, VEC %f, VEC $F_C5)
  %h4 = call VEC @llvm.FMA(VEC %h5, VEC %f, VEC $F_C4)
  %h3 = call VEC @llvm.FMA(VEC %h4, VEC %f, VEC $F_C3)
  %h2 = call VEC @llvm.FMA(VEC %h3, VEC %f, VEC $F_C2)
  %h1 = call VEC @llvm.FMA(VEC %h2, VEC %f, VEC $F_ONE)
  %h0 = call VEC @llvm.FMA(VEC %h1, VEC %f, VEC $F_ONE)
  %ni = fptosi VEC %n to LANES
  %nb = add LANES %ni, $I_BIAS
  %ns = shl LANES %nb, $I_SHIFT
  %scale = bitcast LANES %ns to VEC
  %e = fmul VEC %h0, %scale
  %den = fadd VEC %e, $F_ONE
  %r = fdiv VEC %z, %den"""


def _close(counter: str, after: str = "%exit") -> list[str]:
    return [
        f"  %left = sub i64 {counter}, 1",
        "  %more = icmp ne i64 %left, 0",
        f"  br i1 %more, label %loop, label {after}",
    ]
