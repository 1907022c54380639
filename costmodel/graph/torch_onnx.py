"""Costs of torch-mlir's ``torch.aten`` ops, and rules that ONNX ops share with them.

Source: the operators' own documentation for shapes (NCHW images, OIHW kernels). Strides and
symmetric padding of convolutions are worked out from shapes, as torch passes them as SSA values.
"""

from __future__ import annotations

import re

from costmodel.graph.attention import torch_rules as attention_rules
from costmodel.graph.cost import (
    Convolution,
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
    valid_taps,
    view,
)
from costmodel.graph.stablehlo import random, sort, top_k
from costmodel.graph.updates import overwrite, updating
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

_POINTWISE = """add sub mul div rsub relu relu6 gelu silu sigmoid tanh exp log log2 log1p sqrt
rsqrt pow abs neg sin cos erf floor ceil round clamp clamp_min clamp_max maximum minimum where eq
ne lt le gt ge logical_and logical_or logical_not masked_fill hardtanh hardsigmoid hardswish
leaky_relu elu softplus mish reciprocal square sign remainder fmod bitwise_and bitwise_or
bitwise_not dropout to _to_copy type_as threshold isnan isinf triu tril sinh
cosh tan atan atan2 prelu log_sigmoid bernoulli fill zero masked_fill_ add_ mul_ relu_ acos asin
acosh asinh exp2 expm1 log10 trunc celu selu glu softshrink floor_divide logit logaddexp isclose
isfinite nan_to_num deg2rad logical_xor bitwise_xor bitwise_left_shift bitwise_right_shift __and__
__or__ rrelu mse_loss frac threshold_backward tanh_backward sigmoid_backward hardtanh_backward
complex polar""".split()
_VIEWS = """view reshape _unsafe_view flatten unflatten unsqueeze squeeze expand expand_as permute
transpose t alias detach contiguous view_as_real view_as_complex select slice narrow split chunk
unbind lift_fresh_copy broadcast_to as_strided diagonal real imag lift split_with_sizes
native_dropout""".split()
_UPDATES = {
    **dict.fromkeys(("slice_scatter", "select_scatter"), 1),
    **dict.fromkeys(("index_put", "_index_put_impl"), 2),
    **dict.fromkeys("scatter scatter_add scatter_reduce index_copy index_add".split(), 3),
}
"""Ops that write part of their first operand, and which operand they write; ``NAME_`` in place."""
_FREE = """size dim zeros ones empty full arange zeros_like ones_like empty_like full_like
new_zeros new_ones new_empty scalar_tensor sym_size Int Float Bool __getitem__ numel item eye
linspace tensor""".split()


def product(typed: Typed) -> OpCost:
    """Return the cost of ``[..., m, k]`` by ``[..., k, n]`` (``mm``, ``bmm``, ``matmul``)."""
    left, right, out = typed.operand(0), typed.operand(1), typed.result
    if left is None or right is None or out is None or not left.shape or not right.shape:
        return OpCost(Role.UNKNOWN)
    k = float(left.shape[-1] or 1)
    n = float(right.shape[-1] or 1) if len(right.shape) > 1 else 1.0
    batched = len(right.shape) > 2
    b = right.elements / max(k * n, 1.0) if batched else 1.0
    return gemm(b, out.elements / max(n * b, 1.0), n, k)


def linear(typed: Typed) -> OpCost:
    """Return the cost of ``linear``: ``[..., in]`` by a weight of ``[out, in]``."""
    left, out = typed.operand(0), typed.result
    if left is None or out is None or not left.shape or not out.shape:
        return OpCost(Role.UNKNOWN)
    n = float(out.shape[-1] or 1)
    return gemm(1.0, out.elements / max(n, 1.0), n, float(left.shape[-1] or 1), "linear")


def addmm(typed: Typed) -> OpCost:
    """Return the cost of ``addmm`` and ``baddbmm``: a bias, then the two factors."""
    rest = Typed(typed.op, typed.operands[1:], typed.results, typed.aliases)
    return product(rest)


def convolution(typed: Typed) -> OpCost:
    """Return the cost of a convolution in one to three dimensions, grouped or transposed."""
    image, kernel, out = typed.operand(0), typed.operand(1), typed.result
    if image is None or kernel is None or out is None or len(image.shape) < 3:
        return OpCost(Role.UNKNOWN)
    i, k, o = _sizes(image), _sizes(kernel), _sizes(out)
    transposed = "ranspose" in typed.op.name + typed.op.header[:40] and i[1] == k[0]
    groups = max(1, i[1] // k[1]) if not transposed else max(1, o[1] // k[1])
    spatial = len(i) - 2
    strides = [max(1, round(i[2 + d] / max(o[2 + d], 1))) for d in range(spatial)]
    taps = 1.0
    for d in range(spatial):
        if transposed:
            taps *= i[2 + d] * k[2 + d]
            continue
        low = max(0, ((o[2 + d] - 1) * strides[d] + k[2 + d] - i[2 + d] + 1) // 2)
        taps *= valid_taps(i[2 + d], o[2 + d], k[2 + d], strides[d], low)
    two = [1, 1, *i[2:]][-2:], [1, 1, *o[2:]][-2:], [1, 1, *k[2:]][-2:], [1, 1, *strides][-2:]
    return Convolution(
        batch=float(i[0]),
        c_in=float(i[1]),
        c_out=float(o[1]),
        h_in=float(two[0][0]),
        w_in=float(two[0][1]),
        h_out=float(two[1][0]),
        w_out=float(two[1][1]),
        kh=float(two[2][0]),
        kw=float(two[2][1]),
        stride_h=float(two[3][0]),
        stride_w=float(two[3][1]),
        groups=float(groups),
        valid_taps=taps,
        depth_out=float(o[2]) if spatial == 3 else 1.0,
        depth_kernel=float(k[2]) if spatial == 3 else 1.0,
    ).cost()


def pooling(typed: Typed) -> OpCost:
    """One FLOP an element of each window; windows tile the image unless the text says a kernel."""
    source, out = typed.operand(0), typed.result
    if source is None or out is None:
        return OpCost(Role.UNKNOWN)
    kernel = re.search(r"kernel_shape\s*=\s*\[([^\]]*)\]", typed.op.header)
    taps = source.elements / max(out.elements, 1.0)
    if kernel:
        taps = 1.0
        for size in re.findall(r"(?<!si)(?<![\w])\d+(?!\w)", kernel.group(1)):
            taps *= float(size)
    dims = {"rows": out.elements, "cols": taps}
    return OpCost(Role.REDUCTION, Family.ROWWISE, "pool", out.elements * taps, dims)


def rowwise(op: str, flop_per_element: float) -> CostRule:
    """Build the rule of an op over rows of its input: softmax 5, normalisation 7 an element."""

    def rule(typed: Typed) -> OpCost:
        source = typed.operand(0)
        if source is None or not source.shape:
            return OpCost(Role.UNKNOWN)
        cols = float(source.shape[-1] or 1)
        dims = {"rows": source.elements / max(cols, 1.0), "cols": cols}
        return OpCost(Role.REDUCTION, Family.ROWWISE, op, flop_per_element * source.elements, dims)

    return rule


def _sizes(kind: TensorType) -> list[int]:
    return [size if size is not None else 1 for size in kind.shape]


def torch_rules() -> dict[str, CostRule]:
    """Return rules by the third part of the name: ``torch.aten.NAME.overload``."""
    table: dict[str, CostRule] = {name: pointwise(name) for name in _POINTWISE}
    table.update({name: multiply_add(name) for name in ("addcmul", "addcdiv", "fma")})
    table["lerp"] = pointwise("lerp", 3.0)  # start + weight (end - start)
    table.update(dict.fromkeys(_VIEWS, view))
    table.update(dict.fromkeys(_FREE, free))
    table.update(dict.fromkeys(("mm", "bmm", "matmul", "mv", "dot"), product))
    table.update(dict.fromkeys(("addmm", "baddbmm"), addmm))
    convolutions = """convolution conv1d conv2d conv3d _convolution conv_transpose1d
    conv_transpose2d conv_transpose3d""".split()
    table.update(dict.fromkeys(convolutions, convolution))
    pools = """max_pool2d avg_pool2d adaptive_avg_pool2d max_pool2d_with_indices max_pool1d
    adaptive_avg_pool1d _adaptive_avg_pool2d max_pool3d avg_pool1d avg_pool3d""".split()
    table.update(dict.fromkeys(pools, pooling))
    reductions = "mean sum amax amin max min prod argmax argmin all any norm count_nonzero trace"
    for name in reductions.split():
        table[name] = reduction(name)
    for name in "cumsum cumprod".split():
        table[name] = rowwise(name, 1.0)
    for name in "var var_mean std linalg_vector_norm logsumexp".split():
        table[name] = rowwise(name, 3.0)
    table.update(
        dict.fromkeys(
            ("softmax", "_softmax", "log_softmax", "_log_softmax"), rowwise("softmax", 5.0)
        )
    )
    norms = ("layer_norm", "native_layer_norm", "group_norm", "native_group_norm", "instance_norm")
    table.update(dict.fromkeys(norms, rowwise("layer_norm", 7.0)))
    batch = ("batch_norm", "native_batch_norm", "_native_batch_norm_legit_no_training")
    table.update(dict.fromkeys(batch, pointwise("batch_norm", 2.0)))
    for name in """cat stack embedding index_select index gather clone copy pad
    constant_pad_nd roll flip repeat repeat_interleave upsample_nearest1d
    upsample_nearest2d upsample_bilinear2d tile
    one_hot pixel_shuffle pixel_unshuffle reflection_pad2d replication_pad2d masked_select
    masked_scatter nonzero im2col col2im unfold diag_embed meshgrid channel_shuffle
    embedding_bag""".split():
        table[name] = movement(name)
    for name, source in _UPDATES.items():
        adds = "add" in name or "reduce" in name
        table[name] = updating(name, source, adds=adds)
        table[f"{name}_"] = updating(name, source, adds=adds, mutates=True)
    table.update({"copy_": overwrite, "copy": overwrite})
    table["rms_norm"] = rowwise("rms_norm", 4.0)
    table["outer"] = pointwise("outer")
    table["topk"] = top_k
    table.update(dict.fromkeys("sort kthvalue searchsorted unique".split(), sort))
    table.update(dict.fromkeys("rand randn randint uniform multinomial randperm".split(), random))
    table["linear"] = linear
    table.update(attention_rules())
    return table
