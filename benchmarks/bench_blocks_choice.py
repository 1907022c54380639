"""Time to choose in a space of about a million feasible configurations: cold and warm.

*Cold* is ``hwprof tune SPACE.json`` as a process of its own, start of Python included; *warm* is a
second choice in one process on another device, whose feasible set is known from the first. Both
without history and with that of three devices that each have every configuration (warm only:
reading a million results is their reader's time). The median of ``--repeats`` is shown with the
least, and the processor time of the warm choice beside it, for busy machines.

    python benchmarks/bench_blocks_choice.py [--repeats 9]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from costmodel.blocks.enumerate import feasible
from costmodel.blocks.results import Recording
from costmodel.blocks.space import build
from costmodel.blocks.tuning import tune
from microbench.devices import catalogue

PARAMETERS = {
    "BLOCK_M": [16, 32, 64, 96, 128, 192, 256],
    "BLOCK_N": [16, 32, 64, 96, 128, 192, 256],
    "BLOCK_K": [16, 32, 64, 128],
    "WARP_M": [16, 32, 64, 128],
    "WARP_N": [16, 32, 64, 128],
    "num_warps": [1, 2, 4, 8, 16],
    "num_stages": [1, 2, 3, 4, 5, 6],
    "SPLIT_K": [1, 2, 4],
    "GROUP_M": [1, 4, 8],
    "VECTOR": [1, 2, 4, 8],
    "UNROLL": [1, 2, 4, 8],
    "SWIZZLE": [0, 1],
}
CONSTRAINTS = (
    "num_stages * (BLOCK_M + BLOCK_N) * BLOCK_K * 2 <= 166912",
    "BLOCK_M % WARP_M == 0",
    "BLOCK_N % WARP_N == 0",
    "BLOCK_M // WARP_M * (BLOCK_N // WARP_N) == num_warps",
    "BLOCK_K % (VECTOR * UNROLL) == 0",
)
DEVICES = ("a100", "h100-sxm", "l4", "l40s")


def cold_s() -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "space.json"
        path.write_text(json.dumps({"parameters": PARAMETERS, "constraints": CONSTRAINTS}))
        began = time.perf_counter()
        command = [sys.executable, "-m", "hwprof", "tune", str(path), "--device", "a100"]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - began


def warm_s(repeats: int, with_history: bool) -> tuple[list[float], list[float]]:
    space = build("choice", PARAMETERS, CONSTRAINTS)
    columns = feasible(space)
    names, random = list(columns), np.random.default_rng(0)
    rows = tuple(
        dict(zip(names, row, strict=True))
        for row in zip(*(c.tolist() for c in columns.values()), strict=True)
        if with_history
    )
    history = [
        Recording(name, rows, random.lognormal(-7, 0.5, len(rows)))
        for name in ("H100-PCIe-80GB", "A40", "V100-SXM2-16GB")
        if with_history
    ]
    specs = [catalogue.find(name) for name in DEVICES]
    tune(space, DEVICES[0], specs[0], history)
    walls, cpus = [], []
    for number in range(1, repeats + 1):
        spec = specs[number % len(specs)]
        wall, cpu = time.perf_counter(), time.process_time()
        tune(space, spec.name, spec, history)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return walls, cpus


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    count = len(next(iter(feasible(build("choice", PARAMETERS, CONSTRAINTS)).values())))
    print(f"{count:,} feasible configurations")
    told("cold, whole process", [cold_s() for _ in range(repeats)])
    for with_history in (False, True):
        walls, cpus = warm_s(repeats, with_history)
        what = "warm, history of three" if with_history else "warm, no history"
        told(what, walls)
        told(f"{what}: processor time", cpus)


def told(what: str, times_s: list[float]) -> None:
    print(f"{what:40} median {np.median(times_s):.3f} s, least {min(times_s):.3f} s", flush=True)


if __name__ == "__main__":
    main()
