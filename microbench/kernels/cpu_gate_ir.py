"""LLVM IR of the gate at which threads meet before they time a kernel together."""

from __future__ import annotations

CLOCK_RAW, CLOCK_THREAD_CPU, RUSAGE_THREAD = 4, 3, 1
"""Linux's numbers of CLOCK_MONOTONIC_RAW, CLOCK_THREAD_CPUTIME_ID and RUSAGE_THREAD."""
RUSAGE_WORDS = 18
"""64-bit words of ``struct rusage`` (getrusage(2)); the last is ``ru_nivcsw``."""


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
