"""Tables that fit the console: the columns worth least go first, names and times never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

NAME_WIDTH = 24
"""Characters of the first column that outlast every column that may go."""
NAME_SHARE = 0.3
"""Share of a wide console that the first column may take before a column that may go."""
TITLE_WIDTH = 80
"""Characters a title may have in a line though its table is narrower."""
GAP = 2
"""Characters between two columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text; ``most`` characters wide where it may break at spaces, else unbroken."""

    name: str
    most: int = 0

    def widths(self, cells: Sequence[str]) -> tuple[int, int]:
        """Return the least width that breaks no word, and the width that holds every cell."""
        from rich.cells import cell_len

        longest = max(map(cell_len, (self.name, *cells)))
        if not self.most:
            return longest, longest
        words = [word for cell in (self.name, *cells) for word in cell.split()]
        least = max(map(cell_len, words))
        return least, max(least, min(longest, self.most))


def fitted(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    width: int,
    first_to_go: Sequence[str],
    title: str | None = None,
) -> tuple[Table, tuple[str, ...]]:
    """Draw rows in ``width`` characters; return the table and the columns left out.

    The first column holds names: it keeps ``NAME_WIDTH`` characters or ``NAME_SHARE`` of the
    console (fewer only where even the columns that never go leave less) and shortens longer names
    with an ellipsis. Columns of ``first_to_go`` are never broken over lines: each is drawn where
    all its text fits beside what is worth more, those named last first. Columns without any text
    are never drawn.
    """
    texts = {one.name: [row[at] for row in rows] for at, one in enumerate(columns)}
    names, *others = columns
    others = [one for one in others if any(texts[one.name]) or one.name not in first_to_go]
    left = {one.name: _needed(one, texts[one.name], first_to_go) for one in others}
    longest = _longest(names, texts[names.name])
    kept_for_names = min(longest, names.most, max(NAME_WIDTH, int(NAME_SHARE * width)))
    going = {name: left.pop(name) for name in reversed(first_to_go) if name in left}
    out: list[str] = []
    for name, needed in going.items():
        if kept_for_names + _taken(left) + needed[0] + GAP <= width:
            left[name] = needed
        else:
            out.insert(0, name)
    room = width - _taken(left)
    sizes = {names.name: max(1, min(longest, names.most, room))}
    room -= sizes[names.name]
    for one in others:
        if one.name in left:
            least, most = left[one.name]
            sizes[one.name] = least + max(0, min(most - least, room))
            room -= sizes[one.name] - least
    bare = min(len(title or ""), TITLE_WIDTH) - _taken(left)  # names' part of a title in one line
    sizes[names.name] += max(0, min(max(longest, bare) - sizes[names.name], room))
    shown = [one for one in columns if one.name in sizes]
    return _drawn(shown, texts, sizes, len(rows), title), tuple(out)


def _needed(column: Column, cells: Sequence[str], first_to_go: Sequence[str]) -> tuple[int, int]:
    """Return the least and the most width of a column; one that may go is never broken."""
    whole = _longest(column, cells)
    return (whole, whole) if column.name in first_to_go else column.widths(cells)


def _longest(column: Column, cells: Sequence[str]) -> int:
    return Column(column.name).widths(cells)[1]


def not_shown(left_out: Sequence[str]) -> str:
    """Say which columns found no room."""
    return f"no room here for {', '.join(left_out)}: widen the console or use --json"


def tallied(marks: Iterable[tuple[str, float]]) -> list[str]:
    """Say how many kernels carry each mark: ``12 kernels: outside-training-range``."""
    counts: dict[str, float] = {}
    for mark, count in marks:
        counts[mark] = counts.get(mark, 0.0) + count
    return [
        f"{count:,.0f} kernel{'s' * (count != 1)}: {mark}" for mark, count in sorted(counts.items())
    ]


def _taken(left: Mapping[str, tuple[int, int]]) -> int:
    return sum(least + GAP for least, _ in left.values())


def _drawn(
    shown: Sequence[Column],
    texts: Mapping[str, Sequence[str]],
    sizes: Mapping[str, int],
    count: int,
    title: str | None,
) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(
        box=box.SIMPLE_HEAD, show_edge=False, padding=(0, GAP - 1, 0, 0), pad_edge=False,
        title_justify="left", title=title,
    )  # fmt: skip
    for at, one in enumerate(shown):
        whole = not one.most or at == 0
        drawn.add_column(
            one.name,
            justify="left" if one.most else "right",
            width=sizes[one.name],
            no_wrap=whole,
            overflow="ellipsis" if whole else "fold",
        )
    for row in range(count):
        drawn.add_row(*(Text(texts[one.name][row]) for one in shown))
    return drawn
