"""One DRAM rate of a run: the fastest ok stream, in the roofs and in the bound of predictions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.reference.streams import believed, reached
from reports.roofs import measured_roofs

MIB = 2**20


def stream(
    rate: float, verdict: Verdict = Verdict.OK, level: str = "dram", size_bytes: int = 128 * MIB,
    operation: str = "read", stores: str = "plain", cores: int = 1,
) -> Measurement:  # fmt: skip
    axes = (
        ("operation", operation),
        ("stores", stores),
        ("level", level),
        ("size_bytes", size_bytes),
        ("cores", cores),
    )
    point = Point("cpu.memory.bandwidth", axes)
    return Measurement(point, Quantity.BANDWIDTH, verdict, value=rate, low=rate, high=rate)


def rung(size_bytes: int, latency_s: float) -> Measurement:
    point = Point("cpu.memory.latency", (("size_bytes", size_bytes), ("page_bytes", 4096)))
    return Measurement(point, Quantity.LATENCY, Verdict.OK, value=latency_s)


READ = stream(14.5e9)
COPY = stream(21.5e9, Verdict.NOISY, operation="copy", stores="nontemporal")


def test_a_noisy_stream_never_stands_where_an_ok_one_is() -> None:
    assert believed([READ, COPY]) == (READ,)
    assert believed([COPY]) == (COPY,)
    other_cores = stream(30e9, Verdict.NOISY, cores=2)
    assert believed([READ, other_cores]) == (READ, other_cores)
    (roof,) = measured_roofs([READ, COPY], "fp32")
    assert (roof.value, roof.source) == (14.5e9, "read, 128 MiB, 1 core: ok")
    (roof,) = measured_roofs([COPY], "fp32")
    assert (roof.value, roof.source) == (21.5e9, "copy nontemporal, 128 MiB, 1 core: noisy")


points = st.builds(
    stream,
    st.floats(1e9, 1e11),
    st.sampled_from([Verdict.OK, Verdict.NOISY]),
    operation=st.sampled_from(["read", "copy", "triad"]),
    stores=st.sampled_from(["plain", "nontemporal"]),
)


@given(st.lists(points, min_size=1, max_size=8))
def test_roof_and_predictions_bound_have_one_rate(run: list[Measurement]) -> None:
    from costmodel.analytic.cpu_evidence import envelope

    fma = Point("cpu.compute.fma", (("number_format", "fp32"), ("cores", 1)))
    whole = [*run, Measurement(fma, Quantity.THROUGHPUT, Verdict.OK, value=9e10)]
    (roof,) = (one for one in measured_roofs(whole, "fp32") if one.sloped)
    assert envelope(believed(whole), ()).bandwidth(2.0**40) == roof.value
    sure = [one.value for one in run if one.verdict is Verdict.OK]
    assert roof.value == max(filter(None, sure or [one.value for one in run]))


@pytest.mark.parametrize(
    ("latency_s", "name"), [(20e-9, "last-level cache"), (176e-9, "working set of 8 MiB")]
)
def test_a_level_is_named_where_the_ladder_finds_it(latency_s: float, name: str) -> None:
    ladder = [rung(4096, 1.3e-9), rung(8 * MIB, latency_s), rung(128 * MIB, 245e-9)]
    cached = stream(55e9, level="llc", size_bytes=8 * MIB)
    names = [one.name for one in measured_roofs([READ, cached, *ladder], "fp32")]
    assert names == ["DRAM, 1 core", f"{name}, 1 core"]
    assert reached([], 8 * MIB)
