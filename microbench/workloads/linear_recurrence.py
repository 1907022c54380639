"""Z11: the linear recurrence h_t = a_t h_(t-1) + b_t, step by step or as an associative scan.

``t`` steps of ``d`` channels. The scan combines neighbours, solves half the length and fills in:
depth log2 t instead of t, at most twice the combinations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    t, d = shape["t"], shape["d"]
    return random(t, d).sigmoid(), random(t, d)


def _loop(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    gates, inputs = operands
    states = [inputs[0]]
    for a, b in zip(gates[1:], inputs[1:], strict=True):
        states.append(torch.addcmul(b, a, states[-1]))
    return torch.stack(states)


def _scan(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    gates, inputs = operands
    return scan(gates, inputs)


def scan(gates: torch.Tensor, inputs: torch.Tensor) -> torch.Tensor:
    """Return all states; the first gate is not used."""
    import torch

    length = len(inputs)
    if length == 1:
        return inputs
    pairs = length // 2
    a, b = gates[1 : 2 * pairs : 2], inputs[1 : 2 * pairs : 2]
    odd = scan(a * gates[0 : 2 * pairs : 2], torch.addcmul(b, a, inputs[0 : 2 * pairs : 2]))
    out = torch.empty_like(inputs)
    out[0] = inputs[0]
    out[1 : 2 * pairs : 2] = odd
    later = len(out[2::2])
    torch.addcmul(inputs[2::2], gates[2::2], odd[:later], out=out[2::2])
    return out


def combinations(length: int) -> int:
    """Return how many (gate, input) pairs a scan combines: below twice the length."""
    if length == 1:
        return 0
    pairs = length // 2
    return pairs + combinations(pairs) + (length - 1) // 2


def flop(shape: Shape) -> float:
    """3 a combination on the way down, 2 where states are filled in."""
    length, total = shape["t"], 0.0
    while length > 1:
        total += 3.0 * (length // 2) + 2.0 * ((length - 1) // 2)
        length //= 2
    return total * shape["d"]


def unfused_flop(shape: Shape) -> float:
    """2 a step and channel."""
    return 2.0 * shape["d"] * (shape["t"] - 1)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count gates, inputs and states once: 3 t d."""
    return 3.0 * element_bytes * shape["t"] * shape["d"]


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the stacking of states, written and read once more; launches are the real cost."""
    return 2.0 * element_bytes * shape["t"] * shape["d"]


WORKLOAD = Workload(
    key="Z11",
    name="linear-recurrence",
    question="What does a parallel scan save over a loop of steps?",
    papers="Smith et al., ConvS5: Convolutional State Space Models (NeurIPS 2023)",
    baseline="Python loop: one operator a step",
    claimed="3x training over ConvLSTM, 400x generation over a Transformer (GPU)",
    preset={"t": 2048, "d": 64},
    sizes=({"t": 1, "d": 3}, {"t": 37, "d": 4}, {"t": 256, "d": 16}),
    operands=_operands,
    variants={REFERENCE: _loop, UNFUSED: _loop, FUSED: _scan},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
    unfused_flop=unfused_flop,
)
