"""Tables on consoles of any width: names and figures whole, the columns worth least left out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from hwprof.fitted_table import Column, fitted, tallied

EXAMPLE = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
NAME = "gemm 1024x50257x768 + bias + gelu + residual"
COLUMNS = (Column("kernel", 48), Column("work"), Column("time"), Column("flags", 24))
ROWS = ((NAME, "79.0 GFLOP", "2.05 ms", "outside-training-range unknown-peak"),)


def printed(drawn: Table, width: int) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, no_color=True).print(drawn)
    return stream.getvalue()


@given(st.integers(35, 200))
def test_no_line_is_too_long_and_no_word_is_broken(width: int) -> None:
    drawn, left_out = fitted(COLUMNS, ROWS, width, ("flags", "work"))
    text = printed(drawn, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert NAME[:23] in text
    assert "2.05 ms" in text
    assert ("79.0 GFLOP" in text) is ("work" not in left_out)
    assert ("outside-training-range" in text) is ("flags" not in left_out)
    assert ("outside-training" in text) is ("flags" not in left_out)


def test_columns_go_in_the_order_given_and_an_empty_one_is_not_missed() -> None:
    assert fitted(COLUMNS, ROWS, 120, ("flags", "work"))[1] == ()
    assert fitted(COLUMNS, ROWS, 60, ("flags", "work"))[1] == ("flags",)
    assert fitted(COLUMNS, ROWS, 40, ("flags", "work"))[1] == ("flags", "work")
    bare = (("add", "1 FLOP", "2 s", ""),)
    drawn, left_out = fitted(COLUMNS, bare, 120, ("flags", "work"))
    assert left_out == ()
    assert "flags" not in printed(drawn, 120)


@given(st.integers(40, 220), st.lists(st.integers(1, 60), min_size=2, max_size=6))
def test_each_row_is_one_line_and_a_wide_console_cuts_no_name_short(
    width: int, lengths: list[int]
) -> None:
    rows = [(NAME, "79.0 GFLOP", f"row {at}", "ab " * size) for at, size in enumerate(lengths)]
    drawn, _ = fitted(COLUMNS, rows, width, ("flags", "work"))
    lines = printed(drawn, width).splitlines()
    assert len([line for line in lines if line.strip()]) == len(rows) + 2
    if width >= 150:
        assert all(NAME[:40] in line for line in lines if "row" in line)


def test_a_title_is_in_one_line_over_a_table_without_rows() -> None:
    title = "model.mlir on NVIDIA L4 (inductor): no kernel to run"
    drawn, _ = fitted(COLUMNS, (), 120, ("flags", "work"), title)
    assert printed(drawn, 120).splitlines()[0].strip() == title


def test_a_cut_name_says_so_and_brackets_are_text() -> None:
    drawn, _ = fitted(COLUMNS, (("[red]x" * 9, "1 FLOP", "2 s", ""),), 40, ("flags", "work"))
    text = printed(drawn, 40)
    assert "[red]x[red]x" in text
    assert "…" in text


def test_marks_are_counted_with_the_kernels_that_carry_them() -> None:
    marks = [("unknown-peak", 12.0), ("assumed-shape", 1.0), ("unknown-peak", 2.0)]
    assert tallied(marks) == ["1 kernel: assumed-shape", "14 kernels: unknown-peak"]


@pytest.mark.parametrize("columns", ["0", "40", "60", "80"])
def test_inspect_prints_names_and_work_at_any_width(columns: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hwprof", "inspect", str(EXAMPLE)],
        env={**os.environ, "COLUMNS": columns},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    head = next(line for line in done.stdout.splitlines() if line.startswith("kernel"))
    assert "work" in head
    assert "share" in head
    assert "FLOP" in done.stdout
    rules = [line for line in done.stdout.splitlines() if "─" in line]
    assert max(map(len, rules)) <= (int(columns) or 80)
