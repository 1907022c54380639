"""Scalar and tile ops of the device dialects that do work: Triton's, the GPU's, LLVM's.

Names that stand here count one FLOP an element; other ops of these dialects move, synchronise or
address, and are free (``nest``). Matrix instructions are in ``matrix_units``.
"""

from __future__ import annotations

import re

from costmodel.graph.cost import CostRule, OpCost, Typed, free, multiply_add, pointwise

_TRITON = """clampf precise_sqrt precise_divf mulhiui fp_to_fp extern_elementwise
map_elementwise elementwise_inline_asm""".split()
_FUSED = re.compile(r"__(?:nv|ocml)_(?:fma|mad)")
_LLVM = """fadd fsub fmul fdiv frem fneg fcmp fptrunc fpext sitofp uitofp fptosi fptoui""".split()
_INTRINSICS = """exp exp2 log log2 log10 sqrt sin cos tanh pow powi fabs floor ceil round rint trunc
copysign maxnum minnum maximum minimum canonicalize""".split()
_ADDRESSES = """add sub mul sdiv udiv srem urem and or xor shl ashr lshr icmp select sext zext
trunc ptrtoint inttoptr bitcast getelementptr extractvalue insertvalue extractelement insertelement
shufflevector alloca br cond_br return addrspacecast freeze unreachable switch""".split()
"""Integers of LLVM code are addresses and counters, as ``index`` is elsewhere."""
_BOOKKEEPING = """assume lifetime.start lifetime.end umin umax smin smax""".split()


def library_call(typed: Typed) -> OpCost:
    """Return the cost of a device library's function: ``__nv_fmaf`` and its like multiply and add.

    Source: CUDA libdevice User's Guide (``__nv_fma*``), ROCm device libraries (``__ocml_fma*``).
    """
    fused = _FUSED.search(typed.op.header)
    return (multiply_add("fma") if fused else pointwise("extern_elementwise"))(typed)


def rules() -> dict[str, dict[str, CostRule]]:
    """Return rules by dialect and name."""
    intrinsics: dict[str, CostRule] = {name: pointwise(name) for name in _INTRINSICS}
    intrinsics.update({name: multiply_add(name) for name in ("fma", "fmuladd")})
    intrinsics.update(dict.fromkeys(_BOOKKEEPING, free))
    llvm: dict[str, CostRule] = {name: pointwise(name) for name in _LLVM}
    llvm.update(dict.fromkeys(_ADDRESSES, free))
    constants = ("constant", "undef", "poison", "zero", "addressof", "global")
    return {
        "tt": {name: pointwise(name) for name in _TRITON} | {"extern_elementwise": library_call},
        "gpu": {"all_reduce": pointwise("all_reduce"), "subgroup_reduce": pointwise("reduce")},
        "llvm": llvm,
        "llvm.intr": intrinsics,
        "llvm.intr.vp": {name: multiply_add(name) for name in ("fma", "fmuladd")},
        "nvvm.fma.packed": {"f32x2": multiply_add("fma")},
        "spirv.GL": {"Fma": multiply_add("fma")},
        "spirv.CL": {name: multiply_add("fma") for name in ("fma", "mad")},
        "llvm.mlir": dict.fromkeys(constants, free),
    }
