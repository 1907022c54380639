"""Names people recognise: what a kernel does and at which size."""

from __future__ import annotations

from costmodel.kernel import Family, Kernel


def kernel_name(kernel: Kernel) -> str:
    """Return a short name, e.g. ``conv 3x3/2 64 -> 128, 28x28`` or ``gemm 64x512x512 + add``."""
    d = kernel.dims
    extra = len(kernel.ops) - 1
    tail = f" + {extra} op{'s' if extra > 1 else ''}" if extra else ""
    if kernel.family is Family.GEMM:
        batch = f"{d['b']:g} x " if d["b"] != 1 else ""
        return f"gemm {batch}{d['m']:g}x{d['n']:g}x{d['k']:g}{tail}"
    if kernel.family is Family.CONVOLUTION:
        stride = f"/{d['stride_h']:g}" if d["stride_h"] > 1 else ""
        groups = f", {d['groups']:g} groups" if d["groups"] > 1 else ""
        return (
            f"conv {d['kh']:g}x{d['kw']:g}{stride} {d['c_in']:g} -> {d['c_out']:g}, "
            f"{d['h_out']:g}x{d['w_out']:g}{groups}{tail}"
        )
    if kernel.family is Family.ROWWISE:
        return f"{kernel.op} {d['rows']:g} rows of {d['cols']:g}{tail}"
    if kernel.family is Family.ELEMENTWISE:
        return f"{kernel.op} {d['cols']:g}{tail}"
    if kernel.family is Family.DATA_MOVEMENT:
        return f"{kernel.op} {d['elements']:g}{tail}"
    return f"{kernel.op}{tail}"
