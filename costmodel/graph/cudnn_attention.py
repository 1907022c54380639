"""Costs of cuDNN's attention as JAX calls it: ``custom_call @__cudnn$fmha...``.

Source: ``jax/_src/cudnn/fused_attention_stablehlo.py`` (jax 0.10) for operands, results and the
JSON configuration; T. Dao, "FlashAttention-2", 2023, for the products of the backward pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from costmodel.graph.attention import SOFTMAX_FLOP, masked
from costmodel.graph.configuration import configuration
from costmodel.graph.cost import OpCost, Role, Typed
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

TARGETS = frozenset(
    f"__cudnn$fmha{name}{end}"
    for name in ("Softmax", "ScaleBiasSoftmax", "SoftmaxDropout", "ScaleBiasSoftmaxDropout")
    for end in ("", "Backward")
) | {"__cudnn$fmhaSoftmaxF8", "__cudnn$fmhaSoftmaxBackwardF8"}
_BATCH_AND_HEADS = ["0", "2"]
"""Batch axes of queries laid out as batch, tokens, heads, head size."""
_AS_TOKENS_FIRST = (0, 2, 1, 3)
"""How results stand in memory then: they are stated as batch, heads, tokens, head size."""


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Sizes of a call; keys of a paged one are as many as its page table reaches."""

    batch: float
    heads: float
    seq: float
    kv_len: float
    kv_heads: float
    head_dim: float
    value_dim: float


def cudnn_attention(typed: Typed) -> OpCost:
    """Return the cost of a call: all pairs of a query and a key, as ``mask_type`` leaves them.

    Causal calls count half of them, windows of w keys w a query less the triangle before the first.
    Lengths that only run time knows (``PADDING``, packed sequences) count in full. A backward pass
    repeats the first product of the forward pass and takes four more: (6 d + 4 d_v + 5) FLOP a
    pair.
    """
    told = configuration(typed.op.header)["cudnn_fmha_backend_config"]
    sizes = _shapes(typed, told)
    if sizes is None:
        return OpCost(Role.UNKNOWN)
    backward = "Backward" in typed.op.symbol
    products = 6 * sizes.head_dim + 4 * sizes.value_dim
    if not backward:
        products = 2 * (sizes.head_dim + sizes.value_dim)
    pairs = sizes.batch * sizes.heads * sizes.seq * sizes.kv_len
    dims = {"batch": sizes.batch, "seq": sizes.seq, "kv_len": sizes.kv_len}
    dims |= {"heads": sizes.heads, "kv_heads": sizes.kv_heads, "head_dim": sizes.head_dim}
    dims["window"] = 0.0
    family = Family.ATTENTION_DECODE if sizes.seq == 1 else Family.ATTENTION_ENCODER
    cost = OpCost(Role.HEAVY, family, "attention", pairs * (products + SOFTMAX_FLOP), dims)
    if "CAUSAL" in told["mask_type"]:
        cost = _windowed(cost, float(told.get("sliding_window_length") or 0))
    if _tokens_first(told):
        cost = replace(cost, axes=_AS_TOKENS_FIRST)
    if backward:
        matrix_flop = cost.work_flop * products / (products + SOFTMAX_FLOP)
        dims = {**cost.dims, "matrix_flop": matrix_flop}
        cost = replace(cost, family=Family.OTHER, op="attention_backward", dims=dims)
    return cost


def _shapes(typed: Typed, told: Mapping[str, Any]) -> _Shapes | None:
    query, key, value = (typed.operand(index) for index in range(3))
    if query is None or key is None or value is None:
        return None
    if not len(query.shape) == len(key.shape) == len(value.shape) == 4:
        return None
    tokens, heads = (1, 2) if _tokens_first(told) else (2, 1)
    batch, seq = _size(query, 0), _size(query, tokens)
    kv_len = _size(key, tokens)
    if told.get("is_paged_attention"):
        table = typed.operand(len(typed.operands) - 1)
        if table is None:
            return None
        kv_len *= table.elements / batch
    return _Shapes(
        batch,
        _size(query, heads),
        seq,
        kv_len,
        _size(key, heads),
        _size(query, 3),
        _size(value, 3),
    )


def _tokens_first(told: Mapping[str, Any]) -> bool:
    """Say whether tokens come before heads: the batch axes of the first product tell."""
    forward = told.get("bmm1_dot_dimension_numbers")
    if forward is not None:
        return bool(forward["lhs_batch_dimensions"] == _BATCH_AND_HEADS)
    backward = told["bmm2_grad_gemm2_dot_dimension_numbers"]
    return bool(backward["lhs_batch_dimensions"] == _BATCH_AND_HEADS)


def _windowed(full: OpCost, window: float) -> OpCost:
    """Return the cost of causal attention whose queries see the last ``window`` keys (0: all)."""
    cost = masked(full)
    seq, kv_len = cost.dims["seq"], cost.dims["kv_len"]
    if not 0 < window < seq <= kv_len or cost is full:
        return cost
    pairs = window * window / 2 + (seq - window) * window
    share = pairs / (seq * kv_len)
    return replace(cost, work_flop=full.work_flop * share, dims={**cost.dims, "window": window})


def _size(kind: TensorType, axis: int) -> float:
    return float(kind.shape[axis] or 1)
