"""Z15: attention of each step to its ``k`` nearest keys, by gathered windows or by dense tiles.

``b`` x ``heads`` pages of ``n`` steps and ``d`` features; odd window ``k``, shifted inward at the
ends so that every query has k keys. A tile of T queries needs T + k - 1 keys: it computes
(T + k - 1) / k times the scores that count.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TILE = 64
"""Queries a tile."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, heads, n, d = (shape[name] for name in ("b", "heads", "n", "d"))
    return random(b, heads, n, d), random(b, heads, n, d), random(b, heads, n, d)


def first_key(query: int, n: int, k: int) -> int:
    """Return the first of the k keys a query attends to."""
    return min(max(query - k // 2, 0), n - k)


def tile_waste(tile: int, k: int) -> float:
    """Return computed over useful scores of an inner tile: (T + k - 1) / k on each axis."""
    return (tile + k - 1) / k


def _masked(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Compute all scores and drop those outside the window."""
    import torch

    q, k, v = operands
    n, window = shape["n"], shape["k"]
    first = (torch.arange(n) - window // 2).clamp(0, n - window)[:, None]
    keys = torch.arange(n)[None, :]
    outside = (keys < first) | (keys >= first + window)
    scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)
    return torch.softmax(scores.masked_fill(outside, -torch.inf), -1) @ v


def _gathered(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Copy every query's window of keys and values out, then multiply."""
    import torch

    q, k, v = operands
    n, window = shape["n"], shape["k"]
    first = (torch.arange(n) - window // 2).clamp(0, n - window)[:, None]
    index = first + torch.arange(window)
    keys, values = k[:, :, index], v[:, :, index]
    query = (q / math.sqrt(q.shape[-1])).unsqueeze(-2)
    scores = torch.softmax(query @ keys.transpose(-1, -2), -1)
    return (scores @ values).squeeze(-2)


def _tiled(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Take the keys of a tile of queries as one dense block and mask its corners."""
    import torch

    q, k, v = operands
    n, window = shape["n"], shape["k"]
    out = torch.empty_like(q)
    for start in range(0, n, TILE):
        stop = min(start + TILE, n)
        low, high = first_key(start, n, window), first_key(stop - 1, n, window) + window
        first = (torch.arange(start, stop) - window // 2).clamp(0, n - window)[:, None]
        keys = torch.arange(low, high)[None, :]
        inside = (keys >= first) & (keys < first + window)
        out[:, :, start:stop] = torch.nn.functional.scaled_dot_product_attention(
            q[:, :, start:stop], k[:, :, low:high], v[:, :, low:high], attn_mask=inside
        )
    return out


def computed_scores(n: int, k: int, tile: int = TILE) -> int:
    """Return the scores a tiled variant computes a page, corners included."""
    total = 0
    for start in range(0, n, tile):
        stop = min(start + tile, n)
        total += (stop - start) * (first_key(stop - 1, n, k) + k - first_key(start, n, k))
    return total


def _pages(shape: Shape) -> int:
    return shape["b"] * shape["heads"]


def flop(shape: Shape) -> float:
    """4 d + 5 a computed score: tiles compute the corners too."""
    return _pages(shape) * computed_scores(shape["n"], shape["k"]) * (4.0 * shape["d"] + 5)


def unfused_flop(shape: Shape) -> float:
    """4 n k d, and 5 n k for the softmax."""
    return _pages(shape) * shape["n"] * shape["k"] * (4.0 * shape["d"] + 5)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count 4 n d a page."""
    return 4.0 * element_bytes * _pages(shape) * shape["n"] * shape["d"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count windows of keys and values written and read, 4 n k d; scores 4 n k."""
    windows = shape["n"] * shape["k"] * (4.0 * shape["d"] + 4.0)
    return element_bytes * _pages(shape) * windows


WORKLOAD = Workload(
    key="Z15",
    name="neighbourhood-attention",
    question="What do dense tiles give attention over a window?",
    papers="Hassani et al., Faster Neighborhood Attention (NeurIPS 2024)",
    baseline="every query's window gathered to memory, then multiplied",
    claimed="fused fp16 +1607% (1-D) over naive CUDA kernels (GPU)",
    preset={"b": 1, "heads": 4, "n": 512, "d": 32, "k": 65},
    sizes=(
        {"b": 1, "heads": 1, "n": 5, "d": 4, "k": 3},
        {"b": 2, "heads": 2, "n": 70, "d": 8, "k": 7},
        {"b": 1, "heads": 2, "n": 200, "d": 16, "k": 33},
    ),
    operands=_operands,
    variants={REFERENCE: _masked, UNFUSED: _gathered, FUSED: _tiled},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
