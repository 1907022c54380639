"""Steps of a latency ladder: found where intervals confirm them, and only there."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from hwprof.bench_gpu_tables import step_table
from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.protocol.levels import size, steps


def rung(kib: int, ns: float, half: float = 0.005, space: str = "l1", verdict=Verdict.OK):
    return Measurement(
        Point("gpu.memory.latency", (("space", space), ("size_bytes", kib << 10))),
        Quantity.LATENCY,
        verdict,
        value=ns * 1e-9,
        low=ns * 1e-9 * (1 - half),
        high=ns * 1e-9 * (1 + half),
    )


def test_a_level_ends_between_two_sizes():
    ladder = [rung(64, 20), rung(128, 20.1), rung(192, 20.2), rung(256, 150), rung(384, 152)]
    (found,) = steps(reversed(ladder))
    assert (size(found.below) >> 10, size(found.above) >> 10) == (192, 256)
    assert round(found.factor, 2) == 7.43


def test_a_gradual_end_is_one_step():
    ladder = [rung(64, 20), rung(128, 40), rung(192, 90), rung(256, 150), rung(384, 151)]
    (found,) = steps(ladder)
    assert (size(found.below) >> 10, size(found.above) >> 10) == (64, 256)


def test_spaces_are_ladders_of_their_own_and_failed_points_no_rungs():
    ladder = [rung(32, 15, space="shared"), rung(32, 20), rung(64, 21)]
    assert steps(ladder) == ()
    assert steps([rung(32, 20), rung(64, 90, verdict=Verdict.THROTTLED)]) == ()


def test_a_rise_within_the_intervals_is_no_step():
    assert steps([rung(32, 20, half=0.2), rung(64, 25, half=0.2)]) == ()
    assert len(steps([rung(32, 20), rung(64, 25)])) == 1


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=12))
def test_steps_follow_each_other_without_overlap(latencies):
    found = steps(rung(1 << at, ns) for at, ns in enumerate(latencies))
    ends = [size(end) for step in found for end in (step.below, step.above)]
    assert ends == sorted(ends)
    assert all(step.factor > 1.1 for step in found)


def test_the_table_names_sizes_in_bytes_and_pages():
    from rich.console import Console

    pages = [
        replace(rung(1, ns), point=Point("gpu.memory.tlb", (("pages", count),)))
        for count, ns in ((4, 200), (64, 400))
    ]
    table = step_table([rung(192, 20), rung(256, 150), *pages])
    console = Console(width=200, file=StringIO())
    console.print(table)
    text = console.file.getvalue()
    assert "192 KiB" in text
    assert "256 KiB" in text
    assert "64 pages" in text
    assert "20.0 ns to 150 ns" in text
    assert step_table([rung(64, 20)]) is None
