"""LLVM IR of the CPU loops: pointer chase, multiply chain, multiply-add, streams.

Every function is ``void(ptr, ptr, ptr, ptr, i64, i64)`` or ``ptr(ptr, i64)`` and holds one hot loop
whose machine code ``cpu_check.check_loop`` reads back. IR text is portable: only vector widths
change between x86-64 and aarch64, except the two x86 dot-product instructions.
"""

from __future__ import annotations

from dataclasses import dataclass

CHASE_UNROLL = 16
"""Loads per loop trip: hides the loop counter behind a 4-cycle load (measuring practice)."""
MULTIPLY_UNROLL = 32


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
            *close_loop("%i"),
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
            HEAD,
            "  %x = load i32, ptr %b",
            "  br label %loop",
            "loop:",
            f"  %x0 = phi i32 [ %x, %entry ], [ %x{MULTIPLY_UNROLL}, %loop ]",
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            *steps,
            *close_loop("%i"),
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
            HEAD,
            f"  %x = load {dot.operand}, ptr %b, align 64",
            f"  %y = load {dot.operand}, ptr %c, align 64",
            "  br label %loop",
            "loop:",
            *phis,
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            *body,
            *close_loop("%i"),
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
            HEAD,
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
            *close_loop("%i", "%again"),
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


HEAD = "define void @kernel(ptr %a, ptr %b, ptr %c, ptr %d, i64 %trips, i64 %repeats) {\nentry:"


def close_loop(counter: str, after: str = "%exit") -> list[str]:
    """Return the lines that count a loop down and leave it."""
    return [
        f"  %left = sub i64 {counter}, 1",
        "  %more = icmp ne i64 %left, 0",
        f"  br i1 %more, label %loop, label {after}",
    ]
