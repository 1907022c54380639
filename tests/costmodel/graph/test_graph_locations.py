"""Locations behind ops and arguments, of any form and nesting, change no cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.graph.build import Graph, build
from costmodel.mlir.ir import without_location
from costmodel.mlir.reader import read_text
from costmodel.mlir.statements import parse_arguments

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NAMES = [
    "gpt2_block.stablehlo",
    "lstm.stablehlo",
    "scan32.stablehlo",
    "mlp.linalg",
    "depthwise_separable.tosa",
]
WHOLE = re.compile(r"^ *(?:%[\w:#]+ = |[a-z_]+\.\w|return).*[^{\s]$")
"""A line that holds an op and its end."""
_STRINGS = st.text('ab.py/ ()[]{}<>,:@%#=-\n\\"', max_size=8).map(
    lambda text: '"' + re.sub(r'([\\"])', r"\\\1", text).replace("\n", "\\0A") + '"'
)
_PLACES = st.one_of(
    st.just("unknown"),
    st.sampled_from(["#loc", "#loc12"]),
    _STRINGS,
    st.tuples(_STRINGS, st.integers(0, 99), st.integers(0, 99)).map(
        lambda place: f"{place[0]}:{place[1]}:{place[2]}"
    ),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    metadata = st.one_of(st.just(""), st.builds("<{}>".format, st.one_of(_STRINGS, st.just("#a"))))
    return st.one_of(
        st.builds("{}({})".format, _STRINGS, inner),
        st.builds("callsite({} at {})".format, inner, inner),
        st.builds(
            "fused{}[{}]".format, metadata, st.lists(inner, min_size=1, max_size=3).map(", ".join)
        ),
    )


LOCATIONS = st.recursive(_PLACES, _nested, max_leaves=8).map("loc({})".format)


def costs(found: Graph) -> object:
    kernels = [
        (k.name, k.work_flop, k.bytes_moved, dict(k.dims), k.count, k.ops) for k in found.kernels
    ]
    return kernels, found.coverage, [(loop.trips, loop.assumed) for loop in found.loops]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_location_behind_any_op_of_an_example_changes_nothing(
    name: str, data: st.DataObject
) -> None:
    text = (EXAMPLES / f"{name}.mlir").read_text()
    lines = text.splitlines()
    drawn = data.draw(st.lists(LOCATIONS, min_size=1, max_size=6))
    places = [at for at, line in enumerate(lines) if WHOLE.match(line)]
    assert len(places) > 5
    for at in places:
        lines[at] += f" {drawn[at % len(drawn)]}"
    assert costs(build(read_text("\n".join(lines)))) == costs(build(read_text(text)))


@given(st.lists(LOCATIONS, min_size=1, max_size=3))
def test_any_location_behind_an_argument_leaves_its_type(locations: list[str]) -> None:
    kinds = ["tensor<4x4xf32>", '!torch.vtensor<[2,3],f32> {a.b = "} loc(", c = {d = 1}}']
    text = ", ".join(f"%{at}: {kinds[at % 2]} {location}" for at, location in enumerate(locations))
    types = ["tensor<4x4xf32>", "!torch.vtensor<[2,3],f32>", "tensor<4x4xf32>"]
    assert [kind for _, kind in parse_arguments(text)] == types[: len(locations)]


@pytest.mark.parametrize(
    "location",
    [
        'callsite("f"("a.py":1:2) at "b.py":3:4)',
        'callsite(callsite("f"("a.py":1:2) at "b.py":3:4) at callsite(#loc1 at unknown))',
        'fused<{tile = "(", size = 2}>["a", "b"("c"(unknown))]',
        'fused["a", "b"(callsite("c" at "d"("e.py":1:2)))]',
        '"x: (batch"',
        '"a \\" loc(b"',
    ],
)
def test_an_inline_location_keeps_the_product_and_the_argument_types(location: str) -> None:
    """256x256 by 256x256: 2 * 256^3 = 33,554,432 FLOP; two matrices of 262,144 bytes read, one
    written."""
    text = f"""
func.func @main(%a: tensor<256x256xf32> loc({location}), %b: tensor<256x256xf32>) -> tensor<256x256xf32> {{
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<256x256xf32>, tensor<256x256xf32>) -> tensor<256x256xf32> loc({location})
  return %0 : tensor<256x256xf32> loc({location})
}} loc({location})
"""  # noqa: E501 - as printers write it
    found = build(read_text(text))
    assert (found.work_flop, found.bytes_moved) == (33_554_432, 3 * 262_144)
    assert found.coverage.share == 1


@pytest.mark.parametrize(
    "text",
    [
        " : f32" + " loc(" * 100_000,
        " : f32 loc(" + "(" * 100_000 + ")" * 100_001,
        " : f32 loc(" + '"a"(' * 100_000 + "unknown" + ")" * 100_000,
        " : f32 loc(" + '"\\"' * 100_000,
        " : f32" + " " * 200_000 + "loc(unknown )x",
    ],
    ids=["never closed", "brackets", "names", "string", "blanks"],
)
def test_a_long_location_ends_at_once(text: str) -> None:
    """Quadratic matching would take hours here, not a part of a second."""
    assert without_location(text) in {text, " : f32"}
    assert len(parse_arguments(f"%a{text}")) == 1
