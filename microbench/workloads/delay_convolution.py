"""Z29: synapses with a delay, as a long kernel with one non-zero tap or as a shifted copy.

``c`` synapses, ``t`` steps, delays below ``taps``: y[c, t] = w[c] x[c, t - delay[c]].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    delays = random(shape["c"]).abs().mul(shape["taps"]).long() % shape["taps"]
    return random(shape["c"], shape["t"]), random(shape["c"]), delays


def _long_kernel(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights, delays = operands
    c, taps = shape["c"], shape["taps"]
    kernel = x.new_zeros(c, taps).scatter(1, taps - 1 - delays[:, None], weights[:, None])
    padded = torch.nn.functional.pad(x, (taps - 1, 0)).unsqueeze(0)
    return torch.nn.functional.conv1d(padded, kernel.unsqueeze(1), groups=c).squeeze(0)


def _shifted(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights, delays = operands
    out, length = torch.zeros_like(x), x.shape[1]
    for row, (weight, delay) in enumerate(zip(weights, delays.tolist(), strict=True)):
        if delay < length:
            torch.mul(x[row, : length - delay], weight, out=out[row, delay:])
    return out


def flop(shape: Shape) -> float:
    """2 c t, as many as one tap of the long kernel."""
    return 2.0 * shape["c"] * shape["t"]


def unfused_flop(shape: Shape) -> float:
    """2 taps c t."""
    return shape["taps"] * flop(shape)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input and output, weights and 8-byte delays."""
    return element_bytes * (2.0 * shape["c"] * shape["t"] + shape["c"]) + 8 * shape["c"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count kernels and the padded input, both written and read."""
    padded = shape["c"] * (shape["t"] + shape["taps"] - 1)
    return 2.0 * element_bytes * (shape["c"] * shape["taps"] + padded)


WORKLOAD = Workload(
    key="Z29",
    name="delay-convolution",
    question="What do the zeros of a delay kernel cost?",
    papers="Hammouamri et al., Learning Delays in Spiking Neural Networks (ICLR 2024)",
    baseline="depthwise convolution with a long kernel that holds one non-zero tap",
    claimed="none on speed (accuracy, fewer parameters)",
    preset={"c": 64, "t": 4096, "taps": 32},
    sizes=(
        {"c": 2, "t": 6, "taps": 3},
        {"c": 5, "t": 40, "taps": 25},
        {"c": 16, "t": 200, "taps": 32},
    ),
    operands=_operands,
    variants={REFERENCE: _long_kernel, UNFUSED: _long_kernel, FUSED: _shifted},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
