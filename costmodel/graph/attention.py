"""Costs of attention as one op, of every dialect that has it.

Two products and a softmax of 5 FLOP a score: (2 d + 2 d_v + 5) FLOP for every pair of a query and a
key. All pairs count in full attention (``ATTENTION_ENCODER``), whatever a mask among the operands
hides; causal attention (``ATTENTION_PREFILL``) counts the half below the diagonal, seq^2 / 2 pairs
of equally long queries and keys. The diagonal starts at the first query and the first key. Source:
torch.nn.functional.scaled_dot_product_attention (``is_causal``), ONNX Attention-23 ("upper left
causal bias").
"""

from __future__ import annotations

import math
import re
from dataclasses import replace

from costmodel.graph.cost import CostRule, OpCost, Role, Typed
from costmodel.graph.values import Work
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

SOFTMAX_FLOP = 5.0
"""FLOP a score: maximum, subtraction, exponential, sum, division."""
_TORCH = {
    "scaled_dot_product_attention": 5,
    "_scaled_dot_product_flash_attention": 4,
    "_scaled_dot_product_flash_attention_for_cpu": 4,
    "_scaled_dot_product_efficient_attention": 6,
    "_scaled_dot_product_cudnn_attention": 6,
    "_scaled_dot_product_fused_attention_overrideable": 5,
}
"""torch's operators and which operand is ``is_causal`` (native_functions.yaml)."""


def attention(causal_at: int | None = None) -> CostRule:
    """Build the rule of an op over ``[batch, heads, tokens, head_dim]``, or fewer leading axes.

    ``causal_at`` is the operand that says whether it is causal, if one does.
    """

    def rule(typed: Typed) -> OpCost:
        query, key, value = (typed.operand(index) for index in range(3))
        if query is None or key is None or min(len(query.shape), len(key.shape)) < 3:
            return OpCost(Role.UNKNOWN)
        batch = math.prod(_sizes(query)[:-3]) if len(query.shape) > 3 else 1.0
        heads, seq, head_dim = _sizes(query)[-3:]
        kv_heads = _sizes(key)[-3]
        kv_len = key.elements / max(math.prod(_sizes(key)[:-2]) * head_dim, 1.0)
        return replace(
            _cost(batch, heads, seq, head_dim, kv_heads, kv_len, value), causal_at=causal_at
        )

    return rule


def onnx_attention(typed: Typed) -> OpCost:
    """Return the cost of ``Attention``: heads as an axis, or as attributes of three axes."""
    query, key, value = (typed.operand(index) for index in range(3))
    text = typed.op.header
    if query is not None and key is not None and len(query.shape) == len(key.shape) == 3:
        heads, kv_heads = (_attribute(text, f"{name}_num_heads") for name in ("q", "kv"))
        if not heads or not kv_heads:
            return OpCost(Role.UNKNOWN)
        (batch, seq, width), kv_len = _sizes(query), _sizes(key)[1]
        cost = _cost(batch, heads, seq, width / heads, kv_heads, kv_len, value)
    else:
        cost = attention()(typed)
    return masked(cost) if _attribute(text, "is_causal") else cost


def masked(cost: OpCost) -> OpCost:
    """Return the cost of causal attention, given that of the full one; one query is decoding."""
    if cost.family is not Family.ATTENTION_ENCODER:
        return cost
    seq, kv_len = cost.dims["seq"], cost.dims["kv_len"]
    square = min(seq, kv_len)
    share = (square * square / 2 + (seq - square) * kv_len) / max(seq * kv_len, 1.0)
    return replace(cost, family=Family.ATTENTION_PREFILL, work_flop=cost.work_flop * share)


def causal(work: Work) -> Work:
    """Return the same work, causal: always the same object."""
    if work.variant is None:
        work.variant = Work(work.name, masked(work.cost), work.flags, work.out_size)
    return work.variant


def _cost(
    batch: float,
    heads: float,
    seq: float,
    head_dim: float,
    kv_heads: float,
    kv_len: float,
    value: TensorType | None,
) -> OpCost:
    value_dim = value.elements / max(batch * kv_heads * kv_len, 1.0) if value else head_dim
    dims = {"batch": batch, "seq": seq, "kv_len": kv_len, "heads": heads, "kv_heads": kv_heads}
    dims |= {"head_dim": head_dim, "window": 0.0}
    family = Family.ATTENTION_DECODE if seq == 1 else Family.ATTENTION_ENCODER
    flop = batch * heads * seq * kv_len * (2.0 * head_dim + 2.0 * value_dim + SOFTMAX_FLOP)
    return OpCost(Role.HEAVY, family, "attention", flop, dims)


def _attribute(text: str, name: str) -> float:
    found = re.search(rf"\b{name}\s*=\s*(\d+)", text)
    return float(found.group(1)) if found else 0.0


def _sizes(kind: TensorType) -> list[float]:
    return [float(size or 1) for size in kind.shape]


def torch_rules() -> dict[str, CostRule]:
    """Return rules by the third part of the name: ``torch.aten.NAME``."""
    return {name: attention(at) for name, at in _TORCH.items()}


def rules() -> dict[str, dict[str, CostRule]]:
    """Return rules by dialect and name: torch-mlir's and IREE's ops over tensors."""
    return {
        "tm_tensor": {"attention": attention()},
        "iree_linalg_ext": {"attention": attention(), "online_attention": attention()},
    }
