"""Where output goes: results to stdout, progress and warnings to stderr."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


@functools.cache
def output(no_color: bool = False) -> Console:
    """Console for results; honours NO_COLOR, and keeps whole lines when piped."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160
    return Console(no_color=no_color or None, width=_no_columns() or width, highlight=False)


@functools.cache
def messages(no_color: bool = False) -> Console:
    """Console for progress and warnings, on stderr."""
    from rich.console import Console

    return Console(stderr=True, no_color=no_color or None, width=_no_columns(), highlight=False)


def _no_columns() -> int | None:
    """Return 80 where COLUMNS says 0, in which nothing could be printed."""
    columns = os.environ.get("COLUMNS", "")
    return 80 if columns.isdecimal() and int(columns) == 0 else None


def warn(text: str) -> None:
    """Print one warning line to stderr."""
    messages().print(f"warning: {text}", style="yellow", markup=False, soft_wrap=True)
