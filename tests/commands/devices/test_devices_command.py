"""``hwprof devices``: what is printed, as people and as programs read it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hwprof.cli import run
from microbench.devices import catalogue


def test_the_table_has_a_line_for_every_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n{name} " in out for name in catalogue.load())
    assert "\ncpu " in out


def test_one_device_with_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices", "h100-sxm"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("H100-SXM-80GB: ")
    assert "989 TFLOP/s" in out
    assert "derived: sparse halved" in out
    assert "1830 MHz" in out


def test_json_is_versioned_and_in_si(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices", "l4", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "hwprof.devices/1"
    (l4,) = found["devices"]
    assert l4["dram_bandwidth_bytes_per_s"] == 300e9
    assert l4["fp16_peak_flop_per_s"] == 121e12
    assert l4["fp4_peak_flop_per_s"] is None
    assert l4["sources"]["dram_bandwidth_bytes_per_s"]


def test_csv_has_one_row_a_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) >= len(catalogue.load()) + 1
    assert float(next(r for r in rows if r["name"] == "A100-SXM-80GB")["clock_hz"]) == 1.41e9


def test_the_local_cpu_invents_no_peak(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices", "cpu"]) == 0
    assert "measured by `hwprof bench`" in capsys.readouterr().out


def test_an_unknown_device_is_one_line_with_near_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["devices", "h1000"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "H100" in captured.err


def test_json_and_csv_together_are_refused() -> None:
    assert run(["devices", "--json", "--csv"]) == 2
