"""Impossible published figures are refused, all sound ones pass, by rules and not by look-up."""

from __future__ import annotations

import csv

import pytest

from microbench.reference.sanity import is_plausible, ladder_problem, rate_problem


def rows(folder, name):
    with (folder / "reference" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def reason(row):
    return is_plausible(
        row["gpu"],
        row["benchmark"],
        row["variant"],
        row["metric"],
        float(row["value"]),
        row["unit"],
    )


def test_every_known_artefact_is_refused(shared_data):
    found = rows(shared_data, "microbench_artefacts.csv")
    assert len(found) == 63
    missed = [(r["gpu"], r["variant"], r["metric"], r["value"]) for r in found if not reason(r)]
    assert missed == []


def test_no_sound_figure_is_refused(shared_data):
    found = rows(shared_data, "microbench.csv")
    assert len(found) == 908
    refused = [
        (r["gpu"], r["benchmark"], r["variant"], r["value"], why)
        for r in found
        if (why := reason(r))
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        (("H200", "dpx", "__viaddmax_s32", "latency", 3.9, "cycles"), "at least 4"),
        (("H200", "alu_latency", "FADD", "latency", 20.0, "cycles"), "loop"),
        (("H200", "alu_throughput", "IADD", "cycles_per_warp_inst", 0.9, "cycles"), "scheduler"),
        (("H200", "dpx", "__viaddmax_s32", "throughput_sm", 66.0, "ops/cycle/SM"), "64 lanes"),
        (("H200", "x_latency", "shared", "latency", 60.0, "cycles"), "clock reads"),
        (("H200", "x_latency", "L2", "latency", 90.0, "cycles"), "another level"),
        (("H200", "x_latency", "global", "latency", 300.0, "cycles"), "another level"),
        (("H200", "nvbandwidth", "Device to Host", "bandwidth", 80.0, "GB/s"), "16 lanes"),
        (("H200", "dram_bandwidth", "copy", "bandwidth", 5000.0, "GB/s"), "a cache answered"),
        (("H200", "gemm", "bf16 8192", "throughput", 1300.0, "TFLOP/s"), "highest clock"),
        (("H200", "mma_sync", "fp16 dense", "throughput", 850.0, "TFLOP/s"), "this path"),
        (("H200", "mma_sync_peak", "mma_f8f8f32_16_8_32", "throughput", 500.0, "TFLOP/s"), "emul"),
    ],
)
def test_rules_hold_for_figures_nobody_published(figure, word):
    assert word in is_plausible(*figure)


def test_unknown_chips_and_units_are_left_alone():
    assert is_plausible("Some GPU", "gemm", "bf16", "throughput", 1e9, "TFLOP/s") == ""
    assert is_plausible("H200", "te_llm", "llama", "throughput", 1e9, "tokens/s") == ""


def test_a_ladder_may_not_fall():
    assert ladder_problem([1, 2, 4], [30.0, 29.0, 200.0]) == ""
    assert "cannot be faster" in ladder_problem([1, 4, 2], [30.0, 180.0, 200.0])


def test_no_rate_is_above_units_times_clock():
    assert rate_problem(132 * 4096 * 1.7e9, 132, 4096, 1.7e9) == ""
    assert "above SMs" in rate_problem(132 * 4096 * 1.8e9, 132, 4096, 1.7e9)
