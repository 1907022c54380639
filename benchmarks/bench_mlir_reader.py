"""How fast the reader and the cost builder are on one core: MB/s and ops/s.

Usage: python benchmarks/bench_mlir_reader.py [FILE.mlir ...] [--ops 1170000] [--one-function]

Without files it repeats examples/gpt2_small.stablehlo.mlir until there are as many ops as asked
for: its functions copied or, with --one-function, model after model in one body, numbered on, each
with weights of its own. Prints CPU seconds of reading, of building and of both with freeing the ops
(as `hwprof inspect` does them), and the peak of resident memory.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from pathlib import Path

from costmodel.graph.build import build
from costmodel.mlir.collector import without_collecting
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


def in_one_function(ops: int) -> str:
    """Write one function of about ``ops`` ops: the example's layers again and again."""
    lines = EXAMPLE.read_text().split("\n")
    end = next(at for at, line in enumerate(lines) if line.lstrip().startswith("return"))
    body = lines[2 : end - 1]  # all but the last product, whose result no layer takes
    arguments = re.findall(r"%arg(\d+): (tensor<[^>]*>)", lines[1])
    hidden = arguments[0][1]
    apart = 1 + max(int(number) for number in re.findall(r"%(\d+)", "\n".join(body)))
    entering, given, written = "%arg0", [f"%arg0: {hidden}"], []
    for copy in range(max(1, ops // len(body))):

        def renamed(name: re.Match[str], copy: int = copy, entering: str = entering) -> str:
            word = name.group(1)
            if word == "arg0":
                return entering
            if word.startswith("arg"):
                return f"%arg{int(word[3:]) + copy * len(arguments)}"
            return f"%{int(word) + copy * apart}" if word.isdigit() else f"%{word}_c{copy}"

        written += [re.sub(r"%(\w+)", renamed, line) for line in body]
        given += [f"%arg{int(n) + copy * len(arguments)}: {kind}" for n, kind in arguments[1:]]
        entering = written[-1].split()[0]
    head = f"  func.func public @main({', '.join(given)}) -> {hidden} {{"
    last = f"    return {entering} : {hidden}"
    return "\n".join([lines[0], head, *written, last, *lines[end + 1 :]])


def measure(name: str, text: str | None) -> None:
    start = time.process_time()
    with without_collecting():
        module: Module = read_file(name) if text is None else read_text(text, name)
        read_s = time.process_time() - start
        graph = build(module)
        build_s = time.process_time() - start - read_s
        size_mb = module.size_bytes / 1e6
        del module
    all_s = time.process_time() - start
    ops = sum(graph.ops.values())
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{Path(name).name}: {size_mb:.1f} MB, {ops:,} ops, {len(graph.kernels):,} kernels; "
        f"read {read_s:.2f} s ({size_mb / read_s:.1f} MB/s), build {build_s:.2f} s; together "
        f"{all_s:.2f} s, {size_mb / all_s:.1f} MB/s, {ops / all_s:,.0f} ops/s; "
        f"peak {peak_gb:.2f} GB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--ops", type=int, default=200_000)
    parser.add_argument("--one-function", action="store_true")
    given = parser.parse_args()
    for name in given.files:
        measure(name, None)
    if not given.files:
        text = (in_one_function if given.one_function else repeated)(given.ops)
        measure(f"gpt2 x {given.ops:,} ops", text)


if __name__ == "__main__":
    main()
