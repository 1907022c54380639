"""Text of inline assembly: the one instruction of a kernel as a tiny function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count


def places(sizes: Sequence[int]) -> list[str]:
    """Return the operand lists ``{%0, %1}`` of register groups, numbered through."""
    number = count()
    return ["{" + ", ".join(f"%{next(number)}" for _ in range(size)) + "}" for size in sizes]


def constraints(mark: str, array: str, size: int) -> str:
    """Return ``"+f"(d[0]), "+f"(d[1])`` for an array of registers."""
    return ", ".join(f'"{mark}"({array}[{index}])' for index in range(size))


def function(
    head: str, assembly: Iterable[str], outputs: str, inputs: str, clobber: str = ""
) -> str:
    """Return a device function that is nothing but one ``asm volatile``."""
    body = "\\n".join(assembly)
    tail = f' : "{clobber}"' if clobber else ""
    return f'DEVICE {head} {{\n    asm volatile("{body}" : {outputs} : {inputs}{tail});\n}}\n'
