"""The matrix product that the matrix instructions of one kernel make up: b, m, n, k and format.

A program or warp adds up along k in a loop that carries its accumulator, so k is known from the
text; how the outputs of a launch divide into rows and columns is not, unless buffers tell: they are
put as near a square as the tiles allow, and the kernel is flagged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from costmodel.graph.domain import Dimension
from costmodel.graph.matrix_units import MatrixTile
from costmodel.mlir.ir import Op
from microbench.formats import NumberFormat

_MOST_TILES = 1e12
"""Tiles of a launch whose divisors are looked for."""
_CARRIED = re.compile(r"iter_args\s*\(([^)]*)\)")
_ASSIGN = re.compile(r"(%[\w$.\-]+)\s*=\s*(%[\w$.\-#]+)")


@dataclass(frozen=True, slots=True)
class Around:
    """A loop around an op, with its trips."""

    loop: Op
    trips: float
    """On average, each time it is reached."""
    dimensions: tuple[Dimension, ...] = ()
    outer: Around | None = None
    """The loop around this one."""

    def outward(self) -> Iterator[Around]:
        """Yield this loop and those around it, from within."""
        one: Around | None = self
        while one is not None:
            yield one
            one = one.outer


@dataclass(slots=True)
class _Sum:
    """One accumulator."""

    m: float
    n: float
    b: float
    depth: float
    """Elements of k that all instructions together add up in one output."""
    carried: float
    """Trips of the loops that carry it."""


@dataclass(slots=True)
class Products:
    """Matrix instructions of a kernel, in program order inside each body."""

    flop: float = 0.0
    formats: dict[NumberFormat, float] = field(default_factory=dict)
    """Work by the format of the operands."""
    _sums: list[_Sum] = field(default_factory=list)
    _made: dict[str, _Sum] = field(default_factory=dict)

    def add(
        self, op: Op, tile: MatrixTile, count: float, adds_to: str, around: Around | None
    ) -> None:
        """Take in an instruction executed ``count`` times; ``around`` is the loop it stands in.

        ``adds_to`` is the name of its accumulator.
        """
        flop = tile.flop * count
        self.flop += flop
        if tile.number_format is not None:
            done = self.formats.get(tile.number_format, 0.0)
            self.formats[tile.number_format] = done + flop
        found = self._made.get(adds_to)
        if found is None:
            found = _Sum(tile.m, tile.n, tile.b, 0.0, carried_trips(tile, adds_to, around))
            self._sums.append(found)
        found.depth += tile.k * found.carried
        self._made.update(dict.fromkeys(op.results, found))

    @property
    def number_format(self) -> NumberFormat | None:
        """Format of the operands that most of the work is done in."""
        return max(self.formats, key=self.formats.__getitem__) if self.formats else None

    def dims(self) -> Mapping[str, float] | None:
        """Return b, m, n, k of the whole launch; ``None`` where sums of several depths are made."""
        if not self._sums or len({(one.b, one.depth) for one in self._sums}) > 1:
            return None
        first = self._sums[0]
        outputs = self.flop / max(2.0 * first.depth * first.b, 1.0)
        if not first.m * first.n * first.depth > 0 or not math.isfinite(outputs):
            return None
        rows, columns = _nearest_square(outputs, first.m, first.n)
        return {"b": first.b, "m": rows, "n": columns, "k": first.depth}


def carried_trips(tile: MatrixTile, adds_to: str, around: Around | None) -> float:
    """Return the trips of the loops that carry an accumulator, by name or as a value of its shape.

    Stops at the first loop, from within, that does not carry it.
    """
    shape = f"<{tile.m:.0f}x{tile.n:.0f}x"
    trips, name = 1.0, adds_to
    for one in around.outward() if around else ():
        carried = _carried(one.loop)
        if name in carried:
            name = carried[name]
        elif not _adds(one.loop, carried, shape):
            break
        trips *= one.trips
    return trips


def _carried(loop: Op) -> dict[str, str]:
    """Return the names a loop carries, each with the name it enters by."""
    found = _CARRIED.search(loop.header)
    if found:
        return dict(_ASSIGN.findall(found.group(1)))
    blocks = loop.regions[0].blocks if loop.regions else []
    names = [name for name, _ in blocks[0].arguments[1:]] if blocks else []
    return dict(zip(names, loop.operands[3:], strict=False))


def _adds(loop: Op, carried: Mapping[str, str], shape: str) -> bool:
    """Say whether a loop adds values of a shape to one it carries: products scaled before that."""
    return any(
        op.name.endswith(".addf")
        and shape in op.header
        and not carried.keys().isdisjoint(op.operands)
        for region in loop.regions
        for op in region.ops
    )


def _nearest_square(outputs: float, m: float, n: float) -> tuple[float, float]:
    """Divide outputs into whole tiles of m by n, as near a square as they go."""
    tiles = outputs / (m * n)
    count = round(tiles)
    if not 1 <= count <= _MOST_TILES or not math.isclose(tiles, count, rel_tol=1e-9):
        side = math.sqrt(outputs)
        return side, side
    best = min(_divisors(count), key=lambda rows: abs(math.log(rows * rows * m / (count * n))))
    return best * m, count // best * n


def _divisors(count: int) -> list[int]:
    import numpy as np

    low = np.arange(1, math.isqrt(count) + 1)
    found = [int(one) for one in low[count % low == 0]]
    return [*found, *(count // one for one in found)]
