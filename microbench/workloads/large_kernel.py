"""Z06: a 13x13 depthwise convolution with five dilated branches, separate or merged into one.

``n`` images, ``c`` channels, ``h`` x ``w`` pixels. Branch kernels 5, 7, 3, 3, 3 with dilations 1,
2, 3, 4, 5: convolution is linear, so their sum is one kernel with zeros between the taps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

KERNEL = 13
BRANCHES = ((5, 1), (7, 2), (3, 3), (3, 4), (3, 5))
"""Kernel side and dilation of each branch (UniRepLKNet, K = 13)."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    c = shape["c"]
    sides = (KERNEL, *(side for side, _ in BRANCHES))
    image = random(shape["n"], c, shape["h"], shape["w"])
    return image, *(random(c, 1, side, side) / side for side in sides)


def _depthwise(x: torch.Tensor, weight: torch.Tensor, dilation: int = 1) -> torch.Tensor:
    from torch.nn.functional import conv2d

    padding = weight.shape[-1] // 2 * dilation
    return conv2d(x, weight, padding=padding, dilation=dilation, groups=x.shape[1])


def _separate(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    x, large, *branches = operands
    out = _depthwise(x, large)
    for weight, (_, dilation) in zip(branches, BRANCHES, strict=True):
        out = out + _depthwise(x, weight, dilation)
    return out


def merged(weights: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Return the one kernel equal to the large one and its branches together."""
    large, *branches = weights
    out = large.clone()
    for weight, (side, dilation) in zip(branches, BRANCHES, strict=True):
        first = KERNEL // 2 - side // 2 * dilation
        taps = slice(first, first + (side - 1) * dilation + 1, dilation)
        out[:, :, taps, taps] += weight
    return out


def _merged(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    x, *weights = operands
    return _depthwise(x, merged(tuple(weights)))


def _elements(shape: Shape) -> int:
    return shape["n"] * shape["c"] * shape["h"] * shape["w"]


def flop(shape: Shape) -> float:
    """2 x 13^2 per pixel and channel."""
    return 2.0 * KERNEL**2 * _elements(shape)


def unfused_flop(shape: Shape) -> float:
    """2 (13^2 + sum k_i^2) and an addition a branch, per pixel and channel."""
    taps = KERNEL**2 + sum(side**2 for side, _ in BRANCHES)
    return (2.0 * taps + len(BRANCHES)) * _elements(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Input and output once, and every branch's kernel, which merging reads."""
    taps = KERNEL**2 + sum(side**2 for side, _ in BRANCHES)
    return element_bytes * (2.0 * _elements(shape) + shape["c"] * taps)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count a branch: it reads the input and writes its output; each sum reads 2, writes 1."""
    return element_bytes * 5.0 * len(BRANCHES) * _elements(shape)


WORKLOAD = Workload(
    key="Z06",
    name="large-kernel-merge",
    question="What does merging the branches of a large-kernel convolution save?",
    papers="Ding et al., UniRepLKNet (CVPR 2024); Ding et al., Scaling Up Your Kernels (2024)",
    baseline="torch eager: six depthwise convolutions and five sums",
    claimed='"higher speed than competitors", no number',
    preset={"n": 1, "c": 96, "h": 28, "w": 28},
    sizes=(
        {"n": 1, "c": 2, "h": 14, "w": 15},
        {"n": 2, "c": 4, "h": 20, "w": 17},
        {"n": 1, "c": 8, "h": 28, "w": 28},
    ),
    operands=_operands,
    variants={REFERENCE: _separate, UNFUSED: _separate, FUSED: _merged},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
