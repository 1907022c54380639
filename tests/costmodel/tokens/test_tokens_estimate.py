"""The token model that ships: it reads the examples, and more code is more instructions."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.mlir.reader import read_file, read_text

pytest.importorskip("torch")
pytest.importorskip("safetensors")

from costmodel.tokens.estimate import SHIPPED, instructions
from costmodel.tokens.weights import load

pytestmark = pytest.mark.torch
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TYPE = "tensor<64x128xf32>"


def chain(ops: int) -> str:
    body = "\n".join(f"%{at + 1} = stablehlo.tanh %{at} : {TYPE}" for at in range(ops))
    return f"func.func @main(%0: {TYPE}) -> {TYPE} {{\n{body}\nreturn %{ops} : {TYPE}\n}}"


def test_the_weights_that_ship_are_small_and_say_where_they_come_from() -> None:
    assert SHIPPED.stat().st_size < 1_000_000
    _, words, provenance = load(SHIPPED)
    assert "stablehlo.dot_general" in words
    assert "programs" in provenance


def test_the_same_module_gives_the_same_number() -> None:
    text = chain(3)
    assert instructions(read_text(text)) == instructions(read_text(text))


def test_a_transformer_block_takes_more_code_than_one_op() -> None:
    block = instructions(read_file(EXAMPLES / "gpt2_block.stablehlo.mlir"))
    assert block.instructions > 3 * instructions(read_text(chain(1))).instructions
    assert not block.cut


def test_ops_never_seen_are_told() -> None:
    found = instructions(read_text("%1 = mine.twist %0 : tensor<4xf32>"))
    assert found.unknown_share == 1


def test_a_long_text_is_cut_and_told() -> None:
    assert instructions(read_text(chain(600))).cut
