"""Brute-force the Triton GEMM and attention spaces on a GPU: every tile, ten shapes each, bf16.

    python benchmarks/tuning_sweep.py data/h200/tuning --dry-run        # what would run, how long
    python benchmarks/tuning_sweep.py data/h200/tuning                  # run; the same line resumes
    python benchmarks/tuning_sweep.py data/h200/tuning --minutes 25     # stop in time, resume later

Each configuration is checked against double precision and timed in a child process; a tile that
does not compile, launch or finish is a record with its reason. One folder a shape: ``space.json``,
``DEVICE.jsonl`` with all samples, ``DEVICE.json`` (T4) for ``hwprof tune --history``. A dry run
needs no GPU: ``--device`` may then be a catalogue name.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from costmodel.blocks.problems import parse_kernel
from hwprof.tuning_measure import Task, sweep_task
from hwprof.tuning_sweep import SECONDS_EACH, Sweep, run, sweep_of
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.errors import HwprofError
from microbench.runner.target import targets

GEMM = (
    (4096, 4096, 4096),
    (8192, 8192, 8192),
    (2048, 4096, 11008),
    (4096, 14336, 4096),
    (4096, 1024, 8192),
    (512, 4096, 4096),
    (64, 4096, 14336),
    (16, 6144, 4096),
    (128, 128256, 4096),
    (1024, 1024, 1024),
)
"""m, n, k: squares, projections of 7 to 8 billion parameter decoders at prefill, small batches
(decode), a vocabulary, a product too small for the GPU."""
ATTENTION = (
    (1, 32, 8, 1024, 128),
    (1, 32, 8, 4096, 128),
    (1, 32, 8, 16384, 128),
    (8, 32, 8, 2048, 128),
    (32, 32, 32, 512, 128),
    (1, 16, 16, 4096, 64),
    (8, 16, 16, 1024, 64),
    (64, 12, 12, 512, 64),
    (4, 64, 8, 4096, 128),
    (2, 8, 8, 8192, 64),
)
"""batch, heads, kv_heads, seq, head_dim; causal."""
FORMAT = "bf16"
SLICE = 100
"""Configurations between two looks at the clock."""


def kernels(only: str) -> list[str]:
    """Return the kernels to sweep, by their names for ``hwprof tune``."""
    named = [("gemm", sizes) for sizes in GEMM] + [("attention", sizes) for sizes in ATTENTION]
    texts = [f"{name}:{','.join(map(str, sizes))},{FORMAT}" for name, sizes in named]
    return [text for text in texts if text.startswith(only)]


def planned(what: str, spec: DeviceSpec, folder: Path) -> tuple[Sweep, Task]:
    """Return one kernel's sweep and what it measures."""
    task = sweep_task(what, parse_kernel(what), spec)
    return sweep_of(what, task.space, spec.name, folder), task


def main() -> int:
    """Run or print the plan; 0 when nothing is left, 1 when something is, 3 without a device."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default="0")
    parser.add_argument("--only", default="", help="beginning of a kernel: attention, gemm:4096")
    parser.add_argument("--minutes", type=float, default=None)
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_args()
    try:
        return _dry(given) if given.dry_run else _swept(given)
    except HwprofError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code


def _dry(given: argparse.Namespace) -> int:
    local = given.device.isdigit()
    spec = targets(given.device)[0].spec if local else catalogue.find(given.device)
    total = 0
    for what in kernels(given.only):
        sweep, _ = planned(what, spec, given.folder)
        left = len(sweep.missing())
        total += left
        print(f"{what:36} {len(sweep.rows()):6,} configurations, {left:6,} to measure")
    hours = total * SECONDS_EACH["gpu"] / 3600
    print(f"{spec.name}: {total:,} to measure, about {hours:.1f} h")
    return 0


def _swept(given: argparse.Namespace) -> int:
    """Shapes take turns, a slice each, so that a run cut short has something of every shape."""
    target = targets(given.device)[0]
    ends = time.monotonic() + given.minutes * 60 if given.minutes else float("inf")
    open_ones = [planned(what, target.spec, given.folder) for what in kernels(given.only)]
    while open_ones and time.monotonic() < ends:
        sweep, task = open_ones.pop(0)
        left = run(sweep, task, target, SLICE, lambda text: print(text, flush=True))
        if left:
            open_ones.append((sweep, task))
    print(f"{len(open_ones)} kernels unfinished" if open_ones else "all measured")
    return 1 if open_ones else 0


if __name__ == "__main__":
    raise SystemExit(main())
