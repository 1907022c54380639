"""A tuning space as data: parameters with their values, and constraints between them.

``space_files`` reads and writes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from costmodel.blocks.expression import Expression, parse
from costmodel.blocks.values import Value, checked
from microbench.errors import InputError

__all__ = ["Space", "Value", "build"]


@dataclass(frozen=True, slots=True)
class Space:
    """Named parameters, each with its values, and expressions that a configuration satisfies."""

    name: str
    parameters: Mapping[str, tuple[Value, ...]]
    constraints: tuple[Expression, ...] = ()
    derived: Mapping[str, Expression] = field(default_factory=dict)
    """Quantities a constraint may name, computed from parameters and earlier ones."""
    document: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The T1 document it was read from, for the parts that a space does not hold: the kernel, its
    arguments, defaults, the search. Empty where it comes from elsewhere."""

    def __post_init__(self) -> None:
        if not self.parameters:
            raise InputError(f"space {self.name}: no parameters")
        parameters = {
            name: checked(self.name, name, values) for name, values in self.parameters.items()
        }
        object.__setattr__(self, "parameters", parameters)
        known = set(parameters)
        for name, expression in self.derived.items():
            if name in known:
                raise InputError(
                    f"space {self.name}: {name!r} is a parameter and a derived quantity"
                )
            _known(self.name, expression, known)
            known.add(name)
        for constraint in self.constraints:
            _known(self.name, constraint, known)

    @property
    def combinations(self) -> int:
        """Size of the product of all parameters."""
        return math.prod(len(values) for values in self.parameters.values())

    def inlined(self) -> tuple[Expression, ...]:
        """Return the constraints with derived quantities written out in parameters."""
        import ast
        import copy

        written: dict[str, ast.expr] = {}

        class Inline(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.expr:
                return copy.deepcopy(written[node.id]) if node.id in written else node

        for name, expression in self.derived.items():
            written[name] = Inline().visit(copy.deepcopy(expression.tree))
        return tuple(
            constraint
            if not constraint.names & set(self.derived)
            else parse(
                ast.unparse(Inline().visit(copy.deepcopy(constraint.tree))),
                f"{constraint.title}, written out:",
            )
            for constraint in self.constraints
        )


def build(
    name: str,
    parameters: Mapping[str, Sequence[Value]],
    constraints: Sequence[str] = (),
    derived: Mapping[str, str] | None = None,
) -> Space:
    """Build a space from texts; ``InputError`` names the constraint that is at fault."""
    return Space(
        name,
        {key: tuple(values) for key, values in parameters.items()},
        tuple(parse(text) for text in constraints),
        _in_order(name, {key: _quantity(key, text) for key, text in (derived or {}).items()}),
    )


def _quantity(name: str, text: str) -> Expression:
    return parse(text, f"derived quantity {name} =")


def _in_order(space: str, derived: Mapping[str, Expression]) -> dict[str, Expression]:
    """Return derived quantities so that each stands after those it names."""
    graph = {key: expression.names & set(derived) for key, expression in derived.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = sorted(set(error.args[1]))
        named = " and ".join(repr(key) for key in ring)
        how = "define each other" if len(ring) > 1 else "is defined by itself"
        raise InputError(f"space {space}: {named} {how}") from error
    return {key: derived[key] for key in order}


def _known(space: str, expression: Expression, known: set[str]) -> None:
    unknown = sorted(expression.names - known)
    if unknown:
        raise InputError(
            f"space {space}: {expression.title} names {unknown[0]!r}, which is no parameter "
            "and no derived quantity"
        )
