"""Make every table of docs/accuracy.md again; go on where the last run stopped.

``page`` is docs/accuracy.md or a copy; the lines between ``<!-- table: NAME -->`` and
``<!-- end of table -->`` are replaced. Results are kept in a folder, one file a piece; what is
there already is not made again. ``--only NAME`` (repeat for more) makes the pieces that begin so
alone. A table is written when all of its pieces are there; exit code 1 where some are missing.
With nothing kept it takes about 20 minutes of one core; set OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import accuracy_tables as tables
from accuracy_aims import aims
from accuracy_results import Kept, Result, pieces

from microbench.store.files import replacing

TABLE = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page: what writes it, and the beginnings of the pieces it needs."""

    write: Callable[[tables.Results], list[str]]
    needs: tuple[str, ...]


TABLES = {
    "shapes": Table(tables.shapes, ("shapes.",)),
    "repeats": Table(tables.repeats, ("repeatability",)),
    "falls": Table(tables.falls, ("monotone.",)),
    "aims": Table(aims, ("shapes.", "gpu.", "arch.", "models.")),
    "devices": Table(tables.devices, ("gpu.",)),
    "architectures": Table(tables.architectures, ("arch.",)),
    "covered": Table(tables.covered, ("gpu.", "arch.")),
    "rises": Table(tables.rises, ("gpu.", "arch.")),
    "models": Table(tables.models, ("models.",)),
}


def main() -> int:
    """Make what is missing, write the tables that are whole, and say which are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--only", action="append", default=[])
    arguments = parser.parse_args()
    kept = Kept(arguments.results, arguments.data)
    found: dict[str, Result] = {}
    missing: list[str] = []
    for piece in pieces(arguments.data):
        result, start = kept.get(piece), time.process_time()
        state = "kept"
        if result is None and piece.name.startswith(tuple(arguments.only or ("",))):
            result = kept.make(piece)
            state = f"made in {time.process_time() - start:.0f} s"
        if result is None:
            missing.append(piece.name)
            state = "missing"
        else:
            found[piece.name] = result
        print(f"{piece.name}: {state}", flush=True)
    text, waiting = filled(arguments.page.read_text(encoding="utf-8"), found, missing)
    with replacing(arguments.page) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")
    for name, lacking in waiting.items():
        print(f"table {name} left as it was: {len(lacking)} pieces are missing")
    return 1 if waiting else 0


def filled(
    page: str, results: tables.Results, missing: Sequence[str]
) -> tuple[str, Mapping[str, list[str]]]:
    """Return the page with every whole table written, and by table the pieces others lack.

    ``KeyError`` names a table of the page that nothing writes.
    """
    waiting: dict[str, list[str]] = {}

    def one(match: re.Match[str]) -> str:
        made = TABLES[match[2]]
        lacking = [name for name in missing if name.startswith(made.needs)]
        if lacking:
            waiting[match[2]] = lacking
            return match[0]
        return match[1] + "\n".join(made.write(results)) + "\n" + match[3]

    return TABLE.sub(one, page), waiting


if __name__ == "__main__":
    sys.exit(main())
