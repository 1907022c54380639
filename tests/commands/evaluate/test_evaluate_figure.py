"""The figure of ``evaluate --out``: every score in it, the same bytes each time; places refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.learned.evaluate import Score
from hwprof.pictures import write_picture
from microbench.errors import InputError
from reports.figures.accuracy import accuracy
from reports.figures.style import render

SCORES = (
    Score("gemm", "unseen shapes", 193_656, 0.041, 0.023, 0.90, 0.55),
    Score("gemm", "unseen shapes, under 10 us", 400, 0.08, 0.05, 0.81, 0.70),
    Score("rowwise", "A40, no point", 1500, 2.7, 0.9, 0.53, 0.25),
)


def test_every_score_is_in_the_figure() -> None:
    svg = render(accuracy(SCORES), "svg").decode()
    for text in ("gemm: unseen shapes", "unseen shapes, under 10 us", "rowwise: A40, no point"):
        assert f">{text}<" in svg
    assert ">193,656 rows<" in svg
    assert ">270%<" in svg  # an error beyond the axis is told
    assert render(accuracy(SCORES), "svg").decode() == svg


def test_nothing_scored_is_said() -> None:
    assert "no rows were scored" in render(accuracy(()), "svg").decode()


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.gif", "svg, png, pdf"), ("no/a.svg", "no such folder"), ("b.svg", "exists")],
)
def test_places_that_cannot_take_a_picture(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "b.svg").write_text("mine")
    with pytest.raises(InputError, match=says):
        write_picture(accuracy(SCORES), tmp_path / name)
    assert (tmp_path / "b.svg").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1
