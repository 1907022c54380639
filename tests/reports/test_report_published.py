"""A GPU run's figures stand beside what others published of the same chip."""

from __future__ import annotations

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from reports.data import ReportData, published_of
from reports.export import markdown
from reports.figures.catalogue import draw, figures_for
from reports.page.build import page

AXES = {"level": "dram", "direction": "copy", "in_flight": 4, "blocks_per_sm": 8}


def copy(value: float) -> Measurement:
    point = Point("gpu.memory.bandwidth", tuple(AXES.items()))
    return Measurement(
        point, Quantity.BANDWIDTH, Verdict.OK, value=value, low=0.99 * value, high=1.01 * value
    )


def test_a_copy_is_set_beside_its_published_range() -> None:
    (found,) = published_of([copy(4.2e12)], catalogue.find("H200-SXM"))
    assert found.published_low <= found.published_high
    assert found.low < found.value < found.high
    assert found.source
    (figure,) = draw("published", ReportData("run", published=(found,)))
    assert figure.name == "published"


def test_a_chip_nobody_published_has_its_datasheet_alone() -> None:
    (found,) = published_of([copy(2e11)], catalogue.find("M40"))
    assert found.published_low is found.published_high is None
    assert found.peak == 288
    assert not found.inside
    assert "published" not in {one.name for one in figures_for(ReportData("r", published=(found,)))}
    assert "69%" in markdown(ReportData("r", published=(found,)))


def wgmma(operands: str, value: float) -> Measurement:
    axes = {"format": "fp16", "columns": 256, "source": "ss", "pattern": "dense"}
    point = Point("gpu.tensor.wgmma.throughput", (*axes.items(), ("operands", operands)))
    return Measurement(
        point,
        Quantity.THROUGHPUT,
        Verdict.OK,
        value=value,
        low=0.99 * value,
        high=1.01 * value,
        clock_hz=1.7e9,
        notes={"number_format": "fp16"},
    )


def test_page_and_markdown_show_ours_theirs_and_the_datasheet_with_methods() -> None:
    run = [copy(1.9e12), wgmma("zeros", 7.2e14), wgmma("normal", 6.0e14)]
    data = ReportData("run", published=published_of(run, catalogue.find("H100-PCIe-80GB")))
    for text in (page(data), markdown(data)):
        assert "729.3" in text
        assert "wgmma loop, zeros as operands" in text
        assert "arXiv:2402.13499v1 table VIII" in text
        assert "79%" in text  # 600 of 756 TFLOP/s
    assert ReportData.from_json(data.to_json()) == data
