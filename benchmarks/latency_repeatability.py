"""Run the latency ladder again and again and print how far the runs lie apart, level by level.

Each run is ``hwprof bench --only cpu.memory.latency`` in processes of its own, beside ``hogs`` busy
ones that multiply matrices. Within one process a spread says little: page placement is drawn anew
with each, and what neighbours do to memory drifts over seconds. Two runs on a busy machine must
agree within 2% for L1 and L2 and within 15% for DRAM; exit code 1 if a pair of points does not.

L1 and L2 stand in core cycles too, at the clock each run told them at: where nanoseconds lie apart
and cycles do not, the clock moved between the runs, and the ladder is the same.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

L1_BYTES, L2_BYTES = (4096, 16 * 1024), (64 * 1024, 128 * 1024)
"""Well inside the smallest caches of today's processors, 32 and 512 KiB: near the edge, what shares
the core (a neighbour thread, another guest of the machine) takes lines away."""
SMALL_PAGE, HUGE_PAGE = 4096, 2 * 1024 * 1024
LIMITS = {"L1": 0.02, "L2": 0.02, "DRAM 2M": 0.15, "DRAM 4K": 0.15}
LLC_MULTIPLE = 4
BENCHMARK = "cpu.memory.latency"
HOG = "import numpy as np\na = np.ones((1500, 1500))\nwhile True: a @ a"


def level_of(size_bytes: int, page_bytes: int, llc_bytes: int) -> str | None:
    """Return the level a point stands for, well inside it; ``None`` between levels."""
    if L1_BYTES[0] <= size_bytes <= L1_BYTES[1]:
        return "L1"
    if L2_BYTES[0] <= size_bytes <= L2_BYTES[1]:
        return "L2"
    if size_bytes >= LLC_MULTIPLE * llc_bytes:
        return "DRAM 2M" if page_bytes == HUGE_PAGE else "DRAM 4K"
    return None


def one_run(effort: str, folder: Path, number: int) -> Path:
    """Measure the ladder into a store of its own."""
    store = folder / f"{number}.sqlite"
    flags = [] if effort == "default" else [f"--{effort}"]
    command = [sys.executable, "-m", "hwprof", "bench", "--device", "cpu", "--only", BENCHMARK]
    environment = {**os.environ, "HWPROF_STORE": str(store)}
    subprocess.run([*command, *flags], check=True, stdout=subprocess.DEVNULL, env=environment)
    return store


@dataclass(frozen=True, slots=True)
class Reading:
    """A point of one run."""

    time_ns: float
    clock_ghz: float | None
    kept_fraction: float
    noisy: bool


def values(store: Path) -> dict[tuple[str, int], Reading]:
    """Return the readings by level and working set in bytes."""
    from microbench.benchmark import Verdict
    from microbench.store import open_store

    found = {}
    opened = open_store(store)
    run = opened.run()
    llc_bytes = run.device_spec.llc_bytes or 2**25
    for one in opened.measurements(run):
        size_bytes = int(one.point["size_bytes"])
        level = level_of(size_bytes, int(one.point["page_bytes"]), llc_bytes)
        if level and one.value:
            clock_ghz = one.clock_hz / 1e9 if one.clock_hz else None
            noisy = one.verdict is not Verdict.OK
            found[level, size_bytes] = Reading(one.value * 1e9, clock_ghz, one.kept_fraction, noisy)
    opened.close()
    return found


def row(level: str, size_bytes: int, drawn: Sequence[Reading]) -> tuple[str, bool]:
    """Return a point's line, and whether two runs lie further apart in seconds than they may."""
    times = sorted(one.time_ns for one in drawn)
    apart = times[-1] / times[0] - 1
    cycles = sorted(one.time_ns * one.clock_ghz for one in drawn if one.clock_ghz)
    clocks = sorted(one.clock_ghz for one in drawn if one.clock_ghz)
    line = (
        f"{level:8} {size_bytes / 1024:7.0f} KiB {times[len(times) // 2]:10.3f} "
        f"{times[0]:8.3f} {times[-1]:8.3f} {apart:6.1%} {LIMITS[level]:6.0%} "
        f"{min(one.kept_fraction for one in drawn):6.0%} {sum(one.noisy for one in drawn):6}"
    )
    if cycles:
        middle = cycles[len(cycles) // 2]
        line += (
            f" {middle:8.3f} {cycles[-1] / cycles[0] - 1:6.1%} {clocks[-1] / clocks[0] - 1:6.1%}"
        )
    return line, apart > LIMITS[level]


def main() -> int:
    """Run the ladder again and again; print a row a point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="?", type=int, default=5)
    parser.add_argument(
        "effort", nargs="?", default="default", choices=("quick", "default", "thorough")
    )
    parser.add_argument("hogs", nargs="?", type=int, default=0)
    arguments = parser.parse_args()
    runs, effort, hogs = arguments.runs, arguments.effort, arguments.hogs
    busy = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in range(hogs)]
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = [values(one_run(effort, Path(folder), number)) for number in range(runs)]
        load, took_s = os.getloadavg()[0], (time.monotonic() - began) / runs
    finally:
        for process in busy:
            process.kill()
    print(
        f"{runs} runs of {took_s:.0f} s, effort {effort}, {hogs} hogs, load average {load:.1f}\n"
        "level    working set  median ns   lowest  highest  apart  limit   kept  noisy   cycles"
        "  apart  clock"
    )
    failed = False
    for level in LIMITS:
        for size_bytes in sorted({size for one in found for name, size in one if name == level}):
            line, apart = row(level, size_bytes, [one[level, size_bytes] for one in found])
            print(line)
            failed |= apart
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
