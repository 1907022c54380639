"""Z23: products in several precisions: a layer's three products, and 8-bit weights.

Training: ``m`` rows, ``k`` features in, ``n`` out; the forward product and both backward ones,
6 m n k FLOP, measured in each number format. Low bits: int8 weights with a scale a column,
multiplied out to floating point before the product, or inside it. MACs a clock are FLOP / 2 over
seconds and clock; no core does more than its instruction set allows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.errors import InputError
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

LEVELS = 127
"""Largest magnitude of a symmetric int8 weight."""


def macs_per_clock(work_flop: float, time_s: float, clock_hz: float) -> float:
    """Return multiply-adds a clock cycle: FLOP / 2 over (seconds x clock)."""
    if time_s <= 0 or clock_hz <= 0:
        raise InputError(f"seconds and clock must be positive, not {time_s} and {clock_hz}")
    return work_flop / 2 / (time_s * clock_hz)


def rate_problem(macs: float, most_macs: float) -> str:
    """Return "" for a rate the instruction set allows, else what is wrong with it."""
    if macs <= most_macs:
        return ""
    return (
        f"{macs:.1f} MAC/clk is more than the {most_macs:g} the instruction set allows: "
        "wrong clock, or another unit did the work"
    )


def _training_operands(
    shape: Shape, random: Callable[..., torch.Tensor]
) -> tuple[torch.Tensor, ...]:
    m, n, k = shape["m"], shape["n"], shape["k"]
    return random(m, k), random(k, n) / k**0.5, random(m, n)


def _joined(parts: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    return torch.cat([part.flatten() for part in parts])


def _copied(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write transposes out before the backward products."""
    x, w, gradient = operands
    turned_w, turned_x = w.t().contiguous(), x.t().contiguous()
    return _joined((x @ w, gradient @ turned_w, turned_x @ gradient))


def _in_place(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Read transposes where they lie and write the three results side by side."""
    import torch

    x, w, gradient = operands
    sizes = ((x.shape[0], w.shape[1]), tuple(x.shape), tuple(w.shape))
    out = x.new_empty(sum(rows * columns for rows, columns in sizes))
    parts = torch.split(out, [rows * columns for rows, columns in sizes])
    pairs = ((x, w), (gradient, w.t()), (x.t(), gradient))
    for part, size, (left, right) in zip(parts, sizes, pairs, strict=True):
        torch.mm(left, right, out=part.view(size))
    return out


def training_flop(shape: Shape) -> float:
    """3 x 2 m n k."""
    return 6.0 * shape["m"] * shape["n"] * shape["k"]


def training_bytes(shape: Shape, element_bytes: float) -> float:
    """Count three operands, each read twice by three products, and three results."""
    m, n, k = shape["m"], shape["n"], shape["k"]
    return 3.0 * element_bytes * (m * k + k * n + m * n)


def training_added(shape: Shape, element_bytes: float) -> float:
    """Count both transposes and the joining of results, written and read."""
    m, n, k = shape["m"], shape["n"], shape["k"]
    turned, results = m * k + k * n, m * n + m * k + k * n
    return 2.0 * element_bytes * (turned + results)


def _low_bit_operands(
    shape: Shape, random: Callable[..., torch.Tensor]
) -> tuple[torch.Tensor, ...]:
    """Draw activations, int8 weights (n, k) and a scale a column."""
    import torch

    m, n, k = shape["m"], shape["n"], shape["k"]
    weights = random(n, k)
    scale = weights.abs().amax(1) / LEVELS
    levels = torch.round(weights / scale[:, None]).to(torch.int8)
    return random(m, k) / k**0.5, levels, scale


def _widened(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Write the weights out in floating point, then multiply."""
    x, levels, scale = operands
    return x @ (levels.to(x.dtype) * scale[:, None]).t()


def _inside(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Widen weights in registers, inside the product."""
    import torch

    x, levels, scale = operands
    out: torch.Tensor = torch.ops.aten._weight_int8pack_mm(x, levels, scale)
    return out


def low_bit_flop(shape: Shape) -> float:
    """2 m n k, and a scaling an output."""
    return 2.0 * shape["m"] * shape["n"] * shape["k"] + shape["m"] * shape["n"]


def widened_flop(shape: Shape) -> float:
    """2 m n k, and a scaling a weight."""
    return 2.0 * shape["m"] * shape["n"] * shape["k"] + shape["n"] * shape["k"]


def low_bit_bytes(shape: Shape, element_bytes: float) -> float:
    """Count activations, a byte a weight, scales and outputs."""
    m, n, k = shape["m"], shape["n"], shape["k"]
    return element_bytes * (m * k + n + m * n) + n * k


def low_bit_added(shape: Shape, element_bytes: float) -> float:
    """Count weights widened, scaled and read: written twice, read twice."""
    return 4.0 * element_bytes * shape["n"] * shape["k"]


TRAINING = Workload(
    key="Z23",
    name="training-products",
    question="How many multiply-adds a clock do a layer's three products reach in each format?",
    papers="Nadalini et al., Reduced Precision Floating-Point Optimization for On-Device Learning "
    "on MicroControllers (2023)",
    baseline="transposes written to memory, three products, results joined",
    claimed="1.72x of fp16 over fp32, 3.11 and 0.81 MAC/clk forward and backward (RISC-V cores)",
    preset={"m": 128, "n": 256, "k": 512},
    sizes=({"m": 3, "n": 5, "k": 4}, {"m": 33, "n": 16, "k": 65}, {"m": 64, "n": 96, "k": 128}),
    operands=_training_operands,
    variants={REFERENCE: _copied, UNFUSED: _copied, FUSED: _in_place},
    flop=training_flop,
    min_bytes=training_bytes,
    added_bytes=training_added,
)
LOW_BIT = Workload(
    key="Z23",
    name="low-bit-weights",
    question="What does widening 8-bit weights inside the product save?",
    papers="Huang et al., TFMQ-DM (2023); Temporal Feature Matters (2024)",
    baseline="torch eager: weights converted, scaled and written, then a product",
    claimed="2.0x quantisation time (TFMQ-DM); none on run time",
    preset={"m": 1, "n": 4096, "k": 1024},
    sizes=({"m": 1, "n": 16, "k": 32}, {"m": 4, "n": 32, "k": 64}, {"m": 8, "n": 48, "k": 160}),
    operands=_low_bit_operands,
    variants={REFERENCE: _widened, UNFUSED: _widened, FUSED: _inside},
    flop=low_bit_flop,
    min_bytes=low_bit_bytes,
    added_bytes=low_bit_added,
    unfused_flop=widened_flop,
)
WORKLOADS = (TRAINING, LOW_BIT)
