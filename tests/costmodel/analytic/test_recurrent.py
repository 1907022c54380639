"""Alternating against fused recurrence: the example of four gates of 768 on an A100."""

from __future__ import annotations

from dataclasses import replace

import pytest

from costmodel.analytic.recurrent import Cell, recurrence

CELL = Cell(batch=1, heads=1, gates=4, states=2, head_dim=768, timesteps=1024, element_bytes=2)
PEAK, BANDWIDTH = 312e12, 1.555e12


def test_weights_take_3_microseconds_a_step() -> None:
    assert CELL.weight_bytes / 1e6 == pytest.approx(4.7, abs=0.05)
    assert CELL.weight_bytes / BANDWIDTH * 1e6 == pytest.approx(3.0, abs=0.05)
    assert recurrence(CELL, PEAK, BANDWIDTH).alternating_s * 1e3 == pytest.approx(3.1, abs=0.05)


def test_two_launches_of_2_5_microseconds_dominate() -> None:
    found = recurrence(CELL, PEAK, BANDWIDTH, launch_s=2.5e-6, grid_sync_s=1.5e-6)
    assert found.alternating_s == pytest.approx(1024 * 5e-6)
    assert 2 < found.speed_up < 5


def test_work_is_2_b_heads_g_d_squared_a_step() -> None:
    assert replace(CELL, batch=16, heads=3).step_flop == 2 * 16 * 3 * 4 * 768**2


def test_a_large_batch_is_compute_bound_and_fusing_gains_nothing() -> None:
    wide = replace(CELL, batch=2**16)
    assert recurrence(wide, 1e12, BANDWIDTH).speed_up == pytest.approx(1, abs=1e-3)
