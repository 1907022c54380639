"""Costs of StableHLO, MHLO and CHLO ops.

Source: the StableHLO specification (openxla/stablehlo, docs/spec.md) for shapes and attributes;
XLA's HloCostAnalysis for the padding convention (taps on padding are not counted).
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from costmodel.graph import custom_calls
from costmodel.graph.contradiction import between
from costmodel.graph.cost import (
    COMPLEX,
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
    valid_taps,
    view,
)
from costmodel.graph.einsum import einsum
from costmodel.graph.precision import as_asked
from costmodel.graph.updates import scatter, updating
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

_POINTWISE = """abs add and atan2 cbrt ceil clamp compare complex convert cosine count_leading_zeros
divide exponential exponential_minus_one floor imag is_finite log log_plus_one logistic
maximum minimum multiply negate not or popcnt power real reduce_precision remainder
round_nearest_afz round_nearest_even rsqrt select shift_left shift_right_arithmetic
shift_right_logical sign sine sqrt subtract tan tanh xor map uniform_quantize
uniform_dequantize erf erf_inv acos acosh asin asinh atan atanh sinh cosh digamma lgamma
zeta polygamma bessel_i1e next_after square is_inf is_neg_inf is_pos_inf conj
constant_like broadcast_add broadcast_subtract broadcast_multiply broadcast_divide
broadcast_maximum broadcast_minimum broadcast_power broadcast_compare broadcast_select
broadcast_and broadcast_or broadcast_xor broadcast_atan2 broadcast_complex broadcast_next_after
broadcast_polygamma broadcast_remainder broadcast_shift_left broadcast_shift_right_arithmetic
broadcast_shift_right_logical broadcast_zeta erfc unary_einsum""".split()
_MOVEMENT = """concatenate dynamic_slice gather dynamic_gather pad dynamic_pad
reverse select_and_scatter slice real_dynamic_slice copy
torch_index_select infeed outfeed""".split()
_VIEW = [
    "reshape",
    "dynamic_reshape",
    "bitcast",
    "bitcast_convert",
    "tuple",
    "get_tuple_element",
    "optimization_barrier",
    "reshape_dynamic",
]
_FREE = """constant return iota dynamic_iota after_all create_token partition_id replica_id trace
get_dimension_size set_dimension_size composite broadcast_in_dim
dynamic_broadcast_in_dim broadcast rng_bit_generator_state""".split()
_COLLECTIVE = [
    "all_reduce",
    "all_gather",
    "all_to_all",
    "reduce_scatter",
    "collective_permute",
    "collective_broadcast",
    "send",
    "recv",
]

_NUMBERS = re.compile(r"-?\d+")


def dot_general(typed: Typed) -> OpCost:
    """Batched product: batch dims to b, free dims to m and n, contracted to k."""
    left, right = typed.operand(0), typed.operand(1)
    if left is None or right is None:
        return OpCost(Role.UNKNOWN)
    text = typed.op.header
    lhs_contract, rhs_contract = _dims_pair(text, "contracting")
    lhs_batch, rhs_batch = _dims_pair(text, "batching")
    shape_l, shape_r = _known(left.shape), _known(right.shape)
    if not lhs_contract and "contracting" not in text:
        lhs_contract, rhs_contract = [len(shape_l) - 1], [0]
    b = math.prod(shape_l[d] for d in lhs_batch if d < len(shape_l))
    k = math.prod(shape_l[d] for d in lhs_contract if d < len(shape_l))
    m = math.prod(shape_l) / max(b * k, 1)
    k_right = math.prod(shape_r[d] for d in rhs_contract if d < len(shape_r))
    n = math.prod(shape_r) / max(b * k_right, 1)
    doubt = between(left, right, (lhs_contract, rhs_contract), (lhs_batch, rhs_batch))
    cost = replace(gemm(float(b), float(m), float(n), float(k)), doubt=doubt)
    return as_asked(cost, typed) if "algorithm" in text else cost


def _dims_pair(text: str, kind: str) -> tuple[list[int], list[int]]:
    """Read ``contracting_dims = [1] x [0]`` or the two lists of ``#stablehlo.dot<...>``."""
    pretty = re.search(rf"{kind}_dims\s*=\s*\[([^\]]*)\]\s*x\s*\[([^\]]*)\]", text)
    if pretty:
        return _ints(pretty.group(1)), _ints(pretty.group(2))
    left = re.search(rf"lhs_{kind}_dimensions\s*=\s*\[([^\]]*)\]", text)
    right = re.search(rf"rhs_{kind}_dimensions\s*=\s*\[([^\]]*)\]", text)
    return _ints(left.group(1)) if left else [], _ints(right.group(1)) if right else []


_DIM_NUMBERS = re.compile(r"\[([^\[\]]*)\]\s*x\s*\[([^\[\]]*)\]\s*->\s*\[([^\[\]]*)\]")


def convolution(typed: Typed) -> OpCost:
    """Any number of spatial axes and any layout; taps on padding are not work (XLA)."""
    image, kernel, result = typed.operand(0), typed.operand(1), typed.result
    numbers = _DIM_NUMBERS.search(typed.op.header)
    if image is None or kernel is None or result is None or numbers is None:
        return OpCost(Role.UNKNOWN)
    in_axes, kernel_axes, out_axes = (
        [axis.strip() for axis in group.split(",")] for group in numbers.groups()
    )
    shape = dict(zip(in_axes, _known(image.shape), strict=False))
    taps = dict(zip(kernel_axes, _known(kernel.shape), strict=False))
    out = dict(zip(out_axes, _known(result.shape), strict=False))
    spatial = [axis for axis in in_axes if axis.isdigit()]
    count = len(spatial)
    text = typed.op.header
    stride = _list(text, "stride", count, 1)
    pads = _pads(text, count)
    rhs_dilate = _list(text, "rhs_dilat", count, 1)
    lhs_dilate = _list(text, "lhs_dilat", count, 1)
    groups = _scalar(text, "feature_group_count", 1)
    batch_groups = _scalar(text, "batch_group_count", 1)
    per_axis = [
        valid_taps(shape[a], out[a], taps[a], stride[i], pads[i][0], rhs_dilate[i], lhs_dilate[i])
        for i, a in enumerate(spatial)
    ]
    last, before = spatial[-1] if spatial else None, spatial[-2] if count > 1 else None
    rest = spatial[:-2]
    return Convolution(
        batch=float(shape.get("b", 1)) / batch_groups,
        c_in=float(shape.get("f", 1)),
        c_out=float(out.get("f", 1)),
        h_in=float(shape[before]) if before else 1.0,
        w_in=float(shape[last]) if last else 1.0,
        h_out=float(out[before]) if before else 1.0,
        w_out=float(out[last]) if last else 1.0,
        kh=float(taps[before]) if before else 1.0,
        kw=float(taps[last]) if last else 1.0,
        stride_h=float(stride[-2]) if before else 1.0,
        stride_w=float(stride[-1]) if last else 1.0,
        groups=float(groups),
        valid_taps=float(math.prod(per_axis)),
        depth_out=float(math.prod(out[a] for a in rest)),
        depth_kernel=float(math.prod(taps[a] for a in rest)),
    ).cost()


def reduce_window(typed: Typed) -> OpCost:
    """Pooling: one FLOP per window element of each output."""
    result = typed.result
    window = re.search(r"window_dimensions\s*=\s*(?:array<i64[:]?|dense<)([^>]*)>", typed.op.header)
    if result is None:
        return OpCost(Role.UNKNOWN)
    taps = math.prod(_ints(window.group(1))) if window else 1
    source = typed.operand(0)
    dims = {"rows": result.elements, "cols": float(taps)}
    if source is not None and taps > 1 and result.elements * taps > 64 * source.elements:
        taps = max(2, int(math.log2(taps)))
    return OpCost(Role.REDUCTION, Family.ROWWISE, "pool", result.elements * taps, dims)


def fft(typed: Typed) -> OpCost:
    """5 N log2 N FLOP a transform of N complex points, half for real ones (Cooley-Tukey)."""
    result, source = typed.result, typed.operand(0)
    if result is None or source is None:
        return OpCost(Role.UNKNOWN)
    length = re.search(
        r"(?:fft_length|length)\s*=\s*\[?(?:array<i64:|dense<)?([^>\]]*)", typed.op.header
    )
    n = math.prod(_ints(length.group(1))) if length else int(_known(source.shape)[-1])
    batch = max(result.elements, source.elements) / max(n, 1)
    real = "RFFT" in typed.op.header
    flop = 5.0 * n * math.log2(max(n, 2)) * batch * (0.5 if real else 1.0)
    return OpCost(Role.HEAVY, Family.FFT, "fft", flop, {"batch": batch, "n": float(n)})


def sort(typed: Typed) -> OpCost:
    """N log2 N comparisons a row."""
    source = typed.operand(0)
    if source is None or not source.shape:
        return OpCost(Role.UNKNOWN)
    cols = float(_known(source.shape)[-1])
    rows = source.elements / max(cols, 1)
    flop = source.elements * math.log2(max(cols, 2))
    return OpCost(Role.HEAVY, Family.SORT, "sort", flop, {"rows": rows, "cols": cols})


def top_k(typed: Typed) -> OpCost:
    """Keep the k largest of N: N (1 + log2 k) comparisons a row, no more than to sort."""
    whole, result = sort(typed), typed.result
    if whole.role is Role.UNKNOWN or result is None or not result.shape:
        return whole
    cols, kept = whole.dims["cols"], max(float(result.shape[-1] or 1), 1.0)
    flop = whole.dims["rows"] * cols * min(1 + math.log2(kept), math.log2(max(cols, 2)))
    return OpCost(Role.HEAVY, Family.SORT, "top_k", flop, whole.dims)


def random(typed: Typed) -> OpCost:
    """Counter-based generators: about 10 integer operations a word (Philox, Threefry)."""
    size = sum(result.elements for result in typed.results if result)
    return OpCost(Role.HEAVY, Family.ELEMENTWISE, "rng", 10.0 * size, {"rows": 1.0, "cols": size})


def cholesky(typed: Typed) -> OpCost:
    """n^3 / 3 FLOP a matrix."""
    result = typed.result
    if result is None or len(result.shape) < 2:
        return OpCost(Role.UNKNOWN)
    n = float(result.shape[-1] or 1)
    flop = _times(result) * result.elements * n / 3
    return OpCost(Role.HEAVY, Family.OTHER, "cholesky", flop)


def triangular_solve(typed: Typed) -> OpCost:
    """n^2 FLOP a right-hand side."""
    result, matrix = typed.result, typed.operand(0)
    if result is None or matrix is None or not matrix.shape:
        return OpCost(Role.UNKNOWN)
    flop = _times(result) * result.elements * float(matrix.shape[-1] or 1)
    return OpCost(Role.HEAVY, Family.OTHER, "triangular_solve", flop)


def _times(kind: TensorType) -> float:
    """Return how many real multiply-adds one of these numbers takes."""
    return 4.0 if kind.number_format in COMPLEX else 1.0


def ragged_dot(typed: Typed) -> OpCost:
    """Rows of groups, each with a matrix of its own: every row meets one of them, 2 m n k FLOP."""
    left, right, out = typed.operand(0), typed.operand(1), typed.result
    if left is None or right is None or out is None or not left.shape:
        return OpCost(Role.UNKNOWN)
    k, n = float(left.shape[-1] or 1), float(out.shape[-1] or 1)
    return gemm(1.0, out.elements / max(n, 1.0), n, k, "ragged_dot")


def batch_norm(typed: Typed) -> OpCost:
    """Mean, variance, scale and shift over every element: 7 FLOP each, as a layer norm."""
    source = typed.operand(0)
    if source is None:
        return OpCost(Role.UNKNOWN)
    dims = {"rows": 1.0, "cols": source.elements}
    return OpCost(Role.REDUCTION, Family.ROWWISE, "batch_norm", 7.0 * source.elements, dims)


def collective(typed: Typed) -> OpCost:
    """Bytes of the message; time depends on the interconnect."""
    source = typed.operand(0)
    size = source.size_bytes if source else 0.0
    return OpCost(Role.HEAVY, Family.COLLECTIVE, typed.op.name, 0.0, {"message_bytes": size})


def _known(shape: tuple[int | None, ...]) -> list[int]:
    return [size if size is not None else 1 for size in shape]


def _ints(text: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(text)]


def _list(text: str, name: str, count: int, default: int) -> list[int]:
    found = re.search(
        rf"{name}(?:s|e|ion|es)?\s*=\s*(?:\[([^\]]*)\]|array<i64:([^>]*)>|dense<\[?([^>\]]*)\]?>)",
        text,
    )
    values = _ints(next(filter(None, found.groups()), "")) if found else []
    if len(values) == 1 and count > 1:
        values *= count
    return values if len(values) == count else [default] * count


def _pads(text: str, count: int) -> list[tuple[int, int]]:
    found = re.search(r"pad(?:ding)?\s*=\s*(?:\[(.*?)\](?=\s*[,}])(?<=\]\])|dense<(.*?)>)", text)
    values = _ints(next(filter(None, found.groups()), "")) if found else []
    if len(values) == 1:
        values *= 2 * count
    pairs = list(zip(values[::2], values[1::2], strict=False))
    return pairs if len(pairs) == count else [(0, 0)] * count


def _scalar(text: str, name: str, default: int) -> int:
    found = re.search(rf"{name}\s*=\s*(\d+)", text)
    return int(found.group(1)) if found else default


def rules() -> dict[str, CostRule]:
    """Return the rule of every op by name without its dialect."""
    table: dict[str, CostRule] = {name: pointwise(name) for name in _POINTWISE}
    table.update({name: movement(name) for name in _MOVEMENT})
    table.update(dict.fromkeys(_VIEW, view))
    table.update(dict.fromkeys(_FREE, free))
    table.update(dict.fromkeys(_COLLECTIVE, collective))
    table.update(
        {
            "transpose": transpose,
            "dot_general": dot_general,
            "dot": dot_general,
            "convolution": convolution,
            "dynamic_conv": convolution,
            "dynamic_update_slice": updating("dynamic_update_slice", 1),
            "scatter": scatter,
            "reduce": reduction(),
            "reduce_window": reduce_window,
            "fft": fft,
            "sort": sort,
            "top_k": top_k,
            "rng": random,
            "rng_bit_generator": random,
            "cholesky": cholesky,
            "triangular_solve": triangular_solve,
            "einsum": einsum,
            "ragged_dot": ragged_dot,
            "batch_norm_inference": pointwise("batch_norm", 2.0),
            "batch_norm_training": batch_norm,
        }
    )
    table["custom_call"] = custom_calls.rule(table)
    return table
