"""Types and cost of an op, worked out once for every op that is written alike.

A module repeats itself: the text of an op without its SSA names is its signature, and what the
signature says (types, cost) is looked up instead of worked out again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from costmodel.graph.contradiction import in_product
from costmodel.graph.cost import CostRule, OpCost, Role, Typed, in_real_numbers
from costmodel.graph.functions import call_target
from costmodel.graph.rules import UNKNOWN, costed_name, rule_of
from costmodel.graph.signature import Kinds, Signature
from costmodel.kernel import Family
from costmodel.mlir.ir import Module, Op, without_location
from costmodel.mlir.patterns import INITIAL
from costmodel.mlir.types import TensorType, misspelt, parse_type
from microbench.errors import InputError

_OPERANDS = re.compile(r"(%[\w$.\-]+(?:#\d+)?)")
_UNSIZED = frozenset([Role.FREE, Role.VIEW])
"""Roles whose cost is nothing whatever the size: results of unknown type do not matter."""
_MULTIPLY_ADDS = (Family.GEMM, Family.CONVOLUTION)
_NAMED = re.compile(r">\s+(?:\"|#loc|\[)[^\n]*$")
"""A location behind a type, as pretty debug printing puts it behind arguments."""


class Signatures:
    """Looks up or works out signatures; dynamic dimensions come from operands or ``sizes``."""

    def __init__(self, module: Module, sizes: Mapping[int, int]) -> None:
        self.module, self.sizes = module, sizes
        self.used: set[int] = set()
        """Dimensions of ``sizes`` that filled a dynamic one."""
        self.alike: dict[str, dict[str, Signature]] = {}
        """Signatures of one result that no operand changes, by op name and header behind them."""
        self._stated: dict[tuple[object, ...], Signature] = {}
        self._resolved: dict[tuple[int, ...], Signature] = {}
        self._interned: dict[TensorType, TensorType] = {}
        self._made: dict[tuple[str, ...], Kinds] = {}
        self._kinds: dict[str, TensorType | None] = {}
        self._called: dict[tuple[str, ...], str] = {}
        self._split: tuple[Op | None, list[str]] = (None, [])
        """The op whose header was split last, and into what."""

    def pieces(self, op: Op) -> list[str]:
        """Split a header into texts (even places) and the SSA names between them (odd places)."""
        if op is not self._split[0]:
            self._split = (op, _OPERANDS.split(without_location(op.header)))
        return self._split[1]

    def called(self, op: Op) -> str:
        """Return the function a call names."""
        written = tuple(self.pieces(op)[::2])
        found = self._called.get(written)
        if found is None:
            found = self._called[written] = call_target(op)
        return found

    def names(self, op: Op) -> list[str]:
        """Return the SSA names a header mentions, in order."""
        return _leading(op.lead) if "%" not in op.rest else self.pieces(op)[1::2]

    def of(self, op: Op, known: Kinds) -> Signature:
        """Return an op's types and cost, given what is known of its operands."""
        found = self.stated(op)[0]
        return found if found.cost is not None else self.resolved(op, found, known)

    def stated(self, op: Op) -> tuple[Signature, list[str]]:
        """Return what the text says, and the SSA names it mentions.

        The signature's ``cost`` is ``None`` where it depends on operand types.
        """
        text, lead = op.rest, op.lead
        if "%" in text:
            pieces = self.pieces(op)
            names, text = pieces[1::2], "%".join(pieces[::2])
        else:
            names = _leading(lead)
            if INITIAL in lead:
                text = INITIAL + text
        key: tuple[object, ...] = (text, op.name, len(names))
        if op.regions:
            key = (*key, *(nested.name for region in op.regions for nested in region.ops))
        found = self._stated.get(key)
        if found is None:
            found = self._without_location(key, op, names)
            self.remember(op, found, len(names))
        return found, names

    def remember(self, op: Op, found: Signature, operands: int) -> None:
        """Note a signature that the operands of later ops written alike cannot change."""
        if (
            found.cost is None
            or found.cost.doubt
            or found.role is Role.UNKNOWN
            or found.scalar
            or found.cost.update
            or found.cost.causal_at is not None
            or op.regions
        ):
            return
        if len(op.results) != 1 or not found.results or "%" in op.rest:
            return
        if found.free and (operands != found.shown or (found.shown and found.number is not None)):
            return
        texts = self.alike.setdefault(op.name, {})
        if op.rest not in texts:
            found.given, found.bracketed = operands, op.lead[:1] == "("
            found.joint = INITIAL if INITIAL in op.lead else ", "
            texts[op.rest] = found

    def _without_location(self, key: tuple[object, ...], op: Op, names: list[str]) -> Signature:
        """Look an op up by its text without location: every line may have another location."""
        text = str(key[0])
        bare = without_location(text)
        if len(bare) < len(text):
            key = (bare, *key[1:])
            found = self._stated.get(key)
            if found is not None:
                return found
        found = self._stated[key] = self._read(op, len(names))
        return found

    def resolved(self, op: Op, stated: Signature, known: Kinds) -> Signature:
        """Return types and cost with what is known of the operands filled in."""
        key = (id(stated), *map(id, known))
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(op, stated, known)
        return found

    def kind(self, text: str, op: Op) -> TensorType | None:
        """Parse a type's text, aliases replaced; ``InputError`` names the op's place."""
        found = self._kinds.get(text, self)
        if not isinstance(found, Signatures):
            return found
        written = _NAMED.sub(">", text)
        if text.startswith(("!", "#")):
            written = self.module.aliases.get(text, text)
        try:
            kind = parse_type(written)
            problem = misspelt(written) if kind is None else ""
            if problem:
                raise InputError(problem)
        except InputError as error:
            at = self.module.text.find(text[:40], op.offset)
            place = self.module.location(max(at, op.offset))
            shown = " ".join(text[:200].split())
            shown = shown if len(shown) < 60 else f"{shown[:57]}..."
            raise InputError(f"{place}: {error}: {shown}") from None
        self._kinds[text] = kind
        return kind

    def made(self, op: Op) -> Kinds:
        """Return the types stated for the results of a loop, a branch or a call."""
        key = (op.name, op.rest) if "%" not in op.rest else (op.name, *self.pieces(op)[::2])
        found = self._made.get(key)
        if found is None:
            stated, written = op.type_lists
            if op.name.endswith((".while", ".while_loop")) and not written:
                written = stated
            found = [self.kind(text.split("\n")[0].strip(), op) for text in written]
            self._made[key] = found
        return found

    def filled(self, kind: TensorType, others: Kinds = ()) -> tuple[TensorType, bool]:
        """Replace dynamic dimensions: by an operand of the same rank, by ``sizes``, else by 1."""
        shape, assumed = list(kind.shape), False
        alike = next((o for o in others if o and len(o.shape) == len(shape)), None)
        for index, size in enumerate(shape):
            if size is not None:
                continue
            if alike is not None:
                shape[index] = alike.shape[index]
            elif index in self.sizes:
                self.used.add(index)
                shape[index] = self.sizes[index]
            else:
                shape[index], assumed = 1, True
        full = replace(kind, shape=tuple(shape))
        return self._interned.setdefault(full, full), assumed

    def _read(self, op: Op, operand_count: int) -> Signature:
        rule = rule_of(costed_name(op))
        stated, written = op.type_lists
        operands = [self.kind(text, op) for text in stated]
        results = [self.kind(text, op) for text in written]
        if op.results and not results and operands:
            results = operands[:1]
        if len(results) < len(op.results):
            results += [results[-1] if results else None] * (len(op.results) - len(results))
        known = [*operands, *results]
        if any(kind.dynamic for kind in known if kind) or (op.results and None in results):
            return Signature(op, rule, operands, results, None)
        if len(operands) < operand_count:
            single = len(operands) == 1 and operands == results
            if not single:
                return Signature(op, rule, operands, results, None)
            operands *= operand_count
        cost = self._cost(rule, Typed(op, operands, results, self.module.aliases))
        if cost.role is Role.UNKNOWN and rule:
            return Signature(op, rule, operands, results, None)
        return Signature(op, rule, operands, results, cost)

    @staticmethod
    def _cost(rule: CostRule | None, typed: Typed) -> OpCost:
        """Apply a rule; an op whose attributes contradict its types has no known cost."""
        try:
            cost = rule(typed) if rule else UNKNOWN
        except (ArithmeticError, LookupError, ValueError):
            return UNKNOWN
        if cost.family in _MULTIPLY_ADDS:
            cost = in_real_numbers(cost, typed)
        if cost.family is Family.GEMM and (doubt := in_product(typed)):
            return replace(cost, doubt=doubt)
        return cost

    def _resolve(self, op: Op, stated: Signature, known: Kinds) -> Signature:
        """Fill what the text leaves open from the operands' own types."""
        assumed = False
        operands: list[TensorType | None] = list(known)
        if len(stated.operands) >= len(known) or not any(known):
            operands = []
            for index, kind in enumerate(stated.operands):
                own = known[index] if index < len(known) else None
                if own is not None and (kind is None or kind.dynamic):
                    kind = own
                elif kind is not None and kind.dynamic:
                    kind, guess = self.filled(kind)
                    assumed = assumed or guess
                operands.append(kind)
        results: list[TensorType | None] = []
        for kind in stated.results:
            if kind is not None and kind.dynamic:
                kind, guess = self.filled(kind, operands)
                assumed = assumed or guess
            results.append(kind)
        cost = self._cost(stated.rule, Typed(op, operands, results, self.module.aliases))
        if op.results and not any(results) and cost.role not in _UNSIZED:
            cost = UNKNOWN
        if cost.doubt and not _all_stated(stated.operands):
            cost = replace(cost, doubt="")  # a size that was taken contradicts nothing
        found = Signature(op, stated.rule, operands, results, cost)
        found.assumed = assumed
        return found


def _leading(lead: str) -> list[str]:
    """Split the SSA names a header starts with."""
    if not lead:
        return []
    return lead.removeprefix("(").replace(INITIAL, ", ").split(", ")


def _all_stated(kinds: Kinds) -> bool:
    """Say whether the text gives every size of every type."""
    return bool(kinds) and all(kind is not None and not kind.dynamic for kind in kinds)
