"""Z15: attention of every pixel to a k x k window around it, gathered, masked or tile by tile.

``b`` x ``heads`` pages of ``h`` x ``w`` pixels and ``d`` features. At the borders the window is
moved inside, so that every query has exactly k^2 keys. A tile of T x T queries needs
(T + k - 1)^2 keys: the waste of one axis, squared.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.neighbourhood_attention import computed_scores, first_key
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TILE = 8
"""Queries of a tile on either axis: 64 in all, as in the 1-D workload."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    sizes = [shape[name] for name in ("b", "heads", "h", "w", "d")]
    return random(*sizes), random(*sizes), random(*sizes)


def _inside(queries: range, keys: range, length: int, window: int) -> torch.Tensor:
    """Return which keys of an axis lie in the windows of which queries."""
    import torch

    first = (torch.arange(queries.start, queries.stop) - window // 2).clamp(0, length - window)
    key = torch.arange(keys.start, keys.stop)[None, :]
    return (key >= first[:, None]) & (key < first[:, None] + window)


def _attend(
    shape: Shape, operands: tuple[torch.Tensor, ...], rows: range, columns: range
) -> torch.Tensor:
    """Attend from a rectangle of queries to the rectangle of keys any of them needs."""
    import torch

    q, k, v = operands
    window = shape["k"]
    keys = [
        range(first_key(span.start, n, window), first_key(span.stop - 1, n, window) + window)
        for span, n in ((rows, shape["h"]), (columns, shape["w"]))
    ]
    down = _inside(rows, keys[0], shape["h"], window)
    across = _inside(columns, keys[1], shape["w"], window)
    mask = (down[:, None, :, None] & across[None, :, None, :]).flatten(2).flatten(0, 1)
    part = q[:, :, rows.start : rows.stop, columns.start : columns.stop]
    near = [
        x[:, :, keys[0].start : keys[0].stop, keys[1].start : keys[1].stop].flatten(2, 3)
        for x in (k, v)
    ]
    found = torch.nn.functional.scaled_dot_product_attention(
        part.flatten(2, 3), near[0], near[1], attn_mask=mask
    )
    return found.reshape(part.shape)


def _masked(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Compute all scores of the plane and drop those outside the windows."""
    return _attend(shape, operands, range(shape["h"]), range(shape["w"]))


def _gathered(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Copy every query's window of keys and values out, then multiply."""
    import torch

    q, k, v = operands
    window = shape["k"]
    down, across = (
        (torch.arange(n) - window // 2).clamp(0, n - window)[:, None] + torch.arange(window)
        for n in (shape["h"], shape["w"])
    )
    rows, columns = down[:, None, :, None], across[None, :, None, :]
    keys, values = (x[:, :, rows, columns].flatten(4, 5) for x in (k, v))
    query = (q / math.sqrt(q.shape[-1])).unsqueeze(-2)
    scores = torch.softmax(query @ keys.transpose(-1, -2), -1)
    return (scores @ values).squeeze(-2)


def _tiled(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Take the keys of a tile of queries as one dense block and mask its corners."""
    import torch

    h, w = shape["h"], shape["w"]
    out = torch.empty_like(operands[0])
    for top in range(0, h, TILE):
        rows = range(top, min(top + TILE, h))
        for left in range(0, w, TILE):
            columns = range(left, min(left + TILE, w))
            out[:, :, rows.start : rows.stop, columns.start : columns.stop] = _attend(
                shape, operands, rows, columns
            )
    return out


def _pages(shape: Shape) -> int:
    return shape["b"] * shape["heads"]


def flop(shape: Shape) -> float:
    """4 d + 5 a computed score; tiles compute the product of both axes' scores."""
    scores = computed_scores(shape["h"], shape["k"], TILE) * computed_scores(
        shape["w"], shape["k"], TILE
    )
    return _pages(shape) * scores * (4.0 * shape["d"] + 5)


def unfused_flop(shape: Shape) -> float:
    """4 d + 5 a score inside the windows: h w k^2."""
    scores = shape["h"] * shape["w"] * shape["k"] ** 2
    return _pages(shape) * scores * (4.0 * shape["d"] + 5)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count 4 h w d a page."""
    return 4.0 * element_bytes * _pages(shape) * shape["h"] * shape["w"] * shape["d"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count windows of keys and values written and read, 4 h w k^2 d; scores 4 h w k^2."""
    windows = shape["h"] * shape["w"] * shape["k"] ** 2 * (4.0 * shape["d"] + 4.0)
    return element_bytes * _pages(shape) * windows


WORKLOAD = Workload(
    key="Z15",
    name="neighbourhood-attention-2d",
    question="What do dense tiles give attention over a square window?",
    papers="Hassani et al., Faster Neighborhood Attention (NeurIPS 2024)",
    baseline="every query's window gathered to memory, then multiplied",
    claimed="fused fp16 +581% (2-D) over naive CUDA kernels (GPU)",
    preset={"b": 1, "heads": 2, "h": 28, "w": 28, "d": 32, "k": 7},
    sizes=(
        {"b": 1, "heads": 1, "h": 5, "w": 4, "d": 4, "k": 3},
        {"b": 2, "heads": 2, "h": 12, "w": 17, "d": 8, "k": 5},
        {"b": 1, "heads": 2, "h": 20, "w": 16, "d": 16, "k": 7},
    ),
    operands=_operands,
    variants={REFERENCE: _masked, UNFUSED: _gathered, FUSED: _tiled},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
