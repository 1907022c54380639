"""Costs of arith, math, tensor, memref, vector, func and control ops."""

from __future__ import annotations

import re

from costmodel.graph.cost import (
    CostRule,
    OpCost,
    Role,
    Typed,
    free,
    gemm,
    movement,
    multiply_add,
    pointwise,
    reduction,
    view,
)
from costmodel.graph.linalg import contract
from costmodel.graph.updates import PARALLEL_INSERT, insert, parallel_insert, updating

_ARITH = """addf subf mulf divf remf negf maximumf minimumf maxnumf minnumf maxf minf cmpf addi subi
muli divsi divui remsi remui andi ori xori shli shrsi shrui maxsi maxui minsi minui cmpi
select extf truncf extsi extui trunci sitofp uitofp fptosi fptoui ceildivsi ceildivui
floordivsi mulsi_extended mului_extended addui_extended convertf
scaling_extf scaling_truncf""".split()
_INDEX = """add sub mul divs divu ceildivs ceildivu floordivs rems remu maxs maxu mins minu shl shrs
shru and or xor casts castu cmp constant sizeof""".split()
_MATH = """absf absi acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh ctlz cttz
ctpop erf erfc exp exp2 expm1 floor fpowi ipowi log log10 log1p log2 powf round
roundeven rsqrt sin sinh sqrt tan tanh trunc clampf isfinite isinf
isnan isnormal sincos""".split()


def outer_product(typed: Typed) -> OpCost:
    """Return the cost of ``vector.outerproduct``: 2 FLOP an element with an accumulator, else 1."""
    return pointwise("outerproduct", 2.0 if len(typed.operands) > 2 else 1.0)(typed)


def scan(typed: Typed) -> OpCost:
    """Return the cost of ``vector.scan``: one FLOP an element taken in."""
    return pointwise("scan")(typed)


def matrix_multiply(typed: Typed) -> OpCost:
    """Return the cost of ``vector.matrix_multiply`` of flat vectors, sizes as attributes."""
    names = ("lhs_rows", "rhs_columns", "lhs_columns")
    found = [re.search(rf"{name}\s*=\s*(\d+)", typed.op.header) for name in names]
    sizes = [float(match.group(1)) for match in found if match]
    if len(sizes) < 3:
        return OpCost(Role.UNKNOWN)
    return gemm(1.0, sizes[0], sizes[1], sizes[2])


def rules() -> dict[str, dict[str, CostRule]]:
    """Return rules by dialect and name."""
    arith: dict[str, CostRule] = {name: pointwise(name) for name in _ARITH}
    arith.update(dict.fromkeys(("constant", "index_cast", "index_castui"), free))
    arith["bitcast"] = view
    tensor: dict[str, CostRule] = dict.fromkeys(
        ["cast", "collapse_shape", "expand_shape", "reshape", "bitcast"], view
    )
    tensor.update(
        dict.fromkeys(
            ["empty", "dim", "rank", "extract", "from_elements", "splat", "yield", "generate"], free
        )
    )
    for name in """extract_slice concat pad gather pack unpack""".split():
        tensor[name] = movement(name)
    tensor["insert"] = insert
    tensor[PARALLEL_INSERT] = parallel_insert
    for name in ("insert_slice", "scatter"):
        tensor[name] = updating(name, 0, target=1)
    memref: dict[str, CostRule] = dict.fromkeys(
        """alloc alloca dealloc dim get_global global view subview cast reinterpret_cast
        collapse_shape expand_shape load store assume_alignment extract_strided_metadata
        memory_space_cast alloca_scope atomic_rmw generic_atomic_rmw atomic_yield prefetch rank
        realloc reshape transpose dma_start dma_wait extract_aligned_pointer_as_index
        distinct_objects""".split(),
        free,
    )
    memref["copy"] = movement("copy")
    vector: dict[str, CostRule] = dict.fromkeys(
        """broadcast shape_cast extract insert bitcast splat constant_mask create_mask print yield
        extract_strided_slice insert_strided_slice type_cast deinterleave interleave from_elements
        to_elements step vscale mask scalable.extract scalable.insert flat_transpose""".split(),
        free,
    )
    for name in [
        "transfer_read",
        "transfer_write",
        "load",
        "store",
        "gather",
        "scatter",
        "transpose",
        "shuffle",
        "maskedload",
        "maskedstore",
        "expandload",
        "compressstore",
    ]:
        vector[name] = movement(name)
    vector.update(
        {"fma": multiply_add("fma"), "reduction": reduction(), "multi_reduction": reduction()}
    )
    vector.update({"contract": contract, "outerproduct": outer_product, "scan": scan})
    vector["matrix_multiply"] = matrix_multiply
    return {
        "arith": arith,
        "math": {name: pointwise(name) for name in _MATH} | {"fma": multiply_add("fma")},
        "tensor": tensor,
        "memref": memref,
        "vector": vector,
        "complex": {
            name: pointwise(name) for name in """abs add sub mul div exp log create re im""".split()
        }
        | {"constant": free},
        "bufferization": dict.fromkeys(
            ["alloc_tensor", "to_tensor", "to_memref", "to_buffer", "materialize_in_destination"],
            free,
        ),
        "func": {"return": free, "constant": free},
        "cf": dict.fromkeys(("br", "cond_br", "assert", "switch"), free),
        "scf": dict.fromkeys(("yield", "condition", "reduce"), free),
        "index": dict.fromkeys(_INDEX, free),
        "affine": dict.fromkeys(("yield", "apply", "min", "max", "load", "store"), free),
        "shape": dict.fromkeys(
            """shape_of const_shape num_elements to_extent_tensor from_extent_tensor assuming_yield
cstr_broadcastable const_witness get_extent broadcast""".split(),
            free,
        ),
        "ml_program": dict.fromkeys(("global", "global_load", "global_store", "return"), free),
        "sdy": {"sharding_constraint": view, "mesh": free, "return": free},
        "util": dict.fromkeys(("return", "global", "global.load"), free),
        "quant": {"qcast": pointwise("qcast"), "dcast": pointwise("dcast"), "scast": view},
    }
