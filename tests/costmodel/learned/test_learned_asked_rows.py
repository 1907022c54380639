"""Rows asked from Python: what cannot be is an ``InputError``, never a warning and a number."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.learned import asked_rows
from costmodel.learned.asked_rows import checked
from costmodel.learned.families import FAMILIES
from costmodel.learned.predictor import Predictor
from microbench.errors import InputError


def products(count: int, **changed: object) -> dict[str, object]:
    """Return equal bf16 products, the last with some values changed."""
    row = {"gpu": "L4", "op": "gemm", "dtype": "bf16", "m": 8.0, "n": 16.0, "k": 32.0}
    row |= {"flops": 8192.0, "bytes": 2048.0}
    return {
        name: np.array([value] * (count - 1) + [changed.get(name, value)])
        for name, value in row.items()
    }


def test_the_example_of_the_page_prints_what_the_page_shows() -> None:
    page = (Path(__file__).parents[3] / "docs/commands/predict.md").read_text(encoding="utf-8")
    example, printed = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", page, re.DOTALL)[0]
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == printed


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf, 4096.5])
def test_a_size_that_is_none_is_refused(count: int, value: float) -> None:
    with pytest.raises(InputError) as refused:
        Predictor.load().predict_table(products(count, m=value))
    assert str(refused.value) == f"row {count}, column m: {value:g} is no whole number from 1 up"


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("bytes", math.nan, "nan is no number from 0 up"),
        ("flops", 8000.0, "8000 is not 2 m n k, 8192 for the sizes beside it"),
        ("dtype", "foo1", "unknown number format 'foo1'"),
        ("gpu", "Z9", "unknown device 'Z9'"),
    ],
)
def test_other_values_that_cannot_be_are_refused_too(
    count: int, column: str, value: object, told: str
) -> None:
    with pytest.raises(InputError, match=f"row {count}, column {column}: {told}"):
        Predictor.load().predict_table(products(count, **{column: value}))


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("m", 8.0, "column m: not a list of one value a row"),
        ("op", "gemm", "column op: not a list of one value a row"),
        ("m", [8.0, 8.0], "column m has 2 rows, op has 1"),
        ("m", ["wide"], "column m: not numbers"),
    ],
)
def test_columns_that_are_none_are_refused(column: str, value: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Predictor.load().predict_table({**products(1), column: value})  # type: ignore[dict-item]


def test_lists_and_other_names_are_understood() -> None:
    plain = {name: list(values) for name, values in products(2).items()}  # type: ignore[call-overload]
    other = {**plain, "op": ["matmul"] * 2, "gpu": ["l4"] * 2}
    found = [Predictor.load().predict_table(one) for one in (products(2), plain, other)]
    for one in found[1:]:
        assert one["latency_s"].tolist() == found[0]["latency_s"].tolist()


@given(
    st.sampled_from([family for family in FAMILIES if not family.options]),
    st.sampled_from(["bf16", "fp32", "fp64", "fp8_e4m3", "none"]),
    st.sampled_from([0.0, 1.0, 4.0, 4.5, -2.0, math.nan]),
    st.sampled_from([0.0, 7.0, math.inf]),
)
def test_a_row_alone_passes_quickly_only_where_the_whole_check_lets_it(
    family: object, dtype: str, size: float, moved: float
) -> None:
    row: dict[str, object] = {"gpu": "L4", "op": family.ops[0], "dtype": dtype}  # type: ignore[attr-defined]
    row |= {**dict.fromkeys(family.shapes, size), "b": 1.0, "flops": 128.0, "bytes": moved}  # type: ignore[attr-defined]
    one = {name: np.array([value]) for name, value in row.items()}
    if asked_rows._plain(one, "gpu"):
        twice = {name: np.array([value] * 2) for name, value in row.items()}
        assert len(checked(twice, "gpu")["op"]) == 2
