"""Resident blocks: cases worked by hand from CUDA's rules, and what must hold for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.resources.occupancy import Multiprocessor, occupancy, resident_blocks
from microbench.devices import catalogue

A100 = Multiprocessor(registers=65536, shared_bytes=167936, warps=64)
RTX_3090 = Multiprocessor(registers=65536, shared_bytes=102400, warps=48, blocks=16)


@pytest.mark.parametrize(
    ("sm", "threads", "registers", "shared", "blocks"),
    [
        (A100, 256, 32, 0, 8),  # 64 warps
        (A100, 256, 33, 0, 6),  # 1,280 registers a warp: 12 warps a scheduler
        (A100, 256, 128, 0, 2),  # 4,096 a warp: 4 warps a scheduler
        (A100, 128, 255, 0, 2),  # 8,192 a warp: 2 warps a scheduler
        (A100, 288, 168, 0, 1),  # 9 warps of 5,376: 3 fit a scheduler, 12 in all
        (A100, 288, 176, 0, 0),  # 5,632 a warp: 2 a scheduler, 8 in all: 9 do not fit
        (A100, 128, 32, 49152, 3),  # 50,176 bytes with the reserve
        (A100, 32, 16, 0, 32),  # the most blocks
        (A100, 33, 16, 0, 32),  # a started warp counts whole
        (RTX_3090, 32, 16, 0, 16),
        (RTX_3090, 128, 40, 0, 12),
    ],
)
def test_cases_worked_by_hand(sm, threads, registers, shared, blocks):
    assert int(resident_blocks(sm, threads, registers, shared)) == blocks


def test_occupancy_is_of_warps():
    assert float(occupancy(A100, 256, 128, 0)) == 0.25
    assert occupancy(A100, [256, 32], [32, 16], [0, 0]).tolist() == [1.0, 0.5]


@given(st.integers(1, 32), st.integers(1, 255), st.integers(0, 160_000), st.integers(0, 64))
def test_taking_more_never_lets_more_in(warps, registers, shared, more):
    one = resident_blocks(A100, warps * 32, registers, shared)
    for other in (
        resident_blocks(A100, warps * 32, min(registers + more, 255), shared),
        resident_blocks(A100, warps * 32, registers, shared + 64 * more),
        resident_blocks(A100, (warps + more) * 32, registers, shared),
    ):
        assert other <= one
    assert 0 <= float(occupancy(A100, warps * 32, registers, shared)) <= 1


def test_every_nvidia_device_of_the_catalogue_has_its_limits():
    for spec in catalogue.load().values():
        sm = Multiprocessor.of(spec)
        if spec.vendor == "nvidia":
            assert sm is not None
            assert np.all(resident_blocks(sm, [32, 64], [32, 32], [0, 0]) > 0)
    ada = Multiprocessor.of(catalogue.find("rtx-4090"))
    assert (ada.blocks, ada.warps) == (24, 48)
