"""Small real models written in PyTorch, exported, for the corpus of the token model.

Each family draws a ``torch.nn.Module`` and its inputs; ``torch.export`` traces it and torchax, a
package of PyTorch's own, turns the traced graph into jax, whose StableHLO is what is labelled. The
text is another than jax's own for the same model: activations, norms and attention are taken apart
by PyTorch's decompositions, weights are transposed, images are NCHW. Needs jax, torch, torchax.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import torch
from token_programs import F32, I32, Program, Spec, size
from torch import nn

_overload = torch._ops.OpOverloadPacket.__getattr__


def _known(packet: Any, name: str) -> Any:
    """Find an overload; ``None`` for those by named dimension, which torch 2.13 has no longer.

    torchax 0.0.13 lists them while it is imported and never calls them here.
    """
    return None if "imname" in name or "names" in name else _overload(packet, name)


torch._ops.OpOverloadPacket.__getattr__ = _known  # type: ignore[method-assign]
from torchax.export import exported_program_to_jax  # noqa: E402 - after the overloads are mended

Drawn = tuple[nn.Module, list[Spec]]
ACTIVATIONS = (nn.ReLU, nn.GELU, nn.SiLU, nn.Tanh, nn.Sigmoid, nn.ELU, nn.Softplus, nn.Hardswish)


class Calls(nn.Module):
    """A module that is one function of its inputs and of the parts it was given."""

    def __init__(self, run: Callable[..., torch.Tensor], **parts: nn.Module) -> None:
        super().__init__()
        self.run = run
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.run(self, *inputs)


def activation(r: Random) -> nn.Module:
    """Draw an activation."""
    found: nn.Module = r.choice(ACTIVATIONS)()
    return found


def mlp(r: Random) -> Drawn:
    """Dense layers with an activation, some with a norm between or a softmax at the end."""
    batch, widths = size(r, 1, 256), [size(r, 8, 768) for _ in range(r.randint(2, 5))]
    normed, act = r.random() < 0.3, activation(r)
    layers: list[nn.Module] = []
    for a, b in pairwise(widths):
        layers += [nn.Linear(a, b), *([nn.LayerNorm(b)] if normed else []), act]
    if r.random() < 0.4:
        layers.append(nn.Softmax(-1))
    return nn.Sequential(*layers), [((batch, widths[0]), F32)]


def convnet(r: Random) -> Drawn:
    """Convolution, batch norm, activation, pooling; images or signals."""
    flat = r.random() < 0.25
    conv, norm = (nn.Conv1d, nn.BatchNorm1d) if flat else (nn.Conv2d, nn.BatchNorm2d)
    pool: Any = nn.MaxPool1d if flat else r.choice([nn.MaxPool2d, nn.AvgPool2d])
    batch, side, c = size(r, 1, 4), size(r, 16, 48), size(r, 3, 32)
    act, layers, image = activation(r), [], (side * 8,) if flat else (side, side)
    inputs: list[Spec] = [((batch, c, *image), F32)]
    for _ in range(r.randint(1, 3)):
        k, out = r.choice([1, 3, 3, 5]), size(r, 4, 64)
        layers += [conv(c, out, k, stride=r.choice([1, 1, 2]), padding=k // 2), norm(out), act]
        layers += [pool(2)] if r.random() < 0.3 else []
        c = out
    end = nn.AdaptiveAvgPool1d(1) if flat else nn.AdaptiveAvgPool2d(1)
    return nn.Sequential(*layers, end, nn.Flatten(), nn.Linear(c, 10)), inputs


def separable(r: Random) -> Drawn:
    """An inverted residual: widen, depthwise, narrow, with squeeze and excitation at times."""
    batch, side, c = size(r, 1, 2), size(r, 7, 40), size(r, 8, 48, 8)
    wide, k, stride = c * r.choice([1, 2, 4]), r.choice([3, 5, 7]), r.choice([1, 1, 2])
    squeeze, act = r.random() < 0.4, activation(r)
    body = nn.Sequential(
        nn.Sequential(nn.Conv2d(c, wide, 1, bias=False), nn.BatchNorm2d(wide), act),
        nn.Conv2d(wide, wide, k, stride=stride, padding=k // 2, groups=wide, bias=False),
        nn.Sequential(nn.BatchNorm2d(wide), act),
    )
    gate = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(wide, wide, 1), nn.Sigmoid())

    def run(self: Any, x: torch.Tensor) -> torch.Tensor:
        y = self.body(x)
        y = self.narrow(y * self.gate(y) if squeeze else y)
        return x + y if x.shape == y.shape else y

    narrow = nn.Conv2d(wide, c, 1)
    return Calls(run, body=body, gate=gate, narrow=narrow), [((batch, c, side, side), F32)]


def attention(r: Random) -> Drawn:
    """Scaled dot-product attention, causal or not, decode of one token."""
    batch, heads, width = size(r, 1, 4), r.choice([1, 2, 4, 8]), size(r, 8, 96, 8)
    keys = size(r, 8, 320)
    tokens, causal = r.choice([1, keys, keys, size(r, 4, 256)]), r.random() < 0.5

    def run(_: Any, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal)

    kv: Spec = ((batch, heads, keys, width), F32)
    return Calls(run), [((batch, heads, tokens, width), F32), kv, kv]


def transformer(r: Random) -> Drawn:
    """PyTorch's own encoder layer, norm first or last."""
    batch, tokens, heads = size(r, 1, 4), size(r, 4, 128), r.choice([1, 2, 4, 8])
    width = heads * size(r, 8, 32, 8)
    layer = nn.TransformerEncoderLayer(
        width,
        heads,
        size(r, 16, 4 * width),
        activation=r.choice(["relu", "gelu"]),
        batch_first=True,
        norm_first=r.random() < 0.5,
    )
    return layer, [((batch, tokens, width), F32)]


def norms(r: Random) -> Drawn:
    """Layer, group, instance and batch norms, softmax, with an activation after."""
    batch, groups = size(r, 1, 16), r.choice([1, 2, 4])
    c, side = groups * size(r, 2, 48), size(r, 4, 48)
    found = {
        "layer": nn.LayerNorm([side, side]),
        "group": nn.GroupNorm(groups, c),
        "instance": nn.InstanceNorm2d(c),
        "batch": nn.BatchNorm2d(c),
        "softmax": nn.Softmax(r.choice([1, -1])),
    }
    kind = r.choice(sorted(found))
    return nn.Sequential(found[kind], activation(r)), [((batch, c, side, side), F32)]


def recurrent(r: Random) -> Drawn:
    """A cell unrolled over a few steps, as an exporter without loops writes it."""
    batch, inputs, hidden, steps = size(r, 1, 32), size(r, 4, 96), size(r, 4, 96), r.randint(1, 6)
    kind = r.choice([nn.RNNCell, nn.GRUCell, nn.LSTMCell])

    def run(self: Any, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
        state: Any = (h, c) if kind is nn.LSTMCell else h
        for at in range(steps):
            state = self.cell(x[at], state)
        found: torch.Tensor = state[0] if kind is nn.LSTMCell else state
        return found

    state: Spec = ((batch, hidden), F32)
    cell = kind(inputs, hidden)
    return Calls(run, cell=cell), [((steps, batch, inputs), F32), state, state]


def embedding(r: Random) -> Drawn:
    """Tables of categories, pooled or not, beside dense inputs: a recommendation model."""
    rows, width = size(r, 16, 4096), size(r, 4, 96)
    batch, words, dense = size(r, 1, 64), size(r, 1, 32), size(r, 2, 64)
    pooled = r.choice(["mean", "sum", "none"])

    def run(self: Any, index: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        found = self.table(index % rows)
        found = found.flatten(1) if pooled == "none" else getattr(found, pooled)(1)
        scored: torch.Tensor = self.top(torch.cat([found, self.bottom(x)], 1))
        return scored

    wide = width * (words if pooled == "none" else 1)
    bottom, top = nn.Sequential(nn.Linear(dense, width), nn.ReLU()), nn.Linear(wide + width, 16)
    parts = {"table": nn.Embedding(rows, width), "bottom": bottom, "top": top}
    return Calls(run, **parts), [((batch, words), I32), ((batch, dense), F32)]


def upsampling(r: Random) -> Drawn:
    """Down, up and a skip between: transposed convolution or resize, of a small U-net."""
    batch, c, side = size(r, 1, 2), size(r, 4, 32), 2 * size(r, 4, 24)
    resized, act = r.random() < 0.5, activation(r)
    down = nn.Sequential(nn.Conv2d(c, 2 * c, 3, stride=2, padding=1), act)
    up: nn.Module = nn.ConvTranspose2d(2 * c, c, 2, stride=2)
    if resized:
        up = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(2 * c, c, 3, padding=1))

    def run(self: Any, x: torch.Tensor) -> torch.Tensor:
        merged: torch.Tensor = self.end(torch.cat([x, self.up(self.down(x))], 1))
        return merged

    end = nn.Conv2d(2 * c, c, 3, padding=1)
    return Calls(run, down=down, up=up, end=end), [((batch, c, side, side), F32)]


def products(r: Random) -> Drawn:
    """Matrix products, plain, batched, bilinear."""
    b, m, k, n = size(r, 1, 8), size(r, 4, 320), size(r, 4, 320), size(r, 4, 320)
    kind = r.choice(["plain", "batched", "bilinear", "scaled"])

    def run(_: Any, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        if kind == "bilinear":
            return torch.einsum("bmk,bkn->mn", x, y)
        found = x @ y if kind == "batched" else x[0] @ y[0]
        return torch.baddbmm(found[None], x[:1], y[:1]) if kind == "scaled" else found

    return Calls(run), [((b, m, k), F32), ((b, k, n), F32)]


def exported(draw: Callable[[Random], Drawn]) -> Callable[[Random], Program]:
    """Make a family of jax programs out of one of modules: weights come before inputs."""

    def family(r: Random) -> Program:
        module, inputs = draw(r)
        kinds = {F32: torch.float32, I32: torch.int32}
        examples = tuple(torch.zeros(shape, dtype=kinds[kind]) for shape, kind in inputs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            traced = torch.export.export(module.eval(), examples)
            weights, function = exported_program_to_jax(traced)
        held: list[Spec] = [(tuple(w.shape), str(w.dtype)) for w in weights]

        def run(*values: Any) -> Any:
            return function(values[: len(held)], values[len(held) :])

        return run, [*held, *inputs]

    return family


FAMILIES: dict[str, Callable[[Random], Program]] = {
    draw.__name__: exported(draw)
    for draw in (
        mlp,
        convnet,
        separable,
        attention,
        transformer,
        norms,
        recurrent,
        embedding,
        upsampling,
        products,
    )
}
