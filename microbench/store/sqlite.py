"""The default database of a store: one SQLite file, its journal chosen for where it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from microbench.store.connection import connect, is_new, remove, transaction, translated
from microbench.store.sql_store import ConflictError


class SqliteDatabase:
    """A ``Database`` in one SQLite file; faults become one line that says what to do."""

    def __init__(self, path: Path, create: bool = True) -> None:
        self._path, self._made = path, is_new(path)
        self._db = connect(path, create)
        self._db.row_factory = sqlite3.Row

    @property
    def place(self) -> str:
        """The file."""
        return str(self._path)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Mapping[str, Any]]:
        """Return all rows of a query."""
        with translated(self._path):
            return [dict(row) for row in self._db.execute(query, tuple(values))]

    def execute(self, query: str, values: Sequence[object]) -> None:
        """Change rows; ``ConflictError`` when a key is taken or missing."""
        try:
            self._db.execute(query, tuple(values))
        except sqlite3.IntegrityError as error:
            raise ConflictError(str(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of the block, or none."""
        with translated(self._path), transaction(self._db):
            yield

    def close(self, unused: bool = False) -> None:
        """Let go of the file; the last one to do so folds the journal into it.

        A file made here that is ``unused`` goes too.
        """
        self._db.close()
        if unused and self._made:
            remove(self._path)
