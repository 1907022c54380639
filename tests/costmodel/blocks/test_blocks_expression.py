"""The constraint language: Python's answers on columns, and nothing but expressions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.blocks.expression import parse
from microbench.errors import InputError

SIDE_EFFECTS = [
    "__import__('os').system('touch /tmp/owned')",
    "open('x', 'w')",
    "(lambda: 1)()",
    "[x for x in (1, 2)]",
    "a.__class__",
    "a[0]",
    "(a := 1)",
    "f'{a}'",
    "max(*a)",
    "max(a, key=b)",
    "a if b else c.d",
    "await a",
    "min()",
    "x = 1",
    "import os",
    "",
    "1 +",
    "(" * 400 + ")" * 400,
]


@pytest.mark.parametrize("text", SIDE_EFFECTS)
def test_anything_but_an_expression_over_numbers_is_refused_by_name(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert repr(text)[:30].rstrip("'") in str(caught.value)


def test_division_by_zero_names_the_constraint() -> None:
    with pytest.raises(InputError, match=r"'a % b == 0' divides by zero"):
        parse("a % b == 0").evaluate({"a": np.array([1, 2]), "b": np.array([1, 0])}, 2)


def test_or_guards_a_division_row_by_row() -> None:
    columns = {"a": np.array([0, 2, 3]), "b": np.array([4, 4, 4])}
    assert parse("a == 0 or b % a == 0").holds(columns, 3).tolist() == [True, True, False]


def test_narrow_columns_do_not_overflow() -> None:
    columns = {"a": np.array([127, 100], np.int8), "b": np.array([127, 2], np.int8)}
    assert parse("a * b * a").evaluate(columns, 2).tolist() == [127**3, 20000]


NAMES = ("a", "b", "c")
LEAF = st.sampled_from(["a", "b", "c", "1", "2", "7", "32"])
ARITHMETIC = st.recursive(
    LEAF,
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner).map(
        lambda t: f"({t[0]} {t[1]} {t[2]})"
    ),
    max_leaves=5,
)
COMPARISON = st.tuples(
    ARITHMETIC, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), ARITHMETIC
).map(" ".join)
CONSTRAINT = st.recursive(
    COMPARISON,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda t: f"({t[0]}) {t[1]} ({t[2]})"
        ),
        inner.map(lambda t: f"not ({t})"),
    ),
    max_leaves=4,
)


@given(CONSTRAINT, st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=6))
def test_agrees_with_python_row_by_row(text: str, rows: list[tuple[int, int, int]]) -> None:
    columns = {name: np.array([row[i] for row in rows]) for i, name in enumerate(NAMES)}
    try:
        wanted = [bool(eval(text, {}, dict(zip(NAMES, row, strict=True)))) for row in rows]
    except ZeroDivisionError:
        with pytest.raises(InputError, match="divides by zero"):
            parse(text).holds(columns, len(rows))
        return
    assert parse(text).holds(columns, len(rows)).tolist() == wanted


@pytest.mark.parametrize(
    "text",
    [
        "a * b + c * 2 <= 12",
        "a == 1 or b % a == 0",
        "a > 1 and b % 2 or not c",
        "min(a, c) < b",
        "7 if a > 1 else 0",
    ],
)
def test_a_grid_gives_what_its_points_give(text: str) -> None:
    domains = {"a": np.array([1, 2, 3]), "b": np.array([1, 4]), "c": np.array([0, 5, 2, 7])}
    grid = dict(
        zip(domains, np.meshgrid(*domains.values(), indexing="ij", sparse=True), strict=True)
    )
    points = dict(zip(domains, np.meshgrid(*domains.values(), indexing="ij"), strict=True))
    expression = parse(text)
    found = expression.holds_on_grid(grid, (3, 2, 4))
    rows = expression.holds({name: axis.ravel() for name, axis in points.items()}, 24)
    assert found.shape == (3, 2, 4)
    assert found.ravel().tolist() == rows.tolist()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(a > 1) + (b > 1) >= 2", [False, True, True]),
        ("a in (1, b)", [True, True, False]),
        ("b not in [1, 4]", [False, True, False]),
        ("a ** -1 < 1", [False, True, True]),
        ("(0 if a == 1 else b % (a - 1)) == 0", [True, True, True]),
        ("+a == -(-a)", [True, True, True]),
        ("a ^ b == 5", [True, False, False]),
    ],
)
def test_less_usual_expressions_mean_what_python_means(text: str, wanted: list[bool]) -> None:
    columns = {"a": np.array([1, 2, 3]), "b": np.array([4, 2, 4])}
    rows = zip(columns["a"].tolist(), columns["b"].tolist(), strict=True)
    assert [bool(eval(text, {}, {"a": a, "b": b})) for a, b in rows] == wanted
    assert parse(text).holds(columns, 3).tolist() == wanted
    assert parse(text).holds_on_grid(columns, (3,)).tolist() == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a * a * a > 1", "beyond 64 bits"),
        ("9**9**9**9 > a", "beyond 64 bits"),
        ("t * 2 == 2", "does not go together"),
        ("t < a", "does not go together"),
        ("f & a", "does not go together"),
        ("(a - a) ** -1 > 0", "divides by zero"),
    ],
)
def test_what_numpy_would_get_wrong_is_refused_by_name(text: str, said: str) -> None:
    columns = {"a": np.array([1 << 31]), "t": np.array(["x"]), "f": np.array([0.5])}
    with pytest.raises(InputError, match=said) as caught:
        parse(text).evaluate(columns, 1)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    "text", ["(a or b) == 2", "a in b", "1 < a in (1, 2)", "-" * 99 + "a", "a+" * 9000 + "a"]
)
def test_what_would_mean_something_else_here_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert len(str(caught.value)) < 400
