"""Tables that fit the console: the columns worth least go first, names and times never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

NAME_WIDTH = 24
"""Characters of the first column that outlast every column that may go."""
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

    The first column holds names: it keeps ``NAME_WIDTH`` characters (fewer only where even the
    columns that never go leave less) and shortens longer names with an ellipsis; with room for its
    ``most`` it folds them instead. Of the others
    those of ``first_to_go`` are left out in that order until the rest fits; columns without any
    text are never drawn.
    """
    texts = {one.name: [row[at] for row in rows] for at, one in enumerate(columns)}
    names, *others = columns
    others = [one for one in others if any(texts[one.name]) or one.name not in first_to_go]
    left = {one.name: one.widths(texts[one.name]) for one in others}
    longest = min(names.most, Column(names.name).widths(texts[names.name])[1])
    out: list[str] = []
    for name in first_to_go:
        if min(NAME_WIDTH, longest) + _taken(left) <= width:
            break
        if left.pop(name, None) is not None:
            out.append(name)
    room = width - _taken(left)
    sizes = {names.name: max(1, min(longest, room))}
    room -= sizes[names.name]
    for one in others:
        if one.name in left:
            least, most = left[one.name]
            sizes[one.name] = least + max(0, min(most - least, room))
            room -= sizes[one.name] - least
    shown = [one for one in columns if one.name in sizes]
    return _drawn(shown, texts, sizes, len(rows), title), tuple(out)


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
        whole = not one.most or (at == 0 and sizes[one.name] < one.most)
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
