"""The worked examples of waterline analysis: in the exported data, and read back from the SVG."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.data import DeviceSection, KernelRecord, ReportData
from reports.figures import waterline as figures
from reports.figures.catalogue import draw, figures_for
from reports.figures.style import render
from reports.figures.svg import inlined, with_hover
from reports.page.build import page
from reports.page.sentence import opening

SVG = "{http://www.w3.org/2000/svg}"


def kernel(
    name: str, work: float, moved: float, time_s: float, peak: float, bandwidth: float
) -> KernelRecord:
    attainable = max(work / peak, moved / bandwidth)
    bound = "compute" if work / peak >= moved / bandwidth else "memory"
    return KernelRecord(
        name, "other", "fp16", 1, work, moved, time_s, 0.9 * time_s, 1.1 * time_s, attainable, bound
    )


def section(
    rows: list[tuple[str, float, float, float]], peak: float, bandwidth: float
) -> DeviceSection:
    kernels = tuple(kernel(*row, peak, bandwidth) for row in rows)
    return DeviceSection("d", "Device", "xla", "fp16", peak, bandwidth, kernels, measured=True)


HAND = section([("k1", 40, 20, 2.5), ("k2", 600, 20, 8.0), ("k3", 60, 10, 1.5)], 100, 10)
A100_PEAK, A100_BANDWIDTH = 312e12, 1.555e12


def convfirst() -> DeviceSection:
    """ConvFirst, N=128, 56 x 56, C=64, g=8, 3x3, r=4, fp16; one kernel each layer."""
    pixels, c, g, r = 128 * 56 * 56, 64, 8, 4
    rows = [
        ("grouped 3x3", 2 * pixels * c * 9 * g, 2 * (2 * pixels * c + c * 9 * g)),
        ("expand", 2 * pixels * c * r * c, 2 * (pixels * (c + r * c) + r * c * c)),
        ("project", 2 * pixels * c * r * c, 2 * (pixels * (r * c + 2 * c) + r * c * c)),
    ]
    return section(
        [(name, work, moved, max(work / A100_PEAK, moved / A100_BANDWIDTH)) for name, work, moved
         in rows], A100_PEAK, A100_BANDWIDTH,
    )  # fmt: skip


def bars(svg: str, kind: str) -> dict[int, tuple[float, float]]:
    """Return each kernel's width and height as shares of the axes, from the drawing itself."""
    tree = ElementTree.fromstring(svg)
    axes = tree.find(f".//{SVG}g[@id='patch_2']/{SVG}path")
    assert axes is not None
    whole_width, whole_height = _extent(axes.get("d") or "")
    found = {}
    for group in tree.iter(f"{SVG}g"):
        match = re.fullmatch(rf"{kind}-(\d+)", group.get("id") or "")
        if match:
            path = group.find(f"{SVG}path")
            assert path is not None
            width, height = _extent(path.get("d") or "")
            found[int(match.group(1))] = (width / whole_width, height / whole_height)
    return found


def _extent(path: str) -> tuple[float, float]:
    numbers = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", path)]
    xs, ys = numbers[0::2], numbers[1::2]
    return max(xs) - min(xs), max(ys) - min(ys)


def drawn_svg(name: str, data: ReportData) -> str:
    (one,) = draw(name, data)
    return render(one.figure, "svg").decode()


def test_hand_example_in_exported_data() -> None:
    document = ReportData("hand", (HAND,))
    assert ReportData.from_json(document.to_json()) == document
    line = HAND.waterline()
    assert line is not None
    assert HAND.efficiencies is not None
    assert HAND.efficiencies == pytest.approx((0.583, 0.778, 0.75), abs=5e-4)
    assert (line.ideal_s, line.roofline_s, line.attainable_s) == (7, 7, 9)
    assert (line.water_flop, line.excess_flop, line.measured_s) == (200, 400, 12)
    assert line.gap_decades == pytest.approx(0.2341, abs=5e-5)
    assert "58.3% of peak = 78%" in opening(HAND)
    rows = json.loads(document.to_json())["sections"][0]["kernels"]
    assert sum(row["work_flop"] for row in rows) == 700
    assert sum(row["bytes_moved"] for row in rows) == 50
    assert [row["attainable_s"] for row in rows] == [2, 6, 1]


def test_convfirst_in_exported_data() -> None:
    block = convfirst()
    line = block.waterline()
    assert line is not None
    assert [round(k.work_flop / 1e9, 2) for k in block.kernels] == [3.70, 13.15, 13.15]
    assert [round(k.bytes_moved / 1e6, 1) for k in block.kernels] == [102.8, 256.9, 308.3]
    assert [round(k.attainable_s * 1e6, 1) for k in block.kernels] == [66.1, 165.2, 198.3]
    assert [round(k.intensity, 1) for k in block.kernels] == [36.0, 51.2, 42.7]
    assert line.attainable_s * 1e6 == pytest.approx(429.6, abs=0.05)
    assert line.ideal_s * 1e6 == pytest.approx(96.2, abs=0.05)
    assert line.efficiency_model == pytest.approx(0.224, abs=5e-4)
    assert line.water_flop / 1e9 == pytest.approx(104.0, abs=0.05)
    fused = line.fused(block.kernels[0].bytes_moved)
    assert fused.efficiency_model == 1
    assert line.attainable_s / fused.attainable_s == pytest.approx(4.47, abs=5e-3)


@pytest.mark.parametrize("block", [HAND, convfirst()], ids=["hand", "convfirst"])
def test_model_view_areas_are_work_in_the_drawing(block: DeviceSection) -> None:
    line = block.waterline()
    assert line is not None
    found = bars(drawn_svg("waterline", ReportData("x", (block,))), "model")
    assert len(found) == len(block.kernels)
    scale = line.bytes_moved * figures.CLIP * line.balance
    areas = {index: width * height * scale for index, (width, height) in found.items()}
    for index, one in enumerate(block.kernels):
        assert areas[index] == pytest.approx(one.work_flop, rel=1e-3)
        assert found[index][0] * line.bytes_moved == pytest.approx(one.bytes_moved, rel=1e-3)
        above = found[index][1] * figures.CLIP > 1
        assert above == (one.intensity > line.balance)
    assert sum(areas.values()) == pytest.approx(line.work_flop, rel=1e-3)


def test_time_view_areas_are_ideal_time_in_the_drawing() -> None:
    found = bars(drawn_svg("waterline-time", ReportData("x", (HAND,))), "time")
    areas = [width * 12 * height * 1.05 for _, (width, height) in sorted(found.items())]
    assert areas == pytest.approx([0.4, 6.0, 0.6], rel=1e-3)


numbers = st.floats(1e-3, 1e6)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6), numbers, numbers)
def test_drawn_identities(
    rows: list[tuple[float, float, float]], peak: float, bandwidth: float
) -> None:
    block = section([(f"k{i}", *row) for i, row in enumerate(rows)], peak, bandwidth)
    line = block.waterline()
    assert line is not None
    assert line.ideal_s <= line.roofline_s * (1 + 1e-12)
    assert line.roofline_s <= line.attainable_s * (1 + 1e-12)
    water_and_work = line.work_flop + line.water_flop
    assert peak * line.attainable_s == pytest.approx(water_and_work, rel=1e-9)
    gap = peak * (line.attainable_s - line.roofline_s)
    least = min(line.water_flop, line.excess_flop)
    assert math.isclose(gap, least, rel_tol=1e-6, abs_tol=1e-9 * water_and_work)
    found = bars(drawn_svg("waterline", ReportData("x", (block,))), "model")
    assert sum(width for width, _ in found.values()) == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_same_bytes_for_the_same_report(kind: str) -> None:
    data = ReportData("x", (HAND,))
    first = [render(one.figure, kind) for one in figures_for(data)]
    second = [render(one.figure, kind) for one in figures_for(data)]
    assert first == second
    assert len(first) == 4


def test_same_page_from_exported_json() -> None:
    data = ReportData("x", (HAND, convfirst()), warnings=("careful",))
    assert page(ReportData.from_json(data.to_json())) == page(data)


def test_every_kernel_is_one_dot_of_the_roofline_placed_by_its_rate() -> None:
    svg = drawn_svg("roofline", ReportData("x", (HAND,)))
    tree = ElementTree.fromstring(svg)
    dots = {group.get("id"): group.find(f"{SVG}circle") for group in tree.iter(f"{SVG}g")
            if (group.get("id") or "").startswith("roof-")}  # fmt: skip
    assert set(dots) == {"roof-0", "roof-1", "roof-2"}
    rates = [kernel.work_flop / kernel.latency_s for kernel in HAND.kernels]
    heights = [-float(dots[f"roof-{i}"].get("cy") or 0) for i in range(3)]  # type: ignore[union-attr]
    per_decade = (heights[1] - heights[0]) / math.log10(rates[1] / rates[0])
    expected = heights[0] + per_decade * math.log10(rates[2] / rates[0])
    assert heights[2] == pytest.approx(expected, abs=0.05)


def test_inlining_leaves_texts_as_they_are() -> None:
    named = replace(HAND, kernels=(replace(HAND.kernels[0], name='M 3.14159 style="x" L 2 C'),))
    small = inlined(with_hover(drawn_svg("roofline", ReportData("x", (named,))), (named,)), "f0")
    assert "<title>M 3.14159 style=&#34;x&#34; L 2 C: " in small
    assert ">DRAM 10 B/s<" in small
    ElementTree.fromstring(small)


def test_kernels_of_several_devices_have_hover_texts_in_one_file() -> None:
    other = replace(HAND, name="e", kernels=HAND.kernels[::-1])
    svg = with_hover(drawn_svg("waterline", ReportData("x", (HAND, other))), (HAND, other))
    for name, first in (("d", "k1"), ("e", "k3")):
        assert f'<g id="{name}-model-0" class="bar"><title>{first}: ' in svg


def test_inlined_svg_keeps_every_kernel_and_its_text() -> None:
    svg = drawn_svg("waterline", ReportData("x", (HAND,)))
    titled = with_hover(svg, (HAND,))
    told = "k2: 8 s (7.20 s to 8.80 s), 600 FLOP, 20 B, 30 FLOP/B, compute-bound, 0.75 of its bound"
    assert f"<title>{told}</title>" in titled
    small = inlined(titled, "f7")
    assert small.count('class="bar"') == 3
    assert 'id="f7-model-2"' in small
    assert len(small) < len(titled)
    ElementTree.fromstring(small)
