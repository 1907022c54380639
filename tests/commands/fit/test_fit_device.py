"""``hwprof fit --device``: a few measured points in, a corrected model file out."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from costmodel.learned.predictor import Predictor


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments], capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty made-up products on an H200, all half as fast as the shipped model says."""
    rng = np.random.default_rng(5)
    m, n, k = (np.round(2.0 ** rng.uniform(6, 13, 20)) for _ in range(3))
    columns = {
        "gpu": ["H200-SXM"] * 20,
        "op": ["gemm"] * 20,
        "dtype": ["bf16"] * 20,
        "m": m,
        "n": n,
        "k": k,
        "flops": 2 * m * n * k,
        "bytes": 2 * (m * k + k * n + m * n),
    }
    known = {name: np.array(values, dtype=None) for name, values in columns.items()}
    for name in ("gpu", "op", "dtype"):
        known[name] = known[name].astype(object)
    latency = 2 * Predictor.load().predict_table(known)["latency_s"]
    path = tmp_path_factory.mktemp("points") / "points.parquet"
    pq.write_table(pa.table({**columns, "latency_s": latency}), path)
    return path


def test_the_file_written_predicts_what_the_points_measured(points: Path, tmp_path: Path) -> None:
    out = tmp_path / "h200.npz"
    done = run("fit", "--device", "h200", "--from", str(points), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "gemm: 20 points, off by 50.0% in the mean; corrected" in done.stderr
    assert done.stdout.endswith("h200 corrected by 20 points of points.parquet\n")
    pred = tmp_path / "pred.parquet"
    arguments = ("predict", "--table", str(points), "--out", str(pred), "--cost-model", str(out))
    assert run(*arguments).returncode == 0
    found = pq.read_table(pred)
    ratio = found["latency_s"].to_numpy() / found["latency_s_measured"].to_numpy()
    assert np.abs(ratio - 1).mean() < 0.03


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--device", "h200"), "--device needs its points"),
        (("--device", "h200", "--from", "none.parquet"), "none.parquet: no such file"),
        (("--device", "l40s", "--from", "POINTS"), "no measured row names L40S: it names H200-SXM"),
        (("--device", "nothing-9", "--from", "POINTS"), "nothing-9"),
        (("--cost-model", "x.npz", "--data", "."), "name the --device too"),
    ],
)
def test_bad_use_is_one_line_and_writes_nothing(
    points: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    out = tmp_path / "out.npz"
    given = [str(points) if one == "POINTS" else one for one in arguments]
    done = run("fit", *given, "--out", str(out))
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("m", math.nan, "row 3, column m: nan is no whole number from 1 up"),
        ("m", 128.5, "row 3, column m: 128.5 is no whole number from 1 up"),
        ("flops", 5.0, "row 3, column flops: 5 is not 2 m n k"),
        ("dtype", "foo", "row 3, column dtype: unknown number format 'foo'"),
        ("op", "zzz", "row 3, column op: unknown op 'zzz'"),
    ],
)
def test_points_that_cannot_be_are_refused_as_rows_are(
    points: Path, tmp_path: Path, column: str, value: object, told: str
) -> None:
    columns = pq.read_table(points).to_pydict()
    columns[column][2] = value
    pq.write_table(pa.table(columns), tmp_path / "bad.parquet")
    done = run(
        *("fit", "--device", "h200", "--from", str(tmp_path / "bad.parquet")),
        *("--out", str(tmp_path / "out.npz")),
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"hwprof: {tmp_path / 'bad.parquet'}: {told}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out.npz").exists()


def test_points_under_other_names_are_not_left_out(points: Path, tmp_path: Path) -> None:
    columns = pq.read_table(points).to_pydict()
    columns["op"] = ["matmul"] * 20
    pq.write_table(pa.table(columns), tmp_path / "p.parquet")
    out = tmp_path / "out.npz"
    done = run("fit", "--device", "h200", "--from", str(tmp_path / "p.parquet"), "--out", str(out))
    assert "gemm: 20 points" in done.stderr
