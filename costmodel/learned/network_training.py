"""Train a family's network: AdamW, one rising and falling rate, errors counted in log latency.

Rows lose the name of their stack at random, so that a prediction without one is the middle of the
stacks measured. Arithmetic runs in bfloat16 with float32 weights where the processor multiplies
bfloat16, else in float32 (emulated bfloat16 took 6.6 times as long); prediction is float32.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.network import Network
from costmodel.learned.network_inputs import CODES, STACK, Floats, Inputs, Integers
from costmodel.learned.network_plans import Plan

if TYPE_CHECKING:
    import torch
    from torch import nn

HIDDEN_SHARE = 0.1
"""Share of each batch whose stack is hidden; set by eye."""
_ROUND = 0.02
"""Log errors below this count as squares, above it as distances: about the noise of a row."""
_TABLE_SPREAD = 0.05
"""Standard deviation of the look-up tables before training; set by eye."""
_WARM = 0.1
"""Share of the steps over which the learning rate rises."""


def train(
    inputs: Inputs,
    matrix: Floats,
    gpu: Integers,
    target: npt.NDArray[np.float64],
    plan: Plan,
    seed: int,
) -> Network:
    """Return a network fitted to ``target`` (log latency over bound) of the rows."""
    import torch

    torch.manual_seed(seed)
    data = _Data(inputs, matrix, gpu, target)
    model = _model(inputs, data, plan.widths)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=plan.learning_rate, weight_decay=plan.decay, fused=True
    )
    rng = np.random.default_rng(seed)
    per_epoch = max(1, len(matrix) // plan.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, plan.learning_rate, total_steps=plan.epochs * per_epoch + 1, pct_start=_WARM
    )
    for _ in range(plan.epochs):
        order = rng.permutation(len(matrix))
        for step in range(per_epoch):
            chosen = torch.from_numpy(order[step * plan.batch : (step + 1) * plan.batch])
            hidden = torch.from_numpy(rng.random(len(chosen)) < HIDDEN_SHARE)
            loss = _loss(model, data, chosen, hidden)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return _network(inputs, data, model)


class _Data:
    """Rows as tensors: scaled numbers, entries of the look-up tables and their weights."""

    def __init__(
        self,
        inputs: Inputs,
        matrix: Floats,
        gpu: Integers,
        target: npt.NDArray[np.float64],
    ) -> None:
        import torch

        codes = inputs.codes(matrix, gpu)
        configuration = inputs.configuration(codes)
        entries: list[npt.NDArray[Any]] = []
        weights: list[npt.NDArray[Any]] = []
        self.starts = [0]
        stack = []
        for shape, knots in enumerate(inputs.knots):
            if len(knots):
                below, weight = inputs.hats(matrix, shape)
                entries += [below + self.starts[-1], below + self.starts[-1] + 1]
                weights += [1 - weight, weight]
            self.starts.append(self.starts[-1] + len(knots))
        for name, column, size in zip(CODES, codes.T, inputs.sizes, strict=True):
            if size:
                stack += [len(entries)] if name in STACK else []
                entries.append(np.maximum(column, 0) + self.starts[-1])
                weights.append((column >= 0).astype(np.float32))
            self.starts.append(self.starts[-1] + size)
        known = len(inputs.configurations)
        stack.append(len(entries))
        entries.append(np.minimum(configuration, known - 1) + self.starts[-1])
        weights.append((configuration < known).astype(np.float32))
        self.starts.append(self.starts[-1] + known)
        self.stack = torch.tensor(stack)
        self.numbers = torch.from_numpy(np.ascontiguousarray(inputs.numbers(matrix)))
        self.entries = torch.from_numpy(np.column_stack(entries).astype(np.int32))
        self.weights = torch.from_numpy(np.column_stack(weights).astype(np.float32))
        self.configuration = torch.from_numpy(configuration)
        self.target = torch.from_numpy(target.astype(np.float32))
        self.middle = float(np.median(target))


@dataclass(frozen=True, slots=True)
class _Model:
    """The layers while they train."""

    first: nn.Linear
    tables: nn.EmbeddingBag
    layers: tuple[nn.Linear, ...]
    head: nn.Linear
    heads: nn.Embedding

    def parameters(self) -> list[nn.Parameter]:
        parts = (self.first, self.tables, *self.layers, self.head, self.heads)
        return [parameter for part in parts for parameter in part.parameters()]


def _model(inputs: Inputs, data: _Data, widths: Sequence[int]) -> _Model:
    from torch import nn

    model = _Model(
        nn.Linear(len(inputs.columns), widths[0]),
        nn.EmbeddingBag(data.starts[-1], widths[0], mode="sum"),
        tuple(nn.Linear(*pair) for pair in itertools.pairwise(widths)),
        nn.Linear(widths[-1], 1),
        nn.Embedding(len(inputs.configurations) + 1, widths[-1] + 1),
    )
    nn.init.normal_(model.tables.weight, std=_TABLE_SPREAD)
    nn.init.zeros_(model.heads.weight)
    return model


def _loss(model: _Model, data: _Data, chosen: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
    import torch
    from torch.nn import functional

    weights = data.weights[chosen]
    weights[:, data.stack] *= ~hidden[:, None]
    configuration = data.configuration[chosen]
    nameless = hidden | (configuration == model.heads.num_embeddings - 1)
    own = torch.where(nameless[:, None], 0.0, model.heads(configuration))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_multiplies_bfloat16()):
        out = model.first(data.numbers[chosen])
        out = out + model.tables(data.entries[chosen], per_sample_weights=weights)
        for layer in model.layers:
            out = layer(functional.relu(out))
        out = functional.relu(out).float()
    found = model.head(out)[:, 0] + (out * own[:, :-1]).sum(1) + own[:, -1]
    return functional.smooth_l1_loss(found, data.target[chosen] - data.middle, beta=_ROUND)


@functools.cache
def _multiplies_bfloat16() -> bool:
    import torch

    found = torch.cpu.get_capabilities()
    return any(found.get(name, False) for name in ("avx512_bf16", "amx_bf16", "arm_bf16"))


def _network(inputs: Inputs, data: _Data, model: _Model) -> Network:
    tables = np.split(model.tables.weight.detach().numpy().copy(), data.starts[1:-1])
    shapes = len(inputs.knots)
    head = _weights(model.head)[:, 0]
    head[-1] += data.middle
    return Network(
        inputs,
        _weights(model.first),
        tuple(tables[:shapes]),
        tuple(tables[shapes:-1]),
        tables[-1],
        tuple(_weights(layer) for layer in model.layers),
        head,
        model.heads.weight.detach().numpy()[:-1].copy(),
    )


def _weights(layer: nn.Linear) -> Floats:
    """Return a layer's weights, one row an input, with the bias as last row."""
    rows = [layer.weight.detach().numpy().T, layer.bias.detach().numpy()[None]]
    return np.ascontiguousarray(np.concatenate(rows))
