"""Do predictions of the papers' workloads hold their 90% intervals on this CPU?

Every variant of every workload is predicted from the library calls of a run (products,
convolutions, transforms, rows, elements, copies: none of them a workload) and compared with its
measured time.

    hwprof bench --name device
    python benchmarks/workload_predictions.py --run device

``--cpu-time`` takes seconds of the processor, where many other programs run.
"""

from __future__ import annotations

import argparse
import math
import statistics
from pathlib import Path

from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.workload_time import predicted
from microbench.benchmark import Verdict
from microbench.errors import InputError
from microbench.protocol.cpu_time import in_cpu_time
from microbench.store import open_store
from microbench.suites.cpu_workloads import NAME
from microbench.workloads.zoo import find

BAR = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--run", default="latest", help="The run with the workloads' times.")
    parser.add_argument("--library", default="", help="Run with the library calls; else the same.")
    parser.add_argument("--cpu-time", action="store_true", help="Seconds of the processor.")
    arguments = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    store = open_store(arguments.store, create=False)
    timed = store.measurements(store.run(arguments.run, device="cpu"))
    library = store.measurements(store.run(arguments.library or arguments.run, device="cpu"))
    if arguments.cpu_time:
        timed, library = ([in_cpu_time(one) for one in run] for run in (timed, library))
    model = CpuModel.from_measurements(library)
    logs, widths, inside = [], [], []
    print("| workload | variant | measured, us | predicted, us | 90% interval | inside |")
    print("| --- | --- | --: | --: | --- | --- |")
    for one in timed:
        if one.point.benchmark != NAME or not one.value:
            continue
        workload, variant = find(str(one.point["workload"])), str(one.point["variant"])
        try:
            found = predicted(model, workload, variant, workload.preset)
        except InputError as reason:
            print(f"| {workload.name} | {variant} | {one.value * 1e6:.0f} | - | {reason} | - |")
            continue
        held = found.holds(one.value)
        noisy = ", noisy" if one.verdict is Verdict.NOISY else ""
        print(
            f"| {workload.name} | {variant} | {one.value * 1e6:.0f}{noisy} "
            f"| {found.latency_s * 1e6:.0f} | {found.low_s * 1e6:.0f} to {found.high_s * 1e6:.0f} "
            f"| {'yes' if held else 'no'} |"
        )
        logs.append(abs(math.log(found.latency_s / one.value)))
        widths.append(math.sqrt(found.high_s / found.low_s))
        inside.append(held)
    share = sum(inside) / len(inside)
    print(
        f"\n{len(inside)} variants: {share:.0%} inside their 90% interval "
        f"({'held' if share >= BAR else 'not held'}); median factor from prediction to measurement "
        f"{math.exp(statistics.median(logs)):.2f}, median interval a factor of "
        f"{statistics.median(widths):.1f} either way"
    )


if __name__ == "__main__":
    main()
