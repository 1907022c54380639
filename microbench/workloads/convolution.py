"""Z02: one convolution, full, pointwise, grouped or depthwise, stride 1, same padding.

``n`` images of ``c`` channels and ``h`` x ``w`` pixels, ``k`` output channels, an ``r`` x ``r``
filter, ``groups`` groups (group width g = c / groups).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    width, r = shape["c"] // shape["groups"], shape["r"]
    image = random(shape["n"], shape["c"], shape["h"], shape["w"])
    return image, random(shape["k"], width, r, r) / (width * r * r) ** 0.5


def _direct(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    image, weight = operands
    return torch.nn.functional.conv2d(
        image, weight, padding=shape["r"] // 2, groups=shape["groups"]
    )


def _im2col(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write every filter window out, then multiply matrices."""
    import torch

    image, weight = operands
    n, k, h, w, groups = (shape[name] for name in ("n", "k", "h", "w", "groups"))
    columns = torch.nn.functional.unfold(image, shape["r"], padding=shape["r"] // 2)
    columns = columns.reshape(n, groups, -1, h * w)
    filters = weight.reshape(groups, k // groups, -1)
    return (filters @ columns).reshape(n, k, h, w)


def flop(shape: Shape) -> float:
    """2 N P Q K R S g (formula of ``spio``'s conv2d statistics, P = h, Q = w)."""
    n, c, h, w, k, r, groups = (shape[x] for x in ("n", "c", "h", "w", "k", "r", "groups"))
    return 2.0 * n * h * w * k * r * r * (c // groups)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """E (N H W C + K R S g + N P Q K)."""
    n, c, h, w, k, r, groups = (shape[x] for x in ("n", "c", "h", "w", "k", "r", "groups"))
    return element_bytes * (n * h * w * c + k * r * r * (c // groups) + n * h * w * k)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Return the matrix of windows, written and read: 2 N P Q C R S (r = 1 needs no copy)."""
    if shape["r"] == 1:
        return 0.0
    n, c, h, w, r = (shape[x] for x in ("n", "c", "h", "w", "r"))
    return 2.0 * element_bytes * n * h * w * c * r * r


def _workload(name: str, c: int, k: int, r: int, groups: int) -> Workload:
    size = {"n": 1, "c": c, "h": 56, "w": 56, "k": k, "r": r, "groups": groups}
    sizes = tuple({**size, "h": side, "w": side + 1} for side in (7, 9, 14))
    return Workload(
        key="Z02",
        name=f"conv-{name}",
        question=f"How far is a {name} convolution from its bound?",
        papers="Lavin, On the Efficiency of Convolutional Neural Networks (2024)",
        baseline="im2col: windows written to memory, then one matrix product",
        claimed="E_max from operational intensity alone; none on speed",
        preset=size,
        sizes=(sizes[0], sizes[1], sizes[2]),
        operands=_operands,
        variants={REFERENCE: _direct, UNFUSED: _im2col, FUSED: _direct},
        flop=flop,
        min_bytes=min_bytes,
        added_bytes=added_bytes,
    )


WORKLOADS = (
    _workload("full", 64, 64, 3, 1),
    _workload("pointwise", 64, 256, 1, 1),
    _workload("grouped", 64, 64, 3, 8),
    _workload("depthwise", 96, 96, 7, 96),
)
