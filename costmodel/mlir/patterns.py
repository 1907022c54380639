"""The regular expressions and names by which the scanner knows MLIR's structure."""

from __future__ import annotations

import re

UNCLOSED = r'"(?:[^"\\\n]*+\\.)*'
"""A quote that nothing closes, and all that is escaped behind it: looked at once."""
TOKEN = re.compile(
    r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*(?P<closing>")|//[^\n]*|->|[<>=]=|[(){}\[\]<>\n]|' + UNCLOSED
)
STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*(?:"|\\?\Z)'
"""A string, one that is never closed included: looked at once."""
BLANK = re.compile(r"\s*+(?://[^\n]*+(?:\n\s*+|\Z))*")
"""Space, line ends and comments between statements."""
_RESULT = r"%[\w$.\-]++(?::\d++)?"
_RESULTS = rf"{_RESULT}(?:[ \t]*,[ \t]*{_RESULT})*"
RESULTS = rf"{_RESULTS}(?:[ \t]*,[ \t]*\n\s*{_RESULTS}){{0,8}}"
"""Names before ``=``; on nine lines at most, as every line of a text may be looked at for them."""
START = re.compile(
    r"\s*+(?://[^\n]*+\n\s*+)*(?:"
    rf"(?P<results>{RESULTS})\s*=\s*(?:\"(?P<quoted_r>[^\"\n]+)\"|(?P<bare_r>[A-Za-z_][\w$.]*))"
    r"|\"(?P<quoted>[^\"\n]+)\"\s*(?=\()"
    r"|(?P<bare>[A-Za-z_][\w$.]*)"
    r"|(?P<label>\^[\w$.\-]+)"
    r"|(?P<alias>[#!][\w$.\-]+)\s*="
    r"|(?P<resources>\{-#)"
    r"|(?P<close>\}))"
)
INITIAL = " init: "
"""What stands between a reduction's operand and what it starts from."""
_NAME = r"%[\w$.\-#]++"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?!, {_NAME})(?:{INITIAL}{_NAME})?(?!{INITIAL}{_NAME})"
_PLAIN = r"[^\n{}\"/]*+"
_DICTIONARY = r"\{(?=[ \t]*[\w$.\-]++ ?[=,}])[^{}\n\"]*+(?:\"[^\"\\\n]*+\"[^{}\n\"]*+)*\}"
_LINE = (
    rf"[ \t]*+(?:({_RESULTS}) = )?"
    r"(?:\"([\w$.\-]++)\"(?=\()|([A-Za-z_][\w$]*+\.[\w$.]++|call|return))(?![\w$.<!])"
    rf"[ \t]*+((?:\(?+{_NAMES})?)"
    rf"({_PLAIN}(?=\n)|{_PLAIN}(?:(?:{_DICTIONARY}|\"[^\"\\\n]*+\"|/(?!/)){_PLAIN})*)"
    r"[ \t]*+(?:\n|(\{)[ \t]*+(?:\n|\Z)|\Z)"
    r"|[ \t]*+(\})[ \t]*+(?:\n|\Z)|"
)
LINE = re.compile(_LINE)
"""A whole op on one line, brackets within braces flat: most of any file; or a closing brace; or
nothing at all, so that the next match of a search tells whether either stands there. Groups:
results, quoted name, bare name, leading SSA names, rest of the header, brace of a region, closing
brace. Linear time: what a group gives back, nothing behind it takes. Possessive quantifiers follow
single characters alone: Python before 3.11.5 matches those of groups wrongly (gh-106052).
"""
ASCII_LINE = re.compile(_LINE.replace(r"\w", "A-Za-z0-9_").replace(r"\d", "[0-9]"))
"""The same for text of ASCII alone: classes without Unicode are tables, which are faster."""
CALLER = re.compile(r"[ \t]*at [#\"<\w/]")
"""The second line of a location that pretty debug printing gives a call site."""
RESULT = re.compile(r"(%[\w$.\-]+)(?::(\d+))?")
DICTIONARY = re.compile(r"\s*(?:(?:[\w$.\-]+|\"[^\"\n]*\")\s*(?:=|,)|\})")
UNIT_DICTIONARY = re.compile(r"[ \t]*[\w$.\-]+[ \t]*\}")
BARE_OPS = frozenset(
    """
    module func return br cond_br switch call call_indirect constant select store load dealloc
    alloc alloca assert dim view subview splat addf subf mulf divf addi subi muli cmpf cmpi
    memref_cast tensor_cast index_cast affine_apply for if atomic_rmw generic_atomic_rmw
    atomic_yield unrealized_conversion_cast unreachable
    """.split()
)
"""Names without a dialect that start an op: the builtin and the old standard dialect."""
SUGAR = {"module": "builtin.module", "call": "func.call", "return": "func.return"}
"""Names printers shorten inside modules and functions, in full."""
PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
