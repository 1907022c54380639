"""How fast the reader and the cost builder are on one core: MB/s and ops/s.

Usage: python benchmarks/bench_mlir_reader.py [FILE.mlir ...] [--ops 1170000]

Without files it repeats the body of examples/gpt2_small.stablehlo.mlir until there are as many ops
as asked for. Prints CPU seconds of reading and of building, and the peak of resident memory.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from pathlib import Path

from costmodel.graph.build import build
from costmodel.mlir.ir import Module
from costmodel.mlir.reader import read_file, read_text

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "gpt2_small.stablehlo.mlir"


def repeated(ops: int) -> str:
    """Write one module with the example's functions copied until it has about ``ops`` ops."""
    text = EXAMPLE.read_text()
    body = text[text.index("\n") + 1 : text.rindex("}")]
    each = sum(1 for line in body.splitlines() if " = " in line or "return" in line)
    copies = []
    for index in range(max(1, ops // each)):
        renamed = re.sub(r"@(\w+)", rf"@\1_{index}", body)
        copies.append(renamed.replace("func.func public", "func.func"))
    return "module @large {\n" + "".join(copies) + "}\n"


def measure(name: str, text: str | None) -> None:
    start = time.process_time()
    module: Module = read_file(name) if text is None else read_text(text, name)
    read_s = time.process_time() - start
    graph = build(module)
    build_s = time.process_time() - start - read_s
    ops, size_mb = sum(graph.ops.values()), module.size_bytes / 1e6
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{Path(name).name}: {size_mb:.1f} MB, {ops:,} ops, {len(graph.kernels):,} kernels; "
        f"read {read_s:.2f} s ({size_mb / read_s:.1f} MB/s), build {build_s:.2f} s; together "
        f"{size_mb / (read_s + build_s):.1f} MB/s, {ops / (read_s + build_s):,.0f} ops/s; "
        f"peak {peak_gb:.2f} GB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--ops", type=int, default=200_000)
    given = parser.parse_args()
    for name in given.files:
        measure(name, None)
    if not given.files:
        measure(f"gpt2 x {given.ops:,} ops", repeated(given.ops))


if __name__ == "__main__":
    main()
