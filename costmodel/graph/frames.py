"""Bodies on the stack of a walk, and what ops say about themselves on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from costmodel.graph.custom_calls import called_name
from costmodel.graph.domain import Dimension
from costmodel.graph.rules import costed_name, is_read
from costmodel.graph.values import Node, Value
from costmodel.kernel import Flag
from costmodel.mlir.ir import Op


@dataclass(slots=True)
class Context:
    """Ops that share a multiplier: a function or loop body."""

    count: float
    flags: frozenset[Flag]
    nodes: list[Node] = field(default_factory=list)
    since: int = 0
    """Key from which on values are the body's own; earlier ones stand outside a loop."""
    entered: dict[int, Value] = field(default_factory=dict)
    """Values carried round a loop that it enters as an entry's argument, by their keys inside."""
    outer: Context | None = None
    """The body a loop stands in."""
    offset: int = 0
    """Where the loop stands."""
    function: str = ""
    """The function whose loop it is."""
    dimensions: Sequence[Dimension] = ()
    """The loop's own."""
    updates: list[int] = field(default_factory=list)
    """Places of the nodes that write part of an operand."""


MOST_AROUND = 8
"""Loops looked at around a body, inner first: a text may nest a hundred thousand of them."""


def around(context: Context | None, function: str) -> list[Dimension]:
    """Return the dimensions of the loops a body of a function stands in, outer first.

    Those of its callers are left out, for their variables have names of their own.
    """
    found: list[Dimension] = []
    for _ in range(MOST_AROUND):
        if context is None:
            break
        if context.function == function:
            found[:0] = context.dimensions
        context = context.outer
    return found


class Frame:
    """A body being walked; ``call`` is the op whose results its return gives, if any."""

    __slots__ = ("call", "constants", "context", "function", "ops", "outer", "returned", "values")

    def __init__(
        self,
        ops: Iterator[Op],
        context: Context,
        values: dict[str, Value],
        constants: dict[str, int],
        function: str,
    ) -> None:
        self.ops, self.context, self.values = ops, context, values
        self.constants, self.function = constants, function
        self.call: Op | None = None
        self.outer: dict[str, Value] = {}
        self.returned: list[Value] = []


def unknown_name(op: Op) -> str:
    """Return the name an op without a cost is listed by."""
    if op.name.endswith("custom_call"):
        return f"{op.name} @{called_name(op.header, op.symbol)}"
    return costed_name(op)


def opaque(op: Op) -> bool:
    """Say whether an op with regions and no rule computes something of its own.

    It does where it has results. Without them it is structure in dialects hwprof reads, and unknown
    in any other.
    """
    if op.name.endswith(("region", "module", "execute_region", "manual_computation")):
        return False
    return bool(op.results) or not is_read(op.name)


def symbols(text: str) -> list[str]:
    """Return the symbols a header names, in order."""
    return re.findall(r'@"?([\w$.\-]+)', text)
