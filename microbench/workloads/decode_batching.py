"""Z14: one decode step of several requests, each reading all weights or all sharing one read.

``b`` requests, ``layers`` layers of one ``hidden`` x ``hidden`` matrix (N = layers hidden^2
parameters) and one attention head over ``context`` cached keys and values a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    b, layers, hidden, context = (shape[n] for n in ("b", "layers", "hidden", "context"))
    return (
        random(b, hidden),
        random(layers, hidden, hidden) / hidden**0.5,
        random(layers, b, context, hidden) / hidden**0.5,
        random(layers, b, context, hidden),
    )


def _batched(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights, keys, values = operands
    for w, k, v in zip(weights, keys, values, strict=True):
        query = x @ w
        scores = torch.bmm(k, query.unsqueeze(-1)).transpose(1, 2)
        x = x + torch.bmm(torch.softmax(scores, -1), v).squeeze(1)
    return x


def _separate(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    x, weights, keys, values = operands
    steps = [
        _batched(shape, (x[i : i + 1], weights, keys[:, i : i + 1], values[:, i : i + 1]))
        for i in range(x.shape[0])
    ]
    return torch.cat(steps)


def parameters(shape: Shape) -> int:
    """Return N, the number of weights."""
    return shape["layers"] * shape["hidden"] ** 2


def flop(shape: Shape) -> float:
    """2 b N + 4 b L s h."""
    cache = shape["b"] * shape["layers"] * shape["context"] * shape["hidden"]
    return 2.0 * shape["b"] * parameters(shape) + 4.0 * cache


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the weights once, keys and values of every request, and the activations in and out."""
    cache = shape["b"] * shape["layers"] * shape["context"] * shape["hidden"]
    activations = 2.0 * shape["b"] * shape["hidden"]
    return element_bytes * (parameters(shape) + 2.0 * cache + activations)


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the weights again for every request but one."""
    return element_bytes * (shape["b"] - 1) * parameters(shape)


def batching_speedup(
    requests: int, steps: int, gap_steps: int, step_s: Callable[[int], float]
) -> float:
    """Return time one after another over time batched, from the step time t(b) of a batch.

    Requests of ``steps`` steps arrive every ``gap_steps`` steps (Flover's setting). With no gap and
    t(b) = t(1), as while weights bound the step, the speed-up is the number of requests.
    """
    separate_s = requests * steps * step_s(1)
    arrivals = [request * gap_steps for request in range(requests)]
    batched_s = 0.0
    for step in range(arrivals[-1] + steps):
        active = sum(1 for arrival in arrivals if arrival <= step < arrival + steps)
        batched_s += step_s(active) if active else 0.0
    return separate_s / batched_s


WORKLOAD = Workload(
    key="Z14",
    name="decode-batching",
    question="What does sharing one read of the weights between decode requests save?",
    papers="Yao et al., Flover (2023); Fu, Deploying Long-Context Transformers (2024)",
    baseline="requests one after another, each reading all weights",
    claimed="11x GPT, 16x LLaMA over FasterTransformer without continuous batching (GPU)",
    preset={"b": 8, "layers": 4, "hidden": 1024, "context": 64},
    sizes=(
        {"b": 1, "layers": 1, "hidden": 8, "context": 3},
        {"b": 3, "layers": 2, "hidden": 32, "context": 17},
        {"b": 5, "layers": 3, "hidden": 64, "context": 40},
    ),
    operands=_operands,
    variants={REFERENCE: _batched, UNFUSED: _separate, FUSED: _batched},
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
