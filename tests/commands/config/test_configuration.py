"""flag > HWPROF_* > hwprof.toml > pyproject.toml > the user's file > built in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PLACES = ("user", "pyproject", "hwprof.toml", "environment", "flag")


def hwprof(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HWPROF_")}
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**kept, "XDG_CONFIG_HOME": str(folder / "user"), **variables},
    )


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def names(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return sorted({one["suite"] for one in json.loads(done.stdout)["benchmarks"]})


@pytest.mark.parametrize("strongest", range(len(PLACES)))
def test_the_nearest_place_wins(tmp_path: Path, strongest: int) -> None:
    """Each place names a suite; places up to ``strongest`` are there, and the last one counts."""
    suites = dict(zip(PLACES, ("memory", "compute", "gemm", "fusion", "memory"), strict=True))
    here = PLACES[: strongest + 1]
    folder = tmp_path / "project" / "deeper"
    folder.mkdir(parents=True)
    write(folder / "user/hwprof/config.toml", f'[list]\nsuite = ["{suites["user"]}"]\n')
    if "pyproject" in here:
        text = f'[project]\nname = "x"\n[tool.hwprof.list]\nsuite = ["{suites["pyproject"]}"]\n'
        write(tmp_path / "project" / "pyproject.toml", text)
    if "hwprof.toml" in here:
        write(tmp_path / "project" / "hwprof.toml", f'list.suite = ["{suites["hwprof.toml"]}"]\n')
    variables = {"HWPROF_LIST_SUITE": suites["environment"]} if "environment" in here else {}
    flags = ["--suite", suites["flag"]] if "flag" in here else []
    found = names(hwprof(folder, "list", "--kind", "cpu", "--json", *flags, **variables))
    assert found == [suites[here[-1]]]


def test_a_general_setting_holds_where_there_is_such_an_option(tmp_path: Path) -> None:
    write(tmp_path / "hwprof.toml", 'store = "nowhere.sqlite"\ndevice = "cpu"\n')
    assert "no store at nowhere.sqlite" in hwprof(tmp_path, "export", "--runs").stderr
    assert names(hwprof(tmp_path, "list", "--json"))
    done = hwprof(tmp_path, "export", "--runs", HWPROF_STORE="other.sqlite")
    assert "no store at other.sqlite" in done.stderr


def test_lists_and_switches_come_from_variables(tmp_path: Path) -> None:
    done = hwprof(tmp_path, "list", HWPROF_LIST_SUITE="memory,gemm", HWPROF_LIST_JSON="yes")
    assert names(done) == ["gemm", "memory"]
    off = hwprof(tmp_path, "list", HWPROF_LIST_JSON="0")
    assert off.stdout.startswith("benchmark")


def test_a_flag_beats_an_effort_from_a_file(tmp_path: Path) -> None:
    write(tmp_path / "hwprof.toml", "[bench]\nquick = true\nonly = ['cpu.memory.latency']\n")
    arguments = ("bench", "--dry-run", "--json")
    quick = json.loads(hwprof(tmp_path, *arguments).stdout)
    thorough = json.loads(hwprof(tmp_path, *arguments, "--thorough").stdout)
    assert len(thorough["points"]) > len(quick["points"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("devce = 'cpu'", "no setting 'devce': did you mean device"),
        ("[bench]\nonyl = ['a']", "[bench]: no setting 'onyl': did you mean only"),
        ("[bnch]\nonly = ['a']", "no setting 'bnch': did you mean bench"),
        ("bench = 3", "bench must be a table: [bench]"),
        ("[bench]\nquick = 'maybe'", "quick: expected true or false, not 'maybe'"),
        ("[bench]\nonly = 3", "only: expected a list"),
        ("[bench]\nseed = [1]", "seed: expected one value"),
        ("[bench]\nseed = 'x'", "seed: Invalid value for '--seed'"),
        ("[bench", "is not TOML"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path / "hwprof.toml", text)
    done = hwprof(tmp_path, "bench", "--dry-run")
    assert done.returncode == 2
    assert done.stderr.startswith(f"hwprof: {tmp_path / 'hwprof.toml'}")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_variable_of_the_wrong_kind_is_named(tmp_path: Path) -> None:
    done = hwprof(tmp_path, "bench", "--dry-run", HWPROF_BENCH_SEED="many")
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: environment: seed: Invalid value for '--seed'")


@pytest.mark.parametrize("command", ["list", "devices", "bench"])
def test_every_command_refuses_a_misspelt_variable_of_any(tmp_path: Path, command: str) -> None:
    arguments = (command, "--dry-run") if command == "bench" else (command,)
    done = hwprof(tmp_path, *arguments, HWPROF_BENCH_SEDE="3")
    assert done.returncode == 2
    assert "no variable HWPROF_BENCH_SEDE is known: did you mean HWPROF_BENCH_SEED?" in done.stderr
    assert not done.stdout
    assert hwprof(tmp_path, *arguments, HWPROF_BENCH_SEED="3").returncode == 0


def test_binary_and_unreadable_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "hwprof.toml").write_bytes(b"\xff\xfe\x00")
    done = hwprof(tmp_path, "list")
    assert done.returncode == 2
    assert "is not TOML" in done.stderr


def test_a_deleted_folder_is_no_obstacle(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"cd {gone} && rmdir {gone} && exec {sys.executable} -P -m hwprof list"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
