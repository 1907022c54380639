"""Repeat L1, L2 and DRAM latency in fresh processes and print how far the runs lie apart.

    python benchmarks/latency_repeatability.py [runs] [quick|default|thorough]

Within one process a spread says little: page placement is drawn anew with each. Two runs on a busy
machine must agree within 2% for L1 and L2 and within 15% for DRAM on 2 MiB pages; exit code 1 if a
pair does not. DRAM on 4 KiB pages is shown without a limit: its page walks miss caches that other
programs fill, so it follows the load.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

LIMITS = {"L1": 0.02, "L2": 0.02, "DRAM 2M": 0.15, "DRAM 4K": None}
SMALL_PAGE, HUGE_PAGE = 4096, 2 * 1024 * 1024
CHILD = "--child"


def places() -> dict[str, tuple[int, int]]:
    """Return working set and page size: half of L1, a quarter of L2, 4 last-level caches."""
    from microbench.devices.detect import local_cpu

    cpu = local_cpu()
    return {
        "L1": (16 * 1024, SMALL_PAGE),
        "L2": ((cpu.l2_bytes or 2**20) // 4, SMALL_PAGE),
        "DRAM 2M": (4 * (cpu.llc_bytes or 2**25), HUGE_PAGE),
        "DRAM 4K": (4 * (cpu.llc_bytes or 2**25), SMALL_PAGE),
    }


def child(effort_name: str) -> None:
    """Measure each level once and print seconds a load and the share of samples kept."""
    from microbench.benchmark import Effort, Point, Quantity
    from microbench.devices.detect import local_cpu
    from microbench.protocol.measure import measure
    from microbench.suites import cpu_latency

    found = {}
    for level, (size_bytes, page_bytes) in places().items():
        axes = (("size_bytes", size_bytes), ("page_bytes", page_bytes))
        point = Point(cpu_latency.NAME, axes)
        prepared = cpu_latency.prepare(point, local_cpu(), seed=os.getpid())
        result = measure(point, Quantity.LATENCY, prepared, Effort(effort_name), 30)
        naive = [sample.time_s for sample in result.samples]
        found[level] = (result.value, result.kept_fraction, sum(naive) / len(naive))
    print(json.dumps(found))


def main(arguments: Sequence[str]) -> int:
    """Run the children one after another; print a row a level."""
    if CHILD in arguments:
        child(arguments[-1])
        return 0
    runs = int(arguments[0]) if arguments else 10
    effort = arguments[1] if len(arguments) > 1 else "default"
    results = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, __file__, CHILD, effort], capture_output=True, text=True, check=True
        )
        results.append(json.loads(done.stdout))
    load = os.getloadavg()[0]
    print(f"{runs} processes, effort {effort}, load average {load:.1f}")
    print("level    median ns  lowest  highest  apart  limit   kept  naive mean, ns (spread)")
    failed = False
    for level, limit in LIMITS.items():
        values = sorted(result[level][0] * 1e9 for result in results)
        naive = sorted(result[level][2] * 1e9 for result in results)
        kept = min(result[level][1] for result in results)
        apart = values[-1] / values[0] - 1
        failed |= limit is not None and apart > limit
        print(
            f"{level:7} {values[len(values) // 2]:10.3f} {values[0]:7.3f} {values[-1]:8.3f} "
            f"{apart:6.1%} {'-' if limit is None else f'{limit:.0%}':>6} {kept:6.0%}"
            f"  {naive[0]:.2f} to {naive[-1]:.2f}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
