"""The share of its fp32 peak that a card holds, from the cards measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from costmodel.learned import features, sustained
from costmodel.learned.families import BY_NAME
from microbench.devices import catalogue

PRODUCTS = BY_NAME["matmul_fp32"]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("A100-PCIe-40GB", -0.05, 0.0),
        ("P100-PCIe-16GB", 0.0, 0.05),
        ("P4", 0.05, 0.12),
        ("T4", -0.05, 0.05),
        ("V100-PCIe-32GB", -0.25, -0.15),
    ],
)
def test_a_card_is_met_from_cards_of_other_architectures(
    name: str, least: float, most: float
) -> None:
    spec = catalogue.find(name)
    off = sustained.share(spec, spec.arch) / sustained.MEASURED[name] - 1
    assert least <= off <= most


def test_a_measured_card_is_itself_where_another_architecture_is_asked_for() -> None:
    spec = catalogue.find("T4")
    assert sustained.share(spec, "hopper") == sustained.MEASURED["T4"]


def test_watts_raise_the_share_up_to_all_of_the_peak() -> None:
    spec = catalogue.find("T4")
    assert spec.tdp_w
    shares = [
        sustained.share(replace(spec, tdp_w=spec.tdp_w * times), "turing") for times in (1, 2, 100)
    ]
    assert shares[0] < shares[1] <= shares[2] == 1.0


def test_what_is_not_known_holds_its_peak() -> None:
    assert sustained.share(catalogue.find("MI210"), "hopper") == 1.0
    assert sustained.share(replace(catalogue.find("T4"), tdp_w=None), "turing") == 1.0


def test_only_products_between_cards_of_nvidia_are_carried_so() -> None:
    one, other, amd = map(catalogue.find, ("T4", "A30", "MI210"))
    assert sustained.applies(PRODUCTS, one, other)
    assert not sustained.applies(PRODUCTS, one, amd)
    assert not sustained.applies(BY_NAME["convolution"], one, other)
    assert not sustained.applies(BY_NAME["gemm"], one, other)


def test_the_shares_are_those_of_the_data(shared_data: Path) -> None:
    import pandas as pd

    rows = pd.read_parquet(shared_data / "neusight/matmul.parquet")
    rows = rows[rows.flops > sustained.LEAST_FLOP]
    for name, share in sustained.MEASURED.items():
        own = rows[rows.gpu == name]
        peak = features.peak_for(catalogue.find(name), "fp32")
        assert float((own.flops / own.latency_s / peak).median()) == pytest.approx(share, abs=5e-4)
