"""The ranking of CPU blocks: more reuse never ranks worse, padding does."""

from __future__ import annotations

import numpy as np

from costmodel.blocks.cpu_cost import cycles

BASE = {"MR": 6, "NR": 32, "KC": 256, "MC": 96, "NC": 512, "UNROLL": 4}


def cost(m: int = 480, n: int = 512, k: int = 512, **changed: int) -> float:
    columns = {name: np.array([value]) for name, value in {**BASE, **changed}.items()}
    return float(cycles(columns, m, n, k, 16)[0])


def test_a_tile_too_small_to_hide_latency_costs_more() -> None:
    assert cost(MR=1, NR=16) > 2 * cost()


def test_results_are_touched_less_often_with_a_deeper_block() -> None:
    assert cost(KC=64) > cost(KC=256)


def test_rows_computed_for_nothing_cost() -> None:
    assert cost(m=481) > cost(m=480)


def test_twice_the_work_is_about_twice_the_cycles() -> None:
    assert 1.8 < cost(m=960) / cost(m=480) < 2.2
