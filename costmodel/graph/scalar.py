"""Costs of arith, math, tensor, memref, vector, func and control ops."""

from __future__ import annotations

from costmodel.graph.cost import CostRule, free, movement, pointwise, reduction, view

_ARITH = """addf subf mulf divf remf negf maximumf minimumf maxnumf minnumf maxf minf cmpf addi subi
muli divsi divui remsi remui andi ori xori shli shrsi shrui maxsi maxui minsi minui cmpi
select extf truncf extsi extui trunci sitofp uitofp fptosi fptoui ceildivsi ceildivui
floordivsi mulsi_extended mului_extended addui_extended""".split()
_MATH = """absf absi acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh ctlz cttz
ctpop erf erfc exp exp2 expm1 floor fma fpowi ipowi log log10 log1p log2 powf round
roundeven rsqrt sin sinh sqrt tan tanh trunc clampf""".split()


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
    for (
        name
    ) in """extract_slice insert_slice insert concat pad gather scatter pack unpack""".split():
        tensor[name] = movement(name)
    memref: dict[str, CostRule] = dict.fromkeys(
        """alloc alloca dealloc dim get_global global view subview cast reinterpret_cast
collapse_shape expand_shape load store assume_alignment extract_strided_metadata
memory_space_cast""".split(),
        free,
    )
    memref["copy"] = movement("copy")
    vector: dict[str, CostRule] = dict.fromkeys(
        """broadcast shape_cast extract insert bitcast splat constant_mask create_mask print yield
extract_strided_slice insert_strided_slice type_cast""".split(),
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
    ]:
        vector[name] = movement(name)
    vector.update(
        {"fma": pointwise("fma", 2.0), "reduction": reduction(), "multi_reduction": reduction()}
    )
    return {
        "arith": arith,
        "math": {name: pointwise(name) for name in _MATH},
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
        "scf": dict.fromkeys(("yield", "condition", "reduce.return"), free),
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
