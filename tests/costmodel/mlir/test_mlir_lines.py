"""Whole lines are read by one pattern: what comes out is what reading statements gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.mlir.ir import Module, Op
from costmodel.mlir.reader import read_text
from costmodel.mlir.scan import Scanner
from microbench.errors import InputError

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.mlir"))
SHORT = [text for path in EXAMPLES if len(text := path.read_text()) < 6000]
NOT_ASCII = "\n// \u00e9\n"
"""A comment that keeps the table-driven pattern for ASCII from being used."""
PIECES = [*'()[]{}<>",:=%@^#!\n\t ', "->", " : ", "loc(", "//", " init: ", "%0, ", "{a = 1}", ":2"]


def listed(module: Module) -> list[tuple[object, ...]]:
    def told(op: Op) -> tuple[object, ...]:
        blocks = [(b.label, b.arguments, len(b.ops)) for r in op.regions for b in r.blocks]
        return op.name, op.results, op.offset, op.header.split(), blocks

    return [told(op) for op in module.walk()]


def outcome(text: str) -> object:
    try:
        return listed(read_text(text))
    except InputError as error:
        return str(error)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SHORT))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = at + draw(st.integers(0, 12))
        text = text[:at] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_lines_and_statements_give_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text()
    by_line = listed(read_text(text))
    monkeypatch.setattr(Scanner, "_lines", lambda _self, at: at)
    assert listed(read_text(text)) == by_line


@given(damaged())
def test_ascii_and_other_text_are_read_alike(text: str) -> None:
    same = outcome(text + NOT_ASCII.replace("\u00e9", "e"))
    assert outcome(text + NOT_ASCII) == same
