"""One figure written to a new picture file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from microbench.errors import InputError
from microbench.store.files import write_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS = ("svg", "png", "pdf")


def refuse_place(out: Path) -> None:
    """Raise ``InputError`` if ``out`` is there already or is no picture's name."""
    if _kind(out) not in KINDS:
        raise InputError(f"{out}: a picture is one of {', '.join(KINDS)}")
    if out.exists():
        raise InputError(f"{out} exists: choose another --out")
    if not out.parent.is_dir():
        raise InputError(f"{out}: no such folder {out.parent}")


def write_picture(figure: Figure, out: Path) -> None:
    """Write a figure as svg, png or pdf by the file's ending; ``InputError`` where it cannot be."""
    from reports.figures.style import render

    refuse_place(out)
    write_file(out, render(figure, _kind(out)))


def _kind(out: Path) -> str:
    return out.suffix.removeprefix(".").lower()
