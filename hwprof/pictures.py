"""One figure written to a new picture file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from microbench.errors import InputError

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
    picture = render(figure, _kind(out))
    try:
        with out.open("xb") as file:
            file.write(picture)
    except OSError as error:
        out.unlink(missing_ok=True)
        raise InputError(f"{out}: cannot be written ({error.strerror})") from error


def _kind(out: Path) -> str:
    return out.suffix.removeprefix(".").lower()
