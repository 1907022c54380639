"""Z27: mixing channels in few Fourier modes, by whole FFTs or by products with the modes' waves.

``b`` images of ``c`` channels in, ``k`` out, ``h`` x ``w`` pixels, the lowest ``modes`` x ``modes``
frequencies. Whole transforms write spectra that are mostly dropped or zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, c, k, h, w, modes = (shape[name] for name in ("b", "c", "k", "h", "w", "modes"))
    mix = (c, k, modes, modes)
    return random(b, c, h, w), random(*mix) / c**0.5, random(*mix) / c**0.5


def _mixed(spectrum: torch.Tensor, real: torch.Tensor, imaginary: torch.Tensor) -> torch.Tensor:
    import torch

    return torch.einsum("bcuv,ckuv->bkuv", spectrum, torch.complex(real, imaginary))


def _whole(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, real, imaginary = operands
    h, w, modes = shape["h"], shape["w"], shape["modes"]
    spectrum = torch.fft.rfft2(x)
    out = spectrum.new_zeros(x.shape[0], shape["k"], h, w // 2 + 1)
    out[:, :, :modes, :modes] = _mixed(spectrum[:, :, :modes, :modes], real, imaginary)
    image: torch.Tensor = torch.fft.irfft2(out, s=(h, w))
    return image


def _waves(points: int, modes: int, like: torch.Tensor) -> torch.Tensor:
    """Return exp(-2 pi i u x / points) for the lowest modes u, (points, modes)."""
    import torch

    grid = torch.arange(points)[:, None] * torch.arange(modes)[None, :] % points
    angle = grid.to(like.dtype) * (-2 * torch.pi / points)
    return torch.complex(angle.cos(), angle.sin())


def _truncated(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Transform to the kept modes only and back; modes v > 0 stand for their mirror images too."""
    import torch

    x, real, imaginary = operands
    h, w, modes = shape["h"], shape["w"], shape["modes"]
    rows, columns = _waves(h, modes, x), _waves(w, modes, x)
    half = torch.complex(x @ columns.real, x @ columns.imag)
    mixed = _mixed(rows.t() @ half, real, imaginary)
    weights = torch.full((modes,), 2.0 / (h * w), dtype=x.dtype)
    weights[0] = 1.0 / (h * w)
    back = rows.conj() @ (mixed * weights)
    return back.real @ columns.real.t() + back.imag @ columns.imag.t()


def flop(shape: Shape) -> float:
    """4 w m h and 8 h m^2 a channel each way, 8 m^2 c k for mixing."""
    b, c, k, h, w, m = (shape[name] for name in ("b", "c", "k", "h", "w", "modes"))
    return b * ((c + k) * (4.0 * h * w * m + 8.0 * h * m * m) + 8.0 * m * m * c * k)


def unfused_flop(shape: Shape) -> float:
    """2.5 h w log2(h w) a real transform, 8 m^2 c k for mixing."""
    import math

    b, c, k, h, w, m = (shape[name] for name in ("b", "c", "k", "h", "w", "modes"))
    return b * ((c + k) * 2.5 * h * w * math.log2(h * w) + 8.0 * m * m * c * k)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input, output and complex mixing weights."""
    b, c, k, h, w, m = (shape[name] for name in ("b", "c", "k", "h", "w", "modes"))
    return element_bytes * (b * (c + k) * h * w + 2.0 * m * m * c * k)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input and output spectra, h (w / 2 + 1) complex numbers written and read."""
    spectrum = shape["h"] * (shape["w"] // 2 + 1) * 2
    return 2.0 * element_bytes * shape["b"] * (shape["c"] + shape["k"]) * spectrum


WORKLOAD = Workload(
    key="Z27",
    name="spectral-convolution",
    question="What do whole FFTs cost when few modes are kept?",
    papers="Cao et al., Spectral-Refiner (2024); Li et al., Fourier Neural Operator (ICLR 2021)",
    baseline="torch.fft: whole forward and inverse transforms with dropped modes",
    claimed='"significant", no number',
    preset={"b": 2, "c": 16, "k": 16, "h": 64, "w": 64, "modes": 8},
    sizes=(
        {"b": 1, "c": 1, "k": 2, "h": 6, "w": 8, "modes": 2},
        {"b": 2, "c": 3, "k": 2, "h": 12, "w": 10, "modes": 4},
        {"b": 1, "c": 4, "k": 4, "h": 32, "w": 32, "modes": 8},
    ),
    operands=_operands,
    variants=widened({REFERENCE: _whole, UNFUSED: _whole, FUSED: _truncated}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
