"""Native step of a network: add rows of tables to each row of a layer, then cut it off at zero.

``out[r] = max(0, out[r] + sum of weights[r, e] * table[entries[r, e]])``. The first layer adds what
its shapes and codes say; a later one its bias. NumPy needs three passes over the layer and a copy
of it for each of eight table rows; here the layer is read and written once. LLVM IR as in
``tree_kernel``; measured by ``benchmarks/bench_predict_table.py``.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable

LANES = 8
_GROUP = 4
"""Vectors held in registers while a row's entries are added: 4 hide the latency of an addition."""
MULTIPLE = LANES * _GROUP
"""Widths of layers this code takes are multiples of so many numbers."""


@functools.cache
def adder() -> Callable[..., None]:
    """Return ``add(out, table, entries, weights, rows, entries a row, width)``."""
    from microbench.kernels.cpu_jit import compile_ir

    compiled = compile_ir(_ir())
    pointer, integer = ctypes.c_void_p, ctypes.c_int64
    kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, integer, integer, integer)
    add = kind(compiled.address)
    add.compiled = compiled  # type: ignore[attr-defined]
    return add


def _ir() -> str:
    lanes = range(_GROUP)

    def each(text: str) -> str:
        return "\n".join(text.replace("#", str(i)) for i in lanes)

    vector = f"<{LANES} x float>"
    columns = "\n".join(f"  %c{i} = add i64 %column, {LANES * i}" for i in lanes)
    madd, largest = f"@llvm.fmuladd.v{LANES}f32", f"@llvm.maxnum.v{LANES}f32"
    return f"""
declare {vector} {madd}({vector}, {vector}, {vector})
declare {vector} {largest}({vector}, {vector})
define void @kernel(ptr %out, ptr %table, ptr %entries, ptr %weights,
                    i64 %rows, i64 %count, i64 %width) {{
entry:
  br label %row
row:
  %r = phi i64 [ 0, %entry ], [ %rnext, %rowend ]
  %base = mul i64 %r, %width
  %outrow = getelementptr float, ptr %out, i64 %base
  %first = mul i64 %r, %count
  %erow = getelementptr i32, ptr %entries, i64 %first
  %wrow = getelementptr float, ptr %weights, i64 %first
  br label %group
group:
  %column = phi i64 [ 0, %row ], [ %cnext, %groupend ]
{columns}
{each("  %op# = getelementptr float, ptr %outrow, i64 %c#")}
{each(f"  %o# = load {vector}, ptr %op#, align 4")}
  br label %check
check:
  %e = phi i64 [ 0, %group ], [ %enext, %add ]
{each(f"  %sum# = phi {vector} [ %o#, %group ], [ %new#, %add ]")}
  %more = icmp slt i64 %e, %count
  br i1 %more, label %add, label %groupend
add:
  %ep = getelementptr i32, ptr %erow, i64 %e
  %at = load i32, ptr %ep
  %at64 = sext i32 %at to i64
  %start = mul i64 %at64, %width
  %trow = getelementptr float, ptr %table, i64 %start
  %wp = getelementptr float, ptr %wrow, i64 %e
  %w = load float, ptr %wp
  %wi = insertelement {vector} poison, float %w, i32 0
  %wv = shufflevector {vector} %wi, {vector} poison, <{LANES} x i32> zeroinitializer
{each("  %tp# = getelementptr float, ptr %trow, i64 %c#")}
{each(f"  %t# = load {vector}, ptr %tp#, align 4")}
{each(f"  %new# = call {vector} {madd}({vector} %t#, {vector} %wv, {vector} %sum#)")}
  %enext = add i64 %e, 1
  br label %check
groupend:
{each(f"  %cut# = call {vector} {largest}({vector} %sum#, {vector} zeroinitializer)")}
{each(f"  store {vector} %cut#, ptr %op#, align 4")}
  %cnext = add i64 %column, {MULTIPLE}
  %cmore = icmp slt i64 %cnext, %width
  br i1 %cmore, label %group, label %rowend
rowend:
  %rnext = add i64 %r, 1
  %rmore = icmp slt i64 %rnext, %rows
  br i1 %rmore, label %row, label %exit
exit:
  ret void
}}
"""
