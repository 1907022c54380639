"""Costs of linalg ops: named ones by shape, generic ones through their indexing maps.

Source: MLIR's linalg dialect documentation (iteration space, indexing maps, iterator types).
"""

from __future__ import annotations

import math
import re

from costmodel.graph.cost import (
    COMPLEX_FLOP,
    FUSED,
    Convolution,
    CostRule,
    OpCost,
    Role,
    Typed,
    free,
    gemm,
    movement,
    pointwise,
    reduction,
    transpose,
)
from costmodel.graph.torch_onnx import rowwise
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

_MAP = re.compile(r"affine_map<\(([^)]*)\)(?:\[[^\]]*\])?\s*->\s*\(([^)]*)\)>")
_POINTWISE = """add sub mul div div_unsigned max min powf exp log abs ceil floor negf negate
reciprocal round sqrt rsqrt square tanh erf select elementwise map elementwise_unary
elementwise_binary""".split()
_CONVOLUTIONS = {
    # name: (image layout, kernel layout); n batch, c channels, f outputs, g groups
    "conv_2d": ("hw", "hw"),
    "conv_2d_nhwc_hwcf": ("nhwc", "hwcf"),
    "conv_2d_nhwc_fhwc": ("nhwc", "fhwc"),
    "conv_2d_nchw_fchw": ("nchw", "fchw"),
    "conv_2d_ngchw_fgchw": ("ngchw", "fgchw"),
    "conv_2d_ngchw_gfchw": ("ngchw", "gfchw"),
    "conv_1d": ("w", "w"),
    "conv_1d_nwc_wcf": ("nwc", "wcf"),
    "conv_1d_ncw_fcw": ("ncw", "fcw"),
    "conv_3d_ndhwc_dhwcf": ("ndhwc", "dhwcf"),
    "conv_3d_ncdhw_fcdhw": ("ncdhw", "fcdhw"),
    "depthwise_conv_2d_nhwc_hwc": ("nhwc", "hwc"),
    "depthwise_conv_2d_nchw_chw": ("nchw", "chw"),
    "depthwise_conv_2d_nhwc_hwcm": ("nhwc", "hwcm"),
    "depthwise_conv_1d_nwc_wc": ("nwc", "wc"),
    "depthwise_conv_1d_ncw_cw": ("ncw", "cw"),
    "depthwise_conv_1d_nwc_wcm": ("nwc", "wcm"),
    "depthwise_conv_3d_ndhwc_dhwc": ("ndhwc", "dhwc"),
    "depthwise_conv_3d_ncdhw_cdhw": ("ncdhw", "cdhw"),
    "depthwise_conv_3d_ndhwc_dhwcm": ("ndhwc", "dhwcm"),
    "conv_3d": ("dhw", "dhw"),
    "conv_2d_nhwgc_gfhwc": ("nhwgc", "gfhwc"),
}


def matmul(typed: Typed) -> OpCost:
    """``matmul`` and its transposed, batched and quantised relatives; vectors count as size 1."""
    left, right = typed.operand(0), typed.operand(1)
    if left is None or right is None or not left.shape or not right.shape:
        return OpCost(Role.UNKNOWN)
    name = typed.op.name.rsplit(".", 1)[-1]
    out = _output(typed)
    k_at = -2 if "transpose_a" in name and len(left.shape) > 1 else -1
    k = float(left.shape[k_at] or 1)
    if name in {"dot", "vecmat"}:
        k = float(left.shape[-1] or 1)
    if name == "batch_reduce_matmul":
        k *= float(left.shape[0] or 1)
    total = left.elements / k
    if "mmt4d" in name:
        k = float((left.shape[-1] or 1) * (left.shape[-3] or 1))
        total = left.elements / k
    batched = name.startswith(("batch_", "quantized_batch")) and "reduce" not in name
    b = float(left.shape[0] or 1) if batched else 1.0
    n = out.elements / max(total, 1.0) if out is not None else right.elements / k
    return gemm(b, total / b, n if n >= 1 else 1.0, k)


def convolution(typed: Typed) -> OpCost:
    """Named convolutions by the layout in their names; images come already padded."""
    name = typed.op.name.rsplit(".", 1)[-1]
    image, kernel, out = typed.operand(0), typed.operand(1), _output(typed)
    layouts = _CONVOLUTIONS.get(name.removesuffix("_q"))
    if image is None or kernel is None or out is None or layouts is None:
        return OpCost(Role.UNKNOWN)
    i = dict(zip(layouts[0], _sizes(image), strict=False))
    k = dict(zip(layouts[1], _sizes(kernel), strict=False))
    out_layout = layouts[0] if "m" not in layouts[1] else layouts[0] + "m"
    o = dict(
        zip(out_layout.replace("c", "f" if "f" in layouts[1] else "c"), _sizes(out), strict=False)
    )
    depthwise = name.startswith("depthwise")
    groups = float(i.get("c", 1)) if depthwise else float(i.get("g", 1))
    c_in = float(i.get("c", 1)) * float(i.get("g", 1))
    c_out = float(o.get("c", 1) * o.get("m", 1)) if depthwise else float(k.get("f", 1)) * groups
    return Convolution(
        batch=float(i.get("n", 1)),
        c_in=c_in,
        c_out=c_out,
        h_in=float(i.get("h", 1)),
        w_in=float(i.get("w", 1)),
        h_out=float(o.get("h", 1)),
        w_out=float(o.get("w", 1)),
        kh=float(k.get("h", 1)),
        kw=float(k.get("w", 1)),
        stride_h=max(1.0, i.get("h", 1) // max(o.get("h", 1), 1)),
        stride_w=max(1.0, i.get("w", 1) // max(o.get("w", 1), 1)),
        groups=groups,
        depth_out=float(o.get("d", 1)),
        depth_kernel=float(k.get("d", 1)),
    ).cost()


def pooling(typed: Typed) -> OpCost:
    """One FLOP per window element of each output."""
    window, out = typed.operand(1), _output(typed)
    if window is None or out is None:
        return OpCost(Role.UNKNOWN)
    dims = {"rows": out.elements, "cols": window.elements}
    flop = out.elements * window.elements
    return OpCost(Role.REDUCTION, Family.ROWWISE, "pool", flop, dims)


def generic(typed: Typed) -> OpCost:
    """Work of the body times the iteration space; products over reductions are GEMMs."""
    text = _written_out(typed)
    maps = _MAP.findall(text.split(" ins(")[0] if " ins(" in text else text)
    kinds = re.search(r"iterator_types\s*=\s*\[([^\]]*)\]", text)
    if not maps or kinds is None:
        return OpCost(Role.UNKNOWN)
    iterators = re.findall(r"parallel|reduction|window", kinds.group(1))
    sizes = _loop_sizes(maps, [*typed.operands, *typed.results], len(iterators))
    body = [op.name for region in typed.op.regions for op in region.ops]
    work = [name for name in body if not name.endswith((".yield", ".constant", "linalg.index"))]
    space = float(math.prod(sizes))
    fused = sum(name.endswith(FUSED) for name in work)
    flop = sum(map(_flop_of, work)) + fused
    if "reduction" not in iterators:
        if not work:
            return movement("copy")(typed)
        dims = {"rows": 1.0, "cols": space, "inputs": float(len(typed.operands))}
        return OpCost(Role.POINTWISE, Family.ELEMENTWISE, "generic", flop * space, dims)
    product = fused or any(name.endswith((".mulf", ".muli", "complex.mul")) for name in work)
    adds = fused or any(name.endswith((".addf", ".addi", "complex.add")) for name in work)
    if product and adds and len(maps) >= 3:
        return _contraction(maps, iterators, sizes)
    rows = float(
        math.prod(s for s, kind in zip(sizes, iterators, strict=False) if kind == "parallel")
    )
    dims = {"rows": max(rows, 1.0), "cols": space / max(rows, 1.0)}
    return OpCost(Role.REDUCTION, Family.ROWWISE, "reduce", max(flop, 1) * space, dims)


def _flop_of(name: str) -> float:
    """Return the FLOP of one op of a body: those of ``complex`` count their parts."""
    dialect, _, short = name.rpartition(".")
    return COMPLEX_FLOP.get(short, 1.0) if dialect == "complex" else 1.0


def contract(typed: Typed) -> OpCost:
    """``linalg.contract`` and ``vector.contract``: a product through three indexing maps."""
    maps = _MAP.findall(_written_out(typed))
    if len(maps) < 3:
        return OpCost(Role.UNKNOWN)
    names = [name.strip() for name in maps[0][0].split(",")]
    kept = set(re.findall(r"\w+", maps[2][1]))
    sizes = _loop_sizes(maps[:3], [*typed.operands[:2], typed.result], len(names))
    kinds = ["parallel" if name in kept else "reduction" for name in names]
    return _contraction(maps[:3], kinds, sizes)


def _written_out(typed: Typed) -> str:
    """Return the header with attribute aliases replaced."""
    text = typed.op.header
    for name, value in typed.aliases.items():
        if name in text:
            text = _substitute(text, name, value)
    return text


def _contraction(maps: list[tuple[str, str]], iterators: list[str], sizes: list[int]) -> OpCost:
    names = [name.strip() for name in maps[0][0].split(",")]
    left, right, out = (
        set(re.findall(r"\w+", results)) for _, results in (maps[0], maps[1], maps[-1])
    )
    size = dict(zip(names, sizes, strict=False))
    b = math.prod(size[d] for d in names if d in left and d in right and d in out)
    m = math.prod(size[d] for d in names if d in left and d not in right and d in out)
    n = math.prod(size[d] for d in names if d in right and d not in left and d in out)
    k = math.prod(s for s, kind in zip(sizes, iterators, strict=False) if kind == "reduction")
    return gemm(float(b), float(m), float(n), float(k), "contraction")


def _loop_sizes(
    maps: list[tuple[str, str]], operands: list[TensorType | None], count: int
) -> list[int]:
    """Read each loop's trip count off an operand dimension indexed by that loop alone."""
    names = [name.strip() for name in maps[0][0].split(",")]
    found: dict[str, int] = {}
    for (_, results), operand in zip(maps, operands, strict=False):
        if operand is None:
            continue
        for index, size in zip(results.split(","), _sizes(operand), strict=False):
            if index.strip() in names:
                found.setdefault(index.strip(), size)
    return [found.get(name, 1) for name in names[:count]]


def _substitute(text: str, alias: str, value: str) -> str:
    """Replace an attribute alias where it stands as a whole word."""
    return value.join(re.split(re.escape(alias) + r"(?![\w$.\-])", text))


def _output(typed: Typed) -> TensorType | None:
    return typed.result if typed.result is not None else (typed.operands or [None])[-1]


def _sizes(kind: TensorType) -> list[int]:
    return [size if size is not None else 1 for size in kind.shape]


def rules() -> dict[str, CostRule]:
    """Return the rule of every op by name without its dialect."""
    table: dict[str, CostRule] = {name: pointwise(name) for name in _POINTWISE}
    products = """matmul matmul_transpose_a matmul_transpose_b matmul_unsigned quantized_matmul
batch_matmul batch_matmul_transpose_a batch_matmul_transpose_b quantized_batch_matmul
matvec vecmat batch_matvec batch_vecmat dot mmt4d batch_mmt4d batch_reduce_matmul""".split()
    table.update(dict.fromkeys(products, matmul))
    table.update(dict.fromkeys(_CONVOLUTIONS, convolution))
    table.update({f"{name}_q": convolution for name in _CONVOLUTIONS})
    for layout in ("nhwc", "nchw", "ncw", "nwc", "ndhwc"):
        for kind in ("max", "min", "sum", "max_unsigned", "min_unsigned"):
            table[f"pooling_{layout}_{kind}"] = pooling
    table.update(
        {
            "generic": generic,
            "contract": contract,
            "reduce": reduction(),
            "softmax": rowwise("softmax", 5.0),
            "transpose": transpose,
            "copy": movement("copy"),
            "pack": movement("pack"),
            "unpack": movement("unpack"),
            "fill": free,
            "broadcast": free,
            "yield": free,
            "index": free,
        }
    )
    return table
