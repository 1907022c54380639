"""Z06: one k x k depthwise convolution, by windows in memory, directly, or through FFTs.

``n`` images, ``c`` channels, ``h`` x ``w`` pixels, a ``k`` x ``k`` filter a channel (k odd), same
padding. Work grows with k^2 where windows are read, and hardly at all through FFTs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

FFT = "fft"


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, c, h, w, k = (shape[name] for name in ("n", "c", "h", "w", "k"))
    return random(n, c, h, w), random(c, 1, k, k) / k


def _direct(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weight = operands
    return torch.nn.functional.conv2d(x, weight, padding=shape["k"] // 2, groups=shape["c"])


def _windows(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write every filter window out, then multiply by the filter, channel by channel."""
    import torch

    x, weight = operands
    n, c, h, w, k = (shape[name] for name in ("n", "c", "h", "w", "k"))
    columns = torch.nn.functional.unfold(x, k, padding=k // 2).reshape(n, c, k * k, h * w)
    return (weight.reshape(c, 1, k * k) @ columns).reshape(n, c, h, w)


def _fft(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Multiply spectra of h + k - 1 by w + k - 1 points; 16-bit operands are widened for it."""
    import torch

    x, weight = operands
    kind = torch.promote_types(x.dtype, torch.float32)
    h, w, half = shape["h"], shape["w"], shape["k"] // 2
    size = (h + shape["k"] - 1, w + shape["k"] - 1)
    taps = weight[:, 0].flip(-1, -2).to(kind)
    spectrum = torch.fft.rfft2(x.to(kind), s=size) * torch.fft.rfft2(taps, s=size)
    out: torch.Tensor = torch.fft.irfft2(spectrum, s=size)
    return out[..., half : half + h, half : half + w].to(x.dtype)


def _elements(shape: Shape) -> int:
    return shape["n"] * shape["c"] * shape["h"] * shape["w"]


def flop(shape: Shape) -> float:
    """2 k^2 per pixel and channel."""
    return 2.0 * shape["k"] ** 2 * _elements(shape)


def fft_flop(shape: Shape) -> float:
    """Count 2.5 m log2 m a real transform of m points: each image twice, each filter once.

    The product of spectra is 6 a complex number, of which there are m / 2.
    """
    import math

    points = float((shape["h"] + shape["k"] - 1) * (shape["w"] + shape["k"] - 1))
    transform = 2.5 * points * math.log2(points)
    images = shape["n"] * shape["c"]
    return (2 * images + shape["c"]) * transform + 3.0 * images * points


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input, output and filters once: the intensity tends to k^2 / e."""
    return element_bytes * (2.0 * _elements(shape) + shape["c"] * shape["k"] ** 2)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the windows, written and read: 2 k^2 per pixel and channel."""
    return 2.0 * element_bytes * shape["k"] ** 2 * _elements(shape)


WORKLOAD = Workload(
    key="Z06",
    name="depthwise-kernel-size",
    question="From what filter size on does an FFT beat a direct depthwise convolution?",
    papers="Ding et al., Scaling Up Your Kernels (2024)",
    baseline="windows written to memory (unfold), then one matrix product a channel",
    claimed="faster than vision transformers, no number in the abstract",
    preset={"n": 1, "c": 32, "h": 28, "w": 28, "k": 13},
    sizes=(
        {"n": 1, "c": 2, "h": 6, "w": 5, "k": 3},
        {"n": 2, "c": 3, "h": 9, "w": 12, "k": 7},
        {"n": 1, "c": 4, "h": 16, "w": 16, "k": 13},
    ),
    operands=_operands,
    variants={REFERENCE: _direct, UNFUSED: _windows, FUSED: _direct, FFT: _fft},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
