"""Workloads over a range of sizes: where one way of computing overtakes another.

A sweep has an axis and arms; an arm turns a value of the axis into the shape of a workload's
variant. All arms of a sweep are measured at every value, one right after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.workloads import (
    attention_passes,
    convolution,
    decode_batching,
    delta_inference,
    depthwise_size,
    dictionary_update,
    long_convolution,
    ordered_convolution,
    precision_ladder,
    random_features,
    sparse_blocks,
    sparse_pointwise,
    sparse_product,
    toeplitz_attention,
    video_convolution,
)
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to compute, at every value of a sweep's axis."""

    name: str
    workload: Workload
    variant: str
    shape: Callable[[int], Shape]
    number_format: NumberFormat = NumberFormat.FP32


@dataclass(frozen=True, slots=True)
class Sweep:
    """Arms measured side by side along one axis."""

    name: str
    question: str
    axis: str
    values: tuple[int, ...]
    arms: tuple[Arm, ...]

    def arm(self, name: str) -> Arm:
        """Return an arm by name."""
        return next(arm for arm in self.arms if arm.name == name)


def _direct_long(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Slide the kernel over the padded input, as a grouped convolution."""
    import torch

    x, kernel = operands
    padded = torch.nn.functional.pad(x, (shape["n"] - 1, 0))
    return torch.nn.functional.conv1d(padded, kernel.flip(-1)[:, None], groups=shape["h"])


def _windows(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Multiply every window of the padded input by the kernel, as one product a channel."""
    import torch

    x, kernel = operands
    n = shape["n"]
    windows = torch.nn.functional.pad(x, (n - 1, 0)).unfold(-1, n, 1)
    return (windows @ kernel.flip(-1)[None, :, :, None]).squeeze(-1)


def _direct_flop(shape: Shape) -> float:
    return 2.0 * shape["b"] * shape["h"] * float(shape["n"]) ** 2


def _streamed(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    table, values = operands
    return table.add_(values)


DIRECT_LONG = replace(
    long_convolution.LONG,
    name="direct-long-convolution",
    question="What does a convolution as long as its input cost without transforms?",
    variants={
        REFERENCE: long_convolution.LONG.variants[REFERENCE],
        UNFUSED: _windows,
        FUSED: _direct_long,
    },
    flop=_direct_flop,
    unfused_flop=None,
)
STREAM = replace(
    dictionary_update.WORKLOAD,
    name="table-sum",
    question="How fast do two tables add in order?",
    operands=lambda shape, random: (
        random(shape["slots"], shape["d"]),
        random(shape["slots"], shape["d"]),
    ),
    variants={REFERENCE: _streamed, UNFUSED: _streamed, FUSED: _streamed},
    flop=lambda shape: float(shape["slots"] * shape["d"]),
    min_bytes=lambda shape, element_bytes: 3.0 * element_bytes * shape["slots"] * shape["d"],
    added_bytes=lambda _shape, _element_bytes: 0.0,
)


def _sparse(density_percent: int) -> Shape:
    return {"k": 512, "c": 512, "p": 784, "density_percent": density_percent, "block": 32}


def _long(n: int) -> Shape:
    return {"b": 1, "h": 64, "n": n}


def _ordered(n: int) -> Shape:
    """As many channels as keep a point at 2^17 steps or more: no length is all launches."""
    return {"b": 1, "h": max(1, 2**17 // n), "n": n}


def _square(n: int) -> Shape:
    return {"m": n, "n": n, "k": n}


def _table(d: int) -> Shape:
    """Touch a quarter of 64 MiB at random places: 16 MiB, which no core's caches keep."""
    return {"slots": 2**24 // d, "d": d, "count": 2**22 // d}


def _clip(frames: int) -> Shape:
    return {"n": 1, "c": 16, "t": frames, "h": 28, "w": 28, "k": 16}


def _decode(b: int) -> Shape:
    return {**decode_batching.WORKLOAD.preset, "b": b}


def _squeezed(frames: int) -> Shape:
    """Time in the channels at half their product: c t / 2 in and out, as a squeezed network has."""
    width = 8 * frames
    return {"n": 1, "c": width, "h": 28, "w": 28, "k": width, "r": 3, "groups": 1}


SWEEPS = (
    Sweep(
        "density",
        "At which density does a sparse 1x1 convolution overtake a dense one?",
        "density_percent",
        (2, 5, 10, 20, 30, 40, 60, 80),
        (
            Arm("dense", sparse_pointwise.WORKLOAD, UNFUSED, _sparse),
            Arm("rows", sparse_pointwise.WORKLOAD, FUSED, _sparse),
            Arm("blocks", sparse_blocks.WORKLOAD, FUSED, _sparse),
        ),
    ),
    Sweep(
        "delta",
        "From which share of unchanged inputs on does updating an output pay?",
        "same_percent",
        (0, 20, 40, 50, 60, 70, 80, 90),
        tuple(
            Arm(
                name,
                delta_inference.WORKLOAD,
                variant,
                lambda same: {"d_in": 4096, "d_out": 1024, "same_percent": same},
            )
            for name, variant in (("dense", UNFUSED), ("delta", FUSED))
        ),
    ),
    Sweep(
        "filter-size",
        "From which filter on does an FFT beat a direct depthwise convolution?",
        "k",
        (3, 5, 7, 11, 15, 19, 23, 27, 31),
        tuple(
            Arm(
                name,
                depthwise_size.WORKLOAD,
                variant,
                lambda k: {"n": 1, "c": 32, "h": 28, "w": 28, "k": k},
            )
            for name, variant in (
                ("windows", UNFUSED),
                ("direct", FUSED),
                ("fft", depthwise_size.FFT),
            )
        ),
    ),
    Sweep(
        "long-convolution",
        "From which length on does an FFT beat a direct convolution?",
        "n",
        (8, 16, 32, 64, 128, 256, 512, 1024),
        (
            Arm("grouped", DIRECT_LONG, FUSED, _long),
            Arm("windows", DIRECT_LONG, UNFUSED, _long),
            Arm("fft", long_convolution.LONG, UNFUSED, _long),
        ),
    ),
    Sweep(
        "orders",
        "What does a long convolution cost as 2, 3 and 4 chained products?",
        "n",
        (256, 1024, 4096, 16384, 65536, 262144),
        tuple(
            Arm(name, ordered_convolution.WORKLOAD, variant, _ordered)
            for name, variant in (
                ("fft", UNFUSED),
                ("order-2", FUSED),
                ("order-3", "order-3"),
                ("order-4", "order-4"),
            )
        ),
    ),
    Sweep(
        "toeplitz",
        "From which length on does an FFT beat quadratic attention?",
        "n",
        (32, 64, 128, 256, 512, 1024, 2048),
        tuple(
            Arm(
                name,
                toeplitz_attention.WORKLOAD,
                variant,
                lambda n: {"b": 1, "n": n, "d": 8},
            )
            for name, variant in (("quadratic", UNFUSED), ("fft", FUSED))
        ),
    ),
    Sweep(
        "features",
        "Up to how many random features is a layer cheaper than its dense form?",
        "m",
        (64, 128, 192, 256, 320, 384, 512),
        tuple(
            Arm(
                name,
                workload,
                UNFUSED,
                lambda m: {"rows": 512, "d_in": 512, "d_out": 512, "m": m},
            )
            for name, workload in (
                ("dense", random_features.DENSE_LAYER),
                ("features", random_features.FEATURES),
            )
        ),
    ),
    Sweep(
        "variates",
        "When does attention over variates instead of time steps pay?",
        "v",
        (32, 64, 128, 256, 1024, 2048),
        (
            Arm(
                "over-time",
                attention_passes.WORKLOAD,
                UNFUSED,
                lambda v: {"b": 1, "heads": 1, "p": 512, "m": 512, "e": v, "f": v},
            ),
            Arm(
                "over-variates",
                attention_passes.WORKLOAD,
                UNFUSED,
                lambda v: {"b": 1, "heads": 1, "p": v, "m": v, "e": 512, "f": 512},
            ),
        ),
    ),
    Sweep(
        "sparse-product",
        "Which dataflow multiplies very sparse matrices fastest?",
        "n",
        (1000, 2000, 4000),
        tuple(
            Arm(
                name,
                sparse_product.WORKLOAD,
                variant,
                lambda n: {"n": n, "each": n // 1000},
            )
            for name, variant in (
                ("row-by-row", FUSED),
                ("outer", UNFUSED),
                ("inner", sparse_product.INNER),
            )
        ),
    ),
    Sweep(
        "squeezed-time",
        "What does time in the channels save over a 3-D convolution?",
        "frames",
        (4, 8, 16),
        (
            Arm("conv3d", video_convolution.WORKLOAD, FUSED, _clip),
            Arm("frames", video_convolution.WORKLOAD, UNFUSED, _clip),
            Arm("squeezed", convolution.WORKLOADS[0], FUSED, _squeezed),
        ),
    ),
    Sweep(
        "decode-batch",
        "How does the time of a decode step grow with its requests?",
        "b",
        (1, 2, 4, 8, 16),
        tuple(
            Arm(name, decode_batching.WORKLOAD, variant, _decode)
            for name, variant in (("separate", UNFUSED), ("batched", FUSED))
        ),
    ),
    Sweep(
        "random-access",
        "What share of streaming bandwidth do updates at random places reach?",
        "d",
        (4, 16, 64, 256),
        (
            Arm("random", dictionary_update.WORKLOAD, FUSED, _table),
            Arm("streaming", STREAM, FUSED, _table),
        ),
    ),
    Sweep(
        "precision",
        "How many multiply-adds a clock do a layer's three products reach in each format?",
        "size",
        (128, 256, 512),
        (
            *(
                Arm(form.value, precision_ladder.TRAINING, FUSED, _square, form)
                for form in (NumberFormat.FP32, NumberFormat.BF16, NumberFormat.FP16)
            ),
            Arm("widened-int8", precision_ladder.LOW_BIT, UNFUSED, _square),
            Arm("int8-weights", precision_ladder.LOW_BIT, FUSED, _square),
        ),
    ),
)


def find(name: str) -> Sweep:
    """Return a sweep by name; ``InputError`` lists the names."""
    known = {sweep.name: sweep for sweep in SWEEPS}
    if name not in known:
        raise InputError(f"no sweep {name!r}: {', '.join(known)}")
    return known[name]
