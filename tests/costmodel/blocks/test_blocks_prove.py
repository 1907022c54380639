"""CP-SAT gives the answers that listing gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests_blocks_spaces import spaces

from costmodel.blocks import enumerate as listing
from costmodel.blocks import prove, tuning
from costmodel.blocks.space import Space, build
from costmodel.blocks.tuning import tune


@settings(max_examples=40, deadline=None)
@given(spaces())
def test_feasibility_and_optimum_as_by_listing(space: Space) -> None:
    names = list(space.parameters)
    objective = " + ".join(f"{name} * {name}" for name in names)
    found = prove.solve(space, objective, time_limit_s=20)
    assert found.proven
    if not listing.count(space):
        assert found.row is None
        assert set(prove.conflict(space)) <= {c.text for c in space.inlined()}
        return
    columns = listing.feasible(space)
    best = sum(columns[name].astype(np.int64) ** 2 for name in names).min()
    assert found.row is not None
    assert sum(int(found.row[name]) ** 2 for name in names) == best


def test_wide_constraints_are_taken_apart_at_their_operators(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prove, "TABLE_CELLS", 40)
    values = [1, 2, 3, 4, 6, 8]
    space = build(
        "wide",
        {"a": values, "b": values, "c": values},
        ["a * b * c == 48", "a % b == 0 or c > a", "a + b + c <= 13"],
    )
    columns = listing.feasible(space)
    best = int((columns["a"].astype(int) + columns["b"] + columns["c"]).min())
    found = prove.solve(space, "a + b + c")
    assert found.proven
    assert found.objective == best


def test_the_objective_prefers_usual_threads_and_says_so_when_proven() -> None:
    values = list(range(1, 200))
    names = ["block_size_x", "b", "c", "d", "e", "f"]
    space = build("huge", dict.fromkeys(names, values), ["block_size_x % 32 == 0", "c % d == 0"])
    found = tune(space, "l4", None)
    assert found.proven is True
    assert found.choice["block_size_x"] == 192


def test_what_cp_sat_cannot_encode_is_listed_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "SEEN_S", 0.1)
    monkeypatch.setattr(prove, "TABLE_CELLS", 10)
    values = list(range(1, 200))
    names = ["block_size_x", "b", "c", "d", "e", "f"]
    space = build("huge", dict.fromkeys(names, values), ["(block_size_x + b) * (c + d) <= 2000"])
    found = tune(space, "l4", None)
    assert found.proven is False
    c = {name: int(value) for name, value in found.choice.items()}
    assert (c["block_size_x"] + c["b"]) * (c["c"] + c["d"]) <= 2000


def test_a_space_too_large_to_list_still_gives_a_feasible_point() -> None:
    values = list(range(1, 200))
    space = build("huge", dict.fromkeys("abcdef", values), ["a * b == 391", "c % d == 0"])
    found = tune(space, "l4", None)
    assert found.feasible_count is None
    assert int(found.choice["a"]) * int(found.choice["b"]) == 391
    assert int(found.choice["c"]) % int(found.choice["d"]) == 0
