"""Feasible sets: published counts, brute force, and one clear line for a bad space."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_blocks_spaces import spaces

from costmodel.blocks import enumerate as listing
from costmodel.blocks.conflict import conflict
from costmodel.blocks.library import recurrent
from costmodel.blocks.space import Space, build
from microbench.errors import InputError


def test_counts_of_published_spaces(shared_data: Path) -> None:
    spaces = json.loads((shared_data / "tuning" / "csp_spaces.json").read_text())
    found = {
        name: listing.count(build(name, space["parameters"], space["constraints"]))
        for name, space in spaces.items()
        if space["feasible"] is not None
    }
    assert found == {n: s["feasible"] for n, s in spaces.items() if s["feasible"] is not None}
    assert len(found) == 13


@pytest.mark.parametrize(("gates", "largest"), [(1, 2912), (3, 1696), (4, 1456)])
def test_largest_hidden_sizes_of_a_fused_recurrent_step(gates: int, largest: int) -> None:
    sizes = [
        hidden
        for hidden in range(16, 3200, 16)
        if listing.satisfiable(
            recurrent(hidden, gates, blocks=108), recurrent(hidden, gates, blocks=108).constraints
        )
    ]
    assert max(sizes) == largest


def brute_force(space: Space) -> list[tuple[object, ...]]:
    names = list(space.parameters)
    found = []
    for row in itertools.product(*space.parameters.values()):
        columns = {name: np.asarray([value]) for name, value in zip(names, row, strict=True)}
        if all(constraint.holds(columns, 1)[0] for constraint in space.inlined()):
            found.append(row)
    return sorted(found)


@settings(max_examples=150, deadline=None)
@given(spaces(), st.sampled_from([2, 16, 1 << 17]), st.sampled_from([1, 1 << 20]))
def test_same_answers_as_brute_force(space: Space, rows: int, cells: int) -> None:
    wanted = brute_force(space)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "BLOCK_ROWS", rows)
        patch.setattr(listing, "TABLE_CELLS", cells)
        if not wanted:
            with pytest.raises(InputError, match="no configuration satisfies"):
                listing.feasible(space)
            assert listing.count(space) == 0
            return
        found = listing.feasible(space)
        columns = [found[name].tolist() for name in space.parameters]
        assert sorted(zip(*columns, strict=True)) == wanted
        assert listing.count(space) == len(wanted)


def test_conflict_names_only_the_constraints_that_clash() -> None:
    space = build("s", {"x": [1, 2, 4], "y": [1, 2]}, ["x > 2 * y", "x <= y", "x * y < 100"])
    assert conflict(space) == ["x > 2 * y", "x <= y"]
    with pytest.raises(InputError, match="'x > 2 \\* y' and 'x <= y'"):
        listing.feasible(space)


def test_a_conflict_is_the_smallest_one_not_the_first() -> None:
    space = build("s", {"x": [1, 2, 3], "y": [1, 2]}, ["x > y", "y > 1", "x < 3", "x * y == 5"])
    assert conflict(space) == ["x * y == 5"]


def test_a_conflict_keeps_the_constraint_that_guards_a_division() -> None:
    space = build("s", {"x": [0, 2], "y": [1, 3]}, ["x > 0", "y % x == 0"])
    assert conflict(space) == ["x > 0", "y % x == 0"]


@settings(max_examples=60, deadline=None)
@given(spaces())
def test_no_set_smaller_than_a_conflict_clashes(space: Space) -> None:
    if listing.count(space):
        return
    every = space.inlined()
    found = conflict(space)
    assert not listing.satisfiable(space, [c for c in every if c.text in found])
    for size in range(len(found)):
        for part in itertools.combinations(every, size):
            assert listing.satisfiable(space, part)


BAD = [
    ({"x": [1]}, ["x < y"], {}, "'x < y' names 'y', which is no parameter"),
    ({"x": []}, [], {}, "parameter x has no values"),
    ({"x": [0, 1], "y": [4]}, ["y % x == 0"], {}, "'y % x == 0' divides by zero"),
    ({"x": [1]}, ["__import__('os').remove('/')"], {}, "is not allowed"),
    ({"x": [1]}, ["p > 1"], {"p": "q + 1", "q": "p + 1"}, "'p' and 'q' define each other"),
]


@pytest.mark.parametrize(("parameters", "constraints", "derived", "message"), BAD)
def test_a_bad_space_is_one_clear_line(
    parameters: dict[str, list[int]], constraints: list[str], derived: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        listing.feasible(build("s", parameters, constraints, derived))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_texts_and_floats_are_values_too() -> None:
    space = build("s", {"layout": ["row", "col"], "f": [0.5, 1.5]}, ["layout == 'row' or f > 1"])
    found = listing.feasible(space)
    assert sorted(zip(found["layout"].tolist(), found["f"].tolist(), strict=True)) == [
        ("col", 1.5),
        ("row", 0.5),
        ("row", 1.5),
    ]
