"""Small programs, most of one kernel, which tell what a compiler's kinds of code take on a CPU.

Names are the kind, a point, and the sizes; ``evaluate-NAME.N`` evaluates a function N times at
every element, so that two of them tell what one more evaluation takes. Needs jax.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from token_programs import conv

Shapes = list[tuple[int, ...]]
Program = tuple[Callable[..., Any], Shapes]

SIDE, FEW, MANY = 200, 1, 4
"""Of the array that functions are evaluated over, and how often."""
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": jnp.exp,
    "log": jnp.log,
    "log1p": jnp.log1p,
    "expm1": jnp.expm1,
    "tanh": jnp.tanh,
    "logistic": jax.nn.sigmoid,
    "sin": jnp.sin,
    "cos": jnp.cos,
    "tan": jnp.tan,
    "sqrt": jnp.sqrt,
    "rsqrt": lax.rsqrt,
    "cbrt": jnp.cbrt,
    "erf": lax.erf,
}
FUNCTIONS_OF_TWO: dict[str, Callable[..., Any]] = {
    "divide": jnp.divide,
    "power": jnp.power,
    "remainder": jnp.remainder,
    "atan2": jnp.arctan2,
}
RECTANGLES = ((20, 20), (50, 200), (200, 200), (1000, 200), (200, 1000), (10, 4000), (4000, 10))
PRODUCTS = (
    *((1, 64, 64), (1, 512, 512), (1, 2000, 500), (8, 64, 64), (16, 256, 256), (32, 32, 32)),
    *((64, 64, 64), (64, 300, 70), (128, 128, 128), (200, 50, 400), (256, 256, 256)),
    *((400, 300, 200), (512, 512, 512), (700, 20, 20), (20, 700, 700)),
)
"""m, n, k."""
BATCHED = ((4, 16, 16, 16), (8, 64, 64, 32), (16, 100, 100, 16), (2, 200, 200, 64), (32, 1, 80, 32))
"""b, m, n, k."""
CONVOLUTIONS = (
    *((1, 8, 16, 16, 3, 1), (1, 16, 3, 16, 3, 1), (1, 28, 16, 32, 3, 1), (2, 30, 18, 21, 3, 2)),
    *((1, 40, 8, 8, 5, 1), (1, 14, 64, 64, 3, 1), (1, 32, 32, 64, 3, 2), (1, 20, 64, 64, 1, 1)),
    *((2, 40, 16, 24, 1, 1), (4, 24, 3, 8, 5, 2), (1, 48, 24, 24, 3, 1), (1, 28, 64, 64, 3, 1)),
)
"""Batch, height and width, channels in and out, kernel, stride."""
GROUPED = (
    *((1, 16, 16, 16, 3, 2), (1, 20, 32, 32, 5, 2), (1, 18, 64, 64, 3, 4), (2, 12, 32, 32, 7, 4)),
)
"""Batch, height and width, channels in and out, kernel, groups."""


def probes() -> dict[str, Program]:
    """Return the programs by name, each with the shapes of its arguments (fp32)."""
    parts = (_algorithms(), _evaluations(), _chains(), _loops(), _movements(), _library())
    return {name: program for part in parts for name, program in part.items()}


def _algorithms() -> dict[str, Program]:
    found: dict[str, Program] = {}
    for rows, cols in ((1, 300), (1, 1200), (1, 4000), (50, 500)):
        found[f"sort.{rows}x{cols}"] = (jnp.sort, [(rows, cols)])
    for rows, cols, kept in ((1, 1200, 8), (1, 4000, 8), (1, 4000, 200), (20, 500, 30)):
        select = functools.partial(lambda kept, x: lax.top_k(x, kept), kept)
        found[f"top_k.{rows}x{cols}x{kept}"] = (select, [(rows, cols)])
    for rows, cols in ((1, 4000), (20, 500), (40, 1500)):
        largest = functools.partial(lambda kept, x: lax.top_k(x, kept), 1)
        found[f"top_1.{rows}x{cols}"] = (largest, [(rows, cols)])
    for size, channels, taps in (
        *((12, 24, 3), (24, 48, 3), (32, 32, 3), (40, 60, 3)),
        *((20, 24, 5), (28, 64, 5), (14, 40, 7), (26, 32, 7)),
    ):
        run = functools.partial(convolve, 1, channels, "SAME")
        shapes: Shapes = [(1, size, size, channels), (taps, taps, 1, channels)]
        found[f"depthwise.{size}x{channels}x{taps}"] = (run, shapes)
    for trips in (60, 120, 240):
        again = functools.partial(
            lambda trips, x, w: lax.fori_loop(0, trips, lambda _, y: y @ w, x), trips
        )
        found[f"loop.{trips}"] = (again, [(8, 8), (8, 8)])
    return found


def convolve(stride: int, groups: int, padding: str, x: Any, w: Any) -> Any:
    """Convolve NHWC by HWIO."""
    return conv(x, w, stride, groups, padding)


def _evaluations() -> dict[str, Program]:
    square = (SIDE, SIDE)

    def again(function: Callable[..., Any], times: int, x: Any, *rest: Any) -> Any:
        for _ in range(times):
            x = function(x, *rest) * 0.5 + 0.6
        return x

    found: dict[str, Program] = {}
    for times in (FEW, MANY):
        for name, function in FUNCTIONS.items():
            run = functools.partial(again, function, times)
            found[f"evaluate-{name}.{times}"] = (run, [square])
        for name, function in FUNCTIONS_OF_TWO.items():
            run = functools.partial(again, function, times)
            found[f"evaluate-{name}.{times}"] = (run, [square, square])
    return found


def _chains() -> dict[str, Program]:
    """Return programs of many small kernels in a row: they tell a launch apart from a call."""

    def products(times: int, x: Any, w: Any) -> Any:
        for _ in range(times):
            x = x @ w
        return x

    def reductions(times: int, x: Any) -> Any:
        for _ in range(times):
            x = x - x.max(-1, keepdims=True)
        return x

    def pointwise(times: int, x: Any, w: Any) -> Any:
        for _ in range(times):
            x = jnp.tanh(x) @ w
        return x

    found: dict[str, Program] = {}
    for times in (25, 100):
        found[f"product.chain.{times}"] = (functools.partial(products, times), [(8, 8), (8, 8)])
        found[f"reduction.chain.{times}"] = (functools.partial(reductions, times), [(8, 8)])
        found[f"pointwise.chain.{times}"] = (functools.partial(pointwise, times), [(8, 8), (8, 8)])
    return found


def _loops() -> dict[str, Program]:
    found: dict[str, Program] = {}
    for side in (50, 200, 500, 1500):
        square = (side, side)
        found[f"pointwise.add.{side}"] = (jnp.add, [square, square])
        found[f"pointwise.row.{side}"] = (jnp.add, [square, (side,)])
    for shape in RECTANGLES:
        size = f"{shape[0]}x{shape[1]}"
        for axis in (0, 1):
            found[f"reduction.sum{axis}.{size}"] = (functools.partial(jnp.sum, axis=axis), [shape])
            softmax = functools.partial(jax.nn.softmax, axis=axis)
            found[f"softmax.{axis}.{size}"] = (softmax, [shape])
        found[f"reduction.max.{size}"] = (functools.partial(jnp.max, axis=1), [shape])
        found[f"reduction.variance.{size}"] = (functools.partial(jnp.var, axis=1), [shape])
        found[f"window.cumsum.{size}"] = (functools.partial(jnp.cumsum, axis=1), [shape])
    pool = functools.partial(
        lax.reduce_window,
        init_value=-jnp.inf,
        computation=lax.max,
        window_dimensions=(1, 2, 2, 1),
        window_strides=(1, 2, 2, 1),
        padding="VALID",
    )
    for side, channels in ((32, 32), (16, 64), (48, 96)):
        found[f"window.pool.{side}"] = (pool, [(1, side, side, channels)])
    return found


def _movements() -> dict[str, Program]:
    found: dict[str, Program] = {}
    for shape in RECTANGLES:
        size = f"{shape[0]}x{shape[1]}"
        beside = functools.partial(lambda *x: jnp.concatenate(x, 1))
        pad = functools.partial(jnp.pad, pad_width=((1, 2), (3, 4)))
        roll = functools.partial(jnp.roll, shift=3, axis=1)
        found[f"movement.concatenate.{size}"] = (beside, [shape, shape])
        found[f"movement.pad.{size}"] = (pad, [shape])
        found[f"movement.roll.{size}"] = (roll, [shape])
        found[f"movement.slice.{size}"] = (lambda x: x[1:, 2:], [shape])
        found[f"movement.reverse.{size}"] = (lambda x: x[::-1, ::-1], [shape])
        found[f"transpose.matrix.{size}"] = (jnp.transpose, [shape])
    for heads in ((4, 20, 8, 32), (8, 50, 4, 16), (2, 100, 8, 64)):
        for axes in ((0, 2, 1, 3), (3, 1, 2, 0)):
            name = "transpose." + "".join(map(str, axes)) + f".{heads[1]}"
            found[name] = (functools.partial(jnp.transpose, axes=axes), [heads])
    return found


def _library() -> dict[str, Program]:
    found: dict[str, Program] = {}
    for m, n, k in PRODUCTS:
        found[f"product.{m}x{n}x{k}"] = (jnp.matmul, [(m, k), (k, n)])
        found[f"product.transposed.{m}x{n}x{k}"] = (lambda x, y: x @ y.T, [(m, k), (n, k)])
    for b, m, n, k in BATCHED:
        size = f"{b}x{m}x{n}x{k}"
        found[f"product.{size}"] = (jnp.matmul, [(b, m, k), (b, k, n)])
        across = functools.partial(jnp.einsum, "bmk,bnk->bmn")
        found[f"product.transposed.{size}"] = (across, [(b, m, k), (b, n, k)])
    for batch, side, c_in, c_out, taps, stride in CONVOLUTIONS:
        shapes: Shapes = [(batch, side, side, c_in), (taps, taps, c_in, c_out)]
        for padding in ("SAME", "VALID") if taps > 1 else ("SAME",):
            run = functools.partial(convolve, stride, 1, padding)
            name = f"convolution.{padding}.{batch}x{side}x{c_in}x{c_out}x{taps}s{stride}"
            found[name] = (run, shapes)
    for batch, side, c_in, c_out, taps, groups in GROUPED:
        shapes = [(batch, side, side, c_in), (taps, taps, c_in // groups, c_out)]
        run = functools.partial(convolve, 1, groups, "SAME")
        found[f"convolution.grouped.{batch}x{side}x{c_in}x{taps}g{groups}"] = (run, shapes)
    for rows, n in ((32, 256), (8, 1024), (32, 1024), (2, 8192)):
        found[f"fft.{rows}x{n}"] = (lambda x: jnp.abs(jnp.fft.rfft(x)), [(rows, n)])
    return found
