"""What the reader yields: modules of ops with regions, blocks, operands and types.

An op keeps the text of its header (everything but its regions) and works parts of it out when
asked, so that reading a million ops does not pay for what nobody looks at.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from costmodel.mlir.patterns import STRING

_OPERAND = re.compile(r"%[\w$.\-]+(?:#\d+)?")
_SYMBOL = re.compile(r'@([\w$.\-]+|"[^"]*")')
_PLAIN_LOCATION = re.compile(r' loc\((?:#[\w$.\-]+|"[^"\\]*"(?::\d+:\d+)?)\)\s*\Z')
_LOCATION_MARKS = re.compile(rf"{STRING}|\sloc\(|[()]", re.S)
_PRETTY_LOCATION = re.compile(
    r"(?<=[\w>)])\s+(?:\"(?:[^\"\\]|\\.)*\"(?:\([^\n]*\)|:\d+:\d+[^\n]*)?"
    r"|#loc\d*|\[unknown\]|callsite\([^\n]*\)|fused[<\[][^\n]*)\s*$"
)
_PRETTY_ENDS = ('"', ")", "]", *"0123456789")
_SUCCESSOR = re.compile(r"\^[\w$.\-]+")
_INS_OUTS = re.compile(r"\b(?:ins|outs)\s*\(")
_OPEN, _CLOSE = "([{<", ")]}>"


@dataclass(slots=True)
class Block:
    """A list of ops with arguments, each a name and the text of its type."""

    arguments: list[tuple[str, str]] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    label: str = ""
    """``^name``; empty for a first block without one."""


@dataclass(slots=True)
class Region:
    """A list of blocks; most have one."""

    blocks: list[Block] = field(default_factory=list)

    @property
    def ops(self) -> Iterator[Op]:
        """Ops of all blocks in order, not those nested inside them."""
        return chain.from_iterable([block.ops for block in self.blocks])

    @property
    def turns_back(self) -> bool:
        """Whether a block branches to itself or an earlier one: a loop of unknown trips."""
        if len(self.blocks) < 2 and not (self.blocks and self.blocks[0].label):
            return False
        seen: set[str] = set()
        for block in self.blocks:
            seen.add(block.label)
            if block.ops and not seen.isdisjoint(_SUCCESSOR.findall(block.ops[-1].header)):
                return True
        return False


class Op:
    """One operation: ``results = name header {regions}``."""

    __slots__ = ("__dict__", "lead", "name", "offset", "regions", "rest", "results")

    def __init__(
        self, name: str, results: tuple[str, ...], offset: int, lead: str = "", rest: str = ""
    ) -> None:
        self.name = name
        self.results = results
        """Result names; ``%r:2`` appears as ``%r#0`` and ``%r#1``."""
        self.offset = offset
        self.lead = lead
        """SSA names the header starts with, ``%a, %b`` or ``(%a, %b``, where the scanner saw them
        at once; else empty, and they stand in ``rest``."""
        self.rest = rest
        """The header behind ``lead``."""
        self.regions: Sequence[Region] = ()

    @property
    def header(self) -> str:
        """Text after the name, without regions, long literals and comments."""
        return self.lead + self.rest

    @header.setter
    def header(self, text: str) -> None:
        self.lead, self.rest = "", text

    def __repr__(self) -> str:
        return f"Op({self.name!r}, results={self.results})"

    @cached_property
    def body_text(self) -> str:
        """Header without the trailing location."""
        return without_location(self.header)

    @cached_property
    def operands(self) -> tuple[str, ...]:
        """SSA names the header mentions, in order, block-argument definitions included."""
        return tuple(_OPERAND.findall(self.split_types[0]))

    @cached_property
    def split_types(self) -> tuple[str, str]:
        """Header before and after the last colon outside brackets: text and trailing types."""
        text = self.body_text
        depth = 0
        for at in range(len(text) - 1, -1, -1):
            char = text[at]
            if char in _CLOSE and not (char == ">" and text[at - 1] == "-"):
                depth += 1
            elif char in _OPEN:
                depth -= 1
            elif char == ":" and depth == 0 and text[at - 1] != ":":
                if text[at + 1 : at + 2] == ":":
                    continue
                return text[:at], text[at + 1 :].strip()
        return text, ""

    @cached_property
    def type_lists(self) -> tuple[list[str], list[str]]:
        """Texts of operand types and result types, as far as the header states them.

        ``(A, B) -> C`` gives both; ``A to B`` one of each; a plain list stands for operands and,
        by its last entry, for the result.
        """
        trailing = self.split_types[1]
        if not trailing:
            arrow = split_top(self.body_text, "->")
            stated = _ins_outs(self.body_text) if self.name.startswith("linalg.") else []
            return stated, split_types_list(arrow[-1]) if len(arrow) > 1 else []
        arrow = split_top(trailing, "->")
        if len(arrow) > 1:
            return split_types_list(arrow[0]), split_types_list(arrow[-1])
        to = re.split(r"\s+(?:to|into)\s+", trailing)
        if len(to) > 1:
            return split_types_list(to[0]), split_types_list(to[-1])
        listed = split_types_list(trailing)
        return listed, listed[-1:]

    @cached_property
    def symbol(self) -> str:
        """First symbol the header names, without ``@``; empty without one."""
        found = _SYMBOL.search(self.header)
        return found.group(1).strip('"') if found else ""


@dataclass(slots=True)
class Module:
    """A file's top-level ops and aliases, with what is needed to say where something stands."""

    name: str
    ops: list[Op]
    aliases: dict[str, str]
    text: str = ""
    size_bytes: int = 0
    replaced: list[tuple[int, str, str]] = field(default_factory=list)
    """Aliases defined anew: the offset of the later definition, the name, the earlier text."""
    _line_starts: list[int] = field(default_factory=list)

    def location(self, offset: int) -> str:
        """Return ``file:line:column`` of a character offset, both counted from 1."""
        return self.locations([offset])[0]

    def locations(self, offsets: Iterable[int]) -> list[str]:
        """Return ``file:line:column`` of each of many character offsets."""
        if not self._line_starts:
            ends = re.finditer("\n", self.text)
            self._line_starts = [0, *[line_end.end() for line_end in ends]]
        name, starts = self.name, self._line_starts
        return [
            f"{name}:{(line := bisect_right(starts, at))}:{at - starts[line - 1] + 1}"
            for at in offsets
        ]

    def walk(self) -> Iterator[Op]:
        """Yield every op, parents before children, in program order, without recursion."""
        stack = [iter(self.ops)]
        while stack:
            op = next(stack[-1], None)
            if op is None:
                stack.pop()
                continue
            yield op
            if op.regions:
                stack.append(nested for region in op.regions for nested in region.ops)


def without_location(text: str) -> str:
    """Drop a trailing location: ``loc(...)``, or the bare form that pretty debug printing gives."""
    if " loc(" in text:
        at = text.rindex(" loc(")
        if not _PLAIN_LOCATION.match(text, at):
            at = _last_location(text)
        return text[:at].rstrip() if at >= 0 else text
    if text.endswith(_PRETTY_ENDS) and (" : " in text or "-> " in text):
        return _PRETTY_LOCATION.sub("", text)
    return text


def _last_location(text: str) -> int:
    """Return where a ``loc(...)`` that ends the text starts, of any nesting; -1 without one."""
    open_at: list[int] = []
    start = end = -1
    for mark in _LOCATION_MARKS.finditer(text):
        found = mark.group()
        if found[-1] == "(":
            open_at.append(mark.start() if len(found) > 1 else -1)
        elif found == ")" and open_at:
            start, end = open_at.pop(), mark.end()
    return start if not text[end:].strip() else -1


@functools.lru_cache(maxsize=16)
def _marks(separator: str) -> re.Pattern[str]:
    """Strings, arrows, brackets and one separator: all that splitting has to look at."""
    return re.compile(rf"{STRING}|{re.escape(separator)}|->|[()\[\]{{}}<>]", re.S)


def split_top(text: str, separator: str) -> list[str]:
    """Split at a separator that stands outside every bracket and string."""
    if separator not in text:
        return [text]
    parts, depth, start = [], 0, 0
    for mark in _marks(separator).finditer(text):
        found = mark.group()
        if found == separator:
            if depth == 0:
                parts.append(text[start : mark.start()])
                start = mark.end()
        elif found in _OPEN:
            depth += 1
        elif found in _CLOSE:
            depth -= 1
    parts.append(text[start:])
    return parts


def split_types_list(text: str) -> list[str]:
    """Split ``(A, B)`` or ``A, B`` into type texts; attribute dictionaries are dropped."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    parts = [part.strip() for part in split_top(text, ",")]
    return [re.sub(r"\s*\{[^{}]*\}$", "", part) for part in parts if part]


def _ins_outs(text: str) -> list[str]:
    """Return the types stated in ``ins(%a, %b : A, B) outs(%c : C)``."""
    found: list[str] = []
    for group in _INS_OUTS.finditer(text):
        depth = 1
        for at in range(group.end(), len(text)):
            depth += (text[at] == "(") - (text[at] == ")")
            if depth == 0:
                _, colon, listed = text[group.end() : at].partition(" : ")
                found += split_types_list(listed) if colon else []
                break
    return found
