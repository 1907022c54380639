"""Z04: softmax(Q K^T) V in three, two and one pass over the keys, and as one library call.

``b`` x ``heads`` pages; ``p`` queries and ``m`` keys of ``e`` features, values of ``f`` features.
A pass reads the whole key dimension: the maximum, then the sum, then the weighted values (three);
local maxima and sums per block, then one correction (two); a running correction (one).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

BLOCK = 128
"""Keys a block of the two- and one-pass variants."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, heads, p, m, e, f = (shape[name] for name in ("b", "heads", "p", "m", "e", "f"))
    return random(b, heads, p, e), random(b, heads, m, e), random(b, heads, m, f)


def _three_pass(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write the scores, normalise them, multiply: each a pass over all keys."""
    import torch

    q, k, v = operands
    scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)
    return torch.softmax(scores, -1) @ v


def _two_pass(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Block maxima and sums first; then correct every block to the global maximum and multiply."""
    import torch

    q, k, v = operands
    q = q / math.sqrt(q.shape[-1])
    local = [q @ block.transpose(-1, -2) for block in _blocks(k)]
    maxima = [scores.amax(-1, keepdim=True) for scores in local]
    weights = [torch.exp(scores - top) for scores, top in zip(local, maxima, strict=True)]
    top = torch.stack(maxima).amax(0)
    scales = [torch.exp(maximum - top) for maximum in maxima]
    total = sum(w.sum(-1, keepdim=True) * s for w, s in zip(weights, scales, strict=True))
    blocks = zip(weights, scales, _blocks(v), strict=True)
    out = sum((w @ values) * s for w, s, values in blocks)
    return torch.div(out, total)


def _one_pass(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Keep a running maximum, sum and output; rescale them when the maximum grows."""
    import torch

    q, k, v = operands
    q = q / math.sqrt(q.shape[-1])
    top = torch.full_like(q[..., :1], -torch.inf)
    total = torch.zeros_like(top)
    out = torch.zeros_like(q[..., :1] * v[..., :1, :])
    for keys, values in zip(_blocks(k), _blocks(v), strict=True):
        scores = q @ keys.transpose(-1, -2)
        raised = torch.maximum(top, scores.amax(-1, keepdim=True))
        weights, scale = torch.exp(scores - raised), torch.exp(top - raised)
        total = total * scale + weights.sum(-1, keepdim=True)
        out = out * scale + weights @ values
        top = raised
    return out / total


def _library(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    q, k, v = operands
    return torch.nn.functional.scaled_dot_product_attention(q, k, v)


def _blocks(keys: torch.Tensor) -> tuple[torch.Tensor, ...]:
    import torch

    return tuple(torch.split(keys, BLOCK, -2))


def flop(shape: Shape) -> float:
    """2 P M (E + F) for the two products and 5 P M for the softmax, per page."""
    b, heads, p, m, e, f = (shape[name] for name in ("b", "heads", "p", "m", "e", "f"))
    return b * heads * (2.0 * p * m * (e + f) + 5.0 * p * m)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """E (P E + M E + M F + P F) per page."""
    b, heads, p, m, e, f = (shape[name] for name in ("b", "heads", "p", "m", "e", "f"))
    return element_bytes * b * heads * (p * e + m * e + m * f + p * f)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Scores written, read and written by the softmax, read again: 4 e P M per page."""
    return 4.0 * element_bytes * shape["b"] * shape["heads"] * shape["p"] * shape["m"]


WORKLOAD = Workload(
    key="Z04",
    name="attention-passes",
    question="What does each pass over the keys cost attention?",
    papers="Nayak et al., FuseMax (2024)",
    baseline="three operators: scores, softmax and product, each written to memory",
    claimed="6.7x over a spatial accelerator running FLAT (simulated array, not measured here)",
    preset={"b": 1, "heads": 8, "p": 256, "m": 256, "e": 64, "f": 64},
    sizes=(
        {"b": 1, "heads": 1, "p": 3, "m": 5, "e": 4, "f": 6},
        {"b": 2, "heads": 2, "p": 33, "m": 130, "e": 16, "f": 16},
        {"b": 1, "heads": 3, "p": 64, "m": 300, "e": 32, "f": 32},
    ),
    operands=_operands,
    variants={
        REFERENCE: _three_pass,
        UNFUSED: _three_pass,
        "two-pass": _two_pass,
        "one-pass": _one_pass,
        FUSED: _library,
    },
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
