"""Waterline identities and the worked examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.waterline import Bar, above_peak_warning, waterline
from microbench.errors import InputError

EXAMPLE = waterline([(40, 20, 2.5), (600, 20, 8.0), (60, 10, 1.5)], 100, 10)


def test_the_example_worked_by_hand() -> None:
    assert EXAMPLE.work_flop == 700
    assert EXAMPLE.ideal_s == 7
    assert EXAMPLE.roofline_s == 7
    assert EXAMPLE.attainable_s == 9
    assert EXAMPLE.measured_s == 12
    assert EXAMPLE.water_flop == 200
    assert EXAMPLE.excess_flop == 400
    assert EXAMPLE.efficiency_model == pytest.approx(0.7778, abs=5e-5)
    assert EXAMPLE.efficiency_kernels == 0.75
    assert EXAMPLE.efficiency == pytest.approx(0.58333, abs=5e-6)
    assert EXAMPLE.gap_decades == pytest.approx(0.2341, abs=5e-5)


def test_fusing_the_example_makes_it_compute_bound() -> None:
    fused = EXAMPLE.fused(20)
    assert fused.bars[0].intensity == 35
    assert fused.attainable_s == 7
    assert fused.efficiency_model == 1
    assert EXAMPLE.attainable_s / fused.attainable_s == pytest.approx(9 / 7)


def test_convfirst_block_on_a100() -> None:
    """N=128, H=W=56, C=64, g=8, 3x3, r=4, fp16 on A100-40GB: 312 TFLOP/s, 1.555 TB/s."""
    pixels, c, g, r, e = 128 * 56 * 56, 64, 8, 4, 2
    grouped = (2 * pixels * c * 9 * g, e * (2 * pixels * c + c * 9 * g), None)
    expand = (2 * pixels * c * r * c, e * (pixels * (c + r * c) + r * c * c), None)
    project = (2 * pixels * r * c * c, e * (pixels * (r * c + c + c) + r * c * c), None)
    block = waterline([grouped, expand, project], 312e12, 1.555e12)
    attainable_us = [block.attainable_of(bar) * 1e6 for bar in block.bars]
    assert attainable_us == pytest.approx([66.1, 165.2, 198.3], abs=0.05)
    assert [bar.work_flop / 1e9 for bar in block.bars] == pytest.approx(
        [3.70, 13.15, 13.15], abs=0.005
    )
    assert [bar.bytes_moved / 1e6 for bar in block.bars] == pytest.approx(
        [102.8, 256.9, 308.3], abs=0.06
    )
    assert block.attainable_s * 1e6 == pytest.approx(429.6, abs=0.1)
    assert block.ideal_s * 1e6 == pytest.approx(96.2, abs=0.05)
    assert block.efficiency_model == pytest.approx(0.224, abs=5e-4)
    assert block.water_flop / 1e9 == pytest.approx(104.0, abs=0.05)
    fused = block.fused(e * 2 * pixels * c + e * (c * 9 * g + 2 * r * c * c))
    assert fused.bars[0].intensity == pytest.approx(291.8, abs=0.5)
    assert fused.efficiency_model == 1
    assert block.attainable_s / fused.attainable_s == pytest.approx(4.47, abs=0.005)


amount = st.floats(0, 1e15, allow_subnormal=False)
bars = st.lists(st.tuples(amount, amount, st.none()), min_size=1, max_size=20)
rate = st.floats(1, 1e15)


@given(bars, rate, rate)
def test_bounds_are_ordered(sequence: list[tuple[float, float, None]], p: float, b: float) -> None:
    line = waterline(sequence, p, b)
    tolerance = 1e-9 * line.attainable_s
    assert line.ideal_s <= line.roofline_s + tolerance
    assert line.roofline_s <= line.attainable_s + tolerance


@given(bars, rate, rate)
def test_work_and_water_fill_the_attainable_time(
    sequence: list[tuple[float, float, None]], p: float, b: float
) -> None:
    line = waterline(sequence, p, b)
    assert p * line.attainable_s == pytest.approx(line.work_flop + line.water_flop, rel=1e-9)


@given(bars, rate, rate)
def test_roofline_and_waterline_differ_by_the_lesser_of_water_and_excess(
    sequence: list[tuple[float, float, None]], p: float, b: float
) -> None:
    line = waterline(sequence, p, b)
    scale = p * line.attainable_s
    lost = p * (line.attainable_s - line.roofline_s)
    assert lost == pytest.approx(min(line.water_flop, line.excess_flop), abs=1e-9 * scale + 1e-300)


@given(st.lists(st.tuples(amount, amount, st.floats(1e-9, 1e3)), min_size=1), rate, rate)
def test_efficiency_is_the_product_of_its_parts(
    sequence: list[tuple[float, float, float]], p: float, b: float
) -> None:
    line = waterline(sequence, p, b)
    assert line.efficiency is not None
    assert line.efficiency_kernels is not None
    assert line.efficiency == pytest.approx(line.efficiency_model * line.efficiency_kernels)


def test_a_missing_time_leaves_efficiency_unknown() -> None:
    line = waterline([(1, 1, 1.0), (1, 1, None)], 1, 1)
    assert line.measured_s is None
    assert line.efficiency is None
    assert line.gap_decades is None


def test_intensity_without_traffic_is_infinite() -> None:
    assert Bar(1, 0).intensity == math.inf
    assert Bar(0, 0).intensity == 0


def test_more_than_peak_names_the_likely_cause() -> None:
    """ResNet-50 at 3149 image/s and 4.1 GMAC against the fp32 peak of an A100."""
    line = waterline([(2 * 4.1e9 * 3149, 1, 1.0)], 19.5e12, 1.555e12)
    assert "132%" in above_peak_warning(line.efficiency)
    assert "TF32" in above_peak_warning(line.efficiency)
    assert above_peak_warning(0.99) == ""


@pytest.mark.parametrize("bad", [(-1, 1, None), (math.nan, 1, None), (1, math.inf, None)])
def test_impossible_figures_are_refused(bad: tuple[float, float, None]) -> None:
    with pytest.raises(InputError, match="finite"):
        waterline([bad], 1, 1)
