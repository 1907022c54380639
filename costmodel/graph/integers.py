"""Whole numbers that SSA names stand for: constants, given scalars, and arithmetic on both.

Worked out on demand, from a loop's bound backwards. Where a name varies with the loops around it,
its value is an array: one number an iteration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from costmodel.graph.affine import applied, evaluated
from costmodel.graph.arithmetic import combined, extreme
from costmodel.mlir.ir import Op

if TYPE_CHECKING:
    from costmodel.graph.arithmetic import Value

MOST_STEPS = 64
"""Operations followed back from one bound."""
_FORMS = {
    "add": "addi add",
    "sub": "subi sub",
    "mul": "muli mul",
    "divide": "divsi divui divs divu sdiv udiv",
    "remainder": "remsi remui rems remu srem urem",
    "ceiling": "ceildivsi ceildivui ceildivs ceildivu",
    "floor": "floordivsi floordivs",
    "least": "minsi minui mins minu smin umin",
    "most": "maxsi maxui maxs maxu smax umax",
    "same": "extsi extui trunci index_cast index_castui casts castu sext zext trunc",
}
_DIALECTS = ("arith", "index", "llvm", "llvm.intr")
_KINDS = {
    f"{dialect}.{name}": kind
    for kind, names in _FORMS.items()
    for name in names.split()
    for dialect in _DIALECTS
} | {"affine.apply": "map", "affine.min": "map", "affine.max": "map"}
FOLLOWED = frozenset(_KINDS)
"""Names of the ops whose results are worked out."""


def nothing(_name: str) -> Op | None:
    """Define no name."""
    return None


def arithmetic_in(ops: Iterable[Op]) -> dict[str, Op | None]:
    """Return the integer arithmetic inside ops by result name; ``None`` for a name of several."""
    found: dict[str, Op | None] = {}
    stack: list[Iterable[Op]] = [ops]
    while stack:
        for op in stack.pop():
            if op.regions:
                stack += [region.ops for region in op.regions]
            elif op.name in FOLLOWED and op.results:
                name = op.results[0]
                found[name] = None if name in found else op
    return found


class Integers(Mapping[str, int]):
    """Values by SSA name, those of arithmetic on known ones among them."""

    def __init__(
        self,
        known: Mapping[str, int],
        define: Callable[[str], Op | None],
        aliases: Mapping[str, str],
        given: Mapping[str, int],
        used: set[str],
    ) -> None:
        self.known, self.define, self.aliases = known, define, aliases
        self._given, self._used = given, used

    def within(self, known: Mapping[str, int], defined: Mapping[str, Op]) -> Integers:
        """Return the values inside a body that knows and defines names of its own."""
        return Integers(
            known,
            lambda name: defined.get(name) or self.define(name),
            self.aliases,
            self._given,
            self._used,
        )

    def __getitem__(self, name: str) -> int:
        found = self.value(name, {})
        if not isinstance(found, int):
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def value(self, name: str, varying: Mapping[str, Value]) -> Value | None:
        """Return a name's value, ``varying`` names' numbers given; ``None`` where unknown."""
        found: dict[str, Value | None] = {}
        stack, steps, read = [name], 0, set[str]()
        while stack:
            steps += 1
            top = stack[-1]
            known = varying.get(top)
            if known is None:
                known = self.known.get(top)
            if top in found or known is not None or steps > MOST_STEPS:
                if self._given.get(top) is not None and top not in varying:
                    read.add(top)
                found.setdefault(top, known)
                stack.pop()
                continue
            op = self._definition(top)
            if op is None:
                found[top] = None
                stack.pop()
                continue
            waiting = [one for one in op.operands if one not in found]
            if waiting:
                stack.append(waiting[0])
                continue
            found[top] = self._apply(op, found)
            stack.pop()
        if found[name] is not None:
            self._used |= read
        return found[name]

    def leaves(self, names: Iterable[str], among: frozenset[str]) -> set[str]:
        """Return which of ``among`` the values of names depend on."""
        seen: set[str] = set()
        stack = list(names)
        while stack and len(seen) < MOST_STEPS:
            name = stack.pop()
            if name in seen:
                continue
            seen.add(name)
            if name not in among and name not in self.known:
                op = self._definition(name)
                stack += op.operands if op else ()
        return seen & among

    def _definition(self, name: str) -> Op | None:
        op = self.define(name)
        return op if op is not None and op.name in FOLLOWED else None

    def _apply(self, op: Op, found: Mapping[str, Value | None]) -> Value | None:
        kind = _KINDS[op.name]
        if kind == "map":
            return self._mapped(op, found)
        values = [found.get(name) for name in op.operands]
        if kind == "same":
            return values[0] if values else None
        if len(values) != 2 or values[0] is None or values[1] is None:
            return None
        result: Value | None = combined(kind, values[0], values[1])
        return result

    def _mapped(self, op: Op, found: Mapping[str, Value | None]) -> Value | None:
        results = applied(op.body_text, self.aliases)
        values = [
            evaluated(text, {d: found.get(name) for d, name in names.items()})
            for text, names in results
        ]
        if op.name == "affine.apply":
            values = values[:1]
        return extreme("least" if op.name == "affine.min" else "most", values)
