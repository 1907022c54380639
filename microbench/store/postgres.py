"""A store that a team shares: PostgreSQL, in a schema of its own named ``hwprof``.

Needs psycopg (``pip install hwprof[server]``). Tables, steps and contract are those of SQLite; a
commit is on the server's disk before a point counts as acknowledged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from microbench.errors import DeviceError, HwprofError, InputError
from microbench.store.schema import MIGRATIONS
from microbench.store.sql_store import ConflictError

_TYPES = {"REAL": "DOUBLE PRECISION", "BLOB": "BYTEA", "INTEGER": "BIGINT"}
ONE_AT_A_TIME = 0x68777066
"""Key of the advisory lock under which the schema is made or migrated."""


class PostgresDatabase:
    """A ``Database`` on a PostgreSQL server (12 or newer)."""

    def __init__(self, url: str, create: bool = True) -> None:
        try:
            import psycopg
            from psycopg.rows import dict_row
        except ImportError as error:
            raise DeviceError(
                "a PostgreSQL store needs psycopg: pip install 'hwprof[server]'"
            ) from error
        self._fault: type[Exception] = psycopg.Error
        self._conflict: type[Exception] = psycopg.IntegrityError
        self.place = without_password(url)
        with self._translated():
            self._db: Any = psycopg.connect(
                url, autocommit=True, row_factory=dict_row, connect_timeout=10
            )
        try:
            self._prepare(create)
        except BaseException:
            self._db.close()
            raise

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Mapping[str, Any]]:
        """Return all rows of a query."""
        with self._translated():
            found: list[Mapping[str, Any]] = self._db.execute(_marked(query), values).fetchall()
            return found

    def execute(self, query: str, values: Sequence[object]) -> None:
        """Change rows; ``ConflictError`` when a key is taken or missing."""
        try:
            self._db.execute(_marked(query), values)
        except self._conflict as error:
            raise ConflictError(str(error).splitlines()[0]) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of the block, or none."""
        with self._translated(), self._db.transaction():
            yield

    def close(self, unused: bool = False) -> None:  # noqa: ARG002 - a server's tables stay
        """Let go of the connection."""
        self._db.close()

    def _prepare(self, create: bool) -> None:
        with self._translated():
            version = self._version()
            if version is None and not create:
                raise InputError(f"no store at {self.place}: run `hwprof bench` first")
            if version is None or version < len(MIGRATIONS):
                self._migrate()
            elif version > len(MIGRATIONS):
                raise InputError(
                    f"store {self.place} has version {version}, this hwprof reads up to "
                    f"{len(MIGRATIONS)}: upgrade hwprof, or pass another --store"
                )
            self._db.execute("SET search_path TO hwprof")

    def _version(self) -> int | None:
        """Return the version of the schema, ``None`` without one; refuse one that is not ours."""
        tables = self._db.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'hwprof'"
        ).fetchall()
        if not tables:
            return None
        if "store_version" not in {row["table_name"] for row in tables}:
            raise InputError(f"schema hwprof of {self.place} belongs to another program")
        row = self._db.execute("SELECT max(version) AS newest FROM hwprof.store_version").fetchone()
        return int(row["newest"])

    def _migrate(self) -> None:
        """Climb the missing steps in one transaction, one process at a time."""
        with self._db.transaction():
            self._db.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_AT_A_TIME,))
            version = self._version() or 0
            self._db.execute("CREATE SCHEMA IF NOT EXISTS hwprof")
            self._db.execute("SET LOCAL search_path TO hwprof")
            self._db.execute("CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)")
            for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in step:
                    self._db.execute(_typed(statement))
                self._db.execute("INSERT INTO store_version VALUES (%s)", (number,))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._fault as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise HwprofError(
                f"store {self.place}: {lines[0]}; every point acknowledged so far is kept"
            ) from error


def is_url(text: str) -> bool:
    """Say whether a store's place is a PostgreSQL URL, slashes folded by a path or not."""
    return re.match(r"postgres(ql)?:/", text) is not None


def unfolded(text: str) -> str:
    """Give back the second slash that a path takes from ``postgresql://host/database``."""
    return re.sub(r"^(postgres(?:ql)?):/+", r"\1://", text)


def without_password(url: str) -> str:
    """Return a URL that may be shown."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url).partition("?")[0]


def _marked(query: str) -> str:
    return query.replace("?", "%s")


def _typed(statement: str) -> str:
    """Return a table's definition in PostgreSQL's types."""
    return re.sub(r"\b(REAL|BLOB|INTEGER)\b", lambda found: _TYPES[found[0]], statement)
