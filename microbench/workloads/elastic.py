"""Elastic networks: random depths, widths and filter sizes within declared ranges, as layer shapes.

After "DepS" and H. Cai et al., "Once-for-All" (ICLR 2020): one network contains many, chosen by
depth, width and kernel of each stage. Here they are a source of shapes to measure: a sub-network is
a list of convolution shapes as ``convolution`` counts them. The ranges are recalled from the
second, not looked up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from microbench.errors import InputError
from microbench.workloads.workload import Shape


@dataclass(frozen=True, slots=True)
class Ranges:
    """What may be chosen; the defaults follow once-for-all's MobileNetV3 space, widths added."""

    depths: tuple[int, ...] = (2, 3, 4)
    expansions: tuple[int, ...] = (3, 4, 6)
    kernels: tuple[int, ...] = (3, 5, 7)
    widths: tuple[int, ...] = (16, 24, 40, 80, 112, 160)
    """Channels a stage at full width; a stage may also have three quarters or half of them."""
    shares: tuple[float, ...] = (0.5, 0.75, 1.0)
    side: int = 112
    """Pixels of the first stage; each later one halves them."""

    def __post_init__(self) -> None:
        choices = (self.depths, self.expansions, self.kernels, self.widths, self.shares)
        if not all(choices) or any(kernel % 2 == 0 for kernel in self.kernels):
            raise InputError("every range needs a choice, and kernels must be odd")


@dataclass(frozen=True, slots=True)
class Block:
    """One inverted bottleneck: expand, depthwise convolution, project."""

    channels: int
    expansion: int
    kernel: int
    side: int

    @property
    def shapes(self) -> tuple[Shape, Shape, Shape]:
        """The block's three convolutions, for one image."""
        inner = self.channels * self.expansion
        common = {"n": 1, "h": self.side, "w": self.side}
        return (
            {**common, "c": self.channels, "k": inner, "r": 1, "groups": 1},
            {**common, "c": inner, "k": inner, "r": self.kernel, "groups": inner},
            {**common, "c": inner, "k": self.channels, "r": 1, "groups": 1},
        )


Network = tuple[tuple[Block, ...], ...]
"""Blocks by stage."""


def sample(ranges: Ranges, seed: int) -> Iterator[Network]:
    """Yield different random sub-networks without end; the same ones for the same seed.

    The caller takes no more than the space holds: beyond that the search for a new one never ends.
    """
    draw, seen = random.Random(seed), set[Network]()  # noqa: S311 - shapes, not secrets
    while True:
        network = tuple(
            _stage(ranges, width, max(1, ranges.side >> stage), draw)
            for stage, width in enumerate(ranges.widths)
        )
        if network not in seen:
            seen.add(network)
            yield network


def _stage(ranges: Ranges, width: int, side: int, draw: random.Random) -> tuple[Block, ...]:
    channels = max(1, round(width * draw.choice(ranges.shares)))
    return tuple(
        Block(channels, draw.choice(ranges.expansions), draw.choice(ranges.kernels), side)
        for _ in range(draw.choice(ranges.depths))
    )
