"""What a reader sees in the pictures: names of levels, dots by time, notes off the keys, sizes."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.collections import PathCollection

from reports.data import DeviceSection, KernelRecord, MeasuredPoint, ReportData
from reports.export import write
from reports.figures.efficiency_gap import of_sections
from reports.figures.memory_ladder import levels, memory_ladder
from reports.figures.roofline import roofline
from reports.figures.style import sign

SIZES = [2**exponent for exponent in range(12, 28)]
LADDER_NS = (1.3, 1.3, 1.3, 1.7, 3.9, 4.0, 4.9, 14, 17, 20, 158, 176, 180, 206, 225, 245)


def rung(size_bytes: int, ns: float) -> MeasuredPoint:
    axes = {"size_bytes": size_bytes, "page_bytes": 4096}
    value = ns * 1e-9
    return MeasuredPoint("cpu.memory.latency", axes, "latency_s", "ok", "", value, value, value)


def kernel(name: str, time_s: float) -> KernelRecord:
    ends = (time_s, 0.9 * time_s, 1.1 * time_s)
    return KernelRecord(name, "gemm", "fp32", 1, 1e9, 1e7, *ends, 1e-6, "compute")


def section(*times_s: float, name: str = "d") -> DeviceSection:
    kernels = tuple(kernel(f"k{at}", time_s) for at, time_s in enumerate(times_s))
    return DeviceSection(name, f"Device {name} of a long name", "xla", "fp32", 1e14, 1e12, kernels)


def test_a_ladder_names_the_levels_its_steps_tell_apart() -> None:
    whole = [rung(*pair) for pair in zip(SIZES, LADDER_NS, strict=True)]
    found = {name: [p.axes["size_bytes"] for p in rungs] for name, rungs in levels(whole)}
    assert list(found) == ["L1", "L2", "L3", "DRAM"]
    assert [own[0] for own in found.values()] == [2**12, 2**16, 2**19, 2**22]
    assert {"L1", "L2", "L3", "DRAM"} <= {t.get_text() for t in memory_ladder(whole).axes[0].texts}
    without_l3 = [p for p in whole if not 2**19 <= int(p.axes["size_bytes"]) < 2**22]
    assert [name for name, _ in levels(without_l3)] == ["L1", "L2", "DRAM"]
    assert levels(whole[:10]) == []
    assert levels([rung(size_bytes, 5.0) for size_bytes in SIZES]) == []


def test_dots_differ_in_area_as_their_times_do() -> None:
    (axes,) = roofline(section(1e-5, 2e-5, 8e-5)).axes
    (dots,) = (one for one in axes.collections if isinstance(one, PathCollection))
    first, second, third = dots.get_sizes()
    assert second / first == pytest.approx(2)
    assert third / first == pytest.approx(8)


@pytest.mark.parametrize("devices", [1, 2, 3, 4])
def test_a_picture_s_note_does_not_lie_on_its_key(devices: int) -> None:
    figure = of_sections([section(1e-5, name=f"d{at}") for at in range(devices)])
    sign(figure, "times: kernels of inductor as eager calls")
    figure.draw_without_rendering()
    note = figure._suptitle.get_window_extent()  # type: ignore[attr-defined]
    (key,) = figure.legends
    assert not note.overlaps(key.get_window_extent())
    for axes in figure.axes:
        assert not note.overlaps(axes.title.get_window_extent()) or not axes.title.get_text()


@pytest.mark.parametrize("dpi", [100, 300])
def test_dpi_sets_the_size_of_a_png(dpi: int, tmp_path: Path) -> None:
    data = ReportData("x", (replace(section(1e-5), name="cpu"),))
    (path,) = write(data, tmp_path, ["png"], "roofline", dpi=dpi)
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert (width, height) == (8 * dpi, round(4.4 * dpi))
