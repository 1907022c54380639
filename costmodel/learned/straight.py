"""One formula traced to straight lines: a row's features without a call for each operation.

The text that computes features from arrays is run once on symbols. Each step becomes a line, equal
steps one. Compiled as Python the lines take a third of the time that calls on plain numbers would,
as machine code (``straight_kernel``) a tenth of that. Every line is the same operation on the same
floats, so the answer is the same to the last bit. A row asked for on several devices computes once
what does not depend on the device: two lines of three.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Step = tuple[str, tuple[str, ...]]
"""An operation by name, and the names or literals it is applied to."""

_PYTHON = {
    **{sign: f"{{0}} {sign} {{1}}" for sign in ("+", "-", "*", "/", "%", "**", "==", ">")},
    "negative": "-{0}",
    "log": "(log({0}) if {0} > 0 else log_of_none({0}))",
    "log2": "(log2({0}) if {0} > 0 else log_of_none({0}))",
    "ceil": "(float(ceil({0})) if {0} - {0} == 0 else {0})",
    "expm1": "expm1({0})",
    "log1p": "log1p({0})",
    "largest": "({0} if {0} >= {1} or {0} != {0} else {1})",
    "least": "({0} if {0} <= {1} or {0} != {0} else {1})",
    "choose": "({1} if {0} else {2})",
    "count": "float({0})",
}
"""Every operation, those of ``arithmetic`` by the names they have there."""


def log_of_none(value: float) -> float:
    """Return the logarithm of what is not above 0: minus infinity of 0, else NaN."""
    return -math.inf if value == 0 else math.nan


class Symbol:
    """A value that is not known yet; what is done to it is written down."""

    __slots__ = ("name", "steps")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, steps: dict[Step, str], name: str) -> None:
        """Name a value; ``steps`` holds the name of the outcome of every step so far."""
        self.steps, self.name = steps, name

    def apply(self, call: str, *others: Any) -> Symbol:
        """Write down an operation on this value and others."""
        return self._step(call, self.name, *map(_name, others))

    def _step(self, call: str, *names: str) -> Symbol:
        return Symbol(self.steps, self.steps.setdefault((call, names), f"t{len(self.steps)}"))

    def _behind(self, sign: str, other: Any) -> Symbol:
        return self._step(sign, _name(other), self.name)

    def __add__(self, other: Any) -> Symbol:
        return self.apply("+", other)

    def __radd__(self, other: Any) -> Symbol:
        return self._behind("+", other)

    def __sub__(self, other: Any) -> Symbol:
        return self.apply("-", other)

    def __rsub__(self, other: Any) -> Symbol:
        return self._behind("-", other)

    def __mul__(self, other: Any) -> Symbol:
        return self.apply("*", other)

    def __rmul__(self, other: Any) -> Symbol:
        return self._behind("*", other)

    def __truediv__(self, other: Any) -> Symbol:
        return self.apply("/", other)

    def __rtruediv__(self, other: Any) -> Symbol:
        return self._behind("/", other)

    def __mod__(self, other: Any) -> Symbol:
        return self.apply("%", other)

    def __pow__(self, other: Any) -> Symbol:
        return self.apply("**", other)

    def __neg__(self) -> Symbol:
        return self.apply("negative")

    def __eq__(self, other: object) -> Symbol:  # type: ignore[override]
        return self.apply("==", other)

    def __gt__(self, other: Any) -> Symbol:
        return self.apply(">", other)

    def __bool__(self) -> bool:
        """Refuse: a formula that turns on a value has no straight line."""
        raise TypeError("a traced value is neither true nor false")


@dataclass(frozen=True, slots=True)
class Traced:
    """A formula's steps, in an order in which each finds what it needs."""

    inputs: tuple[str, ...]
    """Names of what is the same on every device."""
    several: tuple[str, ...]
    """Names of what differs."""
    once: tuple[tuple[str, Step], ...]
    """Steps that need nothing of ``several``, each with the name of its outcome."""
    each: tuple[tuple[str, Step], ...]
    found: tuple[str, ...]
    """Names of the formula's answers."""


def trace(
    inputs: Sequence[str],
    several: Sequence[str],
    formula: Callable[[dict[str, Symbol]], Sequence[Symbol]],
) -> Traced:
    """Run a formula on symbols for its ``inputs`` and for ``several``."""
    steps: dict[Step, str] = {}
    names = {name: f"x{at}" for at, name in enumerate([*inputs, *several])}
    found = formula({name: Symbol(steps, short) for name, short in names.items()})
    changing = {names[name] for name in several}
    once: list[tuple[str, Step]] = []
    each: list[tuple[str, Step]] = []
    for step, name in steps.items():
        changes = not changing.isdisjoint(step[1])
        changing |= {name} if changes else set()
        (each if changes else once).append((name, step))
    own, others = (tuple(names[name] for name in some) for some in (inputs, several))
    return Traced(own, others, tuple(once), tuple(each), tuple(one.name for one in found))


def compiled(traced: Traced) -> Callable[..., list[list[float]]]:
    """Return a formula as a function of its inputs and of a list of tuples of ``several``.

    It returns a list of floats for each tuple, and raises what Python's arithmetic raises:
    ``ZeroDivisionError``, ``OverflowError``.
    """
    text = "\n    ".join(
        [
            f"def rows({', '.join([*traced.inputs, 'several'])}):",
            *map(_line, traced.once),
            "found = []",
            f"for {', '.join(traced.several)}, in several:",
            *(f"    {_line(one)}" for one in traced.each),
            f"    found.append([{', '.join(traced.found)}])",
            "return found",
        ]
    )
    scope: dict[str, Any] = {"log_of_none": log_of_none}
    scope.update({name: getattr(math, name) for name in ("log", "log2", "ceil", "expm1", "log1p")})
    exec(compile(text, "<rows' features>", "exec"), scope)  # noqa: S102 (made here, of no input)
    rows: Callable[..., list[list[float]]] = scope["rows"]
    return rows


def _line(named: tuple[str, Step]) -> str:
    name, (call, others) = named
    return f"{name} = {_PYTHON[call].format(*others)}"


def _name(value: Any) -> str:
    return value.name if isinstance(value, Symbol) else repr(value)
