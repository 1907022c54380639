"""Text with several ops on a line, as minifiers and some loggers leave it, given line ends.

MLIR has no statement terminator and needs no line ends; the scanner relies on them. A blank where
an op, label or alias clearly begins becomes a line end, so that every offset stays what it was.
Only texts that need it are looked at this closely.
"""

from __future__ import annotations

import re

from costmodel.mlir.patterns import BARE_OPS, UNCLOSED

_NAMES = "|".join(sorted(BARE_OPS))
_RESULT = r"%[\w$.\-]++(?::\d++)?"
_DEFINES = (
    rf"{_RESULT}(?:,\s*+{_RESULT}){{0,15}}\s*+=\s*+"
    rf"(?:\"[\w$.\-]++\"\s*+\(|[A-Za-z_][\w$]*+\.[A-Za-z_]|(?:{_NAMES})[ (])"
)
"""Up to 16 results, ``=`` and an op's name; bounded, so that long lists of operands stay linear."""
SECOND_OP = re.compile(rf"(?<=[^\s(,=]) {_DEFINES}")
"""A blank and a definition by a named op behind other text of the line."""
_WORDS = "|".join(sorted(BARE_OPS - {"if", "for", "select", "store", "load", "dim", "view"}))
_PIECES = re.compile(
    rf'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|{UNCLOSED}'
    r"|(?P<open>[(\[<])(?!=)|->|=>|[<>]=|(?P<close>[)\]>])|(?P<enter>\{)|(?P<leave>\})"
    rf"|(?P<defines> (?={_DEFINES}))"
    r"|(?P<alias> (?=[#!][\w$.\-]+ = ))"
    r"|(?P<label> (?=\^[\w$.\-]++(?:\([^()]{0,4096}+(?:\([^()]*+\)[^()]*+){0,64}\))?:))"
    rf"|(?P<plain> (?=\"[\w$.\-]+\"\s*\(|[a-z_][\w$]*(?:\.[\w$]+)+[ (]|(?:{_WORDS})\b))"
)
_TYPE_ENDS = re.compile(r"(?:[>)\]}{]|(?<![\w.$%#])(?:[su]?i\d+|bf16|tf32|f\d+\w*|index|none))$")
LONGEST_TYPE = 24


def with_lines(text: str) -> str:
    """Return the text with line ends in place of blanks where statements begin; offsets stay."""
    ends: list[int] = []
    outside: list[int] = []
    depth = 0
    for piece in _PIECES.finditer(text):
        kind, at = piece.lastgroup, piece.start()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "enter":
            outside.append(depth)
            depth = 0
        elif kind == "leave":
            depth = outside.pop() if outside else 0
        elif kind in {"defines", "label"} or (
            kind is not None and depth == 0 and _ends_a_type(text, at)
        ):
            ends.append(at)
    changed = list(text)
    for at in ends:
        changed[at] = "\n"
    return "".join(changed)


def _ends_a_type(text: str, at: int) -> bool:
    return _TYPE_ENDS.search(text[max(0, at - LONGEST_TYPE) : at]) is not None
