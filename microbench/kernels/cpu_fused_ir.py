"""LLVM IR of elementwise chains in one loop: activation(x * w + b) with nothing written between."""

from __future__ import annotations

from microbench.kernels.cpu_ir import HEAD, close_loop


def fused_chain(activation: str, lanes: int) -> str:
    """Compute ``a = activation(b * c + d)`` in one pass; ``activation`` is ``relu`` or ``silu``."""
    vector, integer = f"<{lanes} x float>", f"<{lanes} x i32>"
    body = _RELU if activation == "relu" else _SILU
    text = body.replace("VEC", vector).replace("LANES", integer)
    for token, value in sorted(_CONSTANTS.items(), key=lambda item: -len(item[0])):
        lane = f"{'i32' if token.startswith('I_') else 'float'} {value}"
        text = text.replace(f"${token}", f"<{', '.join([lane] * lanes)}>")
    names = "\n".join(
        f"  %{name}p = getelementptr {vector}, ptr %{name}, i64 %base" for name in "abcd"
    )
    kinds = {"fma": 3, "maxnum": 2, "minnum": 2, "rint": 1}
    declares = "\n".join(
        f"declare {vector} @llvm.{kind}.v{lanes}f32({', '.join([vector] * count)})"
        for kind, count in kinds.items()
    )
    return "\n".join(
        [
            declares,
            HEAD,
            "  br label %loop",
            "loop:",
            "  %i = phi i64 [ %trips, %entry ], [ %left, %loop ]",
            "  %base = phi i64 [ 0, %entry ], [ %next, %loop ]",
            names,
            f"  %x = load {vector}, ptr %bp, align 4",
            f"  %w = load {vector}, ptr %cp, align 4",
            f"  %k = load {vector}, ptr %dp, align 4",
            f"  %z = call {vector} @llvm.fma.v{lanes}f32({vector} %x, {vector} %w, {vector} %k)",
            text.replace("@llvm.FMA", f"@llvm.fma.v{lanes}f32")
            .replace("@llvm.MAX", f"@llvm.maxnum.v{lanes}f32")
            .replace("@llvm.MIN", f"@llvm.minnum.v{lanes}f32")
            .replace("@llvm.ROUND", f"@llvm.rint.v{lanes}f32"),
            f"  store {vector} %r, ptr %ap, align 4",
            "  %next = add i64 %base, 1",
            *close_loop("%i"),
            "exit:",
            "  ret void",
            "}",
        ]
    )


_RELU = "  %r = call VEC @llvm.MAX(VEC %z, VEC zeroinitializer)"

_CONSTANTS = {
    "F_LO": "-87.0",
    "F_HI": "87.0",
    "F_LOG2E": "0x3FF7154760000000",
    "F_LN2": "0xBFE62E4300000000",
    "F_C6": "0x3F56C16C20000000",
    "F_C5": "0x3F81111120000000",
    "F_C4": "0x3FA5555560000000",
    "F_C3": "0x3FC5555560000000",
    "F_C2": "0.5",
    "F_ONE": "1.0",
    "I_BIAS": "127",
    "I_SHIFT": "23",
}
"""exp(y) = 2^n exp(f), |f| <= ln2/2, by the Taylor polynomial of degree 6: relative error 2e-7."""

_SILU = """\
  %neg = fneg VEC %z
  %lo = call VEC @llvm.MAX(VEC %neg, VEC $F_LO)
  %y = call VEC @llvm.MIN(VEC %lo, VEC $F_HI)
  %t = fmul VEC %y, $F_LOG2E
  %n = call VEC @llvm.ROUND(VEC %t)
  %f = call VEC @llvm.FMA(VEC %n, VEC $F_LN2, VEC %y)
  %h5 = call VEC @llvm.FMA(VEC $F_C6, VEC %f, VEC $F_C5)
  %h4 = call VEC @llvm.FMA(VEC %h5, VEC %f, VEC $F_C4)
  %h3 = call VEC @llvm.FMA(VEC %h4, VEC %f, VEC $F_C3)
  %h2 = call VEC @llvm.FMA(VEC %h3, VEC %f, VEC $F_C2)
  %h1 = call VEC @llvm.FMA(VEC %h2, VEC %f, VEC $F_ONE)
  %h0 = call VEC @llvm.FMA(VEC %h1, VEC %f, VEC $F_ONE)
  %ni = fptosi VEC %n to LANES
  %nb = add LANES %ni, $I_BIAS
  %ns = shl LANES %nb, $I_SHIFT
  %scale = bitcast LANES %ns to VEC
  %e = fmul VEC %h0, %scale
  %den = fadd VEC %e, $F_ONE
  %r = fdiv VEC %z, %den"""
