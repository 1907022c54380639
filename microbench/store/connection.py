"""Opening a SQLite file safely: whose it is, which version, which journal works here.

WAL keeps a commit to one append and lets people read while a run writes, but needs memory shared
between processes, which network file systems do not give (sqlite.org/wal.html, section 1): there
the rollback journal takes over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microbench.errors import HwprofError, InputError
from microbench.store.files import discard
from microbench.store.schema import APPLICATION_ID, MIGRATIONS

MAGIC = b"SQLite format 3\x00"
BUSY_TIMEOUT_S = 5.0
NETWORK_FILE_SYSTEMS = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "gpfs"),
        *("lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"),
    )
)


def connect(
    path: Path,
    create: bool = True,
    migrations: tuple[tuple[str, ...], ...] = MIGRATIONS,
    mounts: Path = Path("/proc/self/mounts"),
) -> sqlite3.Connection:
    """Open a store, create or migrate it in one transaction, and prove that it can be used.

    Raises ``InputError`` when the file is missing (``create`` false), foreign, damaged, of a newer
    version, or its folder cannot be written.
    """
    new = is_new(path)
    if new:
        if not create:
            raise InputError(f"no store at {path}: run `hwprof bench` first, or pass --store PATH")
        _make_folder(path)
    else:
        _check_magic(path)
    with translated(path):
        connection = _open(path, create)
    try:
        with translated(path):
            _prepare(connection, path, create, migrations, mounts)
    except BaseException:
        unused = new and _is_empty(connection)
        connection.close()
        if unused:
            remove(path)
        raise
    return connection


def is_new(path: Path) -> bool:
    """Say whether nothing is at ``path`` yet, or an empty file."""
    return _size_bytes(path) == 0


def remove(path: Path) -> None:
    """Remove a store's file and its journals."""
    for ending in ("", "-wal", "-shm", "-journal"):
        discard(path.with_name(path.name + ending))


def _is_empty(connection: sqlite3.Connection) -> bool:
    try:
        return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error:
        return False


def refuse_unusable(path: Path) -> None:
    """Raise what ``connect`` would, but make and change nothing; an absent store is fine."""
    if _size_bytes(path) == 0:
        return
    _check_magic(path)
    with translated(path):
        connection = _open(path, create=False)
        try:
            _check_owner(connection, path, len(MIGRATIONS))
            _check_whole(connection, path)
        finally:
            connection.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's faults into one line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the body as one transaction: all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def on_network(path: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Say whether a path lies on a file system shared between machines."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    folder = path.resolve().parent
    kinds = {Path(words[1].replace("\\040", " ")): words[2] for words in lines if len(words) > 2}
    above = [place for place in kinds if place == folder or place in folder.parents]
    nearest = max(above, key=lambda place: len(place.parts), default=None)
    return nearest is not None and kinds[nearest] in NETWORK_FILE_SYSTEMS


def _size_bytes(path: Path) -> int:
    """Return a file's size, 0 when it is not there; ``InputError`` when that may not be known."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        raise InputError(f"cannot open store {path}: {error.strerror}") from error


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot make the folder of store {path}: {error.strerror}; pass --store PATH"
        ) from error


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise InputError(f"cannot read store {path}: {error.strerror}") from error
    if head != MAGIC:
        raise InputError(f"{path} is not a hwprof store: pass another --store PATH")


def _open(path: Path, create: bool) -> sqlite3.Connection:
    """Connect; a file in a folder where no journal can be made is opened for reading alone."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(
        f"{address}?mode={'rwc' if create else 'rw'}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        waiting = path.with_name(f"{path.name}-wal")
        unread = waiting.exists() and waiting.stat().st_size > 0
        if create or unread or error.sqlite_errorcode & 0xFF not in _CANNOT_WRITE:
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
    return connection


def _prepare(
    connection: sqlite3.Connection,
    path: Path,
    create: bool,
    migrations: tuple[tuple[str, ...], ...],
    mounts: Path,
) -> None:
    version = _check_owner(connection, path, len(migrations))
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    if create:
        _choose_journal(connection, on_network(path, mounts))
        _check_whole(connection, path)
    if version < len(migrations):
        _migrate(connection, migrations)


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise InputError(_damaged(path, damage))


def _check_owner(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    # Tables first: a store that another process is just making has none yet, or all three.
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if owner != APPLICATION_ID and (owner or tables):
        raise InputError(f"{path} belongs to another program: pass another --store PATH")
    if version == 0 and tables:
        raise InputError(
            f"{path} holds tables but no version: a store that was damaged, or another program's; "
            "move it away, or pass another --store PATH"
        )
    if version > newest:
        raise InputError(
            f"store {path} has version {version}, this hwprof reads up to {newest}: "
            "upgrade hwprof, or pass another --store PATH"
        )
    return version


def _choose_journal(connection: sqlite3.Connection, network: bool) -> None:
    """Set WAL and prove it with a write; the rollback journal where WAL cannot work."""
    if not network:
        try:
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            _touch(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _WAL_FAULTS:
                raise
            mode = "failed"
        if mode == "wal":
            return
    connection.execute("PRAGMA journal_mode=DELETE")
    _touch(connection)


def _touch(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version={int(version)}")


def _migrate(connection: sqlite3.Connection, migrations: tuple[tuple[str, ...], ...]) -> None:
    """Climb the missing steps in one transaction; another process may have been faster."""
    with transaction(connection):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for step in migrations[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={max(version, len(migrations))}")


_CANNOT_WRITE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_WAL_FAULTS = (sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _damaged(path: Path, detail: str) -> str:
    return (
        f"store {path} is damaged ({detail}): move it away and start a new one, "
        f"or save what is readable with `sqlite3 {path.name} .recover`"
    )


def _explain(error: sqlite3.Error, path: Path) -> HwprofError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return HwprofError(
            f"cannot write store {path} ({error}): is the disk full? Free space, then go on with "
            "--resume; every point acknowledged so far is kept"
        )
    if code in _CANNOT_WRITE:
        return InputError(f"store {path} cannot be written ({error}): pass another --store PATH")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return HwprofError(
            f"store {path} is locked by another program: wait for it, or pass another --store PATH"
        )
    if code in _DAMAGED:
        return InputError(_damaged(path, str(error)))
    return HwprofError(f"store {path}: {error}")
