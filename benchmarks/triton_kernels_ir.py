"""Triton kernels as ttir and ttgir text, and their ops as Triton's own parser counts them.

    python benchmarks/triton_kernels_ir.py FOLDER     write files triton.NAME.{ttir,ttgir}.mlir
    python benchmarks/triton_kernels_ir.py --count    count the ops of files named on standard input

Needs triton, no GPU: kernels are compiled for sm_80 and sm_90 as far as the file goes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import triton
import triton.language as tl
from triton._C.libtriton import ir
from triton.backends.compiler import GPUTarget
from triton.compiler import ASTSource


@triton.jit  # type: ignore[untyped-decorator]
def add(x, y, out, n, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]  # noqa: N803
    """Elementwise sum."""
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    held = at < n
    tl.store(out + at, tl.load(x + at, held) + tl.load(y + at, held), held)


@triton.jit  # type: ignore[untyped-decorator]
def softmax(x, y, out, n, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]  # noqa: N803
    """Softmax of one row a program, a bias added."""
    row = tl.program_id(0)
    at = tl.arange(0, BLOCK)
    held = at < n
    value = tl.load(x + row * n + at, held, other=-float("inf")) + tl.load(y + at, held, other=0.0)
    value = tl.exp(value - tl.max(value, 0))
    tl.store(out + row * n + at, value / tl.sum(value, 0), held)


@triton.jit  # type: ignore[untyped-decorator]
def matmul(x, y, out, n, BLOCK: tl.constexpr):  # type: ignore[no-untyped-def]  # noqa: N803
    """Square product, one tile a program."""
    rows = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    cols = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    total = tl.zeros((BLOCK, BLOCK), tl.float32)
    for start in range(0, n, BLOCK):
        inner = start + tl.arange(0, BLOCK)
        left = tl.load(x + rows[:, None] * n + inner[None, :])
        right = tl.load(y + inner[:, None] * n + cols[None, :])
        total = tl.dot(left, right, total)
    if n > 0:
        tl.store(out + rows[:, None] * n + cols[None, :], total)


def main() -> None:
    if sys.argv[1] == "--count":
        count()
        return
    for kernel in (add, softmax, matmul):
        for block in (32, 64) if kernel is matmul else (64, 256, 1024):
            for pointer in ("*fp32", "*fp16"):
                for capability in (80, 90):
                    write(kernel, block, pointer, capability)


def write(kernel: Any, block: int, pointer: str, capability: int) -> None:
    """Compile one kernel and write what it was on the way."""
    types = {"x": pointer, "y": pointer, "out": "*fp32", "n": "i32", "BLOCK": "constexpr"}
    source = ASTSource(kernel, types, {"BLOCK": block})
    done = triton.compile(source, target=GPUTarget("cuda", capability, 32))
    name = f"{kernel.fn.__name__}_{block}_{pointer[1:]}_{capability}"
    for form in ("ttir", "ttgir"):
        Path(sys.argv[1], f"triton.{name}.{form}.mlir").write_text(done.asm[form])


def count() -> None:
    """Parse every file and print its path and the number of ops by name."""
    for line in sys.stdin:
        context = ir.context()
        ir.load_dialects(context)
        from triton._C.libtriton import nvidia

        nvidia.load_dialects(context)
        try:
            module = ir.parse_mlir_module(line.strip(), context)
        except RuntimeError as error:
            print(json.dumps([line.strip(), None, str(error)[:200]]))
            continue
        counts: Counter[str] = Counter()
        module.walk(lambda op, counts=counts: counts.update([op.get_name()]))
        print(json.dumps([line.strip(), counts, ""]), flush=True)


if __name__ == "__main__":
    main()
