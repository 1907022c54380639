"""A GPU run's library calls as rows of the tables the models read."""

from __future__ import annotations

from typing import Any

import pytest

from costmodel.learned.families import BY_NAME
from costmodel.learned.predictor import Predictor
from costmodel.learned.run_rows import from_run
from microbench.benchmark import Effort, Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.suites import gpu_library

H200 = catalogue.find("h200")


def measured(point: Point, time_s: float = 1e-4, **more: Any) -> Measurement:
    return Measurement(
        point,
        Quantity.LATENCY,
        more.pop("verdict", Verdict.OK),
        value=time_s,
        time_s=time_s,
        work_flop=1e9,
        bytes_moved=1e6,
        notes=dict(point.axes),
        **more,
    )


def suite() -> list[Measurement]:
    """Return a made-up measurement of every point of the library suites on an H200."""
    makers = (gpu_library.gemm_points, gpu_library.library_points, gpu_library.fusion_points)
    points = [point for make in makers for point in make(H200, Effort.THOROUGH)]
    with_format = [
        Point(point.benchmark, (*point.axes, ("number_format", "fp32")))
        if point.benchmark == gpu_library.FUSION
        else point
        for point in points
    ]
    return [measured(point) for point in with_format]


def test_every_row_of_the_suites_has_the_shapes_its_model_asks_for() -> None:
    table = from_run(suite(), H200.name)
    predictor = Predictor.load()
    families = predictor.families_of(table)
    assert {"gemm", "matmul_fp32", "attention_prefill", "attention_encoder"} < set(families)
    assert {"convolution", "rowwise"} < set(families)
    for family, rows in families.items():
        for name in BY_NAME[family].shapes:
            assert (table[name][rows] >= 0).all(), (family, name)
    found = predictor.predict_checked(table)
    assert (found["latency_s"] > 0).all()


def test_a_cold_call_gives_way_to_the_same_call_without_a_flush() -> None:
    axes = (("op", "mm"), ("number_format", "bf16"), ("b", 1), ("m", 64), ("n", 64), ("k", 64))
    cold = measured(Point("gpu.gemm", (*axes, ("cache", "cold"))), 2e-5)
    hot = measured(Point("gpu.gemm", (*axes, ("cache", "hot"))), 1e-5)
    assert from_run([cold, hot], H200.name)["latency_s"].tolist() == [1e-5]
    assert from_run([cold], H200.name)["latency_s"].tolist() == [2e-5]


def test_points_without_a_number_are_no_rows() -> None:
    axes = (("op", "mm"), ("number_format", "bf16"), ("b", 1), ("m", 64), ("n", 64), ("k", 64))
    failed = measured(Point("gpu.gemm", axes), verdict=Verdict.THROTTLED)
    with pytest.raises(InputError, match="no library call on H200-SXM"):
        from_run([failed], H200.name)
