"""A Parquet table is predicted as its columns are, whatever way its texts are stored."""

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
from hwprof.prediction_bulk import predict_file
from microbench.errors import InputError

COUNT = 500


def columns() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(4)
    m, n, k = (np.round(2.0 ** rng.uniform(3, 13, COUNT)) for _ in range(3))
    gpu = np.array(["H100-SXM-80GB", "L40S", "B200"], dtype=object)[rng.integers(0, 3, COUNT)]
    stack = np.array(["trtllm-1.3.0rc20", "vllm-0.24.0", None], dtype=object)
    return {
        "gpu": gpu,
        "op": np.full(COUNT, "gemm", dtype=object),
        "dtype": np.array(["bf16", "fp8"], dtype=object)[rng.integers(0, 2, COUNT)],
        "framework": stack[rng.integers(0, 3, COUNT)],
        "m": m,
        "n": n,
        "k": k,
        "flops": 2 * m * n * k,
        "bytes": 2 * (m * k + n * k + m * n),
    }


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary"])
def test_texts_may_be_stored_in_any_way(tmp_path: Path, kind: str) -> None:
    wanted = columns()
    table = pa.table(wanted)
    for at, name in enumerate(table.column_names):
        if table[name].type == pa.string():
            texts = table[name]
            texts = texts.cast(pa.large_string()) if kind == "large_string" else texts
            texts = texts.dictionary_encode() if kind == "dictionary" else texts
            table = table.set_column(at, name, texts)
    pq.write_table(table, tmp_path / "rows.parquet", row_group_size=200)
    count = predict_file(tmp_path / "rows.parquet", tmp_path / "out.parquet", "gpu", None)
    assert count == COUNT
    found = pq.read_table(tmp_path / "out.parquet")
    expected = Predictor.load().predict_table(wanted)
    for name in ("latency_s", "low_s", "high_s"):
        assert found[name].to_numpy() == pytest.approx(expected[name], rel=1e-5)
    assert found["flags"].to_pylist() == expected["flags"].tolist()


def test_a_table_without_rows_keeps_the_columns_types(tmp_path: Path) -> None:
    pq.write_table(pa.table(columns()).slice(0, 0), tmp_path / "rows.parquet")
    assert predict_file(tmp_path / "rows.parquet", tmp_path / "out.parquet", "gpu", None) == 0
    schema = pq.read_schema(tmp_path / "out.parquet")
    assert schema.field("latency_s").type == pa.float64()
    assert schema.field("bound").type == schema.field("flags").type == pa.string()


def test_an_output_with_measured_times_is_not_predicted_again_under_their_name(
    tmp_path: Path,
) -> None:
    rows, out = tmp_path / "rows.parquet", tmp_path / "out.parquet"
    pq.write_table(one_gemm().append_column("latency_s", pa.array([1e-5, 2e-5])), rows)
    predict_file(rows, out, "gpu", None)
    assert pq.read_table(out)["latency_s_measured"].to_pylist() == [1e-5, 2e-5]
    with pytest.raises(InputError, match=r"out\.parquet: column latency_s is written as"):
        predict_file(out, tmp_path / "again.parquet", "gpu", None)
    assert not (tmp_path / "again.parquet").exists()


def one_gemm(**changed: object) -> pa.Table:
    row = {"gpu": "L4", "op": "gemm", "dtype": "bf16", "m": 8.0, "n": 16.0, "k": 32.0}
    row |= {"flops": 8192.0, "bytes": 2048.0}
    return pa.table({name: [value, changed.get(name, value)] for name, value in row.items()})


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("op", "zzz", "unknown op 'zzz'"),
        ("dtype", "foo", "unknown number format 'foo'"),
        ("gpu", "h1000", "unknown device 'h1000'"),
        ("flops", math.nan, "nan is no number from 0 up"),
        ("flops", 5.0, "5 is not 2 m n k, 8192 for the sizes beside it"),
        ("bytes", -5.0, "-5 is no number from 0 up"),
        ("bytes", math.inf, "inf is no number from 0 up"),
        ("k", -1.0, "-1 is no whole number from 1 up"),
        ("k", 0.0, "0 is no whole number from 1 up"),
        ("m", 4096.5, "4096.5 is no whole number from 1 up"),
        ("m", 1048576.5, "1048576.5 is no whole number from 1 up"),
        ("op", None, "unknown op 'None'"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_written(
    tmp_path: Path, column: str, value: object, told: str
) -> None:
    table, out = tmp_path / "rows.parquet", tmp_path / "out.parquet"
    pq.write_table(one_gemm(**{column: value}), table)
    done = subprocess.run(
        [sys.executable, "-m", "hwprof", "predict", "--table", str(table), "--out", str(out)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert f"{table}: row 2, column {column}: {told}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


@pytest.mark.parametrize(
    ("theirs", "ours"), [("matmul", "gemm"), ("fp8_e4m3", "fp8"), ("l4", "L4")]
)
def test_other_names_of_the_same_answer_the_same(tmp_path: Path, theirs: str, ours: str) -> None:
    column = {"matmul": "op", "fp8_e4m3": "dtype"}.get(theirs, "gpu")
    answers = []
    for name in (theirs, ours):
        pq.write_table(one_gemm(**{column: name}), tmp_path / f"{name}.parquet")
        out = tmp_path / f"{name}-out.parquet"
        predict_file(tmp_path / f"{name}.parquet", out, "gpu", None)
        answers.append(pq.read_table(out))
    assert answers[0]["latency_s"].to_pylist() == answers[1]["latency_s"].to_pylist()
    assert answers[0][column].to_pylist()[1] == theirs
