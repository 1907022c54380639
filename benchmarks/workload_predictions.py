"""Do predictions of the papers' workloads hold their 90% intervals on this CPU?

Every variant of every workload is predicted from the library calls of a run (products,
convolutions, transforms, rows, elements, copies: none of them a workload) and compared with its
measured time. Two intervals are judged: the sum of the operators' own, and a conformal one over the
errors made on all *other* workloads, which also knows what a sum of hot calls leaves out.

    hwprof bench --name device
    python benchmarks/workload_predictions.py --run device

``--cpu-time`` takes seconds of the processor, where many other programs run.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.cpu_siblings import conformal_quantile
from costmodel.analytic.workload_time import WorkloadTime, predicted
from microbench.benchmark import Measurement, Verdict
from microbench.errors import InputError
from microbench.protocol.cpu_time import in_cpu_time
from microbench.store import open_store
from microbench.suites.cpu_workloads import NAME
from microbench.workloads.zoo import find

BAR = 0.9


@dataclass(frozen=True, slots=True)
class Row:
    """One variant, measured and predicted."""

    workload: str
    variant: str
    measured_s: float
    noisy: bool
    predicted: WorkloadTime

    @property
    def log_error(self) -> float:
        return math.log(self.measured_s / self.predicted.latency_s)


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
    report(rows(CpuModel.from_measurements(library), timed))


def rows(model: CpuModel, timed: Sequence[Measurement]) -> list[Row]:
    """Predict what was measured; variants that work outside torch are named and left out."""
    found = []
    for one in timed:
        if one.point.benchmark != NAME or not one.value:
            continue
        workload, variant = find(str(one.point["workload"])), str(one.point["variant"])
        try:
            expected = predicted(model, workload, variant, workload.preset)
        except InputError as reason:
            print(f"left out: {reason}")
            continue
        noisy = one.verdict is Verdict.NOISY
        found.append(Row(workload.name, variant, one.value, noisy, expected))
    return found


def report(found: Sequence[Row]) -> None:
    """Print every variant, then coverage and width of both intervals."""
    print("| workload | variant | measured, us | predicted, us | operators' interval | others' |")
    print("| --- | --- | --: | --: | --- | --- |")
    summed, others, widths = [], [], []
    for row in found:
        middle, half_width = _calibration(found, row.workload)
        held = (row.predicted.holds(row.measured_s), abs(row.log_error - middle) <= half_width)
        summed.append(held[0])
        others.append(held[1])
        widths.append(math.exp(half_width))
        print(
            f"| {row.workload} | {row.variant} | {row.measured_s * 1e6:.0f}"
            f"{', noisy' if row.noisy else ''} | {row.predicted.latency_s * 1e6:.0f} "
            f"| {row.predicted.low_s * 1e6:.0f} to {row.predicted.high_s * 1e6:.0f}"
            f"{'' if held[0] else ': outside'} | {'inside' if held[1] else 'outside'} |"
        )
    ends = [math.sqrt(row.predicted.high_s / row.predicted.low_s) for row in found]
    bias = math.exp(statistics.median(row.log_error for row in found))
    factor = math.exp(statistics.median(abs(row.log_error) for row in found))
    print(
        f"\n{len(found)} variants, measured over predicted {bias:.2f} in the median, off by a "
        f"factor of {factor:.2f} in the median"
    )
    for name, held, width in (
        ("sum of the operators' intervals", summed, ends),
        ("conformal over other workloads", others, widths),
    ):
        share = sum(held) / len(held)
        print(
            f"{name}: {share:.0%} inside, a factor of {statistics.median(width):.1f} either way; "
            f"bar {BAR:.0%} {'held' if share >= BAR else 'not held'}"
        )


def _calibration(found: Sequence[Row], workload: str) -> tuple[float, float]:
    """Return the middle and the 90% half-width of log errors on all workloads but one."""
    errors = [row.log_error for row in found if row.workload != workload]
    middle = statistics.median(errors)
    return middle, conformal_quantile([abs(error - middle) for error in errors])


if __name__ == "__main__":
    main()
