"""Patterns match alike under every supported Python, and in linear time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from costmodel.mlir.patterns import ASCII_LINE, LINE

SOURCES = Path(__file__).resolve().parents[3]
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\}|\{\{\d*,?\d*\}\})\+")


def test_no_possessive_quantifier_stands_behind_a_group() -> None:
    """Python 3.11.0 to 3.11.4 match such patterns wrongly: gh-106052."""
    found = [
        f"{path.relative_to(SOURCES)}:{number}: {line.strip()}"
        for package in ("hwprof", "microbench", "costmodel", "reports")
        for path in sorted((SOURCES / package).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if _POSSESSIVE_GROUP.search(line) and re.search(r"r[bf]?[\"']|[bf]r[\"']", line)
    ]
    assert found == []


@pytest.mark.parametrize("text", [r"(?:ab?c)*+", r"(a)?+", r"(?:,x){0,15}+", r"(?:,x){{0,15}}+"])
def test_the_search_knows_possessive_groups(text: str) -> None:
    assert _POSSESSIVE_GROUP.search(text)


@pytest.mark.parametrize("text", [r"[^\n]*+", r"\(?+%", r"(?:a)*b", r"\)?+", r"%[\w$]++(?!,)"])
def test_the_search_leaves_other_quantifiers_alone(text: str) -> None:
    assert not _POSSESSIVE_GROUP.search(text)


LINES = {
    "  %0 = arith.addf %a, %b : f32\n": ("%0", None, "arith.addf", "%a, %b", " : f32", None, None),
    '"x.y"(%0, %1#2) : () -> ()\n': (
        None, "x.y", None, "(%0, %1#2", ") : () -> ()", None, None,
    ),
    "%a:2, %b = a.b.c\n": ("%a:2, %b", None, "a.b.c", "", "", None, None),
    "return %0 : f32\n": (None, None, "return", "%0", " : f32", None, None),
    "%1 = h.reduce(%0 init: %c) applies h.add\n": (
        "%1", None, "h.reduce", "(%0 init: %c", ") applies h.add", None, None,
    ),
    '%1 = a.b %0 {k = "}"} : f32 loc("x")\n': (
        "%1", None, "a.b", "%0", ' {k = "}"} : f32 loc("x")', None, None,
    ),
    "scf.for %i = %a to %b {\n": (None, None, "scf.for", "%i", " = %a to %b ", "{", None),
    "  }\n": (None, None, None, None, None, None, "}"),
    "%0 = a.b %1 // said\n": (None,) * 7,
    "%0 = a.b %1 {k = {\n": (None,) * 7,
    '%0 = a.b "never closed\n': (None,) * 7,
    "add %0\n": (None,) * 7,
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("pattern", [LINE, ASCII_LINE], ids=["any", "ascii"])
def test_a_line_is_cut_into_an_op(line: str, pattern: re.Pattern[str]) -> None:
    match = pattern.match(line)
    assert match is not None
    assert match.groups() == LINES[line]


@pytest.mark.parametrize(
    "line",
    [
        "%0 = a.b " + ", ".join(["%1"] * 200_000) + " //",
        ", ".join(["%1"] * 200_000) + " = a.b //",
        "%0 = a.b " + '{k = "s"} ' * 100_000 + " //",
        '%0 = a.b {k = "s"' + ', k = "s"' * 100_000,
        "%0 = a" + ".b" * 200_000 + "<",
    ],
    ids=["operands", "results", "dictionaries", "strings", "name"],
)
def test_a_long_line_that_is_no_op_ends_at_once(line: str) -> None:
    """Quadratic matching would take hours here, not a part of a second."""
    match = LINE.match(line)
    assert match is not None
    assert match.group() == ""
