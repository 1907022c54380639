"""A GPU run's figures stand beside what others published of the same chip."""

from __future__ import annotations

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from reports.data import ReportData, published_of
from reports.figures.catalogue import draw

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


def test_a_chip_nobody_published_has_no_rows() -> None:
    assert published_of([copy(2e11)], catalogue.find("M40")) == ()
