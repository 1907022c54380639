"""A PostgreSQL server of the tests' own, where the machine has one to start."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, on the path or where Debian keeps them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of an empty database; ``HWPROF_TEST_POSTGRES`` names one to use instead."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: hwprof[server]")
    given = os.environ.get("HWPROF_TEST_POSTGRES")
    if given:
        yield given
        return
    bin_folder = programs()
    user = next((one.pw_name for one in pwd.getpwall() if one.pw_name == "postgres"), None)
    if bin_folder is None or (os.getuid() == 0 and user is None):
        pytest.skip("no PostgreSQL server to start here; set HWPROF_TEST_POSTGRES to use one")
    who = user if os.getuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="hwprof-pg-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        data = folder / "data"

        def run(*words: str) -> None:
            subprocess.run(
                [str(bin_folder / words[0]), *words[1:]],
                check=True,
                user=who,
                cwd="/",
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        run("initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """URL of a database without a store."""
    import psycopg

    with psycopg.connect(postgres_server, autocommit=True) as database:
        database.execute("DROP SCHEMA IF EXISTS hwprof CASCADE")
    return postgres_server
