"""Z03: residual blocks ConvFirst and MBConv, whole or layer by layer (batch norms folded).

``n`` images of ``c`` channels, ``h`` x ``w`` pixels, 3 x 3 filters in groups of width ``g``,
expansion ``ratio``. ConvFirst: grouped conv on c, 1x1 c -> rc, SiLU, 1x1 rc -> c, + input. MBConv:
1x1 c -> rc, SiLU, grouped conv on rc, SiLU, 1x1 rc -> c, + input.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

FILTER = 3
TILE_ROWS = 8
"""Image rows a tile: expanded activations of 8 x 56 pixels and 256 channels take 459 kB in fp32."""


def _operands(mb: bool) -> Callable[[Shape, Callable[..., torch.Tensor]], tuple[torch.Tensor, ...]]:
    def make(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
        c, g, wide = shape["c"], shape["g"], shape["c"] * shape["ratio"]
        spatial = wide if mb else c
        return (
            random(shape["n"], c, shape["h"], shape["w"]),
            random(spatial, g, FILTER, FILTER) / (3 * g**0.5),
            random(wide, c, 1, 1) / c**0.5,
            random(c, wide, 1, 1) / wide**0.5,
        )

    return make


def _conv_first(
    x: torch.Tensor, padded: torch.Tensor, weights: tuple[torch.Tensor, ...]
) -> torch.Tensor:
    from torch.nn.functional import conv2d, silu

    grouped, expand, project = weights
    y = conv2d(padded, grouped, groups=grouped.shape[0] // grouped.shape[1])
    return x + conv2d(silu(conv2d(y, expand)), project)


def _mb_conv(
    x: torch.Tensor, padded: torch.Tensor, weights: tuple[torch.Tensor, ...]
) -> torch.Tensor:
    from torch.nn.functional import conv2d, silu

    grouped, expand, project = weights
    y = silu(conv2d(padded, expand))
    y = silu(conv2d(y, grouped, groups=grouped.shape[0] // grouped.shape[1]))
    return x + conv2d(y, project)


Block = Callable[["torch.Tensor", "torch.Tensor", "tuple[torch.Tensor, ...]"], "torch.Tensor"]
Variant = Callable[[Shape, "tuple[torch.Tensor, ...]"], "torch.Tensor"]


def _layer_by_layer(block: Block) -> Variant:
    def run(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        import torch

        x, *weights = operands
        return block(x, torch.nn.functional.pad(x, (1, 1, 1, 1)), tuple(weights))

    return run


def _tiled(block: Block) -> Variant:
    """Run all layers of a few image rows, with their halo, before the next rows."""

    def run(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        import torch

        x, *weights = operands
        out = torch.empty_like(x)
        height = x.shape[2]
        for image in range(x.shape[0]):
            for top in range(0, height, TILE_ROWS):
                bottom = min(top + TILE_ROWS, height)
                rows = x[image : image + 1, :, max(top - 1, 0) : bottom + 1]
                edges = (1, 1, int(top == 0), int(bottom == height))
                padded = torch.nn.functional.pad(rows, edges)
                inner = x[image : image + 1, :, top:bottom]
                out[image : image + 1, :, top:bottom] = block(inner, padded, tuple(weights))
        return out

    return run


def conv_first_flop(shape: Shape) -> float:
    """2 C (R S g + 2 r C) per pixel (module definitions of ``spio``'s block profiler)."""
    c, g, ratio = shape["c"], shape["g"], shape["ratio"]
    return shape["n"] * shape["h"] * shape["w"] * 2.0 * c * (FILTER**2 * g + 2 * ratio * c)


def mb_conv_flop(shape: Shape) -> float:
    """2 r C (R S g + 2 C) per pixel."""
    c, g, ratio = shape["c"], shape["g"], shape["ratio"]
    return shape["n"] * shape["h"] * shape["w"] * 2.0 * ratio * c * (FILTER**2 * g + 2 * c)


def weight_elements(shape: Shape, mb: bool) -> float:
    """Count the grouped filter and both 1x1 matrices."""
    c, wide = shape["c"], shape["c"] * shape["ratio"]
    return (wide if mb else c) * shape["g"] * FILTER**2 + 2.0 * c * wide


def _min_bytes(mb: bool) -> Callable[[Shape, float], float]:
    def count(shape: Shape, element_bytes: float) -> float:
        pixels = shape["n"] * shape["h"] * shape["w"]
        return element_bytes * (2.0 * shape["c"] * pixels + weight_elements(shape, mb))

    return count


def folded_channels(ratio: int, mb: bool) -> int:
    """Count channels C moved per pixel, SiLU and sum folded into layers: 5 + 2r or 3 + 4r."""
    return 3 + 4 * ratio if mb else 5 + 2 * ratio


def eager_channels(ratio: int, mb: bool) -> int:
    """Count the same in eager mode: padding moves 2 more, each SiLU 2r, the separate sum 2."""
    return folded_channels(ratio, mb) + 2 + (4 if mb else 2) * ratio + 2


def _added_bytes(mb: bool) -> Callable[[Shape, float], float]:
    def count(shape: Shape, element_bytes: float) -> float:
        pixels = shape["n"] * shape["h"] * shape["w"]
        channels = eager_channels(shape["ratio"], mb) - 2
        return element_bytes * pixels * shape["c"] * channels

    return count


def _workload(name: str, mb: bool, block: Block, flop: Callable[[Shape], float]) -> Workload:
    size = {"n": 2, "c": 64, "h": 56, "w": 56, "g": 8, "ratio": 4}
    return Workload(
        key="Z03",
        name=name,
        question=f"What does running a whole {name} block tile by tile save?",
        papers="Lavin, On the Efficiency of Convolutional Neural Networks (2024)",
        baseline="torch eager: padding, convolutions, SiLU and sum as separate operators",
        claimed="about 4x (ConvFirst block kernel against ConvNeXt with Inductor, GPU)",
        preset=size,
        sizes=(
            {**size, "n": 1, "c": 8, "h": 5, "w": 6, "g": 4},
            {**size, "n": 1, "c": 16, "h": 8, "w": 9},
            {**size, "n": 2, "c": 16, "h": 19, "w": 12},
        ),
        operands=_operands(mb),
        variants={
            REFERENCE: _layer_by_layer(block),
            UNFUSED: _layer_by_layer(block),
            FUSED: _tiled(block),
        },
        flop=flop,
        min_bytes=_min_bytes(mb),
        added_bytes=_added_bytes(mb),
    )


WORKLOADS = (
    _workload("conv-first", False, _conv_first, conv_first_flop),
    _workload("mb-conv", True, _mb_conv, mb_conv_flop),
)
