"""What a person sees while a run measures. Drawn between points only, never during one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from hwprof.bench_numbers import axes_text, brief
from hwprof.console import messages
from microbench.benchmark import Measurement, Point

if TYPE_CHECKING:
    from rich.console import Console


class Display(Protocol):
    """A listener of the sweep that opens and closes with it."""

    def point_started(self, point: Point) -> None:
        """Hear that a point was asked for."""
        ...

    def point_done(self, measurement: Measurement) -> None:
        """Hear that a point was acknowledged."""
        ...

    def close(self) -> None:
        """Take the display away."""
        ...


class Silent:
    """Shows nothing."""

    def point_started(self, point: Point) -> None:
        """Show nothing."""

    def point_done(self, measurement: Measurement) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Show nothing."""


class Lines:
    """One plain line a point, for logs and pipes; ``label`` says whose point it is."""

    def __init__(self, console: Console, total: int, label: str = "") -> None:
        self._console, self._total, self._done = console, total, 0
        self._label = f"{label} " if label else ""

    def point_started(self, point: Point) -> None:
        """Show nothing: the line comes when the point is done."""

    def point_done(self, measurement: Measurement) -> None:
        """Print the point's line."""
        self._done += 1
        count = f"{self._label}[{self._done}/{self._total}]"
        line = f"{count} {measurement.point.key}: {brief(measurement)}"
        self._console.print(line, markup=False, soft_wrap=True)

    def close(self) -> None:
        """Leave the lines where they are."""


class Bar:
    """A progress bar with the last result. No thread redraws it: that would disturb the points."""

    def __init__(self, console: Console, total: int, estimate_s: float) -> None:
        from rich.progress import BarColumn, Progress, TextColumn
        from rich.table import Column

        count, left = len(f"{total}/{total}"), len(_left(estimate_s)) + 1
        self._progress = Progress(
            BarColumn(16, table_column=Column(min_width=16)),
            TextColumn(
                "{task.completed:.0f}/{task.total:.0f}", table_column=Column(min_width=count)
            ),
            TextColumn("{task.fields[left]}", table_column=Column(min_width=left, no_wrap=True)),
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            console=console,
            expand=True,
            auto_refresh=False,
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, left=_left(estimate_s))
        self._start, self._total, self._done = time.monotonic(), total, 0
        self._last = ""
        self._progress.start()

    def point_started(self, point: Point) -> None:
        """Draw the point that is about to be measured."""
        text = f"{point.benchmark} {axes_text(point)}{self._last}"
        self._progress.update(self._task, description=text, refresh=True)

    def point_done(self, measurement: Measurement) -> None:
        """Move the bar; the drawing waits for the next point."""
        self._done += 1
        spent_s = time.monotonic() - self._start
        left_s = spent_s / self._done * (self._total - self._done)
        self._last = f" (last: {brief(measurement)})"
        self._progress.update(self._task, advance=1, left=_left(left_s))

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()


def display(
    total: int, estimate_s: float, quiet: bool, verbose: bool, no_color: bool, label: str = ""
) -> Display:
    """Return the display that fits: nothing, a bar on a terminal, else plain lines.

    With a ``label``, for one of several devices at once, lines on a terminal too.
    """
    if quiet or total == 0:
        return Silent()
    console = messages(no_color)
    if console.is_terminal and not verbose and not label:
        return Bar(console, total, estimate_s)
    return Lines(console, total, label)


def _left(seconds: float) -> str:
    return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"
