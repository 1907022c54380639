"""How the time of a kernel method grows with its points: the exponent for large n.

Over all n points the time is that of an n x n Cholesky factor, n^3 / 3 FLOP; over m inducing
points, of products with n x m features. Sizes are large because what is asked is the limit: a
factor of 1,000 points fits the caches and runs far below the rate of one of 16,000. CPU seconds of
one thread, sizes in turn, the least of each (what other programs do only adds).

    python benchmarks/growth.py --rounds 2
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from costmodel.analytic.crossing import Timed, growth_exponent
from microbench.formats import NumberFormat
from microbench.workloads import correctness, low_rank_solve
from microbench.workloads.workload import FUSED, UNFUSED

if TYPE_CHECKING:
    import torch

FEATURES = 16
FACTOR, WHOLE, INDUCING = "Cholesky factor", "solve over all points", "solve over inducing points"
CASES = (
    (FACTOR, (4096, 8192, 16384), 3.0),
    (WHOLE, (2048, 4096, 8192), 3.0),
    (INDUCING, (2**19, 2**20, 2**21), 1.0),
)
"""Name, points and the exponent claimed. The last begins where 32 MiB of features leave a cache."""
MARGIN = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    print("| what | points: seconds | exponent | claimed | held |")
    print("| --- | --- | --: | --: | --- |")
    for name, sizes, claimed in CASES:
        calls = {n: _call(name, n) for n in sizes}
        times = {n: min(_timed(call) for _ in range(arguments.rounds)) for n, call in calls.items()}
        slope = growth_exponent([Timed(n, t, t, t) for n, t in times.items()])
        held = "yes" if abs(slope - claimed) <= MARGIN else "no"
        text = ", ".join(f"{n}: {time_s:.3g}" for n, time_s in times.items())
        print(f"| {name} | {text} | {slope:.2f} | {claimed} +- {MARGIN} | {held} |", flush=True)


def _call(name: str, n: int) -> Callable[[], Any]:
    import torch

    shape = {"n": n, "m": FEATURES}
    operands = correctness.operands(low_rank_solve.WORKLOAD, shape, NumberFormat.FP32, 0)
    if name != FACTOR:
        variant = low_rank_solve.WORKLOAD.variants[UNFUSED if name == WHOLE else FUSED]
        return lambda: variant(shape, operands)
    kernel = _kernel_matrix(operands[0])
    return lambda: torch.linalg.cholesky(kernel)


def _kernel_matrix(features: torch.Tensor) -> torch.Tensor:
    kernel = features @ features.t()
    kernel.diagonal().add_(1.0)
    return kernel


def _timed(call: Callable[[], Any]) -> float:
    start_s = time.thread_time()
    call()
    return time.thread_time() - start_s


if __name__ == "__main__":
    main()
