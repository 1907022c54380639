"""Library kernels called through torch: operands, the call, a check of its result, work, traffic.

Each builder takes the dimensions of ``cpu_library``'s docstring and returns a ``Case``. Checks
compute a few outputs again in double precision with NumPy: they cost the same at any size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microbench.errors import InputError
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import torch

CHECKED = 8
"""Outputs checked a case."""
TOLERANCE = {
    NumberFormat.FP32: 1e-4,
    NumberFormat.BF16: 2e-2,
    NumberFormat.FP16: 4e-3,
    NumberFormat.INT8: 0.0,
}
"""Largest error over the largest magnitude summed: a few units in the last place of the format
(2^-24, 2^-8, 2^-11) times the growth of a sum in random order."""


@dataclass(frozen=True, slots=True)
class Case:
    """One library call made ready: ``call`` returns its output, ``check`` "" or what is wrong."""

    call: Callable[[], Any]
    check: Callable[[], str]
    work_flop: float
    bytes_moved: float


def build(
    family: str, op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int
) -> Case:
    """Make a case ready; ``InputError`` for a family or op without a builder."""
    try:
        builder = _BUILDERS[family]
    except KeyError as error:
        raise InputError(f"no torch kernel for family {family!r}") from error
    return builder(op, number_format, dims, seed)


def normal(shape: tuple[int, ...], number_format: NumberFormat, seed: int) -> torch.Tensor:
    """Return random normal operands (int8: uniform over its range) in a number format."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    if number_format is NumberFormat.INT8:
        return torch.randint(-128, 128, shape, generator=generator, dtype=torch.int8)
    return torch.randn(shape, generator=generator).to(_dtype(number_format))


def gemm(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``out[b,m,n] = A[b,m,k] B[b,k,n]``; op ``mm``, ``bmm`` or ``int_mm``."""
    import torch

    b, m, n, k = (dims[name] for name in "bmnk")
    lead = (b,) if op == "bmm" else ()
    left = normal((*lead, m, k), number_format, seed)
    right = normal((*lead, k, n), number_format, seed + 1)
    function = {"mm": torch.mm, "bmm": torch.bmm, "int_mm": torch._int_mm}[op]
    rng = _rng(seed)
    places = [tuple(int(rng.integers(size)) for size in (b, m, n)) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        page, row, column = at
        x = _double(left[page, row] if lead else left[row])
        y = _double(right[page, :, column] if lead else right[:, column])
        return float(x @ y), float(np_abs(x) @ np_abs(y))

    def found(out: torch.Tensor, at: tuple[int, ...]) -> float:
        return float(out[at] if lead else out[at[1:]])

    out_bytes = 4.0 if number_format is NumberFormat.INT8 else number_format.size_bytes
    return Case(
        call=lambda: function(left, right),
        check=lambda: _compare(
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
    rng, per_group = _rng(seed), c_in // groups
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
        x, y = _double(window).ravel(), _double(weight[channel]).ravel()
        return float(x @ y), float(np_abs(x) @ np_abs(y))

    elements = batch * c_in * h_in * w_in + weight.numel() + batch * c_out * h_out * w_out
    return Case(
        call=call,
        check=lambda: _compare(call(), places, _entry, expected, TOLERANCE[number_format]),
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
    rng, sizes = _rng(seed), (batch, heads, seq, head_dim)
    places = [tuple(int(rng.integers(size)) for size in sizes) for _ in range(CHECKED)]

    def call() -> torch.Tensor:
        return torch.nn.functional.scaled_dot_product_attention(query, key, value)

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        page, head, row, column = at
        scores = _double(key[page, head]) @ _double(query[page, head, row]) / math.sqrt(head_dim)
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        values = _double(value[page, head, :, column])
        return float(weights @ values), float(weights @ np.abs(values))

    pages = batch * heads
    return Case(
        call=call,
        check=lambda: _compare(call(), places, _entry, expected, 2 * TOLERANCE[number_format]),
        work_flop=pages * seq * kv_len * (4.0 * head_dim + 5.0),
        bytes_moved=number_format.size_bytes * pages * head_dim * 2.0 * (seq + kv_len),
    )


def rowwise(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``softmax``, ``layer_norm`` or ``sum`` along the columns of (rows, cols)."""
    import numpy as np
    import torch

    rows, cols = dims["rows"], dims["cols"]
    data = normal((rows, cols), number_format, seed)
    functions: dict[str, Callable[[], torch.Tensor]] = {
        "softmax": lambda: torch.softmax(data, -1),
        "layer_norm": lambda: torch.nn.functional.layer_norm(data, (cols,)),
        "sum": lambda: data.sum(-1),
    }
    call = functions[op]
    places = [(int(row),) for row in _rng(seed).integers(rows, size=CHECKED)]

    def found(out: torch.Tensor, at: tuple[int, ...]) -> float:
        return float(out[at[0]] if op == "sum" else out[at[0], cols // 2])

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        x = _double(data[at[0]])
        if op == "sum":
            return float(x.sum()), float(np.abs(x).sum())
        if op == "softmax":
            weights = np.exp(x - x.max())
            weights /= weights.sum()
            return float(weights[cols // 2]), float(weights.max())
        normed = (x - x.mean()) / np.sqrt(x.var() + 1e-5)
        return float(normed[cols // 2]), float(np.abs(normed).max())

    out_elements = rows if op == "sum" else rows * cols
    return Case(
        call=call,
        check=lambda: _compare(call(), places, found, expected, TOLERANCE[number_format]),
        work_flop=rows * cols * {"sum": 1.0, "softmax": 5.0, "layer_norm": 8.0}[op],
        bytes_moved=number_format.size_bytes * (rows * cols + out_elements),
    )


def elementwise(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``add`` of two arrays, ``relu``, ``exp`` or ``gelu`` of one; the output is allocated."""
    import numpy as np
    import torch

    shape = (dims["rows"], dims["cols"])
    data, other = (normal(shape, number_format, seed + i) for i in range(2))
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "add": lambda: torch.add(data, other),
        "relu": lambda: torch.relu(data),
        "exp": lambda: torch.exp(data),
        "gelu": lambda: torch.nn.functional.gelu(data),
    }
    formulas: dict[str, Callable[[float, float], float]] = {
        "add": lambda x, y: x + y,
        "relu": lambda x, _: max(x, 0.0),
        "exp": lambda x, _: math.exp(x),
        "gelu": lambda x, _: 0.5 * x * (1 + math.erf(x / math.sqrt(2))),
    }
    call = calls[op]
    rng = _rng(seed)
    places = [tuple(int(rng.integers(size)) for size in shape) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        x, y = float(data[at]), float(other[at])
        right = formulas[op](x, y)
        return right, max(abs(right), abs(x), abs(y))

    elements = float(np.prod(shape))
    inputs = 2 if op == "add" else 1
    return Case(
        call=call,
        check=lambda: _compare(call(), places, _entry, expected, TOLERANCE[number_format]),
        work_flop=elements * {"add": 1, "relu": 1, "exp": 10, "gelu": 10}[op],
        bytes_moved=number_format.size_bytes * elements * (inputs + 1),
    )


def data_movement(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``copy`` of a contiguous square array, its ``transpose``, or a row ``gather``."""
    import torch

    side = math.isqrt(dims["elements"])
    data = normal((side, side), number_format, seed)
    index = torch.randperm(side, generator=torch.Generator().manual_seed(seed))
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "copy": lambda: data.clone(),
        "transpose": lambda: data.t().contiguous(),
        "gather": lambda: data.index_select(0, index),
    }
    call = calls[op]
    rng = _rng(seed)
    places = [tuple(int(rng.integers(side)) for _ in range(2)) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        row, column = at
        if op == "transpose":
            return float(data[column, row]), 1.0
        return float(data[int(index[row]) if op == "gather" else row, column]), 1.0

    return Case(
        call=call,
        check=lambda: _compare(call(), places, _entry, expected, 0.0),
        work_flop=0.0,
        bytes_moved=number_format.size_bytes * side * side * 2.0,
    )


_BUILDERS: dict[str, Callable[[str, NumberFormat, Mapping[str, int], int], Case]] = {
    "gemm": gemm,
    "convolution": convolution,
    "attention_encoder": attention,
    "rowwise": rowwise,
    "elementwise": elementwise,
    "data_movement": data_movement,
}


def np_abs(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return magnitudes."""
    return abs(values)


def _compare(
    out: torch.Tensor,
    places: Sequence[tuple[int, ...]],
    found: Callable[[torch.Tensor, tuple[int, ...]], float],
    expected: Callable[[tuple[int, ...]], tuple[float, float]],
    tolerance: float,
) -> str:
    for at in places:
        right, scale = expected(at)
        got = found(out, at)
        if not abs(got - right) <= tolerance * scale:
            return f"output {at} is {got:.6g}, expected {right:.6g}"
    return ""


def _entry(out: torch.Tensor, at: tuple[int, ...]) -> float:
    return float(out[at])


def _padding(size_in: int, size_out: int, kernel: int, stride: int) -> int:
    return max(0, ((size_out - 1) * stride + kernel - size_in + 1) // 2)


def _double(tensor: torch.Tensor) -> npt.NDArray[np.float64]:
    import torch

    return tensor.to(torch.float64).numpy()


def _rng(seed: int) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng(seed)


def _dtype(number_format: NumberFormat) -> torch.dtype:
    import torch

    return {
        NumberFormat.FP64: torch.float64,
        NumberFormat.FP32: torch.float32,
        NumberFormat.BF16: torch.bfloat16,
        NumberFormat.FP16: torch.float16,
    }[number_format]
