"""Make the table of resource labels: real kernels, compiled without a GPU, read from their cubins.

    python benchmarks/resource_labels.py make cuda.jsonl              # CUDA templates
    python benchmarks/resource_labels.py make triton.jsonl --triton   # where Triton is installed
    python benchmarks/resource_labels.py make one.jsonl two.jsonl --part 1/2   # half of them
    python benchmarks/resource_labels.py pack cuda.jsonl triton.jsonl --out labels.parquet

The list of kernels is fixed; ``make`` writes the first file, goes on where it stopped, and leaves
out what the other files hold.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from pathlib import Path

from costmodel.resources.compile import Label, labels
from costmodel.resources.plan import TRITON, Sample, samples
from microbench.kernels.cuda_compile import compiler_name as nvrtc_name
from microbench.workloads.triton_compile import compiler_name as triton_name

BATCH = 24
"""Kernels of one program: a front-end start costs as much as a small kernel."""
TRITON_BATCH = 4
"""Triton compiles one by one; a batch is what a kill may cost."""


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
    return {key(found) for found in read(path)}


def read(path: Path) -> list[dict[str, object]]:
    """Return whole rows; a run that was killed may have left half of one at the end."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]


def batches(missing: list[Sample], size: int) -> list[list[Sample]]:
    """Programs of one family and architecture, families in turn: half a run is a fair sample."""
    turns: list[tuple[float, list[Sample]]] = []
    for _, group in itertools.groupby(missing, key=lambda s: (s.family, s.arch)):
        found = list(group)
        starts = range(0, len(found), size)
        turns += [(at / len(found), found[at : at + size]) for at in starts]
    return [batch for _, batch in sorted(turns, key=lambda turn: turn[0])]


def make(path: Path, others: list[Path], triton: bool, part: str, only: list[str]) -> None:
    known = set().union(*(done(file) for file in (path, *others)))
    first, parts = (int(number) for number in part.split("/"))
    listed = [s for s in samples() if (s.family in TRITON) is triton][first % parts :: parts]
    listed = [s for s in listed if not only or s.family.value in only]
    missing = [s for s in listed if s.key not in known]
    compiler = triton_name() if triton else nvrtc_name()
    started, made = time.process_time(), 0
    with path.open("a") as file:
        for batch in batches(missing, TRITON_BATCH if triton else BATCH):
            for label in labels(batch):
                file.write(json.dumps(row(label, compiler)) + "\n")
                made += 1
            file.flush()
            print(f"{made} of {len(missing)}, {time.process_time() - started:.0f} s", flush=True)
    print(f"{made} kernels made, {len(missing) - made} refused")


def pack(paths: list[Path], out: Path) -> None:
    """Write the table: settings as text, one row a kernel, in the order of the list."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = {key(found): found for path in paths for found in read(path)}
    kept = [rows[sample.key] for sample in samples() if sample.key in rows]
    for found in kept:
        found["settings"] = " ".join(f"{k}={v}" for k, v in found["settings"].items())  # type: ignore[attr-defined]
    table = pa.Table.from_pylist(kept)
    told = {"schema": "hwprof.resource-labels/1", "made_by": "benchmarks/resource_labels.py"}
    table = table.replace_schema_metadata(told)
    pq.write_table(table, out, compression="zstd", compression_level=19)
    print(f"{out}: {table.num_rows} kernels, {out.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("make", "pack"))
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--triton", action="store_true")
    parser.add_argument("--part", default="1/1", metavar="I/N", help="every Nth kernel")
    parser.add_argument("--only", action="append", default=[], help="a family; may be repeated")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.what == "make":
        make(options.rows[0], options.rows[1:], options.triton, options.part, options.only)
    else:
        pack(options.rows, options.out)


if __name__ == "__main__":
    main()
