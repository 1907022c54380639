"""A traced formula as machine code: LLVM IR of the lines that ``straight`` writes as Python.

No operation is moved or merged and logarithms are the C library's, as Python's are, so the answers
are Python's to the last bit; a division by zero is infinity or NaN, as in arrays. Measured by
``benchmarks/bench_predict_table.py``.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence

from costmodel.learned.straight import Step, Traced

_LIBRARY = ("log", "log2", "expm1", "log1p")
_CALLED = (*_LIBRARY, "fmod", "ceil")
_PLAIN = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv", "%": "frem"}
_COMPARED = {"==": "oeq", ">": "ogt"}


def compiled(traced: Traced, places: Sequence[int], width: int) -> Callable[..., None] | None:
    """Return ``rows(inputs, several, out, count)``; ``None`` where it cannot be had here.

    ``inputs`` are doubles, ``several`` doubles for each of ``count`` tuples one after the other,
    ``out`` floats, ``width`` a tuple: answer ``i`` goes to place ``places[i]`` among them.
    """
    from microbench.kernels.cpu_jit import compile_ir, problem

    if problem():
        return None
    import llvmlite.binding as llvm

    try:
        process = ctypes.CDLL(None)
        found = {name: ctypes.cast(process[name], ctypes.c_void_p).value for name in _CALLED}
    except (AttributeError, OSError, TypeError):
        return None
    for name, address in found.items():  # one LLVM does not find itself would end the process
        llvm.add_symbol(name, address)
    made = compile_ir(_ir(traced, places, width))
    pointer, integer = ctypes.c_void_p, ctypes.c_int64
    rows = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, integer)(made.address)
    rows.compiled = made  # type: ignore[attr-defined]
    return rows


def _ir(traced: Traced, places: Sequence[int], width: int) -> str:
    calls = "\n".join(f"declare double @{name}(double)" for name in _LIBRARY)
    inputs = "\n".join(_load(name, "inputs", at) for at, name in enumerate(traced.inputs))
    several = "\n".join(_load(name, "own", at) for at, name in enumerate(traced.several))
    out = "\n".join(
        f"""  %f{at} = fptrunc double %{name} to float
  %o{at} = getelementptr float, ptr %row, i64 {place}
  store float %f{at}, ptr %o{at}"""
        for at, (name, place) in enumerate(zip(traced.found, places, strict=True))
    )
    once, each = ("\n".join(map(_line, steps)) for steps in (traced.once, traced.each))
    return f"""
{calls}
declare double @llvm.ceil.f64(double)
define void @kernel(ptr %inputs, ptr %several, ptr %out, i64 %count) {{
entry:
{inputs}
{once}
  br label %next
next:
  %i = phi i64 [ 0, %entry ], [ %inext, %next ]
  %start = mul i64 %i, {len(traced.several)}
  %own = getelementptr double, ptr %several, i64 %start
  %first = mul i64 %i, {width}
  %row = getelementptr float, ptr %out, i64 %first
{several}
{each}
{out}
  %inext = add i64 %i, 1
  %more = icmp slt i64 %inext, %count
  br i1 %more, label %next, label %exit
exit:
  ret void
}}
"""


def _load(name: str, array: str, at: int) -> str:
    return f"""  %p{name} = getelementptr double, ptr %{array}, i64 {at}
  %{name} = load double, ptr %p{name}"""


def _line(named: tuple[str, Step]) -> str:
    """Return the code of one step; a condition is 1.0 or 0.0."""
    name, (call, others) = named
    first, *rest = map(_value, others)
    second = rest[0] if rest else ""
    if call in _PLAIN:
        return f"  %{name} = {_PLAIN[call]} double {first}, {second}"
    if call in _LIBRARY:
        return f"  %{name} = call double @{call}(double {first})"
    if call in _COMPARED:
        return f"""  %b{name} = fcmp {_COMPARED[call]} double {first}, {second}
  %{name} = uitofp i1 %b{name} to double"""
    if call in {"largest", "least"}:
        test = "oge" if call == "largest" else "ole"
        return f"""  %b{name} = fcmp {test} double {first}, {second}
  %n{name} = fcmp uno double {first}, {first}
  %c{name} = or i1 %b{name}, %n{name}
  %{name} = select i1 %c{name}, double {first}, double {second}"""
    if call == "choose":
        return f"""  %b{name} = fcmp une double {first}, {_value("0.0")}
  %{name} = select i1 %b{name}, double {second}, double {rest[1]}"""
    if call == "**" and others[1] == "2":
        return f"  %{name} = fmul double {first}, {first}"
    single = {
        "negative": f"fneg double {first}",
        "ceil": f"call double @llvm.ceil.f64(double {first})",
        "count": f"fadd double {first}, {_value('0.0')}",
    }
    return f"  %{name} = {single[call]}"


def _value(text: str) -> str:
    """Return a name or a number as LLVM writes it: the number's own bits."""
    if text[0] in "xt":
        return f"%{text}"
    return f"0x{struct.pack('>d', float(text)).hex()}"
