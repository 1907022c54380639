"""A PostgreSQL store is refused, migrated and shared as a SQLite one is."""

from __future__ import annotations

import sys
import threading

import pytest
from test_store_contract import POINTS, a_run, measured

from microbench.errors import DeviceError, HwprofError, InputError
from microbench.store import open_store
from microbench.store.postgres import is_url, unfolded, without_password
from microbench.store.schema import VERSION


def execute(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        database.execute(statement)


def test_a_reader_makes_no_store(postgres_url: str) -> None:
    with pytest.raises(InputError, match="run `hwprof bench` first"):
        open_store(postgres_url, create=False)
    open_store(postgres_url).close()
    open_store(postgres_url, create=False).close()


def test_a_newer_store_is_refused(postgres_url: str) -> None:
    open_store(postgres_url).close()
    execute(postgres_url, f"INSERT INTO hwprof.store_version VALUES ({VERSION + 2})")
    with pytest.raises(InputError, match=f"version {VERSION + 2}.*upgrade hwprof"):
        open_store(postgres_url)


def test_a_foreign_schema_is_refused(postgres_url: str) -> None:
    execute(postgres_url, "CREATE SCHEMA hwprof CREATE TABLE photos (id BIGINT)")
    with pytest.raises(InputError, match="belongs to another program"):
        open_store(postgres_url)


def test_several_make_the_store_at_once(postgres_url: str) -> None:
    faults: list[Exception] = []

    def make() -> None:
        try:
            open_store(postgres_url).close()
        except HwprofError as error:
            faults.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_store(postgres_url) as store:
        assert store.runs() == ()


def test_a_lost_server_is_one_line_and_loses_nothing(postgres_url: str) -> None:
    store = open_store(postgres_url)
    store.start_run(a_run(), POINTS)
    store.acknowledge(a_run(), measured(POINTS[0]))
    execute(
        postgres_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'",
    )
    with pytest.raises(HwprofError, match="every point acknowledged so far is kept"):
        store.acknowledge(a_run(), measured(POINTS[1]))
    with open_store(postgres_url) as again:
        assert again.measurements(a_run()) == (measured(POINTS[0]),)


def test_a_server_that_is_not_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(HwprofError, match="Connection refused") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/none?connect_timeout=1")
    assert str(caught.value).startswith("store postgresql://me:***@127.0.0.1:1/none: ")


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DeviceError, match=r"pip install 'hwprof\[server\]'"):
        open_store("postgresql://host/database")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("postgresql:/host/db", "postgresql://host/db"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgres:/host/db", "postgres://host/db"),
    ],
)
def test_a_path_may_have_folded_the_slashes(text: str, url: str) -> None:
    assert is_url(text)
    assert unfolded(text) == url
    assert not is_url("postgresql.sqlite")


def test_passwords_are_not_shown() -> None:
    shown = without_password("postgresql://me:secret@host:5432/db?sslkey=x")
    assert shown == "postgresql://me:***@host:5432/db"
