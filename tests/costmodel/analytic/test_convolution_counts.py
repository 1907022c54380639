"""Counts and limits of convolutions: the published table, and the ConvFirst block."""

from __future__ import annotations

import pytest

from costmodel.analytic.convolution import (
    Convolution,
    convfirst,
    intensity_limit,
    mbconv,
    pointwise_intensity_limit,
)
from costmodel.analytic.roofline import balance_flop_per_byte
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat

BALANCE = balance_flop_per_byte(catalogue.find("A100-PCIe-40GB"), NumberFormat.FP16) or 0.0


def test_the_balance_of_an_a100_40gb() -> None:
    assert pytest.approx(200.6, abs=0.05) == BALANCE


@pytest.mark.parametrize(
    ("r", "g", "limit", "efficiency"),
    [
        (3, 1, 4.5, 0.022),
        (5, 1, 12.5, 0.062),
        (7, 1, 24.5, 0.122),
        (3, 8, 36, 0.179),
        (3, 64, 288, 1),
    ],
)
def test_limits_of_depthwise_grouped_and_full(
    r: int, g: int, limit: float, efficiency: float
) -> None:
    assert intensity_limit(r, r, g, 2) == limit
    assert min(1, limit / BALANCE) == pytest.approx(efficiency, abs=5e-4)


@pytest.mark.parametrize(
    ("c", "k", "limit", "efficiency"),
    [(64, 256, 51.2, 0.255), (96, 384, 76.8, 0.383), (384, 1536, 307.2, 1.0)],
)
def test_limits_of_pointwise(c: int, k: int, limit: float, efficiency: float) -> None:
    assert pointwise_intensity_limit(c, k, 2) == pytest.approx(limit)
    assert min(1, limit / BALANCE) == pytest.approx(efficiency, abs=5e-4)


def test_a_large_batch_approaches_its_limit() -> None:
    layer = Convolution(4096, 56, 56, 64, 64, 56, 56, 3, 3, 8)
    assert layer.intensity(2) == pytest.approx(36, rel=1e-3)


def test_a_bias_adds_one_operation_an_output() -> None:
    with_bias = Convolution(2, 8, 8, 4, 6, 8, 8, 3, 3, 4, bias=True)
    without = Convolution(2, 8, 8, 4, 6, 8, 8, 3, 3, 4)
    assert with_bias.work_flop - without.work_flop == 2 * 8 * 8 * 6
    assert without.work_flop == 2 * 2 * 8 * 8 * 6 * 9 * 4


def test_blocks_move_13_and_19_channels_unfused_and_2_fused() -> None:
    first, mobile = convfirst(64, 9, 8, 4, 2), mbconv(64, 9, 8, 4, 2)
    assert first.unfused_bytes == 2 * 64 * 13
    assert mobile.unfused_bytes == 2 * 64 * 19
    assert (first.saving, mobile.saving) == (6.5, 9.5)
    assert first.work_flop == 2 * 64 * (72 + 512)
    assert mobile.work_flop == 2 * 4 * 64 * (72 + 128)


def test_the_block_agrees_with_its_layers() -> None:
    pixels = 56 * 56
    layers = (
        Convolution(1, 56, 56, 64, 64, 56, 56, 3, 3, 8),
        Convolution(1, 56, 56, 64, 256, 56, 56, 1, 1, 64),
        Convolution(1, 56, 56, 256, 64, 56, 56, 1, 1, 256),
    )
    assert sum(one.work_flop for one in layers) == pixels * convfirst(64, 9, 8, 4, 2).work_flop


def test_a_group_width_must_divide() -> None:
    with pytest.raises(InputError, match="does not divide"):
        Convolution(1, 8, 8, 10, 10, 8, 8, 3, 3, 4)
