"""Make the table of resource labels: real kernels, compiled without a GPU, read from their cubins.

    python benchmarks/resource_labels.py make rows.jsonl             # CUDA templates, resumable
    python benchmarks/resource_labels.py make rows.jsonl --triton    # Triton kernels
    python benchmarks/resource_labels.py pack rows.jsonl costmodel/resources/labels.parquet

The list of kernels is fixed; ``make`` goes on where it stopped. About 25 core-minutes for CUDA.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from pathlib import Path

from costmodel.resources.compile import Label, labels
from costmodel.resources.plan import Sample, samples

BATCH = 8
"""Kernels of one program: a front-end start costs as much as a small kernel."""


def row(label: Label, compiler: str) -> dict[str, object]:
    return {
        "family": label.sample.family.value,
        "arch": label.sample.arch,
        "settings": dict(label.sample.settings),
        "registers": label.registers,
        "stack_bytes": label.stack_bytes,
        "spill_bytes": label.spill_bytes,
        "shared_bytes": label.shared_bytes,
        "instructions": label.instructions,
        "compiler": compiler,
    }


def key(found: dict[str, object]) -> str:
    told = " ".join(f"{k}={v}" for k, v in sorted(found["settings"].items()))  # type: ignore[attr-defined]
    return f"{found['family']} {found['arch']} {told}"


def done(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {key(json.loads(line)) for line in path.read_text().splitlines() if line.endswith("}")}


def batches(missing: list[Sample]) -> list[list[Sample]]:
    """Programs of one family and architecture, families in turn: half a run is a fair sample."""
    turns: list[tuple[int, list[Sample]]] = []
    for _, group in itertools.groupby(missing, key=lambda s: (s.family, s.arch)):
        found = list(group)
        turns += [(at, found[at : at + BATCH]) for at in range(0, len(found), BATCH)]
    return [batch for _, batch in sorted(turns, key=lambda turn: turn[0])]


def make(path: Path) -> None:
    from microbench.kernels.cuda_compile import compiler_name

    known = done(path)
    missing = [s for s in samples() if s.key not in known]
    started, made = time.process_time(), 0
    with path.open("a") as file:
        for batch in batches(missing):
            for label in labels(batch):
                file.write(json.dumps(row(label, compiler_name())) + "\n")
                made += 1
            file.flush()
            print(f"{made} of {len(missing)}, {time.process_time() - started:.0f} s", end="\r")
    print(f"{made} kernels made, {len(missing) - made} refused")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("make", "pack"))
    parser.add_argument("rows", type=Path)
    options = parser.parse_args()
    make(options.rows)


if __name__ == "__main__":
    main()
