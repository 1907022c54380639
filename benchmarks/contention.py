"""What other work costs the workloads, and which variant to take under a deadline.

Reads every run of a store that measured the same points alone and beside loads:

    for loads in none mem mem:2 cpu cpu:2; do
        hwprof bench --quick --only cpu.workloads --contend $loads --store loads.sqlite
    done
    python benchmarks/contention.py --store loads.sqlite
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from pathlib import Path

from costmodel.analytic.contention import Observed, fit, left_out_errors
from microbench.runner.contend import ENVIRONMENT, loads_of
from microbench.store import open_store


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--cores", type=int, default=os.cpu_count(), help="Cores of that machine.")
    arguments = parser.parse_args()
    store, cores = open_store(arguments.store, create=False), arguments.cores
    by_point: dict[str, list[Observed]] = defaultdict(list)
    for run in store.runs():
        loads = loads_of(str(run.environment.get(ENVIRONMENT, "")))
        if not loads:
            continue
        counts = {load.pressure.value: load.count for load in loads if load.pressure != "none"}
        for one in store.measurements(run):
            if one.value is not None:
                by_point[one.point.key].append(Observed(counts, one.value))
    errors: list[float] = []
    rising: list[bool] = []
    print("| point | alone | slowdowns | share a load | error left out |")
    print("| --- | --- | --- | --- | --- |")
    for key, observed in by_point.items():
        model, left_out = fit(observed, cores), left_out_errors(observed, cores)
        errors += left_out
        rising.append(_rises(observed))
        slow = ", ".join(
            f"{_name(one)} {one.latency_s / model.alone_s:.2f}" for one in observed if one.loads
        )
        shares = ", ".join(f"{name} {share:.2f}" for name, share in model.share_per_load.items())
        shares += f", beyond the cores {model.share_too_many:.2f}"
        mean = sum(left_out) / len(left_out) if left_out else float("nan")
        print(f"| {key} | {model.alone_s * 1e3:.3g} ms | {slow} | {shares} | {mean:.0%} |")
    mean = sum(errors) / len(errors)
    print(f"slowdown monotone in memory loads: {sum(rising)} of {len(rising)} points")
    print(f"mean error of {len(errors)} latencies predicted from the others: {mean:.1%}")


def _name(one: Observed) -> str:
    return "+".join(f"{count} {name}" for name, count in one.loads.items())


def _rises(observed: list[Observed]) -> bool:
    """Whether latency rises with memory loads, those of one count averaged."""
    by_count: dict[int, list[float]] = defaultdict(list)
    for one in observed:
        if set(one.loads) <= {"mem"}:
            by_count[one.loads.get("mem", 0)].append(one.latency_s)
    means = [sum(times) / len(times) for _, times in sorted(by_count.items())]
    return means == sorted(means)


if __name__ == "__main__":
    main()
