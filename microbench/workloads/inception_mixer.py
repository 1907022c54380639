"""Z05: InceptionNeXt's token mixer, four branches over channel slices joined to one output.

``n`` images, ``c`` channels, ``h`` x ``w`` pixels. An eighth of the channels each goes through a
depthwise 3x3, 1x11 and 11x1; five eighths pass unchanged. The 7x7 depthwise it replaces costs
98 operations per pixel and channel against 7.75.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

SQUARE, BAND = 3, 11
SHARE = 8
"""A branch takes one in ``SHARE`` channels (paper's branch ratio 1/8)."""
DEPTHWISE_7X7_FLOP = 2 * 49
PER_PIXEL_CHANNEL_FLOP = 2 * (SQUARE**2 + 2 * BAND) / SHARE


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    part = shape["c"] // SHARE
    return (
        random(shape["n"], shape["c"], shape["h"], shape["w"]),
        random(part, 1, SQUARE, SQUARE) / SQUARE,
        random(part, 1, 1, BAND) / BAND**0.5,
        random(part, 1, BAND, 1) / BAND**0.5,
    )


def _branches(
    x: torch.Tensor, weights: tuple[torch.Tensor, ...]
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    import torch

    part = weights[0].shape[0]
    widths = [x.shape[1] - 3 * part, part, part, part]
    same, *slices = torch.split(x, widths, 1)
    made = [
        torch.nn.functional.conv2d(
            image, w, padding=(w.shape[2] // 2, w.shape[3] // 2), groups=part
        )
        for image, w in zip(slices, weights, strict=True)
    ]
    return same, made


def _joined(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, *weights = operands
    same, made = _branches(x, tuple(weights))
    return torch.cat([same, *made], 1)


def _in_place(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Copy each image's branches into the output while they are in cache."""
    import torch

    x, *weights = operands
    out = torch.empty_like(x)
    for image in range(x.shape[0]):
        same, made = _branches(x[image : image + 1], tuple(weights))
        at = same.shape[1]
        out[image : image + 1, :at] = same
        for branch in made:
            out[image : image + 1, at : at + branch.shape[1]] = branch
            at += branch.shape[1]
    return out


def _elements(shape: Shape) -> int:
    return shape["n"] * shape["c"] * shape["h"] * shape["w"]


def flop(shape: Shape) -> float:
    """2 (9 + 11 + 11) / 8 = 7.75 per pixel and channel."""
    return PER_PIXEL_CHANNEL_FLOP * _elements(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Input and output once, and the three filters."""
    filters = shape["c"] // SHARE * (SQUARE**2 + 2 * BAND)
    return element_bytes * (2.0 * _elements(shape) + filters)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the convolved three eighths, written and read once more by the joining."""
    return element_bytes * 2.0 * _elements(shape) * 3 / SHARE


WORKLOAD = Workload(
    key="Z05",
    name="inception-mixer",
    question="What does joining the branches of an Inception mixer cost?",
    papers="Yu et al., InceptionNeXt (CVPR 2024)",
    baseline="torch eager: split, three convolutions, concatenation over the whole batch",
    claimed="1.57x training throughput of InceptionNeXt-T over ConvNeXt-T on an A100",
    preset={"n": 8, "c": 96, "h": 56, "w": 56},
    sizes=(
        {"n": 1, "c": 8, "h": 5, "w": 7},
        {"n": 2, "c": 16, "h": 12, "w": 13},
        {"n": 3, "c": 24, "h": 20, "w": 16},
    ),
    operands=_operands,
    variants={REFERENCE: _joined, UNFUSED: _joined, FUSED: _in_place},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
