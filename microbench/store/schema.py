"""The tables of a store and the numbered steps that lead to them.

``MIGRATIONS[n]`` turns version n into n + 1; a step that has shipped is never edited. Every file
carries ``APPLICATION_ID``, so that another program's SQLite file is never written to.
"""

from __future__ import annotations

APPLICATION_ID = 0x68777066
""""hwpf": stands in bytes 68 to 71 of the file (sqlite.org/fileformat2.html)."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE run (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, device TEXT NOT NULL,
            device_spec TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
            state TEXT NOT NULL, effort TEXT NOT NULL, seed INTEGER NOT NULL,
            processes INTEGER NOT NULL, environment TEXT NOT NULL)""",
        """CREATE TABLE point (
            run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE, key TEXT NOT NULL,
            ordinal INTEGER NOT NULL, benchmark TEXT NOT NULL, axes TEXT NOT NULL,
            PRIMARY KEY (run_id, key))""",
        """CREATE TABLE measurement (
            run_id TEXT NOT NULL, key TEXT NOT NULL, process INTEGER NOT NULL,
            measured_at TEXT NOT NULL, quantity TEXT NOT NULL, verdict TEXT NOT NULL,
            reason TEXT NOT NULL, stopped_by TEXT NOT NULL, basis TEXT NOT NULL,
            value REAL, low REAL, high REAL, time_s REAL, operations REAL NOT NULL,
            work_flop REAL NOT NULL, bytes_moved REAL NOT NULL, clock_hz REAL,
            code TEXT, notes TEXT NOT NULL,
            sample_time_s BLOB NOT NULL, sample_cpu_time_s BLOB, sample_clock_hz BLOB,
            sample_discarded BLOB NOT NULL, sample_reasons TEXT NOT NULL,
            PRIMARY KEY (run_id, key, process),
            FOREIGN KEY (run_id, key) REFERENCES point (run_id, key) ON DELETE CASCADE)""",
    ),
)

VERSION = len(MIGRATIONS)
