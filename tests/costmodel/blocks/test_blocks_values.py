"""Parameters' values in every form T1 files write them, and nothing executed."""

from __future__ import annotations

import pytest

from costmodel.blocks.space import build
from costmodel.blocks.values import Value, values_of
from microbench.errors import InputError


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[16, 32]", [16, 32]),
        ("(1, 2.5)", [1, 2.5]),
        ("['a', 'b']", ["a", "b"]),
        ("list(range(1, 5))", [1, 2, 3, 4]),
        ("range(8, 0, -4)", [8, 4]),
        ("[1] + list(range(16, 49, 16))", [1, 16, 32, 48]),
        ("[2**i for i in range(4)]", [1, 2, 4, 8]),
        ("[x for x in range(9) if x % 4 == 0]", [0, 4, 8]),
        ("[1, 2] + list(range(32, 64+1, 32))", [1, 2, 32, 64]),
        ("[12 * 1024, -2, 2**4]", [12288, -2, 16]),
    ],
)
def test_lists_are_read_as_python_would(text: str, values: list[Value]) -> None:
    assert values_of(text) == values == list(eval(text))


@pytest.mark.parametrize(
    "text",
    [
        "range(10**12)",
        "range(1000000000000)",
        "[open('x') for x in range(3)]",
        "[x for x in range(3) for y in range(3)]",
        "list(open('x'))",
        "list(1, 2)",
        "3",
        "{1: 2}",
        "[[1], 2]",
        "range(1.5)",
        "range(1.0 + 1)",
        "[1 // 0]",
        "[2**64]",
        "[x * 2]",
        "[x * y for x in range(3)]",
        "[x for x in range(3) if y]",
        "[",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        values_of(text)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "has no values"),
        ([1, "a"], "mixes texts with numbers"),
        ([1, float("nan")], "no number"),
        ([2**63], "beyond 64 bits"),
    ],
)
def test_values_no_solver_can_take_are_named(values: list[Value], said: str) -> None:
    with pytest.raises(InputError, match=f"parameter a .*{said}"):
        build("s", {"a": values})


def test_a_value_listed_twice_counts_once() -> None:
    assert build("s", {"a": [1, 2, 1]}).combinations == 2


@pytest.mark.parametrize(
    ("derived", "said"),
    [
        ({"a": "1"}, "'a' is a parameter and a derived quantity"),
        ({"x": "x + 1"}, "'x' is defined by itself"),
        ({"x": "y", "y": "x"}, "'x' and 'y' define each other"),
        ({"x": "q"}, "names 'q'"),
    ],
)
def test_derived_quantities_that_cannot_be_worked_out(derived: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        build("s", {"a": [1]}, ["a > 0"], derived)
