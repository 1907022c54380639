"""What was measured here is held to the rules published figures are held to."""

from __future__ import annotations

import pytest

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from microbench.reference.own import impossible, ladder_problems, refuse_impossible

H200 = catalogue.find("H200-SXM")
CLOCK_HZ = 1.755e9


def measured(benchmark: str, value: float, quantity: Quantity, /, **axes: object) -> Measurement:
    notes = {"number_format": axes["format"]} if "format" in axes else {}
    return Measurement(
        Point(benchmark, tuple(axes.items())),  # type: ignore[arg-type]
        quantity,
        Verdict.OK,
        value=value,
        low=value,
        high=value,
        clock_hz=CLOCK_HZ,
        notes=notes,  # type: ignore[arg-type]
    )


def chase(cycles: float, space: str, size_bytes: int) -> Measurement:
    value = cycles / CLOCK_HZ
    axes = {"space": space, "size_bytes": size_bytes}
    return measured("gpu.memory.latency", value, Quantity.LATENCY, **axes)


def copy(rate: float) -> Measurement:
    axes = {"level": "dram", "direction": "copy"}
    return measured("gpu.memory.bandwidth", rate, Quantity.BANDWIDTH, **axes)


def wgmma(rate: float) -> Measurement:
    axes = {"format": "bf16", "columns": 256, "source": "ss", "pattern": "dense"}
    return measured("gpu.tensor.wgmma.throughput", rate, Quantity.THROUGHPUT, **axes)


def operation(name: str, cycles: float) -> Measurement:
    value = cycles / CLOCK_HZ
    return measured("gpu.arithmetic.latency", value, Quantity.LATENCY, operation=name)


FULL_RATE = 132 * 4096 * CLOCK_HZ * 2


@pytest.mark.parametrize(
    ("possible", "not_possible", "reason"),
    [
        (chase(33, "l1", 32 << 10), chase(9, "l1", 32 << 10), "another level answered"),
        (chase(270, "l2", 4 << 20), chase(60, "l2", 4 << 20), "another level answered"),
        (chase(30, "shared", 16 << 10), chase(90, "shared", 16 << 10), "at most 45 cycles"),
        (copy(4.2e12), copy(5.5e12), "a cache answered"),
        (wgmma(0.95 * FULL_RATE / 2), wgmma(1.1 * FULL_RATE / 2), "above SMs x rate x clock"),
        (operation("fp32_fma", 4.0), operation("fp32_fma", 2.1), "at least 4 cycles"),
    ],
)
def test_an_impossible_figure_is_refused(
    possible: Measurement, not_possible: Measurement, reason: str
) -> None:
    assert refuse_impossible(possible, H200) == possible
    refused = refuse_impossible(not_possible, H200)
    assert refused.verdict is Verdict.WRONG_RESULT
    assert refused.value is refused.low is refused.high is None
    assert reason in refused.reason


def test_a_slow_special_function_is_no_folded_chain() -> None:
    assert impossible(operation("fp32_rcp", 40.0), H200) == ""


def test_what_no_rule_knows_passes() -> None:
    assert impossible(measured("cpu.clock", 9e9, Quantity.FREQUENCY), H200) == ""


def test_a_ladder_that_falls_is_named_and_ladders_are_kept_apart() -> None:
    def step(size_bytes: int, page_bytes: int, latency_s: float) -> Measurement:
        axes = {"size_bytes": size_bytes, "page_bytes": page_bytes}
        return measured("cpu.memory.latency", latency_s, Quantity.LATENCY, **axes)

    rising = [step(4096, 4096, 1e-9), step(8192, 4096, 2e-9), step(4096, 2097152, 1e-9)]
    assert ladder_problems(rising) == ()
    (problem,) = ladder_problems([*rising, step(8192, 2097152, 0.5e-9)])
    assert problem.startswith("cpu.memory.latency (page of 2 MiB): 0.500 ns at 8 KiB after")


def test_a_slope_of_four_cycles_may_read_a_hair_less() -> None:
    assert impossible(operation("fp32_fma", 3.99), H200) == ""
    assert "at least 4 cycles" in impossible(operation("fp32_fma", 3.8), H200)


@pytest.mark.parametrize(("name", "lanes"), [("fp32_fma", 128), ("fp64_fma", 64)])
def test_no_more_multiply_adds_than_lanes_and_cycles(name: str, lanes: int) -> None:
    full = 132 * 2 * lanes * CLOCK_HZ
    axes = {"operation": name, "chains": 4, "warps": 32}
    kind = Quantity.THROUGHPUT
    possible = measured("gpu.arithmetic.throughput", 0.99 * full, kind, **axes)
    too_much = measured("gpu.arithmetic.throughput", 1.3 * full, kind, **axes)
    assert impossible(possible, H200) == ""
    assert "above SMs x rate x clock" in impossible(too_much, H200)
