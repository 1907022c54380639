"""Compute-or-read schedules: the model equals a replay, and a router's bound holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.cache_schedule import Block, schedule_s, speed_up_bound, table_saving_flop
from microbench.errors import InputError

BLOCKS = (Block(10.0, 1.0), Block(20.0, 2.0), Block(5.0, 0.5))


def replay(cached: list[list[bool]], fixed_s: float) -> float:
    clock_s, kept = 0.0, dict[int, bool]()
    for row in cached:
        for index, read in enumerate(row):
            if read:
                assert kept[index]
                clock_s += BLOCKS[index].read_s
            else:
                kept[index] = True
                clock_s += BLOCKS[index].compute_s
        clock_s += fixed_s
    return clock_s


rows = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), max_size=20)


@given(rows)
def test_the_model_equals_a_replay(later: list[list[bool]]) -> None:
    cached = [[False] * 3, *later]
    assert schedule_s(BLOCKS, cached, 3.0) == replay(cached, 3.0)


def test_nothing_cached_is_the_plain_sum() -> None:
    assert schedule_s(BLOCKS, [[False] * 3] * 4, 1.0) == 4 * 36


@given(rows)
def test_no_schedule_beats_the_bound_of_caching_everything(later: list[list[bool]]) -> None:
    cached = [[False] * 3, *later]
    plain_s = schedule_s(BLOCKS, [[False] * 3] * len(cached), 3.0)
    assert plain_s / schedule_s(BLOCKS, cached, 3.0) <= speed_up_bound(BLOCKS, 3.0, 1.0)


def test_the_fixed_part_limits_the_gain() -> None:
    free = [Block(9.0, 0.0)]
    assert speed_up_bound(free, 1.0, 1.0) == 10
    assert speed_up_bound(free, 1.0, 0.5) == pytest.approx(10 / 5.5)
    assert speed_up_bound(free, 1.0, 0.0) == 1


@pytest.mark.parametrize("cached", [[[True, False, False]], [[False, False]]])
def test_reading_before_computing_is_refused(cached: list[list[bool]]) -> None:
    with pytest.raises(InputError):
        schedule_s(BLOCKS, cached)


def test_a_table_saves_the_embedding_in_every_step() -> None:
    assert table_saving_flop(1e6, 50) == 5e7
