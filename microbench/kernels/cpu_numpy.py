"""Streams through NumPy: the last resort where no loop of our own can be compiled.

NumPy makes two passes for a triad and chooses its own instructions, so a time is an upper bound on
what the memory costs. Results say so; latency, clock and arithmetic have no such path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

UPPER_BOUND = "upper bound on cost"
SCALE = 3.0


def stream(operation: str, arrays: list[npt.NDArray[Any]]) -> Callable[[], object]:
    """Return one pass of ``read``, ``write``, ``copy`` or ``triad`` over fp32 arrays a, b, c."""
    import numpy as np

    a, b, c = (arrays * 3)[:3]

    def triad() -> None:
        np.multiply(c, SCALE, out=a)
        np.add(a, b, out=a)

    passes: dict[str, Callable[[], object]] = {
        "read": lambda: float(np.add.reduce(a)),
        "write": lambda: a.fill(SCALE),
        "copy": lambda: np.copyto(a, b),
        "triad": triad,
    }
    return passes[operation]
