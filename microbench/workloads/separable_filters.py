"""Z25: a filter of rank one, as its R x R square or as a column and a row in turn.

``n`` images, ``c`` channels, ``h`` x ``w`` pixels, filters of ``r`` taps a way, one pair a channel.
R^2 operations become 2 R, and the bytes stay: where memory is the bound nothing is won, and a pair
run over the whole batch moves its image twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

CHANNELS = 64
"""Channels a tile: 64 x 56 x 56 fp32 values take 803 kB, one image of the preset."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, c, h, w, r = (shape[name] for name in ("n", "c", "h", "w", "r"))
    return random(n, c, h, w), random(c, r) / r**0.5, random(c, r) / r**0.5


def _square(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, column, row = operands
    kernel = (column[:, :, None] * row[:, None, :]).unsqueeze(1)
    padding = column.shape[1] // 2
    return torch.nn.functional.conv2d(x, kernel, padding=padding, groups=x.shape[1])


def _pair(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    from torch.nn.functional import conv2d

    x, column, row = operands
    c, padding = x.shape[1], column.shape[1] // 2
    y = conv2d(x, column[:, None, :, None], padding=(padding, 0), groups=c)
    return conv2d(y, row[:, None, None, :], padding=(0, padding), groups=c)


def _tiled_pair(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Run both filters on a few channels of one image before the next."""
    import torch

    x, column, row = operands
    out = torch.empty_like(x)
    for image in range(x.shape[0]):
        for first in range(0, x.shape[1], CHANNELS):
            part = slice(first, first + CHANNELS)
            tile = x[image : image + 1, part]
            out[image : image + 1, part] = _pair(shape, (tile, column[part], row[part]))
    return out


def _elements(shape: Shape) -> int:
    return shape["n"] * shape["c"] * shape["h"] * shape["w"]


def flop(shape: Shape) -> float:
    """4 R per pixel and channel."""
    return 4.0 * shape["r"] * _elements(shape)


def square_flop(shape: Shape) -> float:
    """2 R^2 per pixel and channel."""
    return 2.0 * shape["r"] ** 2 * _elements(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input and output once, and both filters: the same for square and pair."""
    return element_bytes * (2.0 * _elements(shape) + 2 * shape["c"] * shape["r"])


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the image between the filters, written and read."""
    return 2.0 * element_bytes * _elements(shape)


WORKLOAD = Workload(
    key="Z25",
    name="separable-filters",
    question="What is left of a separable filter's saving once its bytes are counted?",
    papers="a priori compression of convolutional networks by one-way filters",
    baseline="column filter over the whole batch, then row filter",
    claimed="fewer parameters; none on speed",
    preset={"n": 4, "c": 64, "h": 56, "w": 56, "r": 5},
    sizes=(
        {"n": 1, "c": 2, "h": 5, "w": 6, "r": 3},
        {"n": 2, "c": 20, "h": 12, "w": 9, "r": 5},
        {"n": 1, "c": 33, "h": 16, "w": 16, "r": 7},
    ),
    operands=_operands,
    variants={REFERENCE: _square, "square": _square, UNFUSED: _pair, FUSED: _tiled_pair},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
