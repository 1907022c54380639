"""``hwprof bench`` as people run it: stdout, stderr, exit code, and what the store holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from microbench.store import open_store

FAKES = Path(__file__).resolve().parents[2] / "microbench" / "runner"
Bench = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(FAKES), os.environ.get("PYTHONPATH", "")]),
        "HWPROF_STORE": str(tmp_path / "store.sqlite"),
        "HWPROF_LOCK_FOLDER": str(tmp_path),
        "HOME": str(tmp_path),
        "COLUMNS": "160",
    }


@pytest.fixture
def bench(variables: dict[str, str], tmp_path: Path) -> Bench:
    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments),
            capture_output=True,
            text=True,
            env={**variables, **more},
            cwd=tmp_path,
        )

    return run


def command(*arguments: str) -> list[str]:
    start = [sys.executable, "-P", "-m", "hwprof", "bench", "--quick"]
    return [*start, "--module", "runner_fakes", *arguments]


def test_a_run_is_measured_shown_and_kept(bench: Bench, tmp_path: Path) -> None:
    done = bench("--only", "fake.fast", "--name", "mine")
    assert done.returncode == 0, done.stderr
    assert "run mine" in done.stdout
    assert done.stdout.count("1.00 ms") == 3
    lines = done.stderr.splitlines()
    assert lines[0] == "[1/3] fake.fast[number=0]: 1.00 ms ±0.0%"
    assert lines[-1] == f"run mine: complete; 3 ok; kept in {tmp_path / 'store.sqlite'}"
    with open_store(tmp_path / "store.sqlite") as store:
        (run,) = store.runs()
        assert run.environment["argv"][-1] == "mine"  # type: ignore[index]
        assert "load_average" in run.environment["at_end"]  # type: ignore[operator]
        assert len(store.measurements(run)) == 3


def test_json_is_stable(bench: Bench) -> None:
    done = bench("--only", "fake.fast,fake.crash", "--json", "-q")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["schema"] == "hwprof.bench/1"
    assert document["state"] == "complete"
    assert [point["verdict"] for point in document["points"]] == [*["ok"] * 4, "failed", "ok"]
    assert document["points"][0]["value"] == pytest.approx(1e-3)
    assert document["points"][4]["reason"] == "the process died of SIGSEGV"
    assert len(done.stderr.splitlines()) == 1


def test_a_dry_run_measures_nothing(bench: Bench, tmp_path: Path) -> None:
    done = bench("--only", "fake.fast", "--dry-run", "--json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["schema"] == "hwprof.bench.plan/1"
    assert len(document["points"]) == 3
    assert document["estimate_s"] == pytest.approx(0.95)
    assert list(tmp_path.iterdir()) == []
    assert "fake.fast" in bench("--only", "fake.fast", "--dry-run").stdout


def test_resume_measures_only_what_is_missing(bench: Bench, tmp_path: Path) -> None:
    log = tmp_path / "log"
    late = bench("--only", "fake.fast,fake.hang", "--timeout", "8s", "-q", FAKE_LOG=str(log))
    assert late.returncode == 124
    assert "time limit" in late.stderr
    assert "go on with --resume" in late.stderr
    before = log.read_text().split("\n")
    again = bench("--only", "fake.fast", "--resume", "-q", FAKE_LOG=str(log))
    measured_first = {line.split()[0] for line in before if line.startswith("fake.fast")}
    after = log.read_text().split("\n")[len(before) - 1 :]
    measured_again = {line.split()[0] for line in after if line}
    assert again.returncode == 0
    assert "partial; " in again.stderr
    assert "2 not measured yet" in again.stderr
    assert len(measured_first | measured_again) == 3
    with open_store(tmp_path / "store.sqlite") as store:
        assert len(store.runs()) == 1


def test_resume_with_nothing_left_says_so(bench: Bench) -> None:
    assert bench("--only", "fake.fast,fake.crash", "--name", "mine", "-q").returncode == 1
    whole = bench("--resume", "--only", "fake.fast,fake.crash")
    said = "run mine: nothing left to measure; --retry-failed measures 1 point again"
    assert [line for line in whole.stderr.splitlines() if "nothing left" in line] == [said]
    assert "nothing left" not in bench("--resume", "--only", "fake.fast", "-q").stderr


def test_resume_of_some_benchmarks_tells_of_the_others(bench: Bench) -> None:
    late = bench("--only", "fake.fast,fake.hang", "--timeout", "8s", "-q")
    assert late.returncode == 124
    assert bench("--only", "fake.fast", "--resume", "-q").returncode == 0
    done = bench("--only", "fake.fast", "--resume")
    (line,) = [line for line in done.stderr.splitlines() if "nothing left" in line]
    assert line.endswith("of these benchmarks; without --only, --skip and --suite 2 points")


def test_resume_without_a_run_says_so(bench: Bench) -> None:
    done = bench("--resume", "--only", "fake.fast")
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: no store at ")
    assert bench("--only", "fake.fast", "-q").returncode == 0
    done = bench("--resume", "--only", "fake.fast", "--name", "other")
    assert done.returncode == 2
    assert done.stderr.startswith("hwprof: no run of cpu named 'other'")


def test_failed_points_are_measured_again_when_asked(bench: Bench) -> None:
    assert bench("--only", "fake.leave", "-q").returncode == 1
    done = bench("--only", "fake.leave", "--resume", "--retry-failed", "--json")
    assert done.returncode == 1
    assert "[1/1] fake.leave[number=1]" in done.stderr


def test_strict_exits_5_when_noisy(bench: Bench) -> None:
    done = bench("--only", "fake.noisy", "--strict", "-q")
    assert done.returncode == 5
    assert "too noisy, first fake.noisy[number=1]" in done.stderr


def test_interrupting_keeps_what_was_measured(variables: dict[str, str], tmp_path: Path) -> None:
    running = subprocess.Popen(
        command("--only", "fake.fast,fake.hang"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=variables,
    )
    assert running.stderr is not None
    seen = [running.stderr.readline() for _ in range(3)]
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert "interrupted" in err
    assert "run" in out
    with open_store(tmp_path / "store.sqlite") as store:
        kept = [one.point.key for one in store.measurements(store.runs()[0])]
    assert [line.split()[1].rstrip(":") for line in seen] == kept[:3]


def test_two_runs_at_once(variables: dict[str, str], bench: Bench) -> None:
    first = subprocess.Popen(
        command("--only", "fake.hang"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=variables,
    )
    assert first.stderr is not None
    first.stderr.readline()
    second = bench("--only", "fake.fast")
    first.terminate()
    first.communicate(timeout=60)
    assert first.returncode == 130
    assert second.returncode == 3
    assert f"is being measured by pid {first.pid} " in second.stderr
    assert len(second.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--only", "fake.fats"], 2, "did you mean fake.fast"),
        (["--suite", "none"], 2, "no suite 'none'"),
        (["--only", " , "], 2, "--only names no benchmark"),
        (["--skip", ""], 2, "--skip names no benchmark"),
        (["--suite", ""], 2, "--suite names no suite"),
        (["--resume", "--name", "other"], 2, "no store at"),
        (["--timeout", "soon"], 2, "--timeout 'soon'"),
        (["--timeout", "-5"], 2, "--timeout '-5'"),
        (["--thorough"], 2, "exclude each other"),
        (["--certify", "--aa"], 2, "exclude each other"),
        (["--retry-failed"], 2, "goes with --resume"),
        (["--device", "nonsense"], 2, "nonsense"),
        (["--store", "/proc/none/store.sqlite"], 2, "cannot make the folder"),
        (["--store", "/dev/null/x"], 2, "cannot make the folder"),
        (["--module", "no_such"], 2, "no_such"),
        (["--seed", "-1"], 2, "--seed"),
        (["--only", "fake.fast", "--out", "."], 2, "there already"),
    ],
)
def test_bad_usage_is_one_line(bench: Bench, arguments: list[str], code: int, message: str) -> None:
    done = bench(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_store_of_another_program_is_refused(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes, longer than sixteen bytes")
    done = bench("--only", "fake.fast", "--store", "notes.txt")
    assert done.returncode == 2
    assert done.stderr == "hwprof: notes.txt is not a hwprof store: pass another --store PATH\n"


def test_a_full_disk_ends_the_run_and_keeps_what_was_acknowledged(
    variables: dict[str, str], bench: Bench, tmp_path: Path
) -> None:
    import resource

    few = 120_000
    full = subprocess.run(
        command("--only", "fake.fast"),
        capture_output=True,
        text=True,
        env={**variables, "FAKE_POINTS": "40"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (few, few)),
    )
    assert full.returncode == 1
    *shown, last = full.stderr.splitlines()
    assert last.startswith("hwprof: cannot write store")
    assert "is the disk full?" in last
    with open_store(tmp_path / "store.sqlite") as store:
        assert len(store.measurements(store.runs()[0])) == len(shown) > 0
    rest = bench("--only", "fake.fast", "--resume", FAKE_POINTS="40")
    assert rest.returncode == 0
    assert len(rest.stderr.splitlines()) == 40 - len(shown) + 1


def test_without_a_driver_it_ends_at_once(bench: Bench) -> None:
    start = time.process_time()
    done = bench("--device", "0", CUDA_VISIBLE_DEVICES="")
    if done.returncode == 0 or "no benchmark" in done.stderr:
        pytest.skip("this machine has a GPU")
    assert done.returncode == 3
    assert "pass --device cpu" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert time.process_time() - start < 1


def test_the_data_set_is_written_at_the_end(bench: Bench, tmp_path: Path) -> None:
    done = bench("--only", "fake.fast", "--out", "set")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "set").iterdir()} == {
        *("environment.json", "measurements.parquet", "samples.parquet")
    }


def test_a_certified_point_has_five_processes(bench: Bench, tmp_path: Path) -> None:
    done = bench("--only", "fake.fast", "--certify", "--json", FAKE_POINTS="1")
    assert done.returncode == 0
    assert json.loads(done.stdout)["processes"] == 5
    assert "[5/5]" in done.stderr
    with open_store(tmp_path / "store.sqlite") as store:
        (measurement,) = store.measurements(store.runs()[0])
    assert measurement.notes["processes"] == 5


def test_a_terminal_gets_a_bar_and_the_table(variables: dict[str, str]) -> None:
    import pty

    parent, child = pty.openpty()
    running = subprocess.Popen(
        command("--only", "fake.fast"),
        stdout=subprocess.PIPE,
        stderr=child,
        env={**variables, "TERM": "xterm"},
    )
    os.close(child)
    shown = bytearray()
    while True:
        try:
            part = os.read(parent, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert running.wait(60) == 0
    text = shown.decode()
    assert "2/3" in text
    assert "fake.fast number=2 (last: 1.00 ms" in text
    assert "[1/3]" not in text
