"""Library kernels called through torch, by operator family: the calls, their work and traffic.

Each builder takes the dimensions of ``cpu_library``'s docstring and returns a ``Case``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.kernels.cpu_torch_case import (
    CHECKED,
    TOLERANCE,
    Case,
    compare,
    double,
    entry,
    generator,
    magnitudes,
    normal,
)
from microbench.kernels.cpu_torch_pointwise import data_movement, elementwise, rowwise
from microbench.kernels.cpu_torch_transform import transform

if TYPE_CHECKING:
    import torch


def build(
    family: str, op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int
) -> Case:
    """Make a case ready; ``InputError`` for a family or op without a builder."""
    try:
        builder = _BUILDERS[family]
    except KeyError as error:
        raise InputError(f"no torch kernel for family {family!r}") from error
    return builder(op, number_format, dims, seed)


def gemm(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``out[b,m,n] = A[b,m,k] B[b,k,n]``; op ``mm``, ``bmm`` or ``int_mm``."""
    import torch

    b, m, n, k = (dims[name] for name in "bmnk")
    lead = (b,) if op == "bmm" else ()
    left = normal((*lead, m, k), number_format, seed)
    right = normal((*lead, k, n), number_format, seed + 1)
    function = {"mm": torch.mm, "bmm": torch.bmm, "int_mm": torch._int_mm}[op]
    rng = generator(seed)
    places = [tuple(int(rng.integers(size)) for size in (b, m, n)) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        page, row, column = at
        x = double(left[page, row] if lead else left[row])
        y = double(right[page, :, column] if lead else right[:, column])
        return float(x @ y), float(magnitudes(x) @ magnitudes(y))

    def found(out: torch.Tensor, at: tuple[int, ...]) -> float:
        return float(out[at] if lead else out[at[1:]])

    out_bytes = 4.0 if number_format is NumberFormat.INT8 else number_format.size_bytes
    return Case(
        call=lambda: function(left, right),
        check=lambda: compare(
            function(left, right), places, found, expected, TOLERANCE[number_format]
        ),
        work_flop=2.0 * b * m * n * k,
        bytes_moved=b * (number_format.size_bytes * (m * k + k * n) + out_bytes * m * n),
    )


def convolution(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``conv2d`` in NCHW with the padding that its output size implies, no bias."""
    import torch

    del op
    names = "batch c_in c_out h_in w_in h_out w_out kh kw stride_h stride_w groups"
    batch, c_in, c_out, h_in, w_in, h_out, w_out, kh, kw, sh, sw, groups = (
        dims[name] for name in names.split()
    )
    pad_h, pad_w = _padding(h_in, h_out, kh, sh), _padding(w_in, w_out, kw, sw)
    image = normal((batch, c_in, h_in, w_in), number_format, seed)
    weight = normal((c_out, c_in // groups, kh, kw), number_format, seed + 1)
    padded = torch.nn.functional.pad(image.float(), (pad_w, pad_w, pad_h, pad_h))
    rng, per_group = generator(seed), c_in // groups
    sizes = (batch, c_out, h_out, w_out)
    places = [tuple(int(rng.integers(size)) for size in sizes) for _ in range(CHECKED)]

    def call() -> torch.Tensor:
        return torch.nn.functional.conv2d(
            image, weight, stride=(sh, sw), padding=(pad_h, pad_w), groups=groups
        )

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        page, channel, row, column = at
        first = channel // (c_out // groups) * per_group
        window = padded[
            page,
            first : first + per_group,
            row * sh : row * sh + kh,
            column * sw : column * sw + kw,
        ]
        x, y = double(window).ravel(), double(weight[channel]).ravel()
        return float(x @ y), float(magnitudes(x) @ magnitudes(y))

    elements = batch * c_in * h_in * w_in + weight.numel() + batch * c_out * h_out * w_out
    return Case(
        call=call,
        check=lambda: compare(call(), places, entry, expected, TOLERANCE[number_format]),
        work_flop=2.0 * batch * c_out * h_out * w_out * per_group * kh * kw,
        bytes_moved=number_format.size_bytes * elements,
    )


def attention(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """Full (not causal) ``scaled_dot_product_attention`` over (batch, heads, seq, head_dim)."""
    import numpy as np
    import torch

    del op
    batch, seq, kv_len, heads, head_dim = (
        dims[name] for name in ("batch", "seq", "kv_len", "heads", "head_dim")
    )
    query = normal((batch, heads, seq, head_dim), number_format, seed)
    key = normal((batch, heads, kv_len, head_dim), number_format, seed + 1)
    value = normal((batch, heads, kv_len, head_dim), number_format, seed + 2)
    rng, sizes = generator(seed), (batch, heads, seq, head_dim)
    places = [tuple(int(rng.integers(size)) for size in sizes) for _ in range(CHECKED)]

    def call() -> torch.Tensor:
        return torch.nn.functional.scaled_dot_product_attention(query, key, value)

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        page, head, row, column = at
        scores = double(key[page, head]) @ double(query[page, head, row]) / math.sqrt(head_dim)
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        values = double(value[page, head, :, column])
        return float(weights @ values), float(weights @ np.abs(values))

    pages = batch * heads
    return Case(
        call=call,
        check=lambda: compare(call(), places, entry, expected, 2 * TOLERANCE[number_format]),
        work_flop=pages * seq * kv_len * (4.0 * head_dim + 5.0),
        bytes_moved=number_format.size_bytes * pages * head_dim * 2.0 * (seq + kv_len),
    )


def _padding(size_in: int, size_out: int, kernel: int, stride: int) -> int:
    return max(0, ((size_out - 1) * stride + kernel - size_in + 1) // 2)


_BUILDERS: dict[str, Callable[[str, NumberFormat, Mapping[str, int], int], Case]] = {
    "gemm": gemm,
    "convolution": convolution,
    "attention_encoder": attention,
    "fft": transform,
    "rowwise": rowwise,
    "elementwise": elementwise,
    "data_movement": data_movement,
}
