"""The command line starts at once, guards its own packages and ends with the designed code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hwprof.__main__ import shadowing
from hwprof.cli import COMMANDS

HOME = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "cupy", "sklearn", "pandas", "ortools", "matplotlib", "scipy", "pyarrow", "ray")


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments], capture_output=True, text=True, cwd=cwd
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["list"], ["bench", "--help"]])
def test_starting_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import json, sys\nfrom hwprof.cli import run\n"
        f"code = run({arguments!r})\n"
        "print('\\n' + json.dumps([code, sorted({m.split('.')[0] for m in sys.modules})]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    exit_code, modules = json.loads(done.stdout.splitlines()[-1])
    assert exit_code == 0
    assert not set(HEAVY) & set(modules)


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    assert all(f"  {name} " in text for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_shows_an_example(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert f"hwprof {name}" in done.stdout


@pytest.mark.parametrize("arguments", [["frobnicate"], ["--nope"], ["list", "--nope"]])
def test_bad_usage_is_one_line_and_exit_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("hwprof: No such ")


def test_no_arguments_show_the_help() -> None:
    done = run()
    assert done.returncode == 0
    assert done.stdout == run("--help").stdout


def test_own_packages_are_not_shadowed() -> None:
    home = Path(sys.modules["hwprof"].__file__ or "").resolve().parents[1]
    assert shadowing(home) == []


def test_a_foreign_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "__init__.py").write_text("")
    done = run("--version", cwd=tmp_path)
    assert done.returncode == 1
    assert f"reports at {tmp_path / 'reports'}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    assert shadowing(tmp_path, ("no_such_package",)) == ["no_such_package is not installed"]


def test_a_fault_of_our_own_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hwprof import cli

    def broken(_name: str) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr(cli, "import_module", broken)
    monkeypatch.delenv("HWPROF_DEBUG", raising=False)
    assert cli.run(["list"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "hwprof: internal error: RuntimeError: two lines; set HWPROF_DEBUG=1 to see where"
    ]
    monkeypatch.setenv("HWPROF_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.run(["list"])


def test_listing_reads_descriptions_and_no_kernel() -> None:
    code = (
        "import json, sys\nfrom hwprof.cli import run\n"
        "run(['list'])\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    modules = json.loads(done.stdout.splitlines()[-1])
    needless = ("pydantic.", "microbench.kernels.cuda", "microbench.workloads.sweeps")
    assert [name for name in modules if name.startswith(needless)] == []


def test_predicting_loads_what_it_needs_and_one_blas_thread() -> None:
    code = (
        "import json, os, sys\nfrom hwprof.cli import run\n"
        "run(['predict', 'examples/resnet50.stablehlo.mlir', '--device', 'h100', '--json'])\n"
        "threads = len(os.listdir('/proc/self/task'))\n"
        "print('\\n' + json.dumps([threads, dict(os.environ), sorted(sys.modules)]))"
    )
    kept = {name: text for name, text in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=HOME, env=kept
    )
    threads, environment, modules = json.loads(done.stdout.splitlines()[-1])
    needless = ("pydantic.", "numpy.ma.", "costmodel.learned.training", "rich.table", *HEAVY)
    assert [name for name in modules if name.startswith(needless)] == []
    assert threads == 1
    assert "OPENBLAS_NUM_THREADS" not in environment


@pytest.mark.parametrize("value", ["text", "", "examples"])
def test_text_and_paths_arrive_as_typer_converts_them(value: str) -> None:
    import typer
    from typer.main import get_command

    from hwprof.cli import QuickCommand

    seen: list[tuple[object, ...]] = []

    def took(path: Path, name: str = "none", out: Path | None = None, top: int = 15) -> None:
        seen.append((path, name, out, top))

    for cls in (typer.core.TyperCommand, QuickCommand):
        app = typer.Typer(add_completion=False)
        app.command(cls=cls)(took)
        command = get_command(app)
        command.main([value, "--name", value, "--out", value], "took", standalone_mode=False)
        command.main(["a", "--top", "3"], "took", standalone_mode=False)
        with pytest.raises(Exception, match=r"valid integer|no whole number"):
            command.main(["a", "--top", "x"], "took", standalone_mode=False)
    assert seen[:2] == seen[2:]
