"""What ``torch.compile`` makes of every workload, checked and timed on this CPU.

A workload is a process of its own with a time limit: compiling unrolls loops. Prints the largest
error over the workload's three sizes in fp32 and how long the compiled variant takes at the preset
against the plain one (medians of thread CPU time, one thread). ``--quick`` compiles the middle size
alone and times nothing.

    python benchmarks/compiled_workloads.py [--only NAME] [--after NAME] [--limit SECONDS] [--quick]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from microbench.formats import NumberFormat
from microbench.workloads.compiled import COMPILED, HOST_ONLY, with_compiled
from microbench.workloads.workload import UNFUSED
from microbench.workloads.zoo import all_workloads, find

REPEATS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", default="", help="One workload, in this process.")
    parser.add_argument("--limit", type=float, default=240.0, help="Seconds a workload.")
    parser.add_argument("--after", default="", help="Go on after this workload.")
    parser.add_argument("--quick", action="store_true", help="The middle size, no times.")
    arguments = parser.parse_args()
    if arguments.only:
        print(checked(arguments.only, arguments.quick))
        return
    names = [workload.name for workload in all_workloads()]
    print("| workload | largest error | plain over compiled at the preset |")
    print("| --- | --- | --- |")
    for name in names[names.index(arguments.after) + 1 if arguments.after else 0 :]:
        print(_row(name, arguments.limit, arguments.quick), flush=True)


def _row(name: str, limit_s: float, quick: bool) -> str:
    if name in HOST_ONLY:
        return f"| {name} | not compiled: {HOST_ONLY[name]} | |"
    command = [sys.executable, __file__, "--only", name, *(["--quick"] if quick else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s)
    except subprocess.TimeoutExpired:
        return f"| {name} | not compiled within {limit_s:.0f} s | |"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return f"| {name} | failed: {last[:120]} | |"
    return done.stdout.strip()


def checked(name: str, quick: bool) -> str:
    """Return one row of the table; raises whatever compiling or running raises."""
    import torch

    from microbench.workloads import correctness

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    workload = with_compiled(find(name))
    errors = [
        correctness.largest_error(workload, COMPILED, shape, NumberFormat.FP32)
        for shape in (workload.sizes[1:2] if quick else workload.sizes)
    ]
    allowed = workload.tolerance[NumberFormat.FP32]
    right = "" if max(errors) <= allowed else f" (**wrong**: {allowed:g} allowed)"
    if quick:
        return f"| {name} | {max(errors):.1e}{right} | |"
    operands = correctness.operands(workload, workload.preset, NumberFormat.FP32, 0)
    calls = [partial(workload.variants[name], workload.preset) for name in (UNFUSED, COMPILED)]
    times = [_median_s(partial(call, operands)) for call in calls]
    return f"| {name} | {max(errors):.1e}{right} | {times[0] / times[1]:.2f} |"


def _median_s(call: Callable[[], object]) -> float:
    call()
    return statistics.median(_once_s(call) for _ in range(REPEATS))


def _once_s(call: Callable[[], object]) -> float:
    start_s = time.thread_time()
    call()
    return time.thread_time() - start_s


if __name__ == "__main__":
    main()
