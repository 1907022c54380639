"""Arithmetic on whole numbers and on arrays of them: one number an iteration of a loop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Value = int | npt.NDArray[np.int64]

_LARGEST = 2**31
"""Factors of arrays beyond it might overflow 64 bits."""


def extreme(kind: str, values: Iterable[Value | None]) -> Value | None:
    """Return the ``least`` or the ``most`` of values; ``None`` for none or where one is unknown."""
    best: Value | None = None
    for value in values:
        if value is None:
            return None
        best = value if best is None else combined(kind, best, value)
    return best


def combined(kind: str, left: Any, right: Any) -> Any:
    """Return an operation's result on whole numbers or arrays of them; ``None`` if undefined.

    ``divide`` and ``remainder`` round towards zero, as MLIR's signed ones do.
    """
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return _of_numbers(kind, left, right)
    import numpy as np

    if any(isinstance(one, int) and abs(one) > 2**62 for one in (left, right)):
        return None
    if kind in {"divide", "remainder", "ceiling", "floor", "modulo"} and not np.all(right):
        return None
    if kind == "mul" and (np.abs(left).max(initial=0) > _LARGEST
                          or np.abs(right).max(initial=0) > _LARGEST):  # fmt: skip
        return None
    if kind in {"least", "most"}:
        return (np.minimum if kind == "least" else np.maximum)(left, right)
    if kind in {"divide", "remainder"}:
        quotient = np.sign(left) * np.sign(right) * (np.abs(left) // np.abs(right))
        return quotient if kind == "divide" else left - quotient * right
    return _plain(kind, left, right)


def _of_numbers(kind: str, left: int, right: int) -> int | None:
    if kind in {"least", "most"}:
        return (min if kind == "least" else max)(left, right)
    if kind in {"divide", "remainder", "ceiling", "floor", "modulo"} and not right:
        return None
    if kind in {"divide", "remainder"}:
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return quotient if kind == "divide" else left - quotient * right
    found = _plain(kind, left, right)
    return int(found) if abs(found) < 2**63 else None


def _plain(kind: str, left: Any, right: Any) -> Any:
    if kind == "add":
        return left + right
    if kind == "sub":
        return left - right
    if kind == "mul":
        return left * right
    if kind == "floor":
        return left // right
    if kind == "modulo":
        return left % right
    return -(-left // right)
