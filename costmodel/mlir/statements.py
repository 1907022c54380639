"""What stands at one place of the text: a statement's start, results, arguments, a dictionary."""

from __future__ import annotations

import re

from costmodel.mlir.ir import split_top
from costmodel.mlir.patterns import (
    BARE_OPS,
    DICTIONARY,
    RESULT,
    START,
    STRING,
    TOKEN,
    UNIT_DICTIONARY,
)

_BEHIND_TYPE = re.compile(rf"{STRING}|->|\sloc\(|[()\[\]{{}}<>]", re.S)
_BRACKETS = re.compile(rf"{STRING}|[()\[\]{{}}]", re.S)


class ScanError(Exception):
    """Text whose structure cannot be followed: a character offset and what is wrong there."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


def parse_arguments(text: str) -> list[tuple[str, str]]:
    """Split ``%a: T {..} loc(..), %b: U`` into names and type texts."""
    found = []
    for part in split_top(text, ","):
        name, colon, kind = part.partition(":")
        if colon and name.strip().startswith("%"):
            found.append((name.strip(), _type_alone(kind.strip())))
    return found


def _type_alone(text: str) -> str:
    """Drop the attributes and the location behind an argument's type."""
    if "{" not in text and "loc(" not in text:
        return text
    depth = 0
    for mark in _BEHIND_TYPE.finditer(text):
        found = mark.group()
        if depth <= 0 and (found == "{" or found.endswith("loc(")):
            return text[: mark.start()].rstrip()
        if found[-1] in "([{<":
            depth += 1
        elif found in ")]}>":
            depth -= 1
    return text


def parenthesised(text: str, at: int) -> str:
    """Return what stands in the bracket that opens at ``at``; "" where it is never closed."""
    depth = 0
    for mark in _BRACKETS.finditer(text, at):
        found = mark.group()
        if found[0] != '"':
            depth += 1 if found in "([{" else -1
            if depth == 0:
                return text[at + 1 : mark.start()]
    return ""


def result_names(text: str) -> tuple[str, ...]:
    """Return the names ``%a:2, %b`` stands for: ``%a#0``, ``%a#1`` and ``%b``."""
    names: list[str] = []
    for name, count in RESULT.findall(text):
        if count and int(count) <= 4096:
            names.extend(f"{name}#{index}" for index in range(int(count)))
        else:
            names.append(name)
    return tuple(names)


def starts_statement(text: str, at: int) -> bool:
    """Say whether an op, a label, an alias or a closing brace stands at an offset."""
    match = START.match(text, at)
    if match is None:
        return False
    if match.lastgroup == "bare":
        name = match.group("bare")
        return "." in name.strip(".") or name in BARE_OPS
    return True


def is_dictionary(text: str, at: int) -> bool:
    """Say whether the brace at an offset opens attributes, not a region."""
    if re.match(r"\s*\}", text[at + 1 : at + 80]):
        return True
    if text[max(0, at - 11) : at].rstrip().endswith("attributes"):
        return True
    window = text[at + 1 : at + 2048]
    if UNIT_DICTIONARY.match(window):
        return True
    return DICTIONARY.match(window) is not None


def balanced(text: str, at: int) -> int:
    """Return the offset of the bracket that closes the one at ``at``."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        kind = token.group()
        if kind in {"(", "[", "{"}:
            depth += 1
        elif kind in {")", "]", "}"}:
            depth -= 1
            if depth == 0:
                return token.start()
    raise ScanError(at, "'(' is never closed: is the file cut short?")
