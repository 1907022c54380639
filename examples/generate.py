"""Write the example models as StableHLO text without weights, and what XLA says they cost.

Needs jax (``pip install jax``), which hwprof itself does not: run ``python examples/generate.py``.
Weights are arguments, so the files stay small and hold no constants of any size.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

HERE = Path(__file__).parent
Array = Any


class Weights:
    """Hands out one array after another: shapes are recorded on a first pass, bound on the next."""

    def __init__(self, given: list[Array] | None = None) -> None:
        self.shapes: list[tuple[int, ...]] = []
        self._given: Iterator[Array] | None = iter(given) if given is not None else None

    def __call__(self, *shape: int) -> Array:
        """Return the next weight of this shape."""
        self.shapes.append(shape)
        return jnp.zeros(shape, jnp.float32) if self._given is None else next(self._given)


def conv(x: Array, w: Array, stride: int = 1, groups: int = 1) -> Array:
    """Convolve NHWC by HWIO with SAME padding."""
    return lax.conv_general_dilated(
        x,
        w,
        (stride, stride),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=groups,
    )


def norm(x: Array, w: Weights) -> Array:
    """Batch normalisation at inference: a scale and a shift per channel."""
    return x * w(x.shape[-1]) + w(x.shape[-1])


def layer_norm(x: Array, w: Weights) -> Array:
    """Layer normalisation over the last axis."""
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + 1e-5) * w(x.shape[-1]) + w(x.shape[-1])


def resnet50(x: Array, w: Weights) -> Array:
    """He et al., arXiv 1512.03385, table 1 (stride in the 3x3, "v1.5")."""
    x = jax.nn.relu(norm(conv(x, w(7, 7, 3, 64), 2), w))
    x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 3, 3, 1), (1, 2, 2, 1), "SAME")
    for width, blocks, first in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for index in range(blocks):
            stride, c = (first if index == 0 else 1), x.shape[-1]
            short = x
            if index == 0:
                short = norm(conv(x, w(1, 1, c, 4 * width), stride), w)
            y = jax.nn.relu(norm(conv(x, w(1, 1, c, width)), w))
            y = jax.nn.relu(norm(conv(y, w(3, 3, width, width), stride), w))
            x = jax.nn.relu(norm(conv(y, w(1, 1, width, 4 * width)), w) + short)
    return x.mean((1, 2)) @ w(2048, 1000) + w(1000)


def convnext_tiny(x: Array, w: Weights) -> Array:
    """Liu et al., arXiv 2201.03545: stages of 3, 3, 9, 3 blocks, widths 96 to 768."""
    x = layer_norm(
        lax.conv_general_dilated(
            x, w(4, 4, 3, 96), (4, 4), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
        ),
        w,
    )
    for width, blocks in ((96, 3), (192, 3), (384, 9), (768, 3)):
        if x.shape[-1] != width:
            x = lax.conv_general_dilated(
                layer_norm(x, w),
                w(2, 2, x.shape[-1], width),
                (2, 2),
                "VALID",
                dimension_numbers=("NHWC", "HWIO", "NHWC"),
            )
        for _ in range(blocks):
            y = layer_norm(conv(x, w(7, 7, 1, width), groups=width), w)
            y = jax.nn.gelu(y @ w(width, 4 * width) + w(4 * width))
            x = x + (y @ w(4 * width, width) + w(width)) * w(width)
    return layer_norm(x.mean((1, 2)), w) @ w(768, 1000) + w(1000)


def efficientnet_b0(x: Array, w: Weights) -> Array:
    """Tan and Le, arXiv 1905.11946, table 1."""
    x = jax.nn.silu(norm(conv(x, w(3, 3, 3, 32), 2), w))
    stages = ((1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3))
    stages += ((6, 112, 3, 1, 5), (6, 192, 4, 2, 5), (6, 320, 1, 1, 3))
    for expand, c_out, blocks, first, k in stages:
        for index in range(blocks):
            stride, c = (first if index == 0 else 1), x.shape[-1]
            y, wide = x, c * expand
            if expand > 1:
                y = jax.nn.silu(norm(conv(y, w(1, 1, c, wide)), w))
            y = jax.nn.silu(norm(conv(y, w(k, k, 1, wide), stride, groups=wide), w))
            squeezed = jax.nn.silu(y.mean((1, 2)) @ w(wide, max(1, c // 4)) + w(max(1, c // 4)))
            gate = jax.nn.sigmoid(squeezed @ w(max(1, c // 4), wide) + w(wide))
            y = norm(conv(y * gate[:, None, None, :], w(1, 1, wide, c_out)), w)
            x = x + y if stride == 1 and c == c_out else y
    x = jax.nn.silu(norm(conv(x, w(1, 1, 320, 1280)), w))
    return x.mean((1, 2)) @ w(1280, 1000) + w(1000)


def attention(q: Array, k: Array, v: Array, causal: bool = True) -> Array:
    """Softmax attention over (batch, heads, tokens, head_dim)."""
    scores = jnp.einsum("bhqd,bhkd->bhqk", q, k) / (q.shape[-1] ** 0.5)
    if causal:
        tokens = scores.shape[-1]
        scores = jnp.where(jnp.tril(jnp.ones((tokens, tokens), bool)), scores, -1e9)
    return jnp.einsum("bhqk,bhkd->bhqd", jax.nn.softmax(scores, -1), v)


def gpt2_block(x: Array, w: Weights) -> Array:
    """One block of GPT-2 small (Radford et al. 2019): width 768, 12 heads, MLP of 3072."""
    batch, tokens, width = x.shape
    qkv = layer_norm(x, w) @ w(width, 3 * width) + w(3 * width)
    q, k, v = (
        part.reshape(batch, tokens, 12, 64).transpose(0, 2, 1, 3) for part in jnp.split(qkv, 3, -1)
    )
    y = attention(q, k, v).transpose(0, 2, 1, 3).reshape(batch, tokens, width)
    x = x + y @ w(width, width) + w(width)
    y = jax.nn.gelu(layer_norm(x, w) @ w(width, 4 * width) + w(4 * width))
    return x + y @ w(4 * width, width) + w(width)


def gpt2(x: Array, w: Weights) -> Array:
    """GPT-2 small: 12 blocks and the final projection to the vocabulary."""
    for _ in range(12):
        x = gpt2_block(x, w)
    return layer_norm(x, w) @ w(768, 50257)


def llama_layer(x: Array, w: Weights, width: int = 4096, inner: int = 14336) -> Array:
    """One layer of Llama 3 8B: 32 heads over 8 key-value heads of 128, SwiGLU of 14336."""
    batch, tokens, _ = x.shape
    y = rms_norm(x, w)
    q = (y @ w(width, width)).reshape(batch, tokens, 32, 128).transpose(0, 2, 1, 3)
    k = (y @ w(width, 1024)).reshape(batch, tokens, 8, 128).transpose(0, 2, 1, 3)
    v = (y @ w(width, 1024)).reshape(batch, tokens, 8, 128).transpose(0, 2, 1, 3)
    y = attention(q, jnp.repeat(k, 4, 1), jnp.repeat(v, 4, 1))
    x = x + y.transpose(0, 2, 1, 3).reshape(batch, tokens, width) @ w(width, width)
    y = rms_norm(x, w)
    gated = jax.nn.silu(y @ w(width, inner)) * (y @ w(width, inner))
    return x + gated @ w(inner, width)


def rms_norm(x: Array, w: Weights) -> Array:
    """Root-mean-square normalisation over the last axis."""
    return x * lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-5) * w(x.shape[-1])


def scan32(x: Array, w: Weights) -> Array:
    """32 dense layers as one loop over stacked weights: a cost model must count the loop."""
    stacked, width = w(32, 1024, 1024), 1024
    del width
    return lax.scan(lambda h, layer: (jnp.tanh(h @ layer), None), x, stacked)[0]


def unrolled32(x: Array, w: Weights) -> Array:
    """Write the same 32 layers out."""
    stacked = w(32, 1024, 1024)
    for index in range(32):
        x = jnp.tanh(x @ stacked[index])
    return x


def lstm(x: Array, w: Weights) -> Array:
    """LSTM of 512 units over 64 steps (Hochreiter and Schmidhuber 1997)."""
    batch, _, features = x.shape
    w_in, w_rec, bias = w(features, 2048), w(512, 2048), w(2048)

    def step(state: tuple[Array, Array], token: Array) -> tuple[tuple[Array, Array], None]:
        h, c = state
        i, f, g, o = jnp.split(token @ w_in + h @ w_rec + bias, 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    zero = jnp.zeros((batch, 512), x.dtype)
    return lax.scan(step, (zero, zero), x.transpose(1, 0, 2))[0][0]


def fft_convolution(x: Array, w: Weights) -> Array:
    """Long convolution through the FFT: (batch, channels, length) with a kernel as long."""
    length = x.shape[-1]
    kernel = jnp.fft.rfft(w(x.shape[1], length), n=2 * length)
    return jnp.fft.irfft(jnp.fft.rfft(x, n=2 * length) * kernel, n=2 * length)[..., :length]


def mixture_of_experts(x: Array, w: Weights) -> Array:
    """Eight experts, two a token, computed densely (Shazeer et al., arXiv 1701.06538)."""
    tokens, width = x.shape
    gates, chosen = lax.top_k(x @ w(width, 8), 2)
    mix = jnp.zeros((tokens, 8)).at[jnp.arange(tokens)[:, None], chosen].set(jax.nn.softmax(gates))
    hidden = jax.nn.silu(jnp.einsum("td,edf->tef", x, w(8, width, 4 * width)))
    return jnp.einsum("tef,efd,te->td", hidden, w(8, 4 * width, width), mix)


def convfirst(x: Array, w: Weights) -> Array:
    """ConvFirst block: grouped 3x3, expand by 4, project, residual (C = 64, group width 8)."""
    y = norm(conv(x, w(3, 3, 8, 64), groups=8), w)
    y = jax.nn.silu(norm(conv(y, w(1, 1, 64, 256)), w))
    return x + norm(conv(y, w(1, 1, 256, 64)), w)


EXAMPLES: dict[str, tuple[Callable[[Array, Weights], Array], tuple[int, ...]]] = {
    "resnet50": (resnet50, (1, 224, 224, 3)),
    "convnext_tiny": (convnext_tiny, (1, 224, 224, 3)),
    "efficientnet_b0": (efficientnet_b0, (1, 224, 224, 3)),
    "gpt2_block": (gpt2_block, (1, 1024, 768)),
    "gpt2_small": (gpt2, (1, 1024, 768)),
    "llama8b_layer": (llama_layer, (1, 2048, 4096)),
    "scan32": (scan32, (256, 1024)),
    "unrolled32": (unrolled32, (256, 1024)),
    "lstm": (lstm, (16, 64, 256)),
    "fft_convolution": (fft_convolution, (4, 64, 4096)),
    "mixture_of_experts": (mixture_of_experts, (128, 512)),
    "convfirst_block": (convfirst, (128, 56, 56, 64)),
}


def lower(model: Callable[[Array, Weights], Array], shape: tuple[int, ...]) -> Any:
    """Lower a model with every weight as an argument."""
    recorded = Weights()
    jax.eval_shape(lambda x: model(x, recorded), jax.ShapeDtypeStruct(shape, jnp.float32))
    given = [jax.ShapeDtypeStruct(s, jnp.float32) for s in recorded.shapes]

    def main(x: Array, *weights: Array) -> Array:
        return model(x, Weights(list(weights)))

    return jax.jit(main).lower(jax.ShapeDtypeStruct(shape, jnp.float32), *given)


def main() -> None:
    """Write every example and ``xla_flops.json``."""
    costs, transcendentals = {}, {}
    for name, (model, shape) in EXAMPLES.items():
        lowered = lower(model, shape)
        (HERE / f"{name}.stablehlo.mlir").write_text(lowered.as_text())
        analysis = lowered.cost_analysis()
        costs[name] = analysis["flops"]
        transcendentals[name] = analysis.get("transcendentals", 0.0)
        print(f"{name}: {costs[name]:.6g} FLOP by XLA")
    document = {"jax": jax.__version__, "analysis": "XLA HloCostAnalysis, unoptimised module"}
    text = json.dumps(document | {"flop": costs, "transcendentals": transcendentals}, indent=1)
    (HERE / "xla_flops.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
