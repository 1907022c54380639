"""Devices nobody measured: which measured ones stand for them, and how their times carry over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.learned import siblings
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue

MEASURED = ("H100-SXM-80GB", "A100-SXM-80GB", "B200", "GB200", "L40S")
ratios = st.floats(-0.6, 5.0)
bounds = st.floats(2e-6, 1.0)


def test_the_sibling_of_h200_is_h100() -> None:
    found = siblings.kin(catalogue.find("H200-SXM"), MEASURED)
    assert found.near
    assert found.names == ("H100-SXM-80GB",)


def test_a_device_of_another_architecture_has_no_sibling_and_many_relatives() -> None:
    found = siblings.kin(catalogue.find("RTX-PRO-6000-Server"), MEASURED)
    assert not found.near
    assert len(found.names) == len(MEASURED)
    assert sum(found.weights) == pytest.approx(1)


@given(st.sampled_from(sorted(catalogue.load())), st.sampled_from(sorted(catalogue.load())))
def test_distance_is_symmetric_and_zero_to_itself(one: str, other: str) -> None:
    a, b = catalogue.find(one), catalogue.find(other)
    assert siblings.distance(a, b) == pytest.approx(siblings.distance(b, a))
    assert siblings.distance(a, a) == 0


@given(bounds, ratios)
def test_a_twin_takes_as_long(bound: float, ratio: float) -> None:
    there = np.array([bound])
    assert siblings.carried(there, there, np.array([ratio]))[0] == pytest.approx(ratio)


@given(bounds, st.floats(1.0, 50.0), st.floats(0.0, 5.0))
def test_time_carried_to_a_slower_device_lies_between_overhead_kept_and_all_scaled(
    bound: float, slower: float, ratio: float
) -> None:
    own = np.array([bound * slower])
    carried = np.exp(siblings.carried(own, np.array([bound]), np.array([ratio])))[0] * own[0]
    kept = own[0] + bound * np.expm1(ratio)
    scaled = own[0] * np.exp(ratio)
    assert kept * (1 - 1e-9) <= carried <= scaled * (1 + 1e-9)


def test_an_unmeasured_device_between_its_sibling_and_the_ratio_of_their_bandwidths() -> None:
    """H200 is H100 with 1.43 times the bandwidth: decode attention gains no more than that."""
    batch, kv_len, heads, kv_heads, head_dim = 64.0, 8192.0, 32.0, 8.0, 128.0
    row = {"batch": batch, "kv_len": kv_len, "heads": heads, "kv_heads": kv_heads, "window": 0.0}
    table = {name: np.full(2, value) for name, value in {**row, "head_dim": head_dim}.items()}
    table["flops"] = np.full(2, 4 * batch * heads * head_dim * kv_len)
    table["bytes"] = np.full(2, 4 * batch * kv_heads * head_dim * kv_len)
    table["op"] = np.full(2, "attn_decode", dtype=object)
    table["dtype"] = np.full(2, "bf16", dtype=object)
    table["gpu"] = np.array(["H200-SXM", "H100-SXM-80GB"], dtype=object)
    found = Predictor.load().predict_table(table)
    assert 1.0 < found["latency_s"][1] / found["latency_s"][0] < 1.6
    assert found["low_s"][0] < found["latency_s"][0] < found["high_s"][0]
    assert found["flags"].tolist() == ["outside-training-range", ""]
