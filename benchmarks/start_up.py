"""CPU time of commands from start to end: what a user waits for before anything is measured.

Prints user plus system time of a child process and its wall time, the least CPU time of several
tries. Python must be allowed to keep its bytecode: PYTHONDONTWRITEBYTECODE is taken out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
TRIES = 4
COMMANDS = (
    ("--help",),
    ("list",),
    ("devices",),
    ("predict", "examples/resnet50.stablehlo.mlir", "--device", "h100"),
)


def spent_s(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Run one command to its end and return its CPU and wall time, in seconds."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start_s = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "hwprof", *arguments],
        cwd=HOME, env={**kept, "COLUMNS": "120"}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(child.pid, 0)
    wall_s = time.perf_counter() - start_s
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"hwprof {' '.join(arguments)} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, wall_s


def main() -> None:
    """Print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tries", nargs="?", type=int, default=TRIES)
    tries = parser.parse_args().tries
    for arguments in COMMANDS:
        cpu_s, wall_s = min(spent_s(arguments) for _ in range(tries))
        print(f"hwprof {' '.join(arguments)}: {cpu_s:.3f} s CPU, {wall_s:.3f} s wall")


if __name__ == "__main__":
    main()
