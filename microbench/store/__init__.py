"""Where measurements are kept: ``open_store`` gives the ``Store`` behind a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

from microbench.store.run import ProcessMeasurement, Run, RunState, Store

__all__ = [
    "ProcessMeasurement",
    "Run",
    "RunState",
    "Store",
    "default_path",
    "open_store",
    "refuse_scheme",
]


def default_path() -> Path:
    """Return ``$HWPROF_STORE``, else ``hwprof/hwprof.sqlite`` in the user's data folder."""
    chosen = os.environ.get("HWPROF_STORE")
    if chosen:
        return Path(chosen).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    folder = Path(data) if data and Path(data).is_absolute() else Path.home() / ".local" / "share"
    return folder / "hwprof" / "hwprof.sqlite"


def refuse_scheme(place: Path) -> None:
    """Raise ``InputError`` for a URL of a database that cannot be a store."""
    found = re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", str(place))
    if found:
        from microbench.errors import InputError

        raise InputError(
            f"--store {found[0]}/...: a store is a file or postgresql://HOST/DATABASE; for a file "
            f"of that name pass ./{place}"
        )


def open_store(path: Path | str | None = None, create: bool = True) -> Store:
    """Open the store at ``path`` (default ``default_path()``), making it if ``create``.

    A path ``postgresql://HOST/DATABASE`` is a server's database.

    Raises ``InputError`` when it is missing and ``create`` is false, is of a newer version, belongs
    to another program, is damaged, or cannot be written.
    """
    from microbench.store.postgres import PostgresDatabase, is_url, unfolded
    from microbench.store.sql_store import SqlStore
    from microbench.store.sqlite import SqliteDatabase

    place = default_path() if path is None else Path(path).expanduser()
    if is_url(str(path or place)):
        return SqlStore(PostgresDatabase(unfolded(str(path or place)), create))
    refuse_scheme(place)
    if place.is_dir():
        from microbench.errors import InputError

        raise InputError(f"store {place} is a folder: pass a file, as in --store {place}/h.sqlite")
    return SqlStore(SqliteDatabase(place, create))
