"""How well a CPU run predicts layers it never measured: error, coverage, and chains of layers.

Times every distinct convolution, product, row-wise and elementwise kernel of the example models on
one thread, predicts each from the store's latest CPU run, and prints per family the median and mean
relative error and the share inside the 90% interval. Then every model's kernels run one after the
other (equal layers share operands), against the sum of predictions. What a table of single times
makes of such chains is ``lookup_table.py``'s question.

    python benchmarks/cpu_predictions.py --store results.sqlite
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from costmodel.analytic.cpu_features import op_class
from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.lookup import Key, key_of
from costmodel.graph.build import build
from costmodel.kernel import Family, Kernel, Prediction
from costmodel.mlir.reader import read_file
from microbench.errors import InputError
from microbench.kernels import cpu_torch
from microbench.store import open_store

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MODELS = ("resnet50", "efficientnet_b0", "convnext_tiny", "gpt2_block")
STAND_IN = {
    "cheap": "add",
    "transcendental": "exp",
    "softmax": "softmax",
    "norm": "layer_norm",
    "sum": "sum",
    "copy": "copy",
    "transpose": "transpose",
}
"""The library op timed for a class of ops."""
REPEATS, SAMPLE_S = 15, 1e-3
LARGEST_FLOP, LARGEST_BYTES = 8e9, 5e8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    store = open_store(parser.parse_args().store, create=False)
    model = CpuModel.from_measurements(store.measurements(store.run("latest", device="cpu")))
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    known: dict[Key, Callable[[], Any] | None] = {}
    chains: dict[str, list[Kernel]] = {}
    for name in MODELS:
        parts = build(read_file(EXAMPLES / f"{name}.stablehlo.mlir"), stack="torch-eager").kernels
        for kernel in parts:
            known.setdefault(key_of(kernel), None)
            known[key_of(kernel)] = known[key_of(kernel)] or prepare(kernel)
        chains[name] = [kernel for kernel in parts if known[key_of(kernel)]]
    distinct = {key_of(kernel): kernel for chain in chains.values() for kernel in chain}
    calls = {key: call for key, call in known.items() if call}
    singles_s = {key: single_s(call) for key, call in calls.items()}
    kernels = list(distinct.values())
    report([(p, singles_s[key_of(p.kernel)]) for p in model.predict(kernels)])
    for name, chain in chains.items():
        predicted_s = sum(p.latency_s for p in model.predict(chain))
        measured_s = chain_s([calls[key_of(kernel)] for kernel in chain])
        print(
            f"{name:16} chain of {len(chain):3}: measured {measured_s * 1e3:7.2f} ms, "
            f"predicted {predicted_s / measured_s - 1:+.1%}"
        )


def prepare(kernel: Kernel) -> Callable[[], Any] | None:
    """Return the library call of a kernel, or ``None`` where there is none of its kind."""
    if kernel.work_flop > LARGEST_FLOP or kernel.bytes_moved > LARGEST_BYTES:
        return None
    dims = {name: int(size) for name, size in kernel.dims.items()}
    op = STAND_IN.get(op_class(kernel), "")
    if kernel.family is Family.GEMM:
        op = "mm" if dims.get("b", 1) == 1 else "bmm"
    elif kernel.family is Family.CONVOLUTION:
        op = "conv2d"
    elif op == "add" and dims.get("inputs") == 1:
        op = "relu"
    try:
        case = cpu_torch.build(kernel.family.value, op, kernel.number_format, dims, 0)
    except (InputError, KeyError):
        return None
    same_traffic = abs(case.bytes_moved / kernel.bytes_moved - 1) < 0.3
    return case.call if same_traffic else None


def single_s(call: Callable[[], Any]) -> float:
    """Return the median CPU seconds of a call, several to a sample."""
    call()
    start_s = time.thread_time()
    call()
    count = max(1, int(SAMPLE_S / max(time.thread_time() - start_s, 1e-7)))
    return statistics.median(_timed([call] * count) for _ in range(REPEATS)) / count


def chain_s(calls: list[Callable[[], Any]]) -> float:
    """Return the median CPU seconds of all calls in a row."""
    return statistics.median(_timed(calls) for _ in range(REPEATS))


def report(rows: list[tuple[Prediction, float]]) -> None:
    """Print error and coverage by family."""
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for prediction, measured_s in rows:
        error = abs(prediction.latency_s / measured_s - 1)
        row = (error, prediction.low_s <= measured_s <= prediction.high_s)
        groups[prediction.kernel.family.value].append(row)
        groups["all"].append(row)
    for family, found in sorted(groups.items()):
        errors = [error for error, _ in found]
        inside = sum(held for _, held in found) / len(found)
        print(
            f"{family:18} {len(found):4} kernels: median error {statistics.median(errors):.1%}, "
            f"mean {statistics.fmean(errors):.1%}, inside the 90% interval {inside:.0%}"
        )


def _timed(calls: list[Callable[[], Any]]) -> float:
    start_s = time.thread_time()
    for call in calls:
        call()  # nothing is kept: the next call gets the same memory, as in a chain
    return time.thread_time() - start_s


if __name__ == "__main__":
    main()
