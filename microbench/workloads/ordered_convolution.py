"""Z07: a circular convolution of a power of two of steps, its transform as p chained products.

``b`` sequences of ``h`` channels and ``n`` = 2^j steps. A transform of n = n_1 ... n_p points is p
products with n_i x n_i matrices and twiddles between: 16 n n_i FLOP a factor, forward and back.
Spectra come out in a permuted order, the same for both operands, so their product needs no sorting.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch

ORDERS = (2, 3, 4)


def sides(points: int, order: int) -> tuple[int, ...]:
    """Split a power of two into near-equal powers of two, largest first."""
    small, larger = divmod(points.bit_length() - 1, order)
    return tuple(1 << (small + (index < larger)) for index in range(order))


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, h, n = shape["b"], shape["h"], shape["n"]
    return random(b, h, n), random(h, n) / n**0.5


def _fft(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, kernel = operands
    out: torch.Tensor = torch.fft.irfft(torch.fft.rfft(x) * torch.fft.rfft(kernel), shape["n"])
    return out


@functools.lru_cache(maxsize=64)
def _kept_roots(rows: int, columns: int, points: int, double: bool, device: str) -> torch.Tensor:
    """Return exp(-2 pi i r c / points); kept, for a plan makes its constants once."""
    import torch

    down, across = (torch.arange(count, device=device) for count in (rows, columns))
    grid = down[:, None] * across[None, :] % points
    roots = torch.exp(-2j * math.pi * grid.double() / points)
    return roots if double else roots.to(torch.complex64)


def _roots(rows: int, columns: int, points: int, like: torch.Tensor) -> torch.Tensor:
    import torch

    double = like.dtype is torch.complex128
    return _kept_roots(rows, columns, points, double, str(like.device))


def _forward(values: torch.Tensor, factors: tuple[int, ...]) -> torch.Tensor:
    first, *rest = factors
    matrix = _roots(first, first, first, values)
    if not rest:
        return values @ matrix
    left = math.prod(rest)
    split = matrix @ values.reshape(*values.shape[:-1], first, left)
    return _forward(split * _roots(first, left, first * left, values), tuple(rest))


def _backward(values: torch.Tensor, factors: tuple[int, ...]) -> torch.Tensor:
    first, *rest = factors
    matrix = _roots(first, first, first, values).conj()
    if not rest:
        return values @ matrix
    left = math.prod(rest)
    inner = _backward(values, tuple(rest)) * _roots(first, left, first * left, values).conj()
    out = matrix @ inner
    return out.reshape(*out.shape[:-2], first * left)


def _of_order(order: int) -> Callable[[Shape, tuple[torch.Tensor, ...]], torch.Tensor]:
    def convolve(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        import torch

        x, kernel = operands
        kind = torch.complex128 if x.dtype is torch.float64 else torch.complex64
        factors = sides(shape["n"], order)
        spectrum = _forward(x.to(kind), factors) * _forward(kernel.to(kind), factors)
        return _backward(spectrum, factors).real / shape["n"]

    return convolve


def fft_flop(shape: Shape) -> float:
    """2.5 n log2 n a real transform, twice a sequence and once a kernel; 3 n a product."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    return (2 * b + 1) * h * 2.5 * n * math.log2(n) + b * h * 3.0 * n


def order_flop(shape: Shape, order: int = 2) -> float:
    """8 n sum n_i a transform and 6 n a twiddle; 6 n a product of spectra."""
    b, h, n = shape["b"], shape["h"], shape["n"]
    transform = 8.0 * n * sum(sides(n, order)) + 6.0 * n * (order - 1)
    return (2 * b + 1) * h * transform + b * h * 6.0 * n


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input, output and kernel once."""
    return element_bytes * (2.0 * shape["b"] + 1) * shape["h"] * shape["n"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count four passes over half spectra of n / 2 + 1 complex numbers."""
    return element_bytes * shape["b"] * shape["h"] * 4.0 * (shape["n"] + 2)


WORKLOAD = Workload(
    key="Z07",
    name="ordered-convolution",
    question="Into how many products should the transform of a long convolution be split?",
    papers="Fu et al., FlashFFTConv (ICLR 2024)",
    baseline="torch.fft: forward transforms, product and inverse as separate operators",
    claimed="order 2 to 3 at 4K, 3 to 4 above 32K on an A100; up to 7.93x over torch.fft (GPU)",
    preset={"b": 1, "h": 16, "n": 4096},
    sizes=({"b": 1, "h": 1, "n": 16}, {"b": 2, "h": 3, "n": 64}, {"b": 2, "h": 4, "n": 512}),
    operands=_operands,
    variants=widened(
        {
            REFERENCE: _fft,
            UNFUSED: _fft,
            FUSED: _of_order(2),
            "order-3": _of_order(3),
            "order-4": _of_order(4),
        }
    ),
    flop=order_flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=fft_flop,
)
