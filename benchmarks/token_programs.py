"""Small real models of many families, shapes drawn at random, for the corpus of the token model.

Each family is a function of a random generator that returns a jax function and its arguments as
(shape, dtype) pairs. The ranges of sizes are set by eye so that a program runs for
microseconds to tens of milliseconds on one core. Needs jax.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

Array = Any
Spec = tuple[tuple[int, ...], str]
Program = tuple[Callable[..., Array], list[Spec]]
F32, I32 = "float32", "int32"
ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "relu": jax.nn.relu,
    "gelu": jax.nn.gelu,
    "silu": jax.nn.silu,
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "elu": jax.nn.elu,
    "softplus": jax.nn.softplus,
}


def size(r: Random, low: int, high: int, multiple: int = 1) -> int:
    """Draw a whole number, its logarithm leaning to the larger ones, rounded to a multiple."""
    drawn = low * (high / low) ** (r.random() ** 0.7)
    return max(multiple, round(drawn / multiple) * multiple)


def activation(r: Random) -> Callable[[Array], Array]:
    """Draw an activation function."""
    return ACTIVATIONS[r.choice(sorted(ACTIVATIONS))]


def layer_norm(x: Array, scale: Array, shift: Array) -> Array:
    """Normalise the last axis."""
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + 1e-5) * scale + shift


def rms_norm(x: Array, scale: Array) -> Array:
    """Scale the last axis to a mean square of one."""
    return x * lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-6) * scale


def conv(x: Array, w: Array, stride: int, groups: int, padding: str) -> Array:
    """Convolve NHWC by HWIO."""
    return lax.conv_general_dilated(
        x,
        w,
        (stride, stride),
        padding,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=groups,
    )


def mlp(r: Random) -> Program:
    """Dense layers with an activation, sometimes gated or with a softmax at the end."""
    batch, widths = size(r, 1, 256), [size(r, 8, 768) for _ in range(r.randint(2, 5))]
    act, gated, soft = activation(r), r.random() < 0.3, r.random() < 0.4
    pairs = [(widths[i], widths[i + 1]) for i in range(len(widths) - 1)]
    each = 3 if gated else 2

    def run(x: Array, *w: Array) -> Array:
        for i in range(0, len(w), each):
            y = x @ w[i] + w[i + 1]
            x = act(y) * (x @ w[i + 2]) if gated else act(y)
        return jax.nn.softmax(x, -1) if soft else x

    weights: list[Spec] = []
    for a, b in pairs:
        weights += [((a, b), F32), ((b,), F32)] + ([((a, b), F32)] if gated else [])
    return run, [((batch, widths[0]), F32), *weights]


def convnet(r: Random) -> Program:
    """Convolutions with a scale and shift, an activation, pooling and residuals."""
    batch, side, c = size(r, 1, 4), size(r, 8, 48), size(r, 3, 32)
    act, padding, args = activation(r), r.choice(["SAME", "VALID"]), [((batch, side, side, c), F32)]
    layers = []
    for _ in range(r.randint(1, 3)):
        k, out, stride = r.choice([1, 3, 3, 5]), size(r, 4, 64), r.choice([1, 1, 2])
        layers.append((stride, r.random() < 0.3))
        args += [((k, k, c, out), F32), ((out,), F32), ((out,), F32)]
        c = out

    def run(x: Array, *w: Array) -> Array:
        for i, (stride, pool) in enumerate(layers):
            if min(x.shape[1:3]) < w[3 * i].shape[0]:
                break
            y = act(conv(x, w[3 * i], stride, 1, padding) * w[3 * i + 1] + w[3 * i + 2])
            x = x + y if x.shape == y.shape else y
            if pool and min(x.shape[1:3]) > 2:
                x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        return x.mean((1, 2))

    return run, args


def separable(r: Random) -> Program:
    """Depthwise or grouped convolution and 1x1 products, with squeeze and excitation at times."""
    groups = r.choice([1, 2, 4])
    batch, side, c = size(r, 1, 2), size(r, 7, 40), size(r, 8, 64, 8)
    depthwise, k, wide = r.random() < 0.6, r.choice([3, 5, 7]), size(r, 8, 192, 8)
    act, squeeze, stride = activation(r), r.random() < 0.4, r.choice([1, 1, 2])
    groups = c if depthwise else groups
    args: list[Spec] = [((batch, side, side, c), F32), ((k, k, c // groups, c), F32)]
    args += [((c, wide), F32), ((wide,), F32), ((wide, c), F32), ((c, c), F32)]

    def run(x: Array, w1: Array, w2: Array, b2: Array, w3: Array, w4: Array) -> Array:
        y = conv(x, w1, stride, groups, "SAME")
        y = act(y @ w2 + b2) @ w3
        if squeeze:
            y = y * jax.nn.sigmoid(y.mean((1, 2)) @ w4)[:, None, None, :]
        return x + y if x.shape == y.shape else y

    return run, args


def heads(q: Array, k: Array, v: Array, causal: bool) -> Array:
    """Softmax attention over (batch, heads, tokens, head_dim)."""
    scores = jnp.einsum("bhqd,bhkd->bhqk", q, k) * (q.shape[-1] ** -0.5)
    if causal:
        tokens = scores.shape[-2:]
        scores = jnp.where(jnp.tril(jnp.ones(tokens, bool)), scores, -1e9)
    return jnp.einsum("bhqk,bhkd->bhqd", jax.nn.softmax(scores, -1), v)


def attention(r: Random) -> Program:
    """Attention alone: self or cross, causal or not, decode of one token, shared key heads."""
    batch, count, width = size(r, 1, 4), r.choice([1, 2, 4, 8]), size(r, 8, 96, 8)
    keys = size(r, 8, 320)
    tokens = r.choice([1, keys, keys, size(r, 4, 256)])
    shared, causal = r.random() < 0.3, r.random() < 0.5
    kv = 1 if shared else count

    def run(q: Array, k: Array, v: Array) -> Array:
        if shared:
            k, v = jnp.repeat(k, count, 1), jnp.repeat(v, count, 1)
        return heads(q, k, v, causal)

    shape = (batch, kv, keys, width)
    return run, [((batch, count, tokens, width), F32), (shape, F32), (shape, F32)]


def transformer(r: Random) -> Program:
    """One block: norm, attention with its projections, norm, a plain or gated MLP."""
    batch, tokens, count = size(r, 1, 4), size(r, 4, 160), r.choice([1, 2, 4, 8])
    width = count * size(r, 8, 48, 8)
    inner, act = size(r, 16, 4 * width), activation(r)
    causal, rms, gated = r.random() < 0.5, r.random() < 0.5, r.random() < 0.4

    def run(x: Array, *w: Array) -> Array:
        norm = (lambda y: rms_norm(y, w[0])) if rms else (lambda y: layer_norm(y, w[0], w[1]))
        parts = jnp.split(norm(x) @ w[2], 3, -1)
        q, k, v = (p.reshape(batch, tokens, count, -1).transpose(0, 2, 1, 3) for p in parts)
        y = heads(q, k, v, causal).transpose(0, 2, 1, 3).reshape(batch, tokens, width)
        x = x + y @ w[3]
        y = norm(x)
        hidden = act(y @ w[4]) * (y @ w[6]) if gated else act(y @ w[4])
        return x + hidden @ w[5]

    args: list[Spec] = [((batch, tokens, width), F32), ((width,), F32), ((width,), F32)]
    args += [((width, 3 * width), F32), ((width, width), F32)]
    args += [((width, inner), F32), ((inner, width), F32), ((width, inner), F32)]
    return run, args


def norms(r: Random) -> Program:
    """Normalisations and softmax over any axis, alone or two in a row."""
    shape = tuple(size(r, 2, 192) for _ in range(r.randint(2, 3)))
    while math.prod(shape) > 2_000_000:
        shape = shape[1:]
    kinds = [r.choice(["layer", "rms", "softmax", "standard", "l2", "log"]) for _ in range(2)]
    axis, kinds = r.randrange(len(shape)), kinds[: r.randint(1, 2)]

    def run(x: Array, scale: Array, shift: Array) -> Array:
        for kind in kinds:
            if kind == "layer":
                x = layer_norm(x, scale, shift)
            elif kind == "rms":
                x = rms_norm(x, scale)
            elif kind == "softmax":
                x = jax.nn.softmax(x, axis)
            elif kind == "log":
                x = jax.nn.log_softmax(x, axis)
            elif kind == "l2":
                x = x / jnp.sqrt((x * x).sum(axis, keepdims=True) + 1e-6)
            else:
                x = jax.nn.standardize(x, axis)
        return x

    return run, [(shape, F32), (shape[-1:], F32), (shape[-1:], F32)]


def recurrent(r: Random) -> Program:
    """A plain, gated or long short-term cell under scan."""
    batch, steps, inputs, hidden = size(r, 1, 32), size(r, 2, 64), size(r, 4, 128), size(r, 4, 128)
    kind, act = r.choice(["rnn", "gru", "lstm"]), activation(r)
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[kind]

    def step(state: Any, token: Array, w: Array, u: Array, b: Array) -> Any:
        if kind == "rnn":
            return act(token @ w + state @ u + b)
        if kind == "gru":
            a, c = jnp.split(token @ w + b, 3, -1), jnp.split(state @ u, 3, -1)
            z, g = jax.nn.sigmoid(a[0] + c[0]), jax.nn.sigmoid(a[1] + c[1])
            return (1 - z) * state + z * jnp.tanh(a[2] + g * c[2])
        h, c = state
        i, f, g, o = jnp.split(token @ w + h @ u + b, 4, -1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return jax.nn.sigmoid(o) * jnp.tanh(c), c

    def run(x: Array, w: Array, u: Array, b: Array) -> Array:
        zero = jnp.zeros((batch, hidden), x.dtype)
        start = (zero, zero) if kind == "lstm" else zero
        end = lax.scan(lambda s, t: (step(s, t, w, u, b), None), start, x)[0]
        return end[0] if kind == "lstm" else end

    wide = gates * hidden
    args: list[Spec] = [((steps, batch, inputs), F32), ((inputs, wide), F32)]
    return run, [*args, ((hidden, wide), F32), ((wide,), F32)]


def reductions(r: Random) -> Program:
    """Sums, extremes, variances, running sums over one or two axes."""
    shape = tuple(size(r, 2, 128) for _ in range(r.randint(1, 4)))
    while math.prod(shape) > 2_000_000:
        shape = shape[1:]
    axis = tuple(sorted(r.sample(range(len(shape)), r.randint(1, min(2, len(shape))))))
    kinds = [
        r.choice(["sum", "max", "mean", "var", "argmax", "logsumexp", "cumsum", "any", "norm"])
        for _ in range(r.randint(1, 3))
    ]
    found: dict[str, Callable[[Array], Array]] = {
        "sum": lambda x: x.sum(axis),
        "max": lambda x: x.max(axis),
        "mean": lambda x: x.mean(axis),
        "var": lambda x: x.var(axis),
        "argmax": lambda x: x.argmax(axis[0]),
        "logsumexp": lambda x: jax.nn.logsumexp(x, axis),
        "cumsum": lambda x: x.cumsum(axis[0]),
        "any": lambda x: (x > 1).any(axis),
        "norm": lambda x: jnp.sqrt((x * x).sum(axis)),
    }

    def run(x: Array) -> Array:
        return tuple(found[kind](x) for kind in kinds)

    return run, [(shape, F32)]


def fourier(r: Random) -> Program:
    """Long convolutions and filters through the FFT, one or two axes."""
    batch, channels, length = size(r, 1, 8), size(r, 1, 32), size(r, 16, 2048)
    kind = r.choice(["convolve", "filter", "plane"])
    if kind == "plane":
        side = size(r, 8, 96)

        def plane(x: Array, w: Array) -> Array:
            return jnp.fft.irfft2(jnp.fft.rfft2(x) * w, s=(side, side))

        return plane, [((batch, side, side), F32), ((side, side // 2 + 1), F32)]
    n = 2 * length if kind == "convolve" else length

    def run(x: Array, w: Array) -> Array:
        y = jnp.fft.irfft(jnp.fft.rfft(x, n=n) * jnp.fft.rfft(w, n=n), n=n)
        return jax.nn.gelu(y[..., :length])

    return run, [((batch, channels, length), F32), ((channels, length), F32)]


def pointwise(r: Random) -> Program:
    """Random chains of unary and binary work over tensors of one shape, some broadcast."""
    shape = tuple(size(r, 2, 512) for _ in range(r.randint(1, 3)))
    while math.prod(shape) > 1_000_000:
        shape = shape[1:]
    unary = [jnp.exp, jnp.tanh, jnp.abs, jnp.sin, jnp.sqrt, jnp.log1p, lax.rsqrt, jnp.square]
    unary += [jnp.cos, jax.nn.sigmoid, jnp.floor, lax.erf, jax.nn.relu, jnp.negative]
    binary = [jnp.add, jnp.multiply, jnp.subtract, jnp.maximum, jnp.minimum, jnp.divide]
    steps = [
        (r.choice(unary), None) if r.random() < 0.5 else (r.choice(binary), r.randrange(3))
        for _ in range(r.randint(2, 14))
    ]

    def run(x: Array, y: Array, row: Array) -> Array:
        held = [x, y, row]
        out = x
        for call, other in steps:
            out = call(out) if other is None else call(out, held[other])
            held[0] = out
        return out

    return run, [(shape, F32), (shape, F32), (shape[-1:], F32)]


def experts(r: Random) -> Program:
    """Mixture of experts: gates, the best few chosen, all computed densely."""
    tokens, width, count = size(r, 4, 96), size(r, 8, 128), r.choice([2, 4, 8, 16])
    inner, k, act = size(r, 8, 128), r.choice([1, 2]), activation(r)

    def run(x: Array, gate: Array, up: Array, down: Array) -> Array:
        best, chosen = lax.top_k(x @ gate, k)
        mix = jnp.zeros((tokens, count))
        mix = mix.at[jnp.arange(tokens)[:, None], chosen].set(jax.nn.softmax(best))
        hidden = act(jnp.einsum("td,edf->tef", x, up))
        return jnp.einsum("tef,efd,te->td", hidden, down, mix)

    args: list[Spec] = [((tokens, width), F32), ((width, count), F32)]
    return run, [*args, ((count, width, inner), F32), ((count, inner, width), F32)]


def movement(r: Random) -> Program:
    """Transposes, slices, pads, concatenations, reversals and gathers in a row."""
    a, b, c = size(r, 2, 96), size(r, 4, 96, 2), size(r, 4, 96, 2)
    kinds = [
        r.choice(["transpose", "pad", "concat", "flip", "slice", "take", "roll", "tile"])
        for _ in range(r.randint(1, 4))
    ]

    def run(x: Array, index: Array) -> Array:
        for kind in kinds:
            if kind == "transpose":
                x = x.transpose(2, 0, 1)
            elif kind == "pad":
                x = jnp.pad(x, ((0, 0), (1, 1), (0, 2)))
            elif kind == "concat":
                x = jnp.concatenate([x, x * 2], 1)
            elif kind == "flip":
                x = x[:, ::-1]
            elif kind == "slice":
                x = x[:, : max(1, x.shape[1] // 2), ::2]
            elif kind == "take":
                x = x[index % x.shape[0]]
            elif kind == "roll":
                x = jnp.roll(x, 3, 2)
            elif x.size < 500_000:
                x = jnp.tile(x, (1, 1, 2))
        return x

    return run, [((a, b, c), F32), ((size(r, 2, 64),), I32)]


def embedding(r: Random) -> Program:
    """Look up rows, pool them, and score against the table: recommendation and language models."""
    rows, width, tokens = size(r, 16, 4096), size(r, 4, 128), (size(r, 1, 32), size(r, 1, 64))
    scored, pooled = r.random() < 0.4, r.choice(["sum", "mean", "max", "none"])

    def run(table: Array, index: Array, w: Array) -> Array:
        x = table[index % rows]
        if pooled != "none":
            x = {"sum": x.sum(1), "mean": x.mean(1), "max": x.max(1)}[pooled]
        x = jnp.tanh(x @ w)
        return x @ table.T if scored else x

    return run, [((rows, width), F32), (tokens, I32), ((width, width), F32)]


def products(r: Random) -> Program:
    """Chains of matrix products, batched, transposed or with a vector."""
    b, dims = size(r, 1, 8), [size(r, 4, 384) for _ in range(r.randint(3, 4))]
    kind = r.choice(["plain", "batched", "transposed", "vector", "outer"])
    m, k, n = dims[:3]

    def run(x: Array, y: Array, z: Array) -> Array:
        if kind == "outer":
            return jnp.einsum("i,j->ij", x[0], y[:, 0]) * z.sum()
        if kind == "transposed":
            return (x.T @ x) @ y @ z
        if kind == "vector":
            return x @ (y @ z[:, 0])
        return x @ y @ z

    lead = (b,) if kind == "batched" else ()
    return run, [((*lead, m, k), F32), ((*lead, k, n), F32), ((*lead, n, dims[-1]), F32)]


def training(r: Random) -> Program:
    """Gradients of a small network's loss and one step of descent."""
    batch, a, b, c = size(r, 1, 96), size(r, 4, 192), size(r, 4, 192), size(r, 2, 64)
    act, kind = activation(r), r.choice(["mse", "entropy"])

    def loss(w: Any, x: Array, y: Array) -> Array:
        out = act(x @ w[0] + w[1]) @ w[2]
        if kind == "mse":
            return ((out - y) ** 2).mean()
        return -(jax.nn.log_softmax(out) * y).sum(-1).mean()

    def run(x: Array, y: Array, *w: Array) -> Array:
        slopes = jax.grad(loss)(w, x, y)
        return tuple(v - 0.1 * s for v, s in zip(w, slopes, strict=True))

    args: list[Spec] = [((batch, a), F32), ((batch, c), F32)]
    return run, [*args, ((a, b), F32), ((b,), F32), ((b, c), F32)]


def graphs(r: Random) -> Program:
    """Message passing: gather along edges, weigh, add up at the nodes."""
    nodes, edges, width = size(r, 8, 512), size(r, 16, 2048), size(r, 4, 64)
    act = activation(r)

    def run(x: Array, source: Array, target: Array, w: Array) -> Array:
        sent = act(x[source % nodes] @ w)
        return x + jax.ops.segment_sum(sent, target % nodes, nodes)

    return run, [((nodes, width), F32), ((edges,), I32), ((edges,), I32), ((width, width), F32)]


def sorting(r: Random) -> Program:
    """Sort, rank, or take the largest of rows."""
    rows, cols = size(r, 1, 64), size(r, 8, 1024)
    kind, k = r.choice(["sort", "argsort", "top", "median"]), r.choice([1, 4, 8])

    def run(x: Array) -> Array:
        if kind == "sort":
            return jnp.sort(x, -1)
        if kind == "argsort":
            return jnp.argsort(x, -1)
        return jnp.median(x, -1) if kind == "median" else lax.top_k(x, k)

    return run, [((rows, cols), F32)]


FAMILIES: dict[str, Callable[[Random], Program]] = {
    family.__name__: family
    for family in (
        mlp,
        convnet,
        separable,
        attention,
        transformer,
        norms,
        recurrent,
        reductions,
        fourier,
        pointwise,
        experts,
        movement,
        embedding,
        products,
        training,
        graphs,
        sorting,
    )
}
