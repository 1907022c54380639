"""Native evaluation of flattened trees: LLVM IR, compiled once, bit for bit the NumPy answer.

A block of rows goes through one tree after the other, features side by side, so that both stay in
cache; ``LANES`` rows walk a tree abreast, so that a step waits for one load and not for eight. A
row alone walks ``LANES`` trees abreast. A node holds its left child, the right one follows it, and
no value is missing any more: there are two copies of every feature, one with missing values below
everything and one above. Measured by ``benchmarks/bench_predict_table.py``.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable

LANES = 8
BLOCK = 256
"""Rows at once: 256 rows of twice 60 features take 120 KiB, a tree of 127 leaves 3 KiB."""

NODE = 12
"""Bytes of a node: threshold f32, left i32, feature i32."""
_LARGEST = "0x47EFFFFFE0000000"
"""The largest single-precision number, as LLVM writes it: above it stand missing values."""


@functools.cache
def evaluator() -> Callable[..., None]:
    """Return ``walk(nodes, values, roots, depths, trees, features, out, groups)``.

    ``features`` holds ``BLOCK`` numbers a feature, ``out`` a number a row that leaves are added to.
    """
    from microbench.kernels.cpu_jit import compile_ir

    compiled = compile_ir(_ir())
    pointer, integer = ctypes.c_void_p, ctypes.c_int64
    kind = ctypes.CFUNCTYPE(
        None, pointer, pointer, pointer, pointer, integer, pointer, pointer, integer
    )
    walk = kind(compiled.address)
    walk.compiled = compiled  # type: ignore[attr-defined]
    return walk


@functools.cache
def one_row_evaluator() -> Callable[..., float]:
    """Return ``walk(nodes, values, roots, depths, groups, row, count)``: a row's sum of leaves.

    ``roots`` and ``depths`` hold ``LANES`` trees a group, ``row`` ``count`` features, NaN where
    one is missing.
    """
    from microbench.kernels.cpu_jit import compile_ir

    compiled = compile_ir(_one_row_ir())
    pointer, integer = ctypes.c_void_p, ctypes.c_int64
    arguments = (pointer, pointer, pointer, pointer, integer, pointer, integer)
    kind = ctypes.CFUNCTYPE(ctypes.c_double, *arguments)
    walk = kind(compiled.address)
    walk.compiled = compiled  # type: ignore[attr-defined]
    return walk


def _one_row_ir() -> str:
    lanes = range(LANES)
    roots = "\n".join(
        f"""  %rp{i} = getelementptr i32, ptr %grouproots, i64 {i}
  %rs{i} = load i32, ptr %rp{i}
  %root{i} = sext i32 %rs{i} to i64
  %dp{i} = getelementptr i32, ptr %groupdepths, i64 {i}
  %dl{i} = load i32, ptr %dp{i}
  %deep{i + 1} = call i32 @llvm.smax.i32(i32 %deep{i}, i32 %dl{i})"""
        for i in lanes
    )
    first = "\n".join(f"  %at{i} = phi i64 [ %root{i}, %group ], [ %to{i}, %step ]" for i in lanes)
    sums = "\n".join(
        f"""  %vp{i} = getelementptr float, ptr %values, i64 %at{i}
  %v{i} = load float, ptr %vp{i}
  %w{i} = fpext float %v{i} to double
  %sum{i + 1} = fadd double %sum{i}, %w{i}"""
        for i in lanes
    )
    return f"""
declare i32 @llvm.smax.i32(i32, i32)
declare float @llvm.minnum.f32(float, float)
define double @kernel(ptr %nodes, ptr %values, ptr %roots, ptr %depths, i64 %groups, ptr %row,
                      i64 %count) {{
entry:
  %both = mul i64 %count, 2
  %rows = alloca float, i64 %both
  %lows = getelementptr float, ptr %rows, i64 %count
  br label %fill
fill:
  %f = phi i64 [ 0, %entry ], [ %fnext, %fill ]
  %fp = getelementptr float, ptr %row, i64 %f
  %fv = load float, ptr %fp
  %known = call float @llvm.minnum.f32(float %fv, float {_LARGEST})
  %missing = fcmp uno float %fv, %fv
  %high = select i1 %missing, float 0x7FF0000000000000, float %known
  %low = select i1 %missing, float 0xFFF0000000000000, float %known
  %hp = getelementptr float, ptr %rows, i64 %f
  store float %high, ptr %hp
  %lp = getelementptr float, ptr %lows, i64 %f
  store float %low, ptr %lp
  %fnext = add i64 %f, 1
  %fmore = icmp slt i64 %fnext, %count
  br i1 %fmore, label %fill, label %group
group:
  %g = phi i64 [ 0, %fill ], [ %gnext, %groupend ]
  %sum0 = phi double [ 0.0, %fill ], [ %sum{LANES}, %groupend ]
  %start = mul i64 %g, {LANES}
  %grouproots = getelementptr i32, ptr %roots, i64 %start
  %groupdepths = getelementptr i32, ptr %depths, i64 %start
  %deep0 = add i32 0, 0
{roots}
  br label %check
check:
  %d = phi i32 [ 0, %group ], [ %dnext, %step ]
{first}
  %done = icmp sge i32 %d, %deep{LANES}
  br i1 %done, label %groupend, label %step
step:
{chr(10).join(_lane(i, alone=True) for i in lanes)}
  %dnext = add i32 %d, 1
  br label %check
groupend:
{sums}
  %gnext = add i64 %g, 1
  %gmore = icmp slt i64 %gnext, %groups
  br i1 %gmore, label %group, label %exit
exit:
  ret double %sum{LANES}
}}
"""


def _ir() -> str:
    lanes = range(LANES)
    step = "\n".join(_lane(lane) for lane in lanes)
    first = "\n".join(f"  %at{i} = phi i64 [ %root, %group ], [ %to{i}, %step ]" for i in lanes)
    sums = "\n".join(
        f"""  %vp{i} = getelementptr float, ptr %values, i64 %at{i}
  %v{i} = load float, ptr %vp{i}
  %w{i} = fpext float %v{i} to double
  %sp{i} = getelementptr double, ptr %outs, i64 {i}
  %so{i} = load double, ptr %sp{i}
  %sn{i} = fadd double %so{i}, %w{i}
  store double %sn{i}, ptr %sp{i}"""
        for i in lanes
    )
    return f"""
define void @kernel(ptr %nodes, ptr %values, ptr %roots, ptr %depths, i64 %trees,
                    ptr %features, ptr %out, i64 %groups) {{
entry:
  br label %tree
tree:
  %t = phi i64 [ 0, %entry ], [ %tnext, %treeend ]
  %rootp = getelementptr i32, ptr %roots, i64 %t
  %root32 = load i32, ptr %rootp
  %root = sext i32 %root32 to i64
  %depthp = getelementptr i32, ptr %depths, i64 %t
  %depth = load i32, ptr %depthp
  br label %group
group:
  %g = phi i64 [ 0, %tree ], [ %gnext, %groupend ]
  %first = mul i64 %g, {LANES}
  %outs = getelementptr double, ptr %out, i64 %first
  %rows = getelementptr float, ptr %features, i64 %first
  br label %check
check:
  %d = phi i32 [ 0, %group ], [ %dnext, %step ]
{first}
  %done = icmp sge i32 %d, %depth
  br i1 %done, label %groupend, label %step
step:
{step}
  %dnext = add i32 %d, 1
  br label %check
groupend:
{sums}
  %gnext = add i64 %g, 1
  %gmore = icmp slt i64 %gnext, %groups
  br i1 %gmore, label %group, label %treeend
treeend:
  %tnext = add i64 %t, 1
  %tmore = icmp slt i64 %tnext, %trees
  br i1 %tmore, label %tree, label %exit
exit:
  ret void
}}
"""


def _lane(i: int, alone: bool = False) -> str:
    """Return one step of a walk; a node's feature stands for that of ``BLOCK`` rows."""
    place = f"udiv i64 %fw{i}, {BLOCK}" if alone else f"add i64 %fw{i}, {i}"
    return f"""  %o{i} = mul i64 %at{i}, {NODE}
  %p{i} = getelementptr i8, ptr %nodes, i64 %o{i}
  %th{i} = load float, ptr %p{i}
  %lp{i} = getelementptr i8, ptr %p{i}, i64 4
  %l{i} = load i32, ptr %lp{i}
  %fp{i} = getelementptr i8, ptr %p{i}, i64 8
  %f{i} = load i32, ptr %fp{i}
  %fw{i} = zext i32 %f{i} to i64
  %xo{i} = {place}
  %xp{i} = getelementptr float, ptr %rows, i64 %xo{i}
  %x{i} = load float, ptr %xp{i}
  %gt{i} = fcmp ogt float %x{i}, %th{i}
  %go{i} = zext i1 %gt{i} to i64
  %lw{i} = zext i32 %l{i} to i64
  %to{i} = add i64 %lw{i}, %go{i}"""
