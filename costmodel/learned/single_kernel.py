"""A whole network as machine code for one row, on one device or on several: LLVM IR.

For a row or eight, starting a library's products and NumPy's operations between them takes longer
than the arithmetic. Here ``ROWS`` rows go through a layer abreast, so that each weight is read once
for all of them, and a layer's weights lie in the order in which they are read (``packed``).
Measured by ``benchmarks/bench_predict_table.py``.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

from costmodel.learned.network_inputs import Floats

LANES = 8
ROWS = 6
"""As many relatives as stand for a device without a sibling."""
_VECTORS = {1: 8, ROWS: 2}
"""Vectors of a layer computed at once: eight sums or more under way hide an addition's latency."""
MULTIPLE = LANES * max(_VECTORS.values())
"""Widths of layers this code takes are multiples of so many numbers."""
_VECTOR = f"<{LANES} x float>"
_MADD, _LARGEST = f"@llvm.fmuladd.v{LANES}f32", f"@llvm.maxnum.v{LANES}f32"
_SUM = f"@llvm.vector.reduce.fadd.v{LANES}f32"


def evaluator(features: int, numbers: int, widths: Sequence[int], rows: int) -> Callable[..., None]:
    """Return ``ratios(weights, rows, sizes, bases, heads, out, groups)``.

    ``weights`` are the addresses of: columns (i32), centres, scales, lowest and highest of the
    numbers, then every layer ``packed``, each but the first with its bias behind it. ``sizes`` is
    what shapes add to the first layer, ``bases`` and ``heads`` hold a line a row; ``groups`` groups
    of ``rows`` rows (1 or ``ROWS``) are evaluated.
    """
    from microbench.kernels.cpu_jit import compile_ir

    compiled = compile_ir(_ir(features, numbers, widths, rows))
    pointer, integer = ctypes.c_void_p, ctypes.c_int64
    kind = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer, pointer, integer)
    ratios = kind(compiled.address)
    ratios.compiled = compiled  # type: ignore[attr-defined]
    return ratios


def packed(weights: Floats, rows: int) -> Floats:
    """Return a layer's weights, inputs by outputs, as so many rows at once read them."""
    block = LANES * _VECTORS[rows]
    return weights.reshape(len(weights), -1, block).transpose(1, 0, 2).copy()


def _ir(features: int, numbers: int, widths: Sequence[int], rows: int) -> str:
    most = max(numbers, *widths)
    inner = [numbers, *widths]
    layers = []
    for at, width in enumerate(widths):
        weights, before = 5 + 2 * at - (at > 0), f"%s{at % 2}"
        bias = f"ptr %bases, i64 {width}, ptr %sizes" if not at else f"ptr %b{at}, i64 0, ptr null"
        layers.append(_pointer(f"w{at}", weights) + (_pointer(f"b{at}", weights + 1) if at else ""))
        layers.append(
            f"  call void @dense(ptr {before}, i64 {inner[at]}, ptr %w{at}, {bias},"
            f" i1 {'false' if at else 'true'}, ptr %s{(at + 1) % 2}, i64 {width})\n"
        )
    last = widths[-1]
    scales = "".join(_pointer(name, at) for at, name in enumerate(_SCALES))
    return f"""
declare {_VECTOR} {_MADD}({_VECTOR}, {_VECTOR}, {_VECTOR})
declare {_VECTOR} {_LARGEST}({_VECTOR}, {_VECTOR})
declare float {_SUM}(float, {_VECTOR})
{_scale(features, numbers, rows)}
{_dense(rows)}
{_dot(last, rows)}
define void @kernel(ptr %weights, ptr %firstrows, ptr %sizes, ptr %firstbases, ptr %firstheads,
                    ptr %firstout, i64 %groups) {{
entry:
  %s0 = alloca float, i64 {most * rows}, align 64
  %s1 = alloca float, i64 {most * rows}, align 64
{scales}  br label %group
group:
  %g = phi i64 [ 0, %entry ], [ %gnext, %group ]
  %row = mul i64 %g, {rows}
{_line("rows", features)}{_line("bases", widths[0])}{_line("heads", last + 1)}{_line("out", 1)}
  call void @scale(ptr %rows, ptr %columns, ptr %centres, ptr %factors, ptr %lows, ptr %highs,
                   ptr %s0)
{"".join(layers)}  call void @dot(ptr %s{len(widths) % 2}, ptr %heads, ptr %out)
  %gnext = add i64 %g, 1
  %more = icmp slt i64 %gnext, %groups
  br i1 %more, label %group, label %exit
exit:
  ret void
}}
"""


_SCALES = ("columns", "centres", "factors", "lows", "highs")


def _pointer(name: str, at: int) -> str:
    return f"""  %p{name} = getelementptr ptr, ptr %weights, i64 {at}
  %{name} = load ptr, ptr %p{name}
"""


def _line(name: str, width: int) -> str:
    return f"""  %at{name} = mul i64 %row, {width}
  %{name} = getelementptr float, ptr %first{name}, i64 %at{name}
"""


def _scale(features: int, numbers: int, rows: int) -> str:
    """Return the step from features to a network's numbers; missing ones are 0."""
    each = "\n".join(
        f"""  %r{i} = getelementptr float, ptr %rows, i64 {i * features}
  %x{i} = getelementptr float, ptr %r{i}, i64 %column
  %v{i} = load float, ptr %x{i}
  %d{i} = fsub float %v{i}, %centre
  %m{i} = fmul float %d{i}, %factor
  %n{i} = fcmp uno float %m{i}, %m{i}
  %h{i} = select i1 %n{i}, float 0.0, float %m{i}
  %bl{i} = fcmp olt float %h{i}, %low
  %hl{i} = select i1 %bl{i}, float %low, float %h{i}
  %bh{i} = fcmp ogt float %hl{i}, %high
  %hh{i} = select i1 %bh{i}, float %high, float %hl{i}
  %o{i} = getelementptr float, ptr %out, i64 {i * numbers}
  %p{i} = getelementptr float, ptr %o{i}, i64 %k
  store float %hh{i}, ptr %p{i}"""
        for i in range(rows)
    )
    loads = "\n".join(
        f"""  %p{name} = getelementptr float, ptr %{name}s, i64 %k
  %{name} = load float, ptr %p{name}"""
        for name in ("centre", "factor", "low", "high")
    )
    return f"""
define internal void @scale(ptr %rows, ptr %columns, ptr %centres, ptr %factors, ptr %lows,
                            ptr %highs, ptr %out) {{
entry:
  br label %next
next:
  %k = phi i64 [ 0, %entry ], [ %knext, %next ]
  %pc = getelementptr i32, ptr %columns, i64 %k
  %c = load i32, ptr %pc
  %column = sext i32 %c to i64
{loads}
{each}
  %knext = add i64 %k, 1
  %more = icmp slt i64 %knext, {numbers}
  br i1 %more, label %next, label %exit
exit:
  ret void
}}
"""


def _dense(rows: int) -> str:
    """Return a layer: inputs times weights plus bias, or bias and sizes, cut off at zero."""
    vectors = _VECTORS[rows]
    block = LANES * vectors
    every = [(i, j) for i in range(rows) for j in range(vectors)]
    starts = "\n".join(
        f"""  %ar{i}x{j} = mul i64 %stride, {i}
  %aa{i}x{j} = add i64 %ar{i}x{j}, %c{j}
  %ap{i}x{j} = getelementptr float, ptr %bias, i64 %aa{i}x{j}
  %a{i}x{j} = load {_VECTOR}, ptr %ap{i}x{j}, align 4"""
        for i, j in every
    )
    sizes = "\n".join(
        f"""  %zp{j} = getelementptr float, ptr %sizes, i64 %c{j}
  %z{j} = load {_VECTOR}, ptr %zp{j}, align 4"""
        for j in range(vectors)
    )
    added = "\n".join(f"  %y{i}x{j} = fadd {_VECTOR} %a{i}x{j}, %z{j}" for i, j in every)
    begun = "\n".join(
        f"  %b{i}x{j} = phi {_VECTOR} [ %a{i}x{j}, %block ], [ %y{i}x{j}, %withsizes ]"
        for i, j in every
    )
    sums = "\n".join(
        f"  %s{i}x{j} = phi {_VECTOR} [ %b{i}x{j}, %start ], [ %t{i}x{j}, %step ]" for i, j in every
    )
    columns = "\n".join(f"  %c{j} = add i64 %column, {LANES * j}" for j in range(vectors))
    weights = "\n".join(
        f"""  %wi{j} = add i64 %w, {LANES * j}
  %wp{j} = getelementptr float, ptr %weights, i64 %wi{j}
  %w{j} = load {_VECTOR}, ptr %wp{j}, align 4"""
        for j in range(vectors)
    )
    values = "\n".join(
        f"""  %vr{i} = mul i64 %inner, {i}
  %vk{i} = add i64 %vr{i}, %k
  %vp{i} = getelementptr float, ptr %in, i64 %vk{i}
  %vs{i} = load float, ptr %vp{i}
  %vi{i} = insertelement {_VECTOR} poison, float %vs{i}, i32 0
  %v{i} = shufflevector {_VECTOR} %vi{i}, {_VECTOR} poison, <{LANES} x i32> zeroinitializer"""
        for i in range(rows)
    )
    steps = "\n".join(
        f"  %t{i}x{j} = call {_VECTOR} {_MADD}({_VECTOR} %v{i}, {_VECTOR} %w{j},"
        f" {_VECTOR} %s{i}x{j})"
        for i, j in every
    )
    ends = "\n".join(
        f"""  %m{i}x{j} = call {_VECTOR} {_LARGEST}({_VECTOR} %t{i}x{j}, {_VECTOR} zeroinitializer)
  %or{i}x{j} = mul i64 %width, {i}
  %oc{i}x{j} = add i64 %or{i}x{j}, %c{j}
  %op{i}x{j} = getelementptr float, ptr %out, i64 %oc{i}x{j}
  store {_VECTOR} %m{i}x{j}, ptr %op{i}x{j}, align 4"""
        for i, j in every
    )
    return f"""
define internal void @dense(ptr %in, i64 %inner, ptr %weights, ptr %bias, i64 %stride, ptr %sizes,
                            i1 %sized, ptr %out, i64 %width) {{
entry:
  br label %block
block:
  %column = phi i64 [ 0, %entry ], [ %cnext, %end ]
  %wstart = mul i64 %column, %inner
{columns}
{starts}
  br i1 %sized, label %withsizes, label %start
withsizes:
{sizes}
{added}
  br label %start
start:
{begun}
  br label %step
step:
  %k = phi i64 [ 0, %start ], [ %knext, %step ]
  %w = phi i64 [ %wstart, %start ], [ %wnext, %step ]
{sums}
{weights}
{values}
{steps}
  %knext = add i64 %k, 1
  %wnext = add i64 %w, {block}
  %more = icmp slt i64 %knext, %inner
  br i1 %more, label %step, label %end
end:
{ends}
  %cnext = add i64 %column, {block}
  %cmore = icmp slt i64 %cnext, %width
  br i1 %cmore, label %block, label %exit
exit:
  ret void
}}
"""


def _dot(width: int, rows: int) -> str:
    """Return the last layer: each row's product with weights of its own, and their bias."""
    each = "\n".join(
        f"""  %ip{i} = getelementptr float, ptr %in, i64 {i * width}
  %hp{i} = getelementptr float, ptr %heads, i64 {i * (width + 1)}
  %ik{i} = getelementptr float, ptr %ip{i}, i64 %k
  %hk{i} = getelementptr float, ptr %hp{i}, i64 %k
  %x{i} = load {_VECTOR}, ptr %ik{i}, align 4
  %y{i} = load {_VECTOR}, ptr %hk{i}, align 4
  %t{i} = call {_VECTOR} {_MADD}({_VECTOR} %x{i}, {_VECTOR} %y{i},
    {_VECTOR} %s{i})"""
        for i in range(rows)
    )
    sums = "\n".join(
        f"  %s{i} = phi {_VECTOR} [ zeroinitializer, %entry ], [ %t{i}, %next ]"
        for i in range(rows)
    )
    ends = "\n".join(
        f"""  %bp{i} = getelementptr float, ptr %heads, i64 {i * (width + 1) + width}
  %b{i} = load float, ptr %bp{i}
  %z{i} = call reassoc float {_SUM}(float %b{i}, {_VECTOR} %t{i})
  %op{i} = getelementptr float, ptr %out, i64 {i}
  store float %z{i}, ptr %op{i}"""
        for i in range(rows)
    )
    return f"""
define internal void @dot(ptr %in, ptr %heads, ptr %out) {{
entry:
  br label %next
next:
  %k = phi i64 [ 0, %entry ], [ %knext, %next ]
{sums}
{each}
  %knext = add i64 %k, {LANES}
  %more = icmp slt i64 %knext, {width}
  br i1 %more, label %next, label %exit
exit:
{ends}
  ret void
}}
"""
