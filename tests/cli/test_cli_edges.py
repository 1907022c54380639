"""Edges a new user meets: foreign stores, odd modules, full disks, narrow locales, interrupts."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from microbench.errors import InputError
from microbench.runner.contend import MOST_A_CORE, loads_of
from microbench.runner.lock import device_lock
from microbench.store import open_store
from microbench.store.schema import APPLICATION_ID, VERSION


def hwprof(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HWPROF_")}
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "HOME": str(folder), "HWPROF_LOCK_FOLDER": str(folder), **variables},
    )


def refused(done: subprocess.CompletedProcess[str], told: str, code: int = 2) -> None:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


def tables(path: Path, owner: int, version: int) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE run (x)")
        database.execute(f"PRAGMA application_id={owner}")
        database.execute(f"PRAGMA user_version={version}")
    database.close()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("text", "not a hwprof store"),
        ("foreign", "belongs to another program"),
        ("newer", f"has version {VERSION + 1}"),
        ("unversioned", "holds tables but no version"),
    ],
)
def test_doctor_and_bench_judge_a_store_alike(kind: str, told: str, tmp_path: Path) -> None:
    store = tmp_path / "s.sqlite"
    if kind == "text":
        store.write_text("measurements of March, by hand\n")
    else:
        version = {"newer": VERSION + 1, "foreign": 3}.get(kind, 0)
        tables(store, 0 if kind == "foreign" else APPLICATION_ID, version)
    before = store.read_bytes()
    refused(hwprof(tmp_path, "bench", "--only", "cpu.clock", "--store", str(store)), told)
    line = next(
        text
        for text in hwprof(tmp_path, "doctor", "--store", str(store)).stdout.splitlines()
        if text[6:].startswith("store")
    )
    assert line.startswith("fail")
    assert told in line
    assert store.read_bytes() == before


def test_predict_passes_on_what_is_wrong_with_a_store(tmp_path: Path) -> None:
    tables(tmp_path / "s.sqlite", 0, 3)
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    done = hwprof(tmp_path, "predict", str(model), "--device", "cpu", "--store", "s.sqlite")
    refused(done, "hwprof: s.sqlite belongs to another program: pass another --store PATH\n")


def test_doctor_takes_a_store_of_ours(tmp_path: Path) -> None:
    open_store(tmp_path / "s.sqlite").close()
    done = hwprof(tmp_path, "doctor", "--store", "s.sqlite")
    assert any(line.split()[:2] == ["ok", "store"] for line in done.stdout.splitlines())


def test_an_unknown_kind_of_store_is_refused(tmp_path: Path) -> None:
    done = hwprof(tmp_path, "bench", "--only", "cpu.clock", "--store", "mysql://x/y")
    refused(done, "a store is a file or postgresql://HOST/DATABASE")
    assert not (tmp_path / "mysql:").exists()


def test_a_device_in_use_leaves_no_store_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HWPROF_LOCK_FOLDER", str(tmp_path))
    with device_lock("cpu", "this CPU"):
        done = hwprof(tmp_path, "bench", "--only", "cpu.clock", "--store", "new/s.sqlite")
        missing = hwprof(tmp_path, "bench", "--resume", "--store", "new/s.sqlite")
    refused(done, "is being measured by", 3)
    refused(missing, "no store at")
    assert not (tmp_path / "new").exists()


def test_a_run_is_not_named_latest(tmp_path: Path) -> None:
    refused(hwprof(tmp_path, "bench", "--name", "latest"), "the newest run")


@pytest.mark.parametrize("text", ["cpu:99999", "cpu:1000,mem:1000", "mem:" + "9" * 5000])
def test_loads_have_an_upper_bound(text: str) -> None:
    with pytest.raises(InputError, match=f"{MOST_A_CORE} a core"):
        loads_of(text)
    assert loads_of(f"cpu:{MOST_A_CORE}")


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"HWPROF_LIST_SIUTE": "memory"}, "did you mean HWPROF_LIST_SUITE?"),
        ({"HWPROF_STROE": "x"}, "did you mean HWPROF_STORE?"),
        ({"HWPROF_NONSENSE": "1"}, "HWPROF_NONSENSE"),
    ],
)
def test_a_misspelt_variable_is_refused(
    variables: dict[str, str], told: str, tmp_path: Path
) -> None:
    refused(hwprof(tmp_path, "list", **variables), told)


def test_known_variables_pass(tmp_path: Path) -> None:
    names = ("STORE", "DEBUG", "CACHE", "STRICT_PYTHON", "SHARED_DATA", "BENCH_SEED", "NO_COLOR")
    done = hwprof(tmp_path, "list", HWPROF_EMPTY="", **{f"HWPROF_{name}": "1" for name in names})
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("1 / 0", "benchmark module mine: ZeroDivisionError: division by zero"),
        ("def f(:", "benchmark module mine: SyntaxError: "),
        ("raise SystemExit(0)", "benchmark module mine: SystemExit: 0"),
        ("BENCHMARKS = 5", "benchmark module mine: BENCHMARKS is no tuple of Benchmark"),
        ("X = 1", "benchmark module mine has no BENCHMARKS"),
    ],
)
def test_a_module_that_does_not_load_is_named(code: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(code)
    refused(hwprof(tmp_path, "list", "--module", "mine"), told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["list", "devices", "--help"])
def test_a_full_disk_is_one_line(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hwprof", command], stdout=full, stderr=-1, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "hwprof: cannot write to standard output: No space left on device\n"


def test_a_locale_without_our_letters_gets_its_table(tmp_path: Path) -> None:
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    done = hwprof(tmp_path, "predict", str(model), "--device", "l4", **narrow)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "?s" in done.stdout


def test_an_interrupt_is_said(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\nprint('here', flush=True)\ntime.sleep(60)\n")
    running = subprocess.Popen(
        [sys.executable, "-m", "hwprof", "list", "--module", "slow"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "here\n"
    time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (130, "hwprof: interrupted\n")


def test_advice_can_be_followed(tmp_path: Path) -> None:
    refused(hwprof(tmp_path, "tune", "foo:1", "--device", "l4"), "no kernel of gemm, ")
    done = hwprof(tmp_path, "list", "--suite", "memmory")
    refused(done, "hwprof: no suite 'memmory': did you mean memory")
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    done = hwprof(tmp_path, "predict", str(model), "--device", "cpu", "--store", "none.sqlite")
    assert done.stderr.count("hwprof bench") == 1


def test_a_device_of_a_double_card_is_titled_as_what_its_figures_are(tmp_path: Path) -> None:
    assert "(one of its two GCDs)" in hwprof(tmp_path, "devices", "mi250").stdout.splitlines()[0]
