"""Names people recognise: what a kernel does and at which size."""

from __future__ import annotations

from collections.abc import Mapping

from costmodel.kernel import Family


def kernel_name(family: Family, op: str, d: Mapping[str, float], extra: int = 0) -> str:
    """Return a short name, e.g. ``conv 3x3/2 64 -> 128, 28x28`` or ``gemm 64x512x512 + 1 op``.

    ``extra`` counts the ops fused into the kernel beyond the one that names it.
    """
    tail = f" + {extra} op{'s' if extra > 1 else ''}" if extra else ""
    if family is Family.GEMM:
        batch = f"{d['b']:.10g} x " if d["b"] != 1 else ""
        return f"gemm {batch}{d['m']:.10g}x{d['n']:.10g}x{d['k']:.10g}{tail}"
    if family is Family.CONVOLUTION:
        stride = f"/{d['stride_h']:g}" if d["stride_h"] > 1 else ""
        groups = f", {d['groups']:g} groups" if d["groups"] > 1 else ""
        return (
            f"conv {d['kh']:g}x{d['kw']:g}{stride} {d['c_in']:g} -> {d['c_out']:g}, "
            f"{d['h_out']:.10g}x{d['w_out']:.10g}{groups}{tail}"
        )
    if "head_dim" in d:
        word = op.replace("_", " ") if op.startswith("attention") else "attention"
        return (
            f"{word} {d['heads']:g} heads of {d['head_dim']:g}, "
            f"{d.get('seq', 1):.10g} by {d['kv_len']:.10g}{tail}"
        )
    if family is Family.ROWWISE:
        return f"{op} {d['rows']:.10g} rows of {d['cols']:.10g}{tail}"
    if family is Family.ELEMENTWISE:
        return f"{op} {d['cols']:.10g}{tail}"
    if family is Family.DATA_MOVEMENT:
        return f"{op} {d['elements']:.10g}{tail}"
    return f"{op}{tail}"
