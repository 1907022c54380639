"""Loads timed inside native code: windows of a pointer chase, each beside a chain of multiplies.

A window of a few microseconds fits between the disturbances of a busy machine, where a call from
Python does not; the multiplies beside it, three cycles each, tell the clock it ran at. Both are
timed by the processor's counter, read by ``rdtscp``, which waits for the instructions before it
(AMD64 manual vol. 3; Intel SDM vol. 2). On aarch64 the architected counter may tick 25 million
times a second, 200 ticks a window: there is no such kernel.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from pathlib import Path

from microbench.benchmark import CodeCheck
from microbench.kernels import cpu_check, cpu_ir, cpu_jit

CPUINFO = Path("/proc/cpuinfo")
STEADY_COUNTER = frozenset({"rdtscp", "constant_tsc", "nonstop_tsc"})
"""Flags of a counter that ticks evenly whatever the clock does (linux/cpufeatures.h)."""
CALIBRATION_S = 0.02
BRACKETS = 30
"""Pairs of clock readings around one of the counter; the closest pair, under 1 us, counts."""


def counter_problem(cpuinfo: Path = CPUINFO) -> str:
    """Return "" where windows can be timed, else why not."""
    if not cpu_jit.is_x86():
        return "no counter fine enough for windows of a few microseconds"
    try:
        lacking = sorted(STEADY_COUNTER - _flags(cpuinfo))
    except OSError as error:
        return f"the counter's properties are not known ({error})"
    return f"the counter is not {', '.join(lacking)}" if lacking else ""


@functools.cache
def _flags(cpuinfo: Path) -> frozenset[str]:
    """Return the first processor's flags; the kernel asks every core before it answers."""
    text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    line = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return frozenset(line.split())


@functools.cache
def counter_hz() -> float:
    """Return how often the counter ticks a second, within 1e-4, by the system's raw clock."""
    read = cpu_jit.compile_ir(read_counter()).counter()
    start_s, start = _closest(read)
    while time.clock_gettime(time.CLOCK_MONOTONIC_RAW) - start_s < CALIBRATION_S:
        pass
    end_s, end = _closest(read)
    return (end - start) / (end_s - start_s)


def _closest(read: Callable[[], int]) -> tuple[float, int]:
    """Return a moment in seconds and the counter then, both read together."""
    pairs = []
    for _ in range(BRACKETS):
        before = time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
        ticks = read()
        after = time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
        pairs.append((after - before, (before + after) / 2, ticks))
    return min(pairs)[1:]


def read_counter() -> str:
    """``i64 kernel()``: the counter."""
    return "\n".join([DECLARE, "define i64 @kernel() {", *_read(0), "  ret i64 %t0", "}"])


def chase_windows() -> str:
    """``ptr kernel(ptr start, ptr stamps, i64 windows, i64 trips, i64 multiplies, i32 seed)``.

    Each window is ``trips`` of the loads of ``cpu_ir.chase`` and ``multiplies`` trips of the chain
    of ``cpu_ir.multiply_chain``; their ticks are stored as a pair, and the chain's end after the
    last. The next window goes on in the ring where this one stopped.
    """
    loads, steps = cpu_ir.CHASE_UNROLL, cpu_ir.MULTIPLY_UNROLL
    return "\n".join(
        [
            DECLARE,
            "define ptr @kernel(ptr %start, ptr %stamps, i64 %windows, i64 %trips, "
            "i64 %multiplies, i32 %seed) {",
            "entry:",
            "  br label %window",
            "window:",
            f"  %from = phi ptr [ %start, %entry ], [ %p{loads}, %done ]",
            f"  %value = phi i32 [ %seed, %entry ], [ %x{steps}, %done ]",
            "  %w = phi i64 [ %windows, %entry ], [ %w.left, %done ]",
            "  %pair = phi ptr [ %stamps, %entry ], [ %pair.next, %done ]",
            *_read(0),
            "  br label %chase",
            "chase:",
            f"  %p0 = phi ptr [ %from, %window ], [ %p{loads}, %chase ]",
            "  %i = phi i64 [ %trips, %window ], [ %i.left, %chase ]",
            *(f"  %p{i + 1} = load ptr, ptr %p{i}, align 8" for i in range(loads)),
            *_close("%i", "%chase", "%between"),
            "between:",
            *_read(1),
            "  br label %chain",
            "chain:",
            f"  %x0 = phi i32 [ %value, %between ], [ %x{steps}, %chain ]",
            "  %j = phi i64 [ %multiplies, %between ], [ %j.left, %chain ]",
            *(f"  %x{i + 1} = mul i32 %x{i}, %x{i}" for i in range(steps)),
            *_close("%j", "%chain", "%done"),
            "done:",
            *_read(2),
            "  %load.ticks = sub i64 %t1, %t0",
            "  %chain.ticks = sub i64 %t2, %t1",
            "  store i64 %load.ticks, ptr %pair",
            "  %second = getelementptr i64, ptr %pair, i64 1",
            "  store i64 %chain.ticks, ptr %second",
            "  %pair.next = getelementptr i64, ptr %pair, i64 2",
            *_close("%w", "%window", "%exit"),
            "exit:",
            f"  store i32 %x{steps}, ptr %pair.next",
            f"  ret ptr %p{loads}",
            "}",
        ]
    )


def check(assembly: str) -> CodeCheck:
    """Check both loops, and that the counter is read around each of them."""
    claims = (
        cpu_check.LoopClaim({cpu_check.scalar_load(x86=True): cpu_ir.CHASE_UNROLL}),
        cpu_check.LoopClaim({cpu_check.scalar_multiply(x86=True): cpu_ir.MULTIPLY_UNROLL}),
    )
    return cpu_check.check_timed_loops(assembly, cpu_check.counter_read(), claims)


DECLARE = "declare { i64, i32 } @llvm.x86.rdtscp()"


def _read(number: int) -> list[str]:
    return [
        f"  %r{number} = call {{ i64, i32 }} @llvm.x86.rdtscp()",
        f"  %t{number} = extractvalue {{ i64, i32 }} %r{number}, 0",
    ]


def _close(counter: str, again: str, after: str) -> list[str]:
    return [
        f"  {counter}.left = sub i64 {counter}, 1",
        f"  {counter}.more = icmp ne i64 {counter}.left, 0",
        f"  br i1 {counter}.more, label {again}, label {after}",
    ]
