"""Z22: a convolution over time and space, in one call or as one 2-D convolution a time tap.

``n`` clips of ``c`` channels, ``t`` frames of ``h`` x ``w`` pixels, ``k`` channels out,
3 x 3 x 3 filters, same padding. SqueezeTime replaces it by a 2-D convolution whose
channels hold time: another network, whose work ``squeezed_flop`` counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

TAPS = 3


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, c, t, h, w, k = (shape[name] for name in ("n", "c", "t", "h", "w", "k"))
    return random(n, c, t, h, w), random(k, c, TAPS, TAPS, TAPS) / (27 * c) ** 0.5


def _library(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    clip, weight = operands
    return torch.nn.functional.conv3d(clip, weight, padding=1)


def _by_tap(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Convolve all frames with each time tap's filter and add, shifted in time."""
    import torch

    clip, weight = operands
    n, t, h, w, k = (shape[name] for name in ("n", "t", "h", "w", "k"))
    frames = clip.transpose(1, 2).reshape(n * t, -1, h, w)
    out = clip.new_zeros(n, t, k, h, w)
    for tap in range(TAPS):
        part = torch.nn.functional.conv2d(frames, weight[:, :, tap], padding=1)
        part, later = part.reshape(n, t, k, h, w), 1 - tap
        first, last = max(0, later), min(t, t + later)
        out[:, first:last] += part[:, first - later : last - later]
    return out.transpose(1, 2)


def flop(shape: Shape) -> float:
    """2 n t h w k c 27."""
    n, c, t, h, w, k = (shape[name] for name in ("n", "c", "t", "h", "w", "k"))
    return 2.0 * n * t * h * w * k * c * TAPS**3


def squeezed_flop(shape: Shape, channels_in: int, channels_out: int) -> float:
    """Return 2 n h w k' c' 9: a 2-D convolution whose channels hold time."""
    return 2.0 * shape["n"] * shape["h"] * shape["w"] * channels_in * channels_out * TAPS**2


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count clip, weights and output."""
    n, c, t, h, w, k = (shape[name] for name in ("n", "c", "t", "h", "w", "k"))
    return element_bytes * (n * t * h * w * (c + k) + 27.0 * c * k)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the frames' copy (2) and two more reads; each tap's output written, read and summed."""
    n, c, t, h, w, k = (shape[name] for name in ("n", "c", "t", "h", "w", "k"))
    return element_bytes * n * t * h * w * (4.0 * c + 4.0 * TAPS * k)


WORKLOAD = Workload(
    key="Z22",
    name="video-convolution",
    question="What does a library's 3-D convolution save over one 2-D convolution a time tap?",
    papers="Zhai et al., No Time to Waste: Squeeze Time into Channel (SqueezeTime, 2024)",
    baseline="torch eager: frames copied out, three 2-D convolutions, three sums",
    claimed="+80% GPU throughput of SqueezeTime over 3-D networks (another network)",
    preset={"n": 1, "c": 16, "t": 8, "h": 28, "w": 28, "k": 16},
    sizes=(
        {"n": 1, "c": 1, "t": 1, "h": 3, "w": 4, "k": 2},
        {"n": 2, "c": 3, "t": 4, "h": 6, "w": 5, "k": 2},
        {"n": 1, "c": 8, "t": 6, "h": 10, "w": 12, "k": 4},
    ),
    operands=_operands,
    variants={REFERENCE: _library, UNFUSED: _by_tap, FUSED: _library},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
