"""Run the latency ladder again and again and print how far the runs lie apart, level by level.

    python benchmarks/latency_repeatability.py [runs] [quick|default|thorough] [hogs]

Each run is ``hwprof bench --only cpu.memory.latency`` in processes of its own, beside ``hogs`` busy
ones that multiply matrices. Within one process a spread says little: page placement is drawn anew
with each, and what neighbours do to memory drifts over seconds. Two runs on a busy machine must
agree within 2% for L1 and L2 and within 15% for DRAM; exit code 1 if a pair of points does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
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


def values(store: Path) -> dict[tuple[str, int], tuple[float, float]]:
    """Return ns a load and the share of samples kept, by level and working set."""
    from microbench.store import open_store

    found = {}
    opened = open_store(store)
    run = opened.run()
    llc_bytes = run.device_spec.llc_bytes or 2**25
    for measured in opened.measurements(run):
        size_bytes, page = int(measured.point["size_bytes"]), int(measured.point["page_bytes"])
        level = level_of(size_bytes, page, llc_bytes)
        if level and measured.value:
            found[level, size_bytes] = (measured.value * 1e9, measured.kept_fraction)
    opened.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Run the ladder again and again; print a row a point."""
    runs = int(arguments[0]) if arguments else 5
    effort = arguments[1] if len(arguments) > 1 else "default"
    hogs = int(arguments[2]) if len(arguments) > 2 else 0
    busy = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in range(hogs)]
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = [values(one_run(effort, Path(folder), number)) for number in range(runs)]
        load = os.getloadavg()[0]
    finally:
        for process in busy:
            process.kill()
    print(f"{runs} runs, effort {effort}, {hogs} hogs, load average {load:.1f}")
    print("level    working set  median ns   lowest  highest  apart  limit  kept at least")
    failed = False
    for level, limit in LIMITS.items():
        for size_bytes in sorted({size for one in found for name, size in one if name == level}):
            drawn = sorted(one[level, size_bytes][0] for one in found)
            kept = min(one[level, size_bytes][1] for one in found)
            apart = drawn[-1] / drawn[0] - 1
            failed |= apart > limit
            print(
                f"{level:8} {size_bytes / 1024:7.0f} KiB {drawn[len(drawn) // 2]:10.3f} "
                f"{drawn[0]:8.3f} {drawn[-1]:8.3f} {apart:6.1%} {limit:6.0%} {kept:6.0%}"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
