"""Ratios of a run: each beside its baseline, its claim and what the bytes allow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hwprof.bench_summary import speedup_table
from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.errors import InputError
from microbench.workloads.speedups import filled, markdown, speedups


def measured(
    variant: str, value: float | None, spread: float = 0.01, verdict: Verdict = Verdict.OK
) -> Measurement:
    return Measurement(
        Point("cpu.workloads", (("workload", "mix"), ("variant", variant))),
        Quantity.LATENCY,
        verdict,
        value=value,
        low=value and value * (1 - spread),
        high=value and value * (1 + spread),
        notes={
            "workload": "Z99",
            "baseline": "three operators",
            "claimed": "2x (GPU)",
            "attainable_speedup": 1.5,
        },
    )


RUN = (measured("tiled", 4.0), measured("unfused", 2.0), measured("fused", 1.0))


def test_every_variant_stands_against_the_unfused_one_the_fused_first() -> None:
    fused, tiled = speedups(RUN)
    assert (fused.variant, fused.measured, fused.verdict) == ("fused", 2.0, "faster")
    assert (tiled.variant, tiled.measured, tiled.verdict) == ("tiled", 0.5, "slower")
    assert (fused.key, fused.baseline, fused.claimed) == ("Z99", "three operators", "2x (GPU)")
    assert fused.attainable == 1.5
    assert fused.low == pytest.approx(2 * 0.99 / 1.01)
    assert fused.high == pytest.approx(2 * 1.01 / 0.99)


def test_what_the_intervals_cannot_tell_apart_is_the_same_and_noise_is_said() -> None:
    run = (measured("unfused", 1.0), measured("fused", 0.99, 0.05, Verdict.NOISY))
    assert speedups(run)[0].verdict == "same, noisy"


def test_too_few_samples_for_an_interval_give_their_range() -> None:
    few = replace(
        measured("fused", 1.0), low=None, high=None, samples=(Sample(0.5), Sample(1.0), Sample(4.0))
    )
    (found,) = speedups((measured("unfused", 2.0, 0.0), few))
    assert (found.low, found.high, found.verdict) == (0.5, 4.0, "same")
    waiting = replace(few, basis="cpu-time", samples=(Sample(4.0, 1.0), Sample(8.0, 1.25)))
    (found,) = speedups((measured("unfused", 2.0, 0.0), waiting))
    assert (found.low, found.high) == (1.6, 2.0)


def test_variants_without_a_number_or_a_baseline_are_left_out() -> None:
    failed = measured("fused", None, verdict=Verdict.WRONG_RESULT)
    assert speedups((measured("unfused", 1.0), failed)) == ()
    assert speedups((measured("fused", 1.0),)) == ()
    other = replace(RUN[1], point=Point("cpu.gemm", (("m", 1),)))
    assert speedups((other, RUN[2])) == ()
    assert speedup_table((other,)) is None


def test_the_table_names_the_baseline_beside_every_ratio() -> None:
    assert markdown(speedups(RUN)).splitlines()[2:] == [
        "| Z99 | mix | fused | three operators | 2x (GPU) | 1.50 | 2.00 | faster |",
        "| Z99 | mix | tiled | three operators | 2x (GPU) | 1.50 | 0.50 | slower |",
    ]
    table = speedup_table(RUN)
    assert table is not None
    assert table.row_count == 2
    assert next(iter(table.columns[2].cells)).plain == "three operators"  # type: ignore[union-attr]


def test_marks_in_a_document_are_filled_and_can_be_filled_again() -> None:
    ratio = "It is <!-- ratio mix tiled -->9<!-- /ratio -->x.\n"
    text = f"<!-- table -->\nold\n<!-- /table -->\n{ratio}"
    once = filled(text, speedups(RUN))
    assert "It is <!-- ratio mix tiled -->0.50<!-- /ratio -->x." in once
    assert "| Z99 | mix | fused |" in once
    assert "old" not in once
    assert filled(once, speedups(RUN)) == once
    with pytest.raises(InputError, match="no ratio of mix, none"):
        filled("<!-- ratio mix none --><!-- /ratio -->", speedups(RUN))
