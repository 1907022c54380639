"""Z07, Z08: causal convolution as long as its input, through FFTs or two small matrix products.

``b`` sequences of ``h`` channels and ``n`` steps, one kernel of ``n`` taps a channel. Both ways pad
to 2n points. The Monarch way writes a 2n-point transform as products with n1 x n1 and n2 x n2
matrices, n1 n2 = 2n. Z08 builds its kernel from ``taps`` weights a scale, each scale twice as long
and half as strong as the one before: parameters grow with log n.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, h, n = shape["b"], shape["h"], shape["n"]
    return random(b, h, n), random(h, n) / n**0.5


def _direct(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Multiply by the kernel's lower-triangular Toeplitz matrix."""
    import torch

    x, kernel = operands
    n = x.shape[-1]
    lag = torch.arange(n)[:, None] - torch.arange(n)[None, :]
    matrix = torch.where(
        lag >= 0, kernel[:, lag.clamp(min=0)], torch.zeros_like(kernel[:1, :1, None])
    )
    return torch.einsum("hts,bhs->bht", matrix, x)


def _fft(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, kernel = operands
    n = x.shape[-1]
    spectrum = torch.fft.rfft(x, 2 * n) * torch.fft.rfft(kernel, 2 * n)
    out: torch.Tensor = torch.fft.irfft(spectrum, 2 * n)
    return out[..., :n]


def factors(points: int) -> tuple[int, int]:
    """Return n1 <= n2 with n1 n2 = points, as near each other as they come."""
    first = next(n for n in range(math.isqrt(points), 0, -1) if points % n == 0)
    return first, points // first


def _monarch(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Transform by two matrix products with a twiddle between, multiply, and transform back."""
    import torch

    x, kernel = operands
    n = x.shape[-1]
    n1, n2 = factors(2 * n)
    kind = torch.complex128 if x.dtype is torch.float64 else torch.complex64

    def roots(rows: int, columns: int, points: int) -> torch.Tensor:
        grid = torch.arange(rows)[:, None] * torch.arange(columns)[None, :] % points
        return torch.exp(-2j * math.pi * grid.double() / points).to(kind)

    f1, f2, twiddle = roots(n1, n1, n1), roots(n2, n2, n2), roots(n1, n2, n1 * n2)

    def forward(values: torch.Tensor) -> torch.Tensor:
        padded = torch.nn.functional.pad(values, (0, n)).reshape(*values.shape[:-1], n1, n2)
        return ((f1 @ padded.to(kind)) * twiddle) @ f2

    spectrum = forward(x) * forward(kernel)
    back = f1.conj() @ ((spectrum @ f2.conj()) * twiddle.conj())
    return (back.real.reshape(*x.shape[:-1], 2 * n) / (2 * n))[..., :n]


def fft_flop(shape: Shape) -> float:
    """5 m log2 m a transform of m = 2n points, twice a sequence and once a kernel; 6 a product."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    points = 2.0 * n
    return (2 * b + 1) * h * 5 * points * math.log2(points) + b * h * 6 * points


def monarch_flop(shape: Shape) -> float:
    """16 n (n1 + n2) a transform (a complex multiply-add is 8), 12 n a twiddle and a product."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    n1, n2 = factors(2 * n)
    transform = 16.0 * n * (n1 + n2) + 12.0 * n
    return (2 * b + 1) * h * transform + b * h * 12.0 * n


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input, output and kernel once."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    return element_bytes * (2.0 * b * h * n + h * n)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count four passes over half spectra of n + 1 complex numbers a sequence and channel."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    return element_bytes * b * h * 4.0 * 2.0 * (n + 1)


def scales(shape: Shape) -> int:
    """Return how many scales cover n steps: the first has ``taps``, later ones double."""
    return int(math.log2(shape["n"] // shape["taps"])) + 1


def parameters(shape: Shape) -> int:
    """Return the weights of a multi-scale kernel: taps a scale and channel, O(log n)."""
    return shape["h"] * shape["taps"] * scales(shape)


def _scale_operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, h, n, taps = (shape[name] for name in ("b", "h", "n", "taps"))
    return random(b, h, n), random(scales(shape), h, taps) / n**0.5


def _pieces(weights: torch.Tensor) -> list[torch.Tensor]:
    """Stretch each scale to its length by repetition and halve its strength."""
    taps = weights.shape[-1]
    lengths = [taps, *(taps * 2**i for i in range(weights.shape[0] - 1))]
    return [
        scale.repeat_interleave(length // taps, -1) * 0.5**index
        for index, (scale, length) in enumerate(zip(weights, lengths, strict=True))
    ]


def _materialised(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights = operands
    return _fft(shape, (x, torch.cat(_pieces(weights), -1)))


def _materialised_direct(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights = operands
    return _direct(shape, (x, torch.cat(_pieces(weights), -1)))


def _summed_spectra(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write each piece where the transform reads it: no joined kernel, no padding copy."""
    import torch

    x, weights = operands
    n = x.shape[-1]
    padded, at = x.new_zeros(x.shape[1], 2 * n), 0
    for piece in _pieces(weights):
        padded[:, at : at + piece.shape[-1]] = piece
        at += piece.shape[-1]
    spectrum = torch.fft.rfft(x, 2 * n)
    spectrum *= torch.fft.rfft(padded)
    out: torch.Tensor = torch.fft.irfft(spectrum, 2 * n)
    return out[..., :n]


def _scale_min_bytes(shape: Shape, element_bytes: float) -> float:
    return element_bytes * (2.0 * shape["b"] * shape["h"] * shape["n"] + parameters(shape))


def _scale_added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the kernel, written and read."""
    return element_bytes * 2.0 * shape["h"] * shape["n"]


LONG = Workload(
    key="Z07",
    name="fft-long-convolution",
    question="What do matrix products instead of FFTs give a convolution as long as its input?",
    papers="Fu et al., FlashFFTConv (ICLR 2024); Fu et al., FlashButterfly (ICML 2023)",
    baseline="torch.fft: forward transforms, product and inverse as separate operators",
    claimed="up to 7.93x over PyTorch's FFT convolution; 2.2x for FlashButterfly (GPU)",
    preset={"b": 2, "h": 16, "n": 4096},
    sizes=({"b": 1, "h": 1, "n": 8}, {"b": 2, "h": 3, "n": 50}, {"b": 2, "h": 4, "n": 256}),
    operands=_operands,
    variants=widened({REFERENCE: _direct, UNFUSED: _fft, FUSED: _monarch}),
    flop=monarch_flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=fft_flop,
)
MULTI_SCALE = Workload(
    key="Z08",
    name="multi-scale-convolution",
    question="What does joining a multi-scale kernel in memory cost?",
    papers="Li et al., SGConv: What Makes Convolutional Models Great on Long Sequences (2022)",
    baseline="torch eager: scales stretched and joined, then the FFT convolution of Z07",
    claimed="faster than S4 on long-range tasks, no number in the abstract",
    preset={"b": 1, "h": 64, "n": 4096, "taps": 64},
    sizes=(
        {"b": 1, "h": 1, "n": 8, "taps": 4},
        {"b": 2, "h": 3, "n": 64, "taps": 8},
        {"b": 2, "h": 4, "n": 256, "taps": 16},
    ),
    operands=_scale_operands,
    variants=widened(
        {REFERENCE: _materialised_direct, UNFUSED: _materialised, FUSED: _summed_spectra}
    ),
    flop=fft_flop,
    min_bytes=_scale_min_bytes,
    added_bytes=_scale_added_bytes,
)
WORKLOADS = (LONG, MULTI_SCALE)
