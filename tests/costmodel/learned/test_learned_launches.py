"""A predicted time says whether the host's launches were in what it was learned from."""

from __future__ import annotations

import pytest

from costmodel.kernel import Family, Kernel, Launch
from costmodel.learned.launches import PACKS, launch_of
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue
from microbench.formats import NumberFormat

PRODUCT = {"b": 1.0, "m": 16.0, "n": 16.0, "k": 16.0}
ROWS = {"rows": 64.0, "cols": 64.0, "inputs": 2.0}


@pytest.mark.parametrize(
    ("family", "op", "dims", "kind", "launch"),
    [
        (Family.GEMM, "linear", PRODUCT, NumberFormat.FP32, Launch.EAGER),
        (Family.GEMM, "linear", PRODUCT, NumberFormat.TF32, Launch.EAGER),
        (Family.GEMM, "linear", PRODUCT, NumberFormat.BF16, Launch.ALONE),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.FP32, Launch.EAGER),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.FP16, Launch.ALONE),
        (Family.ELEMENTWISE, "add", ROWS, NumberFormat.BF16, Launch.MIXED),
        (Family.FFT, "fft", {"batch": 1.0, "n": 64.0}, NumberFormat.FP32, None),
    ],
)
def test_the_launch_is_that_of_the_data_behind(
    family: Family, op: str, dims: dict[str, float], kind: NumberFormat, launch: Launch | None
) -> None:
    kernel = Kernel("k", family, op, kind, 8192.0, 3072.0, dims)
    (found,) = Predictor.load().predict([kernel], catalogue.find("h100-sxm"))
    assert found.launch is launch


def test_every_pack_of_the_shipped_models_is_known_or_says_nothing() -> None:
    families = Predictor.load().header["families"]
    used = {source for about in families.values() for source in about["sources"]}
    assert used - set(PACKS) == {"deepbench"}


def test_runs_of_ones_own_say_nothing_of_launches() -> None:
    assert launch_of(["r1", "deepbench"], "fp32") is None
    assert launch_of([], "fp32") is None
