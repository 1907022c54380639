"""Every table of docs/accuracy.md is written by one command, from pieces that are made once."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from costmodel.learned import dataset

HERE = Path(__file__).resolve().parents[3]
PAGE = HERE / "docs" / "accuracy.md"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE / "benchmarks"))
    return importlib.import_module("accuracy_page")


def score(error: float, coverage: float = 0.9) -> dict[str, Any]:
    return {
        "family": "gemm",
        "split": "unseen shapes",
        "rows": 1200,
        "mape": error,
        "median": error / 2,
        "coverage": coverage,
        "bound_mape": 0.5,
    }


def device(name: str, group: str, errors: dict[str, float], arch_known: bool) -> dict[str, Any]:
    scores = {count: score(error) for count, error in errors.items()}
    draws = {"20": scores, "900": scores}
    return {
        "device": name,
        "left_out": group,
        "near": arch_known,
        "arch_known": arch_known,
        "scores": draws,
    }


def results(page: ModuleType) -> dict[str, Any]:
    """Return results as they come from the pieces, of one family and one GPU's models."""
    aims = sys.modules["accuracy_aims"]
    families = {*aims.SHAPES, *aims.GPU}
    falling = {"0": 0.3, "5": 0.3, "20": 0.1, "100": 0.05}
    rising = {"0": 0.06, "5": 0.08}
    known, alone = device("B200", "B200", rising, True), device("L4", "L4", falling, False)
    whole = device("B200", "blackwell", falling, False)
    errors = {"whole": [0.1, -0.02], "inside": [True, False], "kernels": [0.5, -0.1, 0.0]}
    return {
        "repeatability": {"moe: one, other": {"B200": [0.03, 0.01, 400], "L4": [0.05, 0.02, 300]}},
        **{f"shapes.{name}": {**score(0.04), "family": name} for name in families},
        **{f"gpu.{name}": {"devices": [known, alone]} for name in families},
        **{f"arch.{name}": {"devices": [whole]} for name in families},
        "monotone.gemm": {"pairs": 9000, "predicted": 0.01, "measured": 0.046},
        "monotone.convolution": {"pairs": 0, "predicted": 0.0, "measured": 0.0},
        "models.measured.V100": errors,
        "models.left-out.V100": {**errors, "whole": [0.04, 0.05], "inside": []},
    }


def test_every_table_of_the_page_is_the_commands(page: ModuleType) -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = [match[2] for match in page.TABLE.finditer(text)]
    assert sorted(names) == sorted(page.TABLES)
    others = page.TABLE.sub("", text)
    assert not re.search(r"^\|", others, re.MULTILINE)
    for match in page.TABLE.finditer(text):
        assert "| --- |" in match[0], f"{match[2]} was never written"


def test_each_table_says_what_the_results_say(page: ModuleType) -> None:
    empty = "".join(f"<!-- table: {n} -->\n<!-- end of table -->\n" for n in page.TABLES)
    text, waiting = page.filled(empty, results(page), [])
    assert not waiting
    for line in (
        "| gemm: unseen shapes | 1,200 | 4.0% | 2.0% | 90.0% | 50% |",
        "| mixture_of_experts | one, other | 700 | 3.0% to 5.0% | 1.0% to 2.0% |",
        "| gemm | 9,000 | 1.0% | 4.6% |",
        "| gemm, unseen shapes: mean / median | 4.0% / 2.0% | 4.0% / 2.0% | yes |",
        "| rowwise, unseen shapes: mean / median | 1.8% / 1.0% | 4.0% / 2.0% | no |",
        "| gemm, GPU left out, architecture known | 7.0% | 6.0% to 6.0%; 1 of 1 devices | yes |",
        "| gemm, architecture left out | 25.0% | 30.0% to 30.0%; 0 of 2 devices | no |",
        "| gemm, architecture left out, 100 points | 6.0% | 5.0% to 5.0%; 2 of 2 devices | yes |",
        "| whole models, GPU left out | 5.0% | V100 4.5% | yes |",
        "| gemm | B200 * | 50% | 6.0% / 3.0% | 90% | 8.0% / 4.0% | – | – | – | – |",
        "| V100 | 2 | 6.0% / 6.0% | 1 of 2 | 4.5% / 4.5% | 0.5% / 0.5% | 3 | 20.0% / 10.0% "
        "| 20.0% / 10.0% |",
        "| gemm | 90% | 90% | 2 of 2 | 90% | 90% | 1 of 1 |",
    ):
        assert line in text.splitlines()
    assert " on B200, 5 points: +2.0%; " in text


def test_a_table_waits_for_all_of_its_pieces(page: ModuleType) -> None:
    kept = "<!-- table: shapes -->\nas it was\n<!-- end of table -->\n"
    text, waiting = page.filled(kept, {}, ["shapes.gemm", "gpu.gemm"])
    assert text == kept
    assert waiting == {"shapes": ["shapes.gemm"]}
    with pytest.raises(KeyError, match="unheard"):
        page.filled(kept.replace("shapes", "unheard"), {}, [])


def test_a_piece_is_made_once_and_again_when_its_code_changes(
    page: ModuleType, tmp_path: Path
) -> None:
    made: list[int] = []
    code = ModuleType("code")
    code.__file__ = str(tmp_path / "code.py")
    (tmp_path / "code.py").write_text("1", encoding="utf-8")

    def make() -> dict[str, Any]:
        made.append(1)
        return {"number": len(made)}

    accuracy_results = sys.modules["accuracy_results"]
    piece = accuracy_results.Piece("one", make, (code,))
    kept = accuracy_results.Kept(tmp_path / "results", tmp_path)
    assert kept.get(piece) is None
    assert kept.make(piece) == kept.get(piece) == {"number": 1}
    (tmp_path / "code.py").write_text("2", encoding="utf-8")
    assert kept.get(piece) is None
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "gemm.parquet").write_bytes(b"other data")
    (tmp_path / "code.py").write_text("1", encoding="utf-8")
    assert accuracy_results.Kept(tmp_path / "results", tmp_path).get(piece) is None


def test_pairs_differ_in_one_size_alone(page: ModuleType) -> None:
    monotone = importlib.import_module("monotone")
    columns = {
        "gpu": np.array(["L4", "L4", "L4", "A40"], dtype=object),
        "op": np.full(4, "quant_fp8", dtype=object),
        "source": np.full(4, "one", dtype=object),
        "rows": np.array([1, 2, 4, 8]),
        "cols": np.array([64.0, 64.0, 64.0, 64.0]),
    }
    less, more = monotone.pairs(dataset.Rows(columns), "quantise", "rows")
    assert sorted(zip(less.tolist(), more.tolist(), strict=True)) == [(0, 1), (1, 2)]
    less, _ = monotone.pairs(dataset.Rows(columns), "quantise", "cols")
    assert not len(less)
