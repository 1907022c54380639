"""A tuning space as data: parameters with their values, and constraints between them.

Read from and written to the auto-tuning community's T1 JSON (Kernel Tuner, KTT, BAT).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from costmodel.blocks.expression import Expression, parse, shown
from costmodel.blocks.problems import FORMS
from costmodel.blocks.values import Value, checked, values_of
from microbench.errors import InputError, plainly

__all__ = ["Space", "Value", "build", "read_space", "write_t1"]


@dataclass(frozen=True, slots=True)
class Space:
    """Named parameters, each with its values, and expressions that a configuration satisfies."""

    name: str
    parameters: Mapping[str, tuple[Value, ...]]
    constraints: tuple[Expression, ...] = ()
    derived: Mapping[str, Expression] = field(default_factory=dict)
    """Quantities a constraint may name, computed from parameters and earlier ones."""

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
            _known(self.name, name, expression, known)
            known.add(name)
        for constraint in self.constraints:
            _known(self.name, constraint.text, constraint, known)

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
            else parse(ast.unparse(Inline().visit(copy.deepcopy(constraint.tree))))
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
        _in_order(name, {key: parse(text) for key, text in (derived or {}).items()}),
    )


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


def read_space(path: Path) -> Space:
    """Read a space file: T1 JSON, or an object with ``parameters`` and ``constraints``.

    The second form may name ``derived`` quantities, an object of expressions.
    """
    document = _load(path)
    if isinstance(document, dict) and "parameters" in document:
        return _plain(path, document)
    return _t1(path, document)


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file, and no kernel of {', '.join(FORMS)}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {plainly(error)}") from error


def _plain(path: Path, document: dict[str, Any]) -> Space:
    parameters, texts = document["parameters"], document.get("constraints", [])
    derived = document.get("derived", {})
    if not isinstance(derived, dict):
        derived = {}
    if not isinstance(parameters, dict) or not isinstance(texts, list):
        raise InputError(f"{path}: parameters must be an object and constraints a list")
    if any(not isinstance(text, str) for text in (*texts, *derived.values())):
        raise InputError(f"{path}: constraints and derived quantities must be texts")
    name = str(document.get("space", path.stem))
    return build(name, {k: values_of(v) for k, v in parameters.items()}, texts, derived)


def _t1(path: Path, document: Any) -> Space:
    try:
        space = document["ConfigurationSpace"]
        parameters = {p["Name"]: values_of(p["Values"]) for p in space["TuningParameters"]}
        texts = [c["Expression"] for c in space.get("Conditions", ())]
        name = document.get("General", {}).get("BenchmarkName", path.stem)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: not a T1 tuning space: ConfigurationSpace.TuningParameters with Name and "
            f"Values is needed ({plainly(error)})"
        ) from error
    return build(str(name), parameters, texts)


def write_t1(space: Space) -> dict[str, Any]:
    """Return the T1 document of a space."""
    return {
        "General": {"BenchmarkName": space.name},
        "ConfigurationSpace": {
            "TuningParameters": [
                {"Name": name, "Type": _type(values), "Values": str(list(values))}
                for name, values in space.parameters.items()
            ],
            "Conditions": [
                {"Expression": constraint.text, "Parameters": sorted(constraint.names)}
                for constraint in space.inlined()
            ],
        },
    }


def _type(values: Sequence[Value]) -> str:
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if all(isinstance(value, int) for value in values):
        return "int"
    return "float" if all(isinstance(value, int | float) for value in values) else "string"


def _known(space: str, what: str, expression: Expression, known: set[str]) -> None:
    unknown = sorted(expression.names - known)
    if unknown:
        raise InputError(
            f"space {space}: {shown(what)} names {unknown[0]!r}, which is no parameter "
            "and no derived quantity"
        )
