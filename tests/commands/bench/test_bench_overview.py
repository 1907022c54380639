"""A long run is told in a screen: extremes of each benchmark, and why points are not ok."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console
from sample_runs import measured

from hwprof.bench_overview import FEW, overview
from hwprof.commands.bench import _show
from microbench.benchmark import Measurement, Quantity, Verdict


class KnownRun:
    id, name, state = "r1", "", "complete"

    class device_spec:  # noqa: N801 - stands in for an attribute
        title = "Example X1"


RUN: Any = KnownRun()


def ladder(count: int) -> list[Measurement]:
    return [
        measured(
            "cpu.memory.latency", {"size_bytes": 4096 << at}, Quantity.LATENCY, 1e-9 * (at + 1)
        )
        for at in range(count)
    ]


def printed(found: list[Measurement], width: int) -> tuple[str, tuple[str, ...]]:
    drawn, lines = overview(RUN, found, width)
    stream = io.StringIO()
    Console(file=stream, width=width, no_color=True).print(drawn)
    return stream.getvalue(), lines


def test_a_benchmark_is_one_line_with_its_extremes_and_verdicts() -> None:
    steps = ladder(8)
    noisy = replace(steps[7], verdict=Verdict.NOISY, low=1e-9, high=2e-8, reason="wide")
    lost = replace(steps[0], verdict=Verdict.UNSUPPORTED, value=None, reason="no such unit")
    text, lines = printed([*steps[:7], noisy, lost, lost], 120)
    (row,) = [line for line in text.splitlines() if line.startswith("cpu.memory.latency")]
    assert row.split("  ")[-1].strip() == "7 ok, 2 unsupported, 1 noisy"
    assert "1.00 ns 4 KiB" in row
    assert "8.00 ns 512 KiB (noisy)" in row
    assert row.count("(noisy)") == 1
    assert lines[0] == "2 unsupported: no such unit"
    assert lines[1] == "1 noisy, the worst cpu.memory.latency 512 KiB: wide"
    assert lines[2].startswith("all 10 points: `hwprof export r1 --format csv`")


def test_noisy_points_are_extremes_and_say_so() -> None:
    text, _ = printed([replace(one, verdict=Verdict.NOISY) for one in ladder(3)], 120)
    assert "1.00 ns 4 KiB (noisy)" in text
    assert "3.00 ns 16 KiB (noisy)" in text


def test_a_benchmark_without_a_number_says_so() -> None:
    (one,) = ladder(1)
    text, lines = printed([replace(one, verdict=Verdict.FAILED, value=None)], 80)
    assert "1 failed" in text
    assert lines[0] == "1 failed: no reason given"


@pytest.mark.parametrize("width", [60, 80, 160])
def test_it_fits_the_console(width: int) -> None:
    text, _ = printed(ladder(20), width)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("count", "every", "shown"),
    [(FEW, False, True), (FEW + 1, False, False), (FEW + 1, True, True)],
)
def test_few_points_are_all_shown_and_many_on_request(
    count: int, every: bool, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    class Outcome:
        run, measurements, missing, place = RUN, ladder(count), 0, "here"

    from hwprof.console import output

    output.cache_clear()
    found: Any = Outcome()
    _show([found], as_json=False, no_color=True, every=every)
    output.cache_clear()
    assert ("14.0 ns" in capsys.readouterr().out) is shown
