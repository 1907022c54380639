"""Z12: an LSTM layer, gate by gate in a loop, with one product a step, or as one library call.

``b`` sequences, ``t`` steps, ``d`` features in and out. Gates i, f, g, o in torch's order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch

GATES = 4


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, t, d = shape["b"], shape["t"], shape["d"]
    weights = (random(GATES * d, d) / d**0.5, random(GATES * d, d) / d**0.5)
    return random(t, b, d), *weights, random(GATES * d)


def _by_gate(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Eight products a step, one a gate and side, and an operator for each of the rest."""
    import torch

    x, w_in, w_state, bias = operands
    sides = [w.chunk(GATES) for w in (w_in, w_state)]
    h = c = torch.zeros_like(x[0])
    states = []
    for step in x:
        pre = [
            step @ wi.t() + h @ ws.t() + b
            for wi, ws, b in zip(*sides, bias.chunk(GATES), strict=True)
        ]
        c = pre[1].sigmoid() * c + pre[0].sigmoid() * pre[2].tanh()
        h = pre[3].sigmoid() * c.tanh()
        states.append(h)
    return torch.stack(states)


def _alternating(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """One product for all inputs beforehand, then a product and a pointwise part each step."""
    import torch

    x, w_in, w_state, bias = operands
    inputs = torch.nn.functional.linear(x, w_in, bias)
    h = c = torch.zeros_like(x[0])
    states = []
    for step in inputs:
        i, f, g, o = torch.addmm(step, h, w_state.t()).chunk(GATES, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        states.append(h)
    return torch.stack(states)


def _library(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, w_in, w_state, bias = operands
    with torch.device("meta"):
        layer = torch.nn.LSTM(x.shape[2], x.shape[2])
    named = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    values = (w_in, w_state, bias, torch.zeros_like(bias))
    out, _ = torch.func.functional_call(layer, dict(zip(named, values, strict=True)), (x,))
    return torch.as_tensor(out)


def flop(shape: Shape) -> float:
    """2 b 4 d^2 t for each side, and 9 a state for gates."""
    b, t, d = shape["b"], shape["t"], shape["d"]
    return b * t * (2.0 * 2 * GATES * d * d + 9.0 * d)


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count input and states once, both weight matrices and the bias once."""
    b, t, d = shape["b"], shape["t"], shape["d"]
    return element_bytes * (2.0 * b * t * d + 2 * GATES * d * d + GATES * d)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count both matrices read again every step but one: 2 (t - 1) 4 d^2."""
    return element_bytes * (shape["t"] - 1) * 2.0 * GATES * shape["d"] ** 2


WORKLOAD = Workload(
    key="Z12",
    name="lstm",
    question="What does an LSTM lose to launching every gate of every step by itself?",
    papers="Poeppel et al., FlashRNN (2024)",
    baseline="Python loop: one product a gate, side and step, pointwise operators one by one",
    claimed="50x over a vanilla PyTorch loop; 2x to 5x fused over alternating (GPU)",
    preset={"b": 8, "t": 32, "d": 128},
    sizes=({"b": 1, "t": 1, "d": 4}, {"b": 2, "t": 7, "d": 16}, {"b": 4, "t": 20, "d": 32}),
    operands=_operands,
    variants=widened(
        {
            REFERENCE: _by_gate,
            UNFUSED: _by_gate,
            "alternating": _alternating,
            FUSED: _library,
        }
    ),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
