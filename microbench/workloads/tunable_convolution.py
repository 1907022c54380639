"""Z21: a convolution tuned by weights a_i over p kernels: mix the outputs, or mix the kernels.

``n`` images, ``c`` channels in, ``k`` out, ``h`` x ``w`` pixels, ``r`` x ``r`` filters,
``p`` kernels. Convolution is linear: sum a_i conv(x, W_i) = conv(x, sum a_i W_i).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    n, c, k, h, w, r, p = (shape[name] for name in ("n", "c", "k", "h", "w", "r", "p"))
    return random(n, c, h, w), random(p, k, c, r, r) / (c * r * r) ** 0.5, random(p)


def _mix_outputs(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    from torch.nn.functional import conv2d

    x, kernels, weights = operands
    out = weights[0] * conv2d(x, kernels[0], padding=shape["r"] // 2)
    for weight, kernel in zip(weights[1:], kernels[1:], strict=True):
        out = out + weight * conv2d(x, kernel, padding=shape["r"] // 2)
    return out


def _mix_kernels(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, kernels, weights = operands
    kernel = torch.einsum("p,pkcrs->kcrs", weights, kernels)
    return torch.nn.functional.conv2d(x, kernel, padding=shape["r"] // 2)


def _conv_flop(shape: Shape) -> float:
    n, c, k, h, w, r = (shape[name] for name in ("n", "c", "k", "h", "w", "r"))
    return 2.0 * n * c * k * h * w * r * r


def _outputs(shape: Shape) -> int:
    return shape["n"] * shape["k"] * shape["h"] * shape["w"]


def flop(shape: Shape) -> float:
    """One convolution and 2 p K C R S to mix the kernels."""
    kernel = shape["k"] * shape["c"] * shape["r"] ** 2
    return _conv_flop(shape) + 2.0 * shape["p"] * kernel


def unfused_flop(shape: Shape) -> float:
    """P convolutions; their outputs scaled and summed: 2 p - 1 an output."""
    return shape["p"] * _conv_flop(shape) + (2.0 * shape["p"] - 1) * _outputs(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the image, p kernels and one output."""
    pixels = shape["n"] * shape["c"] * shape["h"] * shape["w"]
    kernels = shape["p"] * shape["k"] * shape["c"] * shape["r"] ** 2
    return element_bytes * (pixels + kernels + _outputs(shape))


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the image again p - 1 times; p outputs scaled (2) and p - 1 sums (3) and outputs."""
    p = shape["p"]
    pixels = shape["n"] * shape["c"] * shape["h"] * shape["w"]
    return element_bytes * ((p - 1.0) * pixels + (2 * p + 3 * (p - 1) + p - 1) * _outputs(shape))


WORKLOAD = Workload(
    key="Z21",
    name="tunable-convolution",
    question="What does mixing kernels instead of outputs save a tunable convolution?",
    papers="Maggioni et al., Tunable Convolutions with Parametric Multi-Loss Optimization (2023)",
    baseline="p convolutions, outputs scaled and summed",
    claimed='"virtually no extra computational cost"',
    preset={"n": 1, "c": 32, "k": 32, "h": 56, "w": 56, "r": 3, "p": 4},
    sizes=(
        {"n": 1, "c": 2, "k": 3, "h": 5, "w": 6, "r": 3, "p": 2},
        {"n": 2, "c": 4, "k": 4, "h": 9, "w": 8, "r": 5, "p": 3},
        {"n": 1, "c": 8, "k": 8, "h": 14, "w": 14, "r": 3, "p": 4},
    ),
    operands=_operands,
    variants={REFERENCE: _mix_outputs, UNFUSED: _mix_outputs, FUSED: _mix_kernels},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
