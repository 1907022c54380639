"""Z24: a layer with its own filter at every pixel, with windows copied out or tap by tap.

``n`` images of ``c`` channels, ``h`` x ``w`` pixels, ``k`` channels out, ``r`` x ``r`` filters: the
work of a convolution, and the weights of ``h w`` of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, c, h, w, k, r = (shape[name] for name in ("n", "c", "h", "w", "k", "r"))
    return random(n, c, h, w), random(r * r, h, w, c, k) / (c * r * r) ** 0.5


def _unfolded(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights = operands
    n, c, h, w, r = (shape[name] for name in ("n", "c", "h", "w", "r"))
    windows = torch.nn.functional.unfold(x, r, padding=r // 2).reshape(n, c, r * r, h, w)
    return torch.einsum("nctyx,tyxck->nkyx", windows, weights)


def _by_tap(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Multiply one shifted image by one tap's weights and add, tap after tap."""
    import torch

    x, weights = operands
    n, h, w, k, r = (shape[name] for name in ("n", "h", "w", "k", "r"))
    edge = r // 2
    pixels = torch.nn.functional.pad(x, (edge, edge, edge, edge)).permute(2, 3, 0, 1).contiguous()
    out = x.new_zeros(h * w, n, k)
    for tap in range(r * r):
        top, left = divmod(tap, r)
        image = pixels[top : top + h, left : left + w].reshape(h * w, n, -1)
        out.baddbmm_(image, weights[tap].reshape(h * w, -1, k))
    return out.reshape(h, w, n, k).permute(2, 3, 0, 1)


def flop(shape: Shape) -> float:
    """2 n h w k c r^2: a convolution's."""
    n, c, h, w, k, r = (shape[name] for name in ("n", "c", "h", "w", "k", "r"))
    return 2.0 * n * c * h * w * k * r * r


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input, output and a filter a pixel."""
    n, c, h, w, k, r = (shape[name] for name in ("n", "c", "h", "w", "k", "r"))
    return element_bytes * (n * (c + k) * h * w + float(h * w * k * c * r * r))


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the windows, written and read: 2 n h w c r^2."""
    n, c, h, w, r = (shape[name] for name in ("n", "c", "h", "w", "r"))
    return 2.0 * element_bytes * n * c * h * w * r * r


def convolution_bytes(shape: Shape, element_bytes: float) -> float:
    """Return the minimum of a convolution of the same shape: one filter for all pixels."""
    n, c, h, w, k, r = (shape[name] for name in ("n", "c", "h", "w", "k", "r"))
    return element_bytes * (n * (c + k) * h * w + k * c * r * r)


WORKLOAD = Workload(
    key="Z24",
    name="locally-connected",
    question="What does giving up weight sharing cost a convolution?",
    papers="role of locality and weight sharing: CNN, LCN and FCN (2024)",
    baseline="windows copied out (unfold), then a contraction",
    claimed="none on speed (sample complexity)",
    preset={"n": 4, "c": 16, "h": 28, "w": 28, "k": 16, "r": 3},
    sizes=(
        {"n": 1, "c": 2, "h": 4, "w": 5, "k": 3, "r": 3},
        {"n": 3, "c": 4, "h": 7, "w": 6, "k": 5, "r": 5},
        {"n": 2, "c": 8, "h": 14, "w": 14, "k": 8, "r": 3},
    ),
    operands=_operands,
    variants={REFERENCE: _unfolded, UNFUSED: _unfolded, FUSED: _by_tap},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
