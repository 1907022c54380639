"""What a report says first: the split of the time, what to change, what a run found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.comparison import Change, Compared, Comparison
from reports.comparison_text import markdown
from reports.data import DeviceSection, KernelRecord, MeasuredPoint, warnings_of
from reports.evidence import Trial
from reports.figures.style import share
from reports.page.sentence import changes, lost, opening, run_opening, tuning_opening

PEAK, BANDWIDTH = 1e14, 1e12


def kernel(name: str, family: str, bound: str, attainable_s: float, time_s: float) -> KernelRecord:
    work = PEAK * attainable_s
    return KernelRecord(
        name, family, "fp32", 2, work, 1e6, time_s, time_s, time_s, attainable_s, bound
    )


def section(*kernels: KernelRecord) -> DeviceSection:
    return DeviceSection("d", "Device", "inductor", "fp32", PEAK, BANDWIDTH, kernels)


MIXED = section(
    kernel("conv a", "convolution", "latency", 1e-6, 20e-6),
    kernel("conv b", "convolution", "latency", 1e-6, 30e-6),
    kernel("gemm", "gemm", "compute", 10e-6, 40e-6),
    kernel("add", "elementwise", "memory", 4e-6, 5e-6),
    kernel("mul", "elementwise", "latency", 1e-6, 6e-6),
)


def test_changes_are_grouped_and_no_kernel_is_in_two() -> None:
    found = changes(MIXED)
    assert [change.text.split(" (")[0] for change in found] == [
        "Batch or merge the 4 convolution kernels",
        "Bring gemm",
        "Fuse the 2 elementwise kernels into the kernels that feed them",
    ]
    assert "slowest: conv b" in found[0].text
    assert [change.saving_s for change in found] == pytest.approx([96e-6, 60e-6, 22e-6])
    assert sum(change.saving_s for change in found) <= MIXED.measured_s


times = st.floats(1e-6, 1e-2)


@given(st.lists(st.tuples(times, times, st.floats(1, 1000)), min_size=1, max_size=8))
def test_the_parts_of_the_time_add_up(rows: list[tuple[float, float, float]]) -> None:
    kernels = []
    for index, (compute_s, memory_s, slower) in enumerate(rows):
        attainable_s = max(compute_s, memory_s)
        one = kernel(f"k{index}", "gemm", "memory", attainable_s, slower * attainable_s)
        kernels.append(replace(one, work_flop=PEAK * compute_s))
    whole = section(*kernels)
    parts = [part for _, part in lost(whole)]
    assert sum(parts) == pytest.approx(whole.measured_s)
    assert whole.efficiencies is not None
    assert parts[0] / whole.measured_s == pytest.approx(whole.efficiencies[0])


def launched(launch_s: float) -> DeviceSection:
    one = kernel("gemm", "gemm", "compute", 10e-6, 40e-6)
    add = kernel("add", "elementwise", "memory", 4e-6, 14e-6)
    return section(*(replace(each, launch_s=launch_s, count=1) for each in (one, add)))


def test_launches_are_told_apart_and_advised_on() -> None:
    few, many = launched(2e-6), launched(20e-6)
    assert "most is lost in the kernels (67% of the time)." in opening(few)
    assert "most is lost in the launches (56% of the time) and the kernels (19%)." in opening(many)
    assert dict(lost(many))["more in launches"] == pytest.approx(30e-6)
    assert "CUDA graph" in changes(many)[0].text
    assert changes(many)[0].saving_s == pytest.approx(20e-6)
    whole = replace(many, stack="xla")
    assert not any("CUDA graph" in change.text for change in changes(whole))


@given(times, times, times)
def test_a_launch_is_never_more_than_what_exceeds_the_bound(
    attainable_s: float, time_s: float, launch_s: float
) -> None:
    one = replace(kernel("k", "gemm", "compute", attainable_s, time_s), launch_s=launch_s)
    over_s = 2 * max(0.0, time_s - attainable_s)
    assert 0 <= one.launches_s <= over_s
    assert one.recoverable_s + one.launches_s == pytest.approx(over_s)


def test_a_time_above_the_peak_has_no_split() -> None:
    assert lost(section(kernel("k", "gemm", "compute", 2e-6, 1e-6))) == []


@pytest.mark.parametrize(
    ("part", "told"),
    [(0.583, "58%"), (0.0444, "4.4%"), (0.00123, "0.12%"), (0.0, "0%"), (3e-5, "0.003%")],
)
def test_a_small_share_is_never_nothing(part: float, told: str) -> None:
    assert share(part) == told


def test_the_opening_of_a_slow_model_keeps_its_digits() -> None:
    slow = section(kernel("k", "gemm", "compute", 1e-6, 4e-4))
    assert "0.25% of peak = 100%" in opening(slow)


def point(benchmark: str, quantity: str, value: float, **axes: str) -> MeasuredPoint:
    return MeasuredPoint(benchmark, axes, quantity, "ok", value=value)


def test_a_run_opens_with_its_roofs_and_not_with_what_a_library_reached() -> None:
    told = run_opening(
        [
            point("cpu.memory.bandwidth", "bandwidth_bytes_per_s", 2e10, level="dram",
                  operation="read"),
            point("cpu.memory.bandwidth", "bandwidth_bytes_per_s", 9e10, level="L1",
                  operation="read"),
            point("cpu.compute.fma", "throughput_flop_per_s", 1e11, number_format="fp32"),
            point("cpu.library", "throughput_flop_per_s", 1e9, number_format="bf16"),
        ]
    )  # fmt: skip
    assert told == (
        "Measured: the device moves 20.0 GB/s of memory (read: ok) and reaches 100 GFLOP/s in fp32."
    )
    assert run_opening(()) == ""


def test_a_tuning_opens_with_how_soon_it_was_near_its_best() -> None:
    trials = [Trial(1, 2e-3, "m=1"), Trial(2, None, "m=2"), Trial(3, 1.008e-3, "m=3", chosen=True),
              Trial(4, 1e-3, "m=4")]  # fmt: skip
    told = tuning_opening(trials)
    assert told.startswith("The fastest of 4 configurations measured takes 1.00 ms; number 3 was")
    assert told.endswith("Chosen: m=3, 1.01 ms.")
    assert tuning_opening([Trial(1, None, "m=1")]) == "Not one of 1 configurations ran."


def test_warnings_count_and_explain() -> None:
    points = [replace(point("a", "latency_s", 1.0), verdict=v) for v in ("ok", "failed", "noisy")]
    failed, noisy = warnings_of((), points)
    assert failed == "1 of 3 measured points failed and have no value"
    assert noisy.startswith("1 of 3 measured points scatter more")
    flagged = replace(MIXED.kernels[0], flags=("outside-training-range",))
    (warning,) = warnings_of((section(flagged),), ())
    assert "unlike those the cost model was fitted on" in warning


def test_a_warning_does_not_swallow_the_table_after_it() -> None:
    one = Compared("p", "p", Change.SLOWER, 1.0, 2.0, 2.0, 1.9, 2.1)
    text = markdown(Comparison("a", "b", "D", (one,), ("careful",)), ())
    assert "> careful\n\n| point |" in text
