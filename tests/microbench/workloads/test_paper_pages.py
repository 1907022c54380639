"""The pages of the papers: one a paper, whole, and true about the files they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "papers"
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name != "README.md")


def test_the_index_names_every_page_once_and_no_other() -> None:
    linked = re.findall(r"^\| \[[^]]+\]\(([a-z0-9-]+\.md)\)", INDEX, re.MULTILINE)
    assert sorted(linked) == [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_claim_embodiment_command_and_outcomes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for part in (
        "# ",
        "**Claims.**",
        "**Here.**",
        "```console\n",
        "| | claimed or worked by hand |",
    ):
        assert part in text
    outcomes = text.split("| --- | --- | --- |\n")[1].split("\n\n")[0].strip().splitlines()
    assert outcomes
    for row in outcomes:
        assert len(row.strip("|").split(" | ")) == 3, row


@pytest.mark.parametrize("page", [*PAGES, FOLDER / "README.md"], ids=lambda page: page.stem)
def test_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"\b(?:tests|benchmarks|microbench|costmodel)/[\w/.-]+", text):
        assert (ROOT / name.rstrip(".")).exists(), name
    for name in re.findall(r"\]\(([\w./-]+\.md)\)", text):
        assert (FOLDER / name).exists(), name
